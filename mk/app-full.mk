# SPDX-License-Identifier: GPL-2.0-only
# An app on all of the port: console, interrupts, drivers, the panic screen. Included by app.mk.
BARE_PARTS_CFLAGS = -O2 -fno-omit-frame-pointer $(BARE_PANIC_CFLAGS)
BARE_SRC := $(wildcard $(FERRY_AT)ports/common/*.c $(FERRY_AT)ports/bare/core/*.c $(FERRY_AT)ports/bare/chips/*.c \
	$(FERRY_AT)ports/bare/arch/$(BARE_ARCH)/*.[cS] $(FERRY_AT)boards/$(BOARD)/board.c)
BARE_DRIVER_NAMES = $(sort $(BARE_DRIVERS) $(APP_DRIVERS))
BARE_DRIVER_OBJ = $(BARE_DRIVER_NAMES:%=$(APP_OBJ_DIR)/drivers/%.o) $(APP_OBJ_DIR)/drivers.o

# The table of drivers: written anew only when it changes.
$(APP_OBJ_DIR)/drivers.c: FORCE
	$Qmkdir -p $(@D)
	$Qnew=$@.$$$$; $(FERRY_AT)scripts/driver-table $(BARE_DRIVERS) $(APP_DRIVERS) >$$new || exit 1; \
		if cmp -s $$new $@; then rm $$new; else mv $$new $@; fi
$(APP_OBJ_DIR)/drivers.o: $(APP_OBJ_DIR)/drivers.c $O/how/$(BARE_HOW)
	$Q$(HOW_$(BARE_HOW)) $(bare_compile)

HOW_bare-$(BOARD)-image.ld = $(BARE_CC) -E -P -x assembler-with-cpp -DLOAD_ADDRESS=$(BARE_LOAD_ADDRESS)
$(BARE_OBJ_DIR)/image.ld: $(FERRY_AT)ports/bare/arch/image.ld.S $O/how/bare-$(BOARD)-image.ld
	$Qmkdir -p $(@D)
	$Q$(HOW_bare-$(BOARD)-image.ld) -I$(FERRY_AT)ports/bare/arch/$(BARE_ARCH) -MMD -MP -MF $@.d -MT $@ -o $@ $< && echo '$<:' >>$@.d

# Linked twice: the first time to learn the build's id and the functions' addresses, for the table of symbols; the second link
# changes neither.
$(APP_OBJ_DIR)/first.elf: $(BARE_OBJ) $(APP_OBJ) $(BARE_OBJ_DIR)/image.ld $O/how/$(APP_HOW)-link
	$Q$(BARE_LINK) -T $(BARE_OBJ_DIR)/image.ld -Wl,--build-id -o $@ $(BARE_OBJ) $(APP_OBJ) -lgcc
	$Q$(BARE_CROSS_COMPILE)readelf -n $@ | sed -n 's/.*Build ID: //p' >$(@D)/build-id
$(APP_OBJ_DIR)/symbols.S: $(APP_OBJ_DIR)/first.elf $(FERRY_AT)scripts/symbol-table
	$Q$(BARE_CROSS_COMPILE)nm -n $< | $(FERRY_AT)scripts/symbol-table "$(APP) $(BOARD) $$(cat $(@D)/build-id)" >$@
$(APP_OBJ_DIR)/symbols.o: $(APP_OBJ_DIR)/symbols.S
	$Q$(BARE_CC) $(BARE_ARCH_CFLAGS) -c -o $@ $<
$(APP_OBJ_DIR)/image.elf: $(APP_OBJ_DIR)/first.elf $(APP_OBJ_DIR)/symbols.o
	$Q$(call say,LD,$@)
	$Q$(BARE_LINK) -T $(BARE_OBJ_DIR)/image.ld -Wl,--build-id=0x$$(cat $(@D)/build-id) -Wl,-Map=$(@:.elf=.map) \
		-o $@ $(BARE_OBJ) $(APP_OBJ) $(APP_OBJ_DIR)/symbols.o -lgcc
	$Q$(BARE_CROSS_COMPILE)nm -n $@ >$(@:.elf=.sym)
	$Q$(BARE_CROSS_COMPILE)nm -n $< | grep -i ' t ' >$(@:.elf=.first)
	$Qgrep -i ' t ' $(@:.elf=.sym) | cmp - $(@:.elf=.first)

-include $(BARE_OBJ_DIR)/image.ld.d
