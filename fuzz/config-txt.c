// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever config.txt and the files that it names say, the firmware's part of a boot ends, with a
 * payload or an error. The input is config.txt up to its first zero byte; what follows is the
 * contents of every other text file that is asked for. Kernel and devicetree are fixed and good,
 * overlays are empty ones.
 */
#include <libfdt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "boot/firmware.h"
#include "boot/quirks.h"

struct fuzz_files {
	struct boot_files files;
	const uint8_t *config, *other;
	size_t config_len, other_len;
};

static uint8_t tree[1024];
static const uint8_t kernel[64] = { 0x1f, 0, 0, 0xea };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int rc)
{
	if (rc < 0)
		abort();
}

/* A devicetree with a UART, aliases and one parameter; as an overlay it changes nothing. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char speed[] = "\0\0\0\1speed:0";

	check(fdt_create(tree, sizeof(tree)));
	check(fdt_finish_reservemap(tree));
	check(fdt_begin_node(tree, ""));
	check(fdt_begin_node(tree, "aliases"));
	check(fdt_property_string(tree, "serial0", "/serial"));
	check(fdt_end_node(tree));
	check(fdt_begin_node(tree, "serial"));
	check(fdt_property_string(tree, "compatible", "arm,pl011"));
	check(fdt_property_u32(tree, "phandle", 1));
	check(fdt_end_node(tree));
	check(fdt_begin_node(tree, "__overrides__"));
	check(fdt_property(tree, "speed", speed, sizeof(speed)));
	check(fdt_end_node(tree));
	check(fdt_end_node(tree));
	check(fdt_finish(tree));
	return 0;
}

static int ends_with(const char *path, const char *end)
{
	size_t len = strlen(path), tail = strlen(end);

	return len >= tail && strcmp(path + len - tail, end) == 0;
}

static int file_exists(struct boot_files *files, const char *path, struct error *err)
{
	return !strstr(path, "none");
}

static int file_read(struct boot_files *files, const char *path, size_t max, uint8_t **data,
		     size_t *len, struct error *err)
{
	const struct fuzz_files *fuzz = (const struct fuzz_files *)files;
	const uint8_t *from = fuzz->other;

	if (!file_exists(files, path, err))
		return 0;
	*len = fuzz->other_len;
	if (strcmp(path, "config.txt") == 0) {
		from = fuzz->config;
		*len = fuzz->config_len;
	} else if (ends_with(path, ".dtb") || ends_with(path, ".dtbo")) {
		from = tree;
		*len = fdt_totalsize(tree);
	} else if (ends_with(path, ".img")) {
		from = kernel;
		*len = sizeof(kernel);
	}
	if (*len > max)
		return error_set(err, "%s: too large", path);
	*data = malloc(*len + 1);
	memcpy(*data, from, *len);
	(*data)[*len] = '\0';
	return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
	struct fuzz_files fuzz = { .files = { file_exists, file_read },
				   .config = data,
				   .other = data };
	struct payload payload;
	struct error err;

	fuzz.config_len = zero ? (size_t)(zero - data) : size;
	if (zero) {
		fuzz.other = zero + 1;
		fuzz.other_len = size - fuzz.config_len - 1;
	}
	for (size_t i = 0; boards[i]; i++) {
		if (!boards[i]->firmware)
			continue;
		if (firmware_load(&payload, boards[i], &fuzz.files, &err) == 0) {
			check(quirks_apply(boards[i], &payload, &err));
			if (payload.dtb)
				check(fdt_check_full(payload.dtb, payload.dtb_len));
		}
		payload_free(&payload);
	}
	return 0;
}
