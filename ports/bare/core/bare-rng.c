// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class rng: the sources that drivers offer; the app reads the first. */
#include <ferry/app.h>
#include <ferry/rng.h>

static struct fy_rng *sources;

void bare_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops)
{
	*rng = (struct fy_rng){ .next = sources, .dev = dev, .ops = ops };
	sources = rng;
}

void bare_rng_withdraw(struct fy_rng *rng)
{
	struct fy_rng **at = &sources;

	while (*at && *at != rng)
		at = &(*at)->next;
	if (*at)
		*at = rng->next;
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
