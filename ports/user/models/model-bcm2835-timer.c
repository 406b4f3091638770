// SPDX-License-Identifier: GPL-2.0-only
/*
 * The system timer of BCM2835 (BCM2835 ARM Peripherals, chapter 12): 64 bits that count
 * microseconds, and four that wait for 32.
 */
#include "models.h"

#define CS	 0x00u
#define CLO	 0x04u
#define CHI	 0x08u
#define COMPARE0 0x0cu
#define COMPARE3 0x18u
#define CHANNELS 4

static struct bcm2835_timer_model *timer_of(struct user_model *model)
{
	return (struct bcm2835_timer_model *)model;
}

static uint64_t count_of(const struct bcm2835_timer_model *m)
{
	return user_world_now(m->model.world) / FY_NS_PER_US;
}

static void set_lines(struct bcm2835_timer_model *m)
{
	for (unsigned i = 0; i < CHANNELS; i++)
		user_model_set_irq(&m->model, i, m->status >> i & 1);
}

/*
 * When a channel's turn comes, the first time after COUNT: the counter's low half is what it waits
 * for.
 */
static uint64_t next_match(const struct bcm2835_timer_model *m, unsigned channel, uint64_t count)
{
	return count + 1 + (uint32_t)(m->compare[channel] - (uint32_t)(count + 1));
}

static void start(struct bcm2835_timer_model *m)
{
	uint64_t count = count_of(m), first = UINT64_MAX;

	for (unsigned i = 0; i < CHANNELS; i++)
		if (next_match(m, i, count) < first)
			first = next_match(m, i, count);
	user_timer_start(&m->timer, first * FY_NS_PER_US);
}

static uint64_t matched(void *arg, uint64_t due)
{
	struct bcm2835_timer_model *m = arg;

	for (unsigned i = 0; i < CHANNELS; i++)
		if (m->compare[i] == (uint32_t)(due / FY_NS_PER_US))
			m->status |= 1u << i;
	set_lines(m);
	start(m);
	return FY_TIMER_STOP;
}

static uint32_t timer_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct bcm2835_timer_model *m = timer_of(model);

	(void)bytes;
	switch (offset) {
	case CS:
		return m->status;
	case CLO:
		return (uint32_t)count_of(m);
	case CHI:
		return (uint32_t)(count_of(m) >> 32);
	}
	return m->compare[(offset - COMPARE0) / 4];
}

static void timer_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct bcm2835_timer_model *m = timer_of(model);

	(void)bytes;
	if (offset == CS) {
		m->status &= ~value;
		set_lines(m);
	} else if (offset >= COMPARE0) {
		m->compare[(offset - COMPARE0) / 4] = value;
		start(m);
	} else {
		user_model_violation(model, "0x%02x, the counter, cannot be written", offset);
	}
}

static int init(struct user_model *model)
{
	user_model_timer_init(&timer_of(model)->timer, model, matched);
	start(timer_of(model));
	return 0;
}

const struct user_model_kind bcm2835_timer_model = {
	.name = "bcm2835-timer",
	.compatible = "brcm,bcm2835-system-timer",
	.size = sizeof(struct bcm2835_timer_model),
	.window = COMPARE3 + 4,
	.widths = 4,
	.irqs = CHANNELS,
	.init = init,
	.read = timer_read,
	.write = timer_write,
};
