// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arm PrimeCell SSP PL022 (ARM DDI 0194, chapter 3), as the controller of a bus in Motorola's
 * format. What takes time is a word, its bits at the rate that SSPCPSR and SSPCR0 set. The frame
 * signal SSPFSSOUT is not connected: targets have chip selects of their own.
 */
#include "spi-models.h"

#include <ferry/spi.h>

#define CR0	    0x000u
#define CR0_BITS(v) (((v)&0xf) + 1)
#define CR0_FRF(v)  ((v) >> 4 & 3)
#define CR0_SPO	    (1u << 6)
#define CR0_SPH	    (1u << 7)
#define CR0_SCR(v)  ((v) >> 8 & 0xff)
#define CR1	    0x004u
#define CR1_LBM	    (1u << 0)
#define CR1_SSE	    (1u << 1)
#define CR1_MS	    (1u << 2)
#define DR	    0x008u
#define SR	    0x00cu
#define SR_TFE	    (1u << 0)
#define SR_TNF	    (1u << 1)
#define SR_RNE	    (1u << 2)
#define SR_RFF	    (1u << 3)
#define SR_BSY	    (1u << 4)
#define CPSR	    0x010u
#define IMSC	    0x014u
#define RIS	    0x018u
#define MIS	    0x01cu
#define ICR	    0x020u
#define DMACR	    0x024u
#define ID	    0xfe0u
#define INT_ROR	    (1u << 0)
#define INT_RT	    (1u << 1)
#define INT_RX	    (1u << 2)
#define INT_TX	    (1u << 3)

#define TIMEOUT_BITS 32 /* that RT waits */

static struct pl022_model *ssp_of(struct user_model *model)
{
	return (struct pl022_model *)model;
}

static uint64_t now_of(const struct pl022_model *m)
{
	return user_world_now(m->model.world);
}

static uint64_t bits_ns(const struct pl022_model *m, unsigned bits)
{
	uint64_t divisor = (uint64_t)(m->prescale ? m->prescale : 2) * (CR0_SCR(m->cr0) + 1);

	return bits * divisor * FY_NS_PER_SEC / PL022_HZ;
}

/* ---- FIFOs ---- */

static void put(struct pl022_fifo *fifo, uint32_t word)
{
	fifo->words[(fifo->first + fifo->count++) % PL022_FIFO] = (uint16_t)word;
}

static uint16_t take(struct pl022_fifo *fifo)
{
	uint16_t word = fifo->words[fifo->first];

	fifo->first = (fifo->first + 1) % PL022_FIFO;
	fifo->count--;
	return word;
}

/* ---- What the registers say ---- */

static uint32_t status(const struct pl022_model *m)
{
	return (m->sent.count ? 0 : SR_TFE) | (m->sent.count < PL022_FIFO ? SR_TNF : 0) |
	       (m->received.count ? SR_RNE : 0) | (m->received.count == PL022_FIFO ? SR_RFF : 0) |
	       (m->sent.count || m->shifting ? SR_BSY : 0);
}

static uint32_t interrupts(const struct pl022_model *m)
{
	return m->status | (m->received.count >= PL022_FIFO / 2 ? INT_RX : 0) |
	       (m->sent.count <= PL022_FIFO / 2 ? INT_TX : 0);
}

static void set_line(struct pl022_model *m)
{
	user_model_set_irq(&m->model, 0, interrupts(m) & m->mask);
}

/* ---- Words ---- */

static unsigned mode_of(const struct pl022_model *m)
{
	return (m->cr0 & CR0_SPH ? FY_SPI_CPHA : 0) | (m->cr0 & CR0_SPO ? FY_SPI_CPOL : 0);
}

static void finish_word(struct pl022_model *m)
{
	uint32_t word = take(&m->sent);

	m->shifting = false;
	if (!(m->cr1 & CR1_LBM))
		word = spi_exchange(&m->model, m->targets, mode_of(m), word, CR0_BITS(m->cr0));
	if (m->received.count < PL022_FIFO)
		put(&m->received, word);
	else
		m->status |= INT_ROR;
	if (!m->instant)
		user_timer_start(&m->receive_timeout, now_of(m) + bits_ns(m, TIMEOUT_BITS));
}

/* Goes on as far as that takes no time. */
static void go(struct pl022_model *m)
{
	while (m->cr1 & CR1_SSE && m->sent.count && !m->shifting && !m->dead &&
	       !(m->instant && m->received.count == PL022_FIFO)) {
		m->shifting = true;
		if (m->instant)
			finish_word(m);
		else
			user_timer_start(&m->word_over, now_of(m) + bits_ns(m, CR0_BITS(m->cr0)));
	}
	set_line(m);
}

static uint64_t word_over(void *arg, uint64_t due)
{
	struct pl022_model *m = arg;

	(void)due;
	finish_word(m);
	go(m);
	return FY_TIMER_STOP;
}

static uint64_t receive_timeout(void *arg, uint64_t due)
{
	struct pl022_model *m = arg;

	(void)due;
	if (m->received.count)
		m->status |= INT_RT;
	set_line(m);
	return FY_TIMER_STOP;
}

/* ---- Registers ---- */

static uint32_t read_data(struct pl022_model *m)
{
	uint32_t word;

	if (!m->received.count) {
		user_model_violation(&m->model, "SSPDR is read when nothing has been received");
		return 0;
	}
	word = take(&m->received);
	m->status &= ~INT_RT;
	if (!m->instant)
		user_timer_start(&m->receive_timeout, now_of(m) + bits_ns(m, TIMEOUT_BITS));
	return word;
}

static uint32_t read_register(struct pl022_model *m, uint32_t offset)
{
	static const uint8_t id[] = { 0x22, 0x10, 0x04, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };

	if (offset >= ID)
		return id[(offset - ID) / 4];
	switch (offset) {
	case CR0:
		return m->cr0;
	case CR1:
		return m->cr1;
	case DR:
		return read_data(m);
	case SR:
		return status(m);
	case CPSR:
		return m->prescale;
	case IMSC:
		return m->mask;
	case RIS:
		return interrupts(m);
	case MIS:
		return interrupts(m) & m->mask;
	}
	return 0;
}

static void write_data(struct pl022_model *m, uint32_t value)
{
	if (m->sent.count == PL022_FIFO)
		user_model_violation(&m->model, "SSPDR is written when there is no room in it");
	else
		put(&m->sent, value & ((1u << CR0_BITS(m->cr0)) - 1));
}

static void write_control(struct pl022_model *m, uint32_t value)
{
	if (value & CR1_SSE && (CR0_FRF(m->cr0) || value & CR1_MS))
		user_model_violation(&m->model, "this model knows Motorola's format only, and "
						"controllers");
	if (value & CR1_SSE && !m->prescale)
		user_model_violation(&m->model, "SSE is set before SSPCPSR");
	if (value & CR1_SSE && CR0_BITS(m->cr0) < 4)
		user_model_violation(&m->model, "words of %u bits are reserved", CR0_BITS(m->cr0));
	m->cr1 = value & 0xf;
}

static void write_register(struct pl022_model *m, uint32_t offset, uint32_t value)
{
	switch (offset) {
	case CR0:
		if (status(m) & SR_BSY && m->cr1 & CR1_SSE)
			user_model_violation(&m->model, "SSPCR0 is written while words are sent");
		m->cr0 = value & 0xffff;
		break;
	case CR1:
		write_control(m, value);
		break;
	case DR:
		write_data(m, value);
		break;
	case CPSR:
		if (value & 1 || value < 2)
			user_model_violation(&m->model, "SSPCPSR is written %u: it must be even",
					     value);
		m->prescale = value & 0xfe;
		break;
	case IMSC:
		m->mask = value & 0xf;
		break;
	case ICR:
		m->status &= ~value;
		break;
	}
}

static uint32_t ssp_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct pl022_model *m = ssp_of(model);
	uint32_t value = read_register(m, offset);

	(void)bytes;
	go(m);
	return value;
}

static void ssp_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct pl022_model *m = ssp_of(model);

	(void)bytes;
	write_register(m, offset, value);
	go(m);
}

void pl022_attach(struct pl022_model *m, struct spi_target *target)
{
	target->next = m->targets;
	m->targets = target;
}

/* One that is wired to no pin is always selected. */
static void attach(struct user_model *model, struct spi_target *target, unsigned number)
{
	(void)number;
	if (!spi_target_is_wired(target))
		spi_target_select(target, true, now_of(ssp_of(model)));
	pl022_attach(ssp_of(model), target);
}

static int init(struct user_model *model)
{
	struct pl022_model *m = ssp_of(model);

	user_model_timer_init(&m->word_over, model, word_over);
	user_model_timer_init(&m->receive_timeout, model, receive_timeout);
	return 0;
}

static const struct user_model_option options[] = {
	{ "instant", offsetof(struct pl022_model, instant) },
	{ "dead", offsetof(struct pl022_model, dead) },
	{ 0 },
};

const struct user_model_kind pl022_model = {
	.name = "pl022",
	.compatible = "arm,pl022",
	.size = sizeof(struct pl022_model),
	.window = 0x1000,
	.widths = 4,
	.irqs = 1,
	.init = init,
	.options = options,
	.read = ssp_read,
	.write = ssp_write,
	.attach_spi = attach,
};
