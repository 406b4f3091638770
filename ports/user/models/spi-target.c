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

bool spi_target_is_wired(const struct spi_target *target)
{
	return target->watch.changed;
}

/* ---- Targets of bytes ---- */

static void bytes_select(struct spi_target *target, bool active, uint64_t now)
{
	struct spi_bytes *b = (struct spi_bytes *)target;

	b->bits = 0;
	b->select(b, active, now);
	if (active)
		b->out = b->next(b);
}

static void bytes_clock(struct spi_target *target, int input, uint64_t now)
{
	struct spi_bytes *b = (struct spi_bytes *)target;

	b->in = (uint8_t)(b->in << 1 | input);
	b->out = (uint8_t)(b->out << 1);
	if (++b->bits < 8)
		return;
	b->bits = 0;
	b->byte(b, b->in, now);
	b->out = b->next(b);
}

static int bytes_output(struct spi_target *target)
{
	return ((struct spi_bytes *)target)->out >> 7;
}

void spi_bytes_init(struct spi_bytes *bytes)
{
	bytes->target.select = bytes_select;
	bytes->target.clock = bytes_clock;
	bytes->target.output = bytes_output;
}

/* ---- Pins ---- */

/* The target's output changes at the edge at which it does not sample, and when it is selected. */
static void show_output(struct spi_wires *wires)
{
	const struct spi_target *target = wires->target;
	int level = target->selected ? wires->target->output(wires->target) : USER_PIN_OPEN;

	user_model_drive(wires->model, wires->output, level < 0 ? USER_PIN_OPEN : level);
}

static void moved(void *arg, unsigned pin, int level, uint64_t time)
{
	struct spi_wires *wires = arg;
	struct spi_target *target = wires->target;

	if (pin == wires->clock && target->selected && !level == target->falling)
		target->clock(target, user_model_level(wires->model, wires->input), time);
	else if (pin == wires->clock || pin == target->pin)
		show_output(wires);
}

void spi_wire(struct spi_wires *wires, struct spi_target *target, struct user_model *model,
	      unsigned clock, unsigned input, unsigned output, unsigned select)
{
	spi_target_wire(target, model, select);
	*wires = (struct spi_wires){
		.target = target,
		.model = model,
		.clock = clock,
		.input = input,
		.output = output,
		.watch = { .changed = moved, .arg = wires },
	};
	user_model_watch(model, &wires->watch);
}

/* ---- Words ---- */

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
