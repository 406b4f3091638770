// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arm PrimeCell Real Time Clock PL031 (ARM DDI 0224, chapter 3). Its 1 Hz is the world's clock,
 * whose seconds begin with it.
 */
#include "models.h"

#define DR	   0x00u
#define MR	   0x04u
#define LR	   0x08u
#define CR	   0x0cu /* bit 0: it counts; stays set */
#define IMSC	   0x10u /* bit 0: 1 lets the interrupt out */
#define RIS	   0x14u
#define MIS	   0x18u
#define ICR	   0x1cu /* write only: 1 clears */
#define PERIPH_ID0 0xfe0u

static struct pl031_model *pl031_of(struct user_model *model)
{
	return (struct pl031_model *)model;
}

static bool counts(const struct pl031_model *m)
{
	return m->enabled || m->always_on;
}

static uint64_t now_of(const struct pl031_model *m)
{
	return user_world_now(m->model.world);
}

static uint32_t count_of(const struct pl031_model *m)
{
	if (!counts(m))
		return m->count;
	return m->count + (uint32_t)(now_of(m) / FY_NS_PER_SEC - m->since / FY_NS_PER_SEC);
}

static void set_line(struct pl031_model *m)
{
	user_model_set_irq(&m->model, 0, m->raised && m->mask);
}

/* The counter, the match, or whether it counts, has changed. */
static void start_match(struct pl031_model *m)
{
	uint32_t left = m->match - count_of(m);
	uint64_t second = m->late_match ? now_of(m) : now_of(m) / FY_NS_PER_SEC * FY_NS_PER_SEC;

	user_timer_stop(&m->match_timer);
	if (!counts(m))
		return;
	if (!left)
		m->raised = true;
	else
		user_timer_start(&m->match_timer, second + left * FY_NS_PER_SEC);
	set_line(m);
}

/* And again when the counter has gone round. */
static uint64_t matched(void *arg, uint64_t due)
{
	struct pl031_model *m = arg;

	m->raised = true;
	set_line(m);
	return m->late_match ? FY_TIMER_STOP : due + (1ULL << 32) * FY_NS_PER_SEC;
}

static uint32_t pl031_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	static const uint8_t id[] = { 0x31, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };
	const struct pl031_model *m = pl031_of(model);

	(void)bytes;
	if (offset >= PERIPH_ID0)
		return id[(offset - PERIPH_ID0) / 4];
	switch (offset) {
	case DR:
		return count_of(m);
	case MR:
		return m->match;
	case LR:
		return m->load;
	case CR:
		return counts(m);
	case IMSC:
		return m->mask;
	case RIS:
		return m->raised;
	case MIS:
		return m->raised && m->mask;
	}
	user_model_violation(model, "0x%03x is no register that can be read", offset);
	return 0;
}

static void set_count(struct pl031_model *m, uint32_t count)
{
	m->count = count;
	m->since = now_of(m);
	start_match(m);
}

static void pl031_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct pl031_model *m = pl031_of(model);

	(void)bytes;
	switch (offset) {
	case MR:
		m->match = value;
		start_match(m);
		return;
	case LR:
		m->load = value;
		set_count(m, value);
		return;
	case CR:
		if (!(value & 1) || counts(m))
			return;
		m->enabled = true;
		set_count(m, m->count);
		return;
	case IMSC:
		m->mask = value & 1;
		set_line(m);
		return;
	case ICR:
		m->raised = m->raised && !(value & 1);
		set_line(m);
		return;
	}
	user_model_violation(model, "0x%03x is no register that can be written", offset);
}

static int init(struct user_model *model)
{
	user_model_timer_init(&pl031_of(model)->match_timer, model, matched);
	return 0;
}

static const struct user_model_option options[] = {
	{ "always-on", offsetof(struct pl031_model, always_on) },
	{ "late-match", offsetof(struct pl031_model, late_match) },
	{ 0 },
};

const struct user_model_kind pl031_model = {
	.name = "pl031",
	.compatible = "arm,pl031",
	.size = sizeof(struct pl031_model),
	.window = 0x1000,
	.widths = 4,
	.irqs = 1,
	.init = init,
	.options = options,
	.read = pl031_read,
	.write = pl031_write,
};
