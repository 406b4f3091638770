/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * A device on an I2C bus (NXP UM10204), for its driver. The driver's file has
 *
 *	FY_I2C_TARGET;
 *
 * at file scope, beside FY_COMPATIBLE(), and a struct fy_i2c_target in its state, which probe gets.
 * The controller above may be a driver on the contract, one of the kernel's, the host's bus or a
 * model: a driver sees no difference.
 *
 *	rc = fy_i2c_target_get(dev, &c->target);
 *	if (rc)
 *		return rc;
 *	value = fy_i2c_read16be(&c->target, TEMPERATURE);
 *	if (value < 0)
 *		return value;
 *
 * There are two forms of a transfer: calls that wait, for probe and other code in a thread; and
 * requests, which call the driver back, for code that may not wait. A target's ALERT or INT line is
 * its interrupt 0: see <ferry/interrupt.h>, fy_irq_attach(). It is an edge, in the devicetree too:
 * a level would interrupt for good, since it takes a transfer to make it go.
 *
 * A transfer ends with 0 or with one of these errors:
 *	FY_ERR_NOT_FOUND	no acknowledge of the address: nobody is there, or it is busy
 *				(or it refused a byte: some controllers do not distinguish)
 *	FY_ERR_IO		the device refused a byte, the PEC is wrong, or the bus failed
 *	FY_ERR_TIMEOUT		the transfer took too long, or the clock was held
 *	FY_ERR_UNSUPPORTED	the controller cannot do such a transfer
 *	FY_ERR_GONE		the bus has been removed
 * After an error the bus is free again; a part of the transfer may have been done.
 */
#ifndef FERRY_I2C_TARGET_H
#define FERRY_I2C_TARGET_H

#include <ferry/driver.h>
#include <ferry/i2c-message.h>

/* Says that the driver's devices are targets on I2C buses. */
#define FY_I2C_TARGET FY_PORT_I2C_TARGET

#define FY_I2C_TIMEOUT_MS 1000 /* of a transfer, unless fy_i2c_set_timeout() changes it */
#define FY_I2C_BLOCK_MAX  32   /* bytes of fy_i2c_write_block() */

struct fy_i2c_target;  /* by the port; part of the driver's state */
struct fy_i2c_request; /* likewise */

/* ---- Getting the target; context: thread, from probe ---- */

/*
 * Gets the device's target: its bus, and its address (the node's `reg`). There is nothing to give
 * back. Returns 0; FY_ERR_DEFER: the bus is not there yet; FY_ERR_NOT_FOUND: the device is on no
 * bus; FY_ERR_INVALID: its address is not valid.
 */
static inline int fy_i2c_target_get(struct fy_device *dev, struct fy_i2c_target *target);
/*
 * For a device that answers to several addresses: gets another one, ADDRESS, on the device's bus.
 * As above, or FY_ERR_BUSY: another device has that address; FY_ERR_NO_MEMORY.
 */
static inline int fy_i2c_target_get_at(struct fy_device *dev, uint8_t address,
				       struct fy_i2c_target *target);
/* The address, for log lines and for neighbours of it. Context: any. */
static inline uint8_t fy_i2c_address(const struct fy_i2c_target *target);
/*
 * How long a transfer may take once the bus has begun it, in milliseconds, 1 to 60,000. (Transfers
 * before it have times of their own.) On Linux the kernel's controllers have their own limit, which
 * counts instead.
 */
static inline void fy_i2c_set_timeout(struct fy_i2c_target *target, uint32_t ms);
/*
 * Whether the calls for registers of 8 and 16 bits send and check a packet error code (SMBus 3.2,
 * section 6.4). Off at first.
 */
static inline void fy_i2c_set_pec(struct fy_i2c_target *target, bool on);

/*
 * ---- Transfers that wait; context: thread ----
 *
 * Buffers are the caller's, and need not outlive the call. Lengths go up to FY_I2C_LENGTH_MAX.
 */

/* Writes LENGTH bytes of DATA; 0: the address alone, to see whether the device acknowledges it. */
static inline int fy_i2c_write(struct fy_i2c_target *target, const void *data, size_t length);
/* Reads LENGTH bytes, at least 1, into DATA. */
static inline int fy_i2c_read(struct fy_i2c_target *target, void *data, size_t length);
/* Writes, then reads after a repeated START: as most devices want a register read. */
static inline int fy_i2c_write_read(struct fy_i2c_target *target, const void *out,
				    size_t out_length, void *in, size_t in_length);
/*
 * Any COUNT messages, 1 to FY_I2C_MESSAGES_MAX, with a repeated START between two of them. The port
 * fills in their addresses.
 */
static inline int fy_i2c_transact(struct fy_i2c_target *target, struct fy_i2c_message *messages,
				  unsigned count);

/*
 * Registers with a number of one byte: SMBus' read byte, read word, write byte, write word. Those
 * that read return the value, 0 to 0xff or 0xffff, or an error. "be": the high byte comes first,
 * as in most sensors; "le": the low byte, as SMBus has it.
 */
static inline int fy_i2c_read8(struct fy_i2c_target *target, uint8_t reg);
static inline int fy_i2c_read16be(struct fy_i2c_target *target, uint8_t reg);
static inline int fy_i2c_read16le(struct fy_i2c_target *target, uint8_t reg);
static inline int fy_i2c_write8(struct fy_i2c_target *target, uint8_t reg, uint8_t value);
static inline int fy_i2c_write16be(struct fy_i2c_target *target, uint8_t reg, uint16_t value);
static inline int fy_i2c_write16le(struct fy_i2c_target *target, uint8_t reg, uint16_t value);
/* LENGTH bytes from register REG on, of a device that goes on to the next register by itself. */
static inline int fy_i2c_read_block(struct fy_i2c_target *target, uint8_t reg, void *data,
				    size_t length);
/* Likewise, up to FY_I2C_BLOCK_MAX bytes; more: FY_ERR_INVALID. */
static inline int fy_i2c_write_block(struct fy_i2c_target *target, uint8_t reg, const void *data,
				     size_t length);

/* ---- Requests ---- */

/*
 * The request is over; ERROR as above. The request may be submitted again, from here too.
 * Context: as an interrupt's handler; may not wait.
 */
typedef void fy_i2c_handler(void *arg, int error);

/*
 * Initialises a request: a transfer of COUNT MESSAGES, 1 to FY_I2C_MESSAGES_MAX, on TARGET, whose
 * end is told to HANDLER(ARG, error). The driver owns request, messages and their data, in its
 * state, and may change messages and data while the request is not on its way. The port fills in
 * the addresses. Context: thread, from probe.
 */
static inline void fy_i2c_request_init(struct fy_i2c_request *request, struct fy_i2c_target *target,
				       struct fy_i2c_message *messages, unsigned count,
				       fy_i2c_handler *handler, void *arg);
/*
 * Submits the request. Those of one target are done in the order in which they were submitted.
 * Returns 0: the handler will be called, once, but not from within this call. Or, and then it is
 * not called, FY_ERR_BUSY: the request is on its way already; FY_ERR_INVALID: its messages are not
 * valid; FY_ERR_GONE: the bus has been removed, or fy_i2c_cancel() of this request is running.
 * Context: any.
 */
static inline int fy_i2c_submit(struct fy_i2c_request *request);
/*
 * Takes the request back, and waits for its handler if that is running: afterwards the port does
 * not use it any more. A driver's remove does this with every request. Harmless on one that is
 * over, or all zero. Not from the handler itself, nor with a lock that the handler takes.
 * Context: thread.
 */
static inline void fy_i2c_cancel(struct fy_i2c_request *request);

#include <ferry/port/i2c-target.h>

#endif
