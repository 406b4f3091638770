// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a kernel file is, an ELF file too, `ferry boot` makes it ready for every board or
 * refuses it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "boot/elf-flat.h"
#include "boot/entry.h"
#include "boot/kernel-image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void prepare(const struct board *board, bool aarch64, const uint8_t *data, size_t size,
		    bool placed)
{
	struct payload payload = { .aarch64 = aarch64, .kernel_len = size };
	struct error err;

	if (placed) {
		memcpy(&payload.kernel_address, data, size < 3 ? size : 3); /* up to 16 MiB */
		payload.kernel_old = payload.kernel_address & 1;
		payload.no_tags = payload.kernel_address & 2;
	}
	payload.kernel_name = strdup("kernel");
	payload.kernel = malloc(size);
	if (!payload.kernel_name || !payload.kernel)
		abort();
	memcpy(payload.kernel, data, size);
	if (entry_prepare(&payload, board, "quiet", &err) == 0 &&
	    (!payload.kernel || !payload.kernel_len))
		abort();
	/* What was made for QEMU can be taken apart again. */
	if (board == board_find("rpi-zero") && !placed &&
	    kernel_identify(data, size) == KERNEL_RAW) {
		struct elf_flat flat;

		if (elf_flatten(&flat, payload.kernel, payload.kernel_len, &err) < 0 ||
		    flat.len != 0x8000 + size || memcmp(flat.bytes + 0x8000, data, size) != 0)
			abort();
		free(flat.bytes);
	}
	payload_free(&payload);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	for (size_t i = 0; boards[i]; i++)
		for (int placed = 0; placed < 2; placed++)
			prepare(boards[i], boards[i] != board_find("rpi-zero"), data, size, placed);
	return 0;
}
