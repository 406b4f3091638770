// SPDX-License-Identifier: GPL-2.0-only
/*
 * Going through the drivers of a tree. Items are folders and drivers in the order in which they are
 * shown when all is open; rows are those of them that are shown now.
 */
#include "pick/browse.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { MAX_DEPTH = 16, MAX_WORDS = 16 };

/* A folder comes before what is below it, and that before its neighbours: `/` is the least. */
static int compare_folders(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return (*a == '/' ? 1 : (unsigned char)*a) - (*b == '/' ? 1 : (unsigned char)*b);
}

static int compare(const void *a, const void *b)
{
	const struct pick_driver *const *x = a, *const *y = b;
	int order = compare_folders(pick_subsystem(*x), pick_subsystem(*y));

	return order ? order : strcmp((*x)->name, (*y)->name);
}

static void add_words(struct strbuf *words, const char *text)
{
	if (!text)
		return;
	strbuf_puts(words, " ");
	for (; *text; text++) {
		char c = (char)tolower((unsigned char)*text);

		strbuf_add(words, &c, 1);
	}
}

static const char *words_of(struct arena *arena, const struct pick_driver *driver,
			    struct strbuf *words)
{
	words->len = 0;
	add_words(words, driver->name);
	add_words(words, driver->folder);
	for (const struct pick_owner *o = driver->owners; o; o = o->next) {
		if (!o->symbol)
			continue;
		add_words(words, o->symbol->name);
		add_words(words, pick_symbol_prompt(o->symbol));
	}
	if (driver->facts) {
		add_words(words, driver->facts->description);
		for (const struct scan_id *id = driver->facts->ids; id; id = id->next) {
			char id_text[300];

			snprintf(id_text, sizeof(id_text), "%s:%s", scan_bus_name(id->bus),
				 id->text);
			add_words(words, id_text);
		}
	}
	return words->failed ? NULL : arena_copy(arena, words->buf, words->len);
}

/* Opens the items of the folders that lead to PATH, from what is open at STACK on. */
static int enter_folders(struct browse *b, const char *path, size_t stack[MAX_DEPTH],
			 const char *open[MAX_DEPTH], unsigned *depth)
{
	unsigned common = 0;
	const char *at = path;

	while (*at) {
		size_t len = strcspn(at, "/");

		if (common == MAX_DEPTH)
			break;
		if (common < *depth &&
		    (strlen(open[common]) != len || memcmp(open[common], at, len) != 0))
			for (; *depth > common; --*depth)
				b->item[stack[*depth - 1]].end = b->count;
		if (common >= *depth) {
			struct browse_item *item = ARRAY_ADD(b->item, b->count);

			if (!item)
				return -1;
			item->text = arena_copy(&b->arena, at, len);
			if (!item->text)
				return -1;
			item->depth = common;
			item->parent = common ? stack[common - 1] : b->count - 1;
			stack[common] = b->count - 1;
			open[common] = item->text;
			*depth = common + 1;
		}
		common++;
		at += len;
		at += *at == '/';
	}
	for (; *depth > common; --*depth)
		b->item[stack[*depth - 1]].end = b->count;
	return 0;
}

static int add_items(struct browse *b, struct pick_driver **driver, size_t count)
{
	size_t stack[MAX_DEPTH] = { 0 };
	const char *open[MAX_DEPTH];
	unsigned depth = 0;
	struct strbuf words = STRBUF_INIT;
	int result = 0;

	for (size_t i = 0; i < count && result == 0; i++) {
		struct browse_item *item = NULL;

		if (enter_folders(b, pick_subsystem(driver[i]), stack, open, &depth) == 0)
			item = ARRAY_ADD(b->item, b->count);
		if (!item) {
			result = -1;
			break;
		}
		item->driver = driver[i];
		item->depth = depth;
		item->parent = depth ? stack[depth - 1] : b->count - 1;
		item->words = words_of(&b->arena, driver[i], &words);
		if (!item->words)
			result = -1;
	}
	for (; depth; depth--)
		b->item[stack[depth - 1]].end = b->count;
	strbuf_free(&words);
	return result;
}

/* Which items are shown: those whose folders are open, and with a search what it finds. */
static void set_rows(struct browse *b)
{
	b->row_count = 0;
	for (size_t i = 0; i < b->count;) {
		struct browse_item *item = &b->item[i];

		if (!item->found) {
			i = item->driver ? i + 1 : item->end;
			continue;
		}
		b->row[b->row_count++] = i;
		i = item->driver || item->open || b->search[0] ? i + 1 : item->end;
	}
	if (b->cursor >= b->row_count)
		b->cursor = b->row_count ? b->row_count - 1 : 0;
}

int browse_start(struct browse *b, const struct pick_list *list, struct error *err)
{
	struct pick_driver **sorted = calloc(list->count + 1, sizeof(struct pick_driver *));
	int result = -1;

	*b = (struct browse){ 0 };
	if (sorted) {
		memcpy(sorted, list->driver, list->count * sizeof(struct pick_driver *));
		qsort(sorted, list->count, sizeof(struct pick_driver *), compare);
		result = add_items(b, sorted, list->count);
	}
	free(sorted);
	b->row = result == 0 ? calloc(b->count + 1, sizeof(*b->row)) : NULL;
	if (!b->row)
		return error_set(err, "out of memory");
	browse_search(b, "");
	return 0;
}

void browse_free(struct browse *b)
{
	free(b->item);
	free(b->row);
	arena_free(&b->arena);
}

/* --- Search --- */

static bool has_all(const char *text, char *const *word, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strstr(text, word[i]))
			return false;
	return true;
}

static void go_to(struct browse *b, size_t item)
{
	for (size_t i = 0; i < b->row_count; i++)
		if (b->row[i] == item) {
			b->cursor = i;
			return;
		}
}

void browse_search(struct browse *b, const char *text)
{
	char lower[sizeof(b->search)], *word[MAX_WORDS], *save = NULL;
	struct browse_item *at = browse_at(b);
	size_t words = 0, before = at ? (size_t)(at - b->item) : 0;

	strncpy(b->search, text, sizeof(b->search) - 1);
	for (size_t i = 0; i < sizeof(lower); i++)
		lower[i] = (char)tolower((unsigned char)b->search[i]);
	for (char *w = strtok_r(lower, " ", &save); w && words < MAX_WORDS;
	     w = strtok_r(NULL, " ", &save))
		word[words++] = w;
	b->found = 0;
	for (size_t i = 0; i < b->count; i++) {
		b->item[i].drivers = 0;
		b->item[i].found = b->item[i].driver && has_all(b->item[i].words, word, words);
		b->found += b->item[i].found;
	}
	/* What is in a folder comes behind it: counted from the end, each folder is complete. */
	for (size_t i = b->count; i-- > 0;) {
		struct browse_item *item = &b->item[i], *parent = &b->item[item->parent];

		if (item->driver)
			item->drivers = item->found;
		else
			item->found = item->drivers > 0;
		if (parent != item)
			parent->drivers += item->drivers;
	}
	b->cursor = 0;
	set_rows(b);
	if (at)
		go_to(b, before);
	/* A search goes to what it has found, not to the folder that it is in. */
	at = browse_at(b);
	if (b->search[0] && at && !at->driver && (size_t)(at - b->item) != before)
		while ((at = browse_at(b)) && !at->driver && b->cursor + 1 < b->row_count)
			b->cursor++;
}

/* --- The cursor --- */

struct browse_item *browse_at(const struct browse *b)
{
	return b->cursor < b->row_count ? &b->item[b->row[b->cursor]] : NULL;
}

void browse_move(struct browse *b, long rows)
{
	if (rows < 0 && (size_t)-rows > b->cursor)
		b->cursor = 0;
	else
		b->cursor += (size_t)rows;
	if (b->cursor >= b->row_count)
		b->cursor = b->row_count ? b->row_count - 1 : 0;
}

bool browse_open_folder(struct browse *b)
{
	struct browse_item *item = browse_at(b);

	if (!item || item->driver || item->open || b->search[0])
		return false;
	item->open = true;
	set_rows(b);
	return true;
}

void browse_close_folder(struct browse *b)
{
	struct browse_item *item = browse_at(b);

	if (!item)
		return;
	if (!item->driver && item->open && !b->search[0]) {
		item->open = false;
		set_rows(b);
		return;
	}
	go_to(b, item->parent);
}

/* --- Marks --- */

void browse_mark(struct browse *b)
{
	struct browse_item *item = browse_at(b);
	size_t from, to;
	bool mark = false;

	if (!item)
		return;
	from = (size_t)(item - b->item);
	to = item->driver ? from + 1 : item->end;
	for (size_t i = from; i < to; i++)
		mark |= b->item[i].driver && b->item[i].found && !b->item[i].marked;
	for (size_t i = from; i < to; i++)
		if (b->item[i].driver && b->item[i].found && b->item[i].marked != mark) {
			b->item[i].marked = mark;
			b->marked += mark ? 1 : (size_t)-1;
		}
}

int browse_chosen(const struct browse *b, struct pick_list *list, struct error *err)
{
	const struct browse_item *at = browse_at(b);

	list->count = 0;
	list->driver = calloc(b->marked + 1, sizeof(struct pick_driver *));
	if (!list->driver)
		return error_set(err, "out of memory");
	for (size_t i = 0; i < b->count; i++)
		if (b->item[i].marked)
			list->driver[list->count++] = b->item[i].driver;
	if (!list->count && at && at->driver)
		list->driver[list->count++] = at->driver;
	return 0;
}
