// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * selftest: tests that run on the board itself: what the port promises, and the board's pins. It
 * prints TAP.
 *
 *	make app APP=selftest BOARD=rpi-4 && build/ferry boot output/rpi-4/kernel8.img
 */
#include "tap.h"

int main(void)
{
	fy_print("TAP version 13\n");
	test_arithmetic();
	test_format();
	test_time();
	test_lock();
	test_work();
	test_memory();
	test_registers();
	test_contract();
	test_dma();
	test_random();
	test_i2c();
	test_spi();
	test_sensor();
	test_rtc();
	test_classes();
	test_gpio();
	test_gpio_events();
	return (int)tap_done();
}
