// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Memory for devices: what is given out, and that a device reads and writes it at the bus address:
 * the BCM2835's DMA controller (drivers/dma-copy.c), QEMU's fw_cfg (drivers/fw-cfg.c). Both offer
 * the stream "dma-test".
 */
#include <ferry/dma.h>
#include <ferry/gpio-controller.h>

#include "tap.h"

#define SIZE 3000

static bool is_zero(const struct fy_dma *dma)
{
	const volatile uint8_t *bytes = dma->memory;
	unsigned sum = 0;

	for (size_t i = 0; i < dma->size; i++)
		sum |= bytes[i];
	return !sum;
}

static void test_refused(struct fy_device *dev)
{
	static const struct {
		size_t size, align;
		const char *name;
	} cases[] = {
		{ 0, 1, "no memory for a device is not memory" },
		{ FY_DMA_SIZE_MAX + 1, 1, "nor is more than there may be" },
		{ SIZE, 0, "an alignment is a power of two: not 0" },
		{ SIZE, 24, "nor 24" },
		{ SIZE, FY_DMA_ALIGN_MAX * 2, "nor more than it may be" },
	};
	struct fy_dma dma;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap_is_int(cases[i].name, fy_dma_alloc(dev, cases[i].size, cases[i].align, &dma),
			   FY_ERR_INVALID);
}

static void test_given(struct fy_device *dev)
{
	struct fy_dma small, page, last;

	tap_is_int("a byte can be had", fy_dma_alloc(dev, 1, 1, &small), 0);
	tap_is("in a cache line of its own", (uintptr_t)small.memory % 64, 0);
	tap_is_int("and many", fy_dma_alloc(dev, SIZE, FY_DMA_ALIGN_MAX, &page), 0);
	tap_is("of the size asked for", page.size, SIZE);
	tap_is("zeroed", is_zero(&page), true);
	tap_is("aligned for the driver", (uintptr_t)page.memory % FY_DMA_ALIGN_MAX, 0);
	tap_is("and for the device", page.bus % FY_DMA_ALIGN_MAX, 0);
	tap_is("two pieces do not overlap", page.bus - small.bus >= 1, 1);
	tap_is("they are as far apart for the device as for the driver", page.bus - small.bus,
	       (uintptr_t)page.memory - (uintptr_t)small.memory);
	for (size_t i = 0; i < SIZE / sizeof(uint32_t); i++)
		((volatile uint32_t *)page.memory)[i] = (uint32_t)i * 0x01010101u;
	tap_is("it keeps what is written", ((volatile uint32_t *)page.memory)[SIZE / 4 - 1],
	       (SIZE / 4 - 1) * 0x01010101u);
	tap_is("and has single bytes", ((volatile uint8_t *)page.memory)[4 * 77 + 3], 77);
	tap_is_int("the next piece", fy_dma_alloc(dev, SIZE, 1, &last), 0);
	tap_is("is zeroed too", is_zero(&last), true);
}

/* A device that does not do what it should shows: as an error, or as a test that does not end. */
static void test_device(void)
{
	static char data[10000] = "QEMU";
	int rc = fy_stream_write("dma-test", "any", 3);
	bool copies = rc == 0;

	if (rc == FY_ERR_NOT_FOUND) {
		tap_skip("a device reads and writes the memory",
			 "the board has none that these drivers know");
		return;
	}
	fy_stream_drain("dma-test");
	tap_is_int("a device reads and writes the memory", fy_stream_write("dma-test", data, 4), 0);
	fy_stream_drain("dma-test");
	if (copies)
		for (size_t i = 0; i < sizeof(data); i++)
			data[i] = (char)(i * 7 + i / 256);
	tap_is_int("much of it",
		   fy_stream_write("dma-test", copies ? data : "QEMU", copies ? sizeof(data) : 4),
		   0);
	fy_stream_drain("dma-test");
	tap_is_int("and there was no fault",
		   fy_stream_write("dma-test", copies ? "any" : "QEMU", copies ? 3 : 4), 0);
	fy_stream_drain("dma-test");
	if (!copies)
		tap_is_int("fw_cfg's signature is no other", fy_stream_write("dma-test", "QEMV", 4),
			   FY_ERR_INVALID);
}

void test_dma(void)
{
	struct fy_gpio pin;

	if (fy_gpio_take("gpio", 0, false, FY_GPIO_IN, &pin)) {
		tap_skip("memory for devices", "pin 0 is in use");
		return;
	}
	test_refused(pin.controller->dev);
	test_given(pin.controller->dev);
	fy_gpio_release(&pin);
	test_device();
}
