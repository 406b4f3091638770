// SPDX-License-Identifier: GPL-2.0-only
/* Words for how a board's run came to its end: see ending.h. */
#include "boot/ending.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define MESSAGE_LINES 5

bool ending_by_guest(const struct qmp *qmp, char *text, size_t size)
{
	static const struct {
		const char *reason, *text;
	} reasons[] = {
		{ "guest-shutdown", "the board switched itself off" },
		{ "guest-reset", "the board restarted, which is its end unless --reboot is given" },
		{ "guest-panic", "the guest system crashed" },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (strcmp(qmp->shutdown, reasons[i].reason) != 0)
			continue;
		snprintf(text, size, "%s", reasons[i].text);
		return true;
	}
	return false;
}

/*
 * What QEMU printed last, on one line, "" for nothing. The caller frees it; NULL when out of
 * memory.
 */
static char *last_message(const struct console_tail *messages)
{
	char *last = console_last(messages, MESSAGE_LINES, "");
	size_t n = last ? strlen(last) : 0;

	if (n)
		last[n - 1] = '\0';
	for (size_t i = 0; i < n; i++)
		if (last[i] == '\n')
			last[i] = ' ';
	return last;
}

void ending_by_qemu(const struct qmp *qmp, int status, const struct console_tail *messages,
		    char *text, size_t size)
{
	char *last = last_message(messages);

	snprintf(text, size, "QEMU %s %s %d%s%s%s",
		 qmp->ready ? "ended by itself," : "ended at its start,",
		 WIFSIGNALED(status) ? "by signal" : "with status",
		 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
		 last && *last ? ": " : " and without a word", last ? last : "",
		 qmp->ready ? "" : " (QEMU 9 or newer is needed)");
	free(last);
}

void ending_unanswered(const char *program, const struct console_tail *messages, char *text,
		       size_t size)
{
	char *last = last_message(messages);

	snprintf(text, size, "%s does not answer on its control channel%s%s: is it QEMU?", program,
		 last && *last ? " and says: " : "", last ? last : "");
	free(last);
}
