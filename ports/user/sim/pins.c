// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: the pins of models, from outside. */
#include <ferry/driver.h>

#include <stdlib.h>

#include "sim.h"

int ferry_sim_level(const struct ferry_sim_device *dev, unsigned pin)
{
	return dev->model ? user_model_level(dev->model, pin) : FY_ERR_NOT_FOUND;
}

int ferry_sim_drive(struct ferry_sim_device *dev, unsigned pin, int level)
{
	return dev->model ? user_model_drive(dev->model, pin, level) : FY_ERR_NOT_FOUND;
}

/* ---- Watches and wires ---- */

static void call_watch(void *arg, unsigned pin, int level, uint64_t time)
{
	struct sim_watch *watch = arg;

	if (pin == watch->pin)
		watch->changed(watch->arg, pin, level, time);
}

static struct sim_watch *
add_watch(struct ferry_sim_device *dev, unsigned pin,
	  void (*changed)(void *arg, unsigned pin, int level, uint64_t time), void *arg)
{
	struct sim_watch *watch = sim_memory(sizeof(*watch));

	*watch = (struct sim_watch){
		.watch = { .changed = call_watch, .arg = watch },
		.next = dev->watches,
		.pin = pin,
		.changed = changed,
		.arg = arg,
	};
	dev->watches = watch;
	user_model_watch(dev->model, &watch->watch);
	return watch;
}

int ferry_sim_watch(struct ferry_sim_device *dev, unsigned pin,
		    void (*changed)(void *arg, unsigned pin, int level, uint64_t time), void *arg)
{
	if (ferry_sim_level(dev, pin) < 0)
		return FY_ERR_NOT_FOUND;
	add_watch(dev, pin, changed, arg);
	return 0;
}

static void follow(void *arg, unsigned pin, int level, uint64_t time)
{
	struct sim_watch *wire = arg;

	(void)pin;
	(void)time;
	ferry_sim_drive(wire->to, wire->to_pin, level);
}

int ferry_sim_wire(struct ferry_sim_device *from, unsigned from_pin, struct ferry_sim_device *to,
		   unsigned to_pin)
{
	struct sim_watch *wire;
	int level = ferry_sim_level(from, from_pin);

	if (level < 0 || ferry_sim_level(to, to_pin) < 0)
		return FY_ERR_NOT_FOUND;
	wire = add_watch(from, from_pin, follow, NULL);
	wire->arg = wire;
	wire->to = to;
	wire->to_pin = to_pin;
	return ferry_sim_drive(to, to_pin, level);
}

struct level_wait {
	struct ferry_sim_device *dev;
	unsigned pin;
	int level;
};

static bool has_level(void *arg)
{
	const struct level_wait *wait = arg;

	return ferry_sim_level(wait->dev, wait->pin) == wait->level;
}

bool ferry_sim_run_to_level(struct ferry_sim_device *dev, unsigned pin, int level, uint64_t limit)
{
	struct level_wait wait = { dev, pin, level };

	return ferry_sim_run_to(dev->sim, limit, has_level, &wait);
}

/* ---- Recordings ---- */

static struct sim_record *find_record(const struct ferry_sim_device *dev, unsigned pin)
{
	struct sim_record *record = dev->records;

	while (record && record->pin != pin)
		record = record->next;
	return record;
}

static void keep_edge(void *arg, unsigned pin, int level, uint64_t time)
{
	struct sim_record *record = arg;

	if (pin != record->pin)
		return;
	if (record->count == record->room)
		record->edges = sim_more(record->edges, &record->room, sizeof(*record->edges));
	record->edges[record->count++] = (struct ferry_sim_edge){ time, level };
}

int ferry_sim_record(struct ferry_sim_device *dev, unsigned pin)
{
	struct sim_record *record = find_record(dev, pin);

	if (ferry_sim_level(dev, pin) < 0)
		return FY_ERR_NOT_FOUND;
	if (record) {
		record->count = 0;
		return 0;
	}
	record = sim_memory(sizeof(*record));
	record->watch = (struct user_pin_watch){ .changed = keep_edge, .arg = record };
	record->pin = pin;
	record->next = dev->records;
	dev->records = record;
	user_model_watch(dev->model, &record->watch);
	return 0;
}

size_t ferry_sim_edges(const struct ferry_sim_device *dev, unsigned pin,
		       const struct ferry_sim_edge **edges)
{
	const struct sim_record *record = find_record(dev, pin);

	*edges = record ? record->edges : NULL;
	return record ? record->count : 0;
}

/* The models are gone. */
void sim_free_pins(struct ferry_sim_device *dev)
{
	while (dev->watches) {
		struct sim_watch *watch = dev->watches;

		dev->watches = watch->next;
		free(watch);
	}
	while (dev->records) {
		struct sim_record *record = dev->records;

		dev->records = record->next;
		free(record->edges);
		free(record);
	}
}
