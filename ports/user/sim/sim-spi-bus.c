// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry-sim: an SPI controller without registers, for drivers of targets. Driver and model are one:
 * where another one writes registers, this one has the targets' models do a word.
 */
#include <ferry/spi.h>

#include "../../../include/ferry-sim/spi.h"
#include "../models/spi-models.h"
#include "sim.h"

struct bus_model {
	struct user_model model;
	struct spi_target **targets; /* connected to the bus */
	struct fy_timer word_over;
	struct fy_spi_config config;
	const struct fy_spi_segment *segment; /* NULL: none is under way */
	uint32_t at;			      /* word of that */
	unsigned long words;		      /* ever */
	unsigned long fails_at;
	int error; /* of that word; 0: it does not go wrong */
};

struct bus {
	struct fy_spi_bus bus;
};

static struct bus_model *model_of(const struct fy_device *dev)
{
	return (struct bus_model *)dev->model;
}

/* ---- Words ---- */

static uint32_t load(const void *words, uint32_t at, unsigned bytes)
{
	if (!words)
		return 0;
	return bytes == 1 ? ((const uint8_t *)words)[at] :
	       bytes == 2 ? ((const uint16_t *)words)[at] :
			    ((const uint32_t *)words)[at];
}

static void store(void *words, uint32_t at, unsigned bytes, uint32_t word)
{
	if (!words)
		return;
	if (bytes == 1)
		((uint8_t *)words)[at] = (uint8_t)word;
	else if (bytes == 2)
		((uint16_t *)words)[at] = (uint16_t)word;
	else
		((uint32_t *)words)[at] = word;
}

static void finish(struct bus_model *m, int error)
{
	struct bus *bus = fy_state(m->model.dev);

	m->segment = NULL;
	fy_spi_done(&bus->bus, error);
}

static bool goes_wrong(struct bus_model *m)
{
	int error = m->error;

	if (!error || m->words != m->fails_at)
		return false;
	m->error = 0;
	if (error != FY_ERR_TIMEOUT)
		finish(m, error);
	return true;
}

static uint64_t word_ns(const struct bus_model *m)
{
	return m->config.word_bits * FY_NS_PER_SEC / m->config.speed_hz;
}

static uint64_t word_over(void *arg, uint64_t due)
{
	struct bus_model *m = arg;
	const struct fy_spi_segment *segment = m->segment;
	unsigned bytes = fy_spi_word_bytes(m->config.word_bits);
	uint32_t word;

	if (!segment || goes_wrong(m))
		return FY_TIMER_STOP;
	m->words++;
	word = spi_exchange(&m->model, *m->targets, m->config.mode,
			    load(segment->write, m->at, bytes), m->config.word_bits);
	store(segment->read, m->at, bytes, word);
	if (++m->at < segment->length / bytes)
		return due + word_ns(m);
	finish(m, 0);
	return FY_TIMER_STOP;
}

/* ---- The driver ---- */

static int configure(struct fy_device *dev, const struct fy_spi_config *config)
{
	model_of(dev)->config = *config;
	return 0;
}

static void select_target(struct fy_device *dev, unsigned number, bool active, bool high)
{
	struct bus_model *m = model_of(dev);

	for (struct spi_target *target = *m->targets; target; target = target->next)
		if (target->pin == number)
			spi_target_select(target, active == (high == target->cs_high),
					  user_world_now(dev->world));
}

static int start(struct fy_device *dev, const struct fy_spi_segment *segment)
{
	struct bus_model *m = model_of(dev);

	m->segment = segment;
	m->at = 0;
	user_timer_start(&m->word_over, user_world_now(dev->world) + word_ns(m));
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct bus_model *m = model_of(dev);

	m->segment = NULL;
	user_timer_stop(&m->word_over);
}

static int bus_probe(struct fy_device *dev)
{
	static const struct fy_spi_ops ops = {
		.configure = configure,
		.select = select_target,
		.start = start,
		.cancel = cancel,
	};
	static const struct fy_spi_limits limits = {
		.speed_min_hz = 1,
		.speed_max_hz = 100000000,
		.modes = FY_SPI_MODE_3 | FY_SPI_CS_HIGH | FY_SPI_LSB_FIRST,
		.word_min = 1,
		.word_max = FY_SPI_WORD_MAX,
		.selects = FY_SPI_SELECTS_MAX,
	};
	struct bus *bus = fy_state(dev);

	return fy_spi_offer(dev, &bus->bus, &ops, &limits);
}

static void bus_remove(struct fy_device *dev)
{
	struct bus *bus = fy_state(dev);

	fy_spi_withdraw(&bus->bus);
}

static const struct fy_driver bus_driver = {
	.name = "spi-bus",
	.state_size = sizeof(struct bus),
	.probe = bus_probe,
	.remove = bus_remove,
};

/* ---- Making one ---- */

static int init(struct user_model *model)
{
	user_model_timer_init(&((struct bus_model *)model)->word_over, model, word_over);
	return 0;
}

static void attach(struct user_model *model, struct spi_target *target, unsigned number)
{
	struct bus_model *m = (struct bus_model *)model;

	target->pin = number;
	target->next = *m->targets;
	*m->targets = target;
}

struct ferry_sim_device *ferry_sim_add_spi(struct ferry_sim *sim, const char *name)
{
	struct ferry_sim_device *dev = sim_add(sim, &bus_driver, name);

	if (!dev)
		return NULL;
	dev->kind = (struct user_model_kind){
		.name = dev->dev->name,
		.compatible = "",
		.size = sizeof(struct bus_model),
		.init = init,
		.attach_spi = attach,
	};
	sim_set_model(dev, &dev->kind);
	((struct bus_model *)dev->model)->targets = &dev->spi_targets;
	return dev;
}

void ferry_sim_spi_fail(struct ferry_sim_device *bus, unsigned long skip, int error)
{
	struct bus_model *m = model_of(bus->dev);

	m->fails_at = m->words + skip;
	m->error = error;
}

unsigned long ferry_sim_spi_words(const struct ferry_sim_device *bus)
{
	return model_of(bus->dev)->words;
}
