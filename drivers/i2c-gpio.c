// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * i2c-gpio: an I2C bus on any two pins, by moving them as UM10204, section 3.1 has it.
 *
 *	make check T=drivers/i2c-gpio.c
 *
 * Devicetree node: compatible = "i2c-gpio"; `sda-gpios`, `scl-gpios`, with pull-ups on the board;
 * `i2c-gpio,delay-us`, half of a clock (5, which is somewhat below 100 kHz).
 *
 * The lines are only pulled low and let go. Targets may hold the clock. One that holds the data
 * line when a transfer begins, since it was left in the middle of a byte, gets up to nine clocks to
 * end that (section 3.1.16). A work moves the pins; each change is made under the lock, and only
 * while the transfer is the one that is under way, so that after a cancel no pin moves any more.
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/i2c.h>
#include <ferry/irq.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define DELAY_MIN  1
#define DELAY_MAX  1000
#define STRETCH_NS (35 * FY_NS_PER_MS) /* of a byte: SMBus 3.2, section 4.2.5 */
#define BUSY_US	   20		       /* so long a held clock is watched without sleeping */
#define SLEEP_US   100

struct i2c_gpio {
	struct fy_device *dev;
	struct fy_i2c_bus bus;
	struct fy_gpio sda, scl;
	struct fy_work work;
	uint32_t delay_us;
	struct fy_lock lock;
	/* The transfer that is under way, count 0: none; how many there have been. */
	const struct fy_i2c_message *messages;
	unsigned count, number;
	uint64_t held_until; /* the byte's clock may be held */
};

/* What ends a transfer early and is no error: somebody has cancelled it. */
#define CANCELLED 1

/* ---- Pins. Of transfer NUMBER; these return 0, CANCELLED or an error. ---- */

static int set(struct i2c_gpio *c, unsigned number, const struct fy_gpio *pin, int level)
{
	fy_irqflags flags = fy_lock(&c->lock);
	bool mine = c->count && c->number == number;

	if (mine)
		fy_gpio_write(pin, level);
	fy_unlock(&c->lock, flags);
	if (mine)
		fy_delay_us(c->delay_us);
	return mine ? 0 : CANCELLED;
}

/* Lets the clock go, and waits until nobody holds it. */
static int clock_high(struct i2c_gpio *c, unsigned number)
{
	int rc = set(c, number, &c->scl, 1);

	for (unsigned us = 0; !rc && !fy_gpio_read(&c->scl); us++) {
		if (fy_now_ns() >= c->held_until)
			return FY_ERR_TIMEOUT;
		if (us < BUSY_US)
			fy_delay_us(1);
		else
			fy_sleep_us(SLEEP_US);
		if (c->number != number)
			rc = CANCELLED;
	}
	return rc;
}

static int clock_low(struct i2c_gpio *c, unsigned number)
{
	return set(c, number, &c->scl, 0);
}

/* One clock, with BIT at the data line; *IN is what is on it while the clock is high. */
static int do_bit(struct i2c_gpio *c, unsigned number, int bit, int *in)
{
	int rc = set(c, number, &c->sda, bit);

	if (!rc)
		rc = clock_high(c, number);
	if (!rc) {
		*in = fy_gpio_read(&c->sda) != 0;
		rc = clock_low(c, number);
	}
	return rc;
}

/* From an idle bus, or after a byte: then it is a repeated START. */
static int do_start(struct i2c_gpio *c, unsigned number)
{
	int rc = set(c, number, &c->sda, 1);

	c->held_until = fy_now_ns() + STRETCH_NS;
	if (!rc)
		rc = clock_high(c, number);
	if (!rc && !fy_gpio_read(&c->sda))
		rc = FY_ERR_IO;
	if (!rc)
		rc = set(c, number, &c->sda, 0);
	return rc ? rc : clock_low(c, number);
}

static int do_stop(struct i2c_gpio *c, unsigned number)
{
	int rc = set(c, number, &c->sda, 0);

	c->held_until = fy_now_ns() + STRETCH_NS;
	if (!rc)
		rc = clock_high(c, number);
	return rc ? rc : set(c, number, &c->sda, 1);
}

/* ---- Bytes ---- */

/* A line that is not as high as it was let go for is somebody else's: who must not go on. */
static int write_byte(struct i2c_gpio *c, unsigned number, uint8_t byte, int *refused)
{
	int rc = 0, in = 0;

	c->held_until = fy_now_ns() + STRETCH_NS;
	for (int i = 7; i >= 0 && !rc; i--) {
		int bit = byte >> i & 1;

		rc = do_bit(c, number, bit, &in);
		if (!rc && bit && !in)
			rc = FY_ERR_IO;
	}
	return rc ? rc : do_bit(c, number, 1, refused);
}

static int read_byte(struct i2c_gpio *c, unsigned number, uint8_t *byte, bool last)
{
	int rc = 0, in = 0;

	c->held_until = fy_now_ns() + STRETCH_NS;
	*byte = 0;
	for (int i = 0; i < 8 && !rc; i++) {
		rc = do_bit(c, number, 1, &in);
		*byte = (uint8_t)(*byte << 1 | in);
	}
	return rc ? rc : do_bit(c, number, last, &in);
}

/* ---- Transfers ---- */

/* Message WHICH, as long as its transfer is under way: its data are not touched afterwards. */
static int get_byte(struct i2c_gpio *c, unsigned number, unsigned which, unsigned at, uint8_t *byte)
{
	fy_irqflags flags = fy_lock(&c->lock);
	bool mine = c->count && c->number == number;

	if (mine)
		*byte = c->messages[which].data[at];
	fy_unlock(&c->lock, flags);
	return mine ? 0 : CANCELLED;
}

static int put_byte(struct i2c_gpio *c, unsigned number, unsigned which, unsigned at, uint8_t byte)
{
	fy_irqflags flags = fy_lock(&c->lock);
	bool mine = c->count && c->number == number;

	if (mine)
		c->messages[which].data[at] = byte;
	fy_unlock(&c->lock, flags);
	return mine ? 0 : CANCELLED;
}

static int do_message(struct i2c_gpio *c, unsigned number, unsigned which,
		      const struct fy_i2c_message *message)
{
	int refused = 0, rc = do_start(c, number);
	uint8_t byte;

	if (!rc)
		rc = write_byte(c, number, (uint8_t)(message->address << 1 | message->read),
				&refused);
	if (!rc && refused)
		return FY_ERR_NOT_FOUND;
	for (unsigned i = 0; i < message->length && !rc; i++) {
		if (message->read) {
			rc = read_byte(c, number, &byte, i + 1 == message->length);
			if (!rc)
				rc = put_byte(c, number, which, i, byte);
			continue;
		}
		rc = get_byte(c, number, which, i, &byte);
		if (!rc)
			rc = write_byte(c, number, byte, &refused);
		if (!rc && refused)
			return FY_ERR_IO;
	}
	return rc;
}

/* A data line that is low although nobody talks: clocks, until who holds it has sent its byte. */
static int recover(struct i2c_gpio *c, unsigned number)
{
	int rc = set(c, number, &c->sda, 1), high = fy_gpio_read(&c->sda);

	c->held_until = fy_now_ns() + STRETCH_NS;
	for (int i = 0; i < 9 && !rc && !high; i++) {
		rc = clock_low(c, number);
		if (!rc)
			rc = clock_high(c, number);
		high = fy_gpio_read(&c->sda);
		if (!rc && high) {
			rc = clock_low(c, number);
			return rc ? rc : do_stop(c, number);
		}
	}
	return rc ? rc : high ? 0 : FY_ERR_IO;
}

static int do_messages(struct i2c_gpio *c, unsigned number, unsigned *done)
{
	int rc = recover(c, number);

	for (*done = 0; !rc; ++*done) {
		fy_irqflags flags = fy_lock(&c->lock);
		bool mine = c->count && c->number == number, more = mine && *done < c->count;
		struct fy_i2c_message message = { 0 };

		if (more)
			message = c->messages[*done];
		fy_unlock(&c->lock, flags);
		if (!more)
			return mine ? do_stop(c, number) : CANCELLED;
		rc = do_message(c, number, *done, &message);
		if (rc)
			break;
	}
	return rc;
}

static void release_lines(struct i2c_gpio *c)
{
	fy_gpio_write(&c->sda, 1);
	fy_gpio_write(&c->scl, 1);
}

/* It is not known here whether the transfer is another one by now: its number tells. */
static void do_transfer(void *arg)
{
	struct i2c_gpio *c = arg;
	fy_irqflags flags = fy_lock(&c->lock);
	unsigned number = c->number, done = 0;
	bool any = c->count;
	int rc = CANCELLED;

	fy_unlock(&c->lock, flags);
	if (any)
		rc = do_messages(c, number, &done);
	if (rc == FY_ERR_NOT_FOUND || rc == FY_ERR_IO) {
		int stopped = do_stop(c, number);

		rc = stopped ? stopped : rc;
	}
	flags = fy_lock(&c->lock);
	if (rc != CANCELLED && c->count && c->number == number) {
		if (rc)
			release_lines(c);
		c->count = 0;
		fy_i2c_done(&c->bus, done, rc);
	}
	fy_unlock(&c->lock, flags);
}

/* ---- Class i2c ---- */

static int start(struct fy_device *dev, const struct fy_i2c_message *messages, unsigned count)
{
	struct i2c_gpio *c = fy_state(dev);
	fy_irqflags flags = fy_lock(&c->lock);

	c->messages = messages;
	c->count = count;
	c->number++;
	fy_unlock(&c->lock, flags);
	fy_work_start(&c->work);
	return 0;
}

/* With a STOP, if the data line can be moved; who holds it gets its clocks before the next. */
static void cancel(struct fy_device *dev)
{
	struct i2c_gpio *c = fy_state(dev);
	fy_irqflags flags = fy_lock(&c->lock);

	if (c->count) {
		c->count = 0;
		c->number++;
		fy_gpio_write(&c->scl, 0);
		fy_delay_us(1);
		fy_gpio_write(&c->sda, 0);
		fy_delay_us(c->delay_us);
		fy_gpio_write(&c->scl, 1);
		fy_delay_us(c->delay_us);
		fy_gpio_write(&c->sda, 1);
	}
	fy_unlock(&c->lock, flags);
}

static const struct fy_i2c_ops ops = {
	.start = start,
	.cancel = cancel,
};

/* ---- Coming and going ---- */

static int take_pin(struct i2c_gpio *c, const char *function, struct fy_gpio *pin)
{
	int rc = fy_gpio_request(c->dev, function, FY_GPIO_OUT_HIGH | FY_GPIO_OPEN_DRAIN, pin);

	if (rc && rc != FY_ERR_DEFER)
		fy_error(c->dev, "cannot have the pin of %s-gpios: error %d", function, rc);
	return rc;
}

static int i2c_gpio_probe(struct fy_device *dev)
{
	struct i2c_gpio *c = fy_state(dev);
	int rc;

	c->dev = dev;
	c->delay_us = 5;
	fy_property_u32(dev, "i2c-gpio,delay-us", &c->delay_us);
	if (c->delay_us < DELAY_MIN || c->delay_us > DELAY_MAX) {
		fy_error(dev, "i2c-gpio,delay-us is %u; possible are %u to %u", c->delay_us,
			 DELAY_MIN, DELAY_MAX);
		return FY_ERR_INVALID;
	}
	fy_lock_init(&c->lock);
	fy_work_init(&c->work, dev, do_transfer, c);
	rc = take_pin(c, "sda", &c->sda);
	if (rc)
		return rc;
	rc = take_pin(c, "scl", &c->scl);
	if (rc)
		goto no_scl;
	rc = fy_i2c_offer(dev, &c->bus, &ops);
	if (rc) {
		fy_error(dev, "cannot offer the bus: error %d", rc);
		goto no_bus;
	}
	return 0;

no_bus:
	fy_gpio_release(&c->scl);
no_scl:
	fy_gpio_release(&c->sda);
	return rc;
}

static void i2c_gpio_remove(struct fy_device *dev)
{
	struct i2c_gpio *c = fy_state(dev);

	fy_i2c_withdraw(&c->bus);
	fy_work_stop(&c->work);
	fy_gpio_release(&c->scl);
	fy_gpio_release(&c->sda);
}

FY_DESCRIPTION("I2C controller on GPIO pins");
FY_COMPATIBLE("i2c-gpio");
FY_DRIVER(i2c_gpio) = {
	.name = "i2c-gpio",
	.compatible = fy_compatible,
	.state_size = sizeof(struct i2c_gpio),
	.probe = i2c_gpio_probe,
	.remove = i2c_gpio_remove,
};
