// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Accesses of every width, with memory in place of a device's registers, which shows all of them.
 */
#include <ferry/io.h>
#include <ferry/window.h>

#include "tap.h"

static uint64_t memory[2];

static void test_fifo(struct fy_device *dev)
{
	static const uint8_t bytes[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8 };
	uint8_t got[9] = { 0 };

	fy_write_fifo32(dev, 8, bytes + 1, 2);
	tap_is("the last word that went into a FIFO, from an odd address", fy_read32(dev, 8),
	       0x08070605);
	fy_read_fifo16(dev, 8, got + 1, 2);
	tap_is("half words that come out of one", (uint64_t)got[3] << 8 | got[4], 0x0506);
	fy_write_fifo8(dev, 8, bytes, 4);
	tap_is("the last byte", fy_read8(dev, 8), 3);
}

void test_registers(void)
{
	struct fy_device dev = { .registers = (uintptr_t)memory };
	struct fy_window window;

	fy_write64(&dev, 0, 0x8877665544332211);
	tap_is("64 bits have their low half first", memory[0], 0x8877665544332211);
	tap_is("64 bits are read", fy_read64(&dev, 0), 0x8877665544332211);
	tap_is("16 bits", fy_read16(&dev, 2), 0x4433);
	tap_is("16 bits, big-endian", fy_read16be(&dev, 2), 0x3344);
	tap_is("32 bits, big-endian", fy_read32be(&dev, 4), 0x55667788);
	fy_write16(&dev, 4, 0xa1b2);
	fy_write16be(&dev, 6, 0xa1b2);
	fy_write32be(&dev, 0, 0x01020304);
	tap_is("what was written in parts", memory[0], 0xb2a1a1b204030201);
	test_fifo(&dev);
	tap_is_int("a device has its registers as its first window",
		   fy_window_get(&dev, 0, &window), 0);
	fy_window_write64(&window, 0, 0x1122334455667788);
	tap_is("which is those", fy_read16(&dev, 6), 0x1122);
	tap_is_int("and no second one", fy_window_get(&dev, 1, &window), FY_ERR_NOT_FOUND);
}
