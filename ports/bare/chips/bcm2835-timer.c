// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See bcm2835-timer.h. A channel matches when the counter's low word is equal to its compare value,
 * so a value that is past when it arrives matches 71 minutes later: it is looked at again after it
 * was written. Times further away than the word reaches are set for the middle of its range; the
 * core then sets the timer again.
 */
#include "bcm2835-timer.h"
#include "register.h"

#define CS  0x00 /* bit N: channel N has matched; a 1 clears it */
#define CLO 0x04
#define CHI 0x08
#define C0  0x0c

#define US_NS  1000u
#define MAX_US 0x7fffffffu

static uintptr_t base;
static unsigned channel;

void bcm2835_timer_init(uintptr_t registers, unsigned the_channel)
{
	base = registers;
	channel = the_channel;
	write32(base + CS, 1u << channel);
}

/* The two words, with no carry between their reads. */
static uint64_t count(void)
{
	uint32_t high, low;

	do {
		high = read32(base + CHI);
		low = read32(base + CLO);
	} while (high != read32(base + CHI));
	return (uint64_t)high << 32 | low;
}

uint64_t bcm2835_timer_ns(void)
{
	return count() * US_NS;
}

/*
 * Microseconds from now until then, at least 1. Divides in 32 bits: it is called at each edge of a
 * tone.
 */
static uint32_t distance_us(uint64_t when_ns, uint64_t now_ns)
{
	uint64_t ns = when_ns - now_ns;

	if (when_ns <= now_ns)
		return 1;
	if (ns > UINT32_MAX - US_NS)
		return ns / US_NS < MAX_US ? (uint32_t)(ns / US_NS) : MAX_US;
	return ((uint32_t)ns + US_NS - 1) / US_NS;
}

void bcm2835_timer_set(uint64_t when_ns)
{
	uint64_t now = count();
	uint32_t distance = distance_us(when_ns, now * US_NS);
	uint32_t compare = (uint32_t)now + distance;

	write32(base + CS, 1u << channel);
	for (;;) {
		uint32_t low;

		write32(base + C0 + 4 * channel, compare);
		low = read32(base + CLO);
		if ((int32_t)(compare - low) > 0 || read32(base + CS) & 1u << channel)
			return;
		/* It was past: soon, and each time a little later. */
		distance = distance < 16 ? distance * 2 : 2;
		compare = low + distance;
	}
}
