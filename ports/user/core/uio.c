// SPDX-License-Identifier: GPL-2.0-only
/*
 * The interrupt of a real device through the kernel's UIO (Documentation/driver-api/uio-howto.rst):
 * a read returns when it has come, and a write enables the next one come.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "world.h"

/* It is masked in the kernel until the handler has run. */
static void uio_ready(void *arg, short revents)
{
	struct fy_device *dev = arg;
	uint32_t count;

	(void)revents;
	if (read(dev->uio->watch.fd, &count, sizeof(count)) != sizeof(count) || dev->uio->pending)
		return;
	dev->uio->pending = true;
	dev->world->lines_up++;
}

void user_uio_done(struct fy_device *dev)
{
	const uint32_t unmask = 1;

	dev->uio->pending = false;
	dev->world->lines_up--;
	if (write(dev->uio->watch.fd, &unmask, sizeof(unmask)) != sizeof(unmask))
		user_log(dev, USER_LOG_ERROR, "its interrupt cannot be enabled again");
}

/* Opens a device; a file, which would always be ready, is none. Returns -1 with errno otherwise. */
static int open_device(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) || S_ISCHR(st.st_mode))
		return fd;
	close(fd);
	errno = ENODEV;
	return -1;
}

int user_uio_open(struct fy_device *dev, const char *path)
{
	struct user_uio *uio = calloc(1, sizeof(*uio));
	int rc = FY_ERR_NOT_FOUND;

	if (!uio)
		return FY_ERR_NO_MEMORY;
	uio->watch = (struct user_fd){
		.fd = open_device(path),
		.events = POLLIN,
		.ready = uio_ready,
		.arg = dev,
		.for_device = true,
	};
	if (uio->watch.fd >= 0)
		rc = user_watch_fd(dev->world, &uio->watch);
	if (rc) {
		if (uio->watch.fd >= 0)
			close(uio->watch.fd);
		free(uio);
		return rc;
	}
	dev->uio = uio;
	dev->irqs = 1;
	return 0;
}

void user_uio_close(struct fy_device *dev)
{
	if (!dev->uio)
		return;
	user_unwatch_fd(dev->world, &dev->uio->watch);
	close(dev->uio->watch.fd);
	free(dev->uio);
	dev->uio = NULL;
}
