// SPDX-License-Identifier: GPL-2.0-only
/*
 * A BSC controller (BCM2835 ARM Peripherals, chapter 3), as the only controller of its bus. What
 * takes time is a byte with its acknowledge, 9 clocks; START and STOP take none. The manual does
 * not say what a byte that is not acknowledged does: as after an address, ERR is set and the
 * transfer ends, with DONE.
 */
#include "models.h"

#define C	0x00u
#define C_READ	(1u << 0)
#define C_CLEAR (3u << 4)
#define C_ST	(1u << 7)
#define C_INTD	(1u << 8)
#define C_INTT	(1u << 9)
#define C_INTR	(1u << 10)
#define C_I2CEN (1u << 15)
#define C_KEPT	(C_READ | C_INTD | C_INTT | C_INTR | C_I2CEN)
#define S	0x04u
#define S_TA	(1u << 0)
#define S_DONE	(1u << 1)
#define S_TXW	(1u << 2)
#define S_RXR	(1u << 3)
#define S_TXD	(1u << 4)
#define S_RXD	(1u << 5)
#define S_TXE	(1u << 6)
#define S_RXF	(1u << 7)
#define S_ERR	(1u << 8)
#define S_CLKT	(1u << 9)
#define DLEN	0x08u
#define A	0x0cu
#define FIFO	0x10u
#define DIV	0x14u
#define DEL	0x18u
#define CLKT	0x1cu

#define CORE_HZ	  250000000u
#define BYTE_BITS 9

static struct bcm2835_i2c_model *i2c_of(struct user_model *model)
{
	return (struct bcm2835_i2c_model *)model;
}

static uint64_t now_of(const struct bcm2835_i2c_model *m)
{
	return user_world_now(m->model.world);
}

static uint64_t clocks_ns(const struct bcm2835_i2c_model *m, uint64_t clocks)
{
	uint64_t div = m->div & 0xfffe;

	return clocks * (div ? div : 32768) * FY_NS_PER_SEC / CORE_HZ;
}

/* ---- What the status says ---- */

/*
 * While a message is under way, and fewer bytes are there than a quarter of the FIFO and than are
 * still to be sent;
 */
static bool needs_writing(const struct bcm2835_i2c_model *m)
{
	return m->active && !m->reading && m->count < BCM2835_I2C_FIFO / 4 && m->count < m->left;
}

/* or three quarters of the FIFO are full. */
static bool needs_reading(const struct bcm2835_i2c_model *m)
{
	return m->active && m->reading && m->count >= BCM2835_I2C_FIFO * 3 / 4;
}

static uint32_t status(const struct bcm2835_i2c_model *m)
{
	return (m->active ? S_TA : 0) | (m->done ? S_DONE : 0) | (needs_writing(m) ? S_TXW : 0) |
	       (needs_reading(m) ? S_RXR : 0) | (m->count < BCM2835_I2C_FIFO ? S_TXD : 0) |
	       (m->count ? S_RXD : 0) | (m->count ? 0 : S_TXE) |
	       (m->count == BCM2835_I2C_FIFO ? S_RXF : 0) | (m->error ? S_ERR : 0) |
	       (m->timeout ? S_CLKT : 0);
}

static void set_line(struct bcm2835_i2c_model *m)
{
	user_model_set_irq(&m->model, 0,
			   (m->control & C_INTD && m->done) ||
				   (m->control & C_INTT && needs_writing(m)) ||
				   (m->control & C_INTR && needs_reading(m)));
}

/* ---- The FIFO ---- */

static void put(struct bcm2835_i2c_model *m, uint8_t byte)
{
	m->fifo[(m->first + m->count++) % BCM2835_I2C_FIFO] = byte;
}

static uint8_t take(struct bcm2835_i2c_model *m)
{
	uint8_t byte = m->fifo[m->first];

	m->first = (m->first + 1) % BCM2835_I2C_FIFO;
	m->count--;
	return byte;
}

/* ---- The bus ---- */

static void begin(struct bcm2835_i2c_model *m)
{
	m->active = true;
	m->addressed = m->repeated = false;
	m->to = (uint8_t)m->address;
	m->reading = m->control & C_READ;
	m->left = (uint16_t)m->length;
}

/* The message is over, with a STOP unless another is to follow. */
static void end(struct bcm2835_i2c_model *m, bool repeated)
{
	if (m->target)
		m->target->stop(m->target, repeated, now_of(m));
	m->target = NULL;
	m->active = false;
	m->done = !repeated;
	m->repeated = false;
	if (repeated)
		begin(m);
}

static bool address(struct bcm2835_i2c_model *m)
{
	struct i2c_target *target = m->empty ? NULL : i2c_target_find(m->targets, m->to);

	if (!target || !target->start(target, m->reading, now_of(m)))
		return false;
	m->target = target;
	m->addressed = true;
	return true;
}

/* Whether there is a byte to send, or room for one: otherwise the clock is held until there is. */
static bool can_go_on(const struct bcm2835_i2c_model *m)
{
	return !m->addressed || (m->reading ? m->count < BCM2835_I2C_FIFO : m->count > 0);
}

/* A byte, or the address, is over. Returns whether it was acknowledged. */
static bool finish_byte(struct bcm2835_i2c_model *m)
{
	if (!m->addressed)
		return address(m);
	m->left--;
	if (!m->reading)
		return m->target->write(m->target, take(m));
	put(m, m->target->read(m->target));
	return true;
}

static void step(struct bcm2835_i2c_model *m)
{
	if (m->stretched) {
		m->timeout = true;
		end(m, false);
	} else if (!finish_byte(m)) {
		m->error = true;
		end(m, false);
	} else if (!m->left) {
		end(m, m->repeated);
	}
}

/* A target that holds the clock does so until CLKT ends that, or for good. */
static uint64_t step_ns(const struct bcm2835_i2c_model *m)
{
	return clocks_ns(m, m->stretched ? m->stretch : BYTE_BITS);
}

/* Goes on as far as that takes no time. */
static void go(struct bcm2835_i2c_model *m)
{
	while (m->active && can_go_on(m) && !(m->stretched && !m->stretch) &&
	       !m->byte_over.queued) {
		if (!m->instant)
			user_timer_start(&m->byte_over, now_of(m) + step_ns(m));
		else
			step(m);
	}
	set_line(m);
}

static uint64_t byte_over(void *arg, uint64_t due)
{
	struct bcm2835_i2c_model *m = arg;

	(void)due;
	step(m);
	go(m);
	return FY_TIMER_STOP;
}

/* ---- Registers ---- */

static void give_up(struct bcm2835_i2c_model *m)
{
	if (!m->active)
		return;
	user_timer_stop(&m->byte_over);
	end(m, false);
	m->done = false;
}

static void write_control(struct bcm2835_i2c_model *m, uint32_t value)
{
	const bool was_reading = m->reading;

	m->control = value & C_KEPT;
	if (!(value & C_I2CEN))
		give_up(m);
	if (value & C_CLEAR)
		m->count = 0;
	if (!(value & C_ST))
		return;
	if (!(value & C_I2CEN))
		user_model_violation(&m->model,
				     "ST is written without I2CEN: nothing is transferred");
	else if (!m->active)
		begin(m);
	else if (was_reading || m->repeated)
		user_model_violation(&m->model,
				     "ST is written while a message is read, or one waits already");
	else
		m->repeated = true;
}

static uint32_t read_fifo(struct bcm2835_i2c_model *m)
{
	if (m->count && (m->reading || !m->active))
		return take(m);
	user_model_violation(&m->model, "FIFO is read when there is nothing in it to be read");
	return 0;
}

static void write_fifo(struct bcm2835_i2c_model *m, uint32_t value)
{
	if (m->count == BCM2835_I2C_FIFO)
		user_model_violation(&m->model, "FIFO is written when there is no room in it");
	else
		put(m, (uint8_t)value);
}

static uint32_t i2c_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct bcm2835_i2c_model *m = i2c_of(model);
	uint32_t value;

	(void)bytes;
	switch (offset) {
	case C:
		return m->control;
	case S:
		return status(m);
	case DLEN:
		return m->active || m->done ? m->left : m->length;
	case A:
		return m->address;
	case FIFO:
		value = read_fifo(m);
		go(m);
		return value;
	case DIV:
		return m->div;
	case DEL:
		return m->delay;
	}
	return m->stretch;
}

static void write_register(struct bcm2835_i2c_model *m, uint32_t offset, uint32_t value)
{
	switch (offset) {
	case C:
		write_control(m, value);
		break;
	case S:
		m->done = m->done && !(value & S_DONE);
		m->error = m->error && !(value & S_ERR);
		m->timeout = m->timeout && !(value & S_CLKT);
		break;
	case DLEN:
		m->length = value & 0xffff;
		break;
	case A:
		m->address = value & 0x7f;
		break;
	case FIFO:
		write_fifo(m, value);
		break;
	case DIV:
		m->div = value & 0xffff;
		break;
	case DEL:
		m->delay = value;
		break;
	default:
		m->stretch = value & 0xffff;
	}
}

static void i2c_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct bcm2835_i2c_model *m = i2c_of(model);

	(void)bytes;
	write_register(m, offset, value);
	go(m);
}

void bcm2835_i2c_attach(struct bcm2835_i2c_model *m, struct i2c_target *target)
{
	i2c_target_attach(&m->targets, target);
}

static void attach(struct user_model *model, struct i2c_target *target, unsigned channel)
{
	(void)channel;
	bcm2835_i2c_attach(i2c_of(model), target);
}

static int init(struct user_model *model)
{
	struct bcm2835_i2c_model *m = i2c_of(model);

	m->div = 0x5dc;
	m->delay = 0x00300030;
	m->stretch = 0x40;
	user_model_timer_init(&m->byte_over, model, byte_over);
	at24c02_init(&m->eeprom);
	tmp105_init(&m->thermometer);
	bcm2835_i2c_attach(m, &m->eeprom.target);
	bcm2835_i2c_attach(m, &m->thermometer.target);
	return 0;
}

static const struct user_model_option options[] = {
	{ "instant", offsetof(struct bcm2835_i2c_model, instant) },
	{ "empty", offsetof(struct bcm2835_i2c_model, empty) },
	{ "stretched", offsetof(struct bcm2835_i2c_model, stretched) },
	{ "simple-eeprom", offsetof(struct bcm2835_i2c_model, eeprom.simple) },
	{ 0 },
};

const struct user_model_kind bcm2835_i2c_model = {
	.name = "bcm2835-i2c",
	.compatible = "brcm,bcm2835-i2c",
	.size = sizeof(struct bcm2835_i2c_model),
	.window = CLKT + 4,
	.widths = 4,
	.irqs = 1,
	.init = init,
	.options = options,
	.read = i2c_read,
	.write = i2c_write,
	.attach = attach,
};
