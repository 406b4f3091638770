// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * spi-gpio: an SPI bus on any pins, by moving them.
 *
 *	make check T=drivers/spi-gpio.c
 *
 * Devicetree node: compatible = "spi-gpio"; `sck-gpios`; `mosi-gpios` and `miso-gpios`, of which
 * one may be missing; `cs-gpios`, the chip selects of the targets.
 *
 * A work moves the pins, so that a transfer keeps nobody out but who has nothing else to do. Each
 * change is made under the lock, and only while the segment is the one that is under way: after a
 * cancel no pin moves any more.
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/irq.h>
#include <ferry/spi.h>
#include <ferry/time.h>
#include <ferry/work.h>

#define BATCH 256 /* words, after which others get their turn */

struct spi_gpio {
	struct fy_device *dev;
	struct fy_spi_bus bus;
	struct fy_gpio sck, mosi, miso;
	bool has_mosi, has_miso;
	struct fy_work work;
	struct fy_spi_config config;
	uint32_t half_ns; /* of a clock */
	struct fy_lock lock;
	/* The segment that is under way, NULL: none; how many there have been; its words. */
	const struct fy_spi_segment *segment;
	unsigned number;
	uint32_t words, at;
};

static const struct fy_spi_limits limits = {
	.speed_min_hz = 500, /* half a clock is a delay of 1000 us */
	.speed_max_hz = 5000000,
	.modes = FY_SPI_MODE_3 | FY_SPI_LSB_FIRST,
	.word_min = 1,
	.word_max = FY_SPI_WORD_MAX,
};

static void wait_half(const struct spi_gpio *s)
{
	uint64_t end;

	if (s->half_ns >= FY_NS_PER_US) {
		fy_delay_us((s->half_ns + 999) / 1000);
		return;
	}
	end = fy_now_ns() + s->half_ns;
	while (fy_now_ns() < end)
		;
}

/* ---- Pins, while segment NUMBER is under way; otherwise these return false ---- */

static bool begin(struct spi_gpio *s, unsigned number, fy_irqflags *flags)
{
	*flags = fy_lock(&s->lock);
	if (s->segment && s->number == number)
		return true;
	fy_unlock(&s->lock, *flags);
	return false;
}

/* An edge of the clock, to its idle level or away from it. */
static void set_clock(struct spi_gpio *s, bool idle)
{
	fy_gpio_set(&s->sck, idle == ((s->config.mode & FY_SPI_CPOL) != 0));
}

static void set_output(struct spi_gpio *s, uint32_t bit)
{
	if (s->has_mosi)
		fy_gpio_set(&s->mosi, (int)bit);
}

static uint32_t get_input(struct spi_gpio *s)
{
	return s->has_miso ? (uint32_t)fy_gpio_get(&s->miso) : 0;
}

/* With CPHA the output changes at the clock's first edge, without before that. */
static bool first_edge(struct spi_gpio *s, unsigned number, uint32_t bit, uint32_t *in)
{
	bool late = s->config.mode & FY_SPI_CPHA;
	fy_irqflags flags;

	if (!late) {
		if (!begin(s, number, &flags))
			return false;
		set_output(s, bit);
		fy_unlock(&s->lock, flags);
		wait_half(s);
	}
	if (!begin(s, number, &flags))
		return false;
	set_clock(s, false);
	if (late)
		set_output(s, bit);
	else
		*in = get_input(s);
	fy_unlock(&s->lock, flags);
	wait_half(s);
	return true;
}

static bool second_edge(struct spi_gpio *s, unsigned number, uint32_t *in)
{
	bool late = s->config.mode & FY_SPI_CPHA;
	fy_irqflags flags;

	if (!begin(s, number, &flags))
		return false;
	set_clock(s, true);
	if (late)
		*in = get_input(s);
	fy_unlock(&s->lock, flags);
	if (late)
		wait_half(s);
	return true;
}

static bool exchange(struct spi_gpio *s, unsigned number, uint32_t *word)
{
	unsigned bits = s->config.word_bits;
	uint32_t in = 0;

	for (unsigned i = 0; i < bits; i++) {
		unsigned place = s->config.mode & FY_SPI_LSB_FIRST ? i : bits - 1 - i;
		uint32_t bit = 0;

		if (!first_edge(s, number, *word >> place & 1, &bit) ||
		    !second_edge(s, number, &bit))
			return false;
		in |= bit << place;
	}
	*word = in;
	return true;
}

/* ---- Words ---- */

static uint32_t load(const struct spi_gpio *s)
{
	switch (s->segment->write ? fy_spi_word_bytes(s->config.word_bits) : 0) {
	case 1:
		return ((const uint8_t *)s->segment->write)[s->at];
	case 2:
		return ((const uint16_t *)s->segment->write)[s->at];
	case 4:
		return ((const uint32_t *)s->segment->write)[s->at];
	}
	return 0;
}

static void store(const struct spi_gpio *s, uint32_t word)
{
	switch (s->segment->read ? fy_spi_word_bytes(s->config.word_bits) : 0) {
	case 1:
		((uint8_t *)s->segment->read)[s->at] = (uint8_t)word;
		break;
	case 2:
		((uint16_t *)s->segment->read)[s->at] = (uint16_t)word;
		break;
	case 4:
		((uint32_t *)s->segment->read)[s->at] = word;
		break;
	}
}

/* Returns whether there are more words to do. */
static bool do_word(struct spi_gpio *s)
{
	fy_irqflags flags = fy_lock(&s->lock);
	unsigned number = s->number;
	uint32_t word;
	bool more;

	if (!s->segment) {
		fy_unlock(&s->lock, flags);
		return false;
	}
	word = load(s);
	fy_unlock(&s->lock, flags);
	if (!exchange(s, number, &word) || !begin(s, number, &flags))
		return true; /* cancelled: the next segment may be there already */
	store(s, word);
	more = ++s->at < s->words;
	if (!more) {
		s->segment = NULL;
		fy_spi_done(&s->bus, 0);
	}
	fy_unlock(&s->lock, flags);
	return more;
}

static void do_words(void *arg)
{
	struct spi_gpio *s = arg;

	for (int i = 0; i < BATCH; i++)
		if (!do_word(s))
			return;
	fy_work_start(&s->work);
}

/* ---- Class spi ---- */

static int configure(struct fy_device *dev, const struct fy_spi_config *config)
{
	struct spi_gpio *s = fy_state(dev);
	fy_irqflags flags = fy_lock(&s->lock);

	s->config = *config;
	s->half_ns = ((uint32_t)FY_NS_PER_SEC / 2 + config->speed_hz - 1) / config->speed_hz;
	set_clock(s, true);
	fy_unlock(&s->lock, flags);
	return 0;
}

static int start(struct fy_device *dev, const struct fy_spi_segment *segment)
{
	struct spi_gpio *s = fy_state(dev);
	fy_irqflags flags = fy_lock(&s->lock);

	s->segment = segment;
	s->number++;
	s->words = segment->length / fy_spi_word_bytes(s->config.word_bits);
	s->at = 0;
	fy_unlock(&s->lock, flags);
	fy_work_start(&s->work);
	return 0;
}

static void cancel(struct fy_device *dev)
{
	struct spi_gpio *s = fy_state(dev);
	fy_irqflags flags = fy_lock(&s->lock);

	s->segment = NULL;
	set_clock(s, true);
	fy_unlock(&s->lock, flags);
}

static const struct fy_spi_ops ops = {
	.configure = configure,
	.start = start,
	.cancel = cancel,
};

/* ---- Coming and going ---- */

static int take_pin(struct spi_gpio *s, const char *function, enum fy_gpio_mode mode,
		    struct fy_gpio *pin, bool *has)
{
	int rc = fy_gpio_request(s->dev, function, mode, pin);

	*has = !rc;
	if (rc && rc != FY_ERR_NOT_FOUND && rc != FY_ERR_DEFER)
		fy_error(s->dev, "cannot have the pin of %s-gpios: error %d", function, rc);
	return rc;
}

static void release_pins(struct spi_gpio *s)
{
	fy_gpio_release(&s->miso);
	fy_gpio_release(&s->mosi);
	fy_gpio_release(&s->sck);
}

static int take_pins(struct spi_gpio *s)
{
	bool has_sck;
	int rc = take_pin(s, "sck", FY_GPIO_OUT_LOW, &s->sck, &has_sck);

	if (!rc)
		rc = take_pin(s, "mosi", FY_GPIO_OUT_LOW, &s->mosi, &s->has_mosi);
	if (!rc || (rc == FY_ERR_NOT_FOUND && has_sck))
		rc = take_pin(s, "miso", FY_GPIO_IN, &s->miso, &s->has_miso);
	if (rc == FY_ERR_NOT_FOUND && s->has_mosi)
		rc = 0;
	if (rc == FY_ERR_NOT_FOUND)
		fy_error(s->dev, "needs sck-gpios, and mosi-gpios or miso-gpios");
	if (rc)
		release_pins(s);
	return rc;
}

static int spi_gpio_probe(struct fy_device *dev)
{
	struct spi_gpio *s = fy_state(dev);
	int rc;

	s->dev = dev;
	fy_lock_init(&s->lock);
	rc = take_pins(s);
	if (rc)
		return rc;
	fy_work_init(&s->work, dev, do_words, s);
	rc = fy_spi_offer(dev, &s->bus, &ops, &limits);
	if (rc) {
		if (rc != FY_ERR_DEFER)
			fy_error(dev, "cannot offer the bus: error %d", rc);
		release_pins(s);
	}
	return rc;
}

static void spi_gpio_remove(struct fy_device *dev)
{
	struct spi_gpio *s = fy_state(dev);

	fy_spi_withdraw(&s->bus);
	fy_work_stop(&s->work);
	release_pins(s);
}

FY_DESCRIPTION("SPI controller on GPIO pins");
FY_COMPATIBLE("spi-gpio");
FY_DRIVER(spi_gpio) = {
	.name = "spi-gpio",
	.compatible = fy_compatible,
	.state_size = sizeof(struct spi_gpio),
	.probe = spi_gpio_probe,
	.remove = spi_gpio_remove,
};
