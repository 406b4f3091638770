// SPDX-License-Identifier: GPL-2.0-only
/* Short names in FAT, of 8 and 3 characters. See fat-name.h. */
#include "image/fat/fat-name.h"

#include <stdio.h>
#include <string.h>

#define BASE_LEN 8
#define EXT_LEN	 3

uint8_t fat_short_checksum(const uint8_t short_name[FAT_SHORT_LEN])
{
	uint8_t sum = 0;

	for (int i = 0; i < FAT_SHORT_LEN; i++)
		sum = (uint8_t)((sum >> 1 | sum << 7) + short_name[i]);
	return sum;
}

/* What became of one part, base or extension, of a name. */
struct part {
	bool exact; /* nothing dropped or replaced */
	bool lower; /* has small letters */
	bool upper; /* has capitals */
};

/* Turns LEN bytes of NAME into up to MAX characters of a short name. */
static struct part fill_part(const char *name, size_t len, uint8_t *to, size_t max)
{
	struct part part = { .exact = true };
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		uint8_t c = (uint8_t)name[i];

		if (c == ' ' || c == '.' || used == max) {
			part.exact = false;
			continue;
		}
		if ((c & 0xc0) == 0x80) /* the rest of a character that was replaced */
			continue;
		if (c >= 0x7f || strchr("+,;=[]", c)) {
			part.exact = false;
			c = '_';
		} else if (c >= 'a' && c <= 'z') {
			part.lower = true;
			c = (uint8_t)(c - 'a' + 'A');
		} else if (c >= 'A' && c <= 'Z') {
			part.upper = true;
		}
		to[used++] = c;
	}
	return part;
}

bool fat_short_name(const char *name, uint8_t short_name[FAT_SHORT_LEN], uint8_t *case_flags,
		    bool *needs_long)
{
	const char *start = name + strspn(name, ". ");
	const char *dot = strrchr(start, '.');
	size_t base_len = dot ? (size_t)(dot - start) : strlen(start);
	struct part base, ext = { .exact = true };
	bool exact;

	memset(short_name, ' ', FAT_SHORT_LEN);
	base = fill_part(start, base_len, short_name, BASE_LEN);
	if (dot)
		ext = fill_part(dot + 1, strlen(dot + 1), short_name + BASE_LEN, EXT_LEN);
	exact = start == name && base_len && base.exact && ext.exact;
	*case_flags = (base.lower ? FAT_CASE_LOWER_BASE : 0) | (ext.lower ? FAT_CASE_LOWER_EXT : 0);
	*needs_long = !exact || (base.lower && base.upper) || (ext.lower && ext.upper);
	if (*needs_long)
		*case_flags = 0;
	if (short_name[0] == ' ')
		short_name[0] = '_';
	return exact;
}

void fat_short_tail(const uint8_t basis[FAT_SHORT_LEN], uint32_t number,
		    uint8_t short_name[FAT_SHORT_LEN])
{
	char tail[12];
	size_t len = (size_t)snprintf(tail, sizeof(tail), "~%u", number);
	size_t keep = BASE_LEN - len;

	memcpy(short_name, basis, FAT_SHORT_LEN);
	while (keep && basis[keep - 1] == ' ')
		keep--;
	memset(short_name + keep, ' ', BASE_LEN - keep);
	memcpy(short_name + keep, tail, len);
}

/* Code page 437 from 0x80 on: what DOS and Linux take a short name to be in. */
static const uint16_t code_page_437[128] = {
	0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, 0x00ea, 0x00eb, 0x00e8,
	0x00ef, 0x00ee, 0x00ec, 0x00c4, 0x00c5, 0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2,
	0x00fb, 0x00f9, 0x00ff, 0x00d6, 0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, 0x00e1,
	0x00ed, 0x00f3, 0x00fa, 0x00f1, 0x00d1, 0x00aa, 0x00ba, 0x00bf, 0x2310, 0x00ac, 0x00bd,
	0x00bc, 0x00a1, 0x00ab, 0x00bb, 0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562,
	0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255d, 0x255c, 0x255b, 0x2510, 0x2514, 0x2534,
	0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f, 0x255a, 0x2554, 0x2569, 0x2566, 0x2560,
	0x2550, 0x256c, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256b,
	0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580, 0x03b1, 0x00df, 0x0393,
	0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4, 0x03a6, 0x0398, 0x03a9, 0x03b4, 0x221e, 0x03c6,
	0x03b5, 0x2229, 0x2261, 0x00b1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00f7, 0x2248, 0x00b0,
	0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0,
};

/* Adds the characters of one part to UNITS, without the spaces that pad it. Returns how many. */
static unsigned int part_to_utf16(const uint8_t *part, unsigned int len, bool lower,
				  uint16_t *units)
{
	while (len && part[len - 1] == ' ')
		len--;
	for (unsigned int i = 0; i < len; i++) {
		uint8_t c = part[i];

		if (c < 0x20 || c == '/')
			units[i] = '_';
		else if (c >= 0x80)
			units[i] = code_page_437[c - 0x80];
		else
			units[i] = lower && c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
	}
	return len;
}

void fat_short_to_utf8(const uint8_t short_name[FAT_SHORT_LEN], uint8_t case_flags,
		       char name[FAT_NAME_SIZE])
{
	uint16_t units[FAT_SHORT_LEN + 1];
	uint8_t raw[FAT_SHORT_LEN];
	unsigned int count, ext;

	memcpy(raw, short_name, sizeof(raw));
	if (raw[0] == FAT_DIR_KANJI)
		raw[0] = FAT_DIR_DELETED;
	count = part_to_utf16(raw, BASE_LEN, case_flags & FAT_CASE_LOWER_BASE, units);
	ext = part_to_utf16(raw + BASE_LEN, EXT_LEN, case_flags & FAT_CASE_LOWER_EXT,
			    units + count + 1);
	if (ext) {
		units[count] = '.';
		count += ext + 1;
	}
	fat_name_from_utf16(units, count, name);
}

void fat_label_to_utf8(const uint8_t label[FAT_SHORT_LEN], char name[FAT_NAME_SIZE])
{
	uint16_t units[FAT_SHORT_LEN];
	uint8_t raw[FAT_SHORT_LEN];

	memcpy(raw, label, sizeof(raw));
	if (raw[0] == FAT_DIR_KANJI)
		raw[0] = FAT_DIR_DELETED;
	fat_name_from_utf16(units, part_to_utf16(raw, FAT_SHORT_LEN, false, units), name);
}
