/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files that are mapped here and belong to others, who can cut them short at any time: touching
 * what is gone would end the whole process with SIGBUS. A handler of that signal puts zeroes in the
 * place of such a mapping: its owner alone gets nonsense.
 */
#ifndef PORTS_USER_VHOST_MAPPING_H
#define PORTS_USER_VHOST_MAPPING_H

#include <stddef.h>
#include <stdint.h>

/* All zero: nothing is mapped. It stays where it is while something is. */
struct vhost_mapping {
	unsigned char *here;
	size_t size;
	struct vhost_mapping *next; /* of those that the guard knows */
};

/*
 * Maps SIZE bytes from OFFSET on of the file FD, which stays the caller's; *AT is where they are.
 * Returns 0, or VIRTIO_ERR_INVALID: the file has not so many, or cannot be mapped (errno says why,
 * unless it is 0).
 */
int vhost_map(struct vhost_mapping *mapping, int fd, uint64_t size, uint64_t offset, void **at);
/* Harmless on one that is not mapped. */
void vhost_unmap(struct vhost_mapping *mapping);
/* Starts the guard, for the process. Returns 0, or -1 with errno. */
int vhost_mapping_guard(void);

#endif
