// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parses a config: see config.h. The grammar is that of libconfuse, with the same words for what is
 * wrong, as users of genimage know them:
 *
 *	section = { value | list | KEY [TITLE] "{" section "}" }
 *	value = KEY "=" TEXT
 *	list = KEY ("=" | "+=") (TEXT | "{" [TEXT { "," TEXT } [","]] "}")
 *
 * What a KEY stands for says the table of keys.
 */
#include "image/config/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "image/config/config-lex.h"

#define CONFIG_FILE_MAX (4 << 20)

struct parser {
	const struct config_token *next;
	const char *texts;
	struct error *err;
};

/* --- Tokens --- */

/* The next token, or NULL with the error set where there is none. */
static const struct config_token *take(struct parser *p)
{
	if (p->next->kind == TOKEN_END) {
		config_error(p->next->place, p->err, "premature end of file");
		return NULL;
	}
	return p->next++;
}

static const char *text_of(const struct parser *p, const struct config_token *token)
{
	return p->texts + token->text;
}

static int unexpected(struct parser *p, const struct config_token *token)
{
	const char mark[] = { token->kind, '\0' };

	return config_error(token->place, p->err, "unexpected token '%s'",
			    token->kind == TOKEN_TEXT	? text_of(p, token) :
			    token->kind == TOKEN_APPEND ? "+=" :
							  mark);
}

/* --- Keys --- */

static const struct config_key *keys_below(const struct config_key *key)
{
	return key->keys ? *key->keys : NULL;
}

static const struct config_key *find_key(const struct config_key *keys, const char *name)
{
	for (; keys && keys->name; keys++) {
		const struct config_key *found = keys;

		if (keys->kind == CONFIG_KEYS)
			found = find_key(keys_below(keys), name);
		else if (strcmp(keys->name, name) != 0)
			continue;
		if (found)
			return found;
	}
	return NULL;
}

/* Adds the names that may stand where KEYS are. */
static void list_known(const struct config_key *keys, struct strbuf *list)
{
	for (; keys && keys->name; keys++) {
		if (keys->kind == CONFIG_KEYS)
			list_known(keys_below(keys), list);
		else if (keys->kind < CONFIG_IGNORED)
			strbuf_addf(list, "%s%s", list->len ? ", " : "", keys->name);
	}
}

static int unknown_key(struct parser *p, const struct config_section *section,
		       const struct config_key *keys, const struct config_token *token)
{
	struct strbuf known = STRBUF_INIT;

	list_known(keys, &known);
	config_error(token->place, p->err, "no such option '%s' in %s%s%s; known here: %s",
		     text_of(p, token), section->title ? section->key : "this section",
		     section->title ? " " : "", section->title ? section->title : "",
		     known.buf ? known.buf : "");
	strbuf_free(&known);
	return -1;
}

/* --- Values --- */

static bool is_of_kind(enum config_kind kind, const char *text)
{
	bool flag, percent;
	uint64_t number;

	switch (kind) {
	case CONFIG_BOOL:
		return config_read_bool(text, &flag);
	case CONFIG_SIZE:
		return config_read_size(text, &number, &percent) && !percent;
	case CONFIG_PERCENT:
		return config_read_size(text, &number, &percent);
	case CONFIG_NUMBER:
		return config_read_number(text, &number);
	default:
		return true;
	}
}

static const char *kind_name(enum config_kind kind)
{
	switch (kind) {
	case CONFIG_BOOL:
		return "yes or no";
	case CONFIG_SIZE:
		return "a size such as 512, 1024k, 64M or 2G (below 8 EiB)";
	case CONFIG_PERCENT:
		return "a size such as 512, 1024k, 64M, 2G or 120%";
	case CONFIG_NUMBER:
		return "a number such as 12 or 0xc";
	default:
		return "text";
	}
}

static int add_value(struct parser *p, struct config_section *section, const struct config_key *key,
		     const struct config_token *token)
{
	const char *text = text_of(p, token);
	struct config_value *value;

	if (key->kind == CONFIG_LATER || key->kind == CONFIG_LATER_LIST)
		return config_error(token->place, p->err,
				    "'%s' is an option of genimage that ferry does not support",
				    key->name);
	if (!is_of_kind(key->kind, text))
		return config_error(token->place, p->err,
				    "'%s' is no value for '%s', which takes %s", text, key->name,
				    kind_name(key->kind));
	value = ARRAY_ADD(section->values, section->value_count);
	if (!value)
		return error_set(p->err, "out of memory");
	*value = (struct config_value){ key->name, strdup(text), token->place };
	return value->text ? 0 : error_set(p->err, "out of memory");
}

/* `=` starts anew. */
static void drop_values(struct config_section *section, const struct config_key *key)
{
	size_t kept = 0;

	for (size_t i = 0; i < section->value_count; i++) {
		struct config_value *value = &section->values[i];

		if (strcmp(value->key, key->name) == 0)
			free(value->text);
		else
			section->values[kept++] = *value;
	}
	section->value_count = kept;
}

/* The values of a list, its `{` taken. */
static int parse_list(struct parser *p, struct config_section *section,
		      const struct config_key *key)
{
	for (;;) {
		const struct config_token *token = take(p);

		if (!token || token->kind == '}')
			return token ? 0 : -1;
		if (token->kind != TOKEN_TEXT)
			return unexpected(p, token);
		if (add_value(p, section, key, token) < 0)
			return -1;
		token = take(p);
		if (!token || token->kind == '}')
			return token ? 0 : -1;
		if (token->kind != ',')
			return unexpected(p, token);
	}
}

static int parse_value(struct parser *p, struct config_section *section,
		       const struct config_key *key)
{
	bool list = key->kind == CONFIG_LIST || key->kind == CONFIG_LATER_LIST;
	const struct config_token *token = take(p);

	if (!token)
		return -1;
	if (token->kind == TOKEN_APPEND && !list)
		return config_error(token->place, p->err,
				    "attempt to append to non-list option '%s'", key->name);
	if (token->kind != TOKEN_APPEND && token->kind != '=')
		return config_error(token->place, p->err, "missing equal sign after option '%s'",
				    key->name);
	if (token->kind == '=')
		drop_values(section, key);
	token = take(p);
	if (!token)
		return -1;
	if (list && token->kind == '{')
		return parse_list(p, section, key);
	return token->kind == TOKEN_TEXT ? add_value(p, section, key, token) : unexpected(p, token);
}

/* --- Sections --- */

static int parse_section(struct parser *p, struct config_section *section,
			 const struct config_key *keys);

/* No title may stand twice; what takes no title may stand only once. */
static int check_only(struct parser *p, const struct config_section *parent,
		      const struct config_key *key, const char *title, struct config_place place)
{
	for (size_t i = 0; i < parent->section_count; i++) {
		const struct config_section *other = &parent->sections[i];

		if (strcmp(other->key, key->name) != 0)
			continue;
		if (!title)
			return config_error(place, p->err,
					    "a second section '%s'; the first is at line %d",
					    key->name, other->place.line);
		if (strcmp(other->title, title) == 0)
			return config_error(place, p->err, "found duplicate title '%s'", title);
	}
	return 0;
}

static int parse_subsection(struct parser *p, struct config_section *parent,
			    const struct config_key *key)
{
	const struct config_token *token = take(p);
	struct config_section *section;
	const char *title = NULL;

	if (token && key->kind == CONFIG_TITLED) {
		if (token->kind != TOKEN_TEXT)
			return config_error(token->place, p->err, "missing title for section '%s'",
					    key->name);
		title = text_of(p, token);
		token = take(p);
	}
	if (!token)
		return -1;
	if (token->kind != '{')
		return config_error(token->place, p->err, "missing opening brace for section '%s'",
				    key->name);
	if (key->kind == CONFIG_LATER_SECTION)
		return config_error(token->place, p->err,
				    "'%s' is a section of genimage that ferry does not support",
				    key->name);
	if (check_only(p, parent, key, title, token->place) < 0)
		return -1;
	section = ARRAY_ADD(parent->sections, parent->section_count);
	if (!section)
		return error_set(p->err, "out of memory");
	section->key = key->name;
	section->place = token->place;
	if (title) {
		section->title = strdup(title);
		if (!section->title)
			return error_set(p->err, "out of memory");
	}
	if (parse_section(p, section, keys_below(key)) < 0)
		return -1;
	return take(p) ? 0 : -1;
}

/* What a section holds, up to its `}` or the end of the config. */
static int parse_section(struct parser *p, struct config_section *section,
			 const struct config_key *keys)
{
	while (p->next->kind != TOKEN_END && p->next->kind != '}') {
		const struct config_token *token = p->next++;
		const struct config_key *key;
		int rc;

		if (token->kind != TOKEN_TEXT)
			return unexpected(p, token);
		key = find_key(keys, text_of(p, token));
		if (!key)
			return unknown_key(p, section, keys, token);
		if (key->kind == CONFIG_SECTION || key->kind == CONFIG_TITLED ||
		    key->kind == CONFIG_LATER_SECTION)
			rc = parse_subsection(p, section, key);
		else
			rc = parse_value(p, section, key);
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* --- The config --- */

static void free_section(struct config_section *section)
{
	for (size_t i = 0; i < section->section_count; i++)
		free_section(&section->sections[i]);
	for (size_t i = 0; i < section->value_count; i++)
		free(section->values[i].text);
	free(section->sections);
	free(section->values);
	free(section->title);
}

void config_free(struct config *config)
{
	free_section(&config->root);
	for (size_t i = 0; i < config->file_count; i++)
		free(config->files[i]);
	free(config->files);
	*config = (struct config){ 0 };
}

int config_parse(struct config *config, const char *text, size_t len, const char *name,
		 const char *includepath, const struct config_key *keys, struct error *err)
{
	struct config_tokens tokens = { 0 };
	struct parser p = { .err = err };
	int rc;

	*config = (struct config){ 0 };
	rc = config_lex(&tokens, config, text, len, name, includepath, err);
	if (rc == 0) {
		p.next = tokens.token;
		p.texts = tokens.texts.buf;
		config->root.place = (struct config_place){ config->files[0], 1 };
		rc = parse_section(&p, &config->root, keys);
	}
	config_tokens_free(&tokens);
	if (rc < 0)
		config_free(config);
	return rc;
}

int config_load(struct config *config, const char *path, const char *includepath,
		const struct config_key *keys, struct error *err)
{
	size_t len;
	char *text;
	int rc;

	if (file_read(path, CONFIG_FILE_MAX, &text, &len, err) < 0)
		return -1;
	rc = config_parse(config, text, len, path, includepath, keys, err);
	free(text);
	return rc;
}
