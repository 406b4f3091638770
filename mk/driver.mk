# SPDX-License-Identifier: GPL-2.0-only
# A driver project outside Ferry's tree, as `ferry new NAME` makes it: drivers/NAME.c, tests/*.c, and main.c, which is what
# its bare-metal images do besides. Its Makefile is
#
#	FERRY ?= .../ferry
#	DRIVER = NAME
#	include $(FERRY)/mk/driver.mk

DRIVER_MK := $(lastword $(MAKEFILE_LIST))
include $(dir $(DRIVER_MK))boards.mk
include $(FERRY_DIR)/mk/settings.mk
O ?= build
V ?= 0
Q ?= $(if $(filter 1,$V),,@)
say ?= $(if $(filter 1,$V),:,printf '  %-7s %s\n' $(1) $(2))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules

ifeq ($(wildcard drivers/$(DRIVER).c),)
$(error there is no drivers/$(DRIVER).c here: DRIVER in the Makefile names the driver)
endif

.PHONY: all apps check setup help clean
#: make                           build the driver for every port
all: module apps program

#: make setup                     install the Debian packages that are missing
setup:
	$Q$(FERRY_DIR)/scripts/setup driver

help:
	@sed -n 's/^#: //p' $(DRIVER_MK)

#: make clean                     remove what was built (not the fetched packages)
clean:
	$Qrm -rf $O/modules $O/dkms $O/bare $O/sim $O/program* $O/tests $O/how output

# A compiler that is missing is said in one line, before it is tried.
need = $Qcommand -v $(1) >/dev/null || { echo "$(DRIVER): there is no $(1): \`make setup\` installs it" >&2; exit 1; }

# ARCH=, CROSS_COMPILE= and CC= count for the module as they do for kbuild; CC= for the tests, too.
MODULE_CC := $(if $(filter command environment file,$(firstword $(origin CC))),$(CC))
MODULE_ENV = V=$V COMPILERS='$O/cache' ARCH='$(ARCH)' CROSS_COMPILE='$(or $(CROSS_COMPILE),$(BOARD_CROSS_COMPILE))' CC='$(MODULE_CC)'

# ---- Tests: each of tests/*.c is a cmocka program with ferry-sim, the driver in it. An installed Ferry has the library, and
# pkg-config says how it is used, wherever Ferry has been moved to; from a clone's sources it is made here. ----
CC ?= cc
TESTS := $(patsubst tests/%.c,$O/tests/%,$(wildcard tests/*.c))
TEST_CFLAGS = -std=gnu11 -O1 -g -Wall -Wextra -Wno-unused-parameter -Werror=implicit $(if $(WERROR),-Werror)
TEST_SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=all

include $(FERRY_DIR)/mk/sim.mk
SIM_PREFIX := $(patsubst %/share/ferry,%,$(filter %/share/ferry,$(FERRY_DIR)))
SIM_PC := $(wildcard $(SIM_PREFIX)/lib/pkgconfig/ferry-sim.pc)
ifneq ($(and $(SIM_PREFIX),$(SIM_PC)),)
SIM_CONFIG = pkg-config --define-variable=prefix=$(SIM_PREFIX) $(SIM_PC)
SIM_CFLAGS = $$($(SIM_CONFIG) --cflags)
SIM_LIB := $(SIM_PREFIX)/lib/libferry-sim.a
SIM_NEEDS = $(call need,pkg-config)
else
SIM_CFLAGS = $(USER_INCLUDE_DIRS:%=-I$(FERRY_DIR)/%)
SIM_LIB := $O/sim/libferry-sim.a
SIM_SRC := $(patsubst $(FERRY_DIR)/%,%,$(wildcard $(patsubst %,$(FERRY_DIR)/%/*.c,$(USER_DIRS) $(SIM_DIRS))))
HOW_sim = $(CC) -D_GNU_SOURCE $(TEST_CFLAGS) $(CFLAGS) $(SIM_CFLAGS)
HOW_libferry-sim = $(AR) rcsD $(SIM_LIB) $(SIM_SRC:%.c=$O/sim/%.o)
$(SIM_LIB): $(SIM_SRC:%.c=$O/sim/%.o) $O/how/libferry-sim
	$Qrm -f $@
	$Q$(HOW_libferry-sim)
$O/sim/%.o: $(FERRY_DIR)/%.c $O/how/sim
	$Qmkdir -p $(@D)
	$(call need,$(CC))
	$Q$(call say,CC,$*.c)
	$Q$(HOW_sim) -MMD -MP -c -o $@ $< && echo '$<:' >>$(@:.o=.d)
-include $(SIM_SRC:%.c=$O/sim/%.d)
endif

HOW_test = $(CC) $(TEST_CFLAGS) $(TEST_SANITIZERS) $(CFLAGS) $(SIM_CFLAGS)
$O/tests/%: tests/%.c $(SIM_LIB) $O/how/test
	$Qmkdir -p $(@D)
	$(call need,$(CC))
	$(SIM_NEEDS)
	$Q$(call say,CC,$<)
	$Q$(HOW_test) -MMD -MP -MF $@.d -o $@ $< $(SIM_LIB) -lcmocka
-include $(TESTS:%=%.d)

#: make check                     run the tests
check: $(TESTS)
	$Qstatus=0; for test in $(TESTS); do $$test || status=1; done; exit $$status

# ---- The driver as a process, on a model of its device or on a bus of this machine. tests/model.h may be the model. ----
PROGRAM_DIRS = ports/user/program ports/user/vhost ports/user/restart services virtio lib/base lib/pins
PROGRAM_SRC := $(filter-out lib/pins/qemu-% lib/pins/plugin%,$(patsubst $(FERRY_DIR)/%,%,\
	$(wildcard $(patsubst %,$(FERRY_DIR)/%/*.c,$(USER_DIRS) $(PROGRAM_DIRS)))))
PROGRAM_CONTROLLERS := $(patsubst $(FERRY_DIR)/drivers/%.c,%,\
	$(shell grep -l '^\#include <ferry/gpio-controller.h>' $(FERRY_DIR)/drivers/*.c))
PROGRAM_OBJ = $(PROGRAM_SRC:%.c=$(PROGRAM_DIR)/%.o) $(PROGRAM_CONTROLLERS:%=$(PROGRAM_DIR)/drivers/%.o)
PROGRAM_DIR = $O/program
PROGRAM_OUT = output/user
PROGRAM_HOW = program
PROGRAM_CC = $(CC)
PROGRAM_LINK = -Wl,--gc-sections -Wl,--as-needed
PROGRAM_LIBS = -lext2fs -lseccomp -lm
# For the Linux of a board it is linked statically, with that architecture's own libraries, which are fetched.
ifneq ($(and $(BOARD),$(filter program,$(MAKECMDGOALS))),)
ifeq ($(filter $(BOARD),$(LINUX_BOARDS)),)
$(error there is no Linux for board '$(BOARD)'; boards are: $(LINUX_BOARDS))
endif
include $(FERRY_DIR)/boards/$(BOARD)/board.mk
PROGRAM_TRIPLET = $(patsubst %-,%,$(BOARD_CROSS_COMPILE))
PROGRAM_ARCH := $(patsubst %-linux-gnu,%,$(patsubst %-linux-gnueabi,%el,$(PROGRAM_TRIPLET)))
PROGRAM_PACKAGES = $(FERRY_DIR)/ports/user/program/packages-$(PROGRAM_ARCH)
ifeq ($(wildcard $(PROGRAM_PACKAGES)),)
$(error a program for the Linux of board '$(BOARD)' is one for this machine: make program)
endif
PROGRAM_ROOT = $O/cache/program-$(PROGRAM_ARCH)
PROGRAM_USR = $(PROGRAM_ROOT)/root/usr
PROGRAM_DIR = $O/program-$(PROGRAM_ARCH)
PROGRAM_OUT = output/$(BOARD)/program
PROGRAM_HOW = program-$(PROGRAM_ARCH)
PROGRAM_CC = $(BOARD_CROSS_COMPILE)gcc -isystem $(PROGRAM_USR)/include/$(PROGRAM_TRIPLET) -isystem $(PROGRAM_USR)/include
PROGRAM_LINK = -static -s -Wl,--gc-sections,--no-warnings -B$(PROGRAM_USR)/lib/$(PROGRAM_TRIPLET) -L$(PROGRAM_USR)/lib/$(PROGRAM_TRIPLET)
PROGRAM_LIBS += -lcom_err
PROGRAM_READY = $(PROGRAM_ROOT)/fetched
$(PROGRAM_READY): $(PROGRAM_PACKAGES) $(if $(wildcard $(PROGRAM_ROOT)/root/.),,FORCE)
	$Q$(FERRY_DIR)/scripts/fetch $< $(@D)
	$Qtouch $@
endif
HOW_$(PROGRAM_HOW) = $(PROGRAM_CC) -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 $(TEST_CFLAGS) -O2 -ffunction-sections -fdata-sections $(CFLAGS) \
	-I$(FERRY_DIR) -I$(FERRY_DIR)/lib -I$(FERRY_DIR)/ports/user -I$(FERRY_DIR)/ports/user/program $(USER_INCLUDE_DIRS:%=-I$(FERRY_DIR)/%)
$(PROGRAM_DIR)/%.o: $(FERRY_DIR)/%.c $O/how/$(PROGRAM_HOW) $(PROGRAM_READY)
	$Qmkdir -p $(@D)
	$(call need,$(firstword $(PROGRAM_CC)))
	$Q$(call say,CC,$*.c)
	$Q$(HOW_$(PROGRAM_HOW)) -MMD -MP -c -o $@ $< && echo '$<:' >>$(@:.o=.d)
$(PROGRAM_DIR)/own/%.o: drivers/%.c $O/how/$(PROGRAM_HOW) $(PROGRAM_READY)
	$Qmkdir -p $(@D)
	$Q$(call say,CC,$<)
	$Q$(HOW_$(PROGRAM_HOW)) -MMD -MP -c -o $@ $<
$(PROGRAM_DIR)/program-%.c: $(wildcard tests/model.h) $(FERRY_DIR)/scripts/make-program
	$Qmkdir -p $(@D)
	$Q$(FERRY_DIR)/scripts/make-program -m $(CURDIR)/tests/model.h $* $(PROGRAM_CONTROLLERS) >$@
$(PROGRAM_OUT)/%: $(PROGRAM_DIR)/program-%.c $(PROGRAM_DIR)/own/%.o $(PROGRAM_OBJ)
	$Qmkdir -p $(@D)
	$Q$(call say,LD,$@)
	$Q$(HOW_$(PROGRAM_HOW)) $(PROGRAM_LINK) -o $@ $^ $(PROGRAM_LIBS)
-include $(PROGRAM_OBJ:.o=.d) $(PROGRAM_DIR)/own/$(DRIVER).d
.PHONY: program
#: make program                   the driver as a process: output/user/NAME; --help says what it can do
#: make program BOARD=rpi-3       the same for the Linux of a board: output/rpi-3/program/NAME
program: $(PROGRAM_OUT)/$(DRIVER)
	@echo $<

# ---- Bare-metal images: one for each board, or, with BOARD, for that one. ----
APP = $(DRIVER)
APP_DIR = .
APP_DRIVERS = $(DRIVER)
BARE_SETUP = need-bare-cc
ifneq ($(filter app,$(MAKECMDGOALS)),)
include $(FERRY_DIR)/mk/app.mk
endif
#: make app BOARD=rpi-4           a bare-metal image with the driver: output/rpi-4/kernel8.img
#: make apps                      the same for every board
apps: $(BARE_BOARDS:%=app-%)
.PHONY: need-bare-cc
need-bare-cc:
	$(call need,$(BARE_CC))
app-%:
	$Q$(MAKE) --no-print-directory app BOARD=$*

# ---- The kernel module: for the kernel that KDIR is of; else for that of BOARD, whose headers are fetched; without either, for the
# running kernel where its headers are installed, else for the first board's. ----
ifeq ($(KDIR)$(BOARD),)
override KDIR := $(wildcard /lib/modules/$(shell uname -r)/build)
endif
MODULE_BOARD = $(or $(BOARD),$(firstword $(LINUX_BOARDS)))
ifneq ($(KDIR),)
MODULE_TARGET = /lib/modules/$(patsubst linux-%,%,$(VARIANT))
VARIANT = linux-$(or $(shell cat $(KDIR)/include/config/kernel.release 2>/dev/null),unknown)
KERNEL_READY = $(wildcard $(KDIR)/Module.symvers $(KDIR)/include/generated/*.h)
else ifneq ($(filter $(MODULE_BOARD),$(LINUX_BOARDS)),)
include $(FERRY_DIR)/boards/$(MODULE_BOARD)/board.mk
BOARD_PACKAGES ?= $(MODULE_BOARD)
BOARD_LIST = $(FERRY_DIR)/boards/$(BOARD_PACKAGES)/packages
# Which of Debian's kernels: the default one, or that of KERNEL=debian-NAME.
KERNEL ?= debian
DEBIAN_KERNELS := $(shell $(FERRY_DIR)/scripts/kernel-packages $(BOARD_LIST))
KERNEL_NAME := $(if $(filter debian,$(KERNEL)),$(firstword $(DEBIAN_KERNELS)),$(filter $(DEBIAN_KERNELS),$(patsubst debian-%,%,$(KERNEL))))
ifeq ($(KERNEL_NAME),)
$(error there is no kernel '$(KERNEL)' for board '$(MODULE_BOARD)'; kernels are: debian $(DEBIAN_KERNELS:%=debian-%))
endif
KERNEL_SUFFIX := $(if $(filter-out $(firstword $(DEBIAN_KERNELS)),$(KERNEL_NAME)),-$(KERNEL_NAME))
VARIANT = $(MODULE_BOARD)$(KERNEL_SUFFIX)
# Packages that Ferry's own tree has are not asked for again.
PACKAGES_NAME := $(BOARD_PACKAGES)$(KERNEL_SUFFIX)
TREE_CACHE := $(FERRY_DIR)/build/cache/$(PACKAGES_NAME)
CACHE := $(or $(if $(wildcard $(TREE_CACHE)/root/.),$(patsubst %/fetched,%,$(wildcard $(TREE_CACHE)/fetched))),$O/cache/$(PACKAGES_NAME))
override KDIR = $$(echo $(CACHE)/root/usr/src/linux-headers-*-$(BOARD_KERNEL_FLAVOUR))
MODULE_TARGET = $$(echo $(CACHE)/root/lib/modules/*)
KERNEL_READY = $(CACHE)/fetched
else ifneq ($(filter module insmod modules_install,$(MAKECMDGOALS)),)
$(error there is no Linux for board '$(BOARD)'; boards are: $(LINUX_BOARDS))
endif

MODULE = $(if $(VARIANT),output/$(VARIANT)/modules/$(DRIVER).ko)
# It says whether that kernel will load it: the command of the tree, or the one installed.
FERRY_COMMAND = $(firstword $(wildcard $(FERRY_DIR)/build/tool/ferry $(FERRY_DIR)/../../lib/ferry/ferry))
.PHONY: module insmod rmmod modules_install dkms FORCE
#: make module KDIR=DIRECTORY     a kernel module for the kernel of these headers: output/linux-.../modules/NAME.ko
#: make module BOARD=rpi-zero     for that of a board: output/rpi-zero/modules/NAME.ko; KERNEL=debian-6.1 says which of its kernels
module: $(MODULE)
	$(if $(and $<,$(FERRY_COMMAND)),$Q$(FERRY_DIR)/scripts/check-module $(FERRY_COMMAND) $(KDIR) $(MODULE_TARGET) $<)
	$(if $<,@echo $<)
$O/cache/$(PACKAGES_NAME).packages: $(BOARD_LIST) $(FERRY_DIR)/boards/kernel/debian
	$Qmkdir -p $(@D)
	$Q$(FERRY_DIR)/scripts/kernel-packages $< $(BOARD_KERNEL_FLAVOUR) $(KERNEL_NAME) headers >$@
$O/cache/$(PACKAGES_NAME)/fetched: $O/cache/$(PACKAGES_NAME).packages $(if $(wildcard $(CACHE)/root/.),,FORCE)
	$Q$(FERRY_DIR)/scripts/fetch $< $(@D)
	$Qtouch $@
# How it is made: it is made anew when that changes, and then from scratch, as kbuild does not see that a kernel's headers are others.
MODULE_HOW = $O/modules/$(VARIANT)/how
$(MODULE_HOW): FORCE
	$Qecho '$(CURDIR) $(KDIR) $(MODULE_ENV)' | cmp -s - $@ || { rm -rf $(@D) && mkdir -p $(@D) && echo '$(CURDIR) $(KDIR) $(MODULE_ENV)' >$@; }
output/$(VARIANT)/modules/%.ko: drivers/%.c $(wildcard $(FERRY_DIR)/include/ferry/*.h $(FERRY_DIR)/ports/linux/* $(FERRY_DIR)/ports/common/*.[ch] $(FERRY_DIR)/ports/common/include/ferry/port/*) $(KERNEL_READY) $(MODULE_HOW)
	$Q$(call say,MODULE,$@)
	$Q$(MODULE_ENV) $(FERRY_DIR)/scripts/build-module $< $(KDIR) $O/modules/$(VARIANT) $@

#: make insmod                    load the module into the running kernel; make rmmod takes it out
insmod: $(MODULE)
	$Q$(FERRY_DIR)/scripts/load-module insmod $<
rmmod:
	$Q$(FERRY_DIR)/scripts/load-module rmmod $(DRIVER)
#: make modules_install           install the module where modprobe finds it, below INSTALL_MOD_PATH if that is given
modules_install: $(MODULE)
	$QINSTALL_MOD_PATH='$(INSTALL_MOD_PATH)' $(MODULE_ENV) $(FERRY_DIR)/scripts/install-module $(DRIVER) $(KDIR) $O/modules/$(VARIANT)
#: make dkms                      a source package that DKMS builds for each kernel of a machine
VERSION ?= 0.1
dkms:
	$Q$(FERRY_DIR)/scripts/make-dkms drivers/$(DRIVER).c '$(VERSION)' output/dkms

include $(FERRY_DIR)/mk/how.mk
