// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of apps/selftest/drivers/dma-copy.c, and so of memory for devices on the test port: its
 * model has the bus addresses only. The driver is a test itself: so what is tested is that it sees
 * when a copy is wrong.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../apps/selftest/drivers/dma-copy.c"
#include "test-port.h"
#include "model-bcm2835-dma.h"

static char last_log[256];
static struct fy_device device;
static struct model_dma model;

void test_log(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(last_log, sizeof(last_log), fmt, ap);
	va_end(ap);
}

static int setup(void **state)
{
	memset(test_interrupts, 0, sizeof(test_interrupts));
	memset(test_dma_block, 0xa5, sizeof(test_dma_block));
	test_dma_count = 0;
	test_dma_result = test_offer_result = test_ready_calls = 0;
	model_dma_init(&model);
	device = (struct fy_device){
		.state = calloc(1, fy_driver_dma_copy.state_size),
		.registers = &model.registers,
		.interrupts = 1,
	};
	return 0;
}

static int teardown(void **state)
{
	free(device.state);
	return 0;
}

static long write_bytes(size_t len)
{
	static char data[5000];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i * 5 + 1);
	return ops.write(&device, NULL, data, len);
}

/* The controller copies, and interrupts. */
static void finish(void)
{
	model_dma_run(&model);
	assert_true(model_line(&model));
	test_interrupts[0].handler(test_interrupts[0].arg);
	assert_false(model_line(&model));
}

static void copies_and_looks_at_the_copy(void **state)
{
	assert_int_equal(fy_driver_dma_copy.probe(&device), 0);
	assert_int_equal(write_bytes(12), 12);
	assert_false(ops.drained(&device, NULL));
	finish();
	assert_int_equal(test_ready_calls, 1);
	assert_true(ops.drained(&device, NULL));
	assert_non_null(strstr(last_log, "12 bytes were copied from 0xc01"));
	assert_int_equal(write_bytes(5), 5);
	finish();
	assert_non_null(strstr(last_log, "8 bytes were copied"));
	fy_driver_dma_copy.remove(&device);
	assert_null(test_interrupts[0].handler);
}

static void one_copy_at_a_time_of_4000_bytes_at_most(void **state)
{
	assert_int_equal(fy_driver_dma_copy.probe(&device), 0);
	assert_int_equal(write_bytes(4001), 4000);
	assert_int_equal(write_bytes(4), FY_ERR_AGAIN);
	finish();
	assert_int_equal(write_bytes(4), 4);
}

static void a_wrong_copy_fails_the_next_write_once(void **state)
{
	assert_int_equal(fy_driver_dma_copy.probe(&device), 0);
	for (int too_long = 0; too_long <= 1; too_long++) {
		assert_int_equal(write_bytes(100), 100);
		model.faulty = !too_long;
		model.long_by_one = too_long;
		finish();
		model.faulty = model.long_by_one = false;
		assert_non_null(strstr(last_log, "100 bytes were not copied"));
		assert_true(ops.drained(&device, NULL));
		assert_int_equal(write_bytes(100), FY_ERR_IO);
		assert_int_equal(write_bytes(100), 100);
		finish();
		assert_non_null(strstr(last_log, "100 bytes were copied"));
	}
}

static void a_probe_that_fails_leaves_no_handler(void **state)
{
	test_dma_result = FY_ERR_NO_MEMORY;
	assert_int_equal(fy_driver_dma_copy.probe(&device), FY_ERR_NO_MEMORY);
	test_dma_result = 0;
	test_offer_result = FY_ERR_BUSY;
	assert_int_equal(fy_driver_dma_copy.probe(&device), FY_ERR_BUSY);
	assert_null(test_interrupts[0].handler);
	device.interrupts = 0;
	test_dma_count = 0;
	assert_int_equal(fy_driver_dma_copy.probe(&device), FY_ERR_NOT_FOUND);
}

static void memory_is_what_the_contract_says(void **state)
{
	struct fy_dma first, second;

	assert_int_equal(fy_dma_alloc(&device, 0, 1, &first), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(&device, FY_DMA_SIZE_MAX + 1, 1, &first), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(&device, 1, 48, &first), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(&device, 1, 1, &first), 0);
	assert_int_equal(fy_dma_alloc(&device, 100, FY_DMA_ALIGN_MAX, &second), 0);
	assert_int_equal(second.bus % FY_DMA_ALIGN_MAX, 0);
	assert_int_equal((uintptr_t)second.memory % FY_DMA_ALIGN_MAX, 0);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(((unsigned char *)second.memory)[i], 0);
	assert_ptr_equal(test_dma_at(second.bus + 99, 1), (char *)second.memory + 99);
	assert_int_equal(fy_dma_alloc(&device, FY_DMA_SIZE_MAX, 1, &first), 0);
	assert_int_equal(fy_dma_alloc(&device, FY_DMA_SIZE_MAX, 1, &first), FY_ERR_NO_MEMORY);
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
