// SPDX-License-Identifier: GPL-2.0-only
/*
 * How the firmware leaves the pins: see firmware-pins.h. Registers: BCM2835 ARM Peripherals,
 * section 6.1. QEMU loads a zImage as it stands and enters it at its first byte, with what the
 * kernel wants in r0, r1 and r2.
 */
#include "boot/firmware-pins.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 4096 /* for the code; the kernel behind it stays aligned to a page */

static const struct {
	uint32_t instruction;
	const char *text;
} code[] = {
	{ 0xe59f3018, "ldr r3, =GPFSEL0" },
	{ 0xe59fc018, "ldr r12, =pins 14 and 15: function 0, of the PL011" },
	{ 0xe583c004, "str r12, [r3, #GPFSEL1 - GPFSEL0]" },
	{ 0xe59fc014, "ldr r12, =pins 48 and 49: function 0, of the card" },
	{ 0xe583c010, "str r12, [r3, #GPFSEL4 - GPFSEL0]" },
	{ 0xe59fc010, "ldr r12, =pins 50 to 53: function 0, of the card" },
	{ 0xe583c014, "str r12, [r3, #GPFSEL5 - GPFSEL0]" },
	{ 0xea0003f7, "b the kernel" },
};

#define FUNCTION_0 4u
#define FSEL(pin)  (FUNCTION_0 << (pin) % 10 * 3)

int firmware_pins(struct payload *payload, const struct board *board, struct error *err)
{
	const uint32_t values[] = {
		(uint32_t)board->gpio_base,
		FSEL(14) | FSEL(15),
		FSEL(48) | FSEL(49),
		FSEL(50) | FSEL(51) | FSEL(52) | FSEL(53),
	};
	const size_t count = sizeof(code) / sizeof(code[0]);
	uint8_t *kernel = calloc(1, ROOM + payload->kernel_len);
	uint32_t word;

	if (!kernel)
		return error_set(err, "out of memory");
	for (size_t i = 0; i < count; i++) {
		word = htole32(code[i].instruction);
		memcpy(kernel + 4 * i, &word, 4);
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		word = htole32(values[i]);
		memcpy(kernel + 4 * (count + i), &word, 4);
	}
	memcpy(kernel + ROOM, payload->kernel, payload->kernel_len);
	free(payload->kernel);
	payload->kernel = kernel;
	payload->kernel_len += ROOM;
	return 0;
}
