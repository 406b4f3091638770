/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model of the GPIO block of BCM2835 and BCM2711, after their manuals (BCM2835 ARM Peripherals, chapter 6; BCM2711 ARM
 * Peripherals, chapter 5), not after the driver. Where the manuals forbid something, or say nothing about it, it asserts.
 *
 * Include it after the driver: names here begin with model_, and it uses the test port's time.
 */
#ifndef MODEL_BCM2835_GPIO_H
#define MODEL_BCM2835_GPIO_H

#include <assert.h>

/* 150 cycles at 19.2 MHz, the slowest that the core may run. */
#define MODEL_PULL_NS 7813

enum model_pull {
	MODEL_PULL_NONE,
	MODEL_PULL_DOWN,
	MODEL_PULL_UP,
};

struct model_gpio {
	struct test_registers registers;
	bool is_bcm2711;
	uint64_t input;			/* the levels that the outside puts on the pins */
	uint32_t fsel[6];
	uint64_t latch;			/* the levels of the pins that are outputs */
	uint64_t level;			/* at the pins, as of the last change */
	uint64_t status, rising, falling, high, low;
	enum model_pull pull[58];
	/* BCM2835's pull sequence: the registers, and when they were written. */
	uint32_t pud;
	uint64_t pud_clock, pud_time, clock_time;
	uint32_t pup_pdn[4];		/* BCM2711's */
};

static inline unsigned model_pins(const struct model_gpio *m)
{
	return m->is_bcm2711 ? 58 : 54;
}

static inline uint32_t model_function(const struct model_gpio *m, unsigned pin)
{
	return m->fsel[pin / 10] >> (3 * (pin % 10)) & 7;
}

/* Something changed: what do the pins carry now, and who notices? */
static inline void model_settle(struct model_gpio *m)
{
	uint64_t before = m->level, pins = (1ULL << model_pins(m)) - 1;

	m->level = m->input & pins;
	for (unsigned pin = 0; pin < model_pins(m); pin++)
		if (model_function(m, pin) == 1)
			m->level = (m->level & ~(1ULL << pin)) | (m->latch & 1ULL << pin);
	m->status |= (m->level & ~before & m->rising) | (~m->level & before & m->falling);
	m->status |= (m->level & m->high) | (~m->level & m->low & pins);
}

static inline void model_set_input(struct model_gpio *m, unsigned pin, int level)
{
	m->input = (m->input & ~(1ULL << pin)) | (uint64_t)level << pin;
	model_settle(m);
}

/* The registers that are pairs of 32 pins each: which 64-bit value one is a half of, or NULL. */
static inline uint64_t *model_pair(struct model_gpio *m, uint32_t offset)
{
	if (offset == 0x40 || offset == 0x44)
		return &m->status;
	if (offset == 0x4c || offset == 0x50)
		return &m->rising;
	if (offset == 0x58 || offset == 0x5c)
		return &m->falling;
	if (offset == 0x64 || offset == 0x68)
		return &m->high;
	if (offset == 0x70 || offset == 0x74)
		return &m->low;
	return NULL;
}

/* Which half: each pair begins 12 bytes after the one before, the first at 0x1c. */
static inline unsigned model_half(uint32_t offset)
{
	return (offset - 0x1c) % 12 / 4;
}

static inline uint32_t model_gpio_read(struct test_registers *registers, uint32_t offset)
{
	struct model_gpio *m = (struct model_gpio *)registers;
	uint64_t *pair = model_pair(m, offset);

	if (offset <= 0x14)
		return m->fsel[offset / 4];
	if (offset == 0x34 || offset == 0x38)
		return (uint32_t)(m->level >> 32 * model_half(offset));
	if (pair)
		return (uint32_t)(*pair >> 32 * model_half(offset));
	if (m->is_bcm2711 && offset >= 0xe4 && offset <= 0xf0)
		return m->pup_pdn[(offset - 0xe4) / 4];
	assert(!"a register that may be read");
	return 0;
}

/* GPPUD and GPPUDCLKn: the clock must come 150 cycles after the control, and both must stay for 150 more. */
static inline void model_write_pud(struct model_gpio *m, uint32_t offset, uint32_t value)
{
	if (m->pud_clock) {
		assert(test_now - m->clock_time >= MODEL_PULL_NS);
		for (unsigned pin = 0; pin < 54; pin++)
			if (m->pud_clock >> pin & 1)
				m->pull[pin] = (enum model_pull)m->pud;
	}
	if (offset == 0x94) {
		assert(value <= 2);
		/* Once the control goes, the clock has done its work. */
		if (m->pud_clock)
			m->pud_clock = 0;
		m->pud = value;
		m->pud_time = test_now;
		return;
	}
	m->pud_clock = offset == 0x98 ? value : (uint64_t)value << 32;
	assert(!(m->pud_clock >> 54));
	if (m->pud_clock)
		assert(test_now - m->pud_time >= MODEL_PULL_NS);
	m->clock_time = test_now;
}

static inline void model_write_pup_pdn(struct model_gpio *m, uint32_t offset, uint32_t value)
{
	static const enum model_pull pulls[] = { MODEL_PULL_NONE, MODEL_PULL_UP, MODEL_PULL_DOWN };
	unsigned n = (offset - 0xe4) / 4;

	m->pup_pdn[n] = value;
	for (unsigned i = 0; i < 16 && n * 16 + i < 58; i++) {
		assert((value >> 2 * i & 3) != 3);
		m->pull[n * 16 + i] = pulls[value >> 2 * i & 3];
	}
}

static inline void model_gpio_write(struct test_registers *registers, uint32_t offset, uint32_t value)
{
	struct model_gpio *m = (struct model_gpio *)registers;
	uint64_t *pair = model_pair(m, offset);
	unsigned shift = 32 * model_half(offset);
	uint64_t pins = (1ULL << model_pins(m)) - 1;

	if (offset <= 0x14)
		m->fsel[offset / 4] = value & (offset < 0x14 ? 0x3fffffff : (1u << 3 * (model_pins(m) - 50)) - 1);
	else if (offset == 0x1c || offset == 0x20)
		m->latch |= (uint64_t)value << shift & pins;
	else if (offset == 0x28 || offset == 0x2c)
		m->latch &= ~((uint64_t)value << shift);
	else if (pair == &m->status)
		m->status &= ~((uint64_t)value << shift);
	else if (pair)
		*pair = ((*pair & ~(0xffffffffULL << shift)) | (uint64_t)value << shift) & pins;
	else if (!m->is_bcm2711 && offset >= 0x94 && offset <= 0x9c)
		model_write_pud(m, offset, value);
	else if (m->is_bcm2711 && offset >= 0xe4 && offset <= 0xf0)
		model_write_pup_pdn(m, offset, value);
	else
		assert(!"a register that may be written");
	model_settle(m);
}

static inline void model_gpio_init(struct model_gpio *m, bool is_bcm2711)
{
	*m = (struct model_gpio){
		.registers = { .read = model_gpio_read, .write = model_gpio_write, .width = 32 },
		.is_bcm2711 = is_bcm2711,
	};
}

#endif
