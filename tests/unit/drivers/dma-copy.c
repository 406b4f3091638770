// SPDX-License-Identifier: GPL-2.0-only
/*
 * apps/selftest/drivers/dma-copy.c, and so memory for devices in the user port, which a model
 * reaches by bus address only: the driver, a test itself, sees when a copy is wrong, and memory is
 * what the contract says.
 */
#include "bcm2835-dma.h"

#include "../../../apps/selftest/drivers/dma-copy.c"

static struct ferry_sim *sim;
static struct ferry_sim_device *device;
static struct ferry_sim_writer *writer;
static struct dma_model model;

static int setup(void **state)
{
	sim = ferry_sim_new();
	device = dma_model_add(&model, sim, &fy_driver_dma_copy);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static int probe(void)
{
	int rc = ferry_sim_probe(sim);

	writer = rc ? NULL : ferry_sim_open(sim, "dma-test");
	return rc;
}

static long write_bytes(size_t len)
{
	static char data[5000];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i * 5 + 1);
	return ferry_sim_write(writer, data, len);
}

/* The controller copies, and interrupts. */
static void finish(void)
{
	unsigned long calls = ferry_sim_irq_calls(device), rises = ferry_sim_irq_rises(device);

	dma_model_run(&model);
	assert_int_equal(ferry_sim_irq_rises(device), rises + 1);
	assert_int_equal(ferry_sim_irq_calls(device), calls + 1);
	assert_false(dma_model_line(&model));
}

static void copies_and_looks_at_the_copy(void **state)
{
	assert_int_equal(probe(), 0);
	assert_int_equal(write_bytes(12), 12);
	assert_false(ferry_sim_drained(writer));
	finish();
	assert_int_equal(ferry_sim_ready_calls(writer), 1);
	assert_true(ferry_sim_drained(writer));
	assert_non_null(strstr(ferry_sim_last_log(sim), "12 bytes were copied from 0xc01"));
	assert_int_equal(write_bytes(5), 5);
	finish();
	assert_non_null(strstr(ferry_sim_last_log(sim), "8 bytes were copied"));
	ferry_sim_remove(device);
	assert_false(ferry_sim_irq_attached(device, 0));
}

static void one_copy_at_a_time_of_4000_bytes_at_most(void **state)
{
	assert_int_equal(probe(), 0);
	assert_int_equal(write_bytes(4001), 4000);
	assert_int_equal(write_bytes(4), FY_ERR_AGAIN);
	finish();
	assert_int_equal(write_bytes(4), 4);
}

static void a_wrong_copy_fails_the_next_write_once(void **state)
{
	assert_int_equal(probe(), 0);
	for (int too_long = 0; too_long <= 1; too_long++) {
		assert_int_equal(write_bytes(100), 100);
		model.faulty = !too_long;
		model.long_by_one = too_long;
		finish();
		model.faulty = model.long_by_one = false;
		assert_non_null(strstr(ferry_sim_last_log(sim), "100 bytes were not copied"));
		assert_true(ferry_sim_drained(writer));
		assert_int_equal(write_bytes(100), FY_ERR_IO);
		assert_int_equal(write_bytes(100), 100);
		finish();
		assert_non_null(strstr(ferry_sim_last_log(sim), "100 bytes were copied"));
	}
}

static void a_probe_that_fails_leaves_no_handler(void **state)
{
	ferry_sim_refuse(device, FERRY_SIM_DMA_ALLOC, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(probe(), FY_ERR_NO_MEMORY);
	ferry_sim_refuse(device, FERRY_SIM_DMA_ALLOC, 0, 0);
	ferry_sim_refuse(device, FERRY_SIM_STREAM_OFFER, 0, FY_ERR_BUSY);
	assert_int_equal(probe(), FY_ERR_BUSY);
	assert_false(ferry_sim_irq_attached(device, 0));
	ferry_sim_set_irqs(device, 0);
	assert_int_equal(probe(), FY_ERR_NOT_FOUND);
}

static void memory_is_what_the_contract_says(void **state)
{
	const struct dma_copy *c = ferry_sim_state(device);
	struct fy_dma first, second;
	struct fy_device *dev;

	ferry_sim_limit_dma(sim, (size_t)2 * FY_DMA_SIZE_MAX);
	assert_int_equal(probe(), 0);
	dev = c->dev;
	assert_int_equal(fy_dma_alloc(dev, 0, 1, &first), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(dev, FY_DMA_SIZE_MAX + 1, 1, &first), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(dev, 1, 48, &first), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(dev, 1, 1, &first), 0);
	assert_int_equal(fy_dma_alloc(dev, 100, FY_DMA_ALIGN_MAX, &second), 0);
	assert_int_equal(second.bus % FY_DMA_ALIGN_MAX, 0);
	assert_int_equal((uintptr_t)second.memory % FY_DMA_ALIGN_MAX, 0);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(((unsigned char *)second.memory)[i], 0);
	assert_ptr_equal(ferry_sim_dma(sim, second.bus + 99, 1), (char *)second.memory + 99);
	assert_int_equal(fy_dma_alloc(dev, FY_DMA_SIZE_MAX, 1, &first), 0);
	assert_int_equal(fy_dma_alloc(dev, FY_DMA_SIZE_MAX, 1, &first), FY_ERR_NO_MEMORY);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(copies_and_looks_at_the_copy),
		TEST(one_copy_at_a_time_of_4000_bytes_at_most),
		TEST(a_wrong_copy_fails_the_next_write_once),
		TEST(a_probe_that_fails_leaves_no_handler),
		TEST(memory_is_what_the_contract_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
