// SPDX-License-Identifier: GPL-2.0-only
/*
 * ports/bare/chips/mini-uart.c sets up 115200 baud with interrupts, and moves bytes when the line
 * status says so. It runs on plain memory: QEMU's device interrupts with less than the chip wants,
 * so what is written to IER is all that can be seen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../../../ports/bare/chips/mini-uart.c"

static uint32_t registers[32];

static void set_up_it_receives_with_interrupts_at_115200(void **state)
{
	registers[AUX_ENABLES / 4] = 6;
	mini_uart_init((uintptr_t)registers, 250000000);
	assert_int_equal(registers[AUX_ENABLES / 4], 7);
	assert_int_equal(registers[IER / 4], 0xd);
	assert_int_equal(registers[LCR / 4], 3);
	assert_int_equal(registers[BAUDRATE / 4], 270);
	assert_int_equal(registers[CNTL / 4], 3);
}

static void a_byte_is_there_when_the_line_status_says_so(void **state)
{
	registers[IO / 4] = 'x';
	registers[LSR / 4] = LSR_TX_ROOM;
	assert_int_equal(mini_uart_get(), -1);
	registers[LSR / 4] = LSR_TX_ROOM | LSR_RX_READY;
	assert_int_equal(mini_uart_get(), 'x');
	mini_uart_put((char)0xff);
	assert_int_equal(registers[IO / 4], 0xff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_up_it_receives_with_interrupts_at_115200),
		cmocka_unit_test(a_byte_is_there_when_the_line_status_says_so),
	};

	return cmocka_run_group_tests_name("mini-uart", tests, NULL, NULL);
}
