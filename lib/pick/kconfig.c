// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kconfig's statements: files that source others, menus, choices, `if`, and definitions. A file
 * closes what it opens, so each has one function call of its own; what encloses a statement is a
 * struct pick_menu, whose dependencies are those of all that encloses it.
 */
#include "pick/kconfig.h"

#include <stdio.h>
#include <string.h>

#include "pick/kconfig-line.h"

enum {
	MAX_FILE = 8 << 20,   /* bytes of one Kconfig file */
	MAX_SOURCED = 64,     /* files that source one another */
	MAX_BLOCKS = 128,     /* menus, choices and `if`s in one file, one in another */
	MAX_FILES = 100000,   /* in all, one read several times counted each time */
	MAX_NOTES = 16 << 10, /* bytes */
};

struct reader {
	struct kconfig *kconfig;
	const struct tree_files *files;
	const char *arch; /* the one that is being read, or NULL */
	size_t reads;
	struct error *err;
};

struct block {
	const char *end; /* the word that closes it */
	struct pick_menu *menu;
	unsigned line;
};

static void note(struct reader *r, const struct kconfig_file *file, const char *what)
{
	if (r->kconfig->notes.len < MAX_NOTES)
		strbuf_addf(&r->kconfig->notes, "%s:%u: %s\n", file->path, file->line, what);
}

static struct pick_menu *new_menu(struct reader *r, const struct pick_menu *parent)
{
	struct pick_menu *menu = arena_alloc(r->kconfig->arena, sizeof(*menu));

	if (!menu) {
		error_set(r->err, "out of memory");
		return NULL;
	}
	menu->parent = parent;
	menu->depends = parent->depends;
	menu->visible = parent->visible;
	return menu;
}

/* --- Attributes --- */

/* What an attribute belongs to: a definition, or (ENTRY is NULL) a menu or choice. */
struct target {
	struct pick_symbol *symbol;
	struct pick_entry *entry;
	struct pick_menu *menu;
};

/* `if EXPR`, or nothing, at the end of a line. */
static int condition(struct reader *r, struct kconfig_file *file, const struct expr **expr)
{
	*expr = NULL;
	if (!kconfig_is(file, "if"))
		return 0;
	kconfig_next_word(file);
	return kconfig_expression(file, r->kconfig, expr, r->err);
}

static int prompt(struct reader *r, struct kconfig_file *file, const struct target *t)
{
	const char *text = file->word.kind == KWORD_TEXT ? kconfig_copy_word(file) : NULL;
	const struct expr *expr;

	if (file->word.kind == KWORD_END)
		return 0;
	kconfig_next_word(file);
	if (condition(r, file, &expr) < 0)
		return -1;
	if (t->entry && text) {
		t->entry->prompt = text;
		t->entry->prompt_if = expr;
	} else if (!t->entry && t->menu && text) {
		t->menu->title = text;
	}
	return 0;
}

static int add_property(struct reader *r, const struct target *t, enum pick_property_kind kind,
			const struct expr *value, const struct expr *expr)
{
	struct pick_property *property = arena_alloc(r->kconfig->arena, sizeof(*property));
	struct pick_property **last = &t->entry->properties;

	if (!property)
		return error_set(r->err, "out of memory");
	*property = (struct pick_property){ .kind = kind, .value = value, .condition = expr };
	while (*last)
		last = &(*last)->next;
	*last = property;
	return 0;
}

static int add_default(struct reader *r, struct kconfig_file *file, const struct target *t)
{
	const struct expr *value, *expr;

	if (kconfig_expression(file, r->kconfig, &value, r->err) < 0 ||
	    condition(r, file, &expr) < 0)
		return -1;
	return t->entry ? add_property(r, t, PICK_DEFAULT, value, expr) : 0;
}

static int add_select(struct reader *r, struct kconfig_file *file, const struct target *t,
		      enum pick_property_kind kind)
{
	struct arena *arena = r->kconfig->arena;
	struct pick_symbol *selected;
	const struct expr *expr, *who;

	if (file->word.kind != KWORD_NAME)
		return kconfig_error(file, r->err, "a symbol is missing");
	selected = kconfig_symbol(r->kconfig, file->word.text, file->word.len);
	kconfig_next_word(file);
	if (condition(r, file, &expr) < 0)
		return -1;
	if (!selected)
		return kconfig_error(file, r->err, "out of memory");
	if (!t->entry)
		return 0;
	if (kind == PICK_SELECT) {
		who = expr_and(arena, expr_symbol(arena, t->symbol), expr);
		selected->selected_by =
			selected->selected_by ? expr_or(arena, selected->selected_by, who) : who;
	}
	return add_property(r, t, kind, expr_symbol(arena, selected), expr);
}

static int add_depends(struct reader *r, struct kconfig_file *file, const struct target *t)
{
	struct arena *arena = r->kconfig->arena;
	const struct expr *expr, *only_if;

	if (kconfig_is(file, "on"))
		kconfig_next_word(file);
	if (kconfig_expression(file, r->kconfig, &expr, r->err) < 0 ||
	    condition(r, file, &only_if) < 0)
		return -1;
	/* `depends on A if B` is what newer kernels write for !B || A. */
	if (only_if)
		expr = expr_or(arena, expr, expr_not(arena, only_if));
	if (t->entry)
		t->entry->depends = expr_and(arena, t->entry->depends, expr);
	else if (t->menu)
		t->menu->depends = expr_and(arena, t->menu->depends, expr);
	return 0;
}

static void set_type(struct reader *r, const struct kconfig_file *file, const struct target *t,
		     enum pick_type type)
{
	if (!t->symbol)
		return;
	/* Architectures differ in a few: KVM is bool on one and tristate on another. */
	if (t->symbol->type == PICK_UNKNOWN || type == PICK_TRISTATE)
		t->symbol->type = type;
	else if (t->symbol->type != type && !r->arch)
		note(r, file, "another type than before: the first is kept");
}

/* The words that set a type, and whether a value follows rather than a prompt. */
static const struct type_word {
	const char *word;
	enum pick_type type;
	bool value;
} type_words[] = {
	{ "tristate", PICK_TRISTATE, false }, { "bool", PICK_BOOL, false },
	{ "boolean", PICK_BOOL, false },      { "int", PICK_INT, false },
	{ "hex", PICK_HEX, false },	      { "string", PICK_STRING, false },
	{ "def_bool", PICK_BOOL, true },      { "def_tristate", PICK_TRISTATE, true },
};

/* The line is an attribute: 1, and it was read; 0: it is none; -1: ERR is set. */
static int attribute(struct reader *r, struct kconfig_file *file, const struct target *t)
{
	const struct expr *expr;

	for (size_t i = 0; i < sizeof(type_words) / sizeof(type_words[0]); i++)
		if (kconfig_is(file, type_words[i].word)) {
			set_type(r, file, t, type_words[i].type);
			kconfig_next_word(file);
			return (type_words[i].value ? add_default(r, file, t) :
						      prompt(r, file, t)) < 0 ?
				       -1 :
				       1;
		}
	if (kconfig_is(file, "depends")) {
		kconfig_next_word(file);
		return add_depends(r, file, t) < 0 ? -1 : 1;
	}
	if (kconfig_is(file, "select") || kconfig_is(file, "imply")) {
		enum pick_property_kind kind =
			kconfig_is(file, "select") ? PICK_SELECT : PICK_IMPLY;

		kconfig_next_word(file);
		return add_select(r, file, t, kind) < 0 ? -1 : 1;
	}
	if (kconfig_is(file, "default")) {
		kconfig_next_word(file);
		return add_default(r, file, t) < 0 ? -1 : 1;
	}
	if (kconfig_is(file, "prompt")) {
		kconfig_next_word(file);
		return prompt(r, file, t) < 0 ? -1 : 1;
	}
	if (kconfig_is(file, "visible")) {
		kconfig_next_word(file);
		if (condition(r, file, &expr) < 0)
			return -1;
		if (!t->entry && t->menu)
			t->menu->visible = expr_and(r->kconfig->arena, t->menu->visible, expr);
		return 1;
	}
	if (kconfig_is(file, "help") || kconfig_is(file, "---help---") ||
	    (kconfig_is(file, "-") && file->text_end - file->text >= 2)) {
		size_t len;
		const char *help = kconfig_take_help(file, &len);

		if (t->entry) {
			t->entry->help = help;
			t->entry->help_len = len;
		}
		return 1;
	}
	/* What does not matter here: ranges, environment variables, flags of choices. */
	return kconfig_is(file, "range") || kconfig_is(file, "option") ||
	       kconfig_is(file, "optional") || kconfig_is(file, "modules") ||
	       kconfig_is(file, "transitional");
}

/* --- Statements --- */

static int read_file(struct reader *r, const char *path, const struct pick_menu *menu,
		     const struct kconfig_file *parent);

static int define(struct reader *r, struct kconfig_file *file, const struct pick_menu *menu,
		  struct target *t)
{
	if (kconfig_next_word(file) != KWORD_NAME)
		return kconfig_error(file, r->err, "a symbol's name is missing");
	t->symbol = kconfig_symbol(r->kconfig, file->word.text, file->word.len);
	t->entry = arena_alloc(r->kconfig->arena, sizeof(*t->entry));
	t->menu = NULL;
	if (!t->symbol || !t->entry)
		return kconfig_error(file, r->err, "out of memory");
	*t->entry = (struct pick_entry){
		.menu = menu, .file = file->path, .line = file->line, .depends = menu->depends
	};
	if (t->symbol->last_entry)
		t->symbol->last_entry->next = t->entry;
	else
		t->symbol->entries = t->entry;
	if (!t->symbol->last_entry)
		r->kconfig->defined++;
	t->symbol->last_entry = t->entry;
	return 0;
}

/* What the paths that a `source` names are read with. */
struct sourced {
	struct reader *r;
	const struct kconfig_file *file;
	const struct pick_menu *menu;
	const char *pattern; /* that has the architecture in its second part, or NULL */
	size_t found;
	int result;
};

static int source_arch(struct sourced *s, const char *path)
{
	struct arena *arena = s->r->kconfig->arena;
	const char *arch_end = strchr(path + 5, '/');
	const char *arch = arena_copy(arena, path + 5, (size_t)(arch_end - path - 5));
	struct pick_menu *menu = new_menu(s->r, s->menu);
	struct pick_symbol *symbol = kconfig_symbol(s->r->kconfig, "SRCARCH", 7);
	const char *before = s->r->arch;
	struct expr *equal = arena_alloc(arena, sizeof(*equal));
	int result;

	if (!arch || !menu || !symbol || !equal)
		return error_set(s->r->err, "out of memory");
	equal->op = EXPR_EQUAL;
	equal->left = expr_symbol(arena, symbol);
	equal->right = expr_constant(arena, arch);
	menu->depends = expr_and(arena, menu->depends, equal);
	s->r->arch = arch;
	result = read_file(s->r, path, menu, s->file);
	s->r->arch = before;
	return result;
}

static void source_found(void *arg, const char *path)
{
	struct sourced *s = arg;

	if (s->result < 0)
		return;
	s->found++;
	if (s->pattern)
		s->result = source_arch(s, path);
	else
		s->result = read_file(s->r, path, s->menu, s->file);
}

/* Replaces $(SRCARCH) and the like: all architectures where none is chosen yet. */
static int source_pattern(const struct reader *r, struct strbuf *pattern, const char *text,
			  bool *all)
{
	static const char *const root[] = { "$(srctree)/", "$(obj)/", "$(objtree)/" };

	for (size_t i = 0; i < sizeof(root) / sizeof(root[0]); i++)
		if (!strncmp(text, root[i], strlen(root[i])))
			text += strlen(root[i]);
	while (*text) {
		const char *dollar = strstr(text, "$(");
		size_t len = dollar ? strcspn(dollar, ")") : 0;

		strbuf_add(pattern, text, dollar ? (size_t)(dollar - text) : strlen(text));
		if (!dollar)
			break;
		if (!strncmp(dollar, "$(SRCARCH)", 10) || !strncmp(dollar, "$(ARCH)", 7)) {
			*all = !r->arch;
			strbuf_puts(pattern, r->arch ? r->arch : "*");
		} else if (!strncmp(dollar, "$(HEADER_ARCH)", 14)) {
			/* User Mode Linux, on x86 in practice. */
			strbuf_puts(pattern, "x86");
		} else {
			return 0;
		}
		text = dollar + len + (dollar[len] != '\0');
	}
	return pattern->failed ? -1 : 1;
}

static int source(struct reader *r, struct kconfig_file *file, const struct pick_menu *menu)
{
	bool relative = *file->word.text == 'r' || file->word.text[1] == 'r';
	bool optional = *file->word.text == 'o';
	struct sourced s = { .r = r, .file = file, .menu = menu };
	struct strbuf pattern = STRBUF_INIT;
	char path[FILES_PATH_MAX], dir[FILES_PATH_MAX] = "";
	const char *text, *slash;
	bool all = false;
	int known;

	kconfig_next_word(file);
	text = file->word.kind == KWORD_END ? "" : kconfig_copy_word(file);
	if (!text)
		return kconfig_error(file, r->err, "out of memory");
	known = source_pattern(r, &pattern, text, &all);
	if (known < 0) {
		strbuf_free(&pattern);
		return kconfig_error(file, r->err, "out of memory");
	}
	slash = strrchr(file->path, '/');
	if (relative && slash)
		snprintf(dir, sizeof(dir), "%.*s", (int)(slash - file->path), file->path);
	if (!known || !pattern.buf ||
	    files_path(path, sizeof(path), dir, pattern.buf, pattern.len) < 0)
		path[0] = '\0';
	strbuf_free(&pattern);
	s.pattern = all && !strncmp(path, "arch/*/", 7) ? path : NULL;
	if (strpbrk(path, "*?[")) {
		if (files_match(r->files, path, source_found, &s) < 0 && s.result == 0)
			s.result = error_set(r->err, "out of memory");
	} else if (path[0] && files_exist(r->files, path)) {
		source_found(&s, path);
	}
	if (!s.found && !optional)
		note(r, file, "sources what is not there");
	return s.result;
}

static int open_block(struct reader *r, struct kconfig_file *file, struct block *blocks,
		      size_t *depth, const struct pick_menu *menu, const char *end)
{
	if (*depth == MAX_BLOCKS)
		return kconfig_error(file, r->err, "menus and ifs more than %d deep", MAX_BLOCKS);
	blocks[*depth] =
		(struct block){ .end = end, .line = file->line, .menu = new_menu(r, menu) };
	return blocks[(*depth)++].menu ? 0 : -1;
}

/* `menu "TITLE"`, `choice` and `if EXPR`. */
static int block_start(struct reader *r, struct kconfig_file *file, struct block *blocks,
		       size_t *depth, const struct pick_menu *menu, struct target *t)
{
	bool is_if = kconfig_is(file, "if"), is_menu = kconfig_is(file, "menu");
	const struct expr *expr;
	struct pick_menu *made;

	if (open_block(r, file, blocks, depth, menu,
		       is_if   ? "endif" :
		       is_menu ? "endmenu" :
				 "endchoice") < 0)
		return -1;
	made = blocks[*depth - 1].menu;
	kconfig_next_word(file);
	*t = (struct target){ .menu = made };
	if (is_menu)
		return prompt(r, file, t);
	if (is_if) {
		t->menu = NULL;
		if (kconfig_expression(file, r->kconfig, &expr, r->err) < 0)
			return -1;
		made->depends = expr_and(r->kconfig->arena, made->depends, expr);
	}
	return 0;
}

static bool is_assignment(const struct kconfig_file *file)
{
	const char *c = file->text;

	while (c < file->text_end && (*c == ' ' || *c == '\t'))
		c++;
	return c < file->text_end &&
	       (*c == '=' || (c + 1 < file->text_end && (*c == ':' || *c == '+') && c[1] == '='));
}

/* One statement or attribute. */
static int statement(struct reader *r, struct kconfig_file *file, struct block *blocks,
		     size_t *depth, const struct pick_menu *top, struct target *t)
{
	const struct pick_menu *menu = *depth ? blocks[*depth - 1].menu : top;
	int result;

	kconfig_next_word(file);
	if (kconfig_is(file, "config") || kconfig_is(file, "menuconfig"))
		return define(r, file, menu, t);
	result = attribute(r, file, t);
	if (result)
		return result < 0 ? -1 : 0;
	if (kconfig_is(file, "if") || kconfig_is(file, "menu") || kconfig_is(file, "choice"))
		return block_start(r, file, blocks, depth, menu, t);
	if (kconfig_is(file, "endif") || kconfig_is(file, "endmenu") ||
	    kconfig_is(file, "endchoice")) {
		if (!*depth || !kconfig_is(file, blocks[*depth - 1].end))
			return kconfig_error(file, r->err,
					     "'%.*s', and nothing in this file that it ends",
					     (int)file->word.len, file->word.text);
		--*depth;
		*t = (struct target){ 0 };
		return 0;
	}
	if (kconfig_is(file, "source") || kconfig_is(file, "rsource") ||
	    kconfig_is(file, "osource") || kconfig_is(file, "orsource")) {
		*t = (struct target){ 0 };
		return source(r, file, menu);
	}
	if (kconfig_is(file, "comment") || kconfig_is(file, "mainmenu")) {
		*t = (struct target){ 0 };
		return 0;
	}
	if (!is_assignment(file) && file->word.kind != KWORD_MACRO)
		note(r, file, "not understood, and left out");
	return 0;
}

static int read_statements(struct reader *r, struct kconfig_file *file,
			   const struct pick_menu *menu)
{
	struct block blocks[MAX_BLOCKS];
	struct target target = { 0 };
	size_t depth = 0;

	while (kconfig_next_line(file))
		if (statement(r, file, blocks, &depth, menu, &target) < 0)
			return -1;
	if (r->kconfig->arena->failed)
		return kconfig_error(file, r->err, "out of memory");
	if (depth) {
		file->line = blocks[depth - 1].line;
		return kconfig_error(file, r->err, "its '%s' is missing", blocks[depth - 1].end);
	}
	return 0;
}

static int read_file(struct reader *r, const char *path, const struct pick_menu *menu,
		     const struct kconfig_file *parent)
{
	struct kconfig_file file = { .parent = parent, .next_line = 1, .arena = r->kconfig->arena };
	unsigned depth = 0;
	size_t len;
	void **seen;
	int result;

	for (const struct kconfig_file *f = parent; f; f = f->parent, depth++)
		if (!strcmp(f->path, path))
			return kconfig_error(parent, r->err, "sources %s, which sources this file",
					     path);
	if (depth > MAX_SOURCED || ++r->reads > MAX_FILES)
		return kconfig_error(parent, r->err, "more than %d files source one another",
				     depth > MAX_SOURCED ? MAX_SOURCED : MAX_FILES);
	file.path = arena_copy(file.arena, path, strlen(path));
	if (!file.path)
		return error_set(r->err, "out of memory");
	result = files_read(r->files, path, MAX_FILE, file.arena, &file.at, &len, r->err);
	if (result == 0)
		return error_set(r->err, "%s: no such file", path);
	if (result < 0)
		return -1;
	file.end = file.at + len;
	seen = names_add(&r->kconfig->seen, file.path, strlen(file.path));
	if (!seen)
		return error_set(r->err, "out of memory");
	if (!*seen)
		r->kconfig->files++;
	*seen = r;
	return read_statements(r, &file, menu);
}

int kconfig_read(struct kconfig *kconfig, const struct tree_files *files, const char *root,
		 const char *arch, struct arena *arena, struct error *err)
{
	static const struct pick_menu top;
	struct reader reader = { .kconfig = kconfig, .files = files, .arch = arch, .err = err };

	*kconfig = (struct kconfig){ .arena = arena };
	return read_file(&reader, root, &top, NULL);
}

void kconfig_free(struct kconfig *kconfig)
{
	names_free(&kconfig->by_name);
	names_free(&kconfig->seen);
	strbuf_free(&kconfig->notes);
}
