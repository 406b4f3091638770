// SPDX-License-Identifier: GPL-2.0-only
/*
 * tests/drivers/widths.c, and so register windows and accesses of every width in the user port, on
 * a model that is plain memory; which accesses reach it, and what is beyond a window.
 */
#include "../user/test.h"

#include "../../drivers/widths.c"

static uint8_t memory[0x40];
static unsigned wide; /* accesses of 4 bytes */

static uint32_t memory_read(void *arg, uint32_t offset, unsigned bytes)
{
	uint32_t value = 0;

	memcpy(&value, memory + offset, bytes);
	wide += bytes == 4;
	return value;
}

static void memory_write(void *arg, uint32_t offset, unsigned bytes, uint32_t value)
{
	memcpy(memory + offset, &value, bytes);
	wide += bytes == 4;
}

static const struct ferry_sim_model model = {
	.size = sizeof(memory),
	.widths = 4 | 2 | 1,
	.read = memory_read,
	.write = memory_write,
};

static void windows_and_widths_are_as_they_should(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *dev =
		ferry_sim_add_model(sim, &fy_driver_widths, "it", &model, NULL);

	ferry_sim_add_window(dev, "first", 0, 0x10);
	ferry_sim_add_window(dev, "second", 0x20, 0x10);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_string_equal(ferry_sim_last_log(sim), "25 checks, 0 not so");
	assert_int_equal(memory[0x28], 0x5a);
	end_world(sim);
}

static int beyond(struct fy_device *dev)
{
	struct fy_window window;
	int rc = fy_window_get(dev, 0, &window);

	if (rc)
		return rc;
	fy_window_write32(&window, 0x10, 1);
	return fy_window_read64(&window, 0xc) == ~UINT64_C(0) ? 0 : FY_ERR_IO;
}
TEST_DRIVER(beyond);

static void what_is_beyond_a_window_does_not_reach_the_model(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *dev = ferry_sim_add_model(sim, &driver_beyond, "it", &model, NULL);

	ferry_sim_add_window(dev, NULL, 0, 0x10);
	wide = 0;
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(wide, 0);
	assert_int_equal(ferry_sim_violations(sim), 2);
	assert_int_equal(logged(sim, "is not of the window, which has 0x10 bytes"), 2);
	ferry_sim_free(sim);
}

static int last_window(struct fy_device *dev)
{
	struct fy_window window;
	int rc = fy_window_get(dev, 0, &window);

	if (rc || fy_window_size(&window) != sizeof(memory))
		return rc ? rc : FY_ERR_INVALID;
	return fy_window_get(dev, 1, &window);
}
TEST_DRIVER(last_window);

static void a_device_without_windows_has_one_of_all_registers(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();

	ferry_sim_add_model(sim, &driver_last_window, "it", &model, NULL);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_and_widths_are_as_they_should),
		cmocka_unit_test(what_is_beyond_a_window_does_not_reach_the_model),
		cmocka_unit_test(a_device_without_windows_has_one_of_all_registers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
