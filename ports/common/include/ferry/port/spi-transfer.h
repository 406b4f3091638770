/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* A transfer in the queue of an SPI bus: see ports/common/spi-queue.h. */
#ifndef FERRY_PORT_SPI_TRANSFER_H
#define FERRY_PORT_SPI_TRANSFER_H

#include <ferry/spi-segment.h>

struct fy_spi_bus;

/* Who has the transfer done owns it, with its segments and their data, and fills this. */
struct fy_spi_transfer {
	struct fy_spi_config config;
	const struct fy_spi_segment *segments;
	unsigned count;
	/*
	 * The transfer is over; the struct may be used for another one, from here too. Context: as
	 * an interrupt's handler, or that of who withdraws the bus.
	 */
	void (*ended)(void *arg, struct fy_spi_transfer *transfer);
	void *arg;
	/* Afterwards: how many segments are complete, */
	unsigned done;
	/*
	 * and why no more: 0, or as fy_spi_done() has it, FY_ERR_TIMEOUT, FY_ERR_UNSUPPORTED,
	 * FY_ERR_GONE
	 */
	int error;
	/* The queue's. */
	struct fy_spi_transfer *next;
	struct fy_spi_bus *bus;
	bool queued;
};

#endif
