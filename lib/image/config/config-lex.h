/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words of a config: texts (bare, in quotes, or out of the environment) and marks. Comments are
 * left out, and included files put in their places. All of it is read before the parser looks at
 * it, so that a quote, a comment or a brace without its end is reported before what it makes of the
 * rest. The lexical rules are those of libconfuse, which genimage reads its configs with.
 */
#ifndef LIB_IMAGE_CONFIG_LEX_H
#define LIB_IMAGE_CONFIG_LEX_H

#include "base/strbuf.h"
#include "image/config/config.h"

/* What a token is. A mark of one character is that character: { } ( ) = , */
enum {
	TOKEN_END = '\0',
	TOKEN_APPEND = '+', /* += */
	TOKEN_TEXT = 'a',
};

struct config_token {
	char kind;
	size_t text;		   /* of TOKEN_TEXT: where it begins in TEXTS */
	struct config_place place; /* where the token ends */
};

struct config_tokens {
	struct config_token *token; /* the last one is TOKEN_END */
	size_t count;
	struct strbuf texts; /* each with a zero byte behind it */
	size_t bytes;	     /* of all files read */
};

/*
 * Reads TEXT and what it includes into TOKENS, which must be all zero and is the caller's to free
 * in either case. CONFIG takes the names of files.
 * Returns 0, or -1 with ERR set: "FILE:LINE: ...".
 */
int config_lex(struct config_tokens *tokens, struct config *config, const char *text, size_t len,
	       const char *name, const char *includepath, struct error *err);
void config_tokens_free(struct config_tokens *tokens);

#endif
