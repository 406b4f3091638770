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
 * Time passes only in ferry_sim_run...(), and where a driver delays; it starts at 0 and is counted
 * in nanoseconds. The same calls give the same results each time. There are no threads and no
 * variables of the library's own: a program may have many worlds, one thread using each.
 *
 * What returns int returns 0, or a negative number of the contract (enum fy_error of
 * <ferry/driver.h>), as drivers do, unless said otherwise. Pointers may be used until
 * ferry_sim_free(). Out of memory, the library ends the program, as a test would.
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
struct ferry_sim; /* a world: a clock, devices, and what lies between them */
struct ferry_sim_device;

/* ---- The world ---- */

struct ferry_sim *ferry_sim_new(void);
/* Removes the devices, the last probed first, and frees all. NULL is fine. */
void ferry_sim_free(struct ferry_sim *sim);

/*
 * Adds a device that DRIVER is to serve. MODEL names the model of its registers ("pl061"), or the
 * `compatible` string of the device ("arm,pl061"); NULL: it has none, as blink has none. Returns
 * NULL: there is no such model, or NAME is taken.
 */
struct ferry_sim_device *ferry_sim_add(struct ferry_sim *sim, const struct fy_driver *driver,
				       const char *name, const char *model);
/* The names of the models, ended by NULL. */
const char *const *ferry_sim_models(void);

/*
 * Adds a GPIO controller without registers, of 1 to 64 pins, for drivers that use pins. It has a
 * driver of its own; the pins are those of a model: ferry_sim_level(), ferry_sim_drive(),
 * ferry_sim_record() and so on are about them. All are inputs at first; one that nobody drives or
 * pulls is low. They have all triggers, unless ferry_sim_set_option() says "edges-only". NULL: NAME
 * is taken, or there cannot be so many.
 */
struct ferry_sim_device *ferry_sim_add_pins(struct ferry_sim *sim, const char *name,
					    unsigned count);
/* A property of the device, before it is probed. */
void ferry_sim_set_property(struct ferry_sim_device *dev, const char *name, uint32_t value);
/* Its property FUNCTION-gpios: number PIN of the controller of the device called CONTROLLER. */
void ferry_sim_set_pin(struct ferry_sim_device *dev, const char *function, const char *controller,
		       unsigned pin, bool active_low);
/*
 * Has a model behave in a way that is not its normal one, by a name that docs/user.md lists
 * ("keeps-levels"). FY_ERR_NOT_FOUND: its model has no such option.
 */
int ferry_sim_set_option(struct ferry_sim_device *dev, const char *option, bool on);

/*
 * How many interrupts the device has: as many as its model has lines, unless this says so before it
 * is probed.
 */
void ferry_sim_set_irqs(struct ferry_sim_device *dev, unsigned count);

/*
 * Probes all devices that do not run, as often as helps. Returns 0: all run; otherwise the error of
 * the first that does not.
 */
int ferry_sim_probe(struct ferry_sim *sim);
bool ferry_sim_is_running(const struct ferry_sim_device *dev);
/* The driver's state of the device, for a test that has the driver's struct and looks into it. */
void *ferry_sim_state(const struct ferry_sim_device *dev);
/* Removes a device that runs. It may be probed again. */
void ferry_sim_remove(struct ferry_sim_device *dev);

/* ---- Time ---- */

uint64_t ferry_sim_now(const struct ferry_sim *sim);
void ferry_sim_run_for(struct ferry_sim *sim, uint64_t ns);
void ferry_sim_run_until(struct ferry_sim *sim, uint64_t time);
/*
 * Runs until DONE(ARG) is true, which is asked after each thing that happens, or LIMIT ns are over.
 * Returns whether it was.
 */
bool ferry_sim_run_to(struct ferry_sim *sim, uint64_t limit, bool (*done)(void *arg), void *arg);
/* Runs until a pin is at LEVEL, or LIMIT ns are over. Returns whether it is. */
bool ferry_sim_run_to_level(struct ferry_sim_device *dev, unsigned pin, int level, uint64_t limit);
/*
 * Runs until no driver's timer is running, or LIMIT ns are over. Returns whether none is; it is
 * then the time at which the last one stopped.
 */
bool ferry_sim_run_to_idle(struct ferry_sim *sim, uint64_t limit);

#define FERRY_SIM_NEVER UINT64_MAX

/*
 * When the first of the driver's running timers is due, as the driver asked for it, however late it
 * will come (ferry_sim_delay_timers()). FERRY_SIM_NEVER: none is running.
 */
uint64_t ferry_sim_timer_due(const struct ferry_sim_device *dev);

/* ---- Pins of models ---- */

#define FERRY_SIM_OPEN (-1)

/*
 * The level at a pin of the device's model, 0 or 1, whoever makes it. Negative: there is no such
 * pin.
 */
int ferry_sim_level(const struct ferry_sim_device *dev, unsigned pin);
/* Puts LEVEL on a pin from outside, or lets go of it (FERRY_SIM_OPEN). */
int ferry_sim_drive(struct ferry_sim_device *dev, unsigned pin, int level);
/* A wire: from now on the pin TO_PIN of TO is driven to the level at FROM_PIN of FROM. */
int ferry_sim_wire(struct ferry_sim_device *from, unsigned from_pin, struct ferry_sim_device *to,
		   unsigned to_pin);
/* Has CHANGED called at each change of level at a pin. */
int ferry_sim_watch(struct ferry_sim_device *dev, unsigned pin,
		    void (*changed)(void *arg, unsigned pin, int level, uint64_t time), void *arg);

struct ferry_sim_edge {
	uint64_t time;
	int level; /* after it */
};
/* Keeps the edges at a pin from now on, and forgets those that were kept. */
int ferry_sim_record(struct ferry_sim_device *dev, unsigned pin);
/* Those that were kept. Valid until time goes on. Returns how many. */
size_t ferry_sim_edges(const struct ferry_sim_device *dev, unsigned pin,
		       const struct ferry_sim_edge **edges);

/* ---- Class gpio: the test as the user of a pin ---- */

/*
 * The pin NUMBER of the controller that the device offers. It is given back by ferry_sim_free(), or
 * before.
 */
struct ferry_sim_gpio;
/* Takes it as it is. NULL: *ERROR (may be NULL) says why. Levels are physical. */
struct ferry_sim_gpio *ferry_sim_gpio_take(struct ferry_sim_device *dev, unsigned number,
					   int *error);
void ferry_sim_gpio_release(struct ferry_sim_gpio *pin);
int ferry_sim_gpio_input(struct ferry_sim_gpio *pin);
int ferry_sim_gpio_output(struct ferry_sim_gpio *pin, int level);
int ferry_sim_gpio_bias(struct ferry_sim_gpio *pin, int bias); /* enum fy_gpio_bias */
/* 1: an output; 0: an input; otherwise what the driver says of a pin that is neither. */
int ferry_sim_gpio_is_output(struct ferry_sim_gpio *pin);
void ferry_sim_gpio_set(struct ferry_sim_gpio *pin, int level);
int ferry_sim_gpio_get(struct ferry_sim_gpio *pin);
/* As fy_gpio_watch(). TRIGGER 0 ends it. */
int ferry_sim_gpio_watch(struct ferry_sim_gpio *pin, unsigned trigger, void (*handler)(void *arg),
			 void *arg);
/*
 * The driver's ops set_trigger and fast_set as they are, as ports call them; physical levels. Who
 * watches the pin stays, so a watch can go over from one trigger to another. FY_ERR_UNSUPPORTED:
 * there is no such op.
 */
int ferry_sim_gpio_set_trigger(struct ferry_sim_gpio *pin, unsigned trigger);
int ferry_sim_gpio_fast_set(struct ferry_sim_gpio *pin, struct fy_gpio_fast_set *fast);

/* ---- Class stream: the test as a writer ---- */

struct ferry_sim_writer;
/* NULL: there is none of that name */
struct ferry_sim_writer *ferry_sim_open(struct ferry_sim *sim, const char *stream);
/* As the op `write`: it may take less, and does not wait. */
long ferry_sim_write(struct ferry_sim_writer *writer, const char *data, size_t len);
/*
 * Writes all of TEXT, while time passes; at most LIMIT ns. FY_ERR_TIMEOUT, or what the driver says
 * of the text.
 */
int ferry_sim_put(struct ferry_sim_writer *writer, const char *text, uint64_t limit);
bool ferry_sim_drained(struct ferry_sim_writer *writer);
/* Runs until all has taken effect. FY_ERR_TIMEOUT. */
int ferry_sim_drain(struct ferry_sim_writer *writer, uint64_t limit);
/* How often the driver has said that there is room again, or that something has taken effect. */
unsigned long ferry_sim_ready_calls(const struct ferry_sim_writer *writer);
void ferry_sim_cancel(struct ferry_sim_writer *writer);
void ferry_sim_close(struct ferry_sim_writer *writer);

/* ---- Class rng ---- */

/* As the op `read`, of the source that the device offers. FY_ERR_NOT_FOUND: it offers none. */
long ferry_sim_random(struct ferry_sim_device *dev, void *data, size_t len);

/* ---- Class i2c ---- */

struct ferry_sim_message {
	uint8_t address; /* 7 bits */
	bool read;
	uint16_t length;
	void *data;
};
/*
 * Has a transfer of COUNT messages done on the bus that the device offers, as <ferry/i2c.h> has it,
 * while time passes. Returns 0; what the driver says; FY_ERR_NOT_FOUND too when it offers none;
 * FY_ERR_INVALID. *DONE (may be NULL): how many were done whole.
 */
int ferry_sim_transfer(struct ferry_sim_device *dev, const struct ferry_sim_message *messages,
		       unsigned count, unsigned *done);

/* ---- What was said ---- */

struct ferry_sim_log {
	uint64_t time;
	/*
	 * 'e', 'w', 'i', 'd' as drivers log; 'm': a model, of a driver that does what no manual
	 * allows
	 */
	char level;
	const char *device; /* its name; "" when nobody's */
	const char *text;
};
size_t ferry_sim_log_count(const struct ferry_sim *sim);
/* The line INDEX, from 0; NULL: there are not so many. Valid until there is one more. */
const struct ferry_sim_log *ferry_sim_log_line(const struct ferry_sim *sim, size_t index);
/* The text of the last line, or "". */
const char *ferry_sim_last_log(const struct ferry_sim *sim);
/* How often drivers did what no manual allows. A test asserts that it is 0, last of all. */
unsigned long ferry_sim_violations(const struct ferry_sim *sim);

/* ---- Interrupts ---- */

/* Whether the driver has a handler at the device's interrupt INDEX. */
bool ferry_sim_irq_attached(const struct ferry_sim_device *dev, unsigned index);
/*
 * How often handlers of the device's interrupts were called; how often a line of its model went up,
 * whether it was handled or not.
 */
unsigned long ferry_sim_irq_calls(const struct ferry_sim_device *dev);
unsigned long ferry_sim_irq_rises(const struct ferry_sim_device *dev);
/* Calls the handler at interrupt INDEX, if there is one, though the device asks for nothing. */
void ferry_sim_spurious_irq(struct ferry_sim_device *dev, unsigned index);
/* Interrupts of the device come so much later than they should. */
void ferry_sim_delay_irq(struct ferry_sim_device *dev, uint64_t ns);

/* ---- Memory for devices ---- */

/*
 * The SIZE bytes that a device finds at the bus address BUS. NULL: not all of that is memory that a
 * driver was given for its device (<ferry/dma.h>).
 */
void *ferry_sim_dma(struct ferry_sim *sim, uint32_t bus, size_t size);
/* All drivers together get at most BYTES of such memory; at first about 1 GiB. */
void ferry_sim_limit_dma(struct ferry_sim *sim, size_t bytes);

/* ---- A model of the test's own ---- */

/*
 * A device that the library has no model of. Write it after the device's manual, not after the
 * driver. The functions are called with the ARG of ferry_sim_add_model().
 */
struct ferry_sim_model {
	const char *compatible; /* as devicetrees have it; NULL: the driver's first one */
	uint32_t size;		/* bytes of registers */
	unsigned widths;	/* of accesses that it takes, in bytes, or-ed: 4, 1 */
	unsigned pins, irqs;	/* at most 64, 4 */
	uint32_t (*read)(void *arg, uint32_t offset, unsigned bytes);
	void (*write)(void *arg, uint32_t offset, unsigned bytes, uint32_t value);
	/* Something outside drives PIN, or lets go of it (FERRY_SIM_OPEN); NULL: no pins. */
	void (*drive)(void *arg, unsigned pin, int level);
};
/*
 * As ferry_sim_add(), with the model that MODEL describes. Both MODEL and ARG are used until
 * ferry_sim_free(). An access that the model does not take, or beyond its size, is a violation,
 * and does not reach it. NULL: NAME is taken, or MODEL has more pins or interrupts than may be.
 */
struct ferry_sim_device *ferry_sim_add_model(struct ferry_sim *sim, const struct fy_driver *driver,
					     const char *name, const struct ferry_sim_model *model,
					     void *arg);
/* For such a model: these are the levels at its pins now, a bit each. Last in what it does. */
void ferry_sim_set_levels(struct ferry_sim_device *dev, uint64_t levels);
/* Puts its interrupt line INDEX up or down: while it is up, the driver's handler is called. */
void ferry_sim_set_irq(struct ferry_sim_device *dev, unsigned index, bool up);
/* The driver did what the manual forbids: logs it (level 'm') and counts it. */
void ferry_sim_violation(struct ferry_sim_device *dev, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* ---- Registers and faults ---- */

/* What the register at OFFSET of the model is, and setting it, past the driver and all faults. */
uint32_t ferry_sim_peek(struct ferry_sim_device *dev, uint32_t offset);
void ferry_sim_poke(struct ferry_sim_device *dev, uint32_t offset, uint32_t value);

#define FERRY_SIM_ANY UINT32_MAX

/* What goes wrong at some of the driver's accesses. All that is zero does nothing. */
struct ferry_sim_fault {
	uint32_t offset; /* of the register, or FERRY_SIM_ANY */
	enum { FERRY_SIM_READS = 1, FERRY_SIM_WRITES = 2 } accesses; /* which, or-ed; 0: both */
	unsigned long skip;					     /* that many go right first */
	unsigned long count; /* that many go wrong, then; 0: all */
	/* What then happens to the value, in this order. */
	bool replace; /* by `value` */
	uint32_t value;
	/* these bits are the other way round, stuck at 0, stuck at 1 */
	uint32_t flip, clear, set;
	/* a write does not reach the device; a read reads all ones, unless `replace` is set */
	bool lost;
};
/* Adds a fault to those that the device has; from the next access on. */
void ferry_sim_inject(struct ferry_sim_device *dev, const struct ferry_sim_fault *fault);
/* Takes away all of its faults. */
void ferry_sim_heal(struct ferry_sim_device *dev);

/* What a driver asks for: fy_irq_attach(), fy_dma_alloc(), ... */
enum ferry_sim_call {
	FERRY_SIM_IRQ_ATTACH,
	FERRY_SIM_DMA_ALLOC,
	FERRY_SIM_GPIO_REQUEST,
	FERRY_SIM_GPIO_OFFER,
	FERRY_SIM_STREAM_OFFER,
	FERRY_SIM_RNG_OFFER,
	FERRY_SIM_I2C_OFFER,
	FERRY_SIM_NET_OFFER,
};
/*
 * Such a call by the device's driver returns ERROR and does nothing, once SKIP of them went right.
 * ERROR 0 ends that.
 */
void ferry_sim_refuse(struct ferry_sim_device *dev, enum ferry_sim_call call, unsigned skip,
		      int error);

/* How many accesses the driver has made, and how many of them went wrong. */
unsigned long ferry_sim_accesses(const struct ferry_sim_device *dev);
unsigned long ferry_sim_faults(const struct ferry_sim_device *dev);
/* Timers of all drivers come so much later than they should. */
void ferry_sim_delay_timers(struct ferry_sim *sim, uint64_t ns);

struct ferry_sim_access {
	uint64_t time;
	uint32_t offset, value;
	bool is_write;
};
/*
 * Has SEEN called at each access of the driver, with the value as it came out after faults. NULL
 * ends it.
 */
void ferry_sim_on_access(struct ferry_sim_device *dev,
			 void (*seen)(void *arg, const struct ferry_sim_access *access), void *arg);

#ifdef __cplusplus
}
#endif

#endif
