// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry pick --board: the board's devicetree and its kernel's configuration, out of the packages
 * that are fetched for it.
 */
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/program.h"
#include "cmd-pick.h"

enum { MAX_FACTS = 1 << 20 };

/* The first word of `NAME = ...` in a board's facts, or an empty text. */
static void fact(const char *facts, const char *name, char *value, size_t size)
{
	size_t len = strlen(name);

	value[0] = '\0';
	for (const char *line = facts; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, len) && line[len] == ' ') {
			line += len + strspn(line + len, " =");
			snprintf(value, size, "%.*s", (int)strcspn(line, " \n"), line);
			return;
		}
	}
}

static char *only_match(const char *pattern)
{
	glob_t found;
	char *path = NULL;

	if (glob(pattern, 0, NULL, &found) == 0) {
		path = strdup(found.gl_pathv[0]);
		globfree(&found);
	}
	return path;
}

static int find_files(struct pick_board *board, const char *data, const char *name,
		      const char *facts, struct error *err)
{
	char packages[64], dtb[128], pattern[PATH_MAX + 256];

	fact(facts, "BOARD_PACKAGES", packages, sizeof(packages));
	fact(facts, "BOARD_DTBS", dtb, sizeof(dtb));
	if (!packages[0])
		snprintf(packages, sizeof(packages), "%s", name);
	snprintf(pattern, sizeof(pattern), "%s/build/cache/%s/root/boot/config-*", data, packages);
	board->config = only_match(pattern);
	if (dtb[0]) {
		snprintf(pattern, sizeof(pattern),
			 "%s/build/cache/%s/root/usr/lib/linux-image-*/%s", data, packages, dtb);
		board->dtb = only_match(pattern);
	}
	if (!board->config)
		return error_set(err,
				 "%s: its packages are not fetched: run make packages BOARD=%s, or "
				 "name --kernel-config and --dtb",
				 name, name);
	return 0;
}

int pick_board_find(struct pick_board *board, const char *name, struct error *err)
{
	char data[PATH_MAX], path[PATH_MAX + 256];
	char *facts;
	size_t len;
	int result;

	*board = (struct pick_board){ 0 };
	if (strchr(name, '/') || *name == '.')
		return error_set(err, "'%s' is no board", name);
	if (program_beside(data, sizeof(data), "data", err) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/boards/%s/board.mk", data, name);
	if (file_read(path, MAX_FACTS, &facts, &len, NULL) < 0)
		return error_set(err, "there is no board '%s'", name);
	result = find_files(board, data, name, facts, err);
	free(facts);
	return result;
}

void pick_board_free(struct pick_board *board)
{
	free(board->config);
	free(board->dtb);
}
