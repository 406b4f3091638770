// SPDX-License-Identifier: GPL-2.0-only
/* Questions about the drivers of a tree. */
#include "pick/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static bool is_below(const char *folder, const char *top)
{
	size_t len = strlen(top);

	return !strncmp(folder, top, len) && (!folder[len] || folder[len] == '/');
}

struct pick_symbol *pick_driver_symbol(const struct pick_driver *driver)
{
	for (const struct pick_owner *owner = driver->owners; owner; owner = owner->next)
		if (owner->symbol)
			return owner->symbol;
	return NULL;
}

static bool is_driver(const struct pick_driver *driver)
{
	static const char *const tops[] = { "drivers", "sound", "net", "fs", "crypto" };

	if (is_below(driver->folder, "arch") && strstr(driver->folder, "/boot"))
		return false;
	if (pick_driver_symbol(driver) || !driver->folder[0])
		return true;
	for (size_t i = 0; i < sizeof(tops) / sizeof(tops[0]); i++)
		if (is_below(driver->folder, tops[i]))
			return true;
	return false;
}

static int compare(const void *a, const void *b)
{
	const struct pick_driver *const *x = a, *const *y = b;
	int order = strcmp((*x)->folder, (*y)->folder);

	return order ? order : strcmp((*x)->name, (*y)->name);
}

int pick_all(const struct pick_tree *tree, struct pick_list *list, struct error *err)
{
	*list = (struct pick_list){ 0 };
	list->driver = calloc(tree->kbuild.driver_count + 1, sizeof(struct pick_driver *));
	if (!list->driver)
		return error_set(err, "out of memory");
	for (struct pick_driver *d = tree->kbuild.drivers; d; d = d->next)
		if (is_driver(d))
			list->driver[list->count++] = d;
	qsort(list->driver, list->count, sizeof(struct pick_driver *), compare);
	return 0;
}

void pick_list_free(struct pick_list *list)
{
	free(list->driver);
	*list = (struct pick_list){ 0 };
}

const char *pick_subsystem(const struct pick_driver *driver)
{
	return strncmp(driver->folder, "drivers/", 8) ? driver->folder : driver->folder + 8;
}

bool pick_in_subsystem(const struct pick_driver *driver, const char *name)
{
	/* What everybody calls otherwise than the kernel's folders. */
	static const char *const other[][2] = { { "hwrng", "char/hw_random" },
						{ "ethernet", "net/ethernet" },
						{ "wireless", "net/wireless" } };

	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		if (!strcmp(name, other[i][0]))
			name = other[i][1];
	return is_below(pick_subsystem(driver), name) || is_below(driver->folder, name);
}

/* --- Names --- */

static char same(char c)
{
	return c == '-' ? '_' : c;
}

/* Whether NAME, up to an end such as .ko, is WANTED. */
static bool is_same(const char *wanted, const char *name, const char *const *ends)
{
	while (*wanted && same(*wanted) == same(*name)) {
		wanted++;
		name++;
	}
	if (*wanted)
		return false;
	if (!*name)
		return true;
	for (; *ends; ends++)
		if (!strcmp(name, *ends))
			return true;
	return false;
}

static bool is_file(const struct pick_object *object, const char *name)
{
	static const char *const ends[] = { ".c", ".o", ".S", ".rs", NULL };
	char stem[FILES_PATH_MAX];
	const char *slash = strrchr(object->path, '/');

	snprintf(stem, sizeof(stem), "%s", object->path);
	stem[strlen(stem) - 2] = '\0';
	return is_same(strchr(name, '/') || !slash ? stem : stem + (slash - object->path) + 1, name,
		       ends);
}

bool pick_is_called(const struct pick_driver *driver, const char *name)
{
	static const char *const module_ends[] = { ".ko", ".o", NULL };
	const char *symbol = strncmp(name, "CONFIG_", 7) ? name : name + 7;

	for (const struct pick_owner *owner = driver->owners; owner; owner = owner->next)
		if (owner->symbol && !owner->from_folder && !strcmp(owner->symbol->name, symbol))
			return true;
	if (is_same(driver->name, name, module_ends))
		return true;
	for (const struct pick_object *object = driver->objects; object; object = object->next)
		if (is_file(object, name))
			return true;
	return false;
}

/* How many letters are to be changed, put in or left out to make B of A, letter case apart. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[64], len = (unsigned)strlen(b);

	if (len >= 64 || strlen(a) >= 64)
		return 64;
	for (unsigned i = 0; i <= len; i++)
		row[i] = i;
	for (unsigned i = 1; a[i - 1]; i++) {
		unsigned corner = row[0];

		row[0] = i;
		for (unsigned k = 1; k <= len; k++) {
			char x = same(a[i - 1]), y = same(b[k - 1]);
			unsigned change = corner + ((x | 0x20) != (y | 0x20));

			corner = row[k];
			row[k] = row[k] < row[k - 1] ? row[k] + 1 : row[k - 1] + 1;
			if (change < row[k])
				row[k] = change;
		}
	}
	return row[len];
}

struct near {
	const char *name;
	unsigned distance;
};

static void consider(struct near near[3], const char *name, unsigned far)
{
	for (int i = 0; i < 3; i++)
		if (near[i].name && !strcmp(near[i].name, name))
			return;
	for (int i = 0; i < 3; i++)
		if (!near[i].name || far < near[i].distance) {
			memmove(near + i + 1, near + i, (size_t)(2 - i) * sizeof(*near));
			near[i] = (struct near){ name, far };
			return;
		}
}

static int none(const struct pick_list *list, const char *name, struct error *err)
{
	struct near near[3] = { { 0 } };
	const struct pick_symbol *symbol;

	for (size_t i = 0; i < list->count; i++) {
		symbol = pick_driver_symbol(list->driver[i]);
		consider(near, list->driver[i]->name, distance(list->driver[i]->name, name));
		if (symbol)
			consider(near, symbol->name, distance(symbol->name, name));
	}
	if (!near[2].name)
		return error_set(err, "no driver is called '%s'", name);
	return error_set(err, "no driver is called '%s'; nearest are %s, %s and %s", name,
			 near[0].name, near[1].name, near[2].name);
}

static int several(const struct pick_driver *const *found, size_t count, const char *name,
		   struct error *err)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < count && text.len < 700; i++)
		strbuf_addf(&text, "%s%s%s%s", i ? ", " : "", found[i]->folder,
			    found[i]->folder[0] ? "/" : "", found[i]->name);
	if (text.len >= 700)
		strbuf_puts(&text, ", ...");
	error_set(err, "%zu drivers are called '%s': %s: name one of them by its file", count, name,
		  text.failed ? "out of memory" : text.buf);
	strbuf_free(&text);
	return -1;
}

int pick_choose(struct pick_list *list, const char *name, struct error *err)
{
	struct pick_driver *kept = NULL;
	size_t count = 0, exact = 0;

	/* They are moved to the front: the list is of no use to the caller on failure. */
	for (size_t i = 0; i < list->count; i++)
		if (pick_is_called(list->driver[i], name)) {
			static const char *const ends[] = { ".ko", ".o", ".c", NULL };
			struct pick_driver *driver = list->driver[i];
			char path[FILES_PATH_MAX];

			snprintf(path, sizeof(path), "%s/%s", driver->folder, driver->name);
			if (is_same(strchr(name, '/') ? path : driver->name, name, ends)) {
				kept = driver;
				exact++;
			}
			list->driver[count++] = driver;
		}
	if (!count)
		return none(list, name, err);
	/* A driver by its own name comes before those that it is a part of. */
	if (count > 1 && exact != 1)
		return several((const struct pick_driver *const *)list->driver, count, name, err);
	if (count > 1)
		list->driver[0] = kept;
	list->count = 1;
	return 0;
}

const char *pick_driver_kind(const struct pick_driver *driver)
{
	const struct pick_symbol *symbol = pick_driver_symbol(driver);

	if (driver->library)
		return "library";
	for (const struct pick_owner *owner = driver->owners; owner; owner = owner->next)
		if (owner->module)
			return "module";
	return symbol ? pick_type_name(symbol->type) : "always";
}
