# SPDX-License-Identifier: GPL-2.0-only
# compile_commands.json, for clangd, clang-tidy and editors: how each C file is compiled. A file that is compiled in several ways is
# there as the first of them here has it: for use rather than with sanitizers, a driver for the user port, the bare port for the
# first board whose architecture has the file. What becomes kernel modules is not there: kbuild compiles it.
COMPDB_DIR = $O/compdb
quote_mark := "
define newline


endef
# $(call compdb,COMMAND,SOURCES): an entry a line, without what clang does not know
compdb = $(foreach s,$2,{"directory": "$(CURDIR)", "file": "$s", "command": "$(subst $(quote_mark),\$(quote_mark),$(filter-out -mapcs-frame,$1)) -c $s"}$(newline))

# Programs of tests and benchmarks: of this machine and its guests, and for the bare metal.
COMPDB_PROGRAMS = tests/guest/beeper.c tests/guest/uml-registers.c bench/load.c $(wildcard tests/fault/*.c)
COMPDB_APPS = $(filter-out $(COMPDB_PROGRAMS),$(wildcard tests/guest/*.c)) $(wildcard bench/*-app/*.c bench/*-app/drivers/*.c)
COMPDB_UNIT = $(filter-out $(SIM_TESTS:%=%.c) tests/unit/vhost/% tests/unit/virtio/% tests/unit/port/%,$(UNIT_SRC))
define compdb_host
$(call compdb,$(HOW_tool),$(CMD_SRC) $(TOOL_SRC) $(PLUGIN_SRC))
$(call compdb,$(HOW_tool-virtio),$(VIRTIO_SRC))
$(call compdb,$(HOW_tool-services),$(SERVICES_SRC))
$(call compdb,$(HOW_tool-user),$(USER_SRC) $(SIM_SRC) $(USER_DRIVER_SRC) $(wildcard tests/drivers/*.c))
$(call compdb,$(HOW_tool-program),$(VHOST_SRC) $(PROGRAM_SRC))
$(call compdb,$(HOW_tool-test),$(COMPDB_UNIT) tests/disassemble.c)
$(call compdb,$(HOW_tool-test) $(UNIT_INCLUDE_PORT),$(filter tests/unit/port/%,$(UNIT_SRC)))
$(call compdb,$(HOW_tool-user-test),$(SIM_TESTS:%=%.c))
$(call compdb,$(HOW_tool-vhost),$(filter tests/unit/vhost/%,$(UNIT_SRC)))
$(call compdb,$(HOW_tool-virtio-test),$(filter tests/unit/virtio/%,$(UNIT_SRC)))
$(call compdb,$(HOW_fuzz-vhost),$(filter fuzz/vhost-%,$(FUZZ_SRC)))
$(call compdb,$(HOW_fuzz-virtio),$(filter fuzz/virt%,$(FUZZ_SRC)))
$(call compdb,$(HOW_fuzz-beeper),fuzz/beeper.c)
$(call compdb,$(HOW_fuzz) $(UNIT_INCLUDE_PORT),fuzz/devicetree.c)
$(call compdb,$(HOW_fuzz),$(FUZZ_SRC))
$(call compdb,$(HOW_tool),$(COMPDB_PROGRAMS))
$(call compdb,$(HOW_bench-count),bench/count.c)
$(call compdb,$(HOW_bench-sim),bench/sim.c)
endef
compdb_app = $(call compdb,$(HOW_$(BARE_HOW)),$(filter %.c,$(BARE_SRC)) $(if $(filter hello,$(APP)),$(COMPDB_APPS)))$(call compdb,$(HOW_$(APP_HOW)),$(APP_SRC) $(wildcard $(APP_DIR)/drivers/*.c))

.PHONY: compdb compdb-app
#: make compdb                    write compile_commands.json, for clangd and clang-tidy
compdb:
	$Qmkdir -p $(COMPDB_DIR)
	$Qrm -f $(COMPDB_DIR)/*
	$(file >$(COMPDB_DIR).host,$(compdb_host))
	$Qmv $(COMPDB_DIR).host $(COMPDB_DIR)/0-host
	$Qfor board in $(BARE_BOARDS); do $(MAKE) -s compdb-app BOARD=$$board APP=hello || exit; done
	$Qfor app in $(APPS); do $(MAKE) -s compdb-app BOARD=$(firstword $(BARE_BOARDS)) APP=$$app || exit; done
	$Q{ echo '['; cat $(COMPDB_DIR)/* | awk -F '"' 'NF && !seen[$$8]++' | sed '$$!s/$$/,/'; echo ']'; } >$(COMPDB_DIR).json
	$Qmv $(COMPDB_DIR).json compile_commands.json

compdb-app:
	$(file >$(COMPDB_DIR)/app-$(BOARD)-$(APP),$(compdb_app))
	@:
