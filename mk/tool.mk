# SPDX-License-Identifier: GPL-2.0-only
# The ferry command. Every lib/DIR/*.c goes into its library; two flavours: $O/tool (for use) and $O/asan (for tests).

CC ?= cc
VERSION := $(strip $(file <VERSION))
CPPFLAGS_TOOL = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DFERRY_VERSION='"$(VERSION)"' -Itool -Ilib -I.
CFLAGS_TOOL = -std=gnu11 -Wall -Wextra -Wshadow -Wvla -Wmissing-prototypes -Wno-unused-parameter -Werror=implicit \
	$(if $(WERROR),-Werror) -fPIC
CFLAGS_FLAVOUR_tool = -O2 -g
# The files of tests themselves are compiled in a third of the time without optimisation, and have the sanitizers all the same.
CFLAGS_TESTS_asan = -O0
CFLAGS_FLAVOUR_asan = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LIBS_TOOL = -Wl,--as-needed -lfdisk -lext2fs -lcom_err -lfdt -lelf -ljansson -lcapstone -lz -larchive -lncursesw -ltinfo -lpthread -lm

# The plugin is loaded by QEMU: a shared object of its own.
PLUGIN_SRC := lib/pins/plugin.c lib/pins/plugin-events.c
# The boards that it emulates: what is known of each, and the table of them, which is written anew only when it changes.
BOARD_TABLE = $O/board-table.c
BOARD_SRC := $(EMULATED_BOARDS:%=boards/%/emulation.c)
TOOL_SRC := $(filter-out $(PLUGIN_SRC),$(sort $(wildcard lib/*/*.c lib/*/*/*.c tool/*/*.c))) $(BOARD_SRC)
CMD_SRC := $(sort $(wildcard tool/*.c))

# $(call archive_rule,FLAVOUR,NAME,OBJECTS)
define archive_rule
HOW_$(1)-$(2) = $$(AR) rcsD $O/$(1)/$(2).a $(3)
$O/$(1)/$(2).a: $(3) $O/how/$(1)-$(2)
	$$Qrm -f $$@
	$$Q$$(HOW_$(1)-$(2))
endef

# $(call flavour_rules,NAME): libferry.a (all but the commands), the command, one object a source
define flavour_rules
HOW_$(1) = $$(CC) $$(CPPFLAGS_TOOL) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS)
$O/$(1)/%.o: %.c $O/how/$(1) | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(HOW_$(1)) -MMD -MP -c -o $$@ $$<

$O/$(1)/board-table.o: $(BOARD_TABLE) $O/how/$(1) | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(HOW_$(1)) -MMD -MP -c -o $$@ $$<
$$(eval $$(call archive_rule,$(1),libferry,$$(TOOL_SRC:%.c=$O/$(1)/%.o) $O/$(1)/board-table.o))

HOW_$(1)-ferry = $$(CC) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS) $$(LDFLAGS) -o $O/$(1)/ferry \
	$$(CMD_SRC:%.c=$O/$(1)/%.o) $O/$(1)/libferry.a $$(LIBS_TOOL)
$O/$(1)/ferry: $$(CMD_SRC:%.c=$O/$(1)/%.o) $O/$(1)/libferry.a $O/how/$(1)-ferry | $O/$(1)/data
	$$Q$$(call say,LD,$$@)
	$$Q$$(HOW_$(1)-ferry)

# Templates, and all else of Ferry that the command needs, it finds through a link beside itself.
$O/$(1)/data: FORCE
	$$(if $$(filter $$(CURDIR),$$(realpath $$@)),,$$Qmkdir -p $$(@D) && ln -sfnr . $$@)

# The command finds its plugin beside itself.
HOW_$(1)-plugin = $$(CC) $$(CPPFLAGS_TOOL) $$(CFLAGS_TOOL) -O2 -g -fvisibility=hidden $$(CFLAGS)
$O/$(1)/plugin/%.o: %.c $O/how/$(1)-plugin | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(HOW_$(1)-plugin) -MMD -MP -c -o $$@ $$<
HOW_$(1)-ferry-pins.so = $$(CC) -shared $$(CFLAGS) $$(LDFLAGS) -o $O/$(1)/ferry-pins.so $$(PLUGIN_SRC:%.c=$O/$(1)/plugin/%.o)
$O/$(1)/ferry-pins.so: $$(PLUGIN_SRC:%.c=$O/$(1)/plugin/%.o) $O/how/$(1)-ferry-pins.so
	$$Q$$(call say,LD,$$@)
	$$Q$$(HOW_$(1)-ferry-pins.so)

-include $$(patsubst %.c,$O/$(1)/%.d,$$(TOOL_SRC) $$(CMD_SRC)) $O/$(1)/board-table.d $$(PLUGIN_SRC:%.c=$O/$(1)/plugin/%.d)
endef

$(eval $(call flavour_rules,tool))
$(eval $(call flavour_rules,asan))

$(BOARD_TABLE): FORCE
	$Qmkdir -p $(@D)
	$Qnew=$@.$$$$; scripts/board-table $(EMULATED_BOARDS) >$$new || exit 1; if cmp -s $$new $@; then rm $$new; else mv $$new $@; fi

.PHONY: tool
#: make tool                      build the ferry command: build/ferry
tool: $O/tool/ferry $O/tool/ferry-pins.so
	$Qln -sf tool/ferry $O/ferry
