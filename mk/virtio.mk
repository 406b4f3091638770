# SPDX-License-Identifier: GPL-2.0-only
# virtio/: devices and queues for virtual machines, a library of its own that knows no transport and no host. Two flavours, as in
# tool.mk, and a third for fuzz targets.
VIRTIO_SRC := $(sort $(wildcard virtio/*.c))

# $(call virtio_rules,NAME): libferry-virtio.a, and the tests of virtio/
define virtio_rules
$O/$(1)/virtio/%.o: virtio/%.c | $O/.setup-build
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$<)
	$$Q$$(CC) -I. $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS) -MMD -MP -c -o $$@ $$<

$O/$(1)/libferry-virtio.a: $$(VIRTIO_SRC:%.c=$O/$(1)/%.o)
	$$Qrm -f $$@
	$$Q$$(AR) rcsD $$@ $$^

$O/$(1)/tests/unit/virtio/%: tests/unit/virtio/%.c $O/$(1)/libferry-virtio.a | $O/.setup-check
	$$Qmkdir -p $$(@D)
	$$Q$$(call say,CC,$$@)
	$$Q$$(CC) -D_GNU_SOURCE -I. $$(CFLAGS_TOOL) $$(CFLAGS_FLAVOUR_$(1)) $$(CFLAGS) -MMD -MP -MF $$@.d -o $$@ $$< \
		$O/$(1)/libferry-virtio.a -lcmocka

-include $$(VIRTIO_SRC:%.c=$O/$(1)/%.d)
endef
$(eval $(call virtio_rules,tool))
$(eval $(call virtio_rules,asan))

$O/fuzz/libferry-virtio.a: $(VIRTIO_SRC:%.c=$O/fuzz/obj/%.o)
	$Qrm -f $@
	$Q$(AR) rcsD $@ $^
$O/fuzz/virt%: fuzz/virt%.c $O/fuzz/libferry-virtio.a | $O/.setup-check
	$Q$(call say,FUZZ,$@)
	$Q$(CLANG) -D_GNU_SOURCE -I. -std=gnu11 $(FUZZ_FLAGS) -o $@ $< $O/fuzz/libferry-virtio.a
-include $(VIRTIO_SRC:%.c=$O/fuzz/obj/%.d)
