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
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "boot/run-state.h"
#include "pins/recording.h"

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

/*
 * Waits until something happens, one of the COUNT descriptors in MORE (at most BOOT_MORE) is ready,
 * or TIMEOUT_MS milliseconds went by (-1: no limit), and says in EVENTS and MORE what happened.
 * QEMU's own messages and faults of the card become notices. A QEMU that does not answer within a
 * minute, or not as QEMU does, is stopped, and one that was stopped and does not end is killed
 * after 10 seconds. Returns 0, or -1 with ERR set when out of memory, or when poll(2) failed.
 */
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
