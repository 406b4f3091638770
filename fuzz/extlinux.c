// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever extlinux.conf says, an entry is loaded or refused. The input is its text; every other
 * file is the same devicetree-sized noise.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "boot/extlinux.h"

struct fuzz_files {
	struct boot_files files;
	const uint8_t *text;
	size_t len;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int exists(struct boot_files *files, const char *path, struct error *err)
{
	return 1;
}

/* The kernel's magic number is where both kinds have theirs. */
static int read_file(struct boot_files *files, const char *path, size_t max, uint8_t **data,
		     size_t *len, struct error *err)
{
	const struct fuzz_files *fuzz = (const struct fuzz_files *)files;
	bool conf = strcmp(path, "extlinux/extlinux.conf") == 0;

	*len = conf ? fuzz->len : 0x210;
	if (*len > max)
		return error_set(err, "%s: larger than %zu bytes", path, max);
	*data = calloc(1, *len + 1);
	if (!*data)
		return error_set(err, "out of memory");
	if (conf)
		memcpy(*data, fuzz->text, *len);
	else if (strstr(path, "arm"))
		memcpy(*data + 56, "ARM\x64", 4);
	else
		memcpy(*data + 0x202, "HdrS", 4);
	return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_files files = { { exists, read_file }, data, size };
	static const char *const names[] = { "virt", "pc" };
	struct payload payload;
	struct error err;

	for (size_t i = 0; i < 2; i++) {
		if (extlinux_load(&payload, board_find(names[i]), &files.files, &err) == 0 &&
		    !payload.kernel)
			abort();
		payload_free(&payload);
	}
	return 0;
}
