// SPDX-License-Identifier: GPL-2.0-only
/* An app for the bare metal that goes wrong as the console asks it to: for tests/bare-app.t. */
#include <ferry/app.h>
#include <ferry/io.h>

#include "bare.h"
#include "board.h"
#include "core/core.h"

#define MEMORY 10000

int crash(int how);

/* Makes an interrupt come that has no handler: by the GIC, or by the system timer's channel 3. */
#ifdef BOARD_GICD
static void stray_interrupt(void)
{
	const int irq = 40;
	struct fy_device gicd = { .registers = BOARD_GICD };

	bare_board.irq_enable(irq, true);
	fy_write32(&gicd, 0x200 + 4, 1u << (irq - 32));
	fy_sleep_ms(1000);
}
#else
static void stray_interrupt(void)
{
	struct fy_device timer = { .registers = BOARD_SYSTEM_TIMER };

	bare_board.irq_enable(3, true);
	fy_write32(&timer, 0x18, fy_read32(&timer, 0x04) + 100);
	fy_sleep_ms(1000);
}
#endif

static int __attribute__((noinline)) overflow(int depth)
{
	volatile char frame[2000];

	frame[0] = (char)depth;
	return depth < 0 ? 0 : overflow(depth + 1) + frame[0];
}

/* Leaves the memory that the app is given full of ones at the next start. */
static void fill_memory(void)
{
	__builtin_memset(fy_memory(MEMORY), 0xff, MEMORY);
	fy_reset();
}

/* How many bytes of it are not zero. */
static int look_at_memory(void)
{
	const volatile unsigned char *memory = fy_memory(MEMORY);
	int count = 0;

	for (int i = 0; i < MEMORY; i++)
		count += memory[i] != 0;
	return count;
}

/* A register that is not where registers can be. */
static struct fy_device odd_device(void)
{
	struct fy_device dev = { .registers = bare_devices[0].registers + 1 };

	return dev;
}

int __attribute__((noinline)) crash(int how)
{
	volatile int zero = 0;
	struct fy_device dev;

	switch (how) {
	case 'd':
		return 5 / zero;
	case 'l':
		return (int)((5000000000ull + (unsigned)how) / (unsigned)zero);
	case 'n':
		return *(volatile int *)(uintptr_t)zero;
	case 'u':
		dev = odd_device();
		return (int)fy_read32(&dev, 0);
	case 's':
		return overflow(zero);
	case 'a':
		fy_assert(how == 'b');
		return 0;
	case 'i':
		stray_interrupt();
		return 0;
	case 'o':
		return fy_power_off();
	case 'f':
		fill_memory();
		return 0;
	case 'z':
		return look_at_memory();
	case 'r':
		fy_reset();
	}
	return 0;
}

int main(void)
{
	int c;

	fy_print("%5d|%-5d|%05d|%+d|%x|%#x|%s|%.2s|%c|%%|%llu|%lld\n", 42, 42, -42, 42, 0xbeef,
		 0xbeef, "text", "text", 'c', 18446744073709551615ull, -9223372036854775807ll - 1);
	fy_print("ready\n");
	for (;;) {
		while ((c = fy_console_get()) < 0)
			;
		fy_print("done: %d\n", crash(c));
	}
}
