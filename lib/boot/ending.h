/* SPDX-License-Identifier: GPL-2.0-only */
/* Words for how a board's run came to its end. */
#ifndef LIB_BOOT_ENDING_H
#define LIB_BOOT_ENDING_H

#include <stdbool.h>
#include <stddef.h>

#include "boot/console.h"
#include "boot/qmp.h"

/*
 * The guest's own doing, as QEMU told it. Returns false, with TEXT untouched, when it was not that.
 */
bool ending_by_guest(const struct qmp *qmp, char *text, size_t size);
/* QEMU ended by itself with STATUS, as of waitpid(2). MESSAGES is what it printed. */
void ending_by_qemu(const struct qmp *qmp, int status, const struct console_tail *messages,
		    char *text, size_t size);
/* PROGRAM runs, but does not talk as QEMU does. */
void ending_unanswered(const char *program, const struct console_tail *messages, char *text,
		       size_t size);

#endif
