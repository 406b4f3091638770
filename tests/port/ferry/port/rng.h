/* SPDX-License-Identifier: GPL-2.0-only */
/* Test port of <ferry/rng.h>: the test calls the op itself. */
struct fy_rng {
	const struct fy_rng_ops *ops;
};

static inline int fy_rng_offer(struct fy_device *dev, struct fy_rng *rng,
			       const struct fy_rng_ops *ops)
{
	rng->ops = ops;
	return 0;
}

static inline void fy_rng_withdraw(struct fy_rng *rng)
{
	rng->ops = NULL;
}
