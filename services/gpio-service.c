// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Class gpio as virtio-gpio: see gpio-service.h. For each line, the guest's settings and an event
 * that was not yet reported outlive the process.
 */
#include "gpio-service.h"

#include "virtio/virtio-gpio.h"

struct gpio_client;

/* A line as one front end has it. */
struct gpio_line {
	struct gpio_client *client;
	unsigned number;
	bool taken;
	struct fy_gpio pin; /* while it is taken */
};

struct gpio_client {
	struct virtio_gpio gpio; /* first */
	struct gpio_service *from;
	struct service_session *session;
	struct gpio_line *line;
	int changed; /* the line that the request that is being served is about; -1: none */
	bool noted;  /* a line's state may have an event that was not yet reported */
	struct virtio_gpio_line model[]; /* behind these is `line` */
};

/*
 * What outlives the process, for each line. The last byte is written by one store, so that it is
 * consistent whenever the process ends: the event that was not yet reported, and the last level
 * seen, to detect an edge that came while no process ran.
 */
enum { STATE_DIRECTION, STATE_LEVEL, STATE_TRIGGER, STATE_EVENT, STATE_SIZE };
enum {
	EVENT_NONE,
	EVENT_WAITS, /* for the guest to ask for it */
	EVENT_USED,  /* its buffer is being used: if that is not in flight any more, it was */
	EVENT_MASK = 3,
	SEEN = 4,
	SEEN_HIGH = 8,
};

/* ---- The lines ---- */

/* The state of the line's events; NULL: nothing is kept. */
static unsigned char *event_state(const struct gpio_line *line)
{
	const struct service_session *session = line->client->session;
	unsigned char *state = session->ops->state(session);

	return state ? state + (size_t)STATE_SIZE * line->number + STATE_EVENT : NULL;
}

static unsigned char seen(const struct gpio_line *line)
{
	return (unsigned char)(SEEN | (fy_gpio_read(&line->pin) > 0 ? SEEN_HIGH : 0));
}

/* A level that waits for the guest is seen again by the next process; an edge is not. */
static void note_event(struct gpio_line *line)
{
	const struct virtio_gpio_line *model = &line->client->model[line->number];
	unsigned char *state = event_state(line);

	if (!state || !(model->trigger & VIRTIO_GPIO_IRQ_BOTH))
		return;
	*state = (unsigned char)((model->unmasked ? EVENT_USED : EVENT_WAITS) | seen(line));
	line->client->noted = true;
}

static void event(void *arg)
{
	struct gpio_line *line = arg;

	note_event(line);
	virtio_gpio_event(&line->client->gpio, line->number);
}

/* The line becomes the front end's if nobody has it. */
static int take(struct gpio_client *client, unsigned number)
{
	struct gpio_line *line = &client->line[number];
	int error;

	client->changed = (int)number;
	if (line->taken)
		return 0;
	error = client->from->ops->take(client->from->controller, number, &line->pin);
	line->taken = !error;
	return error;
}

static int release(void *arg, unsigned number)
{
	struct gpio_client *client = arg;
	struct gpio_line *line = &client->line[number];

	client->changed = (int)number;
	if (line->taken)
		fy_gpio_release(&line->pin);
	line->taken = false;
	return 0;
}

/*
 * Makes the line what MODE says; a line that was taken for it, and cannot be that, is given back.
 */
static int set_mode(struct gpio_client *client, unsigned number, enum fy_gpio_mode mode)
{
	bool had = client->line[number].taken;
	int error = take(client, number);

	if (error)
		return error;
	error = client->from->ops->set_mode(&client->line[number].pin, mode);
	if (error && !had)
		release(client, number);
	return error;
}

static int set_input(void *arg, unsigned number)
{
	return set_mode(arg, number, FY_GPIO_IN);
}

static int set_output(void *arg, unsigned number, int level)
{
	return set_mode(arg, number, level ? FY_GPIO_OUT_HIGH : FY_GPIO_OUT_LOW);
}

static int get(void *arg, unsigned number)
{
	struct gpio_client *client = arg;
	struct gpio_line *line = &client->line[number];

	return line->taken ? fy_gpio_read(&line->pin) : FY_ERR_BUSY;
}

static int set(void *arg, unsigned number, int level)
{
	struct gpio_client *client = arg;
	struct gpio_line *line = &client->line[number];

	client->changed = (int)number;
	if (!line->taken)
		return FY_ERR_BUSY;
	return fy_gpio_write(&line->pin, level);
}

static int set_trigger(void *arg, unsigned number, unsigned trigger)
{
	struct gpio_client *client = arg;
	struct gpio_line *line = &client->line[number];

	client->changed = (int)number;
	if (!line->taken)
		return trigger ? FY_ERR_BUSY : 0;
	fy_gpio_unwatch(&line->pin);
	/* The numbers of virtio's interrupt types are those of the contract's triggers. */
	return trigger ? fy_gpio_watch(&line->pin, trigger, event, line) : 0;
}

static const struct virtio_gpio_ops ops = { set_input, set_output, release, get, set, set_trigger };

/* ---- What outlives the process ---- */

static void save(struct virtio_device *device, unsigned char *state)
{
	struct gpio_client *client = (struct gpio_client *)device;
	const struct virtio_gpio_line *line;

	if (client->changed < 0)
		return;
	line = &client->model[client->changed];
	state += STATE_SIZE * client->changed;
	state[STATE_DIRECTION] = line->direction;
	state[STATE_LEVEL] = line->level;
	state[STATE_TRIGGER] = line->trigger;
	if (!(line->trigger & VIRTIO_GPIO_IRQ_BOTH))
		state[STATE_EVENT] = EVENT_NONE;
	else if (!line->latched)
		state[STATE_EVENT] = seen(&client->line[client->changed]);
	client->changed = -1;
}

/*
 * The line is restored. If its level differs from the recorded one, there was an edge in between.
 */
static void restore_event(struct gpio_line *line, unsigned char *state)
{
	struct virtio_gpio_line *model = &line->client->model[line->number];
	unsigned event = *state & EVENT_MASK, now;

	if (!(model->trigger & VIRTIO_GPIO_IRQ_BOTH)) {
		*state = EVENT_NONE;
		return;
	}
	now = seen(line);
	if (*state & SEEN && (*state ^ now) & SEEN_HIGH &&
	    model->trigger & (now & SEEN_HIGH ? VIRTIO_GPIO_IRQ_RISING : VIRTIO_GPIO_IRQ_FALLING))
		event = EVENT_WAITS;
	model->latched = event;
	line->client->noted |= model->latched;
	*state = (unsigned char)(event | now);
}

static void restore(struct virtio_device *device, unsigned char *state)
{
	struct gpio_client *client = (struct gpio_client *)device;

	for (unsigned i = 0; i < client->gpio.lines; i++, state += STATE_SIZE) {
		if (state[STATE_DIRECTION] || state[STATE_LEVEL])
			virtio_gpio_restore(&client->gpio, i, state[STATE_DIRECTION],
					    state[STATE_LEVEL], state[STATE_TRIGGER]);
		restore_event(&client->line[i], &state[STATE_EVENT]);
	}
	client->changed = -1;
}

/* An event that has waited is no longer latched when its buffer is about to be used. */
static void before_used(struct virtio_device *device, unsigned char *state)
{
	struct gpio_client *client = (struct gpio_client *)device;

	for (unsigned i = 0; state && client->noted && i < client->gpio.lines; i++) {
		unsigned char *event = &state[STATE_SIZE * i + STATE_EVENT];

		if ((*event & EVENT_MASK) == EVENT_WAITS && !client->model[i].latched)
			*event = (unsigned char)((*event & ~EVENT_MASK) | EVENT_USED);
	}
}

static void after_used(struct virtio_device *device, unsigned char *state)
{
	struct gpio_client *client = (struct gpio_client *)device;
	bool more = false;

	if (!client->noted)
		return;
	for (unsigned i = 0; state && i < client->gpio.lines; i++) {
		unsigned char *event = &state[STATE_SIZE * i + STATE_EVENT];

		if ((*event & EVENT_MASK) == EVENT_USED && !client->model[i].latched)
			*event &= (unsigned char)~EVENT_MASK;
		more |= *event & EVENT_MASK;
	}
	client->noted = more;
}

static void recovered(struct virtio_device *device, unsigned char *state)
{
	struct gpio_client *client = (struct gpio_client *)device;

	for (unsigned i = 0; state && i < client->gpio.lines; i++)
		if ((state[STATE_SIZE * i + STATE_EVENT] & EVENT_MASK) == EVENT_USED)
			client->model[i].latched = false;
	after_used(device, state);
}

/* ---- Front ends ---- */

static size_t client_size(unsigned lines)
{
	return sizeof(struct gpio_client) +
	       lines * (sizeof(struct virtio_gpio_line) + sizeof(struct gpio_line));
}

static struct virtio_device *open_client(struct service *service, struct service_session *session,
					 void *memory)
{
	struct gpio_service *from = (struct gpio_service *)service;
	struct gpio_client *client = memory;

	client->from = from;
	client->session = session;
	client->changed = -1;
	client->line = (struct gpio_line *)(void *)&client->model[from->lines];
	for (unsigned i = 0; i < from->lines; i++)
		client->line[i] = (struct gpio_line){ .client = client, .number = i };
	virtio_gpio_init(&client->gpio, client->model, from->lines, NULL, 0, &ops, client);
	return &client->gpio.device;
}

static void close_client(struct virtio_device *device)
{
	(void)device;
}

void gpio_service_init(struct gpio_service *service, struct fy_device *dev,
		       struct fy_gpio_controller *controller, uint16_t lines,
		       const struct gpio_service_ops *port)
{
	*service = (struct gpio_service){
		.service = {
			.name = "gpio",
			.dev = dev,
			.session_size = client_size(lines),
			.open = open_client,
			.close = close_client,
			.state_size = STATE_SIZE * (size_t)lines,
			.save = save,
			.restore = restore,
			.before_used = before_used,
			.after_used = after_used,
			.recovered = recovered,
		},
		.controller = controller,
		.lines = lines,
		.ops = port,
	};
}
