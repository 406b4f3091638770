# SPDX-License-Identifier: GPL-2.0-only
# Tests: cmocka programs under tests/unit (one a source file, by its name) and TAP scripts tests/*.t, run by prove.

UNIT_SRC := $(sort $(wildcard tests/unit/*/*.c))
# All of them run with sanitizers. As they are in use, optimised, run besides those of code without locks (virtio) and of processes
# with signal handlers, guarded pages and sandboxes, for which sanitizers are another environment.
UNIT_PLAIN_SRC := $(filter $(addsuffix /%,virtio vhost user),$(UNIT_SRC:tests/unit/%=%))
UNIT_BIN = $(UNIT_PLAIN_SRC:%.c=$O/tool/tests/unit/%) $(UNIT_SRC:%.c=$O/asan/%)
TEST_SCRIPTS := $(sort $(wildcard tests/*.t))
FUZZ_SRC := $(sort $(wildcard fuzz/*.c))
FUZZ_BIN = $(FUZZ_SRC:fuzz/%.c=$O/fuzz/%)
FUZZ_SECONDS ?= 1
CLANG ?= clang

define unit_rules
HOW_$(1)-test = $$(CC) $$(CPPFLAGS_TOOL) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS_TESTS_$(1)) $$(CFLAGS) $$(LDFLAGS)
$O/$(1)/tests/unit/%: tests/unit/%.c $O/$(1)/libferry.a $O/how/$(1)-test | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(HOW_$(1)-test) $$(UNIT_INCLUDE) -MMD -MP -MF $$@.d -o $$@ $$< $O/$(1)/libferry.a $$(LIBS_TOOL) -lcmocka
$O/$(1)/tests/unit/boot/run $O/$(1)/tests/unit/pins/capture: | $O/$(1)/ferry-pins.so
-include $$(UNIT_SRC:%.c=$O/$(1)/%.d)
endef
$(eval $(call unit_rules,tool))
$(eval $(call unit_rules,asan))

# A program for tests/disassembly.t.
$O/asan/tests/disassemble: tests/disassemble.c $O/asan/libferry.a $O/how/asan-test | $O/.setup-check
	$Qmkdir -p $(@D)
	$Q$(call say,CC,$@)
	$Q$(HOW_asan-test) -MMD -MP -MF $@.d -o $@ $< $O/asan/libferry.a $(LIBS_TOOL)
-include $O/asan/tests/disassemble.d

# A terminal for tests/pick-screen.t.
HOW_pick-terminal = $(CC) -D_GNU_SOURCE $(CFLAGS_TOOL) -O1 -g $(CFLAGS) $(LDFLAGS)
$O/asan/tests/pick/terminal: tests/pick/terminal.c $O/how/pick-terminal | $O/.setup-check
	$Qmkdir -p $(@D)
	$Q$(HOW_pick-terminal) -o $@ $< -lutil

# Fuzz targets are built with all of the library, so that coverage reaches it. tests/fuzz.t runs each for FUZZ_SECONDS.
FUZZ_CFLAGS = -std=gnu11 -O1 -g -Werror=implicit -fsanitize=address,undefined -fno-sanitize-recover=all
HOW_fuzz = $(CLANG) $(CPPFLAGS_TOOL) $(FUZZ_CFLAGS)
$O/fuzz/obj/%.o: %.c $O/how/fuzz | $O/.setup-check
	$Qmkdir -p $(@D)
	$Q$(HOW_fuzz) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$O/fuzz/obj/board-table.o: $(BOARD_TABLE) $O/how/fuzz | $O/.setup-check
	$Qmkdir -p $(@D)
	$Q$(HOW_fuzz) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(eval $(call archive_rule,fuzz,libferry,$(TOOL_SRC:%.c=$O/fuzz/obj/%.o) $O/fuzz/obj/board-table.o))
$O/fuzz/%: fuzz/%.c $O/fuzz/libferry.a $O/how/fuzz | $O/.setup-check
	$Q$(call say,FUZZ,$@)
	$Q$(HOW_fuzz) $(UNIT_INCLUDE) -fsanitize=fuzzer -MMD -MP -MF $@.d -o $@ $< $O/fuzz/libferry.a $(LIBS_TOOL)
-include $(TOOL_SRC:%.c=$O/fuzz/obj/%.d) $(FUZZ_BIN:%=%.d)
# Parts of the bare port that run here, too, have its headers.
UNIT_INCLUDE_PORT = -Iinclude -Iports/bare/include -Iports/bare -Iports/common/include -Iports/common
$O/tool/tests/unit/port/% $O/asan/tests/unit/port/% $O/fuzz/devicetree: UNIT_INCLUDE = $(UNIT_INCLUDE_PORT)

# What a test script needs stands in it, on a line `# needs: WORD...`; here is what the words mean.
NEED_nothing =
NEED_ferry = $O/asan/ferry $O/asan/ferry-pins.so
NEED_tool = tool
NEED_sim = $O/tool/libferry-sim.a $(SIM_SO)
NEED_disassemble = $O/asan/tests/disassemble
NEED_pick-terminal = $O/asan/tests/pick/terminal
NEED_fuzz = $(FUZZ_BIN)
NEED_bare-objects = $(addprefix bare-objects-of-,$(BARE_BOARDS))
# each board's image, with its default kernel
NEED_images = $(addprefix image-of-,$(LINUX_BOARDS))
NEED_images-from-source = $(TEST_KERNELS:%=image-from-source-%)
NEED_uml = $(if $(filter x86_64,$(shell uname -m)),$O/cache/uml/fetched)
NEED_gpio-virtio = $O/cache/gpio-virtio/gpio-virtio.c
NEED_i2c-virtio = $O/cache/i2c-virtio/i2c-virtio.c
# program-DRIVER, program-for-BOARD+DRIVER, image-of-VARIANT, packages-of-VARIANT, headers-of-VARIANT, and Debian's tools that judge in
# guests
need = $(strip $(if $(filter undefined,$(origin NEED_$1)),$(or \
	$(filter program-for-%,$1), \
	$(patsubst program-%,$O/tool/programs/%,$(filter program-%,$1)), \
	$(filter image-of-% packages-of-% headers-of-%,$1), \
	$(patsubst %,$O/cache/%/fetched,$(filter $(TEST_JUDGES),$1)), \
	$(error a test script needs '$1', and mk/test.mk does not tell what that is)),$(NEED_$1)))

# $(1): pc-6.1, say: which BOARD= and KERNEL= that is
variant_board = $(firstword $(filter $1,$(LINUX_BOARDS)) $(foreach b,$(LINUX_BOARDS),$(if $(filter $b-%,$1),$b)))
variant = BOARD=$(variant_board) KERNEL=debian$(patsubst $(variant_board)%,%,$1)
program-for-%: FORCE
	$Q$(MAKE) --no-print-directory program BOARD=$(word 1,$(subst +, ,$*)) DRIVER=$(word 2,$(subst +, ,$*))
image-of-%: tool
	$Q$(MAKE) --no-print-directory image $(call variant,$*)
packages-of-% headers-of-%: FORCE
	$Q$(MAKE) --no-print-directory $(@:-of-$*=) $(call variant,$*)
# Ferry's part of bare-metal images, which tests copy (bare_objects in tests/tap.sh).
bare-objects-of-%: FORCE
	$Q$(MAKE) --no-print-directory app APP=hello BOARD=$* APP_OUT=$O/bare/$*/out >/dev/null
# Debian's tools that judge in guests, a list of packages each in tests/guest.
TEST_JUDGES = gpiod-armel gpiod-arm64 classes-armel classes-arm64 rng-tools-arm64 i2c-tools-arm64
$(foreach j,$(TEST_JUDGES) uml,$(eval $(call fetch_rule,$O/cache/$j,tests/guest/$j)))

# The kernel's drivers of virtio-gpio and virtio-i2c, for the guests of tests/user-*.t: Debian's kernels do not have them, so they come
# out of their source, as boards/kernel/packages says. Where that cannot be fetched, those tests are skipped.
KERNEL_FILE_gpio-virtio.c = drivers/gpio/gpio-virtio.c
KERNEL_FILE_i2c-virtio.c = drivers/i2c/busses/i2c-virtio.c
kernel_file = $(KERNEL_ARCHIVE:.tar.xz=)/$(KERNEL_FILE_$(@F))
KERNEL_FILES = $O/cache/gpio-virtio/gpio-virtio.c $O/cache/i2c-virtio/i2c-virtio.c
$(KERNEL_FILES): boards/kernel/packages
	$Q$(MAKE) --no-print-directory $(KERNEL_CACHE)/fetched || :
	$Q[ ! -e $(kernel_file) ] || { mkdir -p $(@D) && cp $(kernel_file) $@; }
# One after the other: each may fetch the source.
$O/cache/i2c-virtio/i2c-virtio.c: | $O/cache/gpio-virtio/gpio-virtio.c

# Kernels from source are tested where they have been built.
TEST_KERNELS := $(patsubst $O/kernel/%/source/ready,%,$(wildcard $O/kernel/*/source/ready))
image-from-source-%: tool | $O/cache/gpio-virtio/gpio-virtio.c
	$Q$(MAKE) --no-print-directory image BOARD=$* KERNEL=source

# Which tests: T names them (scripts/find-tests), check-failed has those that failed last, and otherwise it is all.
TEST_GOAL := $(firstword $(filter check check-now check-failed check-failed-now unit unit-now,$(MAKECMDGOALS)))
FAILED_TESTS = $O/failed-tests
ifneq ($(filter unit%,$(TEST_GOAL)),)
TESTS = $(UNIT_BIN)
else ifneq ($(filter check-failed%,$(TEST_GOAL)),)
TESTS := $(patsubst asan/%,$O/asan/%,$(patsubst tool/%,$O/tool/%,$(file <$(FAILED_TESTS))))
TESTS := $(filter $(UNIT_BIN) $(TEST_SCRIPTS),$(TESTS))
else ifneq ($(and $(TEST_GOAL),$(filter command,$(origin T)),$(strip $T)),)
TESTS := $(patsubst asan/%,$O/asan/%,$(patsubst tool/%,$O/tool/%,$(shell scripts/find-tests $(foreach t,$T,'$(subst ','\'',$t)') 2>&1)))
ifneq ($(.SHELLSTATUS),0)
$(error $(TESTS))
endif
else
# The short ones last: no long one is left alone on its processor.
TESTS = $(TEST_SCRIPTS) $(UNIT_BIN)
endif
SCRIPTS_TO_RUN = $(filter tests/%,$(TESTS))
TEST_NEEDS = $(if $(TEST_GOAL),$(foreach n,$(sort $(if $(SCRIPTS_TO_RUN),$(shell sed -n 's/^\# needs: //p' $(SCRIPTS_TO_RUN)))),$(call need,$n)))
# One image, or what is fetched for one, after the other: they have parts in common.
$(foreach i,$(sort $(filter image-% packages-of-% headers-of-%,$(TEST_NEEDS))),$(if $(IMAGE_BEFORE),$(eval $i: | $(IMAGE_BEFORE)))$(eval IMAGE_BEFORE := $i))

.PHONY: check check-failed unit fuzz $(TEST_GOAL)
#: make check [T=NAME]            run every test, or those of that name: a test, a folder of them, a source file
#: make check T=fuzz FUZZ_SECONDS=60
#:                                look for new crashes as long as that in each fuzz target, instead of a second
#: make check-failed              run those that failed the last time
#: make unit                      run the unit tests
# What tests need is built by all processors, unless -j says otherwise; then they run (JOBS at a time). make's own output is not mixed.
PARALLEL = $(if $(or $(findstring jobserver,$(MAKEFLAGS)),$(filter -j%,$(MAKEFLAGS))),,-j$(shell nproc) --output-sync=target)
check check-failed unit:
	$Qmkdir -p $O
	$Q$(if $(dry_run),,scripts/in-turn $O/check.lock 'make $@') $(MAKE) --no-print-directory $(PARALLEL) $@-now

# With `+`, what the tests say is seen at once.
check-now check-failed-now unit-now: $(filter $O/%,$(TESTS)) $(TEST_NEEDS)
	$(if $(TESTS),$(if $(dry_run),,+)$QFERRY=$O/asan/ferry FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/run-tests $O/test-logs $(FAILED_TESTS) $(TESTS),\
		@echo 'no test failed the last time')

#: make fuzz                      build the fuzz targets
fuzz: $(FUZZ_BIN)
