// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class rng: a source of the kernel's hw_random, which reads it for its own pool and
 * for /dev/hwrng, one reader at a time.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <ferry/rng.h>

#include "linux-error.h"

#define WAIT_MS_MAX 1000 /* longer than any device's warm-up */

static int rng_read(struct hwrng *hwrng, void *data, size_t max, bool wait)
{
	struct fy_rng *rng = container_of(hwrng, struct fy_rng, hwrng);
	long got = rng->ops->read(rng->dev, data, max);

	for (unsigned int ms = 0; got == FY_ERR_AGAIN && wait && ms < WAIT_MS_MAX; ms++) {
		usleep_range(1000, 2000);
		got = rng->ops->read(rng->dev, data, max);
	}
	return got == FY_ERR_AGAIN ? 0 : fy_error_to_errno((int)got);
}

int fy_linux_rng_offer(struct fy_device *dev, struct fy_rng *rng, const struct fy_rng_ops *ops)
{
	rng->dev = dev;
	rng->ops = ops;
	snprintf(rng->name, sizeof(rng->name), "%s", dev->dev ? dev_name(dev->dev) : dev->name);
	rng->hwrng.name = rng->name;
	rng->hwrng.read = rng_read;
	return fy_error_from_errno(hwrng_register(&rng->hwrng));
}

void fy_linux_rng_withdraw(struct fy_rng *rng)
{
	hwrng_unregister(&rng->hwrng);
}
