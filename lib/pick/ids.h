/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The devices that a source's tables list, with the macros in them resolved: those of the source,
 * of its own headers, and of the kernel's.
 */
#ifndef LIB_PICK_IDS_H
#define LIB_PICK_IDS_H

#include <stdbool.h>

#include "pick/files.h"
#include "pick/scan.h"

/*
 * One device: as `--id` has it, without the bus. `arm,pl061`; for PCI and USB `8086:100e`, `*` for
 * any and `?` where a macro was not found, or `class:0c0330`; for AMBA `00041061/000fffff`, the
 * bits that count behind the slash; for virtio the number, otherwise a name.
 */
struct scan_id {
	struct scan_id *next;
	enum scan_bus bus;
	const char *text;
};

struct headers {
	const struct tree_files *files;
	struct arena *arena;
	struct names by_path; /* of those that were read */
	unsigned searches;    /* no header is looked into twice in one */
};

/*
 * Adds the devices of SOURCE, the file FOLDER/..., behind *LAST and moves *LAST. MODULE is the name
 * that KBUILD_MODNAME stands for. Returns 0, or -1: no memory.
 */
int ids_find(const struct scan_source *source, const char *folder, const char *module,
	     struct headers *headers, struct scan_id ***last);
void headers_free(struct headers *headers);

/* Whether TEXT begins with the name of a bus and a colon. */
bool id_bus_is_known(const char *text);
/*
 * Whether ID is the device that TEXT names: `pci:8086:100e`, with `*` in the id for any. False for
 * a bus that is not known.
 */
bool id_matches(const struct scan_id *id, const char *text);

#endif
