// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* virtio-gpio: see virtio-gpio.h. */
#include "virtio-gpio.h"

enum { DEVICE_ID = 41 };
enum { LEVELS = VIRTIO_GPIO_IRQ_HIGH | VIRTIO_GPIO_IRQ_LOW };

/* Requests, and their answers' status. */
enum { GET_NAMES = 1, GET_DIRECTION, SET_DIRECTION, GET_VALUE, SET_VALUE, SET_IRQ_TYPE };
enum { STATUS_OK, STATUS_ERROR };
/* The status of an event. */
enum { EVENT_INVALID, EVENT_VALID };

static uint16_t get16(const unsigned char *at)
{
	return (uint16_t)(at[0] | at[1] << 8);
}

static uint32_t get32(const unsigned char *at)
{
	return get16(at) | (uint32_t)get16(at + 2) << 16;
}

/* Gives the guest's event buffer of a line back, which masks the line. */
static void give_event(struct virtio_gpio *gpio, unsigned number, unsigned char status)
{
	struct virtio_gpio_line *line = &gpio->line[number];

	line->unmasked = false;
	line->latched = false;
	virtio_chain_write(&gpio->device.queue[VIRTIO_GPIO_EVENT_QUEUE], &line->event, &status, 1);
	virtio_device_push(&gpio->device, VIRTIO_GPIO_EVENT_QUEUE, &line->event);
	if (line->trigger & LEVELS)
		gpio->ops->set_trigger(gpio->arg, number, VIRTIO_GPIO_IRQ_NONE);
}

void virtio_gpio_event(struct virtio_gpio *gpio, unsigned number)
{
	struct virtio_gpio_line *line = &gpio->line[number];

	if (!line->trigger)
		return;
	if (line->unmasked && !virtio_queue_usable(&gpio->device.queue[VIRTIO_GPIO_EVENT_QUEUE])) {
		line->latched = gpio->held = true;
	} else if (line->unmasked && !line->arming) {
		give_event(gpio, number, EVENT_VALID);
		virtio_device_announce(&gpio->device, VIRTIO_GPIO_EVENT_QUEUE);
	} else if (line->arming || !(line->trigger & LEVELS)) {
		line->latched = true;
	}
}

/* Gives the guest what happened while the event queue was stopped. */
static void give_held_events(struct virtio_gpio *gpio)
{
	gpio->held = false;
	for (unsigned i = 0; i < gpio->lines; i++)
		if (gpio->line[i].unmasked && gpio->line[i].latched)
			give_event(gpio, i, EVENT_VALID);
}

/*
 * The guest waits for an event of the line, which is enabled: returns the buffer at once if there
 * is one.
 */
static void wait_for_event(struct virtio_gpio *gpio, unsigned number)
{
	struct virtio_gpio_line *line = &gpio->line[number];

	line->unmasked = true;
	if (line->trigger & LEVELS) {
		line->arming = true;
		if (gpio->ops->set_trigger(gpio->arg, number, line->trigger) < 0)
			give_event(gpio, number, EVENT_INVALID);
		line->arming = false;
	}
	if (line->unmasked && line->latched)
		give_event(gpio, number, EVENT_VALID);
}

/* Disables the line's interrupt, and gives back the guest's buffer. */
static int disable_interrupt(struct virtio_gpio *gpio, unsigned number)
{
	struct virtio_gpio_line *line = &gpio->line[number];

	if (!line->trigger)
		return 0;
	gpio->ops->set_trigger(gpio->arg, number, VIRTIO_GPIO_IRQ_NONE);
	line->trigger = VIRTIO_GPIO_IRQ_NONE;
	line->latched = false;
	if (line->unmasked)
		give_event(gpio, number, EVENT_INVALID);
	virtio_device_announce(&gpio->device, VIRTIO_GPIO_EVENT_QUEUE);
	return 0;
}

/* The requests. Each returns the value of the answer, or a negative number. */

static int get_direction(struct virtio_gpio *gpio, unsigned number, uint32_t value)
{
	(void)value;
	return gpio->line[number].direction;
}

static int set_direction(struct virtio_gpio *gpio, unsigned number, uint32_t direction)
{
	struct virtio_gpio_line *line = &gpio->line[number];
	int error = 0;

	if (direction > VIRTIO_GPIO_IN)
		return VIRTIO_ERR_INVALID;
	if (direction != VIRTIO_GPIO_IN)
		disable_interrupt(gpio, number);
	if (direction == VIRTIO_GPIO_OUT)
		error = gpio->ops->set_output(gpio->arg, number, line->level);
	else if (direction == VIRTIO_GPIO_IN)
		error = gpio->ops->set_input(gpio->arg, number);
	else if (line->direction != VIRTIO_GPIO_NONE)
		error = gpio->ops->release(gpio->arg, number);
	if (error < 0)
		return error;
	line->direction = (uint8_t)direction;
	if (direction == VIRTIO_GPIO_NONE)
		line->level = 0;
	return 0;
}

static int get_value(struct virtio_gpio *gpio, unsigned number, uint32_t value)
{
	(void)value;
	return gpio->ops->get(gpio->arg, number);
}

static int set_value(struct virtio_gpio *gpio, unsigned number, uint32_t value)
{
	struct virtio_gpio_line *line = &gpio->line[number];
	int error = 0;

	if (value > 1)
		return VIRTIO_ERR_INVALID;
	if (line->direction == VIRTIO_GPIO_OUT)
		error = gpio->ops->set(gpio->arg, number, (int)value);
	if (error < 0)
		return error;
	line->level = (uint8_t)value;
	return 0;
}

static int set_irq_type(struct virtio_gpio *gpio, unsigned number, uint32_t type)
{
	struct virtio_gpio_line *line = &gpio->line[number];
	int error;

	if (!(gpio->device.features & VIRTIO_FEATURE(VIRTIO_GPIO_F_IRQ)))
		return VIRTIO_ERR_UNSUPPORTED;
	if (type == VIRTIO_GPIO_IRQ_NONE)
		return disable_interrupt(gpio, number);
	if ((type > VIRTIO_GPIO_IRQ_HIGH && type != VIRTIO_GPIO_IRQ_LOW) ||
	    line->direction == VIRTIO_GPIO_OUT)
		return VIRTIO_ERR_INVALID;
	/* The guest ought to have disabled the one type before it enables another. */
	disable_interrupt(gpio, number);
	error = gpio->ops->set_trigger(gpio->arg, number, type);
	if (error < 0)
		return error;
	line->trigger = (uint8_t)type;
	/* A level counts only once the guest waits for it; now it was tried only. */
	return type & LEVELS ? gpio->ops->set_trigger(gpio->arg, number, VIRTIO_GPIO_IRQ_NONE) : 0;
}

static int (*const request[])(struct virtio_gpio *gpio, unsigned number, uint32_t value) = {
	[GET_DIRECTION] = get_direction, [SET_DIRECTION] = set_direction, [GET_VALUE] = get_value,
	[SET_VALUE] = set_value,	 [SET_IRQ_TYPE] = set_irq_type,
};

static void answer(struct virtio_gpio *gpio, struct virtio_chain *chain)
{
	struct virtio_queue *queue = &gpio->device.queue[VIRTIO_GPIO_REQUEST_QUEUE];
	unsigned char message[8], response[2] = { STATUS_ERROR, 0 };
	uint16_t type, number;
	int value = -1;

	if (virtio_chain_read(queue, chain, message, sizeof(message)) < sizeof(message)) {
		virtio_chain_write(queue, chain, response, sizeof(response));
		return;
	}
	type = get16(message);
	number = get16(message + 2);
	if (type == GET_NAMES && gpio->names_size && chain->to_write > gpio->names_size) {
		response[0] = STATUS_OK;
		virtio_chain_write(queue, chain, response, 1);
		virtio_chain_write(queue, chain, gpio->names, gpio->names_size);
		return;
	}
	if (type < sizeof(request) / sizeof(request[0]) && request[type] && number < gpio->lines &&
	    chain->to_write >= sizeof(response))
		value = request[type](gpio, number, get32(message + 4));
	if (value >= 0) {
		response[0] = STATUS_OK;
		response[1] = (unsigned char)value;
	}
	virtio_chain_write(queue, chain, response, sizeof(response));
}

/*
 * The guest unmasks a line: keeps its buffer, unless there is no such line, or it is not enabled,
 * or has one already.
 */
static void unmask(struct virtio_gpio *gpio, struct virtio_chain *chain)
{
	struct virtio_queue *queue = &gpio->device.queue[VIRTIO_GPIO_EVENT_QUEUE];
	const unsigned char invalid = EVENT_INVALID;
	struct virtio_gpio_line *line;
	unsigned char message[2];
	uint16_t number = 0;
	bool good;

	good = virtio_chain_read(queue, chain, message, sizeof(message)) == sizeof(message) &&
	       chain->to_write;
	if (good) {
		number = get16(message);
		good = number < gpio->lines && gpio->line[number].trigger &&
		       !gpio->line[number].unmasked;
	}
	if (!good) {
		virtio_chain_write(queue, chain, &invalid, 1);
		virtio_device_push(&gpio->device, VIRTIO_GPIO_EVENT_QUEUE, chain);
		return;
	}
	line = &gpio->line[number];
	virtio_chain_keep(&line->event, line->segment, 1, chain);
	wait_for_event(gpio, number);
}

static enum virtio_progress serve(struct virtio_device *device, unsigned queue, unsigned budget)
{
	struct virtio_gpio *gpio = (struct virtio_gpio *)device;
	struct virtio_chain *chain;

	if (queue == VIRTIO_GPIO_EVENT_QUEUE && gpio->held)
		give_held_events(gpio);
	for (; budget; budget--) {
		chain = virtio_device_pop(device, queue);
		if (!chain)
			return VIRTIO_EMPTY;
		if (queue == VIRTIO_GPIO_EVENT_QUEUE) {
			unmask(gpio, chain);
			continue;
		}
		answer(gpio, chain);
		virtio_device_push(device, queue, chain);
	}
	return VIRTIO_MORE;
}

static void reset(struct virtio_device *device)
{
	struct virtio_gpio *gpio = (struct virtio_gpio *)device;

	gpio->held = false;
	for (unsigned i = 0; i < gpio->lines; i++) {
		struct virtio_gpio_line *line = &gpio->line[i];

		if (line->trigger)
			gpio->ops->set_trigger(gpio->arg, i, VIRTIO_GPIO_IRQ_NONE);
		if (line->direction != VIRTIO_GPIO_NONE)
			gpio->ops->release(gpio->arg, i);
		*line = (struct virtio_gpio_line){ .direction = VIRTIO_GPIO_NONE };
	}
}

static const struct virtio_model gpio_model = {
	.name = "gpio",
	.id = DEVICE_ID,
	.queues = 2,
	.features = VIRTIO_FEATURE(VIRTIO_GPIO_F_IRQ),
	.serve = serve,
	.reset = reset,
};

void virtio_gpio_init(struct virtio_gpio *gpio, struct virtio_gpio_line *line, uint16_t lines,
		      const char *names, uint32_t names_size, const struct virtio_gpio_ops *ops,
		      void *arg)
{
	*gpio = (struct virtio_gpio){
		.ops = ops,
		.arg = arg,
		.line = line,
		.lines = lines,
		.names = names,
		.names_size = names ? names_size : 0,
	};
	virtio_device_init(&gpio->device, &gpio_model, gpio->config, sizeof(gpio->config));
	if (!ops->set_trigger)
		gpio->device.offered &= ~VIRTIO_FEATURE(VIRTIO_GPIO_F_IRQ);
	gpio->config[0] = (unsigned char)lines;
	gpio->config[1] = (unsigned char)(lines >> 8);
	for (unsigned i = 0; i < 4; i++)
		gpio->config[4 + i] = (unsigned char)(gpio->names_size >> 8 * i);
	for (unsigned i = 0; i < lines; i++)
		line[i] = (struct virtio_gpio_line){ .direction = VIRTIO_GPIO_NONE };
}

void virtio_gpio_restore(struct virtio_gpio *gpio, unsigned line, unsigned direction,
			 unsigned level, unsigned trigger)
{
	gpio->line[line].level = level & 1;
	if (direction == VIRTIO_GPIO_NONE || set_direction(gpio, line, direction) || !trigger)
		return;
	if (set_irq_type(gpio, line, trigger) < 0)
		gpio->line[line].trigger = VIRTIO_GPIO_IRQ_NONE;
}
