/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Bare port of <ferry/rng.h>: the board's sources, which the app reads with fy_random(). See
 * core/bare-rng.c.
 */
#ifndef FERRY_PORT_RNG_H
#define FERRY_PORT_RNG_H

struct fy_rng {
	struct fy_rng *next;
	struct fy_device *dev;
	const struct fy_rng_ops *ops;
};

void bare_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops);
void bare_rng_withdraw(struct fy_rng *rng);

static inline int fy_rng_offer(struct fy_device *dev, struct fy_rng *rng,
			       const struct fy_rng_ops *ops)
{
	bare_rng_offer(dev, rng, ops);
	return 0;
}

static inline void fy_rng_withdraw(struct fy_rng *rng)
{
	bare_rng_withdraw(rng);
}

#endif
