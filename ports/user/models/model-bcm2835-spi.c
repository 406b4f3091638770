// SPDX-License-Identifier: GPL-2.0-only
/*
 * A Raspberry Pi's SPI controller (BCM2835 ARM Peripherals, chapter 10), without DMA and LoSSI.
 * What takes time is a byte, eight clocks. While TA is set the chip select of the field CS is
 * active.
 */
#include "spi-models.h"

#include <ferry/spi.h>

#define CS	     0x00u
#define CS_SELECT(v) ((v)&3)
#define CS_NONE	     3u
#define CS_CPHA	     (1u << 2)
#define CS_CPOL	     (1u << 3)
#define CS_CLEAR_TX  (1u << 4)
#define CS_CLEAR_RX  (1u << 5)
#define CS_TA	     (1u << 7)
#define CS_DMAEN     (1u << 8)
#define CS_INTD	     (1u << 9)
#define CS_INTR	     (1u << 10)
#define CS_LEN	     (1u << 13)
#define CS_DONE	     (1u << 16)
#define CS_RXD	     (1u << 17)
#define CS_TXD	     (1u << 18)
#define CS_RXR	     (1u << 19)
#define CS_RXF	     (1u << 20)
#define CS_STATUS    (0x1fu << 16)
#define CS_CSPOL(n)  (1u << (21 + (n)))
#define CS_KEPT	     0x03ffffcfu
#define FIFO	     0x04u
#define CLK	     0x08u
#define DLEN	     0x0cu
#define LTOH	     0x10u
#define DC	     0x14u

#define CORE_HZ 250000000u

static struct bcm2835_spi_model *spi_of(struct user_model *model)
{
	return (struct bcm2835_spi_model *)model;
}

static uint64_t now_of(const struct bcm2835_spi_model *m)
{
	return user_world_now(m->model.world);
}

static uint64_t byte_ns(const struct bcm2835_spi_model *m)
{
	uint64_t divider = m->clk & 0xfffe;

	return 8 * (divider ? divider : 65536) * FY_NS_PER_SEC / CORE_HZ;
}

/* ---- FIFOs ---- */

static void put(struct bcm2835_spi_fifo *fifo, uint32_t byte)
{
	fifo->bytes[(fifo->first + fifo->count++) % BCM2835_SPI_FIFO] = (uint8_t)byte;
}

static uint8_t take(struct bcm2835_spi_fifo *fifo)
{
	uint8_t byte = fifo->bytes[fifo->first];

	fifo->first = (fifo->first + 1) % BCM2835_SPI_FIFO;
	fifo->count--;
	return byte;
}

/* ---- What the registers say ---- */

static bool is_active(const struct bcm2835_spi_model *m)
{
	return m->cs & CS_TA;
}

static uint32_t status(const struct bcm2835_spi_model *m)
{
	return (is_active(m) && !m->sent.count && !m->shifting ? CS_DONE : 0) |
	       (m->received.count ? CS_RXD : 0) | (m->sent.count < BCM2835_SPI_FIFO ? CS_TXD : 0) |
	       (is_active(m) && m->received.count >= BCM2835_SPI_FIFO * 3 / 4 ? CS_RXR : 0) |
	       (m->received.count == BCM2835_SPI_FIFO ? CS_RXF : 0);
}

static void set_line(struct bcm2835_spi_model *m)
{
	uint32_t now = status(m);

	user_model_set_irq(&m->model, 0,
			   (m->cs & CS_INTD && now & CS_DONE) || (m->cs & CS_INTR && now & CS_RXR));
}

/* ---- Bytes ---- */

static void finish_byte(struct bcm2835_spi_model *m)
{
	unsigned mode = (m->cs & CS_CPHA ? FY_SPI_CPHA : 0) | (m->cs & CS_CPOL ? FY_SPI_CPOL : 0);

	m->shifting = false;
	put(&m->received, spi_exchange(&m->model, m->targets, mode, take(&m->sent), 8));
}

/* Goes on as far as that takes no time. The clock stops while the receive FIFO is full. */
static void go(struct bcm2835_spi_model *m)
{
	while (is_active(m) && m->sent.count && m->received.count < BCM2835_SPI_FIFO &&
	       !m->shifting && !m->dead) {
		m->shifting = true;
		if (m->instant)
			finish_byte(m);
		else
			user_timer_start(&m->byte_over, now_of(m) + byte_ns(m));
	}
	set_line(m);
}

static uint64_t byte_over(void *arg, uint64_t due)
{
	struct bcm2835_spi_model *m = arg;

	(void)due;
	finish_byte(m);
	go(m);
	return FY_TIMER_STOP;
}

/* ---- Registers ---- */

static void select_target(struct bcm2835_spi_model *m, struct spi_target *target)
{
	bool high = target->pin < CS_NONE && m->cs & CS_CSPOL(target->pin);
	bool active = is_active(m) && CS_SELECT(m->cs) == target->pin;

	if (!spi_target_is_wired(target))
		spi_target_select(target, active == (high == target->cs_high), now_of(m));
}

static void write_control(struct bcm2835_spi_model *m, uint32_t value)
{
	if (value & (CS_DMAEN | CS_LEN))
		user_model_violation(&m->model, "this model knows neither DMA nor LoSSI");
	if (value & CS_CLEAR_TX) {
		user_timer_stop(&m->byte_over);
		m->sent.count = 0;
		m->shifting = false;
	}
	if (value & CS_CLEAR_RX)
		m->received.count = 0;
	m->cs = value & CS_KEPT & ~CS_STATUS;
	if (!is_active(m) && m->shifting) {
		user_timer_stop(&m->byte_over);
		m->shifting = false;
	}
	for (struct spi_target *target = m->targets; target; target = target->next)
		select_target(m, target);
}

static uint32_t read_fifo(struct bcm2835_spi_model *m)
{
	if (m->received.count)
		return take(&m->received);
	user_model_violation(&m->model, "FIFO is read when there is nothing in it");
	return 0;
}

static void write_fifo(struct bcm2835_spi_model *m, uint32_t value)
{
	if (!is_active(m))
		user_model_violation(&m->model, "FIFO is written without TA");
	else if (m->sent.count == BCM2835_SPI_FIFO)
		user_model_violation(&m->model, "FIFO is written when there is no room in it");
	else
		put(&m->sent, value);
}

static uint32_t read_register(struct bcm2835_spi_model *m, uint32_t offset)
{
	switch (offset) {
	case CS:
		return m->cs | status(m);
	case FIFO:
		return read_fifo(m);
	case CLK:
		return m->clk;
	case DLEN:
		return m->dlen;
	case LTOH:
		return m->ltoh;
	}
	return m->dc;
}

static void write_register(struct bcm2835_spi_model *m, uint32_t offset, uint32_t value)
{
	switch (offset) {
	case CS:
		write_control(m, value);
		break;
	case FIFO:
		write_fifo(m, value);
		break;
	case CLK:
		if (m->shifting)
			user_model_violation(&m->model, "CLK is written while a byte is sent");
		m->clk = value & 0xffff;
		break;
	case DLEN:
		m->dlen = value & 0xffff;
		break;
	case LTOH:
		m->ltoh = value & 0xf;
		break;
	default:
		m->dc = value;
	}
}

static uint32_t spi_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct bcm2835_spi_model *m = spi_of(model);
	uint32_t value = read_register(m, offset);

	(void)bytes;
	go(m);
	return value;
}

static void spi_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct bcm2835_spi_model *m = spi_of(model);

	(void)bytes;
	write_register(m, offset, value);
	go(m);
}

static void attach(struct user_model *model, struct spi_target *target, unsigned number)
{
	struct bcm2835_spi_model *m = spi_of(model);

	if (!spi_target_is_wired(target))
		target->pin = number;
	target->next = m->targets;
	m->targets = target;
}

void bcm2835_spi_attach(struct bcm2835_spi_model *m, unsigned number, struct spi_target *target)
{
	attach(&m->model, target, number);
}

static int init(struct user_model *model)
{
	struct bcm2835_spi_model *m = spi_of(model);

	m->cs = 1u << 12; /* REN */
	m->ltoh = 1;
	m->dc = 0x30201020;
	user_model_timer_init(&m->byte_over, model, byte_over);
	return 0;
}

static const struct user_model_option options[] = {
	{ "instant", offsetof(struct bcm2835_spi_model, instant) },
	{ "dead", offsetof(struct bcm2835_spi_model, dead) },
	{ 0 },
};

const struct user_model_kind bcm2835_spi_model = {
	.name = "bcm2835-spi",
	.compatible = "brcm,bcm2835-spi",
	.size = sizeof(struct bcm2835_spi_model),
	.window = DC + 4,
	.widths = 4,
	.irqs = 1,
	.init = init,
	.options = options,
	.read = spi_read,
	.write = spi_write,
	.attach_spi = attach,
};
