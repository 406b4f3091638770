/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/spi.h>: a controller of the kernel's SPI core. What it does is in
 * ports/linux/linux-spi.c.
 */
#ifndef FERRY_PORT_SPI_H
#define FERRY_PORT_SPI_H

#include <linux/completion.h>

struct spi_controller;

struct fy_spi_bus {
	struct spi_controller *controller;
	struct fy_device *dev;
	const struct fy_spi_ops *ops;
	const struct fy_spi_limits *limits;
	struct fy_spi_config
		config; /* that the driver was last told; speed_hz 0: none that counts */
	struct completion over;
	int error;
};

int fy_linux_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus, const struct fy_spi_ops *ops,
		       const struct fy_spi_limits *limits);
void fy_linux_spi_withdraw(struct fy_spi_bus *bus);

static inline int fy_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus,
			       const struct fy_spi_ops *ops, const struct fy_spi_limits *limits)
{
	return fy_linux_spi_offer(dev, bus, ops, limits);
}

static inline void fy_spi_withdraw(struct fy_spi_bus *bus)
{
	fy_linux_spi_withdraw(bus);
}

static inline void fy_spi_done(struct fy_spi_bus *bus, int error)
{
	bus->error = error;
	complete(&bus->over);
}

#endif
