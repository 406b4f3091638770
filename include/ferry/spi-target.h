/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A device on an SPI bus, for its driver. The driver's file has
 *
 *	FY_SPI_TARGET;
 *
 * at file scope, beside FY_COMPATIBLE(), and a struct fy_spi_target in its state, which probe gets.
 * The controller above may be a driver on the contract, one of the kernel's, the host's bus or a
 * model: a driver sees no difference.
 *
 *	rc = fy_spi_target_get(dev, &f->target, FY_SPI_MODE_0, 8, 20000000);
 *	if (rc)
 *		return rc;
 *	rc = fy_spi_write_read(&f->target, &command, 1, id, sizeof(id));
 *
 * There are two forms of a transfer: calls that wait, for probe and other code in a thread; and
 * requests, which call the driver back, for code that may not wait. The target's chip select is
 * active from the beginning to the end of each, and no other transfer comes in between. A target's
 * interrupt line is its interrupt 0: see <ferry/interrupt.h>.
 *
 * A transfer ends with 0 or with one of these errors. A target cannot answer that it is not there:
 * what is read then is all ones or all zeros.
 *	FY_ERR_INVALID		its segments are not valid (<ferry/spi-segment.h>)
 *	FY_ERR_UNSUPPORTED	it is beyond what the controller supports
 *	FY_ERR_IO		the controller failed
 *	FY_ERR_TIMEOUT		it took far longer than its bits
 *	FY_ERR_GONE		the bus has been removed
 */
#ifndef FERRY_SPI_TARGET_H
#define FERRY_SPI_TARGET_H

#include <ferry/driver.h>
#include <ferry/spi-segment.h>

/* Says that the driver's devices are targets on SPI buses. */
#define FY_SPI_TARGET FY_PORT_SPI_TARGET

/* By the port; parts of the driver's state. */
struct fy_spi_target;
struct fy_spi_request;

/*
 * Gets the device's target: its bus, and its chip select (the node's `reg`), with the MODE (enum
 * fy_spi_mode) and words of WORD_BITS that its datasheet has, and its fastest clock, SPEED_HZ. The
 * node's spi-max-frequency makes it slower. There is nothing to give back. Returns 0; FY_ERR_DEFER:
 * the bus is not there yet; FY_ERR_NOT_FOUND: the device is on no bus, or that has no such chip
 * select; FY_ERR_UNSUPPORTED: its controller does not support MODE; FY_ERR_INVALID. Context:
 * thread, from probe.
 */
static inline int fy_spi_target_get(struct fy_device *dev, struct fy_spi_target *target,
				    unsigned mode, unsigned word_bits, uint32_t speed_hz);

/*
 * ---- Transfers that wait; context: thread ----
 *
 * Lengths are bytes, whole words, up to FY_SPI_LENGTH_MAX. The data of the first four may lie
 * anywhere; those of fy_spi_transact() in the driver's state or in memory of <ferry/dma.h>, since a
 * controller may fetch them by itself, and not on the stack.
 */

/* Writes LENGTH bytes of DATA; what is received is dropped. */
static inline int fy_spi_write(struct fy_spi_target *target, const void *data, size_t length);
/* Reads LENGTH bytes into DATA, while zeros are sent. */
static inline int fy_spi_read(struct fy_spi_target *target, void *data, size_t length);
/* Writes, then reads: as most devices want a command and what it answers. */
static inline int fy_spi_write_read(struct fy_spi_target *target, const void *out,
				    size_t out_length, void *in, size_t in_length);
/* Writes and reads LENGTH bytes at once. OUT and IN may be the same. */
static inline int fy_spi_exchange(struct fy_spi_target *target, const void *out, void *in,
				  size_t length);
/* Any COUNT segments, 1 to FY_SPI_SEGMENTS_MAX. */
static inline int fy_spi_transact(struct fy_spi_target *target,
				  const struct fy_spi_segment *segments, unsigned count);

/* ---- Requests ---- */

/*
 * The request is over; ERROR as above. The request may be submitted again, from here too.
 * Context: as an interrupt's handler; may not wait.
 */
typedef void fy_spi_handler(void *arg, int error);

/*
 * Initialises a request: a transfer of COUNT SEGMENTS, 1 to FY_SPI_SEGMENTS_MAX, with TARGET, whose
 * end is told to HANDLER(ARG, error). The driver owns request, segments and their data, in its
 * state, and may change segments and data while the request is not on its way. Context: thread,
 * from probe.
 */
static inline void fy_spi_request_init(struct fy_spi_request *request, struct fy_spi_target *target,
				       const struct fy_spi_segment *segments, unsigned count,
				       fy_spi_handler *handler, void *arg);
/*
 * Submits the request. Those of one target are done in the order in which they were submitted.
 * Returns 0: the handler will be called, once, but not from within this call. Or, and then it is
 * not called, FY_ERR_BUSY: the request is on its way already; FY_ERR_INVALID, FY_ERR_UNSUPPORTED:
 * as above; FY_ERR_GONE: the bus has been removed, or fy_spi_cancel() of this request is running.
 * Context: any.
 */
static inline int fy_spi_submit(struct fy_spi_request *request);
/*
 * Takes the request back, and waits for its handler if that is running: afterwards the port does
 * not use it any more. A driver's remove does this with every request. Harmless on one that is
 * over, or all zero. Not from the handler itself, nor with a lock that the handler takes.
 * Context: thread.
 */
static inline void fy_spi_cancel(struct fy_spi_request *request);

#include <ferry/port/spi-target.h>

#endif
