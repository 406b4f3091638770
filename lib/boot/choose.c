// SPDX-License-Identifier: GPL-2.0-only
/* Which board an image is for: see choose.h. */
#include "boot/choose.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/extlinux.h"
#include "boot/firmware.h"

static int unknown(const char *name, struct error *err)
{
	struct strbuf names = STRBUF_INIT;
	int rc;

	if (board_names(&names) < 0)
		rc = error_set(err, "out of memory");
	else
		rc = error_set(err, "no board is called '%s'; there are %s", name, names.buf);
	strbuf_free(&names);
	return rc;
}

static const struct board *by_directory(const char *image_path)
{
	char *path = realpath(image_path, NULL);
	const struct board *board = path ? board_find(basename(dirname(path))) : NULL;

	free(path);
	return board;
}

/*
 * The board whose kernel extlinux.conf names. Returns 1, 0 when there is no such file, or -1 with
 * ERR set.
 */
static int by_extlinux(struct boot_files *files, const struct board **found, struct error *err)
{
	struct payload payload;
	int rc = extlinux_is(files, err);

	for (size_t i = 0; rc > 0 && boards[i]; i++) {
		if (boards[i]->firmware)
			continue;
		rc = extlinux_load(&payload, boards[i], files, err);
		payload_free(&payload);
		if (rc == 0) {
			*found = boards[i];
			return 1;
		}
		rc = 1;
	}
	return rc > 0 ? -1 : rc;
}

static const struct board *by_boot_files(struct boot_files *files, struct error *err)
{
	const struct board *first = NULL, *bare = NULL, *found = NULL;
	struct payload payload;
	struct error why;

	if (by_extlinux(files, &found, err) != 0)
		return found;
	for (size_t i = 0; boards[i] && !found; i++) {
		if (!boards[i]->firmware)
			continue;
		if (firmware_load(&payload, boards[i], files, first ? NULL : &why) == 0) {
			if (payload.dtb_name)
				found = boards[i];
			else if (!bare)
				bare = boards[i];
		}
		if (!first)
			first = boards[i];
		payload_free(&payload);
	}
	if (!found)
		found = bare;
	if (!found && first)
		error_set(err, "the image boots on no board that ferry knows; on the %s: %s",
			  first->title, why.text);
	else if (!found)
		error_set(err, "ferry knows no board that boots from a card by its firmware");
	return found;
}

const struct board *board_choose_named(const char *name, const char *path, const char **why,
				       struct error *err)
{
	const struct board *board;

	if (!name) {
		*why = "after the image's directory";
		return by_directory(path);
	}
	*why = "as asked for";
	board = board_find(name);
	if (!board)
		unknown(name, err);
	return board;
}

const struct board *board_choose(const char *name, const char *image_path, struct boot_files *files,
				 const char **why, struct error *err)
{
	const struct board *board = board_choose_named(name, image_path, why, err);

	if (board || name)
		return board;
	*why = "the first board that has its boot files in the image";
	return by_boot_files(files, err);
}
