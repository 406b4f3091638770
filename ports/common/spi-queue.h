/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Where no kernel has the class spi: transfers of all users of a bus wait in its queue, and are
 * done one after the other, each with its chip select and the times between its segments. All calls
 * may be made in any context.
 */
#ifndef PORTS_COMMON_SPI_QUEUE_H
#define PORTS_COMMON_SPI_QUEUE_H

#include <ferry/port/spi-transfer.h>
#include <ferry/spi.h>

/*
 * Queues the transfer; it never ends from within this call. FY_ERR_INVALID: its segments are not
 * valid (<ferry/spi-segment.h>), or it has no speed; FY_ERR_NOT_FOUND: there is no such chip
 * select; FY_ERR_UNSUPPORTED: it is beyond the controller's limits; FY_ERR_GONE: the bus was
 * withdrawn; FY_ERR_BUSY: it is queued.
 */
int spi_queue_add(struct fy_spi_bus *bus, struct fy_spi_transfer *transfer);
/* Cancels it without calling ENDED. Harmless on one that is over, or all zero. */
void spi_queue_cancel(struct fy_spi_transfer *transfer);
/*
 * Queues a transfer, and waits for its end; `ended` and `arg` are this function's. Returns its
 * error, or that of spi_queue_add(). Context: thread.
 */
int spi_queue_wait(struct fy_spi_bus *bus, struct fy_spi_transfer *transfer);
/* Whether the bus can have transfers with such a target: 0, or an error of spi_queue_add(). */
int spi_queue_check(const struct fy_spi_bus *bus, const struct fy_spi_config *config);

/*
 * For the port's functions fy_port_spi_offer() and fy_port_spi_withdraw(), which keep its list.
 * Takes the pins of cs-gpios: returns 0, or an error of fy_gpio_request().
 */
int spi_queue_open(struct fy_spi_bus *bus, struct fy_device *dev, const struct fy_spi_ops *ops,
		   const struct fy_spi_limits *limits);
/* Every transfer ends with FY_ERR_GONE. */
void spi_queue_close(struct fy_spi_bus *bus);

#endif
