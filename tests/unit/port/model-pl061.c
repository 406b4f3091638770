// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model tests/port/model-pl061.h beside QEMU's device, set the way QEMU's goes where the manual leaves it open: levels with
 * directions and masked addresses; interrupts with inputs that the test drives.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <signal.h>
#include <cmocka.h>

#include <ferry/io.h>
#include <ferry/time.h>

#include "model-pl061.h"
#include "qtest.h"
#include "test-port.h"

#define BASE  0x09030000u
#define STEPS 4000

static struct model_pl061 model;
static struct qtest qemu;
static char path[64];		/* of the device in QEMU's tree of objects */

/* The tree has a line "    /device[7] (pl061)" under /machine/unattached. */
static void find_path(void)
{
	FILE *tree = popen("printf 'info qom-tree\\nquit\\n' | "
			   "qemu-system-arm -M virt -S -display none -nodefaults -monitor stdio", "r");
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
	model_pl061_init(&model);
	model.ignores_level = model.keeps_levels = true;
	qtest_start(&qemu, "qemu-system-arm", "virt");
	return 0;
}

static int stop(void **state)
{
	qtest_stop(&qemu);
	return 0;
}

static void write_both(uint32_t offset, uint8_t value)
{
	model_pl061_write(&model.registers, offset, value);
	qtest_write(&qemu, BASE + offset, value);
}

static void compare(uint32_t offset, uint8_t mask)
{
	assert_int_equal(qtest_read(&qemu, BASE + offset) & mask, model_pl061_read(&model.registers, offset) & mask);
}

static void says_that_it_is_a_pl061(void **state)
{
	for (uint32_t offset = 0xfe0; offset < 0x1000; offset += 4)
		compare(offset, 0xff);
}

/* QEMU's pin that becomes an input keeps the output's level for one, since nothing drives it: only outputs are compared. */
static void levels_and_directions_are_as_qemus(void **state)
{
	for (unsigned step = 0; step < STEPS; step++) {
		uint32_t offset = next_random() % 256 * 4;

		if (step % 16 == 0) {
			write_both(0x400, (uint8_t)next_random());
			/* What is left in the latch of a pin that was an input is nobody's business: set them all. */
			write_both(0x3fc, (uint8_t)next_random());
		}
		write_both(offset, (uint8_t)next_random());
		compare(next_random() % 256 * 4, model.dir);
		compare(0x400, 0xff);
	}
}

static void drive_inputs(uint8_t levels)
{
	for (unsigned pin = 0; pin < 8; pin++) {
		uint8_t next = (uint8_t)((model.input & ~(1u << pin)) | (levels & 1u << pin));

		qtest(&qemu, "set_irq_in %s unnamed-gpio-in %u %u", path, pin, levels >> pin & 1);
		model_set_inputs(&model, next);
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
	write_both(offset, (uint8_t)value);
}

static void interrupts_are_as_qemus(void **state)
{
	static const uint32_t registers[] = { 0x404, 0x408, 0x40c, 0x410, 0x41c, 0x41c, 0x420 };
	unsigned raised = 0;

	find_path();
	for (unsigned step = 0; step < STEPS; step++) {
		if (step % 2)
			drive_inputs((uint8_t)next_random());
		else
			write_register(registers[next_random() % (sizeof(registers) / sizeof(registers[0]))]);
		for (uint32_t offset = 0x400; offset <= 0x418; offset += 4)
			compare(offset, 0xff);
		compare(0x420, 0xff);
		compare(0x3fc, 0xff);
		raised += model_line(&model);
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
