/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A console script: what to wait for and what to type, a line each. The language is described in
 * docs/script.md.
 */
#ifndef LIB_BOOT_SCRIPT_H
#define LIB_BOOT_SCRIPT_H

#include <regex.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SCRIPT_MAX	  (1u << 20)		      /* bytes of a script file */
#define SCRIPT_PINS	  64			      /* pins are 0 to 63 */
#define SCRIPT_TIMEOUT_NS (INT64_C(120) * 1000000000) /* before the first `timeout` */

enum script_op {
	SCRIPT_EXPECT,	/* REGEX shows up on the console */
	SCRIPT_FAIL,	/* from here on, REGEX on the console is a failure */
	SCRIPT_SEND,	/* BYTES are typed */
	SCRIPT_TIMEOUT, /* from here on, wait NS at most */
	SCRIPT_PIN,	/* PIN changes its level within NS */
	SCRIPT_POWER,	/* presses the power button */
	SCRIPT_OFF,	/* the board switches itself off, or restarts */
	SCRIPT_QUIT,	/* the script is done */
};

struct script_line {
	int number;
	enum script_op op;
	char *source;  /* the line as written, without blanks around it */
	regex_t regex; /* EXPECT, FAIL */
	char *bytes;   /* SEND */
	size_t len;
	int64_t ns;   /* TIMEOUT, PIN */
	unsigned pin; /* PIN */
};

struct script {
	char *name; /* of the file, for messages */
	struct script_line *line;
	size_t lines;
};

/*
 * Reads a script's text. Returns 0, or -1 with ERR set to "NAME:LINE: what". SCRIPT is the caller's
 * to free in either case.
 */
int script_parse(struct script *script, const char *name, const char *text, size_t len,
		 struct error *err);
void script_free(struct script *script);

/* Bit N is set when a line waits for pin N. */
uint64_t script_pins(const struct script *script);

#endif
