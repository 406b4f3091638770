/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of an emulated board: what QEMU calls it, what its firmware looks for, and what the
 * emulation lacks. boards/NAME/emulation.c states it; `ferry boot` works from the table of them
 * (lib/boot/boards.h).
 */
#ifndef BOARDS_EMULATION_H
#define BOARDS_EMULATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list of names, ended by NULL. */
#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/*
 * Where a board's GPIO controller is, and which registers it has: what the pin recorder needs to
 * know.
 */
enum gpio_kind {
	GPIO_NONE,
	GPIO_BCM2835,
	GPIO_PL061,
};

enum quirk_action {
	QUIRK_REMOVE_NODE,
	QUIRK_REMOVE_PROPERTY,
	QUIRK_SET_TEXT,
	QUIRK_SET_EMPTY,
	QUIRK_CUT, /* keep only the first bytes of a property */
};

#define QUIRK_MOST_KEPT 64 /* bytes */

/*
 * Something that QEMU's board lacks and the real one has: a change of the devicetree, so that a
 * stock kernel does not trip over it. Where the node is not there, nothing is changed.
 */
struct quirk {
	const char *lack; /* for the user; equal ones in a row are printed once */
	const char *node; /* its path */
	enum quirk_action action;
	const char *property; /* NULL for QUIRK_REMOVE_NODE */
	const char *text;     /* of QUIRK_SET_TEXT */
	int keep;	      /* bytes, of QUIRK_CUT */
};

struct board {
	const char *name;    /* as in boards/NAME and --board */
	const char *title;   /* "Raspberry Pi Zero" */
	const char *qemu;    /* the program: "qemu-system-arm" */
	const char *machine; /* -M */
	const char *cpu;     /* -cpu, or NULL: the machine's own */
	/* boots from a card by a Pi's firmware; else by extlinux.conf. Without it no names below */
	bool firmware;
	bool x86; /* else ARM */
	/* QEMU's interface of the card or disk: "sd", "virtio"; NULL: it has none */
	const char *drive;
	/* config.txt sections that apply: "pi0", "pi1", ...; ends with NULL */
	const char *const *filters;
	/* devicetree names the firmware tries, in order; ends with NULL */
	const char *const *dtbs;
	/* default kernel names for a 32-bit boot, in order; ends with NULL */
	const char *const *kernels32;
	/* and for a 64-bit boot; ends with NULL, NULL when the board has none */
	const char *const *kernels64;
	bool arm_64bit; /* default of arm_64bit= */
	/* which QEMU serial port is the console: 0 PL011, 1 mini UART */
	int serial_index;
	enum gpio_kind gpio;
	uint64_t gpio_base; /* physical address */
	/* of the BCM system timer, physical address; 0 when there is none */
	uint64_t systimer_base;
	/* physical address of the memory that kernels are loaded into */
	uint64_t ram;
	/* bytes, without what the firmware keeps; 0: QEMU tells the kernel */
	uint64_t ram_size;
	uint32_t machine_type; /* of 32-bit kernels, which find it in r1 */
	int icount_shift;      /* the virtual instruction time that works, as 2^shift ns */
	int cpus;
	/* -global that leaves the other cores off; NULL: they are off until a kernel wants them */
	const char *one_core;
	const struct quirk *quirks; /* in the order of their notices, ended by one without a
				       node; NULL: none */
};

#endif
