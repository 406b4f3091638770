/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class rng: a device that generates random bytes from noise. Linux mixes them into its entropy
 * pool, and has /dev/hwrng.
 */
#ifndef FERRY_RNG_H
#define FERRY_RNG_H

#include <ferry/driver.h>

struct fy_rng; /* by the port; part of the driver's state */

struct fy_rng_ops {
	/*
	 * Stores up to LEN random bytes (at least 1) at DATA. Returns how many, at least 1;
	 * FY_ERR_AGAIN: there are none yet: try again after a while (the rate is the device's);
	 * FY_ERR_IO: the device does not work any more. Never called twice at the same time. It may
	 * not wait. Context: any.
	 */
	long (*read)(struct fy_device *dev, void *data, size_t len);
};

/* Offers the source. Returns 0 or FY_ERR_NO_MEMORY. Context: thread, from probe. */
static inline int fy_rng_offer(struct fy_device *dev, struct fy_rng *rng,
			       const struct fy_rng_ops *ops);
/* Withdraws the source: after it returns, `read` is not called. Context: thread. */
static inline void fy_rng_withdraw(struct fy_rng *rng);

#include <ferry/port/rng.h>

#endif
