// SPDX-License-Identifier: GPL-2.0-only
/* Long names in FAT: UTF-8, UTF-16 and case. See fat-name.h. */
#include "image/fat/fat-name.h"

#include <string.h>

#define REPLACEMENT 0xfffdu
#define INVALID	    0xffffffffu

/*
 * Takes one character off valid or invalid UTF-8, at least one byte; INVALID for what is none. Not
 * at the end.
 */
static uint32_t utf8_next(const char **text)
{
	static const uint32_t smallest[] = { 0, 0x80, 0x800, 0x10000 };
	const uint8_t *p = (const uint8_t *)*text;
	unsigned int more = *p < 0x80 ? 0 :
			    *p < 0xc0 ? 4 :
			    *p < 0xe0 ? 1 :
			    *p < 0xf0 ? 2 :
			    *p < 0xf8 ? 3 :
					4;
	uint32_t c;

	(*text)++;
	if (more == 4)
		return INVALID;
	c = more ? *p & (0x3fu >> more) : *p;
	for (unsigned int i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return INVALID;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < smallest[more] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return INVALID;
	*text += more;
	return c;
}

static char *utf8_put(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	} else {
		*to++ = (char)(0xf0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	}
	return to;
}

static int check_character(uint32_t c, struct error *err)
{
	if (c == INVALID)
		return error_set(err, "it is not valid UTF-8");
	if (c < 0x20)
		return error_set(err, "FAT names cannot have the control character 0x%02x",
				 (unsigned int)c);
	if (c < 0x80 && strchr("\"*/:<>?\\|", (int)c))
		return error_set(err, "FAT names cannot have the character %c", (int)c);
	return 0;
}

int fat_name_to_utf16(const char *name, uint16_t units[FAT_NAME_UNITS_MAX], struct error *err)
{
	unsigned int count = 0;
	uint32_t c = 0;

	if (!*name)
		return error_set(err, "it is empty");
	while (*name) {
		c = utf8_next(&name);
		if (check_character(c, err) < 0)
			return -1;
		if (count + (c > 0xffff) >= FAT_NAME_UNITS_MAX)
			return error_set(err, "FAT names have at most %u characters",
					 FAT_NAME_UNITS_MAX);
		if (c > 0xffff) {
			units[count++] = (uint16_t)(0xd800 + ((c - 0x10000) >> 10));
			units[count++] = (uint16_t)(0xdc00 + ((c - 0x10000) & 0x3ff));
		} else {
			units[count++] = (uint16_t)c;
		}
	}
	if (c == '.' || c == ' ')
		return error_set(err, "FAT names cannot end with a %s", c == '.' ? "dot" : "space");
	return (int)count;
}

void fat_name_from_utf16(const uint16_t *units, unsigned int count, char name[FAT_NAME_SIZE])
{
	for (unsigned int i = 0; i < count; i++) {
		uint32_t c = units[i];
		uint32_t next = i + 1 < count ? units[i + 1] : 0;

		if (c >= 0xd800 && c <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
			c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
			i++;
		} else if (c >= 0xd800 && c <= 0xdfff) {
			c = REPLACEMENT;
		}
		name = utf8_put(name, c);
	}
	*name = '\0';
}

/*
 * Capital letters for the scripts that have case and are in use: what Windows' table for FAT holds,
 * without its rare entries. Of a range with step 2 every second character, from the first on, is a
 * small letter.
 */
static const struct {
	uint16_t first, last;
	uint16_t step;
	int16_t capital; /* what to add */
} small_letters[] = {
	{ 'a', 'z', 1, -32 },	  { 0xe0, 0xf6, 1, -32 }, /* Latin 1 */
	{ 0xf8, 0xfe, 1, -32 },	  { 0xff, 0xff, 1, 121 },
	{ 0x101, 0x12f, 2, -1 }, /* Latin Extended A */
	{ 0x133, 0x137, 2, -1 },  { 0x13a, 0x148, 2, -1 },
	{ 0x14b, 0x177, 2, -1 },  { 0x17a, 0x17e, 2, -1 },
	{ 0x3ac, 0x3ac, 1, -38 }, /* Greek */
	{ 0x3ad, 0x3af, 1, -37 }, { 0x3b1, 0x3c1, 1, -32 },
	{ 0x3c3, 0x3cb, 1, -32 }, { 0x3cc, 0x3cc, 1, -64 },
	{ 0x3cd, 0x3ce, 1, -63 }, { 0x430, 0x44f, 1, -32 }, /* Cyrillic */
	{ 0x450, 0x45f, 1, -80 }, { 0x461, 0x481, 2, -1 },
	{ 0x48b, 0x4bf, 2, -1 },  { 0x561, 0x586, 1, -48 }, /* Armenian */
};

static uint32_t capital(uint32_t c)
{
	for (size_t i = 0; i < sizeof(small_letters) / sizeof(small_letters[0]); i++) {
		if (c < small_letters[i].first)
			return c;
		if (c <= small_letters[i].last)
			return (c - small_letters[i].first) % small_letters[i].step ?
				       c :
				       (uint32_t)((int32_t)c + small_letters[i].capital);
	}
	return c;
}

int fat_name_compare(const char *a, const char *b)
{
	while (*a && *b) {
		uint32_t x = capital(utf8_next(&a));
		uint32_t y = capital(utf8_next(&b));

		if (x != y)
			return x < y ? -1 : 1;
	}
	return *a ? 1 : *b ? -1 : 0;
}
