// SPDX-License-Identifier: GPL-2.0-only
/* Keywords and names of an mtree specification: see mtree-keywords.h. */
#include "image/tree/mtree-keywords.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *mtree_next_word(char **line)
{
	char *word = *line + strspn(*line, " \t\r"), *end;

	if (!*word)
		return NULL;
	end = word + strcspn(word, " \t\r");
	*line = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

int mtree_decode(char *word, struct error *err)
{
	static const char letters[] = "abefnrstv", values[] = "\a\b\033\f\n\r \t\v";
	char *from = word, *to = word;

	while (*from) {
		const char *letter;
		int code;

		if (*from != '\\') {
			*to++ = *from++;
			continue;
		}
		from++;
		if (is_octal(from[0]) && is_octal(from[1]) && is_octal(from[2])) {
			code = (from[0] - '0') * 64 + (from[1] - '0') * 8 + (from[2] - '0');
			if (code == 0 || code > 255)
				return error_set(err, "a bad escape sequence in a name: \\%.3s",
						 from);
			*to++ = (char)code;
			from += 3;
			continue;
		}
		letter = *from ? strchr(letters, *from) : NULL;
		if (!*from)
			return error_set(err, "a name that ends in a backslash");
		*to++ = letter ? values[letter - letters] : *from;
		from++;
	}
	*to = '\0';
	return 0;
}

static int read_number(const char *text, int base, uint64_t max, uint64_t *value, struct error *err)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, base);
	if (*text < '0' || *text > '9' || *end || errno || *value > max)
		return error_set(err, "'%s' is no number from 0 to %llu", text,
				 (unsigned long long)max);
	return 0;
}

static int read_type(struct mtree_attributes *a, char *value, struct error *err)
{
	static const struct {
		const char *name;
		mode_t type;
	} types[] = {
		{ "file", S_IFREG }, { "dir", S_IFDIR },   { "link", S_IFLNK },
		{ "char", S_IFCHR }, { "block", S_IFBLK }, { "fifo", S_IFIFO },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(value, types[i].name) == 0) {
			a->type = types[i].type;
			return 0;
		}
	}
	return error_set(err, "'%s' is no type; known are file, dir, link, char, block, fifo",
			 value);
}

static int read_mode(struct mtree_attributes *a, char *value, struct error *err)
{
	uint64_t mode;

	if (read_number(value, 8, 07777, &mode, err) < 0)
		return error_set(err, "'%s' is no octal mode such as 0755", value);
	a->mode = (mode_t)mode;
	a->has_mode = true;
	return 0;
}

static int read_uid(struct mtree_attributes *a, char *value, struct error *err)
{
	uint64_t n;

	if (read_number(value, 10, UINT32_MAX - 1, &n, err) < 0)
		return -1;
	a->uid = (uint32_t)n;
	a->has_uid = true;
	return 0;
}

static int read_gid(struct mtree_attributes *a, char *value, struct error *err)
{
	uint64_t n;

	if (read_number(value, 10, UINT32_MAX - 1, &n, err) < 0)
		return -1;
	a->gid = (uint32_t)n;
	a->has_gid = true;
	return 0;
}

/* The target's users are not the host's, so that only root has a known number. */
static int read_uname(struct mtree_attributes *a, char *value, struct error *err)
{
	if (strcmp(value, "root") != 0)
		return error_set(err, "only 'root' has a known number: give uid= for '%s'", value);
	a->uid = 0;
	a->has_uid = true;
	return 0;
}

static int read_gname(struct mtree_attributes *a, char *value, struct error *err)
{
	if (strcmp(value, "root") != 0)
		return error_set(err, "only 'root' has a known number: give gid= for '%s'", value);
	a->gid = 0;
	a->has_gid = true;
	return 0;
}

static int read_link(struct mtree_attributes *a, char *value, struct error *err)
{
	if (mtree_decode(value, err) < 0)
		return -1;
	if (!*value)
		return error_set(err, "an empty target");
	a->link = value;
	return 0;
}

static int read_contents(struct mtree_attributes *a, char *value, struct error *err)
{
	if (mtree_decode(value, err) < 0)
		return -1;
	if (!*value)
		return error_set(err, "an empty name");
	a->contents = value;
	return 0;
}

/* `native,1,3`, `linux,1,3`, or `1,3`. */
static int read_device(struct mtree_attributes *a, char *value, struct error *err)
{
	char *minor = strrchr(value, ','), *major = value;
	uint64_t n;

	if (strncmp(value, "native,", 7) == 0)
		major = value + 7;
	else if (strncmp(value, "linux,", 6) == 0)
		major = value + 6;
	if (!minor || minor < major)
		return error_set(err, "'%s' is no device such as 5,1 or native,5,1", value);
	*minor++ = '\0';
	if (read_number(major, 0, 4095, &n, err) < 0)
		return -1;
	a->major = (uint32_t)n;
	if (read_number(minor, 0, 0xfffff, &n, err) < 0)
		return -1;
	a->minor = (uint32_t)n;
	a->has_device = true;
	return 0;
}

/* Seconds, with a fraction that is left out: the time of a FAT or cpio image has none. */
static int read_time(struct mtree_attributes *a, char *value, struct error *err)
{
	uint64_t n;

	value[strcspn(value, ".")] = '\0';
	if (read_number(value, 10, UINT32_MAX, &n, err) < 0)
		return -1;
	a->time = (int64_t)n;
	a->has_time = true;
	return 0;
}

static int read_size(struct mtree_attributes *a, char *value, struct error *err)
{
	a->has_size = true;
	return read_number(value, 10, INT64_MAX, &a->size, err);
}

static int read_optional(struct mtree_attributes *a, char *value, struct error *err)
{
	a->optional = true;
	return 0;
}

static const struct keyword {
	const char *name;
	bool has_value;
	/* NULL: no meaning here */
	int (*read)(struct mtree_attributes *a, char *value, struct error *err);
} keywords[] = {
	{ "type", true, read_type },
	{ "mode", true, read_mode },
	{ "uid", true, read_uid },
	{ "gid", true, read_gid },
	{ "uname", true, read_uname },
	{ "gname", true, read_gname },
	{ "link", true, read_link },
	{ "time", true, read_time },
	{ "device", true, read_device },
	{ "contents", true, read_contents },
	{ "content", true, read_contents },
	{ "size", true, read_size },
	{ "optional", false, read_optional },
	{ "ignore", false, NULL },
	{ "nochange", false, NULL },
	{ "nlink", true, NULL },
	{ "inode", true, NULL },
	{ "resdevice", true, NULL },
	{ "flags", true, NULL },
	{ "cksum", true, NULL },
	{ "md5", true, NULL },
	{ "md5digest", true, NULL },
	{ "rmd160", true, NULL },
	{ "rmd160digest", true, NULL },
	{ "ripemd160digest", true, NULL },
	{ "sha1", true, NULL },
	{ "sha1digest", true, NULL },
	{ "sha256", true, NULL },
	{ "sha256digest", true, NULL },
	{ "sha384", true, NULL },
	{ "sha384digest", true, NULL },
	{ "sha512", true, NULL },
	{ "sha512digest", true, NULL },
};

static const struct keyword *find_keyword(const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (strlen(keywords[i].name) == len && strncmp(keywords[i].name, name, len) == 0)
			return &keywords[i];
	return NULL;
}

int mtree_keywords_read(struct mtree_attributes *a, char *line, struct error *err)
{
	char *word;

	while ((word = mtree_next_word(&line)) != NULL && word[0] != '#') {
		size_t len = strcspn(word, "=");
		const struct keyword *k = find_keyword(word, len);

		if (!k)
			return error_set(err, "'%.*s' is no keyword of mtree that ferry knows",
					 (int)len, word);
		if (k->has_value && word[len] != '=')
			return error_set(err, "%s= needs a value", k->name);
		if (k->read && k->read(a, word + len + (word[len] == '='), err) < 0)
			return error_prefix(err, "%s", k->name);
	}
	return 0;
}

int mtree_keywords_unset(struct mtree_attributes *a, char *line, struct error *err)
{
	char *word;

	while ((word = mtree_next_word(&line)) != NULL) {
		bool all = strcmp(word, "all") == 0;

		if (!all && !find_keyword(word, strlen(word)))
			return error_set(err, "'%s' is no keyword of mtree that ferry knows", word);
		if (all || strcmp(word, "type") == 0)
			a->type = 0;
		if (all || strcmp(word, "mode") == 0)
			a->has_mode = false;
		if (all || strcmp(word, "uid") == 0 || strcmp(word, "uname") == 0)
			a->has_uid = false;
		if (all || strcmp(word, "gid") == 0 || strcmp(word, "gname") == 0)
			a->has_gid = false;
		if (all || strcmp(word, "time") == 0)
			a->has_time = false;
		if (all || strcmp(word, "optional") == 0)
			a->optional = false;
	}
	return 0;
}
