// SPDX-License-Identifier: GPL-2.0-only
/*
 * The registers of a real device, mapped, and its interrupt through the kernel's UIO
 * (Documentation/driver-api/uio-howto.rst).
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "world.h"

static uint64_t page_mask(void)
{
	return (uint64_t)sysconf(_SC_PAGESIZE) - 1;
}

/*
 * Whether FD has them all: of what a file does not have, the first access would be this process'
 * end. Only files have a known size.
 */
static bool has(int fd, uint64_t offset, size_t size)
{
	struct stat st;

	return fstat(fd, &st) || !S_ISREG(st.st_mode) ||
	       (offset <= (uint64_t)st.st_size && size <= (uint64_t)st.st_size - offset);
}

/* The pages that hold them: FIRST is set to how far into these they begin. */
static int map(const char *path, uint64_t offset, size_t size, unsigned char **pages, size_t *first)
{
	int fd = open(path, O_RDWR | O_SYNC | O_CLOEXEC), error;

	if (fd < 0)
		return FY_ERR_IO;
	if (!has(fd, offset, size)) {
		close(fd);
		return FY_ERR_INVALID;
	}
	*first = (size_t)(offset & page_mask());
	*pages = mmap(NULL, *first + size, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		      (off_t)(offset - *first));
	error = errno;
	close(fd);
	errno = error;
	return *pages == MAP_FAILED ? FY_ERR_IO : 0;
}

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

static int open_uio(struct fy_device *dev, const char *path)
{
	struct user_uio *uio = calloc(1, sizeof(*uio));
	int rc = FY_ERR_NOT_FOUND;

	if (!uio)
		return FY_ERR_NO_MEMORY;
	uio->watch = (struct user_fd){
		.fd = open_device(path), .events = POLLIN, .ready = uio_ready, .arg = dev
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

int user_device_map(struct fy_device *dev, const char *path, uint64_t offset, size_t size,
		    const char *uio)
{
	unsigned char *pages;
	size_t first;
	int rc;

	if (dev->model || dev->registers)
		return FY_ERR_BUSY;
	rc = map(path, offset, size, &pages, &first);
	if (rc)
		return rc;
	rc = uio ? open_uio(dev, uio) : 0;
	if (rc) {
		munmap(pages, first + size);
		return rc;
	}
	dev->pages = pages;
	dev->pages_size = first + size;
	dev->registers = pages + first;
	return 0;
}

void user_unmap(struct fy_device *dev)
{
	if (dev->uio) {
		user_unwatch_fd(dev->world, &dev->uio->watch);
		close(dev->uio->watch.fd);
		free(dev->uio);
		dev->uio = NULL;
	}
	if (dev->registers)
		munmap(dev->pages, dev->pages_size);
	dev->registers = NULL;
}
