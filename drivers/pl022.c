// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * pl022: Arm's PrimeCell synchronous serial port, as a controller of an SPI bus. Registers: ARM DDI
 * 0194, chapter 3.
 *
 *	make check T=user-spi
 *
 * Devicetree node: compatible = "arm,pl022"; `reg`; `interrupts`, one; `cs-gpios`, the chip selects
 * of the targets: the port's own frame signal goes inactive between two words in modes 0 and 2, and
 * cannot be told not to; `core-clock-hz`, the frequency of SSPCLK (24000000).
 *
 * No more words are on their way than the receive FIFO holds, so that it cannot overflow.
 */
#include <ferry/driver.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>
#include <ferry/spi.h>
#include <ferry/time.h>

#define CR0	    0x000u     /* SSPCR0: format; only while the port is disabled */
#define CR0_BITS(n) ((n)-1)    /* DSS: bits of a word, 4 to 16 */
#define CR0_SPO	    (1u << 6)  /* the clock is high when idle */
#define CR0_SPH	    (1u << 7)  /* data are sampled at the second edge */
#define CR0_SCR(n)  ((n) << 8) /* the prescaled clock is divided by 1 + this */
#define CR1	    0x004u     /* SSPCR1 */
#define CR1_LBM	    (1u << 0)  /* loop back */
#define CR1_SSE	    (1u << 1)  /* enable */
#define DR	    0x008u     /* SSPDR: the FIFOs */
#define SR	    0x00cu     /* SSPSR */
#define SR_TNF	    (1u << 1)  /* the transmit FIFO has room */
#define SR_RNE	    (1u << 2)  /* the receive FIFO has a word */
#define SR_BSY	    (1u << 4)  /* words are being sent */
#define CPSR	    0x010u     /* SSPCPSR: SSPCLK is divided by this, even, 2 to 254 */
#define IMSC	    0x014u     /* SSPIMSC: 1 enables the interrupt */
#define RIS	    0x018u     /* SSPRIS: which there are, */
#define ICR	    0x020u     /* SSPICR: 1 clears ROR, RT */
#define INT_ROR	    (1u << 0)  /* the receive FIFO has overflowed */
#define INT_RT	    (1u << 1)  /* it has words, and nobody has read for 32 bits */
#define INT_RX	    (1u << 2)  /* it is half full */
#define PERIPH_ID0  0xfe0u     /* SSPPeriphID0: part number, bits 7:0 */
#define PERIPH_ID1  0xfe4u     /* SSPPeriphID1: part number, bits 11:8, in bits 3:0 */
#define PART	    0x022u

#define FIFO	    8	/* words */
#define BATCH	    32	/* words that one handler moves at the most */
#define FLUSH_US    100 /* that the words of both FIFOs take at least when they are sent fast */
#define DIVIDER_MAX (254u * 256)

struct pl022 {
	struct fy_device *dev;
	struct fy_spi_bus bus;
	struct fy_spi_limits limits;
	struct fy_lock lock;
	uint32_t clock_hz;
	bool wide; /* words have two bytes in memory */
	/* The segment that is under way, NULL: none; its words. */
	const struct fy_spi_segment *segment;
	uint32_t words, sent, received;
};

static void send_word(struct pl022 *p)
{
	uint32_t at = p->sent++, word = 0;

	if (p->segment->write)
		word = p->wide ? ((const uint16_t *)p->segment->write)[at] :
				 ((const uint8_t *)p->segment->write)[at];
	fy_write32(p->dev, DR, word);
}

static void receive_word(struct pl022 *p)
{
	uint32_t at = p->received++, word = fy_read32(p->dev, DR);

	if (p->segment->read && p->wide)
		((uint16_t *)p->segment->read)[at] = (uint16_t)word;
	else if (p->segment->read)
		((uint8_t *)p->segment->read)[at] = (uint8_t)word;
}

/*
 * Moves what the FIFOs have and have room for, as long as there is something and it is not too much
 * for one interrupt. Returns whether all words have been received.
 */
static bool move_words(struct pl022 *p)
{
	uint32_t end = p->received + BATCH, moved;

	do {
		moved = p->sent + p->received;
		while (p->received < p->sent && fy_read32(p->dev, SR) & SR_RNE)
			receive_word(p);
		while (p->sent < p->words && p->sent - p->received < FIFO &&
		       fy_read32(p->dev, SR) & SR_TNF)
			send_word(p);
	} while (p->received < p->words && p->received < end && p->sent + p->received != moved);
	return p->received == p->words;
}

static void finish(struct pl022 *p, int error)
{
	fy_write32(p->dev, IMSC, 0);
	p->segment = NULL;
	fy_spi_done(&p->bus, error);
}

static void handle(void *arg)
{
	struct pl022 *p = arg;
	fy_irqflags flags = fy_lock(&p->lock);
	uint32_t status = fy_read32(p->dev, RIS);

	fy_write32(p->dev, ICR, INT_ROR | INT_RT);
	if (!p->segment)
		fy_write32(p->dev, IMSC, 0);
	else if (status & INT_ROR)
		finish(p, FY_ERR_IO);
	else if (move_words(p))
		finish(p, 0);
	fy_unlock(&p->lock, flags);
}

/*
 * Stops the port, with its FIFOs empty. Words that are in the transmit FIFO cannot be taken out of
 * it: they are sent as fast as the port can. A port that does not work stops anyway.
 */
static void stop(struct pl022 *p)
{
	fy_write32(p->dev, IMSC, 0);
	p->segment = NULL;
	fy_write32(p->dev, CR1, 0);
	fy_write32(p->dev, CPSR, 2);
	fy_write32(p->dev, CR0, CR0_BITS(4));
	fy_write32(p->dev, CR1, CR1_SSE);
	for (int i = 0; i < FLUSH_US && fy_read32(p->dev, SR) & (SR_BSY | SR_RNE); i++) {
		for (int n = 0; n < FIFO && fy_read32(p->dev, SR) & SR_RNE; n++)
			fy_read32(p->dev, DR);
		fy_delay_us(1);
	}
	fy_write32(p->dev, CR1, 0);
	fy_write32(p->dev, ICR, INT_ROR | INT_RT);
}

/* ---- Class spi ---- */

/* The clock is divided by PRESCALE and by 1 + SCR: no faster than asked for. */
static int configure(struct fy_device *dev, const struct fy_spi_config *config)
{
	struct pl022 *p = fy_state(dev);
	uint32_t divider = p->clock_hz / config->speed_hz + (p->clock_hz % config->speed_hz != 0);
	uint32_t prescale = ((divider + 255) / 256 + 1) & ~1u, scr;

	if (prescale < 2)
		prescale = 2;
	scr = (divider + prescale - 1) / prescale - 1;
	p->wide = config->word_bits > 8;
	fy_write32(dev, CR1, 0);
	fy_write32(dev, CPSR, prescale);
	fy_write32(dev, CR0,
		   CR0_BITS(config->word_bits) | CR0_SCR(scr) |
			   (config->mode & FY_SPI_CPOL ? CR0_SPO : 0) |
			   (config->mode & FY_SPI_CPHA ? CR0_SPH : 0));
	fy_write32(dev, CR1, CR1_SSE | (config->mode & FY_SPI_LOOPBACK ? CR1_LBM : 0));
	return 0;
}

static int start(struct fy_device *dev, const struct fy_spi_segment *segment)
{
	struct pl022 *p = fy_state(dev);
	fy_irqflags flags = fy_lock(&p->lock);

	p->segment = segment;
	p->words = p->wide ? segment->length / 2 : segment->length;
	p->sent = p->received = 0;
	if (move_words(p))
		finish(p, 0);
	else
		fy_write32(dev, IMSC, INT_ROR | INT_RT | INT_RX);
	fy_unlock(&p->lock, flags);
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct pl022 *p = fy_state(dev);
	fy_irqflags flags = fy_lock(&p->lock);

	stop(p);
	fy_unlock(&p->lock, flags);
}

static const struct fy_spi_ops ops = {
	.configure = configure,
	.start = start,
	.cancel = cancel,
};

/* ---- Coming and going ---- */

static int check(struct pl022 *p)
{
	struct fy_device *dev = p->dev;
	uint32_t part = (fy_read32(dev, PERIPH_ID0) & 0xff) | (fy_read32(dev, PERIPH_ID1) & 0xf)
								      << 8;

	if (part != PART) {
		fy_error(dev, "there is a PrimeCell %03x at its address, not 022", part);
		return FY_ERR_NOT_FOUND;
	}
	p->clock_hz = 24000000;
	fy_property_u32(dev, "core-clock-hz", &p->clock_hz);
	if (p->clock_hz < DIVIDER_MAX) {
		fy_error(dev, "core-clock-hz %u is too slow", p->clock_hz);
		return FY_ERR_INVALID;
	}
	p->limits = (struct fy_spi_limits){
		.speed_min_hz = p->clock_hz / DIVIDER_MAX + 1,
		.speed_max_hz = p->clock_hz / 2,
		.modes = FY_SPI_MODE_3 | FY_SPI_LOOPBACK,
		.word_min = 4,
		.word_max = 16,
	};
	return 0;
}

static int pl022_probe(struct fy_device *dev)
{
	struct pl022 *p = fy_state(dev);
	int rc;

	p->dev = dev;
	fy_lock_init(&p->lock);
	rc = check(p);
	if (rc)
		return rc;
	stop(p);
	rc = fy_irq_attach(dev, 0, handle, p);
	if (rc) {
		fy_error(dev, "cannot have its interrupt: %s", fy_error_name(rc));
		return rc;
	}
	rc = fy_spi_offer(dev, &p->bus, &ops, &p->limits);
	if (rc) {
		if (rc != FY_ERR_DEFER)
			fy_error(dev, "cannot offer the bus: %s", fy_error_name(rc));
		fy_irq_detach(dev, 0);
	}
	return rc;
}

static void pl022_remove(struct fy_device *dev)
{
	struct pl022 *p = fy_state(dev);

	fy_spi_withdraw(&p->bus);
	fy_irq_detach(dev, 0);
	stop(p);
}

FY_DESCRIPTION("Arm PrimeCell SSP PL022 as an SPI controller");
FY_COMPATIBLE("arm,pl022");
FY_DRIVER(pl022) = {
	.name = "pl022",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pl022),
	.probe = pl022_probe,
	.remove = pl022_remove,
};
