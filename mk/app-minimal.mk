# SPDX-License-Identifier: GPL-2.0-only
# An app on the minimal port: what it needs for itself, small rather than fast. Included by app.mk.
ifneq ($(filter app,$(MAKECMDGOALS)),)
ifeq ($(wildcard $(FERRY_AT)boards/$(BOARD)/minimal.h),)
$(error $(APP_DIR)/app.mk: APP_PARTS = minimal: there is no minimal port for board '$(BOARD)')
endif
endif
BARE_PARTS_INCLUDE = -I$(FERRY_AT)ports/bare/minimal/include -I$(FERRY_AT)boards/$(BOARD)
BARE_PARTS_CFLAGS = -Os
BARE_SRC := $(FERRY_AT)ports/bare/minimal/start.S

$(APP_OBJ_DIR)/image.elf: $(BARE_OBJ) $(APP_OBJ) $(FERRY_AT)ports/bare/minimal/image.ld $O/how/$(APP_HOW)-link
	$Q$(call say,LD,$@)
	$Q$(BARE_LINK) -T $(FERRY_AT)ports/bare/minimal/image.ld -Wl,--section-start=.text=$(BARE_LOAD_ADDRESS) \
		-Wl,--build-id=none -Wl,-Map=$(@:.elf=.map) -o $@ $(BARE_OBJ) $(APP_OBJ) -lgcc
	$Q$(BARE_CROSS_COMPILE)nm -n $@ >$(@:.elf=.sym)
