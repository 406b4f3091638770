// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: the test as the user of what drivers offer. */
#include <stdlib.h>
#include <string.h>

#include "gpio-pins.h"
#include "sim.h"

/* ---- Class gpio ---- */

struct ferry_sim_gpio *ferry_sim_gpio_take(struct ferry_sim_device *dev, unsigned number,
					   int *error)
{
	struct fy_gpio_controller *controller = user_gpio_find(dev->sim->world, dev->dev->name);
	struct ferry_sim_gpio *pin = sim_memory(sizeof(*pin));
	int rc = controller ? user_gpio_take(controller, number, &pin->pin) : FY_ERR_NOT_FOUND;

	if (error)
		*error = rc;
	if (rc) {
		free(pin);
		return NULL;
	}
	pin->dev = dev;
	pin->next = dev->gpios;
	dev->gpios = pin;
	return pin;
}

void ferry_sim_gpio_release(struct ferry_sim_gpio *pin)
{
	struct ferry_sim_gpio **at = &pin->dev->gpios;

	while (*at != pin)
		at = &(*at)->next;
	*at = pin->next;
	fy_gpio_release(&pin->pin);
	free(pin);
}

void sim_free_gpios(struct ferry_sim_device *dev)
{
	while (dev->gpios) {
		struct ferry_sim_gpio *pin = dev->gpios;

		dev->gpios = pin->next;
		fy_gpio_release(&pin->pin);
		free(pin);
	}
}

int ferry_sim_gpio_input(struct ferry_sim_gpio *pin)
{
	return user_gpio_set_mode(&pin->pin, FY_GPIO_IN);
}

int ferry_sim_gpio_output(struct ferry_sim_gpio *pin, int level)
{
	return user_gpio_set_mode(&pin->pin, level ? FY_GPIO_OUT_HIGH : FY_GPIO_OUT_LOW);
}

int ferry_sim_gpio_bias(struct ferry_sim_gpio *pin, int bias)
{
	return gpio_set_bias(&pin->pin, (enum fy_gpio_bias)bias);
}

int ferry_sim_gpio_is_output(struct ferry_sim_gpio *pin)
{
	return user_gpio_is_output(&pin->pin);
}

void ferry_sim_gpio_set(struct ferry_sim_gpio *pin, int level)
{
	fy_gpio_write(&pin->pin, level);
}

int ferry_sim_gpio_get(struct ferry_sim_gpio *pin)
{
	return fy_gpio_read(&pin->pin);
}

int ferry_sim_gpio_watch(struct ferry_sim_gpio *pin, unsigned trigger, void (*handler)(void *arg),
			 void *arg)
{
	if (trigger)
		return fy_gpio_watch(&pin->pin, trigger, handler, arg);
	fy_gpio_unwatch(&pin->pin);
	return 0;
}

int ferry_sim_gpio_set_trigger(struct ferry_sim_gpio *pin, unsigned trigger)
{
	return user_gpio_set_trigger(&pin->pin, trigger);
}

int ferry_sim_gpio_fast_set(struct ferry_sim_gpio *pin, struct fy_gpio_fast_set *fast)
{
	return user_gpio_fast_set(&pin->pin, fast);
}

/* ---- Class stream ---- */

static void is_ready(void *arg)
{
	struct ferry_sim_writer *writer = arg;

	writer->ready = true;
	writer->ready_calls++;
}

unsigned long ferry_sim_ready_calls(const struct ferry_sim_writer *writer)
{
	return writer->ready_calls;
}

struct ferry_sim_writer *ferry_sim_open(struct ferry_sim *sim, const char *stream)
{
	struct fy_stream *found = user_stream_find(sim->world, stream);
	struct ferry_sim_writer *writer;

	if (!found)
		return NULL;
	writer = sim_memory(sizeof(*writer));
	writer->sim = sim;
	writer->session = user_session_open(found, is_ready, writer);
	sim_must(writer->session ? 0 : FY_ERR_NO_MEMORY);
	writer->next = sim->writers;
	sim->writers = writer;
	return writer;
}

long ferry_sim_write(struct ferry_sim_writer *writer, const char *data, size_t len)
{
	return user_session_write(writer->session, data, len);
}

long ferry_sim_read(struct ferry_sim_writer *writer, char *data, size_t len)
{
	return user_session_read(writer->session, data, len);
}

static bool was_ready(void *arg)
{
	return ((struct ferry_sim_writer *)arg)->ready;
}

/* Lets time pass until the driver says that something changed, but not past END. */
static int wait_ready(struct ferry_sim_writer *writer, uint64_t end)
{
	uint64_t now = ferry_sim_now(writer->sim);

	if (now >= end || !ferry_sim_run_to(writer->sim, end - now, was_ready, writer))
		return FY_ERR_TIMEOUT;
	return 0;
}

static uint64_t end_of(const struct ferry_sim_writer *writer, uint64_t limit)
{
	uint64_t now = ferry_sim_now(writer->sim);

	return limit < UINT64_MAX - now ? now + limit : UINT64_MAX - 1;
}

int ferry_sim_put(struct ferry_sim_writer *writer, const char *text, uint64_t limit)
{
	uint64_t end = end_of(writer, limit);
	size_t len = strlen(text);

	while (len) {
		long taken;
		int rc;

		writer->ready = false;
		taken = ferry_sim_write(writer, text, len);
		rc = taken == FY_ERR_AGAIN ? wait_ready(writer, end) : taken < 0 ? (int)taken : 0;
		if (rc)
			return rc;
		if (taken > 0) {
			text += taken;
			len -= (size_t)taken;
		}
	}
	return 0;
}

bool ferry_sim_drained(struct ferry_sim_writer *writer)
{
	return user_session_drained(writer->session);
}

int ferry_sim_drain(struct ferry_sim_writer *writer, uint64_t limit)
{
	uint64_t end = end_of(writer, limit);
	int rc = 0;

	while (!rc && !ferry_sim_drained(writer)) {
		writer->ready = false;
		rc = wait_ready(writer, end);
	}
	return rc;
}

void ferry_sim_cancel(struct ferry_sim_writer *writer)
{
	user_session_cancel(writer->session);
}

void ferry_sim_close(struct ferry_sim_writer *writer)
{
	struct ferry_sim_writer **at = &writer->sim->writers;

	while (*at != writer)
		at = &(*at)->next;
	*at = writer->next;
	user_session_close(writer->session);
	free(writer);
}

void sim_free_writers(struct ferry_sim *sim)
{
	while (sim->writers) {
		struct ferry_sim_writer *writer = sim->writers;

		sim->writers = writer->next;
		user_session_close(writer->session);
		free(writer);
	}
}

/* ---- Class rng ---- */

long ferry_sim_random(struct ferry_sim_device *dev, void *data, size_t len)
{
	for (struct fy_rng *rng = user_rng_first(dev->sim->world); rng; rng = rng->next)
		if (rng->dev == dev->dev)
			return user_rng_read(rng, data, len);
	return FY_ERR_NOT_FOUND;
}
