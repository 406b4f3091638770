// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model pl061 has QEMU's levels, directions and interrupts, with the options that make it go
 * QEMU's way where the manual leaves it open.
 */
#include "qemu.h"

#define STEPS 4000

static struct both b;
static char path[64]; /* of the device in QEMU's tree of objects */

/* The tree has a line "    /device[7] (pl061)" under /machine/unattached. */
static void find_path(void)
{
	FILE *tree = popen("printf 'info qom-tree\\nquit\\n' | "
			   "qemu-system-arm -M virt -S -display none -nodefaults -monitor stdio",
			   "r");
	char line[256];
	int n;

	assert_non_null(tree);
	while (fgets(line, sizeof(line), tree)) {
		char *device = strstr(line, "/device[");

		if (device && strstr(device, "(pl061)") && sscanf(device, "/device[%d]", &n) == 1)
			snprintf(path, sizeof(path), "/machine/unattached/device[%d]", n);
	}
	pclose(tree);
	assert_string_not_equal(path, "");
}

static int start(void **state)
{
	both_start(&b, "qemu-system-arm", "virt", 0x09030000, "pl061");
	assert_int_equal(ferry_sim_set_option(b.model, "ignores-level", true), 0);
	assert_int_equal(ferry_sim_set_option(b.model, "keeps-levels", true), 0);
	return 0;
}

static int stop(void **state)
{
	both_stop(&b);
	return 0;
}

static void says_that_it_is_a_pl061(void **state)
{
	for (uint32_t offset = 0xfe0; offset < 0x1000; offset += 4)
		both_read(&b, offset, 0xff);
}

/*
 * QEMU's pin that becomes an input keeps the output's level for one, since nothing drives it: only
 * outputs are compared.
 */
static void levels_and_directions_are_as_qemus(void **state)
{
	for (unsigned step = 0; step < STEPS; step++) {
		uint32_t offset = next_random() % 256 * 4;

		if (step % 16 == 0) {
			both_write(&b, 0x400, next_random() & 0xff);
			/*
			 * What is left in the latch of a pin that was an input is nobody's
			 * business: set them all.
			 */
			both_write(&b, 0x3fc, next_random() & 0xff);
		}
		both_write(&b, offset, next_random() & 0xff);
		both_read(&b, next_random() % 256 * 4, ferry_sim_peek(b.model, 0x400));
		both_read(&b, 0x400, 0xff);
	}
}

static void drive_inputs(uint32_t levels)
{
	for (unsigned pin = 0; pin < 8; pin++) {
		qtest(&b.qemu, "set_irq_in %s unnamed-gpio-in %u %u", path, pin, levels >> pin & 1);
		ferry_sim_drive(b.model, pin, levels >> pin & 1);
	}
}

/* Few pins may interrupt and many are cleared, or there would always be an interrupt. */
static void write_register(uint32_t offset)
{
	uint32_t value = next_random();

	if (offset == 0x410 || offset == 0x404)
		value &= next_random() & next_random();
	if (offset == 0x41c)
		value |= next_random() | next_random();
	both_write(&b, offset, value & 0xff);
}

static void interrupts_are_as_qemus(void **state)
{
	static const uint32_t registers[] = { 0x404, 0x408, 0x40c, 0x410, 0x41c, 0x41c, 0x420 };
	unsigned raised = 0;

	find_path();
	for (unsigned step = 0; step < STEPS; step++) {
		if (step % 2)
			drive_inputs(next_random());
		else
			write_register(registers[next_random() %
						 (sizeof(registers) / sizeof(registers[0]))]);
		for (uint32_t offset = 0x400; offset <= 0x418; offset += 4)
			both_read(&b, offset, 0xff);
		both_read(&b, 0x420, 0xff);
		both_read(&b, 0x3fc, 0xff);
		raised += ferry_sim_peek(b.model, 0x418) != 0;
	}
	/* Both states of the interrupt were seen often. */
	assert_in_range(raised, STEPS / 10, STEPS - STEPS / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(says_that_it_is_a_pl061, start, stop),
		cmocka_unit_test_setup_teardown(levels_and_directions_are_as_qemus, start, stop),
		cmocka_unit_test_setup_teardown(interrupts_are_as_qemus, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
