// SPDX-License-Identifier: GPL-2.0-only
/*
 * The code that is put before a 32-bit Linux leaves the pins as the firmware leaves them,
 * instruction by instruction.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "boot/entry.h"
#include "boot/firmware-pins.h"

#define KERNEL_AT 4096

static uint32_t word(const uint8_t *bytes, size_t at)
{
	const uint8_t *p = bytes + at;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/*
 * Does what the code does, as far as it uses the instructions known here. Returns where it goes in
 * the end.
 */
static size_t execute(const uint8_t *code, uint32_t base, uint32_t functions[6])
{
	uint32_t r[16] = { 0 };

	for (size_t pc = 0; pc < 64; pc += 4) {
		uint32_t instruction = word(code, pc), offset = instruction & 0xfff,
			 rd = instruction >> 12 & 15;

		if (instruction >> 16 == 0xe59f) {
			r[rd] = word(code, pc + 8 + offset);
		} else if (instruction >> 16 == 0xe583) {
			assert_int_equal(r[3], base);
			assert_in_range(offset, 0, 20);
			functions[offset / 4] = r[rd];
		} else {
			assert_int_equal(instruction >> 24, 0xea);
			return pc + 8 + 4 * (instruction & 0xffffff);
		}
	}
	fail_msg("it goes nowhere");
	return 0;
}

static void the_card_and_the_console_have_their_pins(void **state)
{
	static const uint8_t zimage[64] = { [36] = 0x18, 0x28, 0x6f, 0x01 };
	struct payload payload = { .kernel_name = strdup("vmlinuz"), .kernel_len = sizeof(zimage) };
	uint32_t functions[6] = { 0 };

	payload.kernel = malloc(sizeof(zimage));
	memcpy(payload.kernel, zimage, sizeof(zimage));
	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), "", NULL), 0);
	assert_int_equal(payload.kernel_len, KERNEL_AT + sizeof(zimage));
	assert_int_equal(execute(payload.kernel, 0x20200000, functions), KERNEL_AT);
	for (unsigned pin = 0; pin < 54; pin++)
		assert_int_equal(functions[pin / 10] >> pin % 10 * 3 & 7,
				 pin == 14 || pin == 15 || pin >= 48 ? 4 : 0);
	assert_memory_equal(payload.kernel + KERNEL_AT, zimage, sizeof(zimage));
	payload_free(&payload);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_card_and_the_console_have_their_pins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
