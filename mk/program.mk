# SPDX-License-Identifier: GPL-2.0-only
# Programs of the user port: a driver as an ordinary process (docs/user.md). Two flavours, as in tool.mk: output/user/NAME is that
# for use, $O/asan/programs/NAME the one with sanitizers, for tests.
VHOST_SRC := $(sort $(wildcard ports/user/vhost/*.c ports/user/restart/*.c))
PROGRAM_SRC := $(sort $(wildcard ports/user/program/*.c))
PROGRAM_CPPFLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -I. -Ilib -Iports/user $(USER_INCLUDE)
PROGRAM_LIBS = -Wl,--as-needed -lext2fs -lseccomp -lm
# Drivers that offer pins, for those that use some.
PROGRAM_CONTROLLERS := $(patsubst drivers/%.c,%,$(sort $(shell grep -l '^#include <ferry/gpio-controller.h>' drivers/*.c)))

# $(call test_program_rules,NAME,DIR): programs/test-DRIVER for each driver in DIR
define test_program_rules
$O/$(1)/programs/test-%.c: $(2)/%.c scripts/make-program
	$$Qmkdir -p $$(@D)
	$$Qscripts/make-program $$* $$(PROGRAM_CONTROLLERS) >$$@
$O/$(1)/programs/test-%: $O/$(1)/programs/test-%.c $O/$(1)/user/$(2)/%.o $$(PROGRAM_PARTS_$(1)) \
		$$(PROGRAM_ARCHIVES_$(1)) $O/how/$(1)-program
	$$Q$$(call say,LD,$$@)
	$$Q$$(HOW_$(1)-program) -o $$@ $$(filter %/$$*.o,$$^) $$< $$(PROGRAM_LINKED_$(1))
endef

# $(call program_rules,NAME): libferry-vhost.a, and programs/DRIVER for each driver
define program_rules
HOW_$(1)-vhost = $$(CC) $$(PROGRAM_CPPFLAGS) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS)
$O/$(1)/vhost/%.o: %.c $O/how/$(1)-vhost | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(HOW_$(1)-vhost) -MMD -MP -c -o $$@ $$<

$$(eval $$(call archive_rule,$(1),libferry-vhost,$$(VHOST_SRC:%.c=$O/$(1)/vhost/%.o)))

# What a program is linked of, besides what is its own; the libraries need one another.
PROGRAM_PARTS_$(1) = $$(PROGRAM_SRC:%.c=$O/$(1)/vhost/%.o)
PROGRAM_ARCHIVES_$(1) = $$(patsubst %,$O/$(1)/%.a,libferry-vhost libferry-user libferry-drivers libferry-services libferry-virtio libferry)
HOW_$(1)-program = $$(HOW_$(1)-vhost) -Iports/user/program $$(LDFLAGS)
PROGRAM_LINKED_$(1) = $$(PROGRAM_PARTS_$(1)) $$(PROGRAM_ARCHIVES_$(1)) $$(PROGRAM_ARCHIVES_$(1)) $$(PROGRAM_LIBS)

$O/$(1)/programs/%.c: drivers/%.c scripts/make-program
	$$Qmkdir -p $$(@D)
	$$Qscripts/make-program $$* $$(PROGRAM_CONTROLLERS) >$$@
$O/$(1)/programs/%: $O/$(1)/programs/%.c $$(PROGRAM_PARTS_$(1)) $$(PROGRAM_ARCHIVES_$(1)) $O/how/$(1)-program
	$$Q$$(call say,LD,$$@)
	$$Q$$(HOW_$(1)-program) -o $$@ $$< $$(PROGRAM_LINKED_$(1))

# Drivers for tests are programs, too.
$$(foreach d,tests/drivers apps/selftest/drivers,$$(eval $$(call test_program_rules,$(1),$$d)))

$O/$(1)/tests/unit/vhost/%: tests/unit/vhost/%.c $$(PROGRAM_ARCHIVES_$(1)) $O/how/$(1)-program | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(HOW_$(1)-vhost) $$(CFLAGS_TESTS_$(1)) $$(LDFLAGS) -MMD -MP -MF $$@.d -o $$@ $$< \
		$$(PROGRAM_ARCHIVES_$(1)) $$(PROGRAM_ARCHIVES_$(1)) $$(PROGRAM_LIBS) -lcmocka

-include $$(patsubst %.c,$O/$(1)/vhost/%.d,$$(VHOST_SRC) $$(PROGRAM_SRC))
endef
$(eval $(call program_rules,tool))
$(eval $(call program_rules,asan))

# Fuzz targets of vhost-user are built with all that is behind a session.
VHOST_FUZZ_SRC = $(VHOST_SRC) $(SERVICES_SRC) $(USER_SRC) drivers/bcm2835-gpio.c drivers/bcm2835-i2c.c drivers/beeper.c apps/selftest/drivers/net-echo.c
HOW_fuzz-vhost = $(CLANG) $(PROGRAM_CPPFLAGS) $(FUZZ_CFLAGS)
$O/fuzz/vhost-obj/%.o: %.c $O/how/fuzz-vhost | $O/.setup-check
	$Qmkdir -p $(@D)
	$Q$(HOW_fuzz-vhost) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(eval $(call archive_rule,fuzz,libferry-vhost,$(VHOST_FUZZ_SRC:%.c=$O/fuzz/vhost-obj/%.o)))
$O/fuzz/vhost-%: fuzz/vhost-%.c $O/fuzz/libferry-vhost.a $O/fuzz/libferry-virtio.a $O/fuzz/libferry.a \
		$O/how/fuzz-vhost | $O/.setup-check
	$Q$(call say,FUZZ,$@)
	$Q$(HOW_fuzz-vhost) -fsanitize=fuzzer -MMD -MP -MF $@.d -o $@ $< $(filter %.a,$^) $(PROGRAM_LIBS)
-include $(VHOST_FUZZ_SRC:%.c=$O/fuzz/vhost-obj/%.d)

ifneq ($(filter program,$(MAKECMDGOALS)),)
PROGRAM_DRIVERS := $(USER_DRIVER_SRC:drivers/%.c=%)
ifeq ($(filter $(DRIVER),$(PROGRAM_DRIVERS)),)
$(error $(if $(DRIVER),there is no driver '$(DRIVER)',say which driver: make program DRIVER=NAME); drivers are: $(PROGRAM_DRIVERS))
endif
endif
.PHONY: program
#: make program DRIVER=bcm2835-gpio
#:                                a driver as a process, for virtual machines (vhost-user): output/user/bcm2835-gpio
program: $(if $(BOARD_GIVEN),output/$(BOARD)/program,output/user)/$(DRIVER)
	@echo $<
output/user/%: $O/tool/programs/%
	$Qmkdir -p $(@D)
	$Qcp $< $@
