// SPDX-License-Identifier: GPL-2.0-only
/*
 * A disk with faults, for LD_PRELOAD: where the machine has no device-mapper, whose `flakey` target
 * would do the same. FAULT_PATH is the file or device, with its true name; the faults are in FAULT,
 * separated by blanks:
 *   write=BYTE   from BYTE on, writing fails with EIO: the device went away
 *   read=BYTE    that byte reads back with its bits inverted
 *   gone=BYTE    from BYTE on, reading fails with EIO
 *   short        writes and reads are done by halves
 *   sync         fsync fails with EIO: the device took the data and lost it
 *   signal=BYTE  writing BYTE raises SIGINT first
 *   change=BYTE  writing BYTE appends to the file that CHANGED names first
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool ours(int fd)
{
	const char *path = getenv("FAULT_PATH");
	char link[64], name[PATH_MAX];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, name, sizeof(name) - 1);
	if (n < 0 || !path)
		return false;
	name[n] = '\0';
	return !strcmp(name, path);
}

/* The byte of the fault NAME, -1 when there is no such fault. */
static long long fault(const char *name)
{
	const char *all = getenv("FAULT"), *at = all ? strstr(all, name) : NULL;

	if (!at)
		return -1;
	at += strlen(name);
	return *at == '=' ? atoll(at + 1) : 0;
}

static bool within(long long byte, off_t at, size_t len)
{
	return byte >= at && byte < at + (off_t)len;
}

static void change(void)
{
	int fd = open(getenv("CHANGED"), O_WRONLY | O_APPEND);

	if (fd < 0 || write(fd, "x", 1) != 1)
		abort();
	close(fd);
}

ssize_t pwrite64(int fd, const void *from, size_t len, off_t at)
{
	ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite64");

	if (!ours(fd))
		return next(fd, from, len, at);
	if (within(fault("signal"), at, len))
		raise(SIGINT);
	if (within(fault("change"), at, len))
		change();
	if (fault("write") >= 0 && at + (off_t)len > fault("write")) {
		errno = EIO;
		return -1;
	}
	return next(fd, from, fault("short") >= 0 && len > 8192 ? 4096 : len, at);
}

ssize_t pread64(int fd, void *to, size_t len, off_t at)
{
	ssize_t (*next)(int, void *, size_t, off_t) = dlsym(RTLD_NEXT, "pread64");
	ssize_t n;

	if (!ours(fd))
		return next(fd, to, len, at);
	if (fault("gone") >= 0 && at + (off_t)len > fault("gone")) {
		errno = EIO;
		return -1;
	}
	n = next(fd, to, fault("short") >= 0 && len > 8192 ? 4096 : len, at);
	if (n > 0 && within(fault("read"), at, (size_t)n))
		((unsigned char *)to)[fault("read") - at] ^= 0xff;
	return n;
}

int fsync(int fd)
{
	int (*next)(int) = dlsym(RTLD_NEXT, "fsync");

	if (ours(fd) && fault("sync") >= 0) {
		errno = EIO;
		return -1;
	}
	return next(fd);
}
