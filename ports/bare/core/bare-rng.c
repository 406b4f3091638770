// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class rng: the sources that drivers offer; the app reads the first. */
#include <ferry/app.h>
#include <ferry/rng.h>

#include "list.h"

static struct fy_rng *sources;

int fy_port_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops)
{
	*rng = (struct fy_rng){ .dev = dev, .ops = ops };
	list_append(&sources, rng);
	return 0;
}

void fy_port_rng_withdraw(struct fy_rng *rng)
{
	list_remove(&sources, rng);
}

int fy_random(void *data, size_t len)
{
	uint8_t *to = data;

	if (!sources)
		return FY_ERR_NOT_FOUND;
	while (len) {
		long got = sources->ops->read(sources->dev, to, len);

		if (got == FY_ERR_AGAIN) {
			fy_sleep_ms(1);
		} else if (got < 0) {
			return (int)got;
		} else {
			to += got;
			len -= (size_t)got;
		}
	}
	return 0;
}
