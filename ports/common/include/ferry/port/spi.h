/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/spi.h> where no kernel has the class: buses on a list of the port's, each with a queue of
 * transfers. See ports/common/spi-queue.h.
 */
#ifndef FERRY_PORT_SPI_H
#define FERRY_PORT_SPI_H

#include <ferry/gpio.h>
#include <ferry/time.h>

struct fy_spi_transfer;

struct fy_spi_bus {
	struct fy_spi_bus *next;
	struct fy_device *dev;
	const struct fy_spi_ops *ops;
	const struct fy_spi_limits *limits;
	struct fy_gpio select[FY_SPI_SELECTS_MAX]; /* pins of cs-gpios */
	unsigned pins;				   /* how many these are */
	struct fy_spi_transfer *queue;		   /* the first is under way, unless idle */
	struct fy_timer turn;
	uint8_t state; /* enum spi_queue_state */
	bool turning;  /* the timer's handler is running */
	bool selected;
	bool gone;
	unsigned segment; /* of the first transfer: which is under way, or next */
	int error;	  /* of the segment that is over */
	/* what the controller was last told; speed_hz 0: nothing that counts */
	struct fy_spi_config config;
};

int fy_port_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus, const struct fy_spi_ops *ops,
		      const struct fy_spi_limits *limits);
void fy_port_spi_withdraw(struct fy_spi_bus *bus);
void fy_port_spi_done(struct fy_spi_bus *bus, int error);

static inline int fy_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus,
			       const struct fy_spi_ops *ops, const struct fy_spi_limits *limits)
{
	return fy_port_spi_offer(dev, bus, ops, limits);
}

static inline void fy_spi_withdraw(struct fy_spi_bus *bus)
{
	fy_port_spi_withdraw(bus);
}

static inline void fy_spi_done(struct fy_spi_bus *bus, int error)
{
	fy_port_spi_done(bus, error);
}

#endif
