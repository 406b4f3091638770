// SPDX-License-Identifier: GPL-2.0-only
/* Mapped files that others can cut short: see mapping.h. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include "foreign.h"
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
	void *here;

	mapping->size = (size_t)vhost_check_memory(fd, size, offset);
	if (!mapping->size)
		return VIRTIO_ERR_INVALID;
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
