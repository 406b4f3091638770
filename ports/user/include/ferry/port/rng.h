/* SPDX-License-Identifier: GPL-2.0-only */
/* User port of <ferry/rng.h>: the world's list of sources. See core/user-rng.c. */
#ifndef FERRY_PORT_RNG_H
#define FERRY_PORT_RNG_H

struct fy_rng {
	struct fy_rng *next;
	struct fy_device *dev;
	const struct fy_rng_ops *ops;
};

int user_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops);
void user_rng_withdraw(struct fy_rng *rng);

static inline int fy_rng_offer(struct fy_device *dev, struct fy_rng *rng,
			       const struct fy_rng_ops *ops)
{
	return user_rng_offer(dev, rng, ops);
}

static inline void fy_rng_withdraw(struct fy_rng *rng)
{
	user_rng_withdraw(rng);
}

#endif
