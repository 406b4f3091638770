// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry-sim: a GPIO controller without registers, for drivers that use pins. Driver and model are
 * one: the driver's ops change the model's state, where another one writes registers. It may be one
 * that sleeps, as if a bus were between.
 */
#include <ferry/gpio-controller.h>
#include <ferry/interrupt.h>
#include <ferry/work.h>

#include "sim.h"

#define LEVELS	    (FY_GPIO_TRIGGER_HIGH | FY_GPIO_TRIGGER_LOW)
#define TRANSFER_US 100 /* on the bus of one that sleeps */

struct pins_model {
	struct user_model model;
	bool edges_only; /* it cannot be asked to tell of levels */
	bool sleeps;	 /* its ops wait for a bus */
	bool bus_fails;	 /* which nobody answers on */
	bool quiet;	 /* its interrupt was handled, but what happened was not read yet */
	uint64_t outputs, latch;
	uint64_t driven, input; /* the pins that something outside drives, and to which levels */
	uint64_t pulled_up;
	uint64_t rising, falling, high, low;
	uint64_t edges; /* that were asked for, came, and are still to be told */
};

struct pins {
	struct fy_gpio_controller controller;
	struct fy_work work; /* of one that sleeps: what happened is read */
	uint64_t time;	     /* of its interrupt */
};

static struct pins_model *pins_of(const struct fy_device *dev)
{
	return (struct pins_model *)dev->model;
}

static uint64_t levels(const struct pins_model *m)
{
	uint64_t inputs = (m->input & m->driven) | (m->pulled_up & ~m->driven);

	return (m->latch & m->outputs) | (inputs & ~m->outputs);
}

/* Something has changed: what there is to tell, and the levels. */
static void update(struct pins_model *m)
{
	uint64_t now = levels(m), changed = now ^ m->model.levels;

	m->edges |= changed & ((m->rising & now) | (m->falling & ~now));
	user_model_set_irq(&m->model, 0,
			   !m->quiet && (m->edges || (m->high & now) || (m->low & ~now)));
	user_model_set_levels(&m->model, now);
}

static void set_bit(uint64_t *word, unsigned bit, bool on)
{
	*word = on ? *word | UINT64_C(1) << bit : *word & ~(UINT64_C(1) << bit);
}

static void drive(struct user_model *model, unsigned pin, int level)
{
	struct pins_model *m = (struct pins_model *)model;

	set_bit(&m->driven, pin, level != USER_PIN_OPEN);
	set_bit(&m->input, pin, level > 0);
	update(m);
}

/* ---- The driver. ---- */

static int set_input(struct fy_device *dev, unsigned pin)
{
	struct pins_model *m = pins_of(dev);

	set_bit(&m->outputs, pin, false);
	update(m);
	return 0;
}

static int set_output(struct fy_device *dev, unsigned pin, int level)
{
	struct pins_model *m = pins_of(dev);

	set_bit(&m->latch, pin, level);
	set_bit(&m->outputs, pin, true);
	update(m);
	return 0;
}

static int is_output(struct fy_device *dev, unsigned pin)
{
	return (int)(pins_of(dev)->outputs >> pin & 1);
}

static int get(struct fy_device *dev, unsigned pin)
{
	return (int)(pins_of(dev)->model.levels >> pin & 1);
}

static void set(struct fy_device *dev, unsigned pin, int level)
{
	struct pins_model *m = pins_of(dev);

	set_bit(&m->latch, pin, level);
	update(m);
}

static int set_bias(struct fy_device *dev, unsigned pin, enum fy_gpio_bias bias)
{
	struct pins_model *m = pins_of(dev);

	set_bit(&m->pulled_up, pin, bias == FY_GPIO_BIAS_PULL_UP);
	update(m);
	return 0;
}

static int set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	struct pins_model *m = pins_of(dev);

	if (m->edges_only && trigger & LEVELS)
		return FY_ERR_UNSUPPORTED;
	set_bit(&m->rising, pin, trigger & FY_GPIO_TRIGGER_RISING);
	set_bit(&m->falling, pin, trigger & FY_GPIO_TRIGGER_FALLING);
	set_bit(&m->high, pin, trigger & FY_GPIO_TRIGGER_HIGH);
	set_bit(&m->low, pin, trigger & FY_GPIO_TRIGGER_LOW);
	set_bit(&m->edges, pin, false);
	update(m);
	return 0;
}

/* The users that are told may drive pins in turn: so what is told now is no longer to be told. */
static void handle_interrupt(void *arg)
{
	struct fy_device *dev = arg;
	struct pins *pins = fy_state(dev);
	struct pins_model *m = pins_of(dev);
	uint64_t tell = m->edges | (m->high & levels(m)) | (m->low & ~levels(m));

	m->edges = 0;
	for (; tell; tell &= tell - 1)
		fy_gpio_event(&pins->controller, (unsigned)__builtin_ctzll(tell));
	update(m);
}

/* ---- The same behind a bus. ---- */

static int transfer(struct fy_device *dev)
{
	fy_sleep_us(TRANSFER_US);
	return pins_of(dev)->bus_fails ? FY_ERR_IO : 0;
}

static int sleeping_set_input(struct fy_device *dev, unsigned pin)
{
	int rc = transfer(dev);

	return rc ? rc : set_input(dev, pin);
}

static int sleeping_set_output(struct fy_device *dev, unsigned pin, int level)
{
	int rc = transfer(dev);

	return rc ? rc : set_output(dev, pin, level);
}

static int sleeping_get(struct fy_device *dev, unsigned pin)
{
	int rc = transfer(dev);

	return rc ? rc : get(dev, pin);
}

static int sleeping_set_bias(struct fy_device *dev, unsigned pin, enum fy_gpio_bias bias)
{
	int rc = transfer(dev);

	return rc ? rc : set_bias(dev, pin, bias);
}

static int sleeping_set_trigger(struct fy_device *dev, unsigned pin, unsigned trigger)
{
	int rc = transfer(dev);

	return rc ? rc : set_trigger(dev, pin, trigger);
}

static int sleeping_set_several(struct fy_device *dev, uint64_t pins, uint64_t values)
{
	struct pins_model *m = pins_of(dev);
	int rc = transfer(dev);

	if (rc)
		return rc;
	m->latch = (m->latch & ~pins) | (values & pins);
	update(m);
	return 0;
}

/* The line goes down with the read, in the work; until then it raises no other interrupt. */
static void handle_sleeping_interrupt(void *arg)
{
	struct fy_device *dev = arg;
	struct pins *pins = fy_state(dev);

	pins->time = fy_now_ns();
	pins_of(dev)->quiet = true;
	update(pins_of(dev));
	fy_work_start(&pins->work);
}

static void read_events(void *arg)
{
	struct fy_device *dev = arg;
	struct pins *pins = fy_state(dev);
	struct pins_model *m = pins_of(dev);
	uint64_t time = pins->time, tell;

	fy_sleep_us(TRANSFER_US);
	m->quiet = false;
	tell = m->edges | (m->high & levels(m)) | (m->low & ~levels(m));
	m->edges = 0;
	for (; tell; tell &= tell - 1)
		fy_gpio_event_at(&pins->controller, (unsigned)__builtin_ctzll(tell), time);
	update(m);
}

/* ---- The device. ---- */

static const struct fy_gpio_ops ops = {
	.set_input = set_input,
	.set_output = set_output,
	.is_output = is_output,
	.get = get,
	.set = set,
	.set_bias = set_bias,
	.set_trigger = set_trigger,
};

static const struct fy_gpio_ops sleeping_ops = {
	.may_sleep = true,
	.set_input = sleeping_set_input,
	.set_output = sleeping_set_output,
	.is_output = is_output,
	.get = sleeping_get,
	.set_bias = sleeping_set_bias,
	.set_trigger = sleeping_set_trigger,
	.set_several = sleeping_set_several,
};

static int pins_probe(struct fy_device *dev)
{
	struct pins *pins = fy_state(dev);
	bool sleeps = pins_of(dev)->sleeps;
	int rc = fy_irq_attach(dev, 0, sleeps ? handle_sleeping_interrupt : handle_interrupt, dev);

	if (rc)
		return rc;
	fy_work_init(&pins->work, dev, read_events, dev);
	rc = fy_gpio_offer(dev, &pins->controller, dev->model->kind->pins,
			   sleeps ? &sleeping_ops : &ops);
	if (rc)
		fy_irq_detach(dev, 0);
	return rc;
}

static void pins_remove(struct fy_device *dev)
{
	struct pins *pins = fy_state(dev);

	fy_gpio_withdraw(&pins->controller);
	fy_irq_detach(dev, 0);
	fy_work_stop(&pins->work);
}

static const struct fy_driver pins_driver = {
	.name = "pins",
	.state_size = sizeof(struct pins),
	.probe = pins_probe,
	.remove = pins_remove,
};

/* ---- Making one. ---- */

static const struct user_model_option options[] = {
	{ "edges-only", offsetof(struct pins_model, edges_only) },
	{ "sleeps", offsetof(struct pins_model, sleeps) },
	{ "bus-fails", offsetof(struct pins_model, bus_fails) },
	{ 0 },
};

struct ferry_sim_device *ferry_sim_add_pins(struct ferry_sim *sim, const char *name, unsigned count)
{
	struct ferry_sim_device *dev;

	if (!count || count > SIM_PINS_MAX)
		return NULL;
	dev = sim_add(sim, &pins_driver, name);
	if (!dev)
		return NULL;
	dev->kind = (struct user_model_kind){
		.name = dev->dev->name,
		.compatible = "",
		.size = sizeof(struct pins_model),
		.pins = count,
		.irqs = 1,
		.options = options,
		.drive = drive,
	};
	sim_set_model(dev, &dev->kind);
	return dev;
}
