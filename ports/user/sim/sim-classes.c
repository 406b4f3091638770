// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: the test as the user of memories, LEDs, PWM outputs, watchdogs and input devices. */
#include <ferry/input.h>
#include <ferry/led.h>
#include <ferry/memory.h>
#include <ferry/pwm.h>
#include <ferry/watchdog.h>

#include <stdlib.h>

#include "../../../include/ferry-sim/classes.h"
#include "../../../include/ferry-sim/memory.h"
#include "sim.h"

/* ---- Class memory ---- */

static struct fy_memory *memory_of(struct ferry_sim_device *dev)
{
	return (struct fy_memory *)user_offer_of(dev->dev, FY_OFFER_MEMORY);
}

int ferry_sim_memory_read(struct ferry_sim_device *dev, uint64_t offset, void *data, size_t len)
{
	struct fy_memory *memory = memory_of(dev);

	return memory ? fy_port_memory_read(memory, offset, data, len) : FY_ERR_NOT_FOUND;
}

int ferry_sim_memory_write(struct ferry_sim_device *dev, uint64_t offset, const void *data,
			   size_t len)
{
	struct fy_memory *memory = memory_of(dev);

	return memory ? fy_port_memory_write(memory, offset, data, len) : FY_ERR_NOT_FOUND;
}

int ferry_sim_memory_erase(struct ferry_sim_device *dev, uint64_t offset, uint64_t len)
{
	struct fy_memory *memory = memory_of(dev);

	return memory ? fy_port_memory_erase(memory, offset, len) : FY_ERR_NOT_FOUND;
}

uint64_t ferry_sim_memory_size(struct ferry_sim_device *dev, uint32_t *erase_size)
{
	const struct fy_memory *memory = memory_of(dev);

	if (erase_size)
		*erase_size = memory ? memory->geometry.erase_size : 0;
	return memory ? memory->geometry.size : 0;
}

/* ---- Class led ---- */

static struct fy_led *led_of(struct ferry_sim_device *dev, unsigned index)
{
	struct fy_offer *offer = user_offer_next(dev->sim->world, NULL, FY_OFFER_LED);

	while (offer && !(offer->dev == dev->dev && ((struct fy_led *)offer)->index == index))
		offer = user_offer_next(dev->sim->world, offer, FY_OFFER_LED);
	return (struct fy_led *)offer;
}

int ferry_sim_led_set(struct ferry_sim_device *dev, unsigned index, unsigned brightness)
{
	struct fy_led *led = led_of(dev, index);

	return led ? fy_port_led_set(led, brightness) : FY_ERR_NOT_FOUND;
}

int ferry_sim_led_blink(struct ferry_sim_device *dev, unsigned index, uint32_t *on_ms,
			uint32_t *off_ms)
{
	struct fy_led *led = led_of(dev, index);

	return led ? fy_port_led_blink(led, on_ms, off_ms) : FY_ERR_NOT_FOUND;
}

/* ---- Class pwm ---- */

int ferry_sim_pwm_apply(struct ferry_sim_device *dev, unsigned channel,
			const struct fy_pwm_state *state)
{
	struct fy_pwm *pwm = (struct fy_pwm *)user_offer_of(dev->dev, FY_OFFER_PWM);

	return pwm ? fy_port_pwm_apply(pwm, channel, state) : FY_ERR_NOT_FOUND;
}

int ferry_sim_pwm_get(struct ferry_sim_device *dev, unsigned channel, struct fy_pwm_state *state)
{
	struct fy_pwm *pwm = (struct fy_pwm *)user_offer_of(dev->dev, FY_OFFER_PWM);

	return pwm ? fy_port_pwm_get(pwm, channel, state) : FY_ERR_NOT_FOUND;
}

/* ---- Class watchdog ---- */

static struct fy_watchdog *watchdog_of(struct ferry_sim_device *dev)
{
	return (struct fy_watchdog *)user_offer_of(dev->dev, FY_OFFER_WATCHDOG);
}

int ferry_sim_watchdog_start(struct ferry_sim_device *dev, uint32_t ms)
{
	struct fy_watchdog *watchdog = watchdog_of(dev);

	return watchdog ? fy_port_watchdog_start(watchdog, ms) : FY_ERR_NOT_FOUND;
}

int ferry_sim_watchdog_stop(struct ferry_sim_device *dev)
{
	struct fy_watchdog *watchdog = watchdog_of(dev);

	return watchdog ? fy_port_watchdog_stop(watchdog) : FY_ERR_NOT_FOUND;
}

int ferry_sim_watchdog_left(struct ferry_sim_device *dev, uint32_t *ms)
{
	struct fy_watchdog *watchdog = watchdog_of(dev);

	return watchdog ? fy_port_watchdog_left(watchdog, ms) : FY_ERR_NOT_FOUND;
}

/* ---- Class input ---- */

static void keep(void *arg, enum fy_input_type type, uint16_t code, int32_t value, bool last)
{
	struct ferry_sim_device *dev = arg;

	if (dev->input_count == dev->input_room)
		dev->inputs = sim_more(dev->inputs, &dev->input_room, sizeof(*dev->inputs));
	dev->inputs[dev->input_count++] = (struct ferry_sim_input){
		.time = ferry_sim_now(dev->sim),
		.type = (int)type,
		.code = code,
		.value = value,
		.last = last,
	};
}

int ferry_sim_input_record(struct ferry_sim_device *dev)
{
	struct fy_input *input = (struct fy_input *)user_offer_of(dev->dev, FY_OFFER_INPUT);

	if (!input)
		return FY_ERR_NOT_FOUND;
	dev->input_count = 0;
	fy_port_input_watch(input, keep, dev);
	return 0;
}

size_t ferry_sim_inputs(const struct ferry_sim_device *dev, const struct ferry_sim_input **inputs)
{
	*inputs = dev->inputs;
	return dev->input_count;
}

void sim_free_inputs(struct ferry_sim_device *dev)
{
	free(dev->inputs);
}
