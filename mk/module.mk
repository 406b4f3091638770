# SPDX-License-Identifier: GPL-2.0-only
# Drivers as kernel modules. The kernel is that of KDIR=, a build or headers directory; without it, that of BOARD=.
PORT_LINUX := $(wildcard include/ferry/*.h ports/linux/*.[ch] ports/linux/include/ferry/port/*.h)
MODULE_SCRIPTS = scripts/build-module scripts/kernel-dir scripts/make-module
MODULE_ENV = V=$V CROSS_COMPILE=$(BOARD_CROSS_COMPILE) CC=

$(OUT)/modules/%.ko: drivers/%.c $(PORT_LINUX) $(MODULE_SCRIPTS) $(KERNEL_READY)
	$Q$(call say,MODULE,$@)
	$Q$(MODULE_ENV) scripts/build-module $< $$(echo $(KDIR_GLOB)) $O/modules/$(VARIANT)/$* $@

# As it goes into an image: without debug information; modinfo and relocations stay.
$(OUT)/modules/release/%.ko: $(OUT)/modules/%.ko
	$Qmkdir -p $(@D)
	$Q$(BOARD_CROSS_COMPILE)objcopy --strip-debug $< $@

#: make module DRIVER=beeper BOARD=rpi-zero
#:                                build a driver as a kernel module: output/rpi-zero/modules/beeper.ko
ifneq ($(filter module,$(MAKECMDGOALS)),)
DRIVERS := $(patsubst drivers/%.c,%,$(wildcard drivers/*.c))
ifeq ($(filter $(DRIVER),$(DRIVERS)),)
$(error $(if $(DRIVER),there is no driver '$(DRIVER)',say which driver: make module DRIVER=NAME); drivers are: $(DRIVERS))
endif
endif
module: $(OUT)/modules/$(DRIVER).ko
	@echo $<
