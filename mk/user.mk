# SPDX-License-Identifier: GPL-2.0-only
# The user port: drivers as processes, and in tests (ferry-sim). Two flavours, as in tool.mk.
include mk/sim.mk
USER_SRC := $(sort $(wildcard $(USER_DIRS:%=%/*.c)))
SIM_SRC := $(sort $(wildcard $(SIM_DIRS:%=%/*.c)))
SERVICES_SRC := $(sort $(wildcard services/*.c))
USER_DRIVER_SRC := $(sort $(wildcard drivers/*.c))
USER_INCLUDE = $(USER_INCLUDE_DIRS:%=-I%)

# What is tested with ferry-sim, as other people test their drivers.
SIM_TESTS := $(patsubst %.c,%,$(wildcard tests/unit/user/*.c tests/unit/drivers/*.c))

# $(call user_rules,NAME): libferry-user.a (core and models), libferry-sim.a (with ferry-sim),
# libferry-drivers.a (all drivers, built for this port), libferry-services.a (services/, too)
define user_rules
HOW_$(1)-user = $$(CC) -D_GNU_SOURCE $$(USER_INCLUDE) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS)
$O/$(1)/user/%.o: %.c $O/how/$(1)-user | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(HOW_$(1)-user) -MMD -MP -c -o $$@ $$<

$$(eval $$(call archive_rule,$(1),libferry-user,$$(USER_SRC:%.c=$O/$(1)/user/%.o)))
$$(eval $$(call archive_rule,$(1),libferry-sim,$$(USER_SRC:%.c=$O/$(1)/user/%.o) $$(SIM_SRC:%.c=$O/$(1)/user/%.o)))
$$(eval $$(call archive_rule,$(1),libferry-drivers,$$(USER_DRIVER_SRC:%.c=$O/$(1)/user/%.o)))

HOW_$(1)-services = $$(CC) -I. $$(USER_INCLUDE) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS)
$O/$(1)/user/services/%.o: services/%.c $O/how/$(1)-services | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(HOW_$(1)-services) -MMD -MP -c -o $$@ $$<

$$(eval $$(call archive_rule,$(1),libferry-services,$$(SERVICES_SRC:%.c=$O/$(1)/user/%.o)))

HOW_$(1)-user-test = $$(HOW_$(1)-user) $$(CFLAGS_TESTS_$(1)) -Iports/user $$(LDFLAGS)
$$(SIM_TESTS:%=$O/$(1)/%): \
		$O/$(1)/%: %.c $O/$(1)/libferry-drivers.a $O/$(1)/libferry-sim.a $O/how/$(1)-user-test | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(HOW_$(1)-user-test) -MMD -MP -MF $$@.d -o $$@ $$< $O/$(1)/libferry-drivers.a $O/$(1)/libferry-sim.a -lcmocka

$O/$(1)/tests/unit/services/%: tests/unit/services/%.c $O/$(1)/libferry-services.a $O/$(1)/libferry-virtio.a \
		$O/$(1)/libferry-user.a | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(CC) -D_GNU_SOURCE -I. $$(USER_INCLUDE) $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS_TESTS_$(1)) $$(CFLAGS) -MMD -MP -MF $$@.d -o $$@ \
		$$< $$(filter %.a,$$^) -lcmocka

-include $$(patsubst %.c,$O/$(1)/user/%.d,$$(USER_SRC) $$(SIM_SRC) $$(USER_DRIVER_SRC) $$(SERVICES_SRC) $$(wildcard tests/drivers/*.c))
endef

$(eval $(call user_rules,tool))
$(eval $(call user_rules,asan))

# The beeper's fuzz target, with the objects of those of vhost-user (program.mk).
$(eval $(call archive_rule,fuzz,libferry-sim,$(patsubst %.c,$O/fuzz/vhost-obj/%.o,$(USER_SRC) $(SIM_SRC) drivers/beeper.c)))
HOW_fuzz-beeper = $(CLANG) $(USER_INCLUDE) $(FUZZ_CFLAGS) -fsanitize=fuzzer
$O/fuzz/beeper: fuzz/beeper.c $O/fuzz/libferry-sim.a $O/how/fuzz-beeper | $O/.setup-check
	$Q$(call say,FUZZ,$@)
	$Q$(HOW_fuzz-beeper) -MMD -MP -MF $@.d -o $@ $< $O/fuzz/libferry-sim.a
-include $(SIM_SRC:%.c=$O/fuzz/vhost-obj/%.d)

SIM_SO = $O/tool/libferry-sim.so.0
HOW_libferry-sim.so = $(CC) -shared -Wl,-soname,$(notdir $(SIM_SO)) -Wl,--version-script=ports/user/sim/exports.map \
	-Wl,--no-undefined $(CFLAGS) $(LDFLAGS)
$(SIM_SO): $O/tool/libferry-sim.a ports/user/sim/exports.map $O/how/libferry-sim.so
	$Q$(call say,LD,$@)
	$Q$(HOW_libferry-sim.so) -o $@ -Wl,--whole-archive $< -Wl,--no-whole-archive

# Installed with the command (install.mk).
.PHONY: install-sim uninstall-sim
install-sim: $O/tool/libferry-sim.a $(SIM_SO)
	$Qinstall -d $(DEST)/include/ferry-sim $(DEST)/lib/pkgconfig
	$Qinstall -m 644 include/ferry-sim.h $(DEST)/include/ferry-sim.h
	$Qinstall -m 644 include/ferry-sim/*.h $(DEST)/include/ferry-sim
	$Qinstall -m 644 $O/tool/libferry-sim.a $(DEST)/lib/libferry-sim.a
	$Qinstall -m 755 $(SIM_SO) $(DEST)/lib/$(notdir $(SIM_SO))
	$Qln -sf $(notdir $(SIM_SO)) $(DEST)/lib/libferry-sim.so
	$Qsed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@VERSION@|$(VERSION)|' -e 's|@INCLUDE@|$(USER_INCLUDE_DIRS:%=-I$${data}/%)|' \
		ports/user/sim/ferry-sim.pc.in >$(DEST)/lib/pkgconfig/ferry-sim.pc
uninstall-sim:
	$Qrm -rf $(DEST)/include/ferry-sim
	$Qrm -f $(DEST)/include/ferry-sim.h $(DEST)/lib/libferry-sim.a $(DEST)/lib/libferry-sim.so \
		$(DEST)/lib/$(notdir $(SIM_SO)) $(DEST)/lib/pkgconfig/ferry-sim.pc

HOW_bench-sim = $(CC) $(USER_INCLUDE) $(CFLAGS_TOOL) -O2
$O/bench/sim: bench/sim.c $O/tool/libferry-sim.a $O/tool/libferry-drivers.a $O/how/bench-sim | $O/.setup-bench
	$Qmkdir -p $(@D)
	$Q$(HOW_bench-sim) -o $@ $< $O/tool/libferry-drivers.a $O/tool/libferry-sim.a
