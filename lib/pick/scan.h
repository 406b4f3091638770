/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a C source says of itself without being compiled: its licence, its lines, what it includes,
 * the tables of the devices that it is for. A source is gone over once, line by line; what is taken
 * out of it is small, and is understood later (ids.h), when the headers of its macros are known.
 */
#ifndef LIB_PICK_SCAN_H
#define LIB_PICK_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "pick/arena.h"

/* What a table lists. The bus of `--id`. */
enum scan_bus {
	SCAN_OF,
	SCAN_PCI,
	SCAN_USB,
	SCAN_ACPI,
	SCAN_PLATFORM,
	SCAN_I2C,
	SCAN_SPI,
	SCAN_AMBA,
	SCAN_VIRTIO,
	SCAN_BUSES,
};

/* A text of the source: the inside of a table, or of a declaration. Comments are gone. */
struct scan_table {
	struct scan_table *next;
	enum scan_bus bus;
	bool driver; /* a struct platform_driver rather than a table */
	bool call;   /* the arguments of MODULE_ALIAS, CLK_OF_DECLARE or the like */
	const char *text;
	size_t len;
};

/* `#define NAME(PARAMETERS) BODY`, or a header that is included. */
struct scan_define {
	struct scan_define *next;
	const char *name;
	const char *parameters; /* what is in the parentheses, or NULL */
	const char *body;
	char text[]; /* of all three */
};

struct scan_include {
	struct scan_include *next;
	const char *name;
	bool quoted;
	bool looked_for; /* and these are what was found, for whoever looks again */
	void *found[2];
};

struct scan_source {
	unsigned lines;
	const char *licence;	 /* as SPDX has it, or what MODULE_LICENSE says; NULL: neither */
	const char *description; /* MODULE_DESCRIPTION, or NULL */
	uint64_t services;	 /* bits: scan_service_name() */
	struct scan_table *tables;
	bool tables_include; /* a table goes on in another file */
	bool foreign_tables; /* there are more than these, in headers */
	/* Only where tables have names in them: macros that may be meant, and headers. */
	struct scan_define *defines;
	struct scan_include *includes;
};

/*
 * Goes over the LEN bytes of TEXT. What is found comes from ARENA. Without memory what is found is
 * not all: arena->failed is set.
 */
void scan_source(struct scan_source *source, const char *text, size_t len, struct arena *arena);
/* Takes all macros, includes and tables of a header. */
void scan_header(struct scan_source *header, const char *text, size_t len, struct arena *arena);
/* What TEXT is without comments and preprocessor, as a table has it; its length is *LEN, too. */
const char *scan_strip(const char *text, size_t *len, struct arena *arena);
/* "irq", "clk", "dma", ...: the name of a bit of services, or NULL behind the last. */
const char *scan_service_name(unsigned bit);
/* "of", "pci", ... */
const char *scan_bus_name(enum scan_bus bus);

#endif
