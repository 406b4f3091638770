// SPDX-License-Identifier: GPL-2.0-only
/* What drivers offer of the classes of <ferry/port/offer.h>, in one list of the world. */
#include <ferry/port/enter.h>
#include <ferry/port/offer.h>

#include "list.h"
#include "world.h"

int fy_port_offer(struct fy_device *dev, struct fy_offer *offer, enum fy_offer_class class)
{
	int refused = user_refused(dev, USER_CLASS_OFFER);

	if (refused)
		return refused;
	offer->dev = dev;
	offer->class = class;
	list_append(&dev->world->offers, offer);
	return 0;
}

void fy_port_offer_end(struct fy_offer *offer)
{
	list_remove(&offer->dev->world->offers, offer);
}

struct fy_offer *user_offer_next(struct user_world *w, const struct fy_offer *offer,
				 enum fy_offer_class class)
{
	struct fy_offer *next = offer ? offer->next : w->offers;

	while (next && next->class != class)
		next = next->next;
	return next;
}

struct fy_offer *user_offer_of(struct fy_device *dev, enum fy_offer_class class)
{
	struct fy_offer *offer = user_offer_next(dev->world, NULL, class);

	while (offer && offer->dev != dev)
		offer = user_offer_next(dev->world, offer, class);
	return offer;
}

uintptr_t fy_port_op_enter(struct fy_device *dev)
{
	return fy_port_enter(dev);
}

void fy_port_op_leave(struct fy_device *dev, uintptr_t before)
{
	fy_port_leave(dev, before);
}
