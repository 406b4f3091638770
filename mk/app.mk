# SPDX-License-Identifier: GPL-2.0-only
# Bare-metal images. Ferry's own Makefile includes this, for `make app APP=hello`; so does that of an app of your own, in a
# directory of its own (apps/template/Makefile):
#
#	BOARD ?= rpi-4
#	FERRY ?= .../ferry
#	APP = NAME
#	APP_DIR = .
#	include $(FERRY)/mk/app.mk
#
# The app is APP_DIR/*.c. APP_DIR/app.mk, where there is one, may set
#	APP_DRIVERS	the drivers it wants beside the board's, of Ferry's drivers/ or of its own APP_DIR/drivers/;
#			a driver without `compatible` has as many devices as the times it is named
#	APP_CFLAGS	more options for the compiler
#	APP_PARTS	full: all of the port (the default); minimal: a reset entry, a stack, and what of the contract is inline

# Ferry's directory and a slash, as this file was included: nothing in Ferry's own tree, so that a tree may be moved.
FERRY_AT := $(patsubst %mk/app.mk,%,$(lastword $(MAKEFILE_LIST)))
include $(FERRY_AT)mk/boards.mk
O ?= build
V ?= 0
Q ?= $(if $(filter 1,$V),,@)
say ?= $(if $(filter 1,$V),:,printf '  %-7s %s\n' $(1) $(2))
APP_DIR ?= $(FERRY_AT)apps/$(APP)
APP_OUT ?= output/$(BOARD)

APPS := $(patsubst $(FERRY_AT)apps/%/main.c,%,$(wildcard $(FERRY_AT)apps/*/main.c))
APP_SRC := $(wildcard $(APP_DIR)/*.c)
ifeq ($(.DEFAULT_GOAL),)
.DEFAULT_GOAL := app
endif

ifneq ($(filter app,$(or $(MAKECMDGOALS),$(.DEFAULT_GOAL))),)
ifneq ($(words x$(CURDIR)),1)
$(error the path of this directory has spaces in it, and make cannot work there: $(CURDIR))
endif
ifeq ($(filter $(BOARD),$(BARE_BOARDS)),)
$(error $(if $(BOARD),there is no bare-metal port for board '$(BOARD)',say for which board: make app BOARD=NAME); \
boards are: $(BARE_BOARDS))
endif
ifeq ($(APP),)
$(error say which app: make app APP=NAME; apps are: $(APPS))
endif
ifeq ($(APP_SRC),)
$(error there is no app '$(APP)': no *.c in $(APP_DIR); Ferry's apps are: $(APPS))
endif
endif

ifneq ($(filter $(BOARD),$(BARE_BOARDS)),)
include $(FERRY_AT)boards/$(BOARD)/board.mk
include $(FERRY_AT)ports/bare/arch/$(BARE_ARCH)/arch.mk
-include $(APP_DIR)/app.mk
endif
APP_PARTS ?= full
ifeq ($(filter $(APP_PARTS),full minimal),)
$(error $(APP_DIR)/app.mk: APP_PARTS is full or minimal, not '$(APP_PARTS)')
endif

APP_NO_DRIVERS := $(strip $(foreach d,$(APP_DRIVERS),$(if $(wildcard $(APP_DIR)/drivers/$d.c $(FERRY_AT)drivers/$d.c),,$d)))
ifneq ($(APP_NO_DRIVERS),)
$(error $(APP_DIR)/app.mk: APP_DRIVERS: there is no driver '$(APP_NO_DRIVERS)'; Ferry's are: \
$(patsubst $(FERRY_AT)drivers/%.c,%,$(wildcard $(FERRY_AT)drivers/*.c)), others are looked for in $(APP_DIR)/drivers)
endif

BARE_CC = $(BARE_CROSS_COMPILE)gcc
BARE_INCLUDE = $(BARE_PARTS_INCLUDE) -I$(FERRY_AT)include -I$(FERRY_AT)ports/bare/include -I$(FERRY_AT)ports/bare \
	-I$(FERRY_AT)ports/common/include -I$(FERRY_AT)ports/common
# A pointer that is null is used as it stands, so that it faults; names of this machine's directories do not get in.
BARE_CFLAGS = -std=gnu11 -g -ffreestanding -fno-common -fno-pic -fno-stack-protector -fno-asynchronous-unwind-tables \
	-fno-delete-null-pointer-checks -ffunction-sections -fdata-sections \
	-Wall -Wextra -Wshadow -Wvla -Wmissing-prototypes -Wno-unused-parameter -Werror=implicit $(if $(WERROR),-Werror) \
	$(BARE_ARCH_CFLAGS) $(BARE_PARTS_CFLAGS)
BARE_MAP = -ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(abspath $(APP_DIR))=app -ffile-prefix-map=$(abspath $O)=build \
	$(if $(FERRY_AT),-ffile-prefix-map=$(FERRY_AT)=)
BARE_LINK = $(BARE_CC) $(BARE_ARCH_CFLAGS) -nostdlib -static -no-pie -Wl,--gc-sections -Wl,-z,noexecstack \
	-Wl,-z,max-page-size=4096 -Wl,--no-warn-rwx-segments -Wl,--fatal-warnings

# Ferry's part, BARE_SRC, the same for all apps of a board; the app's own, APP_SRC and drivers.
BARE_OBJ_DIR = $O/bare/$(BOARD)
APP_OBJ_DIR = $(BARE_OBJ_DIR)/apps/$(APP)

# How they are made: Ferry's part, the app's, and what they are linked of.
BARE_HOW = bare-$(BOARD)-$(APP_PARTS)
APP_HOW = app-$(BOARD)-$(APP)
HOW_$(BARE_HOW) = $(BARE_CC) $(BARE_INCLUDE) $(BARE_CFLAGS)
HOW_$(APP_HOW) = $(HOW_$(BARE_HOW)) $(APP_CFLAGS)
HOW_$(APP_HOW)-link = $(BARE_LINK) $(BARE_OBJ) $(APP_OBJ)

BARE_OBJ = $(addsuffix .o,$(BARE_SRC:$(FERRY_AT)%=$(BARE_OBJ_DIR)/ferry/%))
APP_OBJ = $(APP_SRC:$(APP_DIR)/%.c=$(APP_OBJ_DIR)/%.o) $(BARE_DRIVER_OBJ)

# A source that is not where it was, in a tree that was moved, is a reason to build, and no error.
bare_compile = $(BARE_MAP) -MMD -MP -c -o $@ $< && echo '$<:' >>$(@:.o=.d)
$(BARE_OBJ_DIR)/ferry/%.o: $(FERRY_AT)% $O/how/$(BARE_HOW) | $(BARE_SETUP)
	$Qmkdir -p $(@D)
	$Q$(call say,CC,$*)
	$Q$(HOW_$(BARE_HOW)) $(bare_compile)

$(APP_OBJ_DIR)/%.o: $(APP_DIR)/%.c $O/how/$(APP_HOW) | $(BARE_SETUP)
	$Qmkdir -p $(@D)
	$Q$(call say,CC,$(<:$(FERRY_AT)%=%))
	$Q$(HOW_$(APP_HOW)) $(bare_compile)

$(APP_OBJ_DIR)/drivers/%.o: $(FERRY_AT)drivers/%.c $O/how/$(BARE_HOW) | $(BARE_SETUP)
	$Qmkdir -p $(@D)
	$Q$(call say,CC,drivers/$*.c)
	$Q$(HOW_$(BARE_HOW)) $(bare_compile)

# What Ferry's part is, and how the app is linked with it into image.elf.
include $(FERRY_AT)mk/app-$(APP_PARTS).mk
$(APP_OBJ_DIR)/image.img: $(APP_OBJ_DIR)/image.elf
	$Q$(BARE_CROSS_COMPILE)objcopy -O binary $< $@
$(APP_OBJ_DIR)/image.asm: $(APP_OBJ_DIR)/image.elf
	$Q$(BARE_CROSS_COMPILE)objdump -d $< >$@

-include $(BARE_OBJ:.o=.d) $(APP_OBJ:.o=.d)

.PHONY: app
#: make app APP=hello BOARD=rpi-4
#:                                build a bare-metal image: output/rpi-4/kernel8.img, with .elf .asm .sym .map
app: $(foreach e,img elf asm sym map,$(APP_OUT)/$(basename $(BARE_IMAGE)).$e)
	@echo $<

# The files of one app take the place of another's.
$(APP_OUT)/$(basename $(BARE_IMAGE)).%: $(APP_OBJ_DIR)/image.% FORCE
	$Qmkdir -p $(@D)
	$Qcmp -s $< $@ || cp $< $@
$(APP_OBJ_DIR)/image.sym $(APP_OBJ_DIR)/image.map: $(APP_OBJ_DIR)/image.elf ;

include $(FERRY_AT)mk/how.mk
