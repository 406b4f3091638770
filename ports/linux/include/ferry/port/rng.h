/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/rng.h>: a hardware random number generator. What it does is in
 * ports/linux/linux-rng.c.
 */
#ifndef FERRY_PORT_RNG_H
#define FERRY_PORT_RNG_H

#include <linux/hw_random.h>

struct fy_rng {
	struct hwrng hwrng;
	struct fy_device *dev;
	const struct fy_rng_ops *ops;
	char name[32];
};

int fy_linux_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops);
void fy_linux_rng_withdraw(struct fy_rng *rng);

static inline int fy_rng_offer(struct fy_device *dev, struct fy_rng *rng,
			       const struct fy_rng_ops *ops)
{
	return fy_linux_rng_offer(dev, rng, ops);
}

static inline void fy_rng_withdraw(struct fy_rng *rng)
{
	fy_linux_rng_withdraw(rng);
}

#endif
