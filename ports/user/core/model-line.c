// SPDX-License-Identifier: GPL-2.0-only
/* Interrupt lines of models: levels, which may take their time to rise. */
#include "world.h"

static void set_lines(struct user_model *model, uint32_t lines)
{
	struct user_world *w = model->world;

	if (lines == model->lines)
		return;
	w->lines_up -= (unsigned)__builtin_popcount(model->lines);
	w->lines_up += (unsigned)__builtin_popcount(lines);
	for (unsigned i = 0; model->dev && i < USER_IRQS; i++)
		if (model->lines >> i & ~(lines >> i) & 1)
			model->dev->irq[i].calls = model->dev->irq[i].told = 0;
	model->rises += (unsigned)__builtin_popcount(lines & ~model->lines);
	model->lines = lines;
}

static uint64_t risen(void *arg, uint64_t due)
{
	struct user_model *model = arg;

	(void)due;
	set_lines(model, model->lines | model->rising);
	model->rising = 0;
	return FY_TIMER_STOP;
}

void user_model_set_irq(struct user_model *model, unsigned line, bool up)
{
	uint32_t bit = 1u << line;

	if (!up) {
		model->rising &= ~bit;
		set_lines(model, model->lines & ~bit);
	} else if (!model->irq_delay) {
		set_lines(model, model->lines | bit);
	} else if (!((model->lines | model->rising) & bit)) {
		if (!model->rising) {
			user_model_timer_init(&model->rise, model, risen);
			user_timer_start(&model->rise,
					 user_world_now(model->world) + model->irq_delay);
		}
		model->rising |= bit;
	}
}

void user_handle_interrupts(struct user_world *w)
{
	user_leave(w, user_enter(w));
}
