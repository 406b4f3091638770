// SPDX-License-Identifier: GPL-2.0-only
/*
 * The build's walk over the folders of a tree. A folder's makefile is read once, however many ways
 * lead there; what it calls obj-y belongs to the symbol that the way there depends on.
 */
#include "pick/kbuild.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NOTES = 16 << 10, MAX_FOLDERS = 50000, MAX_OBJECTS = 2000000 };

struct walk {
	struct kbuild *kbuild;
	struct make make;
	struct arena scratch;
	struct kbuild_folder *folder; /* whose makefile is read */
	struct pick_owner owner;      /* of the variable whose words are taken */
	struct pick_driver *driver;   /* whose objects are taken */
	struct pick_symbol *part;     /* that they depend on */
	bool from_root;		      /* paths in the words are the tree's */
	bool library;
	bool failed; /* no memory */
};

/* --- Folders --- */

static struct kbuild_folder *get_folder(struct walk *w, const char *path)
{
	struct kbuild *k = w->kbuild;
	struct kbuild_folder *folder = names_find(&k->folders, path, strlen(path));
	void **place;

	if (folder || k->folders.count == MAX_FOLDERS)
		return folder;
	folder = arena_alloc(k->arena, sizeof(*folder));
	if (!folder)
		return NULL;
	folder->path = arena_copy(k->arena, path, strlen(path));
	place = folder->path ? names_add(&k->folders, folder->path, strlen(path)) : NULL;
	if (!place)
		return NULL;
	*place = folder;
	if (k->last)
		k->last->next = folder;
	else
		k->first = folder;
	k->last = folder;
	return folder;
}

static struct pick_owner *copy_owner(struct walk *w, const struct make_condition *condition)
{
	struct pick_owner *owner = arena_alloc(w->kbuild->arena, sizeof(*owner));

	if (!owner) {
		w->failed = true;
		return NULL;
	}
	*owner = w->owner;
	owner->condition = condition;
	if (!owner->symbol) {
		for (const struct make_condition *c = condition; c && !owner->symbol; c = c->outer)
			owner->symbol =
				c->also && c->also->symbol[0] ? c->also->symbol[0] : c->symbol[0];
		owner->from_condition = owner->symbol != NULL;
	}
	return owner;
}

static void add_folder(struct walk *w, const char *path, const struct make_condition *condition)
{
	struct kbuild_folder *folder = get_folder(w, path);
	struct kbuild_gate *gate = arena_alloc(w->kbuild->arena, sizeof(*gate));
	struct kbuild_gate **last;

	if (!folder || !gate) {
		w->failed = true;
		return;
	}
	gate->from = w->folder;
	gate->owner = copy_owner(w, condition);
	for (last = &folder->gates; *last;)
		last = &(*last)->next;
	*last = gate;
}

/* The symbol that the way into FOLDER depends on, the nearest one; NULL: none. */
static struct pick_symbol *gate_symbol(const struct kbuild_folder *folder)
{
	for (int depth = 0; folder && folder->gates && depth < 64; depth++) {
		if (folder->gates->owner && folder->gates->owner->symbol)
			return folder->gates->owner->symbol;
		folder = folder->gates->from;
	}
	return NULL;
}

/* --- Objects --- */

static const char *find_source(struct walk *w, const char *object, size_t stem)
{
	static const char *const suffix[] = { ".c", ".S", ".rs" };
	char path[FILES_PATH_MAX];

	for (size_t i = 0; i < sizeof(suffix) / sizeof(suffix[0]); i++) {
		int len = snprintf(path, sizeof(path), "%.*s%s", (int)stem, object, suffix[i]);

		if (len < (int)sizeof(path) && files_exist(w->kbuild->files, path))
			return arena_copy(w->kbuild->arena, path, (size_t)len);
	}
	return NULL;
}

/* A word that is an object: its path in the tree; 0 where it is none, or leads out of the tree. */
static int object_path(const struct walk *w, char *path, const char *word, size_t len)
{
	if (len < 3 || memcmp(word + len - 2, ".o", 2) != 0)
		return 0;
	len = (size_t)files_path(path, FILES_PATH_MAX, w->from_root ? "" : w->folder->path, word,
				 len);
	return (int)len > 0 ? (int)len : 0;
}

static void add_object(struct walk *w, const char *path, size_t len,
		       const struct make_condition *condition)
{
	struct pick_object *object, **last = &w->driver->objects;

	for (; *last; last = &(*last)->next)
		if (!strcmp((*last)->path, path) && (*last)->symbol == w->part)
			return;
	object = arena_alloc(w->kbuild->arena, sizeof(*object));
	if (!object || w->kbuild->object_count == MAX_OBJECTS) {
		w->failed = true;
		return;
	}
	object->path = arena_copy(w->kbuild->arena, path, len);
	object->source = find_source(w, path, len - 2);
	object->symbol = w->part;
	object->condition = condition;
	w->failed |= !object->path;
	*last = object;
	w->kbuild->object_count++;
}

static void part_word(void *arg, const char *word, size_t len,
		      const struct make_condition *condition)
{
	struct walk *w = arg;
	char path[FILES_PATH_MAX];
	int n = object_path(w, path, word, len);

	if (n)
		add_object(w, path, (size_t)n, condition);
}

static void add_parts(struct walk *w, struct make_variable *variable, struct pick_symbol *symbol)
{
	struct make_variable *choices;

	if (!variable)
		return;
	w->part = symbol;
	/* The choices are taken one by one, each with its symbol. */
	choices = variable->choices;
	variable->choices = NULL;
	if (variable->first && make_words(&w->make, variable, part_word, w) < 0)
		w->make.failed = true;
	variable->choices = choices;
	w->part = NULL;
}

/* The symbol of a variable's end, `@X`, and the second one of `@X@Y`. */
static struct pick_symbol *suffix_symbol(const struct walk *w, const char *suffix,
					 struct pick_symbol **with)
{
	size_t len;
	struct pick_symbol *symbol = NULL;

	while (*suffix == '@' || *suffix == 'y' || *suffix == 'm') {
		if (*suffix != '@') {
			suffix++;
			continue;
		}
		len = strcspn(++suffix, "@");
		if (!symbol)
			symbol = kconfig_find(w->kbuild->kconfig, suffix, len);
		else if (with)
			*with = kconfig_find(w->kbuild->kconfig, suffix, len);
		suffix += len;
	}
	return symbol;
}

/* The objects of a driver: those of NAME-objs, NAME-y and the like, or else its own. */
static void resolve(struct walk *w, const char *name, size_t len, const char *path)
{
	static const char *const end[] = { "-objs", "-y", "-m" };
	char full[256];
	struct make_variable *v;

	for (size_t i = 0; i < sizeof(end) / sizeof(end[0]); i++) {
		int n = snprintf(full, sizeof(full), "%.*s%s", (int)len, name, end[i]);

		if (n >= (int)sizeof(full))
			return;
		v = make_variable(&w->make, full, (size_t)n);
		add_parts(w, v, NULL);
		for (v = v && i == 1 ? v->choices : NULL; v; v = v->next_choice)
			add_parts(w, v, suffix_symbol(w, v->name + len + 1, NULL));
	}
	if (!w->driver->objects)
		add_object(w, path, strlen(path), NULL);
}

static struct pick_driver *get_driver(struct walk *w, const char *path, size_t len)
{
	struct kbuild *k = w->kbuild;
	void **place;
	char *copy;
	struct pick_driver *driver = names_find(&k->by_path, path, len);
	const char *slash;

	if (driver)
		return driver;
	driver = arena_alloc(k->arena, sizeof(*driver));
	copy = arena_copy(k->arena, path, len);
	place = driver && copy ? names_add(&k->by_path, copy, len) : NULL;
	if (!place)
		return NULL;
	*place = driver;
	slash = strrchr(copy, '/');
	slash = slash ? slash + 1 : copy;
	driver->within = w->folder;
	driver->name = arena_copy(k->arena, slash, (size_t)(copy + len - slash) - 2);
	driver->folder = arena_copy(k->arena, copy, slash > copy ? (size_t)(slash - copy) - 1 : 0);
	if (!driver->name || !driver->folder)
		return NULL;
	if (k->last_driver)
		k->last_driver->next = driver;
	else
		k->drivers = driver;
	k->last_driver = driver;
	k->driver_count++;
	return driver;
}

static void target_word(void *arg, const char *word, size_t len,
			const struct make_condition *condition)
{
	struct walk *w = arg;
	char path[FILES_PATH_MAX];
	struct pick_owner *owner, **last;
	int n;

	if (w->failed)
		return;
	if (word[len - 1] == '/') {
		if (files_path(path, sizeof(path), w->from_root ? "" : w->folder->path, word, len) >
		    0)
			add_folder(w, path, condition);
		return;
	}
	n = object_path(w, path, word, len);
	if (!n)
		return;
	w->driver = get_driver(w, path, (size_t)n);
	owner = w->driver ? copy_owner(w, condition) : NULL;
	if (!owner) {
		w->failed = true;
		return;
	}
	if (!owner->symbol) {
		owner->symbol = gate_symbol(w->folder);
		owner->from_folder = owner->symbol != NULL;
	}
	for (last = &w->driver->owners; *last; last = &(*last)->next)
		if ((*last)->symbol == owner->symbol && (*last)->condition == owner->condition &&
		    (*last)->with == owner->with)
			break;
	if (!*last)
		*last = owner;
	w->driver->library = w->library;
	if (!w->driver->objects)
		resolve(w, word, len - 2, path);
}

/* --- Makefiles --- */

/* `obj-@X` and the like: what is behind the dash, or NULL. */
static const char *is_list(const struct walk *w, const struct make_variable *v, bool *library)
{
	static const char *const prefix[] = {
		"obj-", "lib-", "core-", "drivers-", "libs-", "net-"
	};
	size_t count = w->from_root ? sizeof(prefix) / sizeof(prefix[0]) : 2;

	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(prefix[i]);
		const char *end = v->name + len;

		if (strncmp(v->name, prefix[i], len) != 0)
			continue;
		*library = i == 1;
		if (*end == '@' || !strcmp(end, "y") || !strcmp(end, "m"))
			return end;
	}
	return NULL;
}

static void add_note(struct walk *w, const struct error *err)
{
	if (w->kbuild->notes.len < MAX_NOTES)
		strbuf_addf(&w->kbuild->notes, "%s\n", err->text);
}

/* Takes what the makefile that was read adds to the lists. */
static void take_lists(struct walk *w)
{
	for (struct make_variable *v = w->make.first; v && !w->make.failed; v = v->next) {
		const char *suffix = is_list(w, v, &w->library);
		struct make_variable *choices = v->choices;

		if (!suffix || !v->first)
			continue;
		w->owner = (struct pick_owner){ .module = *suffix == 'm' };
		w->owner.symbol = suffix_symbol(w, suffix, &w->owner.with);
		v->choices = NULL;
		make_words(&w->make, v, target_word, w);
		v->choices = choices;
	}
}

/* Reads PATH as the makefile of the folder. 1: it was there. */
static int read_makefile(struct walk *w, const char *path)
{
	struct error err;
	int result = 0;

	w->make.err = &err;
	make_begin(&w->make);
	arena_free(&w->scratch);
	if (make_set(&w->make, "src", w->folder->path) < 0 ||
	    make_set(&w->make, "obj", w->folder->path) < 0 ||
	    make_set(&w->make, "srctree", ".") < 0 || make_set(&w->make, "objtree", ".") < 0 ||
	    make_set(&w->make, "srcroot", ".") < 0 ||
	    make_set(&w->make, "KERNELRELEASE", "kernel") < 0)
		w->failed = true;
	else
		result = make_read(&w->make, path);
	if (result > 0)
		take_lists(w);
	if (w->make.failed)
		add_note(w, &err);
	return w->failed ? -1 : result != 0;
}

static int read_folder(struct walk *w)
{
	static const char *const name[] = { "Kbuild", "Makefile" };
	char path[FILES_PATH_MAX];
	int result;

	w->from_root = false;
	for (size_t i = 0; i < sizeof(name) / sizeof(name[0]); i++) {
		if (files_path(path, sizeof(path), w->folder->path, name[i], strlen(name[i])) < 0)
			continue;
		result = read_makefile(w, path);
		if (result)
			return result;
	}
	return 0;
}

static void arch_found(void *arg, const char *path)
{
	struct walk *w = arg;
	char folder[FILES_PATH_MAX];
	struct kbuild_folder *before = w->folder;

	snprintf(folder, sizeof(folder), "%.*s", (int)(strrchr(path, '/') - path), path);
	w->owner = (struct pick_owner){ 0 };
	add_folder(w, folder, NULL);
	w->folder = get_folder(w, folder);
	/* The makefile of an architecture is a part of the whole build's. */
	w->from_root = true;
	if (w->folder && read_makefile(w, path) < 0)
		w->failed = true;
	w->folder = before;
}

/* What the root's Kbuild goes on to, which older trees have in the root's Makefile. */
static int start(struct walk *w)
{
	static const char *const folders[] = { "init", "usr",  "kernel",   "certs",   "mm",
					       "fs",   "ipc",  "security", "crypto",  "io_uring",
					       "rust", "lib",  "block",	   "drivers", "sound",
					       "net",  "virt", "samples" };

	w->folder = get_folder(w, "");
	if (!w->folder || read_folder(w) < 0)
		return -1;
	w->owner = (struct pick_owner){ 0 };
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (!names_find(&w->kbuild->folders, folders[i], strlen(folders[i])) &&
		    files_exist(w->kbuild->files, folders[i]))
			add_folder(w, folders[i], NULL);
	if (files_match(w->kbuild->files, "arch/*/Makefile", arch_found, w) < 0)
		return -1;
	return w->failed ? -1 : 0;
}

int kbuild_read(struct kbuild *kbuild, const struct tree_files *files,
		const struct kconfig *kconfig, bool module, struct arena *arena, struct error *err)
{
	struct walk w = { .kbuild = kbuild };
	int result;

	*kbuild = (struct kbuild){ .files = files, .kconfig = kconfig, .arena = arena };
	w.make = (struct make){
		.files = files, .kconfig = kconfig, .keep = arena, .arena = &w.scratch
	};
	w.scratch.limit = 64 << 20;
	if (module)
		result = get_folder(&w, "") ? 0 : -1;
	else
		result = start(&w);
	/* Folders are added while this goes on; the root was read by start(). */
	for (struct kbuild_folder *f = kbuild->first; f && result >= 0; f = f->next) {
		w.folder = f;
		if (*f->path || module)
			result = read_folder(&w);
		if (w.failed)
			result = -1;
	}
	make_free(&w.make);
	arena_free(&w.scratch);
	return result < 0 ? error_set(err, "out of memory, or a tree larger than any") : 0;
}

void kbuild_free(struct kbuild *kbuild)
{
	names_free(&kbuild->folders);
	names_free(&kbuild->by_path);
	strbuf_free(&kbuild->notes);
}

void make_condition_print(struct strbuf *text, const struct make_condition *condition)
{
	size_t start = text->len;

	for (int depth = 0; condition && depth < 16; condition = condition->outer, depth++) {
		if (!condition->text && !condition->also)
			continue;
		if (text->len > start)
			strbuf_puts(text, " && ");
		if (condition->also)
			make_condition_print(text, condition->also);
		else
			strbuf_addf(text, condition->negated ? "!(%s)" : "%s", condition->text);
	}
}
