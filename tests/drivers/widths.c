// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * widths: has two windows of plain memory in place of registers, and accesses them in every width,
 * for tests of <ferry/io.h> and <ferry/window.h>; counts and logs what is not as it should be.
 */
#include <ferry/driver.h>
#include <ferry/io.h>
#include <ferry/window.h>

FY_NEEDS_CONTRACT(2);

struct widths {
	struct fy_device *dev;
	struct fy_window first, second;
	unsigned checks, wrong;
};

static void check(struct widths *w, const char *what, uint64_t got, uint64_t wanted)
{
	w->checks++;
	if (got == wanted)
		return;
	w->wrong++;
	fy_info(w->dev, "%s: 0x%llx, not 0x%llx", what, (unsigned long long)got,
		(unsigned long long)wanted);
}

static void check_first(struct widths *w)
{
	struct fy_device *dev = w->dev;

	fy_write64(dev, 0, 0x8877665544332211);
	check(w, "the low half of 64 bits", fy_read32(dev, 0), 0x44332211);
	check(w, "the high half", fy_read32(dev, 4), 0x88776655);
	check(w, "64 bits", fy_read64(dev, 0), 0x8877665544332211);
	check(w, "16 bits", fy_read16(dev, 2), 0x4433);
	check(w, "16 bits, big-endian", fy_read16be(dev, 2), 0x3344);
	check(w, "32 bits, big-endian", fy_read32be(dev, 4), 0x55667788);
	fy_write16(dev, 4, 0xa1b2);
	fy_write16be(dev, 6, 0xa1b2);
	check(w, "two of 16 bits", fy_read32(dev, 4), 0xb2a1a1b2);
	fy_write32be(dev, 0, 0x01020304);
	check(w, "a byte of a big-endian word", fy_read8(dev, 0), 1);
}

static void check_fifo(struct widths *w)
{
	static const uint8_t bytes[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
	struct fy_device *dev = w->dev;
	uint8_t got[9] = { 0 };

	fy_write_fifo32(dev, 8, bytes + 1, 2);
	check(w, "the last word of a FIFO", fy_read32(dev, 8), 0x08070605);
	fy_read_fifo32(dev, 8, got + 1, 2);
	check(w, "a byte of the first word", got[1], 5);
	check(w, "one of the second", got[8], 8);
	fy_write_fifo16(dev, 8, bytes + 1, 3);
	check(w, "the last half word", fy_read16(dev, 8), 0x0605);
	fy_read_fifo16(dev, 8, got + 1, 2);
	check(w, "a byte of the second half word", got[4], 6);
	fy_write_fifo8(dev, 8, bytes, 4);
	check(w, "the last byte", fy_read8(dev, 8), 3);
	fy_read_fifo8(dev, 8, got, 3);
	check(w, "the third byte", got[2], 3);
}

static void check_windows(struct widths *w)
{
	struct fy_window named;

	check(w, "the size of the second window", fy_window_size(&w->second), 0x10);
	fy_window_write64(&w->second, 0, 0x1122334455667788);
	check(w, "16 bits of it", fy_window_read16(&w->second, 6), 0x1122);
	check(w, "8 bits of it", fy_window_read8(&w->second, 0), 0x88);
	check(w, "32 bits of it, big-endian", fy_window_read32be(&w->second, 4), 0x44332211);
	fy_window_write8(&w->second, 8, 0x5a);
	fy_window_write16be(&w->second, 10, 0x1234);
	check(w, "16 bits, big-endian", fy_window_read16(&w->second, 10), 0x3412);
	fy_window_write32(&w->first, 12, 0x600df00d);
	check(w, "the first window", fy_read32(w->dev, 12), 0x600df00d);
	check(w, "a window's name", (uint64_t)fy_window_get_named(w->dev, "second", &named), 0);
	check(w, "is the same window", fy_window_read8(&named, 8), 0x5a);
	check(w, "no such name", (uint64_t)-fy_window_get_named(w->dev, "third", &named),
	      (uint64_t)-FY_ERR_NOT_FOUND);
	check(w, "no such window", (uint64_t)-fy_window_get(w->dev, 2, &named),
	      (uint64_t)-FY_ERR_NOT_FOUND);
}

static int widths_probe(struct fy_device *dev)
{
	struct widths *w = fy_state(dev);
	int rc = fy_window_get(dev, 0, &w->first);

	w->dev = dev;
	if (!rc)
		rc = fy_window_get(dev, 1, &w->second);
	if (rc) {
		fy_error(dev, "cannot have its windows: %s", fy_error_name(rc));
		return rc;
	}
	check_first(w);
	check_fifo(w);
	check_windows(w);
	fy_info(dev, "%u checks, %u not so", w->checks, w->wrong);
	return 0;
}

FY_DESCRIPTION("Register windows and widths, tried");
FY_COMPATIBLE("ferry,widths");
FY_DRIVER(widths) = {
	.name = "widths",
	.compatible = fy_compatible,
	.state_size = sizeof(struct widths),
	.probe = widths_probe,
};
