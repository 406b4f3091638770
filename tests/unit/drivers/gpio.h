/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A gpio driver on the model of its device (ferry-sim), with the test as the user of all of its
 * pins: for tests of gpio drivers. What pins told is counted, what the driver wrote to registers is
 * kept. An interrupt's handler is called by itself, at once.
 */
#ifndef TEST_DRIVERS_GPIO_H
#define TEST_DRIVERS_GPIO_H

#include "../user/test.h"

#include <ferry/gpio-controller.h>

#define PINS_MAX   64
#define WRITES_MAX 256

static struct ferry_sim *sim;
static struct ferry_sim_device *gpio;
static struct ferry_sim_gpio *pins[PINS_MAX];
static unsigned pin_count;
static bool watched[PINS_MAX];
static unsigned events[PINS_MAX];      /* how often each pin told of something */
static void (*on_event)(unsigned pin); /* what the pin's user does then; may be NULL */
static struct ferry_sim_access writes[WRITES_MAX];
static unsigned write_count;
static unsigned long calls_before;

static inline void keep_write(void *arg, const struct ferry_sim_access *access)
{
	(void)arg;
	if (access->is_write)
		writes[write_count++ % WRITES_MAX] = *access;
}

static inline void make_world(const struct fy_driver *driver, const char *model, unsigned irqs)
{
	sim = ferry_sim_new();
	gpio = ferry_sim_add(sim, driver, "gpio", model);
	assert_non_null(gpio);
	ferry_sim_set_irqs(gpio, irqs);
	ferry_sim_on_access(gpio, keep_write, NULL);
	memset(watched, 0, sizeof(watched));
	memset(events, 0, sizeof(events));
	on_event = NULL;
	pin_count = write_count = 0;
	calls_before = 0;
}

/* Probes the device and takes all of its pins. */
static inline int start_device(void)
{
	int error;

	assert_int_equal(ferry_sim_probe(sim), 0);
	while ((pins[pin_count] = ferry_sim_gpio_take(gpio, pin_count, &error)))
		pin_count++;
	assert_int_equal(error, FY_ERR_NOT_FOUND);
	return 0;
}

static inline bool has_pins(void)
{
	int error;

	return ferry_sim_gpio_take(gpio, 0, &error) || error != FY_ERR_NOT_FOUND;
}

/* With its pins in use and triggers set: so the driver itself has to end them. */
static inline void stop_device(void)
{
	ferry_sim_remove(gpio);
	assert_false(has_pins());
	for (unsigned i = 0; i < 4; i++)
		assert_false(ferry_sim_irq_attached(gpio, i));
}

static inline void count_event(void *arg)
{
	unsigned pin = (unsigned)(uintptr_t)arg;

	events[pin]++;
	if (on_event)
		on_event(pin);
}

/* The driver's op: one trigger after the other, with the same user. */
static inline int set_trigger(unsigned pin, unsigned trigger)
{
	if (!watched[pin])
		assert_int_equal(ferry_sim_gpio_watch(pins[pin], FY_GPIO_TRIGGER_RISING,
						      count_event, (void *)(uintptr_t)pin),
				 0);
	watched[pin] = true;
	return ferry_sim_gpio_set_trigger(pins[pin], trigger);
}

/* Somebody hears each pin, but none is to tell anything. */
static inline void watch_all(void)
{
	for (unsigned pin = 0; pin < pin_count; pin++)
		assert_int_equal(set_trigger(pin, FY_GPIO_TRIGGER_NONE), 0);
}

/* How often interrupts were handled since the last time that this was asked. */
static inline unsigned long calls(void)
{
	unsigned long before = calls_before;

	calls_before = ferry_sim_irq_calls(gpio);
	return calls_before - before;
}

static inline uint64_t levels(void)
{
	uint64_t all = 0;

	for (unsigned pin = 0; pin < pin_count; pin++)
		all |= (uint64_t)ferry_sim_level(gpio, pin) << pin;
	return all;
}

static inline void drive(unsigned pin, int level)
{
	assert_int_equal(ferry_sim_drive(gpio, pin, level), 0);
}

static inline void drive_all(uint64_t all)
{
	for (unsigned pin = 0; pin < pin_count; pin++)
		drive(pin, all >> pin & 1);
}

/* From here on interrupts wait for the world to run. */
static inline void hold_interrupts(void)
{
	ferry_sim_delay_irq(gpio, FERRY_SIM_US);
}

static inline void run_interrupts(void)
{
	ferry_sim_run_for(sim, 2 * FERRY_SIM_US);
}

#endif
