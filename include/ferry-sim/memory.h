/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ferry-sim, class memory: the test as the user of a memory that a device offers
 * (<ferry/memory.h>). Calls return 0, or an error: FY_ERR_NOT_FOUND: the device offers none;
 * FY_ERR_INVALID: the range is not in it, or no multiple of what it has to be; FY_ERR_UNSUPPORTED;
 * or what the driver says.
 */
#ifndef FERRY_SIM_MEMORY_H
#define FERRY_SIM_MEMORY_H

#include <ferry-sim.h>

#ifdef __cplusplus
extern "C" {
#endif

int ferry_sim_memory_read(struct ferry_sim_device *dev, uint64_t offset, void *data, size_t len);
int ferry_sim_memory_write(struct ferry_sim_device *dev, uint64_t offset, const void *data,
			   size_t len);
int ferry_sim_memory_erase(struct ferry_sim_device *dev, uint64_t offset, uint64_t len);
/* Its size in bytes; 0: the device offers none. *ERASE_SIZE (may be NULL): of a flash; 0: none. */
uint64_t ferry_sim_memory_size(struct ferry_sim_device *dev, uint32_t *erase_size);

#ifdef __cplusplus
}
#endif

#endif
