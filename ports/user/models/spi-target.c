// SPDX-License-Identifier: GPL-2.0-only
/* Targets on an SPI bus: their chip selects, and words to and from them. */
#include "spi-models.h"

#include <ferry/spi.h>

#include <string.h>

void spi_target_select(struct spi_target *target, bool active, uint64_t now)
{
	if (target->selected == active)
		return;
	target->selected = active;
	target->select(target, active, now);
}

static void changed(void *arg, unsigned pin, int level, uint64_t time)
{
	struct spi_target *target = arg;

	if (pin == target->pin)
		spi_target_select(target, (level != 0) == target->cs_high, time);
}

void spi_target_wire(struct spi_target *target, struct user_model *model, unsigned pin)
{
	target->pin = pin;
	target->watch = (struct user_pin_watch){ .changed = changed, .arg = target };
	user_model_watch(model, &target->watch);
	changed(target, pin, user_model_level(model, pin), user_world_now(model->world));
}

/* Data are sampled at the rising edge in modes 0 and 3. */
static bool samples_falling(unsigned mode)
{
	return !(mode & FY_SPI_CPHA) != !(mode & FY_SPI_CPOL);
}

/* One bit for all targets that are selected; what is at their outputs before it. */
static int exchange_bit(struct spi_target *targets, int bit, uint64_t now)
{
	int answer = 1;

	for (struct spi_target *target = targets; target; target = target->next) {
		int output = target->selected ? target->output(target) : -1;

		if (output >= 0)
			answer = output;
	}
	for (struct spi_target *target = targets; target; target = target->next)
		if (target->selected)
			target->clock(target, bit, now);
	return answer;
}

uint32_t spi_exchange(struct user_model *controller, struct spi_target *targets, unsigned mode,
		      uint32_t word, unsigned bits)
{
	uint64_t now = user_world_now(controller->world);
	uint32_t answer = 0;

	for (struct spi_target *target = targets; target; target = target->next)
		if (target->selected && target->falling != samples_falling(mode))
			user_model_violation(controller,
					     "words are sent in mode %u to a target "
					     "that samples at the %s edge",
					     mode & FY_SPI_MODE_3,
					     target->falling ? "falling" : "rising");
	for (unsigned i = 0; i < bits; i++) {
		unsigned place = mode & FY_SPI_LSB_FIRST ? i : bits - 1 - i;

		answer |= (uint32_t)exchange_bit(targets, (int)(word >> place & 1), now) << place;
	}
	return answer;
}
