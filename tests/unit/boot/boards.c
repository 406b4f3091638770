// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each board's entry is complete, with the addresses of its SoC and the names of the firmware's
 * documentation.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "boot/boards.h"

static void each_entry_is_complete(void **state)
{
	size_t count = 0;

	for (; boards[count]; count++) {
		const struct board *board = boards[count];

		assert_ptr_equal(board_find(board->name), board);
		assert_non_null(board->title);
		assert_int_equal(strncmp(board->qemu, "qemu-system-", 12), 0);
		assert_true(board->cpus >= 1);
		/* A board without a card is one for kernels only. */
		assert_true(board->drive || !board->firmware);
		if (!board->firmware)
			continue;
		assert_int_equal(strncmp(board->machine, "raspi", 5), 0);
		assert_non_null(board->filters[0]);
		assert_non_null(board->dtbs[0]);
		assert_non_null(board->kernels32[0]);
		assert_true(board->kernels64 || !board->arm_64bit);
	}
	assert_true(count >= 6);
}

/*
 * The peripherals begin at another address on each SoC; GPIO and system timer have the same places
 * behind it.
 */
static void addresses_are_those_of_the_socs(void **state)
{
	static const struct {
		const char *name;
		uint64_t peripherals;
	} want[] = { { "rpi-zero", 0x20000000 }, { "rpi-3", 0x3f000000 }, { "rpi-4", 0xfe000000 } };

	for (size_t i = 0; i < 3; i++) {
		const struct board *board = board_find(want[i].name);

		assert_int_equal(board->gpio, GPIO_BCM2835);
		assert_int_equal(board->gpio_base, want[i].peripherals + 0x200000);
		assert_int_equal(board->systimer_base, want[i].peripherals + 0x3000);
	}
}

static void default_kernels_are_the_documented_ones(void **state)
{
	assert_string_equal(board_find("rpi-zero")->kernels32[0], "kernel.img");
	assert_null(board_find("rpi-zero")->kernels64);
	assert_string_equal(board_find("rpi-3")->kernels32[0], "kernel7.img");
	assert_false(board_find("rpi-3")->arm_64bit);
	assert_string_equal(board_find("rpi-4")->kernels32[0], "kernel7l.img");
	assert_string_equal(board_find("rpi-4")->kernels64[0], "kernel8.img");
	assert_true(board_find("rpi-4")->arm_64bit);
}

/* The first that fits is taken, and the table is told in its order; boards may be added. */
static void the_six_boards_are_in_their_order(void **state)
{
	static const char *const want[] = {
		"rpi-zero", "rpi-3", "rpi-4", "virt", "virt-armv7", "pc"
	};
	struct strbuf names = STRBUF_INIT;
	const char *at;

	assert_int_equal(board_names(&names), 0);
	at = names.buf;
	for (size_t i = 0; i < 6; i++) {
		at = strstr(at, want[i]);
		assert_non_null(at);
		at += strlen(want[i]);
		assert_true(!*at || strncmp(at, ", ", 2) == 0);
	}
	strbuf_free(&names);
}

static void quirks_are_complete(void **state)
{
	for (size_t i = 0; boards[i]; i++) {
		for (const struct quirk *q = boards[i]->quirks; q && q->node; q++) {
			assert_non_null(q->lack);
			assert_int_equal(q->node[0], '/');
			assert_int_equal(!q->property, q->action == QUIRK_REMOVE_NODE);
			assert_int_equal(!q->text, q->action != QUIRK_SET_TEXT);
			assert_int_equal(q->keep > 0, q->action == QUIRK_CUT);
			assert_true(q->keep <= QUIRK_MOST_KEPT);
		}
	}
}

static void an_unknown_board_is_not_found(void **state)
{
	assert_null(board_find("rpi-zer"));
	assert_null(board_find(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_entry_is_complete),
		cmocka_unit_test(addresses_are_those_of_the_socs),
		cmocka_unit_test(default_kernels_are_the_documented_ones),
		cmocka_unit_test(the_six_boards_are_in_their_order),
		cmocka_unit_test(quirks_are_complete),
		cmocka_unit_test(an_unknown_board_is_not_found),
	};

	return cmocka_run_group_tests_name("boards", tests, NULL, NULL);
}
