// SPDX-License-Identifier: GPL-2.0-only
/*
 * What QEMU gets in the place of a kernel that is not Linux enters it where, and as, the firmware
 * would; taken apart again, byte by byte.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "boot/elf-flat.h"
#include "boot/entry.h"
#include "boot/kernel-image.h"

static struct payload kernel(const void *bytes, size_t len, bool aarch64)
{
	struct payload payload = { .kernel_name = strdup("kernel.img"),
				   .kernel_len = len,
				   .aarch64 = aarch64 };

	payload.kernel = malloc(len);
	memcpy(payload.kernel, bytes, len);
	return payload;
}

static uint32_t word(const struct elf_flat *flat, size_t at)
{
	const uint8_t *p = flat->bytes + at;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void a_raw_32_bit_kernel_is_at_0x8000_behind_a_start(void **state)
{
	struct payload payload = kernel("KERNEL", 6, false);
	struct elf_flat flat;

	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), "abcde", NULL), 0);
	assert_int_equal(kernel_identify(payload.kernel, payload.kernel_len), KERNEL_ELF_ARM);
	assert_false(payload.kernel_holds_dtb);
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, NULL), 0);
	assert_int_equal(flat.address, 0);
	assert_int_equal(flat.entry, 0);
	assert_int_equal(flat.len, 0x8006);
	assert_memory_equal(flat.bytes + 0x8000, "KERNEL", 6);
	assert_int_equal(word(&flat, 0x10), 3138);
	assert_int_equal(word(&flat, 0x14), 0x100);
	assert_int_equal(word(&flat, 0x18), 0x8000);
	assert_int_equal(word(&flat, 0x104), 0x54410001);
	assert_int_equal(word(&flat, 0x110), 448u << 20);
	assert_string_equal((char *)flat.bytes + 0x120, "abcde");
	assert_int_equal(word(&flat, 0x128), 0); /* the end: no words, ATAG_NONE */
	assert_int_equal(word(&flat, 0x12c), 0);
	free(flat.bytes);
	payload_free(&payload);
}

static void the_devicetree_gets_memory_and_command_line(void **state)
{
	static const uint32_t one = 0x01000000, memory[2] = { 0, 0x1c };
	struct payload payload = kernel("KERNEL", 6, false);
	struct elf_flat flat;
	const void *dtb;
	int len;

	payload.dtb_name = strdup("x.dtb");
	payload.dtb_len = 1024;
	payload.dtb = malloc(payload.dtb_len);
	assert_int_equal(fdt_create_empty_tree(payload.dtb, 1024), 0);
	assert_int_equal(fdt_setprop(payload.dtb, 0, "#address-cells", &one, 4), 0);
	assert_int_equal(fdt_setprop(payload.dtb, 0, "#size-cells", &one, 4), 0);
	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), "quiet", NULL), 0);
	assert_true(payload.kernel_holds_dtb);
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, NULL), 0);
	assert_int_equal(word(&flat, 0x14), 0x07000000);
	dtb = flat.bytes + 0x07000000;
	assert_int_equal(fdt_check_header(dtb), 0);
	assert_string_equal(fdt_getprop(dtb, fdt_path_offset(dtb, "/chosen"), "bootargs", &len),
			    "quiet");
	assert_memory_equal(fdt_getprop(dtb, fdt_path_offset(dtb, "/memory@0"), "reg", &len),
			    memory, 8);
	free(flat.bytes);
	payload_free(&payload);
}

static void a_raw_64_bit_kernel_and_linux_stay(void **state)
{
	static const uint8_t linux_kernel[64] = { [56] = 'A', 'R', 'M', 0x64 };
	struct payload payload = kernel("KERNEL", 6, true);

	assert_int_equal(entry_prepare(&payload, board_find("rpi-4"), "", NULL), 0);
	assert_int_equal(payload.kernel_len, 6);
	payload_free(&payload);
	payload = kernel(linux_kernel, sizeof(linux_kernel), true);
	assert_int_equal(entry_prepare(&payload, board_find("rpi-4"), "", NULL), 0);
	assert_int_equal(payload.kernel_len, sizeof(linux_kernel));
	payload_free(&payload);
}

/* An ELF file with one part at ADDRESS. */
static struct payload elf(uint32_t address, uint32_t start)
{
	struct elf_part part = { address, "PROGRAM", 7 };
	struct payload payload = { .kernel_name = strdup("x.elf") };

	assert_int_equal(elf_make(&payload.kernel, &payload.kernel_len, start, &part, 1, NULL), 0);
	return payload;
}

static void an_elf_file_at_the_firmware_s_address_becomes_raw(void **state)
{
	struct payload payload = elf(0x8000, 0x8000);
	struct elf_flat flat;

	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), "", NULL), 0);
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, NULL), 0);
	assert_int_equal(flat.entry, 0);
	assert_memory_equal(flat.bytes + 0x8000, "PROGRAM", 7);
	free(flat.bytes);
	payload_free(&payload);
	/* The 64-bit boards' address; as for the file's class, only the address counts here. */
	payload = elf(0x80000, 0x80000);
	payload.aarch64 = true;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-3"), "", NULL), 0);
	assert_int_equal(payload.kernel_len, 7);
	payload_free(&payload);
}

static void an_elf_file_elsewhere_stays_with_a_notice(void **state)
{
	struct payload payload = elf(0x90000, 0x90004);
	size_t len = payload.kernel_len;

	payload.aarch64 = true;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-3"), "", NULL), 0);
	assert_int_equal(payload.kernel_len, len);
	assert_int_equal(payload.notices.count, 1);
	assert_non_null(strstr(payload.notices.text[0], "on all cores at once"));
	payload_free(&payload);
}

static void kernel_address_moves_a_32_bit_kernel(void **state)
{
	struct payload payload = kernel("KERNEL", 6, false);
	struct elf_flat flat;

	payload.kernel_address = 0x100000;
	payload.no_tags = true;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), "", NULL), 0);
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, NULL), 0);
	assert_int_equal(flat.len, 0x100006);
	assert_memory_equal(flat.bytes + 0x100000, "KERNEL", 6);
	assert_int_equal(word(&flat, 0x18), 0x100000);
	assert_int_equal(word(&flat, 0x104), 0);
	free(flat.bytes);
	payload_free(&payload);
}

static void kernel_old_puts_it_at_0_and_tags_over_it(void **state)
{
	struct payload payload = kernel("KERNEL", 6, false);
	struct elf_flat flat;

	payload.kernel_old = true;
	payload.kernel_address = 0x100000;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), "", NULL), 0);
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, NULL), 0);
	assert_int_equal(flat.entry, 0);
	assert_memory_equal(flat.bytes, "KERNEL", 7);
	assert_int_equal(word(&flat, 0x104), 0x54410001);
	assert_int_equal(payload.notices.count, 1);
	assert_non_null(strstr(payload.notices.text[0], "disable_commandline_tags=1"));
	free(flat.bytes);
	payload_free(&payload);
	payload = kernel("KERNEL", 6, false);
	payload.kernel_old = payload.no_tags = true;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), "", NULL), 0);
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, NULL), 0);
	assert_int_equal(flat.len, 6);
	assert_int_equal(payload.notices.count, 0);
	free(flat.bytes);
	payload_free(&payload);
}

static void a_64_bit_kernel_is_behind_a_jump_or_at_0(void **state)
{
	struct payload payload = kernel("KERNEL", 6, true);
	struct elf_flat flat;

	payload.kernel_address = 0x200000;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-4"), "", NULL), 0);
	assert_int_equal(payload.kernel_len, 0x180006);
	assert_memory_equal(payload.kernel + 0x180000, "KERNEL", 6);
	assert_memory_equal(payload.kernel, "\x44\0\0\x58\x80\0\x1f\xd6\0\0\x20\0\0\0\0", 16);
	payload_free(&payload);
	payload = kernel("KERNEL", 6, true);
	payload.kernel_old = true;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-4"), "", NULL), 0);
	assert_int_equal(kernel_identify(payload.kernel, payload.kernel_len), KERNEL_ELF_ARM64);
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, NULL), 0);
	assert_int_equal(flat.address, 0);
	assert_int_equal(flat.entry, 0);
	assert_int_equal(flat.len, 6);
	free(flat.bytes);
	payload_free(&payload);
}

static void addresses_that_cannot_be_are_errors(void **state)
{
	static const struct {
		uint64_t address;
		const char *board, *text;
	} wrong[] = {
		{ 0x8002, "rpi-zero", "expected a multiple of 4 from 0x1000 to 0x6fffffc" },
		{ 0x400, "rpi-zero", "kernel_old=1" },
		{ (uint64_t)-4, "rpi-zero", "expected a multiple of 4" },
		{ 0x7000000, "rpi-4", "expected a multiple of 4" },
		{ 0x6fffffc, "rpi-zero", "larger than 0 KiB" },
		{ 0x8000, "rpi-4", "64-bit kernels can be at 0x80000 or from 0x80010 on" },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct payload payload = kernel("KERNEL", 6, strcmp(wrong[i].board, "rpi-4") == 0);
		struct error err;

		payload.kernel_address = wrong[i].address;
		assert_int_equal(entry_prepare(&payload, board_find(wrong[i].board), "", &err), -1);
		if (!strstr(err.text, wrong[i].text))
			fail_msg("%s", err.text);
		assert_memory_equal(payload.kernel, "KERNEL", 6);
		payload_free(&payload);
	}
}

static void linux_stays_where_qemu_puts_it(void **state)
{
	static const uint8_t linux_kernel[64] = { [36] = 0x18, 0x28, 0x6f, 0x01 };
	struct payload payload = kernel(linux_kernel, sizeof(linux_kernel), false);

	payload.kernel_old = true;
	assert_int_equal(entry_prepare(&payload, board_find("rpi-3"), "", NULL), 0);
	assert_int_equal(payload.kernel_len, sizeof(linux_kernel));
	assert_int_equal(payload.notices.count, 1);
	assert_non_null(strstr(payload.notices.text[0], "is Linux: QEMU chooses its address"));
	payload_free(&payload);
}

static void what_cannot_be_is_an_error(void **state)
{
	struct payload payload = kernel("KERNEL", 6, false);
	struct error err;
	char line[2000];

	assert_int_equal(entry_prepare(&payload, board_find("rpi-3"), "", &err), -1);
	assert_non_null(strstr(err.text, "starts it in 64-bit state"));
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	assert_int_equal(entry_prepare(&payload, board_find("rpi-zero"), line, &err), -1);
	assert_non_null(strstr(err.text, "1999 characters: too many"));
	assert_memory_equal(payload.kernel, "KERNEL", 6);
	payload_free(&payload);
}

static void damaged_elf_files_are_refused(void **state)
{
	struct payload payload = elf(0x8000, 0x8000);
	struct elf_flat flat;
	struct error err;

	for (size_t len = 0; len < payload.kernel_len; len++)
		assert_int_equal(elf_flatten(&flat, payload.kernel, len, &err), -1);
	payload.kernel[5] = 2; /* big-endian */
	assert_int_equal(elf_flatten(&flat, payload.kernel, payload.kernel_len, &err), -1);
	assert_string_equal(err.text, "is a damaged ELF file");
	payload_free(&payload);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_raw_32_bit_kernel_is_at_0x8000_behind_a_start),
		cmocka_unit_test(the_devicetree_gets_memory_and_command_line),
		cmocka_unit_test(a_raw_64_bit_kernel_and_linux_stay),
		cmocka_unit_test(an_elf_file_at_the_firmware_s_address_becomes_raw),
		cmocka_unit_test(an_elf_file_elsewhere_stays_with_a_notice),
		cmocka_unit_test(kernel_address_moves_a_32_bit_kernel),
		cmocka_unit_test(kernel_old_puts_it_at_0_and_tags_over_it),
		cmocka_unit_test(a_64_bit_kernel_is_behind_a_jump_or_at_0),
		cmocka_unit_test(addresses_that_cannot_be_are_errors),
		cmocka_unit_test(linux_stays_where_qemu_puts_it),
		cmocka_unit_test(what_cannot_be_is_an_error),
		cmocka_unit_test(damaged_elf_files_are_refused),
	};

	return cmocka_run_group_tests_name("entry", tests, NULL, NULL);
}
