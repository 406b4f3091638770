// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kernel file is known by its first bytes, and a packed one is unpacked, or refused when damaged
 * or endless.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "boot/kernel-image.h"

static void kernels_are_told_by_their_first_bytes(void **state)
{
	static const uint8_t zimage[4] = { 0x18, 0x28, 0x6f, 0x01 };
	uint8_t data[64] = { 0 };

	assert_int_equal(kernel_identify(data, sizeof(data)), KERNEL_RAW);
	memcpy(data + 36, zimage, 4);
	assert_int_equal(kernel_identify(data, sizeof(data)), KERNEL_ARM);
	assert_int_equal(kernel_identify(data, 39), KERNEL_RAW);
	memset(data, 0, sizeof(data));
	memcpy(data + 56, "ARM\x64", 4);
	assert_int_equal(kernel_identify(data, sizeof(data)), KERNEL_ARM64);
	assert_int_equal(kernel_identify(data, 59), KERNEL_RAW);
	assert_int_equal(kernel_identify(data, 0), KERNEL_RAW);
	memcpy(data,
	       "\x7f"
	       "ELF",
	       4);
	data[18] = 40;
	assert_int_equal(kernel_identify(data, sizeof(data)), KERNEL_ELF_ARM);
	data[18] = 183;
	assert_int_equal(kernel_identify(data, sizeof(data)), KERNEL_ELF_ARM64);
	data[18] = 62;
	assert_int_equal(kernel_identify(data, sizeof(data)), KERNEL_ELF_OTHER);
}

/* Packs LEN bytes with gzip; the caller frees the result. */
static uint8_t *pack(const uint8_t *data, size_t len, size_t *packed_len)
{
	z_stream stream = { .next_in = (Bytef *)data, .avail_in = (uInt)len };
	uint8_t *packed = malloc(len + 1024);

	assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
			 Z_OK);
	stream.next_out = packed;
	stream.avail_out = (uInt)len + 1024;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	*packed_len = len + 1024 - stream.avail_out;
	deflateEnd(&stream);
	return packed;
}

static void packed_kernels_are_unpacked(void **state)
{
	const size_t len = 9u << 20; /* more than twice the room that is made at once */
	uint8_t *data = malloc(len), *packed, *out;
	size_t packed_len, out_len;

	for (size_t i = 0; i < len; i++)
		data[i] = (uint8_t)(i * i >> 7);
	packed = pack(data, len, &packed_len);
	assert_true(kernel_is_gzip(packed, packed_len));
	assert_false(kernel_is_gzip(data, len));
	assert_int_equal(kernel_gunzip(packed, packed_len, &out, &out_len, NULL), 0);
	assert_int_equal(out_len, len);
	assert_memory_equal(out, data, len);
	free(out);
	free(packed);
	free(data);
}

static void damaged_packed_kernels_are_errors(void **state)
{
	uint8_t data[4096], *packed, *out;
	size_t packed_len, out_len;
	struct error err;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * i >> 3);
	packed = pack(data, sizeof(data), &packed_len);
	for (size_t len = 3; len < packed_len; len += 7) {
		assert_int_equal(kernel_gunzip(packed, len, &out, &out_len, &err), -1);
		assert_non_null(strstr(err.text, "is a damaged gzip file"));
	}
	packed[packed_len / 2] ^= 0x55;
	assert_int_equal(kernel_gunzip(packed, packed_len, &out, &out_len, &err), -1);
	free(packed);
}

static void a_kernel_that_unpacks_without_end_is_an_error(void **state)
{
	size_t len = KERNEL_LARGEST + 1, packed_len, out_len;
	uint8_t *data = calloc(1, len), *packed = pack(data, len, &packed_len), *out;
	struct error err;

	assert_int_equal(kernel_gunzip(packed, packed_len, &out, &out_len, &err), -1);
	assert_string_equal(err.text, "unpacks to more than 128 MiB");
	free(packed);
	free(data);
}

static void an_app_says_that_it_has_one_core(void **state)
{
	static const uint8_t image[] = "code\0blink rpi-4 1ff3\0Ferry app on one core";

	assert_true(kernel_has_one_core(image, sizeof(image)));
	assert_false(kernel_has_one_core(image, sizeof(image) - 1));
	assert_false(kernel_has_one_core(image, 5));
	assert_false(kernel_has_one_core(image, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernels_are_told_by_their_first_bytes),
		cmocka_unit_test(packed_kernels_are_unpacked),
		cmocka_unit_test(damaged_packed_kernels_are_errors),
		cmocka_unit_test(a_kernel_that_unpacks_without_end_is_an_error),
		cmocka_unit_test(an_app_says_that_it_has_one_core),
	};

	return cmocka_run_group_tests_name("kernel-image", tests, NULL, NULL);
}
