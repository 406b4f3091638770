// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What drivers offer of the classes of <ferry/port/offer.h>, by its name or its device's. */
#include <ferry/port/offer.h>

#include "core.h"
#include "list.h"

static struct fy_offer *offers;

int fy_port_offer(struct fy_device *dev, struct fy_offer *offer, enum fy_offer_class class)
{
	offer->dev = dev;
	offer->class = class;
	list_append(&offers, offer);
	return 0;
}

void fy_port_offer_end(struct fy_offer *offer)
{
	list_remove(&offers, offer);
}

uintptr_t fy_port_op_enter(struct fy_device *dev)
{
	(void)dev;
	return 0;
}

void fy_port_op_leave(struct fy_device *dev, uintptr_t before)
{
	(void)dev;
	(void)before;
}

static bool is_called(const struct fy_offer *offer, const char *name)
{
	return !name || (offer->name && bare_text_equal(offer->name, name)) ||
	       bare_device_is(offer->dev, name);
}

struct fy_offer *bare_offer_find(const char *name, enum fy_offer_class class)
{
	struct fy_offer *offer = offers;

	while (offer && !(offer->class == class && is_called(offer, name)))
		offer = offer->next;
	return offer;
}
