// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for devices is where a model finds it by bus address and nowhere else, and is given back.
 */
#include <ferry/dma.h>

#include "test.h"
#include "user.h"

static struct user_world *w;
static struct fy_dma pieces[4];
static bool fails;

static void be_silent(void *arg, struct fy_device *dev, enum user_log_level level, const char *text)
{
}

static int dma_probe(struct fy_device *dev)
{
	static const size_t aligns[4] = { 1, 4096, 256, 64 };

	for (unsigned i = 0; i < 4; i++) {
		int rc = fy_dma_alloc(dev, 1000 + i, aligns[i], &pieces[i]);

		if (rc)
			return rc;
	}
	assert_int_equal(fy_dma_alloc(dev, 0, 1, &pieces[0]), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(dev, 1, 3, &pieces[0]), FY_ERR_INVALID);
	assert_int_equal(fy_dma_alloc(dev, FY_DMA_SIZE_MAX + 1, 1, &pieces[0]), FY_ERR_INVALID);
	return fails ? FY_ERR_IO : 0;
}
TEST_DRIVER(dma_probe);

static int setup(void **state)
{
	w = user_world_new(USER_CLOCK_VIRTUAL);
	user_world_set_log(w, be_silent, NULL);
	fails = false;
	return 0;
}

static int teardown(void **state)
{
	user_world_free(w);
	return 0;
}

static struct fy_device *add_with_model(void)
{
	struct fy_device *dev = user_device_add(w, &driver_dma_probe, "dma");

	assert_int_equal(user_device_set_model(dev, user_model_new(w, user_model_find("pl061"))),
			 0);
	return dev;
}

static void a_model_finds_it_by_bus_address_and_nothing_beside(void **state)
{
	struct fy_device *dev = add_with_model();

	assert_int_equal(user_probe(w, NULL), 0);
	for (unsigned i = 0; i < 4; i++) {
		const struct fy_dma *p = &pieces[i];

		assert_int_equal(p->size, 1000 + i);
		assert_int_equal(p->bus % 64, 0);
		assert_int_equal((uintptr_t)p->memory % 64, 0);
		assert_ptr_equal(user_dma_at(w, p->bus, p->size), p->memory);
		assert_ptr_equal(user_dma_at(w, p->bus + 999, 1 + i),
				 (unsigned char *)p->memory + 999);
		assert_null(user_dma_at(w, p->bus, p->size + 1));
		assert_null(user_dma_at(w, p->bus - 1, 1));
		assert_null(user_dma_at(w, p->bus + 1, SIZE_MAX));
		assert_null(user_dma_at(w, (uint32_t)(uintptr_t)p->memory, 1));
		for (size_t at = 0; at < p->size; at++)
			assert_int_equal(((unsigned char *)p->memory)[at], 0);
	}
	assert_int_equal(pieces[1].bus % 4096, 0);
	assert_int_equal((uintptr_t)pieces[1].memory % 4096, 0);
	user_remove(dev);
	assert_null(user_dma_at(w, pieces[0].bus, 1));
}

static void a_probe_that_fails_gives_it_back(void **state)
{
	struct fy_device *dev = add_with_model(), *failed;

	fails = true;
	assert_int_equal(user_probe(w, &failed), FY_ERR_IO);
	assert_ptr_equal(failed, dev);
	assert_null(user_dma_at(w, pieces[0].bus, 1));
}

static void a_device_without_a_model_has_none(void **state)
{
	user_device_add(w, &driver_dma_probe, "dma");
	assert_int_equal(user_probe(w, NULL), FY_ERR_UNSUPPORTED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_model_finds_it_by_bus_address_and_nothing_beside),
		TEST(a_probe_that_fails_gives_it_back),
		TEST(a_device_without_a_model_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
