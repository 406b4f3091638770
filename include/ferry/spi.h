/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class spi: the controller of an SPI bus, offered by a driver. Users of the bus (the kernel's
 * drivers and spidev on Linux, drivers of targets, an app) submit transfers to the port, and the
 * port runs them one after the other: it selects the target, has the controller do one segment
 * after the other, and keeps the times between them. So a driver knows no queue, no transfer and no
 * delay. A driver of a device on such a bus includes <ferry/spi-target.h>.
 *
 * Chip selects are pins of other controllers, which the device's property cs-gpios lists, or the
 * controller's own. In the former case the port drives the pins (active as their flags say), and
 * the number of a target's chip select is its place in the list; in the latter it calls the op
 * `select`.
 */
#ifndef FERRY_SPI_H
#define FERRY_SPI_H

#include <ferry/driver.h>
#include <ferry/spi-segment.h>

struct fy_spi_bus; /* by the port; part of the driver's state */

/* What a controller supports. The port refuses what is beyond it: the driver never sees that. */
struct fy_spi_limits {
	uint32_t speed_min_hz, speed_max_hz; /* of the clock, that can be set */
	uint8_t modes;			     /* bits of enum fy_spi_mode that may be set */
	uint8_t word_min, word_max;	     /* bits of a word */
	uint8_t selects;		     /* chip selects of its own: those of the op `select` */
};

/*
 * All ops but `cancel` are called while no segment is under way, and none of them from within
 * fy_spi_done(). Context of all: any.
 */
struct fy_spi_ops {
	/*
	 * Prepares the controller for the segments that follow, with words and mode of CONFIG and
	 * a clock of at most its speed; the idle clock gets the level that CONFIG has. Called
	 * before a target is selected, and before a segment whose words or speed differ, unless
	 * CONFIG is what it was the last time, and no segment has failed or been cancelled since.
	 * Returns 0, or FY_ERR_UNSUPPORTED: these settings are not possible together.
	 */
	int (*configure)(struct fy_device *dev, const struct fy_spi_config *config);
	/*
	 * Makes the controller's own chip select NUMBER active or inactive; HIGH: it is active when
	 * high. Once at the most it is made inactive before it was active. NULL: the controller has
	 * none that software can drive.
	 */
	void (*select)(struct fy_device *dev, unsigned number, bool active, bool high);
	/*
	 * Begins SEGMENT, whose length is not 0: the driver will call fy_spi_done(), perhaps before
	 * this returns; until then it owns segment and data. It need not watch the time: the port
	 * calls `cancel` when the segment takes far longer than its bits. Or an error, and nothing
	 * has begun.
	 */
	int (*start)(struct fy_device *dev, const struct fy_spi_segment *segment);
	/*
	 * Aborts the segment that is under way, if there is one: after it returns the driver does
	 * not call fy_spi_done() for it, nor use its data.
	 */
	void (*cancel)(struct fy_device *dev);
};

/*
 * Offers the bus. LIMITS stay where they are. Returns 0; FY_ERR_DEFER: the controller of a pin of
 * cs-gpios is not there yet; another error of fy_gpio_request() for such a pin; FY_ERR_NO_MEMORY.
 * Context: thread, from probe.
 */
static inline int fy_spi_offer(struct fy_device *dev, struct fy_spi_bus *bus,
			       const struct fy_spi_ops *ops, const struct fy_spi_limits *limits);
/*
 * Withdraws the bus: waiting users get FY_ERR_GONE, and after it returns no op runs or is called.
 * Context: thread.
 */
static inline void fy_spi_withdraw(struct fy_spi_bus *bus);
/*
 * The segment is over. ERROR is 0: all words have been sent, and those received are in place;
 * FY_ERR_IO: the controller failed, or words were lost.
 * Context: any; the driver may hold a lock of its own.
 */
static inline void fy_spi_done(struct fy_spi_bus *bus, int error);

#include <ferry/port/spi.h>

#endif
