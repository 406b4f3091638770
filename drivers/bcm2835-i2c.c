// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * bcm2835-i2c: the BSC controllers (I2C) of a Raspberry Pi (BCM2835 ARM Peripherals, chapter 3;
 * BCM2711 ARM Peripherals, chapter 3).
 *
 *	make program DRIVER=bcm2835-i2c
 *	printf 'scan\ntransfer 0x48 0 r2\n' | output/user/bcm2835-i2c --model --shell
 *
 * Devicetree node: compatible = "brcm,bcm2835-i2c"; `reg`; one interrupt; `clock-frequency` of the
 * bus in Hz (100000); `core-clock-hz`, from which it is derived (250000000).
 *
 * A message that is to be followed by another is a write, and the next is started as soon as its
 * last byte is in the FIFO: the controller then makes a repeated START. (The manual says so for
 * 10-bit addresses only, section 3.3.) A handler that comes too late for that gets a STOP and a
 * START in its place.
 */
#include <ferry/driver.h>
#include <ferry/i2c.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>
#include <ferry/time.h>

/* Section 3.2. */
#define C	0x00u
#define C_READ	(1u << 0)
#define C_CLEAR (1u << 4)  /* empties the FIFO */
#define C_ST	(1u << 7)  /* starts a transfer */
#define C_INTD	(1u << 8)  /* interrupt while DONE, */
#define C_INTT	(1u << 9)  /* TXW, */
#define C_INTR	(1u << 10) /* RXR */
#define C_I2CEN (1u << 15)
#define S	0x04u
#define S_DONE	(1u << 1) /* the transfer has ended; 1 clears it */
#define S_TXD	(1u << 4) /* the FIFO has room, */
#define S_RXD	(1u << 5) /* has a byte */
#define S_ERR	(1u << 8) /* no acknowledge; 1 clears it */
#define S_CLKT	(1u << 9) /* a target held the clock for longer than CLKT; 1 clears it */
#define S_ENDED (S_DONE | S_ERR | S_CLKT)
#define DLEN	0x08u /* bytes */
#define A	0x0cu /* address */
#define FIFO	0x10u
#define DIV	0x14u /* core clocks in a clock of the bus, even */
/* 31:16, 15:0: core clocks from its falling edge to output, from its rising edge to input */
#define DEL  0x18u
#define CLKT 0x1cu /* bus clocks that a target may hold the clock; 0: forever */

#define DIV_MAX	   0xfffeu
#define STRETCH_MS 35		 /* that a target may hold the clock: SMBus 3.2, section 4.2.5 */
#define GRACE_NS   FY_NS_PER_SEC /* that a transfer may take beside the time of its bits */

struct bcm2835_i2c {
	struct fy_device *dev;
	struct fy_i2c_bus bus;
	struct fy_lock lock;
	struct fy_timer limit;
	uint32_t bit_ns;
	/* The transfer; `count` 0: there is none. */
	const struct fy_i2c_message *messages;
	unsigned count, which; /* message */
	unsigned moved;	       /* bytes of that */
	uint64_t deadline;
};

static void start_message(struct bcm2835_i2c *c)
{
	const struct fy_i2c_message *message = &c->messages[c->which];

	c->moved = 0;
	fy_write32(c->dev, S, S_DONE);
	fy_write32(c->dev, A, message->address);
	fy_write32(c->dev, DLEN, message->length);
	fy_write32(c->dev, C, C_I2CEN | C_ST | C_INTD | (message->read ? C_READ | C_INTR : C_INTT));
}

static void stop(struct bcm2835_i2c *c)
{
	fy_write32(c->dev, C, C_CLEAR);
	fy_write32(c->dev, S, S_ENDED);
	c->count = 0;
}

/*
 * What is wrong may be so with the message before, when the current one was started while that was
 * on its way.
 */
static void finish(struct bcm2835_i2c *c, int error)
{
	unsigned done = !error ? c->count : c->which ? c->which - 1 : 0;

	stop(c);
	fy_i2c_done(&c->bus, done, error);
}

/* Moves what the FIFO has, or has room for. */
static void move_bytes(struct bcm2835_i2c *c, const struct fy_i2c_message *message)
{
	uint32_t possible = message->read ? S_RXD : S_TXD;

	for (; c->moved < message->length && fy_read32(c->dev, S) & possible; c->moved++) {
		if (message->read)
			message->data[c->moved] = (uint8_t)fy_read32(c->dev, FIFO);
		else
			fy_write32(c->dev, FIFO, message->data[c->moved]);
	}
}

/* Goes on with the transfer, STATUS being the controller's. */
static void go_on(struct bcm2835_i2c *c, uint32_t status)
{
	const struct fy_i2c_message *message = &c->messages[c->which];
	bool whole;

	if (status & (S_ERR | S_CLKT)) {
		finish(c, status & S_CLKT ? FY_ERR_TIMEOUT : FY_ERR_NOT_FOUND);
		return;
	}
	move_bytes(c, message);
	whole = c->moved == message->length;
	if (c->which + 1 < c->count && whole && (message->length || status & S_DONE)) {
		c->which++;
		start_message(c);
	} else if (status & S_DONE) {
		finish(c, whole ? 0 : FY_ERR_IO);
	}
}

static void handle(void *arg)
{
	struct bcm2835_i2c *c = arg;
	fy_irqflags flags = fy_lock(&c->lock);

	if (c->count)
		go_on(c, fy_read32(c->dev, S));
	else
		stop(c);
	fy_unlock(&c->lock, flags);
}

/*
 * The timer of an earlier transfer may be what calls: it then goes on for the one that is under
 * way.
 */
static uint64_t late(void *arg, uint64_t due)
{
	struct bcm2835_i2c *c = arg;
	fy_irqflags flags = fy_lock(&c->lock);
	uint64_t next = FY_TIMER_STOP;

	if (c->count && due < c->deadline)
		next = c->deadline;
	else if (c->count)
		finish(c, FY_ERR_TIMEOUT);
	fy_unlock(&c->lock, flags);
	return next;
}

/* ---- Class i2c ---- */

static int start(struct fy_device *dev, const struct fy_i2c_message *messages, unsigned count)
{
	struct bcm2835_i2c *c = fy_state(dev);
	uint64_t bits = 0;
	fy_irqflags flags;

	for (unsigned i = 0; i < count; i++) {
		if (messages[i].read && i + 1 < count)
			return FY_ERR_UNSUPPORTED;
		bits += 9 * (messages[i].length + 2ULL);
	}
	flags = fy_lock(&c->lock);
	c->messages = messages;
	c->count = count;
	c->which = 0;
	c->deadline = fy_now_ns() + GRACE_NS + 2 * bits * c->bit_ns;
	fy_timer_start(&c->limit, c->deadline);
	start_message(c);
	fy_unlock(&c->lock, flags);
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct bcm2835_i2c *c = fy_state(dev);
	fy_irqflags flags = fy_lock(&c->lock);

	stop(c);
	fy_unlock(&c->lock, flags);
}

static const struct fy_i2c_ops ops = {
	.start = start,
	.cancel = cancel,
};

/* ---- Coming and going ---- */

/* Sets the speed of the bus: no faster than asked for. Linux' driver has found the delays. */
static int set_speed(struct bcm2835_i2c *c)
{
	uint32_t core_hz = 250000000, bus_hz = 100000, div;

	fy_property_u32(c->dev, "core-clock-hz", &core_hz);
	fy_property_u32(c->dev, "clock-frequency", &bus_hz);
	if (!bus_hz || bus_hz > core_hz || core_hz / bus_hz >= DIV_MAX) {
		fy_error(c->dev, "clock-frequency %u is not possible with a core clock of %u Hz",
			 bus_hz, core_hz);
		return FY_ERR_INVALID;
	}
	div = (core_hz / bus_hz + (core_hz % bus_hz != 0) + 1) & ~1u;
	c->bit_ns = (uint32_t)(FY_NS_PER_SEC / bus_hz) + 1;
	fy_write32(c->dev, DIV, div);
	fy_write32(c->dev, DEL, (div < 16 ? 1 : div / 16) << 16 | (div < 4 ? 1 : div / 4));
	fy_write32(c->dev, CLKT,
		   bus_hz / 1000 * STRETCH_MS > 0xffff ? 0xffff : bus_hz / 1000 * STRETCH_MS + 1);
	return 0;
}

static int bcm2835_i2c_probe(struct fy_device *dev)
{
	struct bcm2835_i2c *c = fy_state(dev);
	int rc;

	c->dev = dev;
	fy_lock_init(&c->lock);
	fy_timer_init(&c->limit, dev, late, c);
	stop(c);
	rc = set_speed(c);
	if (rc)
		return rc;
	rc = fy_irq_attach(dev, 0, handle, c);
	if (rc) {
		fy_error(dev, "cannot have its interrupt: %s", fy_error_name(rc));
		return rc;
	}
	rc = fy_i2c_offer(dev, &c->bus, &ops);
	if (rc) {
		fy_error(dev, "cannot offer the bus: %s", fy_error_name(rc));
		fy_irq_detach(dev, 0);
	}
	return rc;
}

static void bcm2835_i2c_remove(struct fy_device *dev)
{
	struct bcm2835_i2c *c = fy_state(dev);

	fy_i2c_withdraw(&c->bus);
	fy_irq_detach(dev, 0);
	fy_timer_stop(&c->limit);
	stop(c);
}

FY_DESCRIPTION("I2C controller of a Raspberry Pi");
FY_COMPATIBLE("brcm,bcm2835-i2c");
FY_DRIVER(bcm2835_i2c) = {
	.name = "bcm2835-i2c",
	.compatible = fy_compatible,
	.state_size = sizeof(struct bcm2835_i2c),
	.probe = bcm2835_i2c_probe,
	.remove = bcm2835_i2c_remove,
};
