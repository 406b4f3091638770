# SPDX-License-Identifier: GPL-2.0-only
# Drivers as kernel modules. `make module` builds for the kernel of KDIR=, a build or headers directory; without it for that of
# BOARD=; without either for the running kernel. Images have modules for their board's kernel.
#
# ARCH=, CROSS_COMPILE= and CC= count as they do for kbuild. They are the module's: Ferry's own command, which looks at the module
# afterwards, is built with HOSTCC.
HOSTCC ?= cc
PORT_LINUX := $(wildcard include/ferry/*.h ports/linux/*.[ch] ports/linux/include/ferry/port/*.h ports/common/*.[ch] ports/common/include/ferry/port/*.h)
MODULE_SCRIPTS = $(addprefix scripts/,build-module kernel-dir kernel-compiler make-module)
# Where drivers are looked for: first among your own, if you have any.
DRIVER_DIR ?= drivers
DRIVER_DIRS = $(DRIVER_DIR) $(filter-out $(DRIVER_DIR),drivers)
DRIVERS := $(sort $(foreach d,$(DRIVER_DIRS),$(patsubst $d/%.c,%,$(wildcard $d/*.c))))
DRIVER_SOURCE = $(firstword $(wildcard $(DRIVER_DIRS:%=%/$(DRIVER).c)))
LIB_MODULES ?= /lib/modules
RUNNING := $(shell uname -r)

MODULE_OUT = $(OUT)/modules
MODULE_TARGET_KDIR = $$(echo $(KDIR_GLOB))
MODULE_TARGET = $$(echo $(KERNEL_ROOT)/lib/modules/*)
BOARD_MODULE_ENV = V=$V COMPILERS='$O/cache' ARCH= CROSS_COMPILE=$(BOARD_CROSS_COMPILE) CC=

ifneq ($(filter-out 0 1,$(RELEASE)),)
$(error RELEASE is 0 or 1, not '$(RELEASE)')
endif

# Goals that want a driver, and those that want a module of it: module-use.mk has them too.
DRIVER_GOAL := $(filter module insmod modules_install dkms,$(MAKECMDGOALS))
MODULE_GOAL := $(filter-out dkms,$(DRIVER_GOAL))
ifneq ($(DRIVER_GOAL),)
ifneq ($(words $(DRIVER)) $(filter $(DRIVERS),$(DRIVER)),1 $(DRIVER))
$(error $(if $(DRIVER),there is no driver '$(DRIVER)',say which driver: make $(DRIVER_GOAL) DRIVER=NAME); drivers are: $(DRIVERS))
endif
endif
ifneq ($(MODULE_GOAL)$(filter modules,$(MAKECMDGOALS)),)
MODULE_CC := $(if $(filter command environment file,$(firstword $(origin CC))),$(CC))
override CC := $(HOSTCC)
BOARD_MODULE_ENV = V=$V COMPILERS='$O/cache' ARCH='$(ARCH)' CROSS_COMPILE='$(or $(CROSS_COMPILE),$(BOARD_CROSS_COMPILE))' CC='$(MODULE_CC)'
ifeq ($(KDIR)$(BOARD_GIVEN),)
override KDIR := $(LIB_MODULES)/$(RUNNING)/build
ifeq ($(wildcard $(KDIR)/Makefile),)
$(error the headers of the running kernel are not there ($(KDIR)): install them (Debian: linux-headers-$(RUNNING)), \
or say for which kernel: KDIR=DIRECTORY, or BOARD=NAME, one of $(LINUX_BOARDS))
endif
endif
ifneq ($(KDIR),)
KDIR_ENV = V=$V COMPILERS='$O/cache' ARCH='$(ARCH)' CROSS_COMPILE='$(CROSS_COMPILE)' CC='$(MODULE_CC)'
KDIR_FACTS := $(shell $(KDIR_ENV) scripts/kernel-dir '$(KDIR)' 2>&1)
ifneq ($(.SHELLSTATUS),0)
$(error $(KDIR_FACTS))
endif
KDIR_RELEASE := $(firstword $(KDIR_FACTS))
MODULE_OUT = $(OUTPUT)/linux-$(KDIR_RELEASE)/modules
ifeq ($(BOARD_GIVEN),)
# Where it will run is the kernel of KDIR: the running one, perhaps.
MODULE_TARGET_KDIR = $(KDIR)
MODULE_TARGET = $(LIB_MODULES)/$(KDIR_RELEASE)
endif
endif
endif

# How modules are made, by kernel: they are made anew when it changes. (Tests that run at once may write this at once.)
# What kbuild left is removed then: it would not see that the headers of a kernel of the same name are others. It has absolute paths,
# too, so that a tree that was moved starts anew.
$O/modules/%/how: FORCE
	$Qmkdir -p $(@D)
	$Qecho '$(CURDIR) $(DRIVER_DIR) $(if $(filter linux-%,$*),$(KDIR) $(KDIR_ENV),$(BOARD_MODULE_ENV))' >$@.$$$$ && \
		if cmp -s $@.$$$$ $@; then rm $@.$$$$; else rm -rf $(@D)/*/ && mv $@.$$$$ $@; fi

# $(1): the name of the output directory, $(2): the kernel's directory, $(3): what has to be there first, $(4): the environment,
# $(5): where the driver is, or the compiler's prefix
define module_rule
$(OUTPUT)/$(1)/modules/%.ko: $(5)/%.c $(PORT_LINUX) $(MODULE_SCRIPTS) $O/modules/$(1)/how $(3)
	$$Q$$(call say,MODULE,$$@)
	$$Q$(4) scripts/build-module $$< $(2) $O/modules/$(1)/$$* $$@

endef
define module_rules
$(foreach d,$(DRIVER_DIRS),$(call module_rule,$(1),$(2),$(3),$(4),$d))
# As it goes into an image: without debug information; modinfo and relocations stay.
$(OUTPUT)/$(1)/modules/release/%.ko: $(OUTPUT)/$(1)/modules/%.ko
	$$Qmkdir -p $$(@D)
	$$Q$(5)objcopy --strip-debug $$< $$@
endef
$(eval $(call module_rules,$(VARIANT),$$$$(echo $(KDIR_GLOB)),$(KDIR_READY),$(BOARD_MODULE_ENV),$(BOARD_CROSS_COMPILE)))
ifneq ($(KDIR_RELEASE),)
$(eval $(call module_rules,linux-$(KDIR_RELEASE),$(KDIR),$(KDIR)/Module.symvers $(wildcard $(KDIR)/include/generated/*.h),$(KDIR_ENV),$(patsubst -,,$(word 3,$(KDIR_FACTS)))))
endif

#: make module DRIVER=beeper BOARD=rpi-zero
#:                                build a driver as a kernel module: output/rpi-zero/modules/beeper.ko
#: make module DRIVER=beeper KDIR=DIRECTORY
#:                                for the kernel of these headers; without KDIR and BOARD, for the running one
MODULE = $(MODULE_OUT)/$(if $(filter 1,$(RELEASE)),release/)$(DRIVER).ko
module: $(MODULE) $(if $(DRIVER),$O/tool/ferry)
	$Qscripts/check-module $O/tool/ferry $(MODULE_TARGET_KDIR) $(MODULE_TARGET) $<
	@echo $<

.PHONY: modules
#: make modules BOARD=pc KERNEL=debian-5.10
#:                                every driver as a kernel module
ALL_MODULES = $(DRIVERS:%=$(MODULE_OUT)/%.ko)
modules: $(ALL_MODULES) $O/tool/ferry
	$Qfor module in $(ALL_MODULES); do \
		scripts/check-module $O/tool/ferry $(MODULE_TARGET_KDIR) $(MODULE_TARGET) $$module || exit 1; done
	@echo $(MODULE_OUT)
