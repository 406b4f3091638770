/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A boot from the image to the board's end, as a library: what a terminal, a script, or a program
 * that boots many boards calls. In order:
 *
 *	boot_plan()	acts as the board's firmware and decides how QEMU is called; opens nothing
 *	boot_prepare()	makes what QEMU gets: kernel, card, the recorder's file
 *	boot_start()	starts QEMU
 *	boot_step()	waits for what happens next, again and again until the board has ended
 *	boot_stop()	makes it end
 *	boot_free()	in any case
 *
 * Nothing is printed, and no signal is touched. The caller sees to it that SIGCHLD is not ignored,
 * since QEMU is a child process. What a user should know comes as notices, a line each.
 */
#ifndef LIB_BOOT_RUN_H
#define LIB_BOOT_RUN_H

#include <poll.h>
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
#include "pins/recording.h"

enum { BOOT_ICOUNT_AUTO = -2, BOOT_ICOUNT_OFF = -1 };

/* The texts stay the caller's, and must live as long as the boot. */
struct boot_options {
	const char *image;  /* path: a card, a FAT file system, or a kernel */
	const char *board;  /* its name; NULL: as choose.h and kernel-file.h find it */
	const char *append; /* to the kernel's command line; or NULL */
	const char *qemu;   /* the program; NULL: the board's own */
	char *const *extra; /* arguments for QEMU, ended by NULL; or NULL */
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

	/* What follows is the business of the functions below. */
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

/*
 * Finds out what is in the image, which board it is for, and how QEMU is to be called. Returns 0,
 * or -1 with ERR set: an image that cannot be read or booted, a board that is not known or does not
 * run it. BOOT is the caller's to free in either case.
 */
int boot_plan(struct boot *boot, const struct boot_options *options, struct error *err);
/*
 * Makes the files that QEMU gets, and the recorder of pins. Without SNAPSHOT the image is made as
 * long as the emulated card has to be until boot_free() or the end. Returns 0, or -1 with ERR set:
 * no room, pins that the board does not have, a card that cannot be written.
 */
int boot_prepare(struct boot *boot, struct error *err);
/*
 * Starts QEMU. Returns 0, or -1 with ERR set: the program is not there or cannot be run. What QEMU
 * itself finds wrong comes as its end, with a step.
 */
int boot_start(struct boot *boot, struct error *err);

/* What happened in a step. */
struct boot_events {
	const char *console; /* what the board said; valid until the next call */
	size_t len;	     /* bytes of it */
	size_t taken;	     /* bytes of what was typed, by the board */
	uint64_t moved;	     /* those of WATCH_PINS that changed their level */
	unsigned int resets; /* how often the board was restarted */
	bool ended;	     /* QEMU has ended: there is nothing to come */
};

/*
 * Waits until something happens, one of the COUNT descriptors in MORE (at most BOOT_MORE) is ready,
 * or TIMEOUT_MS milliseconds went by (-1: no limit), and says in EVENTS and MORE what happened.
 * QEMU's own messages and faults of the card become notices. A QEMU that does not answer within a
 * minute, or not as QEMU does, is stopped, and one that was stopped and does not end is killed
 * after 10 seconds. Returns 0, or -1 with ERR set when out of memory, or when poll(2) failed.
 */
#define BOOT_MORE 8
int boot_step(struct boot *boot, struct boot_events *events, struct pollfd *more, size_t count,
	      int timeout_ms, struct error *err);

/* Types on the console. What the board does not take yet waits. Returns 0, or -1: no memory. */
int boot_type(struct boot *boot, const char *bytes, size_t len);
/* How many typed bytes wait for the board. */
size_t boot_typed_ahead(const struct boot *boot);
/* Presses the power button, or the reset. Returns 0, or -1 as long as QEMU takes no commands. */
int boot_press_power(struct boot *boot);
int boot_press_reset(struct boot *boot);
/* How often the level of PIN changed so far; 0 when it is not recorded. */
uint64_t boot_edges(struct boot *boot, unsigned int pin);

/*
 * Has QEMU write what it has for the card, and end; the end comes with a step. Does nothing when it
 * is about to end anyway.
 */
void boot_stop(struct boot *boot);
/* The same without waiting for QEMU. */
void boot_kill(struct boot *boot);
/* Says in words that QEMU did not answer, where that explains why nothing else happened. */
void boot_unanswered(const struct boot *boot, struct error *why);

/*
 * The recording of the pins so far, as a file at PATH, or opened, to be closed by the caller.
 * Returns 0, or -1 with ERR set. CAPTURE must not be NULL.
 */
int boot_record(struct boot *boot, const char *path, struct error *err);
int boot_recording(struct boot *boot, struct recording *rec, struct error *err);

/*
 * Keeps the whole state of the board and its card under NAME (letters, digits, - and _, a letter
 * first), in the place of what had that name. It waits until QEMU has done so, which takes some
 * seconds at most, while the board stands still; what the board says until then comes with the next
 * step. The boot must be RESTORABLE. Returns 0, or -1 with ERR set: the board has ended, or QEMU
 * refuses.
 */
int boot_snapshot(struct boot *boot, const char *name, struct error *err);
/*
 * Puts board and card back to that state, as often as wanted. What the board said before and no
 * step has told is forgotten, and so is what was typed and the board did not take yet; so the next
 * step tells what the board says from there on. (A byte that QEMU has taken, but the board has not
 * yet, reaches the restored board: wait for the echo of what was typed.)
 *
 * The recording of pins begins anew: it has its time 0 here, begins with the pins as they were at
 * the snapshot, and holds what comes after the last restore only. Call boot_record() before, for
 * what was until now. boot_edges() goes on counting. Returns as boot_snapshot(); -1 also for a
 * name that there is no snapshot of.
 */
int boot_restore(struct boot *boot, const char *name, struct error *err);

/* Kills QEMU if it still runs, gives the image its size back, and frees all. */
void boot_free(struct boot *boot);

#endif
