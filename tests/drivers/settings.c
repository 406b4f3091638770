// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * settings: logs what the devicetree, a board's table or a test says of its device, one line each,
 * for tests of <ferry/property.h> and of devices' names on every port; and offers a stream, so that
 * its name can be seen.
 */
#include <ferry/driver.h>
#include <ferry/property.h>
#include <ferry/stream.h>

FY_NEEDS_CONTRACT(2);

#define VALUES 3

struct settings {
	struct fy_stream stream;
};

static void log_list(struct fy_device *dev)
{
	uint32_t values[VALUES] = { 0 };
	int count = fy_property_u32_list(dev, "list", values, VALUES);

	if (count < 0)
		fy_info(dev, "list: %s", fy_error_name(count));
	else
		fy_info(dev, "list: %d: %u %u %u", count, values[0], values[1], values[2]);
}

static void log_texts(struct fy_device *dev)
{
	const char *text = "";
	int rc = 0;

	for (unsigned i = 0; !rc; i++) {
		rc = fy_property_text(dev, "texts", i, &text);
		if (!rc)
			fy_info(dev, "text %u: %s", i, text);
	}
	fy_info(dev, "after the last text: %s", fy_error_name(rc));
	fy_info(dev, "list as text: %s", fy_error_name(fy_property_text(dev, "list", 0, &text)));
}

static void log_wide(struct fy_device *dev)
{
	uint64_t wide = 1, narrow = 1, missing = 1;
	int rc = fy_property_u64(dev, "wide", &wide);

	if (!rc)
		rc = fy_property_u64(dev, "narrow", &narrow);
	fy_info(dev, "wide: 0x%llx 0x%llx: %s", (unsigned long long)wide,
		(unsigned long long)narrow, fy_error_name(rc));
	rc = fy_property_u64(dev, "missing", &missing);
	fy_info(dev, "missing: %u: %s", (unsigned)missing, fy_error_name(rc));
	fy_info(dev, "flags: %d %d", fy_property_present(dev, "set"),
		fy_property_present(dev, "missing"));
}

static void log_children(struct fy_device *dev)
{
	struct fy_node node, child;
	int rc;

	fy_node_of(dev, &node);
	for (unsigned i = 0; !(rc = fy_node_child(&node, i, &child)); i++) {
		const char *text = "none";
		uint32_t number = 0;

		fy_node_u32(&child, "number", &number);
		fy_node_text(&child, "text", 0, &text);
		fy_info(dev, "child %u: %s: %u %s", i, fy_node_name(&child), number, text);
	}
	fy_info(dev, "after the last child: %s", fy_error_name(rc));
}

static void log_reference(struct fy_device *dev, const char *cells, unsigned index)
{
	struct fy_reference reference;
	struct fy_node node;
	uint32_t number = 0;
	int rc;

	fy_node_of(dev, &node);
	rc = fy_node_reference(&node, "other", cells, index, &reference);
	if (rc) {
		fy_info(dev, "reference %u: %s", index, fy_error_name(rc));
		return;
	}
	fy_node_u32(&reference.node, "number", &number);
	fy_info(dev, "reference %u: %s (%u), %u numbers, the last is %u", index,
		fy_node_name(&reference.node), number, reference.count,
		reference.count ? reference.numbers[reference.count - 1] : 0);
}

/* ---- The stream: what is written to it is gone. ---- */

static long write(struct fy_device *dev, void *session, const char *data, size_t len)
{
	return (long)len;
}

static bool drained(struct fy_device *dev, void *session)
{
	return true;
}

static void nothing_to_do(struct fy_device *dev, void *session)
{
}

static const struct fy_stream_ops ops = { 1, write, drained, nothing_to_do, nothing_to_do };

static int settings_probe(struct fy_device *dev)
{
	struct settings *s = fy_state(dev);
	int rc = fy_stream_offer(dev, &s->stream, "settings", &ops);

	if (rc) {
		fy_error(dev, "cannot offer the stream: %s", fy_error_name(rc));
		return rc;
	}
	fy_info(dev, "device %u is %s", fy_index(dev), fy_name(dev));
	if (!fy_property_present(dev, "list"))
		return 0;
	log_list(dev);
	log_texts(dev);
	log_wide(dev);
	log_children(dev);
	for (unsigned i = 0; i < 3; i++)
		log_reference(dev, fy_property_present(dev, "with-cells") ? "#other-cells" : NULL,
			      i);
	return 0;
}

static void settings_remove(struct fy_device *dev)
{
	struct settings *s = fy_state(dev);

	fy_stream_withdraw(&s->stream);
}

FY_COMPATIBLE("ferry,settings");
FY_DRIVER(settings) = {
	.name = "settings",
	.compatible = fy_compatible,
	.state_size = sizeof(struct settings),
	.probe = settings_probe,
	.remove = settings_remove,
};
