# SPDX-License-Identifier: GPL-2.0-only
# What is made for a board: its packages, modules, image.

ifeq ($(filter $(BOARD),$(BOARDS)),)
$(error there is no board '$(BOARD)'; boards are: $(BOARDS))
endif
include boards/$(BOARD)/board.mk
ifeq ($(filter $(BOARD),$(LINUX_BOARDS)),)
ifneq ($(filter packages module $(if $(APP),,image) demo check bench pictures,$(MAKECMDGOALS)),)
$(error board '$(BOARD)' runs bare-metal images only (make app); boards with a Linux image are: $(LINUX_BOARDS))
endif
endif

# One time for all files of an image: that of the last commit. Repeatable, and no file is from the future.
ifndef SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH := $(shell git log -1 --pretty=%ct 2>/dev/null || echo 1767225600)
endif
export SOURCE_DATE_EPOCH
# $(call set_times,DIRECTORY...): files that were staged before that commit have it, too.
set_times = find $1 -exec touch -h -d @$(SOURCE_DATE_EPOCH) {} +
# Written anew only when it changes: the images of another commit are others.
$O/time: FORCE
	$Qmkdir -p $(@D)
	$Qecho '$(SOURCE_DATE_EPOCH)' | cmp -s - $@ || echo '$(SOURCE_DATE_EPOCH)' >$@

# A board may have the packages of another.
BOARD_PACKAGES ?= $(BOARD)
BOARD_LIST = boards/$(BOARD_PACKAGES)/packages
CACHE = $O/cache/$(BOARD_PACKAGES)$(KERNEL_SUFFIX)
# $(call package_rule,DIRECTORY,PART): DIRECTORY/fetched, of the list that scripts/kernel-packages makes.
define package_rule
$(1).packages: $(BOARD_LIST) boards/kernel/debian scripts/kernel-packages
	$$Qmkdir -p $$(@D)
	$$Qscripts/kernel-packages $$< $$(BOARD_KERNEL_FLAVOUR) $$(or $$(KERNEL_SUFFIX:-%=%),$$(firstword $$(DEBIAN_KERNELS))) $(2) >$$@
$(call fetch_rule,$(1),$(1).packages)
endef
include mk/kernel.mk
STAGE = $O/stage/$(VARIANT)
OUTPUT ?= output
OUT = $(OUTPUT)/$(VARIANT)
IMAGE = $(OUT)/$(notdir $(BOARD_IMAGE_CONFIG:.cfg=.img))

.PHONY: packages headers module image demo
#: make packages BOARD=rpi-zero   fetch the packages that the board's image is made of
packages: $(CACHE)/fetched $(IMAGE_CACHE)/fetched
	@:
#: make headers BOARD=pc KERNEL=debian-newest
#:                                of those, what modules are built against alone
headers: $(KDIR_READY)
	@:

# And the overlays.
BOARD_OVERLAY_DIR ?= boards/$(BOARD)
$(STAGE)/overlays/%.dtbo: $(BOARD_OVERLAY_DIR)/%.dts | $O/.setup-build
	$Qmkdir -p $(@D)
	$Qdtc -q -@ -I dts -O dtb -o $@ $<

# Modules in an image go without debug information, unless RELEASE=0.
IMAGE_KO = $(BOARD_DRIVERS:%=$(OUT)/modules/$(if $(filter 0,$(RELEASE)),,release/)%.ko)
IMAGE_DTBO = $(BOARD_OVERLAYS:%=$(STAGE)/overlays/%.dtbo)
BUSYBOX_FILES := $(shell find boards/busybox -type f)
STAGE_SCRIPTS = scripts/stage scripts/kernel-modules scripts/busybox-applets

$(STAGE)/initramfs.done: $(STAGE_SCRIPTS) $(BUSYBOX_FILES) boards/$(BOARD)/board.mk $(KERNEL_READY)
	$Qmkdir -p $(@D)
	$Qscripts/stage initramfs $(STAGE) $(KERNEL_ROOT) $(BOARD_INITRAMFS_MODULES)
	$Qtouch $@

$(STAGE)/root.done: $(IMAGE_KO) $(STAGE_SCRIPTS) $(BUSYBOX_FILES) boards/$(BOARD)/board.mk $(KERNEL_READY)
	$Qscripts/stage root $(STAGE) $(KERNEL_ROOT) $(IMAGE_KO) -- $(BOARD_ROOT_MODULES)
	$Qtouch $@

# A kernel from source needs no initramfs.
INITRD = $(if $(filter debian%,$(KERNEL)),$(STAGE)/initrd.img)
$(STAGE)/boot.done: $(IMAGE_DTBO) $(INITRD) $(STAGE_SCRIPTS) $(wildcard boards/$(BOARD)/*.txt boards/$(BOARD)/*.conf) \
		boards/$(BOARD)/board.mk $(KERNEL_READY)
	$Qscripts/stage boot $(STAGE) $(KERNEL_ROOT) boards/$(BOARD) '$(BOARD_FIRMWARE)' '$(BOARD_DTBS)' $(IMAGE_DTBO)
	$(if $(INITRD),$Qcp $(INITRD) $(STAGE)/boot)
	$Qtouch $@

$(STAGE)/initrd.img: boards/busybox/initramfs.cfg $(STAGE)/initramfs.done $O/tool/ferry $O/time
	$Q$(call say,IMAGE,$@)
	$Q$(call set_times,$(STAGE)/initramfs)
	$Q$O/tool/ferry image --rootpath $(STAGE) --inputpath $(STAGE) --outputpath $(STAGE) --loglevel 0 $<

$(IMAGE): $(BOARD_IMAGE_CONFIG) $(STAGE)/boot.done $(STAGE)/root.done $O/tool/ferry $O/time
	$Q$(call say,IMAGE,$@)
	$Qmkdir -p $(@D)
	$Q$(call set_times,$(STAGE)/boot $(STAGE)/root)
	$Q$O/tool/ferry image --rootpath $(STAGE) --inputpath $(STAGE) --outputpath $(@D) --loglevel 0 $<

#: make image BOARD=rpi-zero      build the board's card: output/rpi-zero/sdcard.img; output/pc/disk.img for BOARD=pc
#: make image APP=blink BOARD=rpi-4
#:                                a card with a bare-metal app: output/rpi-4/sdcard-blink.img
image: $(if $(APP),$(OUT)/sdcard-$(APP).img,$(IMAGE))
	@echo $<

ifneq ($(filter demo,$(MAKECMDGOALS)),)
ifeq ($(BOARD_DEMO_PIN),)
$(error board '$(BOARD)' has no demo; boards that have one are: $(shell scripts/boards BOARD_DEMO_PIN))
endif
endif
#: make demo                      all of it: image, boot, the pin's waveform
demo: tool $(IMAGE)
	$Qscripts/demo $O/tool/ferry $(BOARD) $(BOARD_DEMO_PIN) $(OUT)
