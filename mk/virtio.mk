# SPDX-License-Identifier: GPL-2.0-only
# virtio/: devices and queues for virtual machines, a library of its own that knows no transport and no host. Two flavours, as in
# tool.mk, and a third for fuzz targets.
VIRTIO_SRC := $(sort $(wildcard virtio/*.c))

# $(call virtio_rules,NAME): libferry-virtio.a, and the tests of virtio/
define virtio_rules
HOW_$(1)-virtio = $$(CC) -I. $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS)
$O/$(1)/virtio/%.o: virtio/%.c $O/how/$(1)-virtio | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(HOW_$(1)-virtio) -MMD -MP -c -o $$@ $$<

$$(eval $$(call archive_rule,$(1),libferry-virtio,$$(VIRTIO_SRC:%.c=$O/$(1)/%.o)))

HOW_$(1)-virtio-test = $$(HOW_$(1)-virtio) $$(CFLAGS_TESTS_$(1)) -D_GNU_SOURCE $$(LDFLAGS)
$O/$(1)/tests/unit/virtio/%: tests/unit/virtio/%.c $O/$(1)/libferry-virtio.a $O/how/$(1)-virtio-test | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(HOW_$(1)-virtio-test) -MMD -MP -MF $$@.d -o $$@ $$< $O/$(1)/libferry-virtio.a -lcmocka

-include $$(VIRTIO_SRC:%.c=$O/$(1)/%.d)
endef
$(eval $(call virtio_rules,tool))
$(eval $(call virtio_rules,asan))

$(eval $(call archive_rule,fuzz,libferry-virtio,$(VIRTIO_SRC:%.c=$O/fuzz/obj/%.o)))
HOW_fuzz-virtio = $(CLANG) -D_GNU_SOURCE -I. $(FUZZ_CFLAGS) -fsanitize=fuzzer
$O/fuzz/virt%: fuzz/virt%.c $O/fuzz/libferry-virtio.a $O/how/fuzz-virtio | $O/.setup-check
	$Q$(call say,FUZZ,$@)
	$Q$(HOW_fuzz-virtio) -MMD -MP -MF $@.d -o $@ $< $O/fuzz/libferry-virtio.a
-include $(VIRTIO_SRC:%.c=$O/fuzz/obj/%.d)
