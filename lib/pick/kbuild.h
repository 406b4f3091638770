/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the makefiles of a kernel tree build: from the root down, each folder once. Each target of
 * an `obj-...` variable is a driver here, be it one object or several that are linked.
 */
#ifndef LIB_PICK_KBUILD_H
#define LIB_PICK_KBUILD_H

#include "base/error.h"
#include "base/strbuf.h"
#include "pick/make.h"

/* Why something is built: a symbol, or several, and what an `ifeq` asks besides. */
struct pick_owner {
	struct pick_owner *next;
	struct pick_symbol *symbol;		/* NULL: always, given the condition */
	struct pick_symbol *with;		/* for obj-$(CONFIG_A)$(CONFIG_B): B; or NULL */
	const struct make_condition *condition; /* or NULL */
	bool from_condition; /* the makefile says obj-y: the symbol is that of an `ifeq` */
	bool from_folder; /* the makefile says obj-y: it is the folder that depends on the symbol */
	bool module;	  /* obj-m: as a module only */
};

/* An object of a driver. */
struct pick_object {
	struct pick_object *next;
	const char *path;	    /* drivers/rtc/rtc-pl031.o */
	const char *source;	    /* its source, or NULL: generated, or not there */
	struct pick_symbol *symbol; /* it is a part of the driver where this is set; or NULL */
	const struct make_condition *condition;
};

struct pick_driver {
	struct pick_driver *next;
	const char *name;		    /* rtc-pl031 */
	const char *folder;		    /* drivers/rtc */
	const struct kbuild_folder *within; /* whose makefile names it */
	struct pick_owner *owners;
	struct pick_object *objects;
	bool library;		    /* lib-y: linked where it is needed */
	struct driver_facts *facts; /* what its sources say, once they are read */
};

/* A way by which the build comes into a folder. */
struct kbuild_gate {
	struct kbuild_gate *next;
	struct kbuild_folder *from;
	struct pick_owner *owner;
};

struct kbuild_folder {
	struct kbuild_folder *next;
	const char *path;
	struct kbuild_gate *gates;
};

struct kbuild {
	const struct tree_files *files;
	const struct kconfig *kconfig;
	struct arena *arena;
	struct kbuild_folder *first, *last;
	struct names folders;
	struct names by_path; /* of drivers, by the path of their object */
	struct pick_driver *drivers, *last_driver;
	size_t driver_count, object_count;
	struct strbuf notes; /* makefiles that could not be read: FILE:LINE: TEXT */
};

/*
 * Reads the makefiles of a kernel tree; or, with MODULE, that of the root alone and what it goes on
 * to, as for a module outside of a tree. A makefile that cannot be read is a note. Returns 0, or -1
 * with ERR set: out of memory.
 */
int kbuild_read(struct kbuild *kbuild, const struct tree_files *files,
		const struct kconfig *kconfig, bool module, struct arena *arena, struct error *err);
void kbuild_free(struct kbuild *kbuild);
/* Adds a condition as text: `$(CONFIG_X) = y && !(...)`. */
void make_condition_print(struct strbuf *text, const struct make_condition *condition);

#endif
