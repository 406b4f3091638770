// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sources of many drivers: each is read once, by whichever thread is free, into that thread's
 * arena; the tables in them are understood when all are read, for headers are shared.
 */
#include "pick/sources.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_SOURCE = 16 << 20, MAX_THREADS = 16, ARENA_LIMIT = 512 << 20 };

struct source {
	const char *path;
	struct scan_source scan;
};

struct reading {
	const struct tree_files *files;
	struct source *sources;
	size_t count;
	atomic_size_t next;
};

struct reader {
	struct reading *reading;
	pthread_t thread;
	struct arena arena;
	char *buffer;
	size_t room;
};

/* --- Reading --- */

static size_t read_source(struct reader *r, const char *path)
{
	int fd = files_descriptor(r->reading->files, path);
	struct stat st;
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		return 0;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > MAX_SOURCE)
		goto out;
	if (r->room < (size_t)st.st_size) {
		size_t room = r->room ? r->room : 256 << 10;

		while (room < (size_t)st.st_size)
			room *= 2;
		free(r->buffer);
		r->buffer = malloc(room);
		r->room = r->buffer ? room : 0;
		if (!r->buffer) {
			r->arena.failed = true;
			goto out;
		}
	}
	while (len < (size_t)st.st_size &&
	       (n = read(fd, r->buffer + len, (size_t)st.st_size - len)) > 0)
		len += (size_t)n;
out:
	close(fd);
	return len;
}

static void *read_sources(void *arg)
{
	struct reader *r = arg;
	struct reading *reading = r->reading;
	size_t i;

	while ((i = atomic_fetch_add(&reading->next, 1)) < reading->count) {
		struct source *source = &reading->sources[i];
		size_t len;

		if (reading->files->root < 0) {
			const struct scan_source *known = files_scan(reading->files, source->path);

			if (known)
				source->scan = *known;
			continue;
		}
		len = read_source(r, source->path);
		if (len)
			scan_source(&source->scan, r->buffer, len, &r->arena);
	}
	free(r->buffer);
	r->buffer = NULL;
	return NULL;
}

static int read_all(struct reading *reading, struct arena *arena, unsigned threads)
{
	struct reader readers[MAX_THREADS] = { 0 };
	unsigned started = 0;

	if (threads < 1)
		threads = 1;
	if (threads > MAX_THREADS)
		threads = MAX_THREADS;
	for (unsigned i = 0; i < threads; i++) {
		readers[i].reading = reading;
		readers[i].arena.limit = ARENA_LIMIT;
	}
	/* The last one is this thread; where no other can be had, it does all. */
	while (started + 1 < threads &&
	       pthread_create(&readers[started].thread, NULL, read_sources, &readers[started]) == 0)
		started++;
	read_sources(&readers[threads - 1]);
	for (unsigned i = 0; i < started; i++)
		pthread_join(readers[i].thread, NULL);
	for (unsigned i = 0; i < threads; i++)
		arena_join(arena, &readers[i].arena);
	return arena->failed ? -1 : 0;
}

/* --- What it means for a driver --- */

static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += len)
		if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ','))
			return true;
	return false;
}

static int add_licence(struct driver_facts *facts, const char *licence, struct arena *arena)
{
	char text[512];

	if (!licence || (facts->licences && has_word(facts->licences, licence)))
		return 0;
	snprintf(text, sizeof(text), "%s%s%s", facts->licences ? facts->licences : "",
		 facts->licences ? ", " : "", licence);
	facts->licences = arena_copy(arena, text, strlen(text));
	return facts->licences ? 0 : -1;
}

/* Leaves each device once, as they first came. A text may be on several buses: a bit for each. */
static int drop_doubles(struct scan_id **ids, struct names *seen)
{
	static char buses[1 << SCAN_BUSES]; /* a value of the table is the place of its bits here */

	names_clear(seen);
	for (struct scan_id **at = ids; *at;) {
		void **place = names_add(seen, (*at)->text, strlen((*at)->text));
		size_t bits, bit = (size_t)1 << (*at)->bus;

		if (!place)
			return -1;
		bits = *place ? (size_t)((char *)*place - buses) : 0;
		if (bits & bit) {
			*at = (*at)->next;
			continue;
		}
		*place = &buses[bits | bit];
		at = &(*at)->next;
	}
	return 0;
}

static int set_facts(struct pick_driver *driver, const struct names *by_path,
		     struct headers *headers, struct names *seen)
{
	struct driver_facts *facts = arena_alloc(headers->arena, sizeof(*facts));
	struct scan_id **last = facts ? &facts->ids : NULL;
	const char *before = NULL;

	if (!facts)
		return -1;
	for (const struct pick_object *o = driver->objects; o; o = o->next) {
		const struct source *source =
			o->source ? names_find(by_path, o->source, strlen(o->source)) : NULL;
		char folder[FILES_PATH_MAX];
		const char *slash;

		if (!source || source->path == before)
			continue;
		before = source->path;
		slash = strrchr(o->source, '/');
		snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - o->source) : 0,
			 o->source);
		facts->lines += source->scan.lines;
		facts->services |= source->scan.services;
		if (!facts->description)
			facts->description = source->scan.description;
		if (add_licence(facts, source->scan.licence, headers->arena) < 0 ||
		    ids_find(&source->scan, folder, driver->name, headers, &last) < 0)
			return -1;
	}
	driver->facts = facts;
	return facts->ids && facts->ids->next ? drop_doubles(&facts->ids, seen) : 0;
}

/* Each source once, however many drivers it is a part of. */
static int collect(const struct pick_list *list, struct reading *reading, struct names *by_path)
{
	size_t most = 0;

	for (size_t i = 0; i < list->count; i++)
		for (const struct pick_object *o = list->driver[i]->objects; o; o = o->next)
			most += o->source != NULL;
	reading->sources = calloc(most + 1, sizeof(*reading->sources));
	if (!reading->sources)
		return -1;
	for (size_t i = 0; i < list->count; i++)
		for (const struct pick_object *o = list->driver[i]->objects; o; o = o->next) {
			void **place =
				o->source ? names_add(by_path, o->source, strlen(o->source)) : NULL;

			if (o->source && !place)
				return -1;
			if (!place || *place)
				continue;
			*place = &reading->sources[reading->count];
			reading->sources[reading->count++].path = o->source;
		}
	return 0;
}

int sources_read(struct pick_tree *tree, const struct pick_list *list, unsigned threads,
		 struct error *err)
{
	const struct tree_files *files = tree->kbuild.files;
	struct reading reading = { .files = files };
	struct headers headers = { .files = files, .arena = &tree->arena };
	struct names by_path = { 0 }, seen = { 0 };
	int result = collect(list, &reading, &by_path);

	if (result == 0)
		result = read_all(&reading, &tree->arena, threads);
	for (size_t i = 0; i < list->count && result == 0; i++)
		if (!list->driver[i]->facts)
			result = set_facts(list->driver[i], &by_path, &headers, &seen);
	headers_free(&headers);
	names_free(&by_path);
	names_free(&seen);
	free(reading.sources);
	return result < 0 ? error_set(err, "out of memory") : 0;
}

bool pick_has_id(const struct pick_driver *driver, const char *text)
{
	const struct scan_id *id = driver->facts ? driver->facts->ids : NULL;

	while (id && !id_matches(id, text))
		id = id->next;
	return id != NULL;
}
