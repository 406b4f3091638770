// SPDX-License-Identifier: GPL-2.0-only
/* A kernel without a card: see kernel-file.h. */
#include "boot/kernel-file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "boot/choose.h"
#include "boot/kernel-image.h"

/* The state in which a kernel starts. */
enum state { EITHER, ARM_32, ARM_64, X86 };

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_kernel_name(const char *name)
{
	size_t len = strlen(name);

	return strncmp(name, "kernel", 6) == 0 && len >= 10 && strcmp(name + len - 4, ".img") == 0;
}

/*
 * Is it a disk, with a partition table or a FAT file system? Only asked of what is no kernel that
 * is known.
 */
static bool is_disk(const uint8_t *head, size_t len)
{
	return len >= 512 && head[510] == 0x55 && head[511] == 0xaa;
}

bool kernel_file_is(const char *path, const char *board)
{
	const struct board *asked = board ? board_find(board) : NULL;
	uint8_t head[KERNEL_HEAD];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof(head));

	if (fd >= 0)
		close(fd);
	if (n < 0)
		return false;
	return is_kernel_name(base_name(path)) || kernel_identify(head, (size_t)n) != KERNEL_RAW ||
	       (asked && !asked->firmware && !is_disk(head, (size_t)n));
}

static enum state state_of(const struct payload *payload)
{
	switch (kernel_identify(payload->kernel, payload->kernel_len)) {
	case KERNEL_ARM:
	case KERNEL_ELF_ARM:
		return ARM_32;
	case KERNEL_ARM64:
	case KERNEL_ELF_ARM64:
		return ARM_64;
	case KERNEL_X86:
		return X86;
	default:
		return strcmp(payload->kernel_name, "kernel8.img") == 0 ? ARM_64 :
		       is_kernel_name(payload->kernel_name)		? ARM_32 :
									  EITHER;
	}
}

static bool runs(const struct board *board, enum state state)
{
	bool wide = board->kernels64 || board->arm_64bit;

	if (board->x86 || state == X86)
		return board->x86 && state == X86;
	return state == EITHER || (state == ARM_64) == wide;
}

/* A 32-bit kernel of which nothing else is known is a Pi's: it has a name for such ones. */
static const struct board *the_only_one(const char *path, enum state state, struct error *err)
{
	const struct board *found = NULL;
	struct strbuf names = STRBUF_INIT;
	int count = 0;

	for (size_t i = 0; boards[i]; i++) {
		if (!runs(boards[i], state) || (state == ARM_32 && !boards[i]->kernels32))
			continue;
		found = boards[i];
		strbuf_addf(&names, "%s%s", count++ ? ", " : "", found->name);
	}
	if (count != 1) {
		found = NULL;
		error_set(err, "%s: say with --board which board the kernel is for: %s", path,
			  names.buf ? names.buf : "there is none");
	}
	strbuf_free(&names);
	return found;
}

static const struct board *choose(const char *path, const char *name, enum state state,
				  const char **why, struct error *err)
{
	const struct board *board = board_choose_named(name, path, why, err);

	if (board || name)
		return board;
	*why = "the only board that runs such a kernel";
	return the_only_one(path, state, err);
}

static int read_kernel(struct payload *payload, const char *path, struct error *err)
{
	char *data;
	uint8_t *unpacked;
	size_t len;

	if (file_read(path, KERNEL_LARGEST, &data, &payload->kernel_len, err) < 0)
		return -1;
	payload->kernel = (uint8_t *)data;
	payload->kernel_name = strdup(base_name(path));
	if (!payload->kernel_name)
		return error_set(err, "out of memory");
	if (!payload->kernel_len)
		return error_set(err, "%s: is empty", path);
	if (!kernel_is_gzip(payload->kernel, payload->kernel_len))
		return 0;
	if (kernel_gunzip(payload->kernel, payload->kernel_len, &unpacked, &len, err) < 0)
		return error_prefix(err, "%s", path);
	free(payload->kernel);
	payload->kernel = unpacked;
	payload->kernel_len = len;
	return 0;
}

const struct board *kernel_file_load(struct payload *payload, const char *path, const char *name,
				     const char **why, struct error *err)
{
	const struct board *board;
	enum state state;

	memset(payload, 0, sizeof(*payload));
	if (read_kernel(payload, path, err) < 0)
		return NULL;
	if (kernel_identify(payload->kernel, payload->kernel_len) == KERNEL_ELF_OTHER) {
		error_set(err, "%s: is an ELF file for another processor", path);
		return NULL;
	}
	state = state_of(payload);
	board = choose(path, name, state, why, err);
	if (!board)
		return NULL;
	payload->aarch64 = state == ARM_64 || (state == EITHER && runs(board, ARM_64));
	if (board->x86 && state != X86) {
		error_set(err, "%s: is no Linux for PCs (bzImage), and %s takes no other kernel",
			  path, board->title);
		return NULL;
	}
	if (!board->x86 && (state == X86 || (payload->aarch64 && !runs(board, ARM_64)))) {
		error_set(err, "%s: is a %s kernel, which a %s cannot run", path,
			  state == X86 ? "PC's" : "64-bit", board->title);
		return NULL;
	}
	return board;
}
