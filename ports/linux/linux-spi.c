// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class spi: a controller, which the kernel's drivers and /dev/spidevN.M use. The SPI
 * core does one transfer at a time, selects its target, and drives the pins of cs-gpios. For each
 * of a message's transfers, which are segments, it waits in a thread.
 */
#include <linux/device.h>
#include <linux/math64.h>
#include <linux/spi/spi.h>
#include <ferry/spi.h>

#include "kernel-compat.h"
#include "linux-error.h"

#define GRACE_MS 1000 /* that a segment may take beside the time of its bits, */
#define SLOWNESS 4    /* which may be longer than its speed says by this factor */

static const struct {
	unsigned fy, kernel;
} modes[] = {
	{ FY_SPI_CPHA, SPI_CPHA },	 { FY_SPI_CPOL, SPI_CPOL },
	{ FY_SPI_CS_HIGH, SPI_CS_HIGH }, { FY_SPI_LSB_FIRST, SPI_LSB_FIRST },
	{ FY_SPI_LOOPBACK, SPI_LOOP },
};

static u8 mode_from_linux(u32 mode)
{
	u8 bits = 0;

	for (int i = 0; i < ARRAY_SIZE(modes); i++)
		if (mode & modes[i].kernel)
			bits |= modes[i].fy;
	return bits;
}

static u32 modes_to_linux(u8 bits)
{
	u32 mode = 0;

	for (int i = 0; i < ARRAY_SIZE(modes); i++)
		if (bits & modes[i].fy)
			mode |= modes[i].kernel;
	return mode;
}

/* ---- A segment ---- */

static int configure(struct fy_spi_bus *bus, struct spi_device *spi, struct spi_transfer *transfer)
{
	const struct fy_spi_config config = {
		.select = FY_SPI_CHIP_SELECT(spi),
		.mode = mode_from_linux(spi->mode),
		.word_bits = transfer->bits_per_word,
		.speed_hz = transfer->speed_hz,
	};
	int error;

	if (fy_spi_same(&config, &bus->config))
		return 0;
	bus->config = config;
	error = bus->ops->configure(bus->dev, &config);
	if (error)
		bus->config.speed_hz = 0;
	return fy_error_to_errno(error);
}

/* The idle clock is right before the target is selected. */
static int prepare_message(struct spi_controller *controller, struct spi_message *message)
{
	struct fy_spi_bus *bus = spi_controller_get_devdata(controller);

	return configure(bus, message->spi,
			 list_first_entry(&message->transfers, struct spi_transfer, transfer_list));
}

static void set_cs(struct spi_device *spi, bool level)
{
	struct fy_spi_bus *bus = spi_controller_get_devdata(spi->controller);
	bool high = spi->mode & SPI_CS_HIGH;

	bus->ops->select(bus->dev, FY_SPI_CHIP_SELECT(spi), level == high, high);
}

static unsigned long limit_of(const struct spi_transfer *transfer)
{
	u64 bits = transfer->len / fy_spi_word_bytes(transfer->bits_per_word) *
		   transfer->bits_per_word;

	return msecs_to_jiffies(GRACE_MS +
				div_u64(SLOWNESS * MSEC_PER_SEC * bits, transfer->speed_hz));
}

static int transfer_one(struct spi_controller *controller, struct spi_device *spi,
			struct spi_transfer *transfer)
{
	struct fy_spi_bus *bus = spi_controller_get_devdata(controller);
	const struct fy_spi_segment segment = {
		.write = transfer->tx_buf,
		.read = transfer->rx_buf,
		.length = transfer->len,
	};
	int rc;

	if (!fy_spi_valid(&segment, 1, transfer->bits_per_word))
		return -EMSGSIZE;
	rc = configure(bus, spi, transfer);
	if (rc)
		return rc;
	reinit_completion(&bus->over);
	bus->error = 0;
	rc = bus->ops->start(bus->dev, &segment);
	if (!rc && !wait_for_completion_timeout(&bus->over, limit_of(transfer))) {
		bus->ops->cancel(bus->dev);
		rc = FY_ERR_TIMEOUT;
	}
	if (!rc)
		rc = bus->error;
	if (rc)
		bus->config.speed_hz = 0;
	return fy_error_to_errno(rc);
}

static size_t max_length(struct spi_device *spi)
{
	return FY_SPI_LENGTH_MAX;
}

/* ---- Coming and going ---- */

int fy_linux_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus, const struct fy_spi_ops *ops,
		       const struct fy_spi_limits *limits)
{
	struct spi_controller *controller;
	int rc;

	controller = dev->dev ? __spi_alloc_controller(dev->dev, 0, false) : NULL;
	if (!controller)
		return FY_ERR_NO_MEMORY;
	*bus = (struct fy_spi_bus){
		.controller = controller, .dev = dev, .ops = ops, .limits = limits
	};
	init_completion(&bus->over);
	spi_controller_set_devdata(controller, bus);
	controller->dev.of_node = dev->dev->of_node;
	controller->bus_num = -1;
	controller->num_chipselect = limits->selects ? limits->selects : 1;
	controller->use_gpio_descriptors = true;
	controller->mode_bits = modes_to_linux(limits->modes | FY_SPI_CS_HIGH) | SPI_NO_CS;
	controller->bits_per_word_mask = SPI_BPW_RANGE_MASK(limits->word_min, limits->word_max);
	controller->min_speed_hz = limits->speed_min_hz;
	controller->max_speed_hz = limits->speed_max_hz;
	controller->prepare_message = prepare_message;
	controller->transfer_one = transfer_one;
	controller->max_transfer_size = max_length;
	if (ops->select)
		controller->set_cs = set_cs;
	rc = spi_register_controller(controller);
	if (rc)
		spi_controller_put(controller);
	return fy_error_from_errno(rc);
}

void fy_linux_spi_withdraw(struct fy_spi_bus *bus)
{
	spi_unregister_controller(bus->controller); /* waits for who uses it, and frees it */
}
