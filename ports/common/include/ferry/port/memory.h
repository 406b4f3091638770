/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/memory.h> for every port: Linux' is in ports/linux/linux-memory.c, others use common/. */
#ifndef FERRY_PORT_MEMORY_H
#define FERRY_PORT_MEMORY_H

#include <ferry/port/offer.h>

struct fy_memory {
	struct fy_offer offer;
	struct fy_device *dev;
	const struct fy_memory_ops *ops;
	struct fy_memory_geometry geometry;
	void *port;
};

int fy_port_memory_offer(struct fy_device *dev, struct fy_memory *memory,
			 const struct fy_memory_geometry *geometry,
			 const struct fy_memory_ops *ops);
void fy_port_memory_withdraw(struct fy_memory *memory);

/*
 * The ops, for who uses the memory where no kernel has the class. FY_ERR_INVALID: the range is not
 * in it, or no multiple of what it has to be; FY_ERR_UNSUPPORTED: there is no such op. LEN 0: 0.
 */
int fy_port_memory_read(struct fy_memory *memory, uint64_t offset, void *data, size_t len);
int fy_port_memory_write(struct fy_memory *memory, uint64_t offset, const void *data, size_t len);
int fy_port_memory_erase(struct fy_memory *memory, uint64_t offset, uint64_t len);

static inline int fy_memory_offer(struct fy_device *dev, struct fy_memory *memory,
				  const struct fy_memory_geometry *geometry,
				  const struct fy_memory_ops *ops)
{
	return fy_port_memory_offer(dev, memory, geometry, ops);
}

static inline void fy_memory_withdraw(struct fy_memory *memory)
{
	fy_port_memory_withdraw(memory);
}

#endif
