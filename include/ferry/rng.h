/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class rng: a source of random bytes, made by a device from noise. Linux mixes them into its pool,
 * and has /dev/hwrng.
 */
#ifndef FERRY_RNG_H
#define FERRY_RNG_H

#include <ferry/driver.h>

struct fy_rng; /* by the port; part of the driver's state */

struct fy_rng_ops {
	/*
	 * Puts up to LEN random bytes (at least 1) at DATA. Returns how many, at least 1;
	 * FY_ERR_AGAIN: there are none yet; ask again after a while (they come at the device's
	 * pace); FY_ERR_IO: the device makes no more. Never two at once. It may not wait. Context:
	 * any.
	 */
	long (*read)(struct fy_device *dev, void *data, size_t len);
};

/* Offers it. Returns 0 or FY_ERR_NO_MEMORY. Context: thread, from probe. */
static inline int fy_rng_offer(struct fy_device *dev, struct fy_rng *rng,
			       const struct fy_rng_ops *ops);
/* Withdraws it: after it returns, read is not called. Context: thread. */
static inline void fy_rng_withdraw(struct fy_rng *rng);

#include <ferry/port/rng.h>

#endif
