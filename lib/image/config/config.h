/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The config language: that of genimage. A parsed config is a tree of sections
 * that hold values as text, each with the file and line that it came from; the getters turn text
 * into numbers, sizes and so on. What may stand where is said by tables of struct config_key.
 */
#ifndef LIB_IMAGE_CONFIG_H
#define LIB_IMAGE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum config_kind {
	CONFIG_TEXT,
	CONFIG_BOOL,	/* yes, no, true, false, on, off */
	CONFIG_SIZE,	/* a number with the suffix k, K, M, G or s (sectors of 512 bytes) */
	CONFIG_PERCENT, /* a size, or a percentage such as 120% */
	CONFIG_NUMBER,	/* decimal, 0x hexadecimal or 0 octal */
	CONFIG_LIST,	/* { "a", "b" } */
	CONFIG_SECTION, /* NAME { ... } */
	CONFIG_TITLED,	/* NAME "title" { ... }, any number of them, no title twice */
	CONFIG_IGNORED, /* genimage's, and without a meaning here */
	CONFIG_LATER,	/* genimage's, and not supported: using it is an error that says so */
	CONFIG_LATER_LIST,
	CONFIG_LATER_SECTION,
	CONFIG_KEYS, /* no key, but all those of another table, which NAME tells to the reader */
};

/* A table of these ends with an entry without a name. Of two of one name, the first counts. */
struct config_key {
	const char *name;
	enum config_kind kind;
	/*
	 * Where the table is kept of what a section may hold, or of CONFIG_KEYS. NULL, or NULL
	 * there: it is empty.
	 */
	const struct config_key *const *keys;
};

/* A place in a config file. The name belongs to the config. */
struct config_place {
	const char *file;
	int line;
};

struct config_value {
	const char *key;
	char *text;
	struct config_place place;
};

struct config_section {
	const char *key; /* "image" */
	char *title;	 /* "sdcard.img", or NULL */
	struct config_place place;
	struct config_value *values;
	size_t value_count;
	struct config_section *sections;
	size_t section_count;
};

struct config {
	struct config_section root;
	char **files; /* names that the places point to */
	size_t file_count;
};

/*
 * Parses the file PATH and what it includes; an include is looked for in the directories of
 * INCLUDEPATH (separated by colons, or NULL), beside the file that asks for it, and in the working
 * directory. KEYS must outlive the config.
 * Returns 0, or -1 with ERR set ("FILE:LINE: ..."); CONFIG is to be freed only after a 0.
 */
int config_load(struct config *config, const char *path, const char *includepath,
		const struct config_key *keys, struct error *err);
/* The same for a text in memory that is called NAME in messages. */
int config_parse(struct config *config, const char *text, size_t len, const char *name,
		 const char *includepath, const struct config_key *keys, struct error *err);
void config_free(struct config *config);

/* Sets ERR to "FILE:LINE: ..." and returns -1. A place without a file leaves that out. */
int config_error(struct config_place place, struct error *err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Puts "FILE:LINE: " before the text that ERR has. Returns -1. */
int config_error_at(struct config_place place, struct error *err);

/* The last value of KEY in SECTION, or NULL where there is none. SECTION may be NULL. */
const struct config_value *config_value(const struct config_section *section, const char *key);
/*
 * The values of a list, one after the other: the next one after PREVIOUS (NULL for the first), or
 * NULL.
 */
const struct config_value *config_next(const struct config_section *section, const char *key,
				       const struct config_value *previous);
/* The first section called KEY, or NULL. */
const struct config_section *config_section(const struct config_section *section, const char *key);
/* Where KEY stands, or the section itself where it does not. */
struct config_place config_place(const struct config_section *section, const char *key);

/*
 * Typed values; FALLBACK where the key is absent. The parser has checked that the text is of its
 * kind.
 */
const char *config_text(const struct config_section *section, const char *key,
			const char *fallback);
bool config_bool(const struct config_section *section, const char *key, bool fallback);
uint64_t config_size(const struct config_section *section, const char *key, uint64_t fallback);
uint64_t config_number(const struct config_section *section, const char *key, uint64_t fallback);

/*
 * What the getters and the parser's checks are made of. False where TEXT is not of the kind, or
 * does not fit.
 */
bool config_read_bool(const char *text, bool *value);
bool config_read_number(const char *text, uint64_t *value);
bool config_read_size(const char *text, uint64_t *value, bool *percent);

#endif
