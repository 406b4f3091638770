# SPDX-License-Identifier: GPL-2.0-only
# Programs of the user port (program.mk) for the Linux of a board.
#: make program DRIVER=lm75 BOARD=rpi-3
#:                                one for the Linux of a board, linked statically: output/rpi-3/program/lm75

# What they are made of: all that a program may need, and the target's own libraries. (Of lib/ it needs these two folders; the rest wants
# libraries for images.)
ifneq ($(filter program,$(MAKECMDGOALS)),)
ifneq ($(BOARD_GIVEN),)
PROGRAM_ARCH := $(patsubst %-linux-gnu-,%,$(patsubst %-linux-gnueabi-,%el,$(BOARD_CROSS_COMPILE)))
PROGRAM_ROOT = $O/cache/program-$(PROGRAM_ARCH)
PROGRAM_TRIPLET = $(notdir $(BOARD_CROSS_COMPILE:%-=%))
PROGRAM_OBJ_DIR = $O/program/$(PROGRAM_ARCH)
PROGRAM_LIB = $(PROGRAM_ROOT)/root/usr/lib/$(PROGRAM_TRIPLET)
PROGRAM_BOARD_SRC = $(PROGRAM_SRC) $(VHOST_SRC) $(SERVICES_SRC) $(VIRTIO_SRC) $(USER_SRC) \
	$(filter-out $(PLUGIN_SRC),$(sort $(wildcard lib/base/*.c lib/pins/*.c)))
PROGRAM_BOARD_OBJ = $(PROGRAM_BOARD_SRC:%.c=$(PROGRAM_OBJ_DIR)/%.o) \
	$(patsubst %,$(PROGRAM_OBJ_DIR)/drivers/%.o,$(sort $(DRIVER) $(PROGRAM_CONTROLLERS)))
HOW_program-board = $(BOARD_CROSS_COMPILE)gcc $(PROGRAM_CPPFLAGS) -Iports/user/program -isystem $(PROGRAM_ROOT)/root/usr/include/$(PROGRAM_TRIPLET) \
	-isystem $(PROGRAM_ROOT)/root/usr/include \
	$(filter-out -fPIC,$(CFLAGS_TOOL)) -O2 -g -ffunction-sections -fdata-sections
$(eval $(call fetch_rule,$(PROGRAM_ROOT),ports/user/program/packages-$(PROGRAM_ARCH)))
$(PROGRAM_OBJ_DIR)/%.o: %.c $O/how/program-board $(PROGRAM_ROOT)/fetched | $O/.setup-build
	$Qmkdir -p $(@D)
	$Q$(call say,CC,$<)
	$Q$(HOW_program-board) -MMD -MP -c -o $@ $<
$(PROGRAM_OBJ_DIR)/program-%.c: scripts/make-program
	$Qmkdir -p $(@D)
	$Qscripts/make-program $* $(PROGRAM_CONTROLLERS) >$@
output/$(BOARD)/program/%: $(PROGRAM_OBJ_DIR)/program-%.c $(PROGRAM_BOARD_OBJ)
	$Qmkdir -p $(@D)
	$Q$(call say,LD,$@)
	$Q$(HOW_program-board) -static -Wl,--gc-sections,--no-warnings -B$(PROGRAM_LIB) -L$(PROGRAM_LIB) -o $@ $^ \
		$(PROGRAM_LIBS) -lcom_err
	$Q$(BOARD_CROSS_COMPILE)strip $@
-include $(PROGRAM_BOARD_OBJ:.o=.d)
endif
endif
