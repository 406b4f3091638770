// SPDX-License-Identifier: GPL-2.0-only
/* Mapped files that others can cut short: see mapping.h. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "mapping.h"
#include "virtio/virtio-memory.h"

/*
 * What the handler of SIGBUS looks through: one thread, which is the one that it interrupts while
 * it touches a mapping.
 */
static struct vhost_mapping *mappings;

static void guard(struct vhost_mapping *mapping)
{
	mapping->next = mappings;
	mappings = mapping;
}

static void unguard(struct vhost_mapping *mapping)
{
	for (struct vhost_mapping **at = &mappings; *at; at = &(*at)->next) {
		if (*at != mapping)
			continue;
		*at = mapping->next;
		return;
	}
}

int vhost_map(struct vhost_mapping *mapping, int fd, uint64_t size, uint64_t offset, void **at)
{
	struct stat st;
	uint64_t page;
	void *here;

	errno = 0;
	if (!size || offset + size < offset || offset + size > PTRDIFF_MAX / 2 || fstat(fd, &st))
		return VIRTIO_ERR_INVALID;
	if (st.st_size < 0 || (uint64_t)st.st_size < offset + size)
		return VIRTIO_ERR_INVALID;
	/* Of a file of huge pages, whole ones are mapped. */
	page = st.st_blksize > 4096 && !(st.st_blksize & (st.st_blksize - 1)) ?
		       (uint64_t)st.st_blksize :
		       4096;
	mapping->size = (size_t)((offset + size + page - 1) & ~(page - 1));
	here = mmap(NULL, mapping->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
	if (here == MAP_FAILED)
		return VIRTIO_ERR_INVALID;
	mapping->here = here;
	*at = mapping->here + offset;
	guard(mapping);
	return 0;
}

void vhost_unmap(struct vhost_mapping *mapping)
{
	if (!mapping->here)
		return;
	unguard(mapping);
	munmap(mapping->here, mapping->size);
	memset(mapping, 0, sizeof(*mapping));
}

/*
 * The file does not reach that far any more: zeroes take the place of all of it. Any other such
 * signal is what it always is: fatal.
 */
static void on_bus_error(int number, siginfo_t *info, void *context)
{
	const int saved = errno;

	(void)context;
	for (struct vhost_mapping *m = mappings; m; m = m->next) {
		if ((uintptr_t)info->si_addr - (uintptr_t)m->here >= m->size)
			continue;
		if (mmap(m->here, m->size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1,
			 0) == MAP_FAILED)
			break;
		errno = saved;
		return;
	}
	signal(number, SIG_DFL);
}

int vhost_mapping_guard(void)
{
	struct sigaction action = { .sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO };

	return sigaction(SIGBUS, &action, NULL);
}
