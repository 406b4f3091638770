// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * See spi-queue.h. A timer's handler takes each step, so that no op is called from within
 * fy_spi_done(), nor from a user's call, whatever locks those hold. One timer does for all: while a
 * segment is under way it is set for the time at which that is given up.
 */
#include "spi-queue.h"

#include <ferry/port/enter.h>

#include "list.h"

#define GRACE_NS   FY_NS_PER_SEC      /* that a segment may take beside the time of its bits, */
#define SLOWNESS   4		      /* which may be longer than its speed says by this factor */
#define DESELECTED (2 * FY_NS_PER_US) /* between two segments */
#define AT_ONCE	   1ULL

enum spi_queue_state {
	IDLE,	 /* no transfer has begun */
	READY,	 /* its next segment can begin */
	RUNNING, /* the driver has the segment; the timer ends that */
	OVER,	 /* the driver is done with it */
	WAITED,	 /* the time behind it is over */
};

/* ---- Chip select ---- */

static void set_select(struct fy_spi_bus *bus, bool active)
{
	const struct fy_spi_config *config = &bus->queue->config;

	if (bus->pins)
		fy_gpio_set(&bus->select[config->select], active);
	else if (bus->ops->select)
		bus->ops->select(bus->dev, config->select, active, config->mode & FY_SPI_CS_HIGH);
	bus->selected = active;
}

/* ---- A transfer, step by step ---- */

/* Has the controller configured for the segment, unless it is. */
static int configure(struct fy_spi_bus *bus, const struct fy_spi_segment *segment)
{
	struct fy_spi_config config = bus->queue->config;
	int rc;

	if (segment->word_bits)
		config.word_bits = segment->word_bits;
	if (segment->speed_hz && segment->speed_hz < config.speed_hz)
		config.speed_hz = segment->speed_hz;
	if (config.speed_hz > bus->limits->speed_max_hz)
		config.speed_hz = bus->limits->speed_max_hz;
	if (fy_spi_same(&config, &bus->config))
		return 0;
	rc = bus->ops->configure(bus->dev, &config);
	bus->config = config;
	if (rc)
		bus->config.speed_hz = 0;
	return rc;
}

/* The first transfer is over. What comes back may use the struct at once. */
static uint64_t end(struct fy_spi_bus *bus, int error)
{
	struct fy_spi_transfer *transfer = bus->queue;

	if (bus->selected)
		set_select(bus, false);
	bus->queue = transfer->next;
	bus->state = IDLE;
	transfer->done = bus->segment;
	transfer->error = error;
	transfer->queued = false;
	transfer->ended(transfer->arg, transfer);
	return AT_ONCE;
}

/* The idle clock is right before the target is selected. */
static uint64_t begin(struct fy_spi_bus *bus)
{
	int rc;

	if (!bus->queue)
		return FY_TIMER_STOP;
	bus->segment = 0;
	rc = configure(bus, &bus->queue->segments[0]);
	if (rc)
		return end(bus, rc);
	set_select(bus, true);
	bus->state = READY;
	return AT_ONCE;
}

static uint64_t deadline(const struct fy_spi_bus *bus, const struct fy_spi_segment *segment)
{
	uint64_t words = segment->length / fy_spi_word_bytes(bus->config.word_bits);

	return fy_now_ns() + GRACE_NS +
	       SLOWNESS * fy_div_u64(words * bus->config.word_bits * FY_NS_PER_SEC,
				     bus->config.speed_hz);
}

static uint64_t start_segment(struct fy_spi_bus *bus)
{
	const struct fy_spi_segment *segment = &bus->queue->segments[bus->segment];
	uint64_t limit;
	int rc = configure(bus, segment);

	if (rc)
		return end(bus, rc);
	if (!bus->selected)
		set_select(bus, true);
	bus->error = 0;
	if (!segment->length) {
		bus->state = OVER;
		return AT_ONCE;
	}
	limit = deadline(bus, segment);
	bus->state = RUNNING;
	rc = bus->ops->start(bus->dev, segment);
	if (rc)
		return end(bus, rc);
	return bus->state == RUNNING ? limit : AT_ONCE;
}

static uint64_t give_up(struct fy_spi_bus *bus)
{
	bus->ops->cancel(bus->dev);
	bus->config = (struct fy_spi_config){ 0 };
	return end(bus, FY_ERR_TIMEOUT);
}

static uint64_t end_segment(struct fy_spi_bus *bus)
{
	const struct fy_spi_segment *segment = &bus->queue->segments[bus->segment];

	if (bus->error) {
		bus->config = (struct fy_spi_config){ 0 };
		return end(bus, bus->error);
	}
	bus->state = WAITED;
	return segment->delay_us ? fy_now_ns() + segment->delay_us * FY_NS_PER_US : AT_ONCE;
}

static uint64_t next_segment(struct fy_spi_bus *bus)
{
	const struct fy_spi_segment *segment = &bus->queue->segments[bus->segment++];

	if (bus->segment == bus->queue->count)
		return end(bus, 0);
	bus->state = READY;
	if (!segment->deselect)
		return AT_ONCE;
	set_select(bus, false);
	return fy_now_ns() + DESELECTED;
}

/* Returns when the next step is due. */
static uint64_t step(struct fy_spi_bus *bus)
{
	switch ((enum spi_queue_state)bus->state) {
	case IDLE:
		return begin(bus);
	case READY:
		return start_segment(bus);
	case RUNNING:
		return give_up(bus);
	case OVER:
		return end_segment(bus);
	case WAITED:
		return next_segment(bus);
	}
	return FY_TIMER_STOP;
}

static uint64_t turn(void *arg, uint64_t due)
{
	struct fy_spi_bus *bus = arg;
	uintptr_t before = fy_port_enter(bus->dev);
	uint64_t next;

	(void)due;
	bus->turning = true;
	do
		next = step(bus);
	while (next == AT_ONCE);
	bus->turning = false;
	fy_port_leave(bus->dev, before);
	return next;
}

/* The handler itself goes on when it is running. */
static void go_on(struct fy_spi_bus *bus)
{
	if (!bus->turning)
		fy_timer_start(&bus->turn, 0);
}

void fy_port_spi_done(struct fy_spi_bus *bus, int error)
{
	uintptr_t before = fy_port_enter(bus->dev);

	if (bus->state == RUNNING) {
		bus->state = OVER;
		bus->error = error;
		go_on(bus);
	} else {
		fy_port_violation(bus->dev, "a segment is said to be over when none is under way");
	}
	fy_port_leave(bus->dev, before);
}

/* ---- For who uses the bus ---- */

/* A controller without chip selects has one target, which is always selected. */
static unsigned selects(const struct fy_spi_bus *bus)
{
	if (bus->pins)
		return bus->pins;
	return bus->limits->selects ? bus->limits->selects : 1;
}

static bool is_within(const struct fy_spi_limits *limits, unsigned word_bits, uint32_t speed_hz)
{
	return word_bits >= limits->word_min && word_bits <= limits->word_max &&
	       speed_hz >= limits->speed_min_hz;
}

int spi_queue_check(const struct fy_spi_bus *bus, const struct fy_spi_config *config)
{
	unsigned modes = bus->limits->modes | (bus->pins ? FY_SPI_CS_HIGH : 0);

	if (!config->speed_hz)
		return FY_ERR_INVALID;
	if (config->select >= selects(bus))
		return FY_ERR_NOT_FOUND;
	return config->mode & ~modes ? FY_ERR_UNSUPPORTED : 0;
}

static int check(const struct fy_spi_bus *bus, const struct fy_spi_transfer *transfer)
{
	const struct fy_spi_config *config = &transfer->config;
	int rc = spi_queue_check(bus, config);

	if (rc)
		return rc;
	if (!fy_spi_valid(transfer->segments, transfer->count, config->word_bits))
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < transfer->count; i++) {
		const struct fy_spi_segment *s = &transfer->segments[i];

		if (!is_within(bus->limits, s->word_bits ? s->word_bits : config->word_bits,
			       s->speed_hz && s->speed_hz < config->speed_hz ? s->speed_hz :
									       config->speed_hz))
			return FY_ERR_UNSUPPORTED;
	}
	return 0;
}

int spi_queue_add(struct fy_spi_bus *bus, struct fy_spi_transfer *transfer)
{
	uintptr_t before;
	int rc = bus->gone ? FY_ERR_GONE : check(bus, transfer);

	if (rc)
		return rc;
	before = fy_port_enter(bus->dev);
	if (transfer->queued) {
		rc = FY_ERR_BUSY;
	} else {
		list_append(&bus->queue, transfer);
		transfer->bus = bus;
		transfer->queued = true;
		transfer->done = 0;
		transfer->error = 0;
		if (bus->queue == transfer)
			go_on(bus);
	}
	fy_port_leave(bus->dev, before);
	return rc;
}

/* Ends what is under way for the first transfer. */
static void abort_first(struct fy_spi_bus *bus)
{
	if (bus->state == RUNNING) {
		bus->ops->cancel(bus->dev);
		bus->config = (struct fy_spi_config){ 0 };
	}
	if (bus->selected)
		set_select(bus, false);
	bus->state = IDLE;
}

void spi_queue_cancel(struct fy_spi_transfer *transfer)
{
	struct fy_spi_bus *bus = transfer->bus;
	uintptr_t before;

	if (!transfer->queued)
		return;
	before = fy_port_enter(bus->dev);
	if (transfer->queued) {
		if (bus->queue == transfer)
			abort_first(bus);
		list_remove(&bus->queue, transfer);
		transfer->queued = false;
		if (bus->state == IDLE)
			go_on(bus);
	}
	fy_port_leave(bus->dev, before);
}

static void wake(void *arg, struct fy_spi_transfer *transfer)
{
	(void)transfer;
	*(volatile unsigned *)arg = 1;
}

int spi_queue_wait(struct fy_spi_bus *bus, struct fy_spi_transfer *transfer)
{
	volatile unsigned over = 0;
	int error;

	transfer->ended = wake;
	/* cppcheck-suppress autoVariables ; it is over, or taken back, before this returns */
	transfer->arg = (void *)&over;
	error = spi_queue_add(bus, transfer);
	if (error)
		return error;
	if (fy_port_wait(bus->dev, &over))
		return transfer->error;
	spi_queue_cancel(transfer);
	return FY_ERR_INVALID;
}

/* ---- For the port ---- */

static void release_selects(struct fy_spi_bus *bus)
{
	while (bus->pins)
		fy_gpio_release(&bus->select[--bus->pins]);
}

/* Those of cs-gpios, all inactive. */
static int take_selects(struct fy_spi_bus *bus)
{
	int rc = 0;

	while (!rc && bus->pins < FY_SPI_SELECTS_MAX) {
		rc = fy_gpio_request_at(bus->dev, "cs", bus->pins, FY_GPIO_OUT_LOW,
					&bus->select[bus->pins]);
		if (!rc)
			bus->pins++;
	}
	if (rc == FY_ERR_NOT_FOUND)
		return 0;
	if (rc)
		release_selects(bus);
	return rc;
}

int spi_queue_open(struct fy_spi_bus *bus, struct fy_device *dev, const struct fy_spi_ops *ops,
		   const struct fy_spi_limits *limits)
{
	*bus = (struct fy_spi_bus){ .dev = dev, .ops = ops, .limits = limits };
	fy_port_timer_init(&bus->turn, dev, turn, bus);
	return take_selects(bus);
}

void spi_queue_close(struct fy_spi_bus *bus)
{
	uintptr_t before = fy_port_enter(bus->dev);

	bus->gone = true;
	if (bus->queue)
		abort_first(bus);
	fy_timer_stop(&bus->turn);
	bus->segment = 0;
	while (bus->queue)
		end(bus, FY_ERR_GONE);
	release_selects(bus);
	fy_port_leave(bus->dev, before);
}
