// SPDX-License-Identifier: GPL-2.0-only
/*
 * The models bcm2835-gpio and bcm2711-gpio do what QEMU's devices do (function select, set, clear,
 * level, and BCM2711's pulls) and what the manual says. QEMU has no triggers and not BCM2835's
 * pulls, and an input's level is there what it would be as an output: those are checked by the
 * manual.
 */
#include <ferry/interrupt.h>
#include <ferry/io.h>

#include "qemu.h"

#define STEPS 4000

static uint64_t outputs(struct both *b, unsigned pins)
{
	uint64_t out = 0;

	for (unsigned pin = 0; pin < pins; pin++)
		if ((ferry_sim_peek(b->model, pin / 10 * 4) >> 3 * (pin % 10) & 7) == 1)
			out |= 1ULL << pin;
	return out;
}

static void replay(const char *program, const char *machine, uint32_t base, const char *model,
		   unsigned pins)
{
	static const uint32_t set_clear[] = { 0x1c, 0x20, 0x28, 0x2c };
	struct both b;

	both_start(&b, program, machine, base, model);
	for (unsigned step = 0; step < STEPS; step++) {
		uint32_t value = next_random();

		if (step % 4 == 0)
			both_write(&b, next_random() % 6 * 4, value & 0x3fffffff);
		else
			both_write(&b, set_clear[next_random() % 4], value & next_random());
		if (step % 8 != 7)
			continue;
		for (uint32_t offset = 0x00; offset <= 0x14; offset += 4)
			both_read(&b, offset, ~0u);
		both_read(&b, 0x34, (uint32_t)outputs(&b, pins));
		both_read(&b, 0x38, (uint32_t)(outputs(&b, pins) >> 32));
	}
	for (uint32_t offset = 0xe4; pins == 58 && offset <= 0xf0; offset += 4) {
		both_write(&b, offset, 0x50a05a05 & (offset == 0xf0 ? 0xfffff : ~0u));
		both_read(&b, offset, ~0u);
	}
	both_stop(&b);
}

static void does_what_qemus_pi_zero_does(void **state)
{
	replay("qemu-system-arm", "raspi0", 0x20200000, "bcm2835-gpio", 54);
}

static void does_what_qemus_pi_4_does(void **state)
{
	replay("qemu-system-aarch64", "raspi4b", 0xfe200000, "bcm2711-gpio", 58);
}

/* ---- By the manual alone ---- */

static struct ferry_sim *sim;
static struct ferry_sim_device *gpio;

static int setup(void **state)
{
	sim = ferry_sim_new();
	gpio = ferry_sim_add(sim, &fy_driver_hello, "gpio", "bcm2835-gpio");
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void each_trigger_notices_what_it_is_for(void **state)
{
	static const struct {
		uint32_t enable;
		/*
		 * when it is cleared, and then driven high, high, low, low; a level cannot be
		 * cleared
		 */
		const char *noticed;
	} cases[] = {
		{ 0x50, "1000" },
		{ 0x5c, "0010" },
		{ 0x68, "1110" },
		{ 0x74, "1011" },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ferry_sim_poke(gpio, cases[i].enable, 1u << 8);
		for (unsigned step = 0; step < 4; step++) {
			ferry_sim_poke(gpio, 0x44, ~0u);
			ferry_sim_drive(gpio, 40, step < 2);
			assert_int_equal(ferry_sim_peek(gpio, 0x44),
					 (uint32_t)(cases[i].noticed[step] - '0') << 8);
		}
		ferry_sim_poke(gpio, cases[i].enable, 0);
		ferry_sim_poke(gpio, 0x44, ~0u);
	}
}

static void pull(uint32_t control, uint64_t settle, uint64_t hold)
{
	ferry_sim_poke(gpio, 0x94, control);
	ferry_sim_run_for(sim, settle);
	ferry_sim_poke(gpio, 0x98, 1u << 9);
	ferry_sim_run_for(sim, hold);
	ferry_sim_poke(gpio, 0x94, 0);
	ferry_sim_poke(gpio, 0x98, 0);
}

static void pulls_take_the_sequence_with_its_waits(void **state)
{
	pull(2, 10 * FERRY_SIM_US, 10 * FERRY_SIM_US);
	assert_int_equal(ferry_sim_level(gpio, 9), 1);
	assert_int_equal(ferry_sim_level(gpio, 8), 0);
	ferry_sim_drive(gpio, 9, 0);
	assert_int_equal(ferry_sim_level(gpio, 9), 0);
	ferry_sim_drive(gpio, 9, FERRY_SIM_OPEN);
	assert_int_equal(ferry_sim_level(gpio, 9), 1);
	pull(1, 10 * FERRY_SIM_US, 10 * FERRY_SIM_US);
	assert_int_equal(ferry_sim_level(gpio, 9), 0);
	assert_int_equal(ferry_sim_violations(sim), 0);

	pull(2, 7 * FERRY_SIM_US, 10 * FERRY_SIM_US);
	assert_string_equal(ferry_sim_last_log(sim),
			    "GPPUDCLK comes 7000 ns after GPPUD: pulls need 150 cycles");
	pull(1, 10 * FERRY_SIM_US, 7 * FERRY_SIM_US);
	assert_string_equal(ferry_sim_last_log(sim),
			    "GPPUDCLK is taken back after 7000 ns: pulls need 150 cycles");
	assert_int_equal(ferry_sim_violations(sim), 2);
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

/* ---- Interrupt lines ---- */

static struct fy_device *device;
static unsigned lines;

static void line_is_up(void *arg)
{
	lines |= 1u << (uintptr_t)arg;
	fy_write32(device, 0x40, ~0u);
	fy_write32(device, 0x44, ~0u);
}

static int lines_probe(struct fy_device *dev)
{
	device = dev;
	for (uintptr_t i = 0; i < 4; i++)
		assert_int_equal(fy_irq_attach(dev, (unsigned)i, line_is_up, (void *)i), 0);
	return 0;
}
TEST_DRIVER(lines_probe);

/*
 * The first handler to be called clears the status: so it is the line with the lowest number that
 * is seen.
 */
static void each_pin_has_the_line_that_manual_or_option_says(void **state)
{
	static const struct {
		const char *option;
		unsigned pin, line;
	} cases[] = {
		{ NULL, 0, 0 },		  { NULL, 31, 0 },	    { NULL, 32, 1 },
		{ NULL, 53, 1 },	  { "linux-lines", 27, 0 }, { "linux-lines", 28, 1 },
		{ "linux-lines", 45, 1 }, { "linux-lines", 46, 2 }, { "one-line", 0, 0 },
		{ "one-line", 53, 0 },
	};

	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ferry_sim *world = ferry_sim_new();
		struct ferry_sim_device *dev =
			ferry_sim_add(world, &driver_lines_probe, "gpio", "bcm2835-gpio");

		if (cases[i].option)
			assert_int_equal(ferry_sim_set_option(dev, cases[i].option, true), 0);
		assert_int_equal(ferry_sim_probe(world), 0);
		lines = 0;
		ferry_sim_poke(dev, 0x4c + cases[i].pin / 32 * 4, 1u << cases[i].pin % 32);
		ferry_sim_drive(dev, cases[i].pin, 1);
		assert_int_equal(lines, 1u << cases[i].line);
		for (unsigned irq = 0; irq < 4; irq++)
			assert_true(ferry_sim_irq_attached(dev, irq));
		/* It has no remove, and so leaves them. */
		ferry_sim_free(world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(does_what_qemus_pi_zero_does),
		cmocka_unit_test(does_what_qemus_pi_4_does),
		cmocka_unit_test(each_pin_has_the_line_that_manual_or_option_says),
		cmocka_unit_test_setup_teardown(each_trigger_notices_what_it_is_for, setup,
						teardown),
		cmocka_unit_test_setup_teardown(pulls_take_the_sequence_with_its_waits, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
