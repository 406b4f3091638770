// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guest's address becomes a pointer for every byte of a region, and for none besides
 * (virtio/virtio-memory.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "virtio/virtio-memory.h"

static unsigned char low[64], middle[32], high[16];

/* 0x1000 to 0x103f, 0x1040 to 0x105f, and the last 16 addresses that there are. */
static struct virtio_memory regions(void)
{
	struct virtio_memory m = { 0 };

	assert_int_equal(virtio_memory_add(&m, UINT64_MAX - 15, sizeof(high), high), 0);
	assert_int_equal(virtio_memory_add(&m, 0x1040, sizeof(middle), middle), 0);
	assert_int_equal(virtio_memory_add(&m, 0x1000, sizeof(low), low), 0);
	return m;
}

static void addresses_become_pointers(void **state)
{
	struct virtio_memory m = regions();
	size_t n;

	assert_ptr_equal(virtio_memory_at(&m, 0x1000, 64, &n), low);
	assert_int_equal(n, 64);
	assert_ptr_equal(virtio_memory_at(&m, 0x103f, 1, &n), low + 63);
	assert_int_equal(n, 1);
	assert_ptr_equal(virtio_memory_at(&m, 0x1030, 100, &n), low + 48);
	assert_int_equal(n, 16);
	assert_ptr_equal(virtio_memory_at(&m, UINT64_MAX, 1, &n), high + 15);
	assert_int_equal(n, 1);
}

static void one_region_gives_all_of_the_bytes_or_none(void **state)
{
	struct virtio_memory m = regions();
	const struct virtio_region *region = virtio_memory_region(&m, 0x103f),
				   *last = virtio_memory_region(&m, UINT64_MAX);

	assert_ptr_equal(virtio_region_at(region, 0x1000, 64), low);
	assert_ptr_equal(virtio_region_at(region, 0x103f, 1), low + 63);
	assert_null(virtio_region_at(region, 0x103f, 2));
	assert_null(virtio_region_at(region, 0x1000, 65));
	assert_null(virtio_region_at(region, 0x1000, UINT64_MAX));
	assert_null(virtio_region_at(region, 0x1040, 1));
	assert_null(virtio_region_at(region, 0xfff, 2));
	assert_null(virtio_region_at(region, 0x1000, 0));
	assert_null(virtio_region_at(region, 0x1040, 0));
	assert_ptr_equal(virtio_region_at(last, UINT64_MAX, 1), high + 15);
	assert_null(virtio_region_at(last, UINT64_MAX, 2));
	assert_null(virtio_memory_region(&m, 0x1060));
}

static void addresses_outside_become_none(void **state)
{
	struct virtio_memory m = regions(), none = { 0 };
	size_t n;

	assert_null(virtio_memory_at(&m, 0xfff, 1, &n));
	assert_null(virtio_memory_at(&m, 0x1060, 1, &n));
	assert_null(virtio_memory_at(&m, 0, 1, &n));
	assert_null(virtio_memory_at(&m, UINT64_MAX - 16, 1, &n));
	assert_null(virtio_memory_at(&none, 0x1000, 1, &n));
	/* No bytes at all, and lengths over the end of all addresses. */
	assert_null(virtio_memory_at(&m, 0x1000, 0, &n));
	assert_null(virtio_memory_at(&m, UINT64_MAX - 3, 5, &n));
	assert_null(virtio_memory_at(&m, 0x1000, UINT64_MAX, &n));
}

static void copies_go_over_borders_or_not_at_all(void **state)
{
	struct virtio_memory m = regions();
	char text[8] = "";

	assert_true(virtio_memory_write(&m, 0x103d, "abcdef", 6));
	assert_memory_equal(low + 61, "abc", 3);
	assert_memory_equal(middle, "def", 3);
	assert_true(virtio_memory_read(&m, 0x103c, text, 7));
	assert_memory_equal(text, "\0abcdef", 7);
	/* One byte too far: nothing is copied. */
	memset(middle, 'x', sizeof(middle));
	assert_false(virtio_memory_write(&m, 0x105d, "1234", 4));
	assert_int_equal(middle[29], 'x');
	assert_false(virtio_memory_read(&m, 0x105d, text, 4));
	assert_memory_equal(text, "\0abcdef", 7);
	/* The addresses do not go round. */
	assert_int_equal(virtio_memory_add(&m, 0, 8, text), 0);
	assert_false(virtio_memory_write(&m, UINT64_MAX, "12", 2));
	assert_true(virtio_memory_write(&m, UINT64_MAX, "1", 1));
	assert_true(virtio_memory_read(&m, 0x9999, NULL, 0));
}

static void regions_that_cannot_be_are_refused(void **state)
{
	struct virtio_memory m = regions();
	uint32_t generation = m.generation;
	static const struct {
		uint64_t guest, size;
		int error;
	} bad[] = {
		{ 0x2000, 0, VIRTIO_ERR_INVALID },
		{ 0x2000, UINT64_MAX, VIRTIO_ERR_INVALID },
		{ 0x2000, (uint64_t)PTRDIFF_MAX + 1, VIRTIO_ERR_INVALID },
		{ UINT64_MAX - 14, 16, VIRTIO_ERR_INVALID },
		{ 0xfff, 2, VIRTIO_ERR_BUSY },
		{ 0x105f, 1, VIRTIO_ERR_BUSY },
		{ 0x1010, 4, VIRTIO_ERR_BUSY },
		{ 0xf00, 0x1000, VIRTIO_ERR_BUSY },
		{ UINT64_MAX, 1, VIRTIO_ERR_BUSY },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(virtio_memory_add(&m, bad[i].guest, bad[i].size, low),
				 bad[i].error);
	assert_int_equal(virtio_memory_add(&m, 0x2000, 16, NULL), VIRTIO_ERR_INVALID);
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): the last bytes of this address space */
	assert_int_equal(virtio_memory_add(&m, 0x2000, 16, (void *)(UINTPTR_MAX - 14)),
			 VIRTIO_ERR_INVALID);
	assert_int_equal(m.generation, generation);
	while (m.regions < VIRTIO_MEMORY_REGIONS)
		assert_int_equal(virtio_memory_add(&m, 0x2000 + m.regions, 1, low), 0);
	assert_int_equal(virtio_memory_add(&m, 0x3000, 1, low), VIRTIO_ERR_NO_MEMORY);
}

static void regions_go_and_the_generation_tells(void **state)
{
	struct virtio_memory m = regions();
	uint32_t generation = m.generation;
	size_t n;

	assert_int_equal(virtio_memory_remove(&m, 0x1000, 63), VIRTIO_ERR_NOT_FOUND);
	assert_int_equal(virtio_memory_remove(&m, 0x1001, 64), VIRTIO_ERR_NOT_FOUND);
	assert_int_equal(m.generation, generation);
	assert_int_equal(virtio_memory_remove(&m, 0x1000, 64), 0);
	assert_int_not_equal(m.generation, generation);
	assert_null(virtio_memory_at(&m, 0x1000, 1, &n));
	assert_ptr_equal(virtio_memory_at(&m, 0x1040, 1, &n), middle);
	assert_ptr_equal(virtio_memory_at(&m, UINT64_MAX, 1, &n), high + 15);
	/* What is left of the table holds nothing. */
	assert_int_equal(m.region[2].size, 0);
	generation = m.generation;
	virtio_memory_clear(&m);
	assert_int_not_equal(m.generation, generation);
	assert_null(virtio_memory_at(&m, 0x1040, 1, &n));
	assert_null(virtio_region_at(&m.region[0], 0x1040, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_become_pointers),
		cmocka_unit_test(one_region_gives_all_of_the_bytes_or_none),
		cmocka_unit_test(addresses_outside_become_none),
		cmocka_unit_test(copies_go_over_borders_or_not_at_all),
		cmocka_unit_test(regions_that_cannot_be_are_refused),
		cmocka_unit_test(regions_go_and_the_generation_tells),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
