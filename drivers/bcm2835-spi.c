// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * bcm2835-spi: the SPI controllers of a Raspberry Pi (BCM2835 ARM Peripherals, chapter 10; BCM2711
 * ARM Peripherals, chapter 9). Not those that share a block with the mini UART.
 *
 *	make check T=drivers/bcm2835-spi.c
 *
 * Devicetree node: compatible = "brcm,bcm2835-spi"; `reg`; `interrupts`, one, or none: then a timer
 * looks after the controller; `cs-gpios`, or without it the controller's own chip selects, 0 to 2;
 * `core-clock-hz`, from which the clock is derived (250000000).
 *
 * The controller's own chip select is active as long as TA is set, which the port decides; with
 * pins for chip selects TA is set during a segment.
 */
#include <ferry/driver.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>
#include <ferry/spi.h>
#include <ferry/time.h>

#define CS	     0x00u
#define CS_SELECT(n) (n)		/* chip select; */
#define CS_NONE	     3u			/* none */
#define CS_CPHA	     (1u << 2)		/* data are sampled at the second edge */
#define CS_CPOL	     (1u << 3)		/* the clock is high when idle */
#define CS_CLEAR     (3u << 4)		/* empties the FIFOs */
#define CS_TA	     (1u << 7)		/* transfer active */
#define CS_INTD	     (1u << 9)		/* interrupt while DONE, */
#define CS_INTR	     (1u << 10)		/* while RXR */
#define CS_DONE	     (1u << 16)		/* all that was in the transmit FIFO has been sent */
#define CS_RXD	     (1u << 17)		/* the receive FIFO has a byte */
#define CS_TXD	     (1u << 18)		/* the transmit FIFO has room */
#define CS_CSPOL(n)  (1u << (21 + (n))) /* that chip select is active when high */
#define FIFO	     0x04u
#define CLK	     0x08u /* core clocks in a clock of the bus, even; 0: 65536 */

#define FIFO_BYTES  64
#define DIVIDER_MAX 65536u
#define BATCH	    256 /* bytes that one handler moves at the most */
#define WAITS_MAX   1024

struct bcm2835_spi {
	struct fy_device *dev;
	struct fy_spi_bus bus;
	struct fy_spi_limits limits;
	struct fy_lock lock;
	struct fy_timer look; /* of a controller without an interrupt */
	bool has_interrupt;
	uint32_t core_hz;
	uint32_t byte_ns;
	uint32_t cs; /* mode, polarities and chip select */
	bool holds;  /* its own chip select is active, between segments too */
	/* The segment that is under way, NULL: none; its bytes. */
	const struct fy_spi_segment *segment;
	uint32_t sent, received;
	uint32_t seen, waits; /* at the last look: received; how long it waited since */
};

/*
 * Moves what the FIFOs have and have room for, as long as there is something and it is not too much
 * for one interrupt. Returns whether all bytes have been received.
 */
static bool move_bytes(struct bcm2835_spi *s)
{
	const struct fy_spi_segment *segment = s->segment;
	uint32_t end = s->received + BATCH, moved;

	do {
		moved = s->sent + s->received;
		while (s->received < s->sent && fy_read32(s->dev, CS) & CS_RXD) {
			uint32_t byte = fy_read32(s->dev, FIFO);

			if (segment->read)
				((uint8_t *)segment->read)[s->received] = (uint8_t)byte;
			s->received++;
		}
		while (s->sent < segment->length && s->sent - s->received < FIFO_BYTES &&
		       fy_read32(s->dev, CS) & CS_TXD) {
			const uint8_t *bytes = segment->write;

			fy_write32(s->dev, FIFO, bytes ? bytes[s->sent] : 0);
			s->sent++;
		}
	} while (s->received < segment->length && s->received < end &&
		 s->sent + s->received != moved);
	return s->received == segment->length;
}

/* No segment is under way; the chip select stays as it is. */
static void rest(struct bcm2835_spi *s)
{
	s->segment = NULL;
	fy_write32(s->dev, CS, s->cs | CS_CLEAR | (s->holds ? CS_TA : 0));
}

/* Returns whether the segment goes on. */
static bool go_on(struct bcm2835_spi *s)
{
	if (!s->segment) {
		rest(s);
		return false;
	}
	if (!move_bytes(s))
		return true;
	rest(s);
	fy_spi_done(&s->bus, 0);
	return false;
}

static void handle(void *arg)
{
	struct bcm2835_spi *s = arg;
	fy_irqflags flags = fy_lock(&s->lock);

	go_on(s);
	fy_unlock(&s->lock, flags);
}

/* When what is on its way will have been sent; later and later when nothing comes. */
static uint64_t next_look(struct bcm2835_spi *s)
{
	s->waits = s->received == s->seen && s->waits < WAITS_MAX ? 2 * s->waits : 1;
	s->seen = s->received;
	return fy_now_ns() + (uint64_t)(s->sent - s->received) * s->byte_ns * s->waits;
}

static uint64_t look(void *arg, uint64_t due)
{
	struct bcm2835_spi *s = arg;
	fy_irqflags flags = fy_lock(&s->lock);
	uint64_t next = go_on(s) ? next_look(s) : FY_TIMER_STOP;

	(void)due;
	fy_unlock(&s->lock, flags);
	return next;
}

/* ---- Class spi ---- */

/* No faster than asked for. (The manual wants powers of two, but even numbers do.) */
static int configure(struct fy_device *dev, const struct fy_spi_config *config)
{
	struct bcm2835_spi *s = fy_state(dev);
	fy_irqflags flags = fy_lock(&s->lock);
	uint32_t divider = s->core_hz / config->speed_hz + (s->core_hz % config->speed_hz != 0);

	divider = (divider + 1) & ~1u;
	s->byte_ns = (uint32_t)fy_div_u64(8 * FY_NS_PER_SEC * divider, s->core_hz) + 1;
	s->cs &= ~(CS_CPOL | CS_CPHA);
	if (config->mode & FY_SPI_CPOL)
		s->cs |= CS_CPOL;
	if (config->mode & FY_SPI_CPHA)
		s->cs |= CS_CPHA;
	fy_write32(dev, CLK, divider == DIVIDER_MAX ? 0 : divider);
	rest(s);
	fy_unlock(&s->lock, flags);
	return 0;
}

static void select_target(struct fy_device *dev, unsigned number, bool active, bool high)
{
	struct bcm2835_spi *s = fy_state(dev);
	fy_irqflags flags = fy_lock(&s->lock);

	s->holds = active;
	s->cs &= ~(CS_NONE | CS_CSPOL(number));
	s->cs |= (active ? CS_SELECT(number) : CS_NONE) | (high ? CS_CSPOL(number) : 0);
	rest(s);
	fy_unlock(&s->lock, flags);
}

static int start(struct fy_device *dev, const struct fy_spi_segment *segment)
{
	struct bcm2835_spi *s = fy_state(dev);
	fy_irqflags flags = fy_lock(&s->lock);

	s->segment = segment;
	s->sent = s->received = s->seen = 0;
	s->waits = WAITS_MAX;
	fy_write32(dev, CS, s->cs | CS_CLEAR | CS_TA);
	if (go_on(s) && s->has_interrupt)
		fy_write32(dev, CS, s->cs | CS_TA | CS_INTD | CS_INTR);
	else if (s->segment)
		fy_timer_start(&s->look, next_look(s));
	fy_unlock(&s->lock, flags);
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct bcm2835_spi *s = fy_state(dev);
	fy_irqflags flags = fy_lock(&s->lock);

	rest(s);
	fy_unlock(&s->lock, flags);
}

static const struct fy_spi_ops ops = {
	.configure = configure,
	.select = select_target,
	.start = start,
	.cancel = cancel,
};

/* ---- Coming and going ---- */

static int attach_interrupt(struct bcm2835_spi *s)
{
	int rc = fy_irq_attach(s->dev, 0, handle, s);

	s->has_interrupt = !rc;
	return rc == FY_ERR_NOT_FOUND ? 0 : rc;
}

static void stop(struct bcm2835_spi *s)
{
	if (s->has_interrupt)
		fy_irq_detach(s->dev, 0);
	fy_timer_stop(&s->look);
	s->holds = false;
	s->cs = CS_NONE;
	rest(s);
}

static int set_limits(struct bcm2835_spi *s)
{
	s->core_hz = 250000000;
	fy_property_u32(s->dev, "core-clock-hz", &s->core_hz);
	if (s->core_hz < DIVIDER_MAX) {
		fy_error(s->dev, "core-clock-hz %u is too slow", s->core_hz);
		return FY_ERR_INVALID;
	}
	s->limits = (struct fy_spi_limits){
		.speed_min_hz = s->core_hz / DIVIDER_MAX + 1,
		.speed_max_hz = s->core_hz / 2,
		.modes = FY_SPI_MODE_3 | FY_SPI_CS_HIGH,
		.word_min = 8,
		.word_max = 8,
		.selects = 3,
	};
	return 0;
}

static int bcm2835_spi_probe(struct fy_device *dev)
{
	struct bcm2835_spi *s = fy_state(dev);
	int rc;

	s->dev = dev;
	s->cs = CS_NONE;
	fy_lock_init(&s->lock);
	fy_timer_init(&s->look, dev, look, s);
	rc = set_limits(s);
	if (rc)
		return rc;
	rest(s);
	rc = attach_interrupt(s);
	if (rc) {
		fy_error(dev, "cannot have its interrupt: error %d", rc);
		return rc;
	}
	rc = fy_spi_offer(dev, &s->bus, &ops, &s->limits);
	if (rc) {
		if (rc != FY_ERR_DEFER)
			fy_error(dev, "cannot offer the bus: error %d", rc);
		stop(s);
	}
	return rc;
}

static void bcm2835_spi_remove(struct fy_device *dev)
{
	struct bcm2835_spi *s = fy_state(dev);

	fy_spi_withdraw(&s->bus);
	stop(s);
}

FY_DESCRIPTION("SPI controller of a Raspberry Pi");
FY_COMPATIBLE("brcm,bcm2835-spi");
FY_DRIVER(bcm2835_spi) = {
	.name = "bcm2835-spi",
	.compatible = fy_compatible,
	.state_size = sizeof(struct bcm2835_spi),
	.probe = bcm2835_spi_probe,
	.remove = bcm2835_spi_remove,
};
