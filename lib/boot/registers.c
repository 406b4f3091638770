// SPDX-License-Identifier: GPL-2.0-only
/* The registers of an emulated board: see registers.h. */
#include "boot/registers.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define ANSWER_MS 10000

/* Sends LINE, and reads the line that comes back, without its end, into ANSWER. */
static int ask(int fd, const char *line, char *answer, size_t size, struct error *err)
{
	struct pollfd ready = { fd, POLLIN, 0 };
	size_t len = strlen(line), n = 0;

	if (send(fd, line, len, MSG_NOSIGNAL) != (ssize_t)len)
		return error_set(err, "QEMU is gone");
	for (;;) {
		ssize_t got = recv(fd, answer + n, 1, 0);

		if (got < 0 && errno == EAGAIN && poll(&ready, 1, ANSWER_MS) > 0)
			continue;
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || n + 1 == size)
			return error_set(err, "QEMU does not answer on its register channel");
		if (answer[n] == '\n')
			break;
		n++;
	}
	answer[n] = '\0';
	if (strncmp(answer, "OK", 2) != 0)
		return error_set(err, "QEMU's register channel says: %s", answer);
	return 0;
}

int registers_read(int fd, uint64_t address, uint32_t *value, struct error *err)
{
	char line[64], answer[128];

	snprintf(line, sizeof(line), "readl 0x%" PRIx64 "\n", address);
	if (ask(fd, line, answer, sizeof(answer), err) < 0)
		return -1;
	*value = (uint32_t)strtoull(answer + 2, NULL, 0);
	return 0;
}

int registers_write(int fd, uint64_t address, uint32_t value, struct error *err)
{
	char line[64], answer[128];

	snprintf(line, sizeof(line), "writel 0x%" PRIx64 " 0x%" PRIx32 "\n", address, value);
	return ask(fd, line, answer, sizeof(answer), err);
}
