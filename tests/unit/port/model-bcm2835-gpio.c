// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model tests/port/model-bcm2835-gpio.h beside QEMU's devices: function select, set, clear, level, and BCM2711's pulls. QEMU
 * has no triggers and does not have BCM2835's pulls, so those stay checked by the manual alone.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <signal.h>
#include <cmocka.h>

#include <ferry/io.h>
#include <ferry/time.h>

#include "model-bcm2835-gpio.h"
#include "qtest.h"
#include "test-port.h"

#define STEPS 4000

static struct model_gpio model;
static struct qtest qemu;

static void write_both(uint32_t base, uint32_t offset, uint32_t value)
{
	model_gpio_write(&model.registers, offset, value);
	qtest_write(&qemu, base + offset, value);
}

/* QEMU's level registers have the outputs' levels; of inputs, the level that they would have as outputs. */
static void compare(uint32_t base)
{
	uint64_t outputs = 0;

	for (unsigned pin = 0; pin < model_pins(&model); pin++)
		if (model_function(&model, pin) == 1)
			outputs |= 1ULL << pin;
	for (uint32_t offset = 0x00; offset <= 0x14; offset += 4)
		assert_int_equal(qtest_read(&qemu, base + offset), model_gpio_read(&model.registers, offset));
	for (unsigned bank = 0; bank < 2; bank++) {
		uint32_t mask = (uint32_t)(outputs >> 32 * bank), offset = 0x34 + 4 * bank;

		assert_int_equal(qtest_read(&qemu, base + offset) & mask, model_gpio_read(&model.registers, offset) & mask);
	}
}

static void replay(const char *program, const char *machine, uint32_t base, bool is_bcm2711)
{
	static const uint32_t set_clear[] = { 0x1c, 0x20, 0x28, 0x2c };

	model_gpio_init(&model, is_bcm2711);
	qtest_start(&qemu, program, machine);
	for (unsigned step = 0; step < STEPS; step++) {
		uint32_t value = next_random();

		if (step % 4 == 0)
			write_both(base, next_random() % 6 * 4, value & 0x3fffffff);
		else
			write_both(base, set_clear[next_random() % 4], value & next_random());
		if (step % 8 == 7)
			compare(base);
	}
	for (uint32_t offset = 0xe4; is_bcm2711 && offset <= 0xf0; offset += 4) {
		write_both(base, offset, 0x50a05a05 & (offset == 0xf0 ? 0xfffff : ~0u));
		assert_int_equal(qtest_read(&qemu, base + offset), model_gpio_read(&model.registers, offset));
	}
	qtest_stop(&qemu);
}

static void does_what_qemus_pi_zero_does(void **state)
{
	replay("qemu-system-arm", "raspi0", 0x20200000, false);
}

static void does_what_qemus_pi_4_does(void **state)
{
	replay("qemu-system-aarch64", "raspi4b", 0xfe200000, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(does_what_qemus_pi_zero_does),
		cmocka_unit_test(does_what_qemus_pi_4_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
