/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * ferry-sim: drivers in a test, against models of their devices, in virtual time. (This header and
 * the library are GPL-2.0-only; the contract and Ferry's drivers may be used under the MIT licence
 * too.)
 *
 *	extern const struct fy_driver fy_driver_pl061;
 *	// cc $(pkg-config --cflags ferry-sim) -c pl061.c
 *
 *	struct ferry_sim *sim = ferry_sim_new();
 *	struct ferry_sim_device *gpio = ferry_sim_add(sim, &fy_driver_pl061, "gpio", "pl061");
 *	assert(ferry_sim_probe(sim) == 0);
 *	ferry_sim_run_for(sim, 10 * FERRY_SIM_SECOND);
 *	assert(ferry_sim_level(gpio, 3) == 1);
 *	ferry_sim_free(sim);
 *
 * Time passes only in ferry_sim_run...(), and while a driver delays; it starts at 0 and is counted
 * in nanoseconds. The same calls give the same results each time. The library has no threads and no
 * global variables: a program may have many worlds, each used by one thread.
 *
 * Functions that return int return 0 or an error of the contract (enum fy_error of
 * <ferry/driver.h>), unless documented otherwise. Pointers are valid until ferry_sim_free(). When
 * memory runs out, the library ends the program, as a test would.
 */
#ifndef FERRY_SIM_H
#define FERRY_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define FERRY_SIM_US	 UINT64_C(1000)
#define FERRY_SIM_MS	 UINT64_C(1000000)
#define FERRY_SIM_SECOND UINT64_C(1000000000)

struct fy_driver;
struct fy_gpio_fast_set;
struct ferry_sim; /* a world: a clock, devices, and their connections */
struct ferry_sim_device;

/* ---- The world ---- */

struct ferry_sim *ferry_sim_new(void);
/* Removes the devices, the last probed first, and frees all. NULL is fine. */
void ferry_sim_free(struct ferry_sim *sim);

/*
 * Adds a device for DRIVER. MODEL names the model of its registers ("pl061"), or the `compatible`
 * string of the device ("arm,pl061"); NULL: it has no registers, as for blink. Returns NULL if
 * there is no such model, or NAME is in use.
 */
struct ferry_sim_device *ferry_sim_add(struct ferry_sim *sim, const struct fy_driver *driver,
				       const char *name, const char *model);
/* The names of the models, ended by NULL. */
const char *const *ferry_sim_models(void);

/*
 * Adds a GPIO controller without registers, of 1 to 64 pins, for drivers that use pins. It has a
 * driver of its own; its pins are those of a model, so ferry_sim_level(), ferry_sim_drive(),
 * ferry_sim_record() and so on work with them. All are inputs at first; a pin that nobody drives or
 * pulls is low. They support all triggers, unless ferry_sim_set_option() sets "edges-only". With
 * "sleeps", set before it is probed, the controller sleeps (FY_GPIO_MAY_SLEEP): each access takes
 * 100 us, and fails while "bus-fails" is set. NULL: NAME is in use, or COUNT is not supported.
 */
struct ferry_sim_device *ferry_sim_add_pins(struct ferry_sim *sim, const char *name,
					    unsigned count);
/* A property of the device, before it is probed. */
void ferry_sim_set_property(struct ferry_sim_device *dev, const char *name, uint32_t value);
/*
 * The same with any value: BYTES as a devicetree has them, cells big-endian, texts with their zero
 * byte; LEN 0: a flag. ferry_sim_set_text() sets one text. A name CHILD/NAME is the property of a
 * child of the device's node. A text may be the name of another device: drivers find it as a
 * reference. The property `label` names the device, as <ferry/driver.h> says.
 */
void ferry_sim_set_bytes(struct ferry_sim_device *dev, const char *name, const void *bytes,
			 size_t len);
void ferry_sim_set_text(struct ferry_sim_device *dev, const char *name, const char *text);
/*
 * Gives the device a clock (VALUE is its rate in Hz), a reset line, a supply (microvolts), or a
 * state of its pins: <ferry/clock.h>, <ferry/reset.h>, <ferry/regulator.h>, <ferry/pin-state.h>. A
 * driver that goes and leaves a clock or a supply enabled is a violation.
 */
enum ferry_sim_resource {
	FERRY_SIM_CLOCK = 1,
	FERRY_SIM_RESET,
	FERRY_SIM_REGULATOR,
	FERRY_SIM_PIN_STATE,
};
void ferry_sim_add_resource(struct ferry_sim_device *dev, enum ferry_sim_resource kind,
			    const char *name, uint32_t value);
/*
 * 1: the driver has enabled it, asserted it, or set it; 0: not so; FY_ERR_NOT_FOUND. *VALUE (may be
 * NULL): its rate or voltage.
 */
int ferry_sim_resource(const struct ferry_sim_device *dev, enum ferry_sim_resource kind,
		       const char *name, uint32_t *value);
/*
 * Adds a window of registers (<ferry/window.h>): SIZE bytes at OFFSET of the device's model. NAME
 * may be NULL. Without any, the device has one window, with all registers.
 */
void ferry_sim_add_window(struct ferry_sim_device *dev, const char *name, uint32_t offset,
			  uint32_t size);
/*
 * Its property FUNCTION-gpios: pin PIN of the controller that the device CONTROLLER offers; another
 * call for the same FUNCTION adds the next pin.
 */
void ferry_sim_set_pin(struct ferry_sim_device *dev, const char *function, const char *controller,
		       unsigned pin, bool active_low);
/*
 * Puts the device on the bus that the device BUS offers, before it is probed: at ADDRESS of I2C, or
 * with that chip select of SPI; and its model, if it has one, with it. FY_ERR_INVALID: there is no
 * such address. See <ferry-sim/i2c.h>, <ferry-sim/spi.h>.
 */
int ferry_sim_set_bus(struct ferry_sim_device *dev, const char *bus, uint8_t address);
/*
 * Switches an option of the device's model, such as "keeps-levels"; docs/user.md lists them.
 * FY_ERR_NOT_FOUND: the model has no such option.
 */
int ferry_sim_set_option(struct ferry_sim_device *dev, const char *option, bool on);

/*
 * Sets the number of the device's interrupts, before it is probed. Default: one for each interrupt
 * line of its model.
 */
void ferry_sim_set_irqs(struct ferry_sim_device *dev, unsigned count);

/*
 * Probes all devices that do not run; a deferred one is tried again as long as another has started.
 * Returns 0: all run; otherwise the error of the first one that does not.
 */
int ferry_sim_probe(struct ferry_sim *sim);
bool ferry_sim_is_running(const struct ferry_sim_device *dev);
/* The driver's state of the device, for a test that knows the driver's struct. */
void *ferry_sim_state(const struct ferry_sim_device *dev);
/*
 * Suspends all devices that run, the last probed first, and resumes them, as a machine that sleeps.
 * When one refuses, those that were suspended are resumed, and ferry_sim_suspend() returns its
 * error. A driver's timer that still runs is a violation. ferry_sim_resume() returns the first
 * error.
 */
int ferry_sim_suspend(struct ferry_sim *sim);
int ferry_sim_resume(struct ferry_sim *sim);
/*
 * Sets the parameter NAME of the device's driver (<ferry/parameter.h>), before it is probed.
 * FY_ERR_NOT_FOUND: the driver has none of that name; FY_ERR_INVALID: VALUE is not in its range.
 */
int ferry_sim_set_parameter(struct ferry_sim_device *dev, const char *name, uint32_t value);
/* Removes a device that runs. It may be probed again. */
void ferry_sim_remove(struct ferry_sim_device *dev);

/* ---- Time ---- */

uint64_t ferry_sim_now(const struct ferry_sim *sim);
void ferry_sim_run_for(struct ferry_sim *sim, uint64_t ns);
void ferry_sim_run_until(struct ferry_sim *sim, uint64_t time);
/*
 * Runs until DONE(ARG), which is called after each event, is true, or LIMIT ns are over.
 * Returns whether it was.
 */
bool ferry_sim_run_to(struct ferry_sim *sim, uint64_t limit, bool (*done)(void *arg), void *arg);
/* Runs until a pin is at LEVEL, or LIMIT ns are over. Returns whether it is. */
bool ferry_sim_run_to_level(struct ferry_sim_device *dev, unsigned pin, int level, uint64_t limit);
/*
 * Runs until no driver's timer is running, or LIMIT ns are over. Returns whether none is running;
 * the time is then that at which the last one stopped.
 */
bool ferry_sim_run_to_idle(struct ferry_sim *sim, uint64_t limit);

#define FERRY_SIM_NEVER UINT64_MAX

/*
 * When the first of the driver's running timers is due, as the driver set it, without the delay of
 * ferry_sim_delay_timers(). FERRY_SIM_NEVER: none is running.
 */
uint64_t ferry_sim_timer_due(const struct ferry_sim_device *dev);

/* ---- Pins of models ---- */

#define FERRY_SIM_OPEN (-1)

/*
 * The level at a pin of the device's model, 0 or 1, whether the device or something outside drives
 * it. Negative: there is no such pin.
 */
int ferry_sim_level(const struct ferry_sim_device *dev, unsigned pin);
/* Drives a pin from outside to LEVEL, or releases it (FERRY_SIM_OPEN). */
int ferry_sim_drive(struct ferry_sim_device *dev, unsigned pin, int level);
/* A wire: from now on the pin TO_PIN of TO is driven to the level at FROM_PIN of FROM. */
int ferry_sim_wire(struct ferry_sim_device *from, unsigned from_pin, struct ferry_sim_device *to,
		   unsigned to_pin);
/* Calls CHANGED at each change of level at a pin. */
int ferry_sim_watch(struct ferry_sim_device *dev, unsigned pin,
		    void (*changed)(void *arg, unsigned pin, int level, uint64_t time), void *arg);

struct ferry_sim_edge {
	uint64_t time;
	int level; /* after it */
};
/* Records the edges at a pin from now on, and drops those recorded so far. */
int ferry_sim_record(struct ferry_sim_device *dev, unsigned pin);
/* The recorded edges. Valid until time passes. Returns how many. */
size_t ferry_sim_edges(const struct ferry_sim_device *dev, unsigned pin,
		       const struct ferry_sim_edge **edges);

/* ---- Class gpio: the test as the user of a pin ---- */

/*
 * A pin of a controller that a device offers, in use by the test. ferry_sim_free() releases it if
 * ferry_sim_gpio_release() has not.
 */
struct ferry_sim_gpio;
/*
 * Takes pin NUMBER of the controller, unchanged. NULL: *ERROR (may be NULL) has the error. Levels
 * are physical.
 */
struct ferry_sim_gpio *ferry_sim_gpio_take(struct ferry_sim_device *dev, unsigned number,
					   int *error);
void ferry_sim_gpio_release(struct ferry_sim_gpio *pin);
int ferry_sim_gpio_input(struct ferry_sim_gpio *pin);
int ferry_sim_gpio_output(struct ferry_sim_gpio *pin, int level);
int ferry_sim_gpio_bias(struct ferry_sim_gpio *pin, int bias); /* enum fy_gpio_bias */
/* 1: an output; 0: an input; otherwise the driver's error for a pin that is neither. */
int ferry_sim_gpio_is_output(struct ferry_sim_gpio *pin);
void ferry_sim_gpio_set(struct ferry_sim_gpio *pin, int level);
int ferry_sim_gpio_get(struct ferry_sim_gpio *pin);
/* As fy_gpio_watch(). TRIGGER 0 ends the watch. */
int ferry_sim_gpio_watch(struct ferry_sim_gpio *pin, unsigned trigger, void (*handler)(void *arg),
			 void *arg);
/*
 * Call the driver's ops set_trigger and fast_set directly, as ports do; levels are physical. The
 * handler of a watch stays, so a watch can change its trigger. FY_ERR_UNSUPPORTED: there is no such
 * op.
 */
int ferry_sim_gpio_set_trigger(struct ferry_sim_gpio *pin, unsigned trigger);
int ferry_sim_gpio_fast_set(struct ferry_sim_gpio *pin, struct fy_gpio_fast_set *fast);

/* ---- Class stream: the test as a writer ---- */

struct ferry_sim_writer;
/* NULL: there is no stream of that name */
struct ferry_sim_writer *ferry_sim_open(struct ferry_sim *sim, const char *stream);
/* As the op `write`: it may take less than LEN bytes, and does not wait. */
long ferry_sim_write(struct ferry_sim_writer *writer, const char *data, size_t len);
/*
 * Writes all of TEXT, while time passes; at most LIMIT ns. FY_ERR_TIMEOUT, or the driver's error.
 */
int ferry_sim_put(struct ferry_sim_writer *writer, const char *text, uint64_t limit);
/*
 * Reads up to LEN bytes that have come in from the stream since it was opened. Returns how many;
 * FY_ERR_AGAIN: none are there; FY_ERR_IO: after those that were read last, some were lost;
 * FY_ERR_UNSUPPORTED: the stream is only written.
 */
long ferry_sim_read(struct ferry_sim_writer *writer, char *data, size_t len);
bool ferry_sim_drained(struct ferry_sim_writer *writer);
/* Runs until all that was written has taken effect, at most LIMIT ns. FY_ERR_TIMEOUT. */
int ferry_sim_drain(struct ferry_sim_writer *writer, uint64_t limit);
/* How often the driver has called fy_stream_ready(). */
unsigned long ferry_sim_ready_calls(const struct ferry_sim_writer *writer);
void ferry_sim_cancel(struct ferry_sim_writer *writer);
void ferry_sim_close(struct ferry_sim_writer *writer);

/* ---- Class rng ---- */

/* The op `read` of the rng that the device offers. FY_ERR_NOT_FOUND: it offers none. */
long ferry_sim_random(struct ferry_sim_device *dev, void *data, size_t len);

/* ---- Class i2c ---- */

struct ferry_sim_message {
	uint8_t address; /* 7 bits */
	bool read;
	uint16_t length;
	void *data;
};
/*
 * Does a transfer of COUNT messages on the bus that the device offers (<ferry/i2c.h>), while time
 * passes. Returns 0; the driver's error; FY_ERR_NOT_FOUND also when the device offers no bus;
 * FY_ERR_INVALID. *DONE (may be NULL): how many messages are complete.
 */
int ferry_sim_transfer(struct ferry_sim_device *dev, const struct ferry_sim_message *messages,
		       unsigned count, unsigned *done);

/* ---- What was said ---- */

struct ferry_sim_log {
	uint64_t time;
	/* 'e', 'w', 'i', 'd': the driver's levels; 'm': a violation, logged by a model */
	char level;
	const char *device; /* its name; "": no device */
	const char *text;
};
size_t ferry_sim_log_count(const struct ferry_sim *sim);
/* Line INDEX, from 0; NULL: there are fewer lines. Valid until the next line is logged. */
const struct ferry_sim_log *ferry_sim_log_line(const struct ferry_sim *sim, size_t index);
/* The text of the last line, or "". */
const char *ferry_sim_last_log(const struct ferry_sim *sim);
/*
 * The number of violations: accesses or calls of drivers that the manual or the contract forbids. A
 * test asserts at its end that it is 0.
 */
unsigned long ferry_sim_violations(const struct ferry_sim *sim);

/* ---- Interrupts ---- */

/* Whether the driver has attached a handler to the device's interrupt INDEX. */
bool ferry_sim_irq_attached(const struct ferry_sim_device *dev, unsigned index);
/*
 * How often handlers of the device's interrupts were called; how often an interrupt line of its
 * model was raised, handled or not.
 */
unsigned long ferry_sim_irq_calls(const struct ferry_sim_device *dev);
unsigned long ferry_sim_irq_rises(const struct ferry_sim_device *dev);
/* Calls the handler of interrupt INDEX, if there is one, although the device has not raised it. */
void ferry_sim_spurious_irq(struct ferry_sim_device *dev, unsigned index);
/* Delays interrupts of the device by NS. */
void ferry_sim_delay_irq(struct ferry_sim_device *dev, uint64_t ns);

/* ---- Memory for devices ---- */

/*
 * The SIZE bytes at the bus address BUS. NULL: not all of them are memory that a driver has
 * allocated (<ferry/dma.h>).
 */
void *ferry_sim_dma(struct ferry_sim *sim, uint32_t bus, size_t size);
/* Limits such memory to BYTES for all drivers together; default about 1 GiB. */
void ferry_sim_limit_dma(struct ferry_sim *sim, size_t bytes);

/* ---- A model of the test's own ---- */

/*
 * A model of a device that the library does not have. Write it from the device's manual, not from
 * the driver. The functions get the ARG of ferry_sim_add_model().
 */
struct ferry_sim_model {
	/* `compatible` string in devicetrees; NULL: the driver's first one */
	const char *compatible;
	uint32_t size;	     /* bytes of registers */
	unsigned widths;     /* of accesses that it supports, in bytes, or-ed: 4, 2, 1 */
	unsigned pins, irqs; /* at most 64, 4 */
	uint32_t (*read)(void *arg, uint32_t offset, unsigned bytes);
	void (*write)(void *arg, uint32_t offset, unsigned bytes, uint32_t value);
	/* Something outside drives PIN to LEVEL, or releases it (FERRY_SIM_OPEN); NULL: no pins. */
	void (*drive)(void *arg, unsigned pin, int level);
};
/*
 * As ferry_sim_add(), with the model that MODEL describes. MODEL and ARG are used until
 * ferry_sim_free(). An access of an unsupported width, or beyond its size, is a violation, and does
 * not reach the model. NULL: NAME is in use, or MODEL has too many pins or interrupts.
 */
struct ferry_sim_device *ferry_sim_add_model(struct ferry_sim *sim, const struct fy_driver *driver,
					     const char *name, const struct ferry_sim_model *model,
					     void *arg);
/*
 * For such a model: sets the levels at its pins, a bit each. Call it last in a callback of the
 * model.
 */
void ferry_sim_set_levels(struct ferry_sim_device *dev, uint64_t levels);
/* Raises or lowers its interrupt line INDEX: while it is up, the driver's handler is called. */
void ferry_sim_set_irq(struct ferry_sim_device *dev, unsigned index, bool up);
/* Reports that the driver did what the manual forbids: logs it (level 'm') and counts it. */
void ferry_sim_violation(struct ferry_sim_device *dev, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* ---- Registers and faults ---- */

/*
 * Read or write the register at OFFSET of the model directly, without the driver and without
 * faults.
 */
uint32_t ferry_sim_peek(struct ferry_sim_device *dev, uint32_t offset);
void ferry_sim_poke(struct ferry_sim_device *dev, uint32_t offset, uint32_t value);

#define FERRY_SIM_ANY UINT32_MAX

/* A fault at some of the driver's accesses. Fields that are zero have no effect. */
struct ferry_sim_fault {
	uint32_t offset; /* of the register, or FERRY_SIM_ANY */
	/* which accesses, or-ed; 0: both */
	enum { FERRY_SIM_READS = 1, FERRY_SIM_WRITES = 2 } accesses;
	/* number of accesses before the first fault */
	unsigned long skip;
	unsigned long count; /* number of faulty accesses; 0: all */
	/* What the fault does to the value, in this order. */
	bool replace; /* replaces the value by `value` */
	uint32_t value;
	/* bits that are inverted, stuck at 0, stuck at 1 */
	uint32_t flip, clear, set;
	/* a write does not reach the device; a read reads all ones, unless `replace` is set */
	bool lost;
};
/* Adds a fault to those of the device, from the next access on. */
void ferry_sim_inject(struct ferry_sim_device *dev, const struct ferry_sim_fault *fault);
/* Removes all faults of the device. */
void ferry_sim_heal(struct ferry_sim_device *dev);

/* Calls of a driver that can be refused: fy_irq_attach(), fy_dma_alloc(), ... */
enum ferry_sim_call {
	FERRY_SIM_IRQ_ATTACH,
	FERRY_SIM_DMA_ALLOC,
	FERRY_SIM_GPIO_REQUEST,
	FERRY_SIM_GPIO_OFFER,
	FERRY_SIM_STREAM_OFFER,
	FERRY_SIM_RNG_OFFER,
	FERRY_SIM_I2C_OFFER,
	FERRY_SIM_NET_OFFER,
	FERRY_SIM_THREAD_START,
	FERRY_SIM_SENSOR_OFFER,
	FERRY_SIM_RTC_OFFER,
	FERRY_SIM_CLASS_OFFER, /* of a memory, LED, PWM, watchdog, input */
	FERRY_SIM_SPI_OFFER,
	FERRY_SIM_SPI_TARGET_GET,
	FERRY_SIM_I2C_TARGET_GET,
};
/*
 * After SKIP successful calls, such a call of the device's driver returns ERROR and does nothing.
 * ERROR 0 ends that.
 */
void ferry_sim_refuse(struct ferry_sim_device *dev, enum ferry_sim_call call, unsigned skip,
		      int error);

/* The number of the driver's accesses, and of those with a fault. */
unsigned long ferry_sim_accesses(const struct ferry_sim_device *dev);
unsigned long ferry_sim_faults(const struct ferry_sim_device *dev);
/* Delays timers of all drivers by NS. */
void ferry_sim_delay_timers(struct ferry_sim *sim, uint64_t ns);

struct ferry_sim_access {
	uint64_t time;
	uint32_t offset, value;
	bool is_write;
};
/* Calls SEEN at each access of the driver, with the value after faults. NULL ends that. */
void ferry_sim_on_access(struct ferry_sim_device *dev,
			 void (*seen)(void *arg, const struct ferry_sim_access *access), void *arg);

#ifdef __cplusplus
}
#endif

#endif
