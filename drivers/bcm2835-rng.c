// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * bcm2835-rng: the random number generator of a Raspberry Pi 1, Zero, 2 and 3. No manual describes
 * it; registers are as Linux' driver for it has them.
 *
 *	make app APP=selftest BOARD=rpi-zero
 *	build/ferry boot --board rpi-zero output/rpi-zero/kernel.img	# "random bytes can be had"
 *
 * Devicetree node: compatible = "brcm,bcm2835-rng"; `reg`. Its interrupt is not used: a word takes
 * about 32 us, so that who wants more asks again.
 */
#include <ferry/driver.h>
#include <ferry/io.h>
#include <ferry/rng.h>

#define CTRL	    0x00u
#define CTRL_ENABLE 1u
/* bits 31:24: words in DATA; 19:0: how many of the first, less random ones are dropped */
#define STATUS	     0x04u
#define STATUS_WORDS 24
#define WARM_UP	     0x40000u
#define DATA	     0x08u

struct bcm2835_rng {
	struct fy_rng rng;
};

static size_t put_word(uint8_t *to, size_t len, uint32_t word)
{
	size_t n = len < sizeof(word) ? len : sizeof(word);

	for (size_t i = 0; i < n; i++)
		to[i] = (uint8_t)(word >> 8 * i);
	return n;
}

/*
 * What is there now. A device that has gone reads as all ones: then it would have 255 words, more
 * than it ever keeps.
 */
static long rng_read(struct fy_device *dev, void *data, size_t len)
{
	uint32_t words = fy_read32(dev, STATUS) >> STATUS_WORDS;
	size_t done = 0;

	if (words == 0xff)
		return FY_ERR_IO;
	for (; words && done < len; words--)
		done += put_word((uint8_t *)data + done, len - done, fy_read32(dev, DATA));
	return done ? (long)done : FY_ERR_AGAIN;
}

static const struct fy_rng_ops ops = {
	.read = rng_read,
};

/* One that runs already, the firmware's doing, is warm. */
static int bcm2835_rng_probe(struct fy_device *dev)
{
	struct bcm2835_rng *r = fy_state(dev);
	int rc;

	if (!(fy_read32(dev, CTRL) & CTRL_ENABLE)) {
		fy_write32(dev, STATUS, WARM_UP);
		fy_write32(dev, CTRL, CTRL_ENABLE);
	}
	rc = fy_rng_offer(dev, &r->rng, &ops);
	if (rc) {
		fy_error(dev, "cannot offer random numbers: %s", fy_error_name(rc));
		fy_write32(dev, CTRL, 0);
	}
	return rc;
}

static void bcm2835_rng_remove(struct fy_device *dev)
{
	struct bcm2835_rng *r = fy_state(dev);

	fy_rng_withdraw(&r->rng);
	fy_write32(dev, CTRL, 0);
}

FY_DESCRIPTION("Random number generator of a Raspberry Pi");
FY_COMPATIBLE("brcm,bcm2835-rng");
FY_DRIVER(bcm2835_rng) = {
	.name = "bcm2835-rng",
	.compatible = fy_compatible,
	.state_size = sizeof(struct bcm2835_rng),
	.probe = bcm2835_rng_probe,
	.remove = bcm2835_rng_remove,
};
