// SPDX-License-Identifier: GPL-2.0-only
/*
 * The random number generator of BCM2835 (brcm,bcm2835-rng). There is no manual: registers are as
 * Linux' driver has them; the pace, about 1 Mbit/s after a warm-up that STATUS says in steps, and
 * the depth of the queue are assumptions.
 */
#include <sys/random.h>

#include "models.h"

#define CTRL	  0x00u /* bit 0: enabled */
#define STATUS	  0x04u /* bits 31:24: words that can be read; 19:0: steps of the warm-up */
#define DATA	  0x08u
#define THRESHOLD 0x0cu /* of words, for the interrupt */
#define INT_MASK  0x10u /* bit 0: no interrupt */
#define RBGEN	  1u
#define WARM_UP	  0xfffffu

#define STEP_NS 1000 /* of the warm-up */
#define WORD_NS 32000
#define WORDS	16 /* that it keeps */

static struct bcm2835_rng_model *rng_of(struct user_model *model)
{
	return (struct bcm2835_rng_model *)model;
}

static unsigned words(const struct bcm2835_rng_model *m)
{
	uint64_t age, made;

	if (m->instant)
		return 1;
	if (m->dead || !(m->control & RBGEN))
		return 0;
	age = user_world_now(m->model.world) - m->started;
	made = age < (m->status & WARM_UP) * (uint64_t)STEP_NS ?
		       0 :
		       (age - (m->status & WARM_UP) * (uint64_t)STEP_NS) / WORD_NS;
	return made > m->taken + WORDS ? WORDS : (unsigned)(made - m->taken);
}

/* What was made while there was no room is lost. */
static void take(struct bcm2835_rng_model *m)
{
	unsigned left = words(m) - 1;
	uint64_t age = user_world_now(m->model.world) - m->started;

	if (!m->instant)
		m->taken = (age - (m->status & WARM_UP) * (uint64_t)STEP_NS) / WORD_NS - left;
}

/* splitmix64 (public domain, Steele, Lea and Flood 2014). */
static uint32_t from_seed(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
	return (uint32_t)((z ^ z >> 31) >> 32);
}

static uint32_t read_data(struct bcm2835_rng_model *m)
{
	uint32_t word;

	if (!words(m)) {
		user_model_violation(&m->model, "DATA is read when STATUS says that there is none");
		return 0;
	}
	take(m);
	if (m->seed)
		return from_seed(&m->seed);
	/* So short a request is never cut short, and fails on no kernel that has the call. */
	return getrandom(&word, sizeof(word), 0) == sizeof(word) ? word : 0;
}

static uint32_t rng_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct bcm2835_rng_model *m = rng_of(model);

	(void)bytes;
	switch (offset) {
	case CTRL:
		return m->control;
	case STATUS:
		return words(m) << 24 | m->status;
	case DATA:
		return read_data(m);
	case THRESHOLD:
		return m->threshold;
	}
	return m->mask;
}

static void rng_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct bcm2835_rng_model *m = rng_of(model);

	(void)bytes;
	switch (offset) {
	case CTRL:
		if (value & ~m->control & RBGEN) {
			m->started = user_world_now(model->world);
			m->taken = 0;
		}
		m->control = value;
		break;
	case STATUS:
		m->status = value & WARM_UP;
		break;
	case DATA:
		user_model_violation(model, "DATA is written");
		break;
	case THRESHOLD:
		m->threshold = value;
		break;
	default:
		m->mask = value;
	}
}

/* A virtual world is the same each time. */
static int init(struct user_model *model)
{
	rng_of(model)->seed = user_world_is_virtual(model->world);
	return 0;
}

static const struct user_model_option options[] = {
	{ "instant", offsetof(struct bcm2835_rng_model, instant) },
	{ "dead", offsetof(struct bcm2835_rng_model, dead) },
	{ 0 },
};

const struct user_model_kind bcm2835_rng_model = {
	.name = "bcm2835-rng",
	.compatible = "brcm,bcm2835-rng",
	.size = sizeof(struct bcm2835_rng_model),
	.window = INT_MASK + 4,
	.widths = 4,
	.init = init,
	.options = options,
	.read = rng_read,
	.write = rng_write,
};
