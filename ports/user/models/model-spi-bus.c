// SPDX-License-Identifier: GPL-2.0-only
/*
 * An SPI bus of models without a controller's registers: driver and model are one, so that a driver
 * of a target is tried without one of a controller. Eight chip selects, all modes; what takes time
 * is a word, its bits at the target's speed. Words can be made to fail.
 */
#include "spi-models.h"

#include <ferry/spi.h>

struct bus {
	struct fy_spi_bus bus;
};

static struct spi_bus_model *model_of(const struct fy_device *dev)
{
	return (struct spi_bus_model *)dev->model;
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

static void finish(struct spi_bus_model *m, int error)
{
	struct bus *bus = fy_state(m->model.dev);

	m->segment = NULL;
	fy_spi_done(&bus->bus, error);
}

static bool goes_wrong(struct spi_bus_model *m)
{
	int error = m->error;

	if (!error || m->words != m->fails_at)
		return false;
	m->error = 0;
	if (error != FY_ERR_TIMEOUT)
		finish(m, error);
	return true;
}

static uint64_t word_ns(const struct spi_bus_model *m)
{
	return m->config.word_bits * FY_NS_PER_SEC / m->config.speed_hz;
}

static uint64_t word_over(void *arg, uint64_t due)
{
	struct spi_bus_model *m = arg;
	const struct fy_spi_segment *segment = m->segment;
	unsigned bytes = fy_spi_word_bytes(m->config.word_bits);
	uint32_t word;

	if (!segment || goes_wrong(m))
		return FY_TIMER_STOP;
	m->words++;
	word = spi_exchange(&m->model, m->targets, m->config.mode,
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
	struct spi_bus_model *m = model_of(dev);

	for (struct spi_target *target = m->targets; target; target = target->next)
		if (target->pin == number)
			spi_target_select(target, active == (high == target->cs_high),
					  user_world_now(dev->world));
}

static int start(struct fy_device *dev, const struct fy_spi_segment *segment)
{
	struct spi_bus_model *m = model_of(dev);

	m->segment = segment;
	m->at = 0;
	user_timer_start(&m->word_over, user_world_now(dev->world) + word_ns(m));
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct spi_bus_model *m = model_of(dev);

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
	user_model_timer_init(&((struct spi_bus_model *)model)->word_over, model, word_over);
	return 0;
}

static void attach(struct user_model *model, struct spi_target *target, unsigned number)
{
	struct spi_bus_model *m = (struct spi_bus_model *)model;

	target->pin = number;
	target->next = m->targets;
	m->targets = target;
}

const struct user_model_kind spi_bus_model = {
	.name = "spi-bus",
	.compatible = "",
	.size = sizeof(struct spi_bus_model),
	.init = init,
	.attach_spi = attach,
};

struct fy_device *user_spi_add_bus(struct user_world *w, const char *name)
{
	struct fy_device *dev = user_device_add(w, &bus_driver, name);

	if (!dev || user_device_set_model(dev, user_model_new(w, &spi_bus_model)))
		return NULL;
	return dev;
}
