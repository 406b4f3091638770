// SPDX-License-Identifier: GPL-2.0-only
/*
 * A boot reads its files from a FAT file system that mtools made, and refuses it cut short; damaged
 * bytes never crash it.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "boot/fat-files.h"
#include "boot/firmware.h"
#include "boot/quirks.h"
#include "dts.h"

#define IMAGE_KIB  1440
#define KERNEL_LEN 20000

static const char tree_source[] = "/dts-v1/; / { aliases { serial0 = &uart0; }; soc { uart0: "
				  "serial { compatible = \"arm,pl011\";"
				  " }; watchdog@7e100000 { reg = <1 2 3 4>; }; }; };";

static const char overlay_source[] =
	"/dts-v1/; /plugin/; / { fragment@0 { target = <&uart0>; __overlay__ { hit; }; }; };";

static char *image;
static size_t image_len;
static uint8_t kernel[KERNEL_LEN];

static void put(const char *directory, const char *name, const void *data, size_t len)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	fclose(file);
}

/* Makes the image: long names, a directory, letters of both cases. */
static int setup_group(void **state)
{
	static const char config[] = "kernel=vmlinuz-6.12.95+deb12-rpi\ndtoverlay=ferry-beeper\n";
	char directory[] = "/tmp/fat-files-XXXXXX", command[1024], path[64];
	struct blob tree = dts_compile(tree_source), overlay = dts_compile(overlay_source);

	assert_non_null(mkdtemp(directory));
	for (size_t i = 0; i < KERNEL_LEN; i++)
		kernel[i] = (uint8_t)(i * i >> 8);
	put(directory, "vmlinuz-6.12.95+deb12-rpi", kernel, KERNEL_LEN);
	put(directory, "CONFIG.TXT", config, sizeof(config) - 1);
	put(directory, "cmdline.txt", "console=serial0,115200\n", 23);
	put(directory, "bcm2835-rpi-zero.dtb", tree.data, tree.len);
	put(directory, "ferry-beeper.dtbo", overlay.data, overlay.len);
	snprintf(command, sizeof(command),
		 "cd %s && mformat -C -i i -f %d :: && mmd -i i ::overlays && "
		 "mcopy -i i ferry-beeper.dtbo ::overlays/ && mcopy -i i CONFIG.TXT cmdline.txt "
		 "vmlinuz* bcm* ::",
		 directory, IMAGE_KIB);
	assert_int_equal(system(command), 0);
	snprintf(path, sizeof(path), "%s/i", directory);
	assert_int_equal(file_read(path, 4 << 20, &image, &image_len, NULL), 0);
	snprintf(command, sizeof(command), "rm -r %s", directory);
	assert_int_equal(system(command), 0);
	free(tree.data);
	free(overlay.data);
	return 0;
}

static int teardown_group(void **state)
{
	free(image);
	return 0;
}

/* Does the firmware's part on the first LEN bytes of the image. */
static int load(struct payload *payload, size_t len, struct error *err)
{
	const struct board *board = board_find("rpi-zero");
	struct fat_volume *volume;
	struct fat_files files;
	struct disk disk;
	int rc;

	memset(payload, 0, sizeof(*payload));
	err->text[0] = '\0';
	disk_from_memory(&disk, image, len, "image");
	if (fat_open(&volume, &disk, err) < 0)
		return -1;
	files = fat_files_on(volume);
	rc = firmware_load(payload, board, &files.files, err);
	if (rc == 0)
		rc = quirks_apply(board, payload, err);
	fat_close(volume);
	return rc;
}

static void a_sound_image_boots(void **state)
{
	struct payload payload;
	struct error err;

	if (load(&payload, image_len, &err) < 0)
		fail_msg("%s", err.text);
	assert_string_equal(payload.kernel_name, "vmlinuz-6.12.95+deb12-rpi");
	assert_int_equal(payload.kernel_len, KERNEL_LEN);
	assert_memory_equal(payload.kernel, kernel, KERNEL_LEN);
	assert_string_equal(payload.cmdline, "console=ttyAMA0,115200");
	assert_non_null(
		fdt_getprop(payload.dtb, fdt_path_offset(payload.dtb, "/soc/serial"), "hit", NULL));
	assert_int_equal(payload.notices.count, 1); /* of the quirk */
	payload_free(&payload);
}

/* 24 KiB end before the kernel does: none of these can be whole. */
static void a_truncated_image_is_an_error(void **state)
{
	struct payload payload;
	struct error err;

	for (size_t len = 0; len <= 24 * 1024; len += 512) {
		assert_int_equal(load(&payload, len, &err), -1);
		assert_true(err.text[0] != '\0');
		payload_free(&payload);
	}
}

/*
 * Every byte of the boot sector, the tables, the directories and config.txt is bent once: an error
 * or not, no crash.
 */
static void damaged_bytes_never_crash(void **state)
{
	struct payload payload;
	struct error err;
	int errors = 0;

	for (size_t at = 0; at < 20 * 1024; at += at < 1024 ? 1 : 13) {
		image[at] ^= (char)0xff;
		if (load(&payload, image_len, &err) < 0) {
			errors++;
			assert_true(err.text[0] != '\0');
		}
		payload_free(&payload);
		image[at] ^= (char)0xff;
	}
	assert_true(errors > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_image_boots),
		cmocka_unit_test(a_truncated_image_is_an_error),
		cmocka_unit_test(damaged_bytes_never_crash),
	};

	return cmocka_run_group_tests_name("fat-files", tests, setup_group, teardown_group);
}
