/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The contract between drivers and ports: drivers, devices, and error numbers.
 *
 * A driver is one C file that includes <ferry/...> headers and nothing else. It needs no libc, no
 * kernel header, no heap and no floating point. Each port has a ferry/port/ directory of its own on
 * the include path, with a header for each one here: it defines the struct types that are declared
 * here (a driver embeds some of them, but never uses their fields) and the calls, as inline
 * functions.
 *
 * A call is marked with the context that it may be made from:
 *	any	a timer's or an interrupt's handler too; never waits
 *	thread	probe, remove, and the ops of a class that say so; may wait
 */
#ifndef FERRY_DRIVER_H
#define FERRY_DRIVER_H

/*
 * The contract's number. It goes up with each version of Ferry that adds to the contract; what was
 * there stays (docs/stable.md), so a driver that was written for a number builds with each higher
 * one. 1 is the contract of Ferry 0.1, which had no number.
 */
#define FERRY_CONTRACT 2
/*
 * FY_NEEDS_CONTRACT(NUMBER); at file scope: the driver uses what came with contract NUMBER, a
 * decimal number. An older Ferry's compiler stops here, and says both numbers.
 */
#define FY_NEEDS_CONTRACT(number)	   FY_NEEDS_CONTRACT_OF(number, FERRY_CONTRACT)
#define FY_NEEDS_CONTRACT_OF(number, have) FY_NEEDS_CONTRACT_SAY(number, have)
#define FY_NEEDS_CONTRACT_SAY(number, have) \
	_Static_assert((number) <= (have),  \
		       "this driver needs contract " #number "; this Ferry has contract " #have)

/* fixed-size integers, bool, size_t, NULL; struct fy_device */
#include <ferry/port/types.h>

/*
 * Errors are these negative numbers in every port; a port maps them to its own. A call that can
 * fail returns 0 or more on success.
 */
enum fy_error {
	FY_ERR_INVALID = -1,	 /* an argument, a property or data from outside is not valid */
	FY_ERR_AGAIN = -2,	 /* no room, or no data, at the moment: try again later */
	FY_ERR_BUSY = -3,	 /* it is in use by somebody else */
	FY_ERR_NOT_FOUND = -4,	 /* there is no such thing */
	FY_ERR_DEFER = -5,	 /* its provider is not there yet: probe again later */
	FY_ERR_NO_MEMORY = -6,	 /* out of memory or of slots */
	FY_ERR_IO = -7,		 /* the device failed */
	FY_ERR_TIMEOUT = -8,	 /* the device did not answer in time */
	FY_ERR_UNSUPPORTED = -9, /* this port or this device does not support that */
	FY_ERR_GONE = -10,	 /* the device has been removed */
};

/* The name of ERROR, for log lines: "FY_ERR_BUSY"; of any other number "no error". Context: any. */
static inline const char *fy_error_name(int error)
{
	switch (error) {
	case FY_ERR_INVALID:
		return "FY_ERR_INVALID";
	case FY_ERR_AGAIN:
		return "FY_ERR_AGAIN";
	case FY_ERR_BUSY:
		return "FY_ERR_BUSY";
	case FY_ERR_NOT_FOUND:
		return "FY_ERR_NOT_FOUND";
	case FY_ERR_DEFER:
		return "FY_ERR_DEFER";
	case FY_ERR_NO_MEMORY:
		return "FY_ERR_NO_MEMORY";
	case FY_ERR_IO:
		return "FY_ERR_IO";
	case FY_ERR_TIMEOUT:
		return "FY_ERR_TIMEOUT";
	case FY_ERR_UNSUPPORTED:
		return "FY_ERR_UNSUPPORTED";
	case FY_ERR_GONE:
		return "FY_ERR_GONE";
	default:
		return "no error";
	}
}

/*
 * A driver. Its state lives in a struct of state_size bytes that the port provides, zeroed, for
 * each device before probe.
 */
struct fy_parameter;

struct fy_driver {
	const char *name; /* of the driver and of its log lines */
	/* from FY_COMPATIBLE(); NULL: one device that no devicetree describes */
	const char *const *compatible;
	size_t state_size; /* bytes; 0: the driver has no state */
	/*
	 * Starts the device. Returns 0, or an error; before it returns an error it undoes
	 * everything, since remove is not called. With FY_ERR_DEFER it is called again. Context:
	 * thread.
	 */
	int (*probe)(struct fy_device *dev);
	/*
	 * Stops the device, without waiting for work to finish, and withdraws what probe offered.
	 * After it returns no handler of the driver may run. NULL: nothing to stop. Context:
	 * thread.
	 */
	void (*remove)(struct fy_device *dev);
	const struct fy_parameter *parameters; /* from FY_PARAMETERS() (<ferry/parameter.h>) */
	/*
	 * The machine goes to sleep, and the device may lose its power: stops it, so that no
	 * handler of the driver runs after it returns; what it must know later is in the state. The
	 * port calls none of the driver's ops until `resume`. Returns 0, or an error: the device
	 * goes on, and the machine does not sleep. Optional. Context: thread.
	 */
	int (*suspend)(struct fy_device *dev);
	/*
	 * The machine is awake again: sets the device up anew, as it was before `suspend`. Called
	 * after a `suspend` that returned 0 only. Returns 0, or an error, which the port logs: the
	 * device does not work then, and `remove` may follow. Optional. Context: thread.
	 */
	int (*resume)(struct fy_device *dev);
};

/*
 * FY_DRIVER(NAME) = { ... }; defines the driver fy_driver_NAME; NAME is the name of the file. The
 * build makes the table of the drivers that it includes. FY_DESCRIPTION is a text that a port may
 * show: one line, a string literal.
 *
 * FY_COMPATIBLE("vendor,device", ...) at file scope, once at the most, lists the devicetree
 * `compatible` strings that the driver serves (Devicetree Specification 0.4, section 2.3.1), 8 of
 * up to 127 characters at the most, and defines fy_compatible, to be put into the driver's struct.
 */
#define FY_DRIVER(name)	     FY_PORT_DRIVER(name)
#define FY_DESCRIPTION(text) FY_PORT_DESCRIPTION(text)
#define FY_COMPATIBLE(...)                                                \
	static const char *const fy_compatible[] = { __VA_ARGS__, NULL }; \
	FY_PORT_COMPATIBLE(__VA_ARGS__)

/*
 * A driver may have several devices. Each has a number and a name, and log lines tell which one
 * they are of (see below).
 *
 * fy_index(): the device's number among its driver's, from 0: in the order of the devicetree, of
 * the board's table, or in which they were made. fy_name(): its property `label`; else the name of
 * its devicetree node ("i2c@7e804000") or of its entry in the board's table; else what the port
 * calls it. Valid until remove returns. Context: any.
 *
 * What a class shows under the name that the driver offers (a stream: /dev/NAME) is shown
 *	under NAME, if the driver has this one device and it has no label,
 *	under its label, if it has one; what is no letter, figure, '.', '_' or '-' becomes '-',
 *	under NAME and the number, otherwise: beeper0, beeper1.
 * A name that is taken is FY_ERR_BUSY, and the port logs who wanted which.
 */
static inline unsigned fy_index(struct fy_device *dev);
static inline const char *fy_name(struct fy_device *dev);

/* The device's state: state_size bytes. Valid from probe until remove returns. Context: any. */
static inline void *fy_state(struct fy_device *dev);

/*
 * A setting of the device from the devicetree or the board's table, a whole number. Returns 0 and
 * sets *VALUE; FY_ERR_NOT_FOUND when there is no such property, and *VALUE stays as it was (so
 * preset the default); FY_ERR_INVALID when it is not one 32-bit cell. Context: thread.
 */
static inline int fy_property_u32(struct fy_device *dev, const char *name, uint32_t *value);

/*
 * Whether COMPATIBLE is among the device's `compatible` strings: for a driver that serves several
 * kinds of device. Context: thread.
 */
static inline bool fy_is_compatible(struct fy_device *dev, const char *compatible);

/*
 * N divided by D; `/` and `%` of 64-bit numbers work in every port, too. A division by zero is a
 * fault of the driver's: the bare port ends in its panic screen, a process of the user port ends
 * and names the driver, and Linux warns with the module's name, with the result 0; for numbers of
 * 32 bits there it is as the kernel has it. Context: any.
 */
static inline uint64_t fy_div_u64(uint64_t n, uint32_t d);

/*
 * Log lines: fy_error, fy_warn, fy_info, fy_debug (dev, format, ...). The format is a string
 * literal without a newline. Before it the port puts the driver's name and ": "; if the driver has
 * several devices or this one has a label, the driver's name, the device's number, a space, its
 * name and ": ", as in "beeper1 front-door: ready". Conversions: %s %c %d %i %u %x %p %%, with l,
 * ll, z, width, precision and flags. Context: any. Do not log from every tick of a timer.
 */
#define fy_error(dev, ...) FY_PORT_LOG(ERROR, dev, __VA_ARGS__)
#define fy_warn(dev, ...)  FY_PORT_LOG(WARN, dev, __VA_ARGS__)
#define fy_info(dev, ...)  FY_PORT_LOG(INFO, dev, __VA_ARGS__)
#define fy_debug(dev, ...) FY_PORT_LOG(DEBUG, dev, __VA_ARGS__)

#include <ferry/port/driver.h> /* how the port does the above */

#endif
