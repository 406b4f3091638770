// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes a planned FAT file system from front to back: boot sectors, tables, root directory,
 * directories, files. See fat-write.h; the sector layouts are in "Boot Sector and BPB" and "FAT32
 * FSInfo Sector Structure" of the specification.
 */
#include "image/fat/fat-plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image/fat/fat-stream.h"

#define INFO_SECTOR   1u
#define BACKUP_SECTOR 6u /* of the boot sector; that of the info sector follows */
#define END_OF_CHAIN  0x0fffffffu
#define SECTOR_MAX    4096u

/*
 * x86 code that prints a message and asks the BIOS for the next boot device; the message's address
 * is patched in.
 */
static const uint8_t boot_code[] = {
	0x31, 0xc0,	  /*	xor ax, ax */
	0x8e, 0xd8,	  /*	mov ds, ax */
	0xbe, 0x00, 0x00, /*	mov si, message */
	0xac,		  /* 1:	lodsb */
	0x84, 0xc0,	  /*	test al, al */
	0x74, 0x09,	  /*	jz 2f */
	0xb4, 0x0e,	  /*	mov ah, 0x0e */
	0xbb, 0x07, 0x00, /*	mov bx, 7 */
	0xcd, 0x10,	  /*	int 0x10 */
	0xeb, 0xf2,	  /*	jmp 1b */
	0xcd, 0x18,	  /* 2:	int 0x18 */
	0xf4,		  /* 3:	hlt */
	0xeb, 0xfd,	  /*	jmp 3b */
};
#define BOOT_CODE_MESSAGE 5 /* where the address goes */
static const char boot_message[] = "\r\nThis disk does not start a PC.\r\n";

/* Sectors per track that divide the total, as mtools wants it. Nothing else looks at it. */
static uint32_t track_sectors(uint32_t total)
{
	static const uint8_t usual[] = { 63, 32, 16, 8, 4, 2 };

	for (size_t i = 0; i < sizeof(usual); i++) {
		if (total % usual[i] == 0)
			return usual[i];
	}
	return 1;
}

static void encode_parameters(const struct fat_plan *plan, uint8_t *s)
{
	const struct fat_geometry *g = &plan->geometry;
	bool short_total = g->bits != 32 && g->total_sectors < 0x10000;

	memcpy(s + FAT_BOOT_OEM, "FERRY   ", 8);
	fat_put16(s + FAT_BOOT_SECTOR_SIZE, g->sector_size);
	s[FAT_BOOT_CLUSTER_SECTORS] = (uint8_t)g->cluster_sectors;
	fat_put16(s + FAT_BOOT_RESERVED, g->reserved_sectors);
	s[FAT_BOOT_FATS] = FAT_COPIES;
	fat_put16(s + FAT_BOOT_ROOT_ENTRIES, g->root_entries);
	s[FAT_BOOT_MEDIA] = FAT_MEDIA_FIXED;
	fat_put16(s + FAT_BOOT_TRACK_SECTORS, track_sectors(g->total_sectors));
	fat_put16(s + FAT_BOOT_HEADS, 255);
	fat_put32(s + FAT_BOOT_HIDDEN, plan->hidden_sectors);
	if (short_total)
		fat_put16(s + FAT_BOOT_TOTAL16, g->total_sectors);
	else
		fat_put32(s + FAT_BOOT_TOTAL32, g->total_sectors);
	if (g->bits != 32) {
		fat_put16(s + FAT_BOOT_FAT_SECTORS16, g->fat_sectors);
		return;
	}
	fat_put32(s + FAT_BOOT_FAT_SECTORS32, g->fat_sectors);
	fat_put32(s + FAT_BOOT_ROOT_CLUSTER, plan->node[0].cluster);
	fat_put16(s + FAT_BOOT_INFO_SECTOR, INFO_SECTOR);
	fat_put16(s + FAT_BOOT_BACKUP_SECTOR, BACKUP_SECTOR);
}

static void encode_boot_sector(const struct fat_plan *plan, uint8_t *s)
{
	int bits = plan->geometry.bits;
	uint32_t extended = bits == 32 ? FAT_BOOT_EXTENDED32 : FAT_BOOT_EXTENDED16;
	uint32_t code = extended + FAT_EXTENDED_CODE;

	s[0] = 0xeb; /* jmp code */
	s[1] = (uint8_t)(code - 2);
	s[2] = 0x90;
	encode_parameters(plan, s);
	s[extended + FAT_EXTENDED_DRIVE] = 0x80;
	s[extended + FAT_EXTENDED_SIGNATURE] = 0x29;
	fat_put32(s + extended + FAT_EXTENDED_SERIAL, plan->serial);
	memcpy(s + extended + FAT_EXTENDED_LABEL, plan->label, FAT_SHORT_LEN);
	memcpy(s + extended + FAT_EXTENDED_TYPE,
	       bits == 12 ? "FAT12   " :
	       bits == 16 ? "FAT16   " :
			    "FAT32   ",
	       8);
	memcpy(s + code, boot_code, sizeof(boot_code));
	fat_put16(s + code + BOOT_CODE_MESSAGE, 0x7c00 + code + sizeof(boot_code));
	memcpy(s + code + sizeof(boot_code), boot_message, sizeof(boot_message));
	fat_put16(s + FAT_BOOT_SIGNATURE, 0xaa55);
}

static void encode_info_sector(const struct fat_plan *plan, uint8_t *s)
{
	uint32_t used = plan->used_clusters;
	uint32_t all = plan->geometry.clusters;

	fat_put32(s, 0x41615252);
	fat_put32(s + 484, 0x61417272);
	fat_put32(s + 488, all - used);
	fat_put32(s + 492, used < all ? FAT_FIRST_CLUSTER + used : 0xffffffff);
	fat_put32(s + 508, 0xaa550000);
}

static int put_reserved(const struct fat_plan *plan, struct fat_stream *stream, struct error *err)
{
	uint32_t size = plan->geometry.sector_size;
	uint8_t boot[SECTOR_MAX] = { 0 }, info[SECTOR_MAX] = { 0 };

	encode_boot_sector(plan, boot);
	if (fat_stream_put(stream, boot, size, err) < 0)
		return -1;
	if (plan->geometry.bits == 32) {
		encode_info_sector(plan, info);
		if (fat_stream_put(stream, info, size, err) < 0 ||
		    fat_stream_zeros(stream, (uint64_t)(BACKUP_SECTOR - INFO_SECTOR - 1) * size,
				     err) < 0 ||
		    fat_stream_put(stream, boot, size, err) < 0 ||
		    fat_stream_put(stream, info, size, err) < 0)
			return -1;
	}
	return fat_stream_zeros(stream,
				(uint64_t)plan->geometry.reserved_sectors * size -
					fat_stream_position(stream),
				err);
}

/* Packs table entries of 12, 16 or 32 bits into a small buffer on their way to the stream. */
struct packer {
	struct fat_stream *stream;
	int bits;
	uint64_t held; /* bits that do not make a byte yet */
	int held_bits;
	size_t fill;
	uint8_t buf[8192];
};

static int packer_flush(struct packer *packer, struct error *err)
{
	size_t fill = packer->fill;

	packer->fill = 0;
	return fat_stream_put(packer->stream, packer->buf, fill, err);
}

static int pack(struct packer *packer, uint32_t entry, struct error *err)
{
	uint32_t mask = packer->bits == 32 ? END_OF_CHAIN : (1u << packer->bits) - 1;

	packer->held |= (uint64_t)(entry & mask) << packer->held_bits;
	for (packer->held_bits += packer->bits; packer->held_bits >= 8; packer->held_bits -= 8) {
		packer->buf[packer->fill++] = (uint8_t)packer->held;
		packer->held >>= 8;
	}
	return packer->fill > sizeof(packer->buf) - 8 ? packer_flush(packer, err) : 0;
}

static int pack_chain(struct packer *packer, const struct fat_node *node, struct error *err)
{
	for (uint32_t i = 1; i < node->clusters; i++) {
		if (pack(packer, node->cluster + i, err) < 0)
			return -1;
	}
	return node->clusters ? pack(packer, END_OF_CHAIN, err) : 0;
}

/*
 * One copy of the table: the chains in the order in which fat-plan.c allocated them, then nothing.
 */
static int put_table(const struct fat_plan *plan, struct fat_stream *stream, struct error *err)
{
	uint64_t end = fat_stream_position(stream) +
		       (uint64_t)plan->geometry.fat_sectors * plan->geometry.sector_size;
	struct packer packer = { .stream = stream, .bits = plan->geometry.bits };

	if (pack(&packer, 0x0fffff00 | FAT_MEDIA_FIXED, err) < 0 ||
	    pack(&packer, END_OF_CHAIN, err) < 0)
		return -1;
	for (int files = 0; files < 2; files++) {
		for (uint32_t i = 0; i < plan->nodes; i++) {
			if (fat_is_directory(&plan->node[i]) != files &&
			    pack_chain(&packer, &plan->node[i], err) < 0)
				return -1;
		}
	}
	if (packer.held_bits)
		packer.buf[packer.fill++] = (uint8_t)packer.held;
	if (packer_flush(&packer, err) < 0)
		return -1;
	return fat_stream_zeros(stream, end - fat_stream_position(stream), err);
}

/* Puts the directory NODE and zeros up to SIZE bytes. */
static int put_directory(const struct fat_plan *plan, struct fat_stream *stream,
			 const struct fat_node *node, uint64_t size, struct error *err)
{
	size_t len = (size_t)node->slots * FAT_DIR_ENTRY_SIZE;
	uint8_t *buf = malloc(len + 1);
	int ret;

	if (!buf)
		return error_set(err, "out of memory");
	fat_encode_directory(plan, node, buf);
	ret = fat_stream_put(stream, buf, len, err);
	free(buf);
	return ret < 0 ? ret : fat_stream_zeros(stream, size - len, err);
}

static int put_directories(const struct fat_plan *plan, struct fat_stream *stream,
			   struct error *err)
{
	uint32_t cluster = fat_cluster_size(&plan->geometry);

	if (plan->geometry.bits != 32 &&
	    put_directory(plan, stream, &plan->node[0],
			  (uint64_t)fat_root_sectors(&plan->geometry) * plan->geometry.sector_size,
			  err) < 0)
		return -1;
	for (uint32_t i = 0; i < plan->nodes; i++) {
		const struct fat_node *node = &plan->node[i];

		if (fat_is_directory(node) && node->clusters &&
		    put_directory(plan, stream, node, (uint64_t)node->clusters * cluster, err) < 0)
			return -1;
	}
	return 0;
}

static int put_files(const struct fat_plan *plan, struct fat_stream *stream, struct error *err)
{
	uint32_t cluster = fat_cluster_size(&plan->geometry);

	for (uint32_t i = 0; i < plan->nodes; i++) {
		const struct fat_node *node = &plan->node[i];
		const struct tree_node *content = fat_content(node);

		if (fat_is_directory(node) || !node->clusters)
			continue;
		if (fat_stream_put_file(stream, content->source, content->size, err) < 0 ||
		    fat_stream_zeros(stream, (uint64_t)node->clusters * cluster - content->size,
				     err) < 0)
			return -1;
	}
	return fat_stream_flush(stream, err);
}

/* A regular file ends where the file system ends, or after it. A block device has its size. */
static int extend(int fd, uint64_t end, struct error *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return error_errno(err, "cannot find the size of the output file");
	if (S_ISREG(st.st_mode) && (uint64_t)st.st_size < end && ftruncate(fd, (off_t)end) < 0)
		return error_errno(err, "cannot enlarge the output file");
	return 0;
}

int fat_write(const struct fat_plan *plan, int fd, uint64_t offset, struct progress *progress,
	      struct error *err)
{
	const struct fat_geometry *g = &plan->geometry;
	uint64_t used = fat_data_sector(g) * g->sector_size +
			(uint64_t)plan->used_clusters * fat_cluster_size(g);
	struct fat_stream stream;
	int ret = 0;

	if (extend(fd, offset + fat_plan_size(plan), err) < 0 ||
	    fat_stream_open(&stream, fd, offset, used, progress, err) < 0)
		return -1;
	if (put_reserved(plan, &stream, err) < 0)
		ret = -1;
	for (uint32_t i = 0; i < FAT_COPIES && !ret; i++)
		ret = put_table(plan, &stream, err);
	if (ret < 0 || put_directories(plan, &stream, err) < 0 || put_files(plan, &stream, err) < 0)
		ret = -1;
	fat_stream_close(&stream);
	return ret;
}
