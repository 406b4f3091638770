# SPDX-License-Identifier: GPL-2.0-only
# Tests: cmocka programs under tests/unit (one a source file, by its name) and TAP scripts tests/*.t, run by prove.

UNIT_SRC := $(sort $(wildcard tests/unit/*/*.c))
UNIT_BIN = $(UNIT_SRC:%.c=$O/tool/%) $(UNIT_SRC:%.c=$O/asan/%)
FUZZ_SRC := $(sort $(wildcard fuzz/*.c))
FUZZ_BIN = $(FUZZ_SRC:fuzz/%.c=$O/fuzz/%)
FUZZ_SECONDS ?= 5
CLANG ?= clang

define unit_rules
HOW_$(1)-test = $$(CC) $$(CPPFLAGS_TOOL) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS) $$(LDFLAGS)
$O/$(1)/tests/unit/%: tests/unit/%.c $O/$(1)/libferry.a $O/how/$(1)-test | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(HOW_$(1)-test) $$(UNIT_INCLUDE) -MMD -MP -MF $$@.d -o $$@ $$< $O/$(1)/libferry.a $$(LIBS_TOOL) -lcmocka
$O/$(1)/tests/unit/pins/capture: | $O/$(1)/ferry-pins.so
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

# Fuzz targets are built with all of the library, so that coverage reaches it. tests/fuzz.t runs each for FUZZ_SECONDS.
FUZZ_CFLAGS = -std=gnu11 -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
HOW_fuzz = $(CLANG) $(CPPFLAGS_TOOL) $(FUZZ_CFLAGS)
$O/fuzz/obj/%.o: %.c $O/how/fuzz | $O/.setup-check
	$Qmkdir -p $(@D)
	$Q$(HOW_fuzz) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(eval $(call archive_rule,fuzz,libferry,$(TOOL_SRC:%.c=$O/fuzz/obj/%.o)))
$O/fuzz/%: fuzz/%.c $O/fuzz/libferry.a $O/how/fuzz | $O/.setup-check
	$Q$(call say,FUZZ,$@)
	$Q$(HOW_fuzz) $(UNIT_INCLUDE) -fsanitize=fuzzer -MMD -MP -MF $@.d -o $@ $< $O/fuzz/libferry.a $(LIBS_TOOL)
-include $(TOOL_SRC:%.c=$O/fuzz/obj/%.d) $(FUZZ_BIN:%=%.d)
# Parts of the bare port that run here, too, have its headers.
$O/tool/tests/unit/port/% $O/asan/tests/unit/port/% $O/fuzz/devicetree: UNIT_INCLUDE = \
	-Iinclude -Iports/bare/include -Iports/bare -Iports/common/include -Iports/common

.PHONY: check unit fuzz
# What the whole tests use: the command built with sanitizers, its plugin, the fuzz targets, a real card and real modules.
TEST_SCRIPTS = $(sort $(wildcard tests/*.t))
TEST_NEEDS = $O/asan/ferry $(SIM_SO) $O/asan/tests/disassemble $O/asan/ferry-pins.so $(FUZZ_BIN) image image-of-virt image-of-rpi-3 image-of-rpi-4 image-of-pc image-of-pc-6.1 \
	$(TEST_JUDGES:%=$O/cache/%/fetched) $(if $(filter x86_64,$(shell uname -m)),$O/cache/uml/fetched) $(KERNEL_FILES)

image-of-%: tool image
	$Q$(MAKE) --no-print-directory image BOARD=$*
image-of-pc-6.1: tool image
	$Q$(MAKE) --no-print-directory image BOARD=pc KERNEL=debian-6.1

# Debian's tools that judge in guests, a list of packages each in tests/guest.
TEST_JUDGES = gpiod-armel gpiod-arm64 rng-tools-arm64 i2c-tools-arm64
$(TEST_JUDGES:%=$O/cache/%/fetched) $O/cache/uml/fetched: $O/cache/%/fetched: tests/guest/% scripts/fetch scripts/apt-conf | $O/.setup-check
	$Qscripts/fetch $< $(@D)
	$Qtouch $@

# The kernel's drivers of virtio-gpio and virtio-i2c, for the guests of tests/user-*.t: Debian's kernels do not have them, so they come
# out of their source, which tar reads no further than that. Where the source cannot be fetched, those tests are skipped.
KERNEL_FILE_gpio-virtio.c = drivers/gpio/gpio-virtio.c
KERNEL_FILE_i2c-virtio.c = drivers/i2c/busses/i2c-virtio.c
KERNEL_FILES = $O/cache/gpio-virtio/gpio-virtio.c $O/cache/i2c-virtio/i2c-virtio.c
$(KERNEL_FILES): boards/kernel/packages
	$Q$(MAKE) --no-print-directory $(KERNEL_CACHE)/fetched || exit 0; \
		$(call say,UNPACK,$@) && mkdir -p $(@D) && \
		tar -xOf $(KERNEL_ARCHIVE) --occurrence=1 $(notdir $(KERNEL_ARCHIVE:.tar.xz=))/$(KERNEL_FILE_$(@F)) >$@
# One after the other: each may fetch the source.
$O/cache/i2c-virtio/i2c-virtio.c: | $O/cache/gpio-virtio/gpio-virtio.c

# Kernels from source are tested where they have been built.
TEST_KERNELS := $(patsubst $O/kernel/%/source/ready,%,$(wildcard $O/kernel/*/source/ready))
image-from-source-%: tool image | $O/cache/gpio-virtio/gpio-virtio.c
	$Q$(MAKE) --no-print-directory image BOARD=$* KERNEL=source

#: make check                     run every test
check: tool $(UNIT_BIN) $(TEST_NEEDS) $(TEST_KERNELS:%=image-from-source-%)
	$QFERRY=$O/asan/ferry FUZZ_SECONDS=$(FUZZ_SECONDS) scripts/run-tests $O/test-logs $(UNIT_BIN) $(TEST_SCRIPTS)

#: make unit                      run the unit tests
unit: $(UNIT_BIN)
	$Qscripts/run-tests $O/test-logs $(UNIT_BIN)

#: make fuzz                      build the fuzz targets
fuzz: $(FUZZ_BIN)
