// SPDX-License-Identifier: GPL-2.0-only
/* State files: see state.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state.h"

/* The number is that of the layout: of the record, and of the devices' states. */
#define ANY_VERSION "ferry state "
#define VERSION	    "1"

static void make_header(const struct service *service, char header[VHOST_STATE_HEADER])
{
	memset(header, 0, VHOST_STATE_HEADER);
	(void)snprintf(header, VHOST_STATE_HEADER, ANY_VERSION VERSION ": %s of %s, %zu bytes\n",
		       service->name, service->dev ? service->dev->driver->name : "nothing",
		       service->state_size);
}

/* The first line of HEADER, which ends there. False: it has none, or one that is no text. */
static bool is_line(char header[VHOST_STATE_HEADER])
{
	for (unsigned i = 0; i < VHOST_STATE_HEADER; i++) {
		if (header[i] == '\n') {
			header[i] = '\0';
			return true;
		}
		if (header[i] < ' ' || header[i] > '~')
			break;
	}
	return false;
}

/* Whether what FD has is for SERVICE; or empty. */
static int check(int fd, const char *file, const struct service *service, struct error *err)
{
	char found[VHOST_STATE_HEADER] = { 0 }, wanted[VHOST_STATE_HEADER];
	const ssize_t size = pread(fd, found, sizeof(found), 0);

	if (size < 0)
		return error_errno(err, "--state %s: cannot read", file);
	if (!size)
		return 0;
	if (strncmp(found, ANY_VERSION, strlen(ANY_VERSION)) != 0)
		return error_set(
			err,
			"--state %s: it holds something else: name a file that is not there yet",
			file);
	if (!service)
		return 0;
	make_header(service, wanted);
	if (!memcmp(found, wanted, sizeof(found)))
		return 0;
	is_line(wanted);
	return error_set(err,
			 "--state %s: it is of '%s', and this is '%s': name another file, or "
			 "remove that one",
			 file, is_line(found) ? found : "another version", wanted);
}

static int lock(int fd, const char *file, struct error *err)
{
	/* The kernel gives up the lock with the process, however that ends. */
	if (!flock(fd, LOCK_EX | LOCK_NB))
		return 0;
	if (errno == EWOULDBLOCK)
		return error_set(err, "--state %s: another process has it", file);
	return error_errno(err, "--state %s: cannot lock", file);
}

int vhost_state_open(const char *file, const struct service *service, int *fd, struct error *err)
{
	*fd = -1;
	if (!file)
		return 0;
	*fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd < 0)
		return error_errno(err, "--state %s: cannot open", file);
	if (!lock(*fd, file, err) && !check(*fd, file, service, err))
		return 0;
	close(*fd);
	*fd = -1;
	return -1;
}

int vhost_state_check(const char *file, const struct service *service, struct error *err)
{
	const int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int status;

	if (fd < 0)
		return errno == ENOENT ? 0 : error_errno(err, "--state %s: cannot open", file);
	status = check(fd, file, service, err);
	close(fd);
	return status;
}

int vhost_state_prepare(int fd, const struct service *service, uint64_t size)
{
	char header[VHOST_STATE_HEADER];
	struct stat st;

	if (fstat(fd, &st))
		return -1;
	make_header(service, header);
	/*
	 * Written first, and in one call: a process that is killed in between leaves no file that
	 * could be mistaken for another.
	 */
	if (!st.st_size && pwrite(fd, header, sizeof(header), 0) != sizeof(header))
		return -1;
	size += VHOST_STATE_HEADER;
	if (st.st_size <= VHOST_STATE_HEADER)
		return ftruncate(fd, (off_t)size);
	return (uint64_t)st.st_size == size ? 0 : -1;
}
