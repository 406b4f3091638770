// SPDX-License-Identifier: GPL-2.0-only
/* The registers of a real device, mapped. */
#include <errno.h>
#include <fcntl.h>
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
	rc = uio ? user_uio_open(dev, uio) : 0;
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
	user_uio_close(dev);
	if (dev->registers)
		munmap(dev->pages, dev->pages_size);
	dev->registers = NULL;
}
