# SPDX-License-Identifier: GPL-2.0-only
# What becomes of kernel modules (module.mk) on this machine and on others.
.PHONY: insmod rmmod modules_install dkms
ifneq ($(filter rmmod,$(MAKECMDGOALS)),)
ifeq ($(DRIVER),)
$(error say which driver: make rmmod DRIVER=NAME)
endif
endif

#: make insmod DRIVER=beeper      build a driver for the running kernel and load it; sudo is used for the loading alone
insmod: $(MODULE)
	$Qscripts/load-module insmod $<
#: make rmmod DRIVER=beeper       take it out again
rmmod:
	$Qscripts/load-module rmmod $(DRIVER)

#: make modules_install DRIVER=beeper [INSTALL_MOD_PATH=DIR]
#:                                build a driver as make module does, and install it where modprobe finds it
modules_install: $(MODULE_OUT)/$(DRIVER).ko
	$QINSTALL_MOD_PATH='$(INSTALL_MOD_PATH)' $(if $(filter $(OUT)/%,$<),$(BOARD_MODULE_ENV),$(KDIR_ENV)) \
		scripts/install-module $(DRIVER) $(MODULE_TARGET_KDIR) $(patsubst $(OUTPUT)/%/modules/,$O/modules/%/$(DRIVER),$(<D)/)

#: make dkms DRIVER=beeper        a source package that DKMS builds for each kernel of a machine: output/dkms/ferry-beeper-0.2.tar.gz
dkms:
	$Qscripts/make-dkms '$(DRIVER_SOURCE)' '$(VERSION)' $(OUTPUT)/dkms
