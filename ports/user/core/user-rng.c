// SPDX-License-Identifier: GPL-2.0-only
/* Class rng: the sources that drivers offer. */
#include "list.h"
#include "world.h"

int fy_port_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops)
{
	int refused = user_refused(dev, USER_RNG_OFFER);

	if (refused)
		return refused;
	*rng = (struct fy_rng){ .dev = dev, .ops = ops };
	list_append(&dev->world->rngs, rng);
	return 0;
}

void fy_port_rng_withdraw(struct fy_rng *rng)
{
	list_remove(&rng->dev->world->rngs, rng);
}

struct fy_rng *user_rng_first(struct user_world *w)
{
	return w->rngs;
}

long user_rng_read(struct fy_rng *rng, void *data, size_t len)
{
	struct user_world *w = rng->dev->world, *before = user_enter(w);
	long got = rng->ops->read(rng->dev, data, len);

	user_leave(w, before);
	return got;
}
