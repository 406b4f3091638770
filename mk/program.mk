# SPDX-License-Identifier: GPL-2.0-only
# Programs of the user port: a driver as an ordinary process (docs/user.md). Two flavours, as in tool.mk: output/user/NAME is that
# for use, $O/asan/programs/NAME the one with sanitizers, for tests.
VHOST_SRC := $(sort $(wildcard ports/user/vhost/*.c ports/user/restart/*.c))
PROGRAM_SRC := $(sort $(wildcard ports/user/program/*.c))
PROGRAM_CPPFLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -I. -Ilib -Iports/user $(USER_INCLUDE)
PROGRAM_LIBS = -Wl,--as-needed -lext2fs -lseccomp -lm
# Drivers that offer pins, for those that use some.
PROGRAM_CONTROLLERS := $(patsubst drivers/%.c,%,$(sort $(shell grep -l '^#include <ferry/gpio-controller.h>' drivers/*.c)))

define link_program
	$Q$(call say,LD,$@)
	$Q$(CC) $(PROGRAM_CPPFLAGS) -Iports/user/program $(CFLAGS_TOOL) $(CFLAGS_FLAVOUR_$(firstword $(subst /, ,$(@:$O/%=%)))) $(CFLAGS) -o $@ \
		$(filter-out %.a,$^) $(filter %.a,$^) $(filter %/libferry-user.a %/libferry-services.a %/libferry-virtio.a %/libferry.a,$^) $(PROGRAM_LIBS)
endef

# $(call program_rules,NAME): libferry-vhost.a, and programs/DRIVER for each driver
define program_rules
$O/$(1)/vhost/%.o: %.c | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(CC) $$(PROGRAM_CPPFLAGS) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS) -MMD -MP -c -o $$@ $$<

$O/$(1)/libferry-vhost.a: $$(VHOST_SRC:%.c=$O/$(1)/vhost/%.o)
	$$Qrm -f $$@
	$$Q$$(AR) rcsD $$@ $$^

$O/$(1)/programs/%.c: drivers/%.c scripts/make-program
	$$Qmkdir -p $$(@D)
	$$Qscripts/make-program $$* $$(PROGRAM_CONTROLLERS) >$$@

$O/$(1)/programs/%: $O/$(1)/programs/%.c $$(PROGRAM_SRC:%.c=$O/$(1)/vhost/%.o) $O/$(1)/libferry-vhost.a \
		$O/$(1)/libferry-user.a $O/$(1)/libferry-drivers.a $O/$(1)/libferry-services.a $O/$(1)/libferry-virtio.a $O/$(1)/libferry.a
	$$(link_program)

$O/$(1)/tests/unit/vhost/%: tests/unit/vhost/%.c $O/$(1)/libferry-vhost.a $O/$(1)/libferry-user.a $O/$(1)/libferry-drivers.a \
		$O/$(1)/libferry-services.a $O/$(1)/libferry-virtio.a $O/$(1)/libferry.a | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(CC) $$(PROGRAM_CPPFLAGS) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS) -MMD -MP -MF $$@.d -o $$@ $$< \
		$$(filter %.a,$$^) $O/$(1)/libferry-user.a $$(PROGRAM_LIBS) -lcmocka

# Drivers for tests are programs, too.
$O/$(1)/programs/test-%.c: tests/drivers/%.c scripts/make-program
	$$Qmkdir -p $$(@D)
	$$Qscripts/make-program $$* $$(PROGRAM_CONTROLLERS) >$$@
$O/$(1)/programs/test-%: $O/$(1)/programs/test-%.c $O/$(1)/user/tests/drivers/%.o $$(PROGRAM_SRC:%.c=$O/$(1)/vhost/%.o) \
		$O/$(1)/libferry-vhost.a $O/$(1)/libferry-user.a $O/$(1)/libferry-drivers.a $O/$(1)/libferry-services.a $O/$(1)/libferry-virtio.a $O/$(1)/libferry.a
	$$(link_program)

-include $$(patsubst %.c,$O/$(1)/vhost/%.d,$$(VHOST_SRC) $$(PROGRAM_SRC))
endef
$(eval $(call program_rules,tool))
$(eval $(call program_rules,asan))

# Fuzz targets of vhost-user are built with all that is behind a session.
VHOST_FUZZ_SRC = $(VHOST_SRC) $(SERVICES_SRC) $(USER_SRC) drivers/bcm2835-gpio.c drivers/bcm2835-i2c.c drivers/beeper.c tests/drivers/net-echo.c
$O/fuzz/vhost-obj/%.o: %.c | $O/.setup-check
	$Qmkdir -p $(@D)
	$Q$(CLANG) $(PROGRAM_CPPFLAGS) -std=gnu11 -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all -MMD -MP -c -o $@ $<
$O/fuzz/libferry-vhost.a: $(VHOST_FUZZ_SRC:%.c=$O/fuzz/vhost-obj/%.o)
	$Qrm -f $@
	$Q$(AR) rcsD $@ $^
$O/fuzz/vhost-%: fuzz/vhost-%.c $O/fuzz/libferry-vhost.a $O/fuzz/libferry-virtio.a $O/fuzz/libferry.a | $O/.setup-check
	$Q$(call say,FUZZ,$@)
	$Q$(CLANG) $(PROGRAM_CPPFLAGS) -std=gnu11 $(FUZZ_FLAGS) -o $@ $^ $(PROGRAM_LIBS)
-include $(VHOST_FUZZ_SRC:%.c=$O/fuzz/vhost-obj/%.d)

# For tests/user-*.t.
check: $O/tool/programs/bcm2835-gpio $O/tool/programs/bcm2835-rng $O/tool/programs/beeper $O/tool/programs/test-net-echo $O/tool/programs/test-say $O/tool/programs/bcm2835-i2c

ifneq ($(filter program,$(MAKECMDGOALS)),)
PROGRAM_DRIVERS := $(USER_DRIVER_SRC:drivers/%.c=%)
ifeq ($(filter $(DRIVER),$(PROGRAM_DRIVERS)),)
$(error $(if $(DRIVER),there is no driver '$(DRIVER)',say which driver: make program DRIVER=NAME); drivers are: $(PROGRAM_DRIVERS))
endif
endif
.PHONY: program
#: make program DRIVER=bcm2835-gpio
#:                                a driver as a process, for virtual machines (vhost-user): output/user/bcm2835-gpio
program: output/user/$(DRIVER)
	@echo $<
output/user/%: $O/tool/programs/%
	$Qmkdir -p $(@D)
	$Qcp $< $@
