// SPDX-License-Identifier: GPL-2.0-only
/*
 * The GPIO block of BCM2835 and BCM2711 (BCM2835 ARM Peripherals, chapter 6; BCM2711 ARM
 * Peripherals, chapter 5). A pin that nothing drives is at its pull's level, or low. Interrupt
 * lines 0 and 1 are those of the two banks, line 3 is that of both: so the manuals; the devicetrees
 * that Linux has say otherwise.
 */
#include "models.h"

#define FSEL_OUTPUT   1
#define FSEL_LAST     0x14u
#define SET_FIRST     0x1cu
#define CLR_FIRST     0x28u
#define LEV_FIRST     0x34u
#define EDS_FIRST     0x40u
#define PUD	      0x94u
#define PUDCLK(bank)  (0x98u + 4 * (bank))
#define PUP_PDN_FIRST 0xe4u
#define PUP_PDN_LAST  0xf0u

/* 150 cycles at 19.2 MHz, the slowest that the core may run. */
#define PULL_NS 7813

static struct bcm2835_gpio_model *gpio_of(struct user_model *model)
{
	return (struct bcm2835_gpio_model *)model;
}

static bool is_bcm2711(const struct bcm2835_gpio_model *m)
{
	return m->model.kind == &bcm2711_gpio_model;
}

static uint64_t all_pins(const struct bcm2835_gpio_model *m)
{
	return (1ULL << m->model.kind->pins) - 1;
}

/* Which pins are outputs, after a change of function. */
static void find_outputs(struct bcm2835_gpio_model *m)
{
	m->outputs = 0;
	for (unsigned pin = 0; pin < m->model.kind->pins; pin++)
		if ((m->fsel[pin / 10] >> 3 * (pin % 10) & 7) == FSEL_OUTPUT)
			m->outputs |= 1ULL << pin;
}

static void set_pull(struct bcm2835_gpio_model *m, unsigned pin, enum bcm2835_gpio_pull pull)
{
	uint64_t bit = 1ULL << pin;

	m->pulled_up = pull == BCM2835_GPIO_PULL_UP ? m->pulled_up | bit : m->pulled_up & ~bit;
	m->pulled_down =
		pull == BCM2835_GPIO_PULL_DOWN ? m->pulled_down | bit : m->pulled_down & ~bit;
}

/* Which pins each interrupt line is for. */
static void set_lines(struct bcm2835_gpio_model *m)
{
	static const uint64_t manual[] = { 0xffffffff, ~0xffffffffULL, 0, ~0ULL },
			      one[] = { ~0ULL, 0, 0, 0 },
			      linux_says[] = { 0x0fffffff, 0x3ffff0000000, ~0x3fffffffffffULL, 0 };
	const uint64_t *pins = m->one_line ? one : m->linux_lines ? linux_says : manual;

	for (unsigned line = 0; line < m->model.kind->irqs; line++)
		user_model_set_irq(&m->model, line, m->status & pins[line]);
}

/* Something changed: updates levels, event status and interrupt lines. */
static void update(struct bcm2835_gpio_model *m)
{
	uint64_t before = m->model.levels, level;

	level = m->pulled_up | (m->floats_high ? all_pins(m) & ~m->pulled_down : 0);
	level = (m->input & m->driven) | (level & ~m->driven);
	level = (level & ~m->outputs) | (m->latch & m->outputs);
	m->status |= (level & ~before & m->rising) | (~level & before & m->falling);
	m->status |= (level & m->high) | (~level & m->low & all_pins(m));
	set_lines(m);
	user_model_set_levels(&m->model, level);
}

static void drive(struct user_model *model, unsigned pin, int level)
{
	struct bcm2835_gpio_model *m = gpio_of(model);
	uint64_t bit = 1ULL << pin;

	m->driven = level == USER_PIN_OPEN ? m->driven & ~bit : m->driven | bit;
	m->input = level > 0 ? m->input | bit : m->input & ~bit;
	update(m);
}

static bool is_pair(uint32_t offset, uint32_t first)
{
	return offset == first || offset == first + 4;
}

/* Registers with a bit for each pin come in pairs, 12 bytes apart: which half is this, in bits? */
static unsigned half(uint32_t offset)
{
	return (offset - SET_FIRST) % 12 == 4 ? 32 : 0;
}

/* What such a pair keeps. Returns whether there is one. */
static bool find_pair(struct bcm2835_gpio_model *m, uint32_t offset, uint64_t **value)
{
	const struct {
		uint32_t first;
		uint64_t *value;
	} pairs[] = {
		{ EDS_FIRST, &m->status }, { 0x4c, &m->rising }, { 0x58, &m->falling },
		{ 0x64, &m->high },	   { 0x70, &m->low },
	};

	for (unsigned i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (is_pair(offset, pairs[i].first)) {
			*value = pairs[i].value;
			return true;
		}
	}
	return false;
}

static bool is_pup_pdn(const struct bcm2835_gpio_model *m, uint32_t offset)
{
	return is_bcm2711(m) && offset >= PUP_PDN_FIRST && offset <= PUP_PDN_LAST;
}

static uint32_t gpio_read(struct user_model *model, uint32_t offset, unsigned bytes)
{
	struct bcm2835_gpio_model *m = gpio_of(model);
	uint64_t *pair;

	(void)bytes;
	if (offset <= FSEL_LAST)
		return m->fsel[offset / 4];
	if (is_pair(offset, LEV_FIRST))
		return (uint32_t)(model->levels >> half(offset));
	if (find_pair(m, offset, &pair))
		return (uint32_t)(*pair >> half(offset));
	if (is_pup_pdn(m, offset))
		return m->pup_pdn[(offset - PUP_PDN_FIRST) / 4];
	if (!is_bcm2711(m) && offset == PUD)
		return m->pud;
	user_model_violation(model, "0x%02x is no register that can be read", offset);
	return 0;
}

/* ---- Pulls ---- */

/* The clock has been up for long enough: the pins take what GPPUD says. */
static void take_pulls(struct bcm2835_gpio_model *m, uint64_t now)
{
	if (!m->pud_clock)
		return;
	if (now - m->clock_time < PULL_NS)
		user_model_violation(&m->model,
				     "GPPUDCLK is taken back after %u ns: pulls need 150 cycles",
				     (unsigned)(now - m->clock_time));
	else
		for (unsigned pin = 0; pin < m->model.kind->pins; pin++)
			if (m->pud_clock >> pin & 1)
				set_pull(m, pin, (enum bcm2835_gpio_pull)m->pud);
}

/*
 * GPPUD and GPPUDCLKn: the clock must come 150 cycles after the control, and both must stay for 150
 * more.
 */
static void write_pud(struct bcm2835_gpio_model *m, uint32_t offset, uint32_t value)
{
	uint64_t now = user_world_now(m->model.world);

	take_pulls(m, now);
	if (offset == PUD) {
		if (value > BCM2835_GPIO_PULL_UP)
			user_model_violation(&m->model, "GPPUD has no such value: %u", value);
		m->pud = value % (BCM2835_GPIO_PULL_UP + 1);
		m->pud_time = now;
		m->pud_clock = 0; /* it has done its work */
		return;
	}
	m->pud_clock = (offset == PUDCLK(0) ? value : (uint64_t)value << 32) & all_pins(m);
	if (m->pud_clock && now - m->pud_time < PULL_NS)
		user_model_violation(&m->model,
				     "GPPUDCLK comes %u ns after GPPUD: pulls need 150 cycles",
				     (unsigned)(now - m->pud_time));
	m->clock_time = now;
}

static void write_pup_pdn(struct bcm2835_gpio_model *m, uint32_t offset, uint32_t value)
{
	static const enum bcm2835_gpio_pull pulls[] = { BCM2835_GPIO_PULL_NONE,
							BCM2835_GPIO_PULL_UP,
							BCM2835_GPIO_PULL_DOWN,
							BCM2835_GPIO_PULL_NONE };
	unsigned n = (offset - PUP_PDN_FIRST) / 4;

	m->pup_pdn[n] = offset == PUP_PDN_LAST ? value & 0xfffff : value;
	for (unsigned i = 0; i < 16 && n * 16 + i < m->model.kind->pins; i++) {
		if ((value >> 2 * i & 3) == 3)
			user_model_violation(&m->model, "pin %u: pull 3 is reserved", n * 16 + i);
		set_pull(m, n * 16 + i, pulls[value >> 2 * i & 3]);
	}
}

/* ---- All registers ---- */

static void write_fsel(struct bcm2835_gpio_model *m, uint32_t offset, uint32_t value)
{
	unsigned pins = offset < FSEL_LAST ? 10 : m->model.kind->pins - 50;

	m->fsel[offset / 4] = value & ((1u << 3 * pins) - 1);
	find_outputs(m);
}

static void gpio_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct bcm2835_gpio_model *m = gpio_of(model);
	uint64_t wide = (uint64_t)value << half(offset), *pair;

	(void)bytes;
	if (offset <= FSEL_LAST)
		write_fsel(m, offset, value);
	else if (is_pair(offset, SET_FIRST))
		m->latch |= wide & all_pins(m);
	else if (is_pair(offset, CLR_FIRST))
		m->latch &= ~wide;
	else if (is_pair(offset, EDS_FIRST))
		m->status &= ~wide;
	else if (find_pair(m, offset, &pair))
		*pair = ((*pair & ~(0xffffffffULL << half(offset))) | wide) & all_pins(m);
	else if (!is_bcm2711(m) && offset >= PUD && offset <= PUDCLK(1))
		write_pud(m, offset, value);
	else if (is_pup_pdn(m, offset))
		write_pup_pdn(m, offset, value);
	else
		user_model_violation(model, "0x%02x is no register that can be written", offset);
	update(m);
}

static const struct user_model_option options[] = {
	{ "linux-lines", offsetof(struct bcm2835_gpio_model, linux_lines) },
	{ "one-line", offsetof(struct bcm2835_gpio_model, one_line) },
	{ "floats-high", offsetof(struct bcm2835_gpio_model, floats_high) },
	{ 0 },
};

const struct user_model_kind bcm2835_gpio_model = {
	.name = "bcm2835-gpio",
	.compatible = "brcm,bcm2835-gpio",
	.size = sizeof(struct bcm2835_gpio_model),
	.window = 0xb4,
	.widths = 4,
	.pins = 54,
	.irqs = 4,
	.options = options,
	.read = gpio_read,
	.write = gpio_write,
	.drive = drive,
};

const struct user_model_kind bcm2711_gpio_model = {
	.name = "bcm2711-gpio",
	.compatible = "brcm,bcm2711-gpio",
	.size = sizeof(struct bcm2835_gpio_model),
	.window = 0xf4,
	.widths = 4,
	.pins = 58,
	.irqs = 4,
	.options = options,
	.read = gpio_read,
	.write = gpio_write,
	.drive = drive,
};
