// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a kernel file is: see kernel-image.h. Linux's Documentation/arch/arm64/booting.rst and
 * arch/arm/boot/compressed and Documentation/arch/x86/boot.rst give the magic numbers; the ELF
 * specification the rest.
 */
#include "boot/kernel-image.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define GZIP_WINDOW (15 + 16) /* zlib: largest window, gzip header */
#define CHUNK	    (4u << 20)

static const struct {
	size_t offset;
	uint8_t bytes[4];
	enum kernel_kind kind;
} magics[] = {
	{ 36, { 0x18, 0x28, 0x6f, 0x01 }, KERNEL_ARM },
	{ 56, { 'A', 'R', 'M', 0x64 }, KERNEL_ARM64 },
	{ 0x202, { 'H', 'd', 'r', 'S' }, KERNEL_X86 },
};

enum kernel_kind kernel_identify(const uint8_t *data, size_t len)
{
	unsigned int machine;

	if (len >= sizeof(Elf32_Ehdr) && memcmp(data, ELFMAG, SELFMAG) == 0) {
		machine = data[18] | (unsigned int)data[19] << 8;
		return machine == EM_ARM     ? KERNEL_ELF_ARM :
		       machine == EM_AARCH64 ? KERNEL_ELF_ARM64 :
					       KERNEL_ELF_OTHER;
	}
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (len >= magics[i].offset + 4 &&
		    memcmp(data + magics[i].offset, magics[i].bytes, 4) == 0)
			return magics[i].kind;
	return KERNEL_RAW;
}

const char *kernel_kind_name(enum kernel_kind kind)
{
	static const char *const names[] = {
		[KERNEL_RAW] = "no kernel that is known",
		[KERNEL_ARM] = "a 32-bit ARM kernel",
		[KERNEL_ARM64] = "a 64-bit ARM kernel",
		[KERNEL_X86] = "a kernel for PCs",
		[KERNEL_ELF_ARM] = "a 32-bit ARM ELF file",
		[KERNEL_ELF_ARM64] = "a 64-bit ARM ELF file",
		[KERNEL_ELF_OTHER] = "an ELF file for another processor",
	};

	return names[kind];
}

bool kernel_has_one_core(const uint8_t *data, size_t len)
{
	static const char mark[] = "Ferry app on one core";

	return memmem(data, len, mark, sizeof(mark)) != NULL;
}

bool kernel_is_gzip(const uint8_t *data, size_t len)
{
	return len > 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/* Gives the stream CHUNK more bytes of room behind the *SIZE that it has. */
static int more_room(z_stream *stream, uint8_t **buf, size_t *size, struct error *err)
{
	uint8_t *grown;

	if (*size >= KERNEL_LARGEST)
		return error_set(err, "unpacks to more than %u MiB", KERNEL_LARGEST >> 20);
	grown = realloc(*buf, *size + CHUNK);
	if (!grown)
		return error_set(err, "out of memory");
	*buf = grown;
	stream->next_out = grown + *size;
	stream->avail_out = CHUNK;
	*size += CHUNK;
	return 0;
}

int kernel_gunzip(const uint8_t *data, size_t len, uint8_t **out, size_t *out_len,
		  struct error *err)
{
	z_stream stream = { .next_in = (Bytef *)data, .avail_in = (uInt)len };
	uint8_t *buf = NULL;
	size_t size = 0;
	int rc = Z_OK;

	if (len > KERNEL_LARGEST || inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
		return error_set(err, "cannot be unpacked: too large, or out of memory");
	while (rc == Z_OK) {
		if (stream.avail_out == 0 && more_room(&stream, &buf, &size, err) < 0)
			goto fail;
		rc = inflate(&stream, Z_NO_FLUSH);
	}
	if (rc != Z_STREAM_END) {
		error_set(err, "is a damaged gzip file (%s)",
			  stream.msg ? stream.msg : "cut short");
		goto fail;
	}
	*out = buf;
	*out_len = size - stream.avail_out;
	inflateEnd(&stream);
	return 0;

fail:
	inflateEnd(&stream);
	free(buf);
	return -1;
}
