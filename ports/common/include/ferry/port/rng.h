/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/rng.h> where no kernel has the class: sources on a list of the port's. */
#ifndef FERRY_PORT_RNG_H
#define FERRY_PORT_RNG_H

struct fy_rng {
	struct fy_rng *next;
	struct fy_device *dev;
	const struct fy_rng_ops *ops;
};

int fy_port_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops);
void fy_port_rng_withdraw(struct fy_rng *rng);

static inline int fy_rng_offer(struct fy_device *dev, struct fy_rng *rng,
			       const struct fy_rng_ops *ops)
{
	return fy_port_rng_offer(dev, rng, ops);
}

static inline void fy_rng_withdraw(struct fy_rng *rng)
{
	fy_port_rng_withdraw(rng);
}

#endif
