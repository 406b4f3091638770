# SPDX-License-Identifier: GPL-2.0-only
# Which kernel a board's image and modules are for: KERNEL=debian, Debian's binary package; KERNEL=debian-X, another one of those in
# boards/kernel/debian; KERNEL=source,
# built from Debian's source with boards/kernel/base.config and boards/NAME/kernel.config; KERNEL=debug, that with
# boards/kernel/debug.config on top. What is made for each is kept apart, and the rest of the makefile knows a kernel by these:
#	KERNEL_ROOT	its image, modules and devicetrees, laid out as the packages are, beside the board's other packages
#	KERNEL_READY	the file that is newer than all of that
#	KDIR_GLOB	its headers, for kbuild
#	KDIR_READY	the file that is newer than those
#	VARIANT		the board's name in output directories: rpi-zero, rpi-zero-source
KERNEL ?= debian
DEBIAN_KERNELS := $(if $(wildcard $(BOARD_LIST)),$(shell scripts/kernel-packages $(BOARD_LIST)))
ifeq ($(KERNEL),debian-$(firstword $(DEBIAN_KERNELS)))
override KERNEL := debian
endif
KERNELS := debian $(DEBIAN_KERNELS:%=debian-%) source debug
ifeq ($(filter $(KERNEL),$(KERNELS)),)
$(error there is no kernel '$(KERNEL)' for board '$(BOARD)'; kernels are: $(KERNELS))
endif
# -6.1 of KERNEL=debian-6.1; nothing for the rest.
KERNEL_SUFFIX = $(filter-out debian source debug,$(patsubst debian-%,-%,$(KERNEL)))

# The default kernel's packages are fetched together. Of another one the headers alone are, until there is to be an image with it.
PACKAGES = $(CACHE)/root
ifeq ($(KERNEL_SUFFIX),)
IMAGE_CACHE = $(CACHE)
$(eval $(call package_rule,$(CACHE),all))
else
IMAGE_CACHE = $(CACHE)-image
$(eval $(call package_rule,$(CACHE),headers))
$(eval $(call package_rule,$(IMAGE_CACHE),image))
endif

ifneq ($(filter debian%,$(KERNEL)),)
VARIANT = $(BOARD)$(KERNEL_SUFFIX)
KERNEL_ROOT = $(IMAGE_CACHE)/root
KERNEL_READY = $(IMAGE_CACHE)/fetched
KDIR_GLOB = $(PACKAGES)/usr/src/linux-headers-*-$(BOARD_KERNEL_FLAVOUR)
KDIR_READY = $(CACHE)/fetched
else
ifeq ($(wildcard boards/$(BOARD)/kernel.config),)
$(error board '$(BOARD)' has no kernel.config to build its kernel with; boards that have one are: \
$(patsubst boards/%/kernel.config,%,$(wildcard boards/*/kernel.config)))
endif
VARIANT = $(BOARD)-$(KERNEL)
KERNEL_ROOT = $(KERNEL_DIR)/root
KERNEL_READY = $(KERNEL_DIR)/ready
KDIR_GLOB = $(KERNEL_DIR)/headers
KDIR_READY = $(KERNEL_READY)
endif

KERNEL_CACHE = $O/cache/linux-source
KERNEL_ARCHIVE = $(KERNEL_CACHE)/root/usr/src/linux-source-6.12.tar.xz
KERNEL_SOURCE = $O/kernel/source
KERNEL_TREE = $O/kernel/$(BOARD)/tree
KERNEL_DIR = $O/kernel/$(BOARD)/$(KERNEL)
KERNEL_CONFIGS = boards/kernel/base.config boards/$(BOARD)/kernel.config $(if $(filter debug,$(KERNEL)),boards/kernel/debug.config)
KERNEL_PATCHES := $(sort $(wildcard boards/$(BOARD)/patches/*.patch))

# By compiler: the kernel's name of the architecture, and the image that the board's firmware loads.
KERNEL_ARCH = $(KERNEL_ARCH_$(firstword $(subst -, ,$(BOARD_CROSS_COMPILE))))
KERNEL_ARCH_arm = arm
KERNEL_ARCH_aarch64 = arm64
KERNEL_ARCH_x86_64 = x86_64
KERNEL_IMAGE_arm = arch/arm/boot/zImage
KERNEL_IMAGE_arm64 = arch/arm64/boot/Image
KERNEL_IMAGE_x86_64 = arch/x86/boot/bzImage

# The same sources make the same bytes: no path, user, machine or counter gets in, and the time is that of the source package, so
# that a commit to Ferry makes no other kernel.
KERNEL_MAP = -ffile-prefix-map=$(abspath $(KERNEL_TREE))/= -ffile-prefix-map=$(abspath $(KERNEL_DIR))/=
KERNEL_ENV = ARCH=$(KERNEL_ARCH) CROSS_COMPILE=$(BOARD_CROSS_COMPILE)
KERNEL_MAKE_FLAGS = $(if $(filter 1,$V),,-s) $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc)) --no-print-directory \
	-C $(KERNEL_TREE) O=$(abspath $(KERNEL_DIR))/build $(KERNEL_ENV) LOCALVERSION= KCFLAGS='$(KERNEL_MAP)' KAFLAGS='$(KERNEL_MAP)' \
	KBUILD_BUILD_USER=ferry KBUILD_BUILD_HOST=ferry KBUILD_BUILD_VERSION=1 \
	KBUILD_BUILD_TIMESTAMP="$$(LC_ALL=C date -u -r $(KERNEL_ARCHIVE))"

$(eval $(call fetch_rule,$(KERNEL_CACHE),boards/kernel/packages))

$(KERNEL_SOURCE)/Kbuild: $(KERNEL_CACHE)/fetched
	$Q$(call say,UNPACK,$(@D))
	$Qrm -rf $(@D) $(@D).new
	$Qmkdir -p $(@D).new
	$Qtar -C $(@D).new --strip-components=1 -xf $(KERNEL_ARCHIVE)
	$Qmv $(@D).new $(@D)
	$Qtouch $@

# The names of the patches, written anew only when they change: one may go.
$O/kernel/$(BOARD)/queue: FORCE
	$Qmkdir -p $(@D)
	$Qecho '$(KERNEL_PATCHES)' | cmp -s - $@ || echo '$(KERNEL_PATCHES)' >$@
$(KERNEL_TREE)/.patched: $(KERNEL_SOURCE)/Kbuild scripts/kernel-tree $(KERNEL_PATCHES) $O/kernel/$(BOARD)/queue
	$Q$(call say,PATCH,'$(words $(KERNEL_PATCHES)) of boards/$(BOARD)/patches')
	$Qscripts/kernel-tree $(abspath $(KERNEL_SOURCE) $(KERNEL_TREE)) $(KERNEL_PATCHES)

$(KERNEL_DIR)/configured: $(KERNEL_CONFIGS) $(KERNEL_TREE)/.patched scripts/kernel-config
	$Q$(call say,CONFIG,$(KERNEL_DIR))
	$Q$(KERNEL_ENV) scripts/kernel-config $(abspath $(KERNEL_TREE) $(KERNEL_DIR)/build) $(KERNEL_CONFIGS)
	$Qtouch $@

KERNEL_DTBS = $(foreach d,$(notdir $(BOARD_DTBS)),$$(cd $(KERNEL_TREE)/arch/$(KERNEL_ARCH)/boot/dts && find * -name $(d:.dtb=.dts) | sed 's/dts$$/dtb/'))
$(KERNEL_DIR)/built: $(KERNEL_DIR)/configured scripts/kernel-root
	$Q$(call say,KERNEL,'$(KERNEL_DIR): this takes minutes the first time')
	$Q$(MAKE) $(KERNEL_MAKE_FLAGS) $(notdir $(KERNEL_IMAGE_$(KERNEL_ARCH))) modules $(KERNEL_DTBS)
	$Q$(KERNEL_ENV) scripts/kernel-root $(abspath $(KERNEL_TREE) $(KERNEL_DIR)/build $(KERNEL_DIR)/own) \
		$(KERNEL_IMAGE_$(KERNEL_ARCH)) $(BOARD_DTBS)
	$Qtouch $@

# One that was built before, in whichever clone, from the same sources, is not built again.
KERNEL_MADE_FROM = $(KERNEL_CONFIGS) $(KERNEL_PATCHES) $(addprefix scripts/kernel-,config tree root cache)
$(KERNEL_DIR)/ready: $(KERNEL_MADE_FROM) $(KERNEL_CACHE)/fetched $(CACHE)/fetched $O/kernel/$(BOARD)/queue scripts/cache.sh \
		$(if $(wildcard $(KERNEL_ROOT)/boot/.),,FORCE)
	$Qmkdir -p $(@D)
	$Q$(KERNEL_ENV) scripts/kernel-cache $(VARIANT) $(KERNEL_DIR) $(PACKAGES) '$(KERNEL_IMAGE_$(KERNEL_ARCH)) $(BOARD_DTBS)' \
		$(KERNEL_CACHE)/versions $(KERNEL_MADE_FROM) -- $(MAKE) --no-print-directory $(KERNEL_DIR)/built
	$Qtouch $@

.PHONY: kernel kernel-tree
#: make image BOARD=rpi-zero KERNEL=source
#:                                with a kernel built from source: output/rpi-zero-source/sdcard.img; so for module, demo
kernel: $(KERNEL_READY)
	@echo $(KERNEL_ROOT)

#: make kernel-tree BOARD=rpi-zero KERNEL=source
#:                                unpack, patch and configure its source, to look at: build/kernel/rpi-zero/tree
kernel-tree: $(KERNEL_DIR)/configured

# What finds a driver's faults, on one board; which modules it loads together and unloads, and how often.
DEBUG_BOARD ?= virt
DEBUG_DRIVERS ?= hello:1000 pl061:100 pl061+beeper+blink+pin-watch:50 pin-loop+blink+pin-watch:50
.PHONY: debug-kernel check-leaks
#: make debug-kernel              build the kernel with KASAN, lockdep, kmemleak, for QEMU's virt machine; takes many minutes
debug-kernel:
	$Q$(MAKE) --no-print-directory kernel BOARD=$(DEBUG_BOARD) KERNEL=debug

#: make check-leaks               on that kernel, load, use and unload modules many times: no report, nothing left behind
check-leaks: tool
	$Q$(MAKE) --no-print-directory image BOARD=$(DEBUG_BOARD) KERNEL=debug
	$QFERRY=$O/tool/ferry DRIVER_DIR=$(DRIVER_DIR) tests/debug/leaks.t $O $(DEBUG_BOARD) $(DEBUG_DRIVERS)

# Each kernel of each architecture, once.
KERNEL_BOARDS = pc virt rpi-zero
ALL_KERNELS = $(foreach b,$(KERNEL_BOARDS),$b $(patsubst %,$b-%,$(wordlist 2,9,$(shell scripts/kernel-packages boards/$b/packages))))
.PHONY: check-kernels
#: make check-kernels             build every driver for each kernel and architecture
check-kernels: tool
	$QFERRY_KERNELS='$(ALL_KERNELS)' FERRY_KERNELS_STARTED= $(MAKE) --no-print-directory check T=kernels
