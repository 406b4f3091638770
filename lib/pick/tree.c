// SPDX-License-Identifier: GPL-2.0-only
/* A kernel tree as a whole: is it one, which version, its symbols, its drivers. */
#include "pick/tree.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "pick/tarball.h"

enum { MAX_MAKEFILE = 1 << 20 };

/* The value of `NAME = ...` at the beginning of a line. */
static void makefile_value(const char *text, const char *name, char *value, size_t size)
{
	size_t len = strlen(name);

	value[0] = '\0';
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, len) && (line[len] == ' ' || line[len] == '=')) {
			const char *from = line + len;

			from += strspn(from, " =");
			snprintf(value, size, "%.*s", (int)strcspn(from, " \t\r\n"), from);
			return;
		}
	}
}

/* What makes a folder a kernel tree, and which version it has. */
static int identify(struct pick_tree *tree, const char *dir, struct error *err)
{
	static const char *const needed[] = { "Kconfig", "Makefile", "drivers/Kconfig",
					      "drivers/Makefile" };
	char version[16], level[16], sub[16], extra[32];
	const char *text;
	size_t len;

	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++)
		if (!files_exist(&tree->files, needed[i]))
			return error_set(err, "%s: no Linux kernel tree: it has no %s", dir,
					 needed[i]);
	if (files_read(&tree->files, "Makefile", MAX_MAKEFILE, &tree->arena, &text, &len, err) < 0)
		return error_prefix(err, "%s", dir);
	makefile_value(text, "VERSION", version, sizeof(version));
	makefile_value(text, "PATCHLEVEL", level, sizeof(level));
	makefile_value(text, "SUBLEVEL", sub, sizeof(sub));
	makefile_value(text, "EXTRAVERSION", extra, sizeof(extra));
	if (!version[0] || !level[0])
		return error_set(err, "%s: no Linux kernel tree: its Makefile has no VERSION", dir);
	snprintf(tree->version, sizeof(tree->version), "%.15s.%.15s.%.15s%.15s", version, level,
		 sub[0] ? sub : "0", extra);
	return 0;
}

static int read_module(struct pick_tree *tree, const char *dir, struct error *err)
{
	if (files_open(&tree->module_files, dir, err) < 0)
		return -1;
	if (!files_exist(&tree->module_files, "Kbuild") &&
	    !files_exist(&tree->module_files, "Makefile"))
		return error_set(err, "%s: has neither a Kbuild nor a Makefile", dir);
	return kbuild_read(&tree->kbuild, &tree->module_files, &tree->kconfig, true, &tree->arena,
			   err);
}

static int open_tree(struct pick_tree *tree, const char *dir, const struct pick_options *options,
		     struct error *err)
{
	struct stat st;

	if (stat(dir, &st) == 0 && S_ISREG(st.st_mode))
		return tarball_read(&tree->files, dir, !options->no_sources, &tree->arena, err);
	return files_open(&tree->files, dir, err);
}

int pick_tree_read(struct pick_tree *tree, const char *dir, const struct pick_options *options,
		   struct error *err)
{
	*tree = (struct pick_tree){ .files = { .root = -1 }, .module_files = { .root = -1 } };
	if (open_tree(tree, dir, options, err) < 0 || identify(tree, dir, err) < 0)
		return -1;
	if (kconfig_read(&tree->kconfig, &tree->files, "Kconfig", options->arch, &tree->arena,
			 err) < 0)
		return error_prefix(err, "%s", dir);
	if (options->module_src)
		return read_module(tree, options->module_src, err);
	return kbuild_read(&tree->kbuild, &tree->files, &tree->kconfig, false, &tree->arena, err);
}

void pick_tree_free(struct pick_tree *tree)
{
	kbuild_free(&tree->kbuild);
	kconfig_free(&tree->kconfig);
	files_close(&tree->files);
	files_close(&tree->module_files);
	arena_free(&tree->arena);
}
