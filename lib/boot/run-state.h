/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a boot is (run.h): what it was asked to be, what is in it, what happens in it. The files
 * that do a part of it need no more than this.
 */
#ifndef LIB_BOOT_RUN_STATE_H
#define LIB_BOOT_RUN_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "boot/boards.h"
#include "boot/card.h"
#include "boot/console.h"
#include "boot/notices.h"
#include "boot/payload.h"
#include "boot/qemu.h"
#include "boot/qmp.h"
#include "boot/queue.h"
#include "boot/scratch.h"
#include "pins/capture.h"
#include "pins/levels.h"

enum { BOOT_ICOUNT_AUTO = -2, BOOT_ICOUNT_OFF = -1 };

/* The texts stay the caller's, and must live as long as the boot. */
struct boot_options {
	const char *image;  /* path: a card, a FAT file system, or a kernel */
	const char *board;  /* its name; NULL: as choose.h and kernel-file.h find it */
	const char *append; /* to the kernel's command line; or NULL */
	const char *qemu;   /* the program; NULL: the board's own */
	char *const *extra; /* arguments for QEMU, ended by NULL; or NULL */
	const char *dtb;    /* a devicetree in the place of the image's; or NULL */
	/* FILE[,PARAMETER[=VALUE]]... each, applied in this order after those of config.txt */
	const char *const *overlays;
	size_t overlay_count;
	const char *const *devices; /* for QEMU: TYPE[,PROPERTY=VALUE]... each */
	size_t device_count;
	/*
	 * No user is at the console: time goes by instructions, so that runs repeat, and need not
	 * pass for a guest that sleeps.
	 */
	bool unattended;
	bool snapshot; /* the image stays as it is: the board writes to an overlay */
	/* boot_snapshot() will be called: SNAPSHOT follows from it */
	bool restorable;
	bool restart; /* the guest may restart the board; otherwise that is its end */
	/* an instruction takes 2^icount ns of virtual time; or one of BOOT_ICOUNT_... */
	int icount;
	uint64_t pins; /* to record, bit N: pin N */
	bool all_pins; /* record all that the board has */
};

/* How a board came to its end. */
enum boot_end {
	BOOT_RUNNING,
	BOOT_ENDED_BY_GUEST, /* it switched the board off, or restarted it */
	BOOT_ENDED_BY_QEMU,  /* which failed, or was killed */
	BOOT_ENDED_BY_FAULT, /* QEMU did not answer, or not as it should, and was stopped */
	BOOT_STOPPED,	     /* by boot_stop() */
};

/* A snapshot: its name, when it was, and the pins then. */
struct boot_mark {
	char *name;
	uint64_t time; /* of the guest, ns */
	struct pins_mark pins;
};

/* To be read by the caller; HOLD_CONSOLE and WATCH_PINS may be set between two steps. */
struct boot {
	struct boot_options options;

	/* Set by boot_plan(). */
	const struct board *board; /* NULL when none was found */
	struct payload payload;
	size_t kernel_len; /* of the kernel as found; the payload's may be made into another */
	char *cmdline;	   /* the payload's, with what was to be appended */
	bool has_card;
	struct qemu_options qemu;
	/* what came up since the last step, and in it; who has shown them may empty the list */
	struct notices notices;

	/* Set by boot_prepare(). */
	struct card card; /* GROWN after the end: the board wrote behind the image's end */
	struct pins_capture *capture; /* NULL when no pins are recorded */

	/* While it runs, and afterwards. */
	struct console_tail console; /* what the board said last */
	bool answered;		     /* QEMU came up: the board ran */
	enum boot_end end;	     /* other than BOOT_RUNNING: QEMU has ended, or is about to */
	struct error why;	     /* it ended, in words; "" for BOOT_STOPPED */

	bool hold_console;   /* do not read the console: the board has to wait */
	uint64_t watch_pins; /* return when one of these moves, if it is recorded */

	/* What follows is the business of the functions of run.h. */
	struct scratch kernel_file, dtb_file, initrd_file, raw_file, vmstate_file;
	char *vmstate;	/* the value of -drive for it */
	int inherit[8]; /* descriptors for QEMU, ended by -1 */
	struct qemu process;
	int pidfd; /* readable when QEMU has ended */
	struct qmp qmp;
	struct queue typed;	      /* for the board */
	struct strbuf said;	      /* on the console, since the last step */
	struct console_tail messages; /* QEMU's own */
	char line[512];		      /* the unfinished one of these */
	size_t line_len;
	uint64_t edges[PINS_COUNT]; /* of watched pins, when they were last looked at */
	unsigned int resets;	    /* told so far */
	bool told;		    /* what was collected: forget it when there is more */
	bool told_silence;
	struct boot_mark *marks; /* one for each name of a snapshot */
	size_t mark_count;
	int64_t start_ns, kill_ns;
};

#define BOOT_MORE 8 /* descriptors that a step may wait for besides */

/* What happened in a step. */
struct boot_events {
	const char *console; /* what the board said; valid until the next call */
	size_t len;	     /* bytes of it */
	size_t taken;	     /* bytes of what was typed, by the board */
	uint64_t moved;	     /* those of WATCH_PINS that changed their level */
	unsigned int resets; /* how often the board was restarted */
	bool ended;	     /* QEMU has ended: there is nothing to come */
};

#endif
