// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parses a config with libconfuse, and makes a tree of sections of it: see config.h. libconfuse
 * keeps no line for a value, so a callback notes each as it passes; every value is text to
 * libconfuse, and its kind is checked there.
 */
#include "image/config/config.h"

#include <confuse.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "image/config/config-text.h"

#define CONFIG_FILE_MAX (4 << 20)

/* Where a value of an option (WHAT is its cfg_opt_t) or a section (its cfg_t) was found. */
struct note {
	const void *what;
	int line;
};

struct parser {
	struct config *config;
	struct config_source source;
	const struct config_key *keys;
	cfg_t *cfg;
	struct note *notes;
	size_t note_count;
	struct error *err;
	bool failed; /* the error is set: libconfuse's own text must not replace it */
};

/* libconfuse's callbacks have no argument of their own. */
static _Thread_local struct parser *current;

/* --- The tables of options --- */

/* A section that is not supported may hold nothing that is. */
static const struct config_key no_keys[] = { { 0 } };

static const struct config_key *keys_below(const struct config_key *key)
{
	return key->keys ? key->keys : no_keys;
}

static const struct config_key *find_key(const struct config_key *keys, const char *name)
{
	for (; keys && keys->name; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

static size_t count_keys(const struct config_key *keys)
{
	size_t n = 0;

	while (keys && keys[n].name)
		n++;
	return n;
}

static int on_value(cfg_t *cfg, cfg_opt_t *opt, const char *value, void *result);
static int on_section(cfg_t *cfg, cfg_opt_t *opt);

static void free_options(cfg_opt_t *options)
{
	for (cfg_opt_t *o = options; o && o->name; o++)
		free_options(o->subopts);
	free(options);
}

static cfg_opt_t make_option(const struct config_key *key, cfg_opt_t *subopts)
{
	cfg_opt_t text[] = { CFG_STR_CB(key->name, NULL, CFGF_NONE, on_value) };
	cfg_opt_t list[] = { CFG_STR_LIST_CB(key->name, NULL, CFGF_NONE, on_value) };
	cfg_opt_t section[] = { CFG_SEC(key->name, subopts, CFGF_MULTI) };
	cfg_opt_t titled[] = { CFG_SEC(key->name, subopts,
				       CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES) };

	section[0].validcb = titled[0].validcb = on_section;
	switch (key->kind) {
	case CONFIG_SECTION:
	case CONFIG_LATER_SECTION:
		return section[0];
	case CONFIG_TITLED:
		return titled[0];
	case CONFIG_LIST:
	case CONFIG_LATER_LIST:
		return list[0];
	default:
		return text[0];
	}
}

static cfg_opt_t *make_options(const struct config_key *keys)
{
	size_t n = count_keys(keys);
	cfg_opt_t end[] = { CFG_END() };
	cfg_opt_t *options = calloc(n + 1, sizeof(*options));

	if (!options)
		return NULL;
	options[n] = end[0];
	for (size_t i = 0; i < n; i++) {
		bool section = keys[i].kind == CONFIG_SECTION || keys[i].kind == CONFIG_TITLED ||
			       keys[i].kind == CONFIG_LATER_SECTION;
		cfg_opt_t *subopts = section ? make_options(keys_below(&keys[i])) : NULL;

		options[i] = make_option(&keys[i], subopts);
		if (section && !subopts) {
			options[i + 1] = end[0];
			free_options(options);
			return NULL;
		}
	}
	return options;
}

/* --- While libconfuse parses --- */

static int fail(const cfg_t *cfg, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int fail(const cfg_t *cfg, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	current->failed = true;
	return config_error(config_source_place(&current->source, cfg->line), current->err, "%s",
			    text);
}

static int note(const void *what, int line)
{
	struct parser *p = current;

	/* Grown when the count reaches a power of two. */
	if ((p->note_count & (p->note_count - 1)) == 0) {
		size_t size = p->note_count ? p->note_count * 2 : 1;
		struct note *grown = reallocarray(p->notes, size, sizeof(*grown));

		if (!grown)
			return -1;
		p->notes = grown;
	}
	p->notes[p->note_count++] = (struct note){ what, line };
	return 0;
}

static const struct note *find_note(const void *what)
{
	for (size_t i = current->note_count; i-- > 0;)
		if (current->notes[i].what == what)
			return &current->notes[i];
	return NULL;
}

/*
 * The table that SECTION's keys are in, found on the way from the root; NULL when it is not below
 * CFG.
 */
static const struct config_key *keys_of(cfg_t *cfg, const struct config_key *keys,
					const cfg_t *section, bool mark)
{
	const struct config_key *found;

	if (cfg == section)
		return keys;
	for (cfg_opt_t *opt = cfg->opts; opt->name; opt++) {
		cfg_t *last;

		if (opt->type != CFGT_SEC || cfg_opt_size(opt) == 0)
			continue;
		/*
		 * Only the last section of a kind can be open. Its parent stands at the line of its
		 * brace.
		 */
		last = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
		found = keys_of(last, keys_below(find_key(keys, opt->name)), section, mark);
		if (!found)
			continue;
		if (mark && !find_note(last))
			note(last, cfg->line);
		return found;
	}
	return NULL;
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

static int on_value(cfg_t *cfg, cfg_opt_t *opt, const char *value, void *result)
{
	const struct config_key *keys = keys_of(current->cfg, current->keys, cfg, true);
	const struct config_key *key = find_key(keys, opt->name);

	if (key->kind == CONFIG_LATER || key->kind == CONFIG_LATER_LIST)
		return fail(cfg, "'%s' is an option of genimage that ferry does not support",
			    opt->name);
	if (!is_of_kind(key->kind, value))
		return fail(cfg, "'%s' is no value for '%s', which takes %s", value, opt->name,
			    kind_name(key->kind));
	if (note(opt, cfg->line) < 0)
		return fail(cfg, "out of memory");
	*(const char **)result = value;
	return 0;
}

/* Called where a section ends; that is the line kept for one that holds nothing. */
static int on_section(cfg_t *cfg, cfg_opt_t *opt)
{
	const struct config_key *keys = keys_of(current->cfg, current->keys, cfg, true);
	const struct config_key *key = find_key(keys, opt->name);
	cfg_t *last = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);

	if (key->kind == CONFIG_LATER_SECTION)
		return fail(cfg, "'%s' is a section of genimage that ferry does not support",
			    opt->name);
	if (!find_note(last) && note(last, cfg->line) < 0)
		return fail(cfg, "out of memory");
	return 0;
}

/* Writes the names that may stand in SECTION. */
static void list_known(const struct config_key *keys, char *buf, size_t size)
{
	size_t n = 0;

	for (; keys && keys->name && n < size; keys++) {
		if (keys->kind >= CONFIG_IGNORED)
			continue;
		n += (size_t)snprintf(buf + n, size - n, "%s%s", n ? ", " : "", keys->name);
	}
}

static void on_error(cfg_t *cfg, const char *fmt, va_list ap)
{
	char text[512], known[400];
	const struct config_key *keys = keys_of(current->cfg, current->keys, cfg, true);

	if (current->failed)
		return;
	if (keys == no_keys) {
		cfg->line = find_note(cfg)->line;
		fail(cfg, "'%s' is a section of genimage that ferry does not support", cfg->name);
		return;
	}
	vsnprintf(text, sizeof(text), fmt, ap);
	if (strncmp(text, "no such option", strlen("no such option")) == 0) {
		known[0] = '\0';
		list_known(keys, known, sizeof(known));
		fail(cfg, "%s in %s%s%s; known here: %s", text,
		     cfg->title ? cfg->name : "this section", cfg->title ? " " : "",
		     cfg->title ? cfg->title : "", known);
	} else {
		fail(cfg, "%s", text);
	}
}

/* --- Afterwards: from libconfuse's tree to ours --- */

static struct config_place place_of(const struct note *n)
{
	return config_source_place(&current->source, n ? n->line : 0);
}

/*
 * Adds the values of OPT. Its last notes are those of the values that count: `=` after `=` starts a
 * list anew.
 */
static int copy_values(struct config_section *to, cfg_opt_t *opt, const char *name)
{
	size_t n = cfg_opt_size(opt), seen = 0, skip;
	struct config_value *grown;

	for (size_t i = 0; i < current->note_count; i++)
		seen += current->notes[i].what == opt;
	if (!seen || !n)
		return 0;
	grown = reallocarray(to->values, to->value_count + n, sizeof(*grown));
	if (!grown)
		return -1;
	to->values = grown;
	skip = seen > n ? seen - n : 0;
	for (size_t i = 0, value = 0; i < current->note_count && value < n; i++) {
		if (current->notes[i].what != opt || (skip && skip--))
			continue;
		grown[to->value_count] = (struct config_value){
			.key = name,
			.text = strdup(cfg_opt_getnstr(opt, (unsigned int)value++)),
			.place = place_of(&current->notes[i]),
		};
		if (!grown[to->value_count].text)
			return -1;
		to->value_count++;
	}
	return 0;
}

static int copy_section(struct config_section *to, cfg_t *cfg, const struct config_key *keys);

static int copy_sections(struct config_section *to, cfg_opt_t *opt, const struct config_key *key)
{
	for (unsigned int i = 0; i < cfg_opt_size(opt); i++) {
		cfg_t *from = cfg_opt_getnsec(opt, i);
		struct config_section *grown = reallocarray(to->sections, to->section_count + 1,
							    sizeof(*grown)),
				      *section;

		if (!grown)
			return -1;
		to->sections = grown;
		section = &grown[to->section_count++];
		*section = (struct config_section){ .key = key->name,
						    .place = place_of(find_note(from)) };
		if (from->title) {
			section->title = strdup(from->title);
			if (!section->title)
				return -1;
		}
		if (copy_section(section, from, keys_below(key)) < 0)
			return -1;
	}
	return 0;
}

static int copy_section(struct config_section *to, cfg_t *cfg, const struct config_key *keys)
{
	for (cfg_opt_t *opt = cfg->opts; opt->name; opt++) {
		const struct config_key *key = find_key(keys, opt->name);
		int rc = opt->type == CFGT_SEC ? copy_sections(to, opt, key) :
						 copy_values(to, opt, key->name);

		if (rc < 0)
			return rc;
	}
	return 0;
}

/* A section that takes no title may stand only once. */
static int check_single(const struct config_section *section, const struct config_key *keys,
			struct error *err)
{
	for (size_t i = 0; i < section->section_count; i++) {
		const struct config_section *s = &section->sections[i];
		const struct config_key *key = find_key(keys, s->key);

		if (key->kind == CONFIG_SECTION && config_section(section, s->key) != s)
			return config_error(s->place, err,
					    "a second section '%s'; the first is at line %d",
					    s->key, config_section(section, s->key)->place.line);
		if (check_single(s, keys_below(key), err) < 0)
			return -1;
	}
	return 0;
}

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

static int run_parser(struct parser *p)
{
	cfg_opt_t *options = make_options(p->keys);
	int rc = -1;

	if (!options)
		return error_set(p->err, "out of memory");
	p->cfg = cfg_init(options, CFGF_NONE);
	free_options(options);
	if (!p->cfg)
		return error_set(p->err, "out of memory");
	cfg_set_error_function(p->cfg, on_error);
	error_set(p->err, "the config cannot be parsed");
	if (cfg_parse_buf(p->cfg, p->source.text) == CFG_SUCCESS) {
		p->config->root.place = (struct config_place){ p->config->files[0], 1 };
		rc = copy_section(&p->config->root, p->cfg, p->keys);
		if (rc < 0)
			error_set(p->err, "out of memory");
		else
			rc = check_single(&p->config->root, p->keys, p->err);
	}
	cfg_free(p->cfg);
	return rc;
}

int config_parse(struct config *config, const char *text, size_t len, const char *name,
		 const char *includepath, const struct config_key *keys, struct error *err)
{
	struct error own = { "" };
	struct parser p = { .config = config, .keys = keys, .err = err ? err : &own };
	int rc;

	*config = (struct config){ 0 };
	rc = config_source_read(&p.source, config, text, len, name, includepath, p.err);
	if (rc == 0) {
		current = &p;
		rc = run_parser(&p);
		current = NULL;
	}
	config_source_free(&p.source);
	free(p.notes);
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
