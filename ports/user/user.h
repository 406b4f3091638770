/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The inside of the user port: what its parts (core, models, outlets) offer each other. Drivers
 * never see this.
 *
 *	core	devices, timers, interrupts, classes, the event loop
 *	models	devices as their manuals describe them, register by register
 *	outlets	who uses what drivers offer: vhost (virtual machines), the shell, sim (the calling
 *		test)
 *
 * core, models and sim are all of ferry-sim, which ships alone: so they use nothing but the C
 * library and ports/common, not lib/base.
 *
 * A program makes a world, adds devices to it, each with a driver and a model or mapped registers,
 * probes them, hooks its outlets in, and runs the world:
 *
 *	struct user_world *w = user_world_new(USER_CLOCK_REAL);
 *	struct fy_device *dev = user_device_add(w, &fy_driver_pl061, "gpio");
 *	user_device_set_model(dev, user_model_new(w, user_model_find("pl061")));
 *	if (user_probe(w) ...)
 *	for (struct fy_gpio_controller *c = user_gpio_first(w); c; c = c->next) ...
 *	user_watch_fd(w, &listener);
 *	user_run(w);
 *	user_world_free(w);
 *
 * There is one thread for a world, and all calls are made from it. Outlets are called back from
 * within the world's calls (a pin's event, a watched fd, a timer) and may call all of what is here
 * in turn, but user_run(), user_turn() and user_world_free(). What returns int returns 0 or a
 * negative number of the contract (enum fy_error).
 */
#ifndef PORTS_USER_USER_H
#define PORTS_USER_USER_H

#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/gpio.h>
#include <ferry/i2c.h>
#include <ferry/net.h>
#include <ferry/rng.h>
#include <ferry/stream.h>
#include <ferry/time.h>

/* ---- Worlds ---- */

enum user_clock {
	USER_CLOCK_VIRTUAL, /* from 0; goes on when user_run_until() says so, and in delays */
	USER_CLOCK_REAL,    /* CLOCK_MONOTONIC */
};

/* NULL: out of memory. */
struct user_world *user_world_new(enum user_clock clock);
/* Removes what still runs, the last first, and frees devices and models. NULL is fine. */
void user_world_free(struct user_world *w);

/*
 * Who gets log lines, whole, without a newline; DEV may be NULL. By default they go to standard
 * error, debugging lines nowhere.
 */
typedef void user_log_handler(void *arg, struct fy_device *dev, enum user_log_level level,
			      const char *text);
void user_world_set_log(struct user_world *w, user_log_handler *handler, void *arg);
/* How many lines of level USER_LOG_MODEL there were: what the drivers did that no manual allows. */
unsigned long user_violations(const struct user_world *w);

/* ---- Devices ---- */

/*
 * A device without registers and settings as yet. NULL: out of memory, or the world has a device of
 * that name.
 */
struct fy_device *user_device_add(struct user_world *w, const struct fy_driver *driver,
				  const char *name);
struct fy_device *user_device_find(struct user_world *w, const char *name);
/*
 * Which of the driver's `compatible` strings it has. Otherwise it has that of its model, or the
 * first. FY_ERR_NOT_FOUND: no such one.
 */
int user_device_set_compatible(struct fy_device *dev, const char *compatible);
/*
 * A property, as the devicetree would have it. A second one of the same name takes the place of the
 * first.
 */
int user_device_set_property(struct fy_device *dev, const char *name, uint32_t value);
/* The name of one that has been set and that the driver has not asked for; NULL: there is none. */
const char *user_device_unread_property(const struct fy_device *dev);
/*
 * The pin that the property FUNCTION-gpios would name: number PIN of the controller that the device
 * called CONTROLLER offers.
 */
int user_device_set_pin(struct fy_device *dev, const char *function, const char *controller,
			unsigned pin, bool active_low);
/* How many interrupts it has, when not all that its model has lines for. */
void user_device_set_irqs(struct fy_device *dev, unsigned count);
/* Has CALL of its driver return ERROR, once SKIP of them have been made. ERROR 0 ends that. */
void user_device_refuse(struct fy_device *dev, enum user_call call, unsigned skip, int error);
/* Calls the handler of its interrupt INDEX, where there is one, though no line is up. */
void user_interrupt(struct fy_device *dev, unsigned index);
/* Gives the device a model's registers and interrupts. MODEL may be NULL: then FY_ERR_NO_MEMORY. */
int user_device_set_model(struct fy_device *dev, struct user_model *model);
/*
 * Maps SIZE bytes at OFFSET of the file PATH (/dev/gpiomem, /dev/mem, a UIO device) as its
 * registers. OFFSET need be no multiple of a page. UIO is the UIO device that has its interrupt,
 * number 0; NULL: none. Returns 0, FY_ERR_INVALID (PATH is a file, and has fewer bytes), FY_ERR_IO
 * (it cannot be mapped, errno says why), FY_ERR_NOT_FOUND (UIO cannot be opened, errno says why),
 * FY_ERR_BUSY or FY_ERR_NO_MEMORY.
 */
int user_device_map(struct fy_device *dev, const char *path, uint64_t offset, size_t size,
		    const char *uio);

/*
 * Probes every device that does not run. One whose provider is not there yet is tried again as long
 * as that helps. Returns 0: all run; otherwise the error of the first that does not (*FAILED,
 * unless NULL).
 */
int user_probe(struct user_world *w, struct fy_device **failed);
/* Removes a device that runs; it can be probed again. */
void user_remove(struct fy_device *dev);

/* ---- Time, timers and the event loop ---- */

uint64_t user_world_now(const struct user_world *w);
bool user_world_is_virtual(const struct user_world *w);

/*
 * A timer of an outlet: as <ferry/time.h> has it, and its handler may call anything. A time that is
 * past means the next turn of the loop: so "again, after others had their turn" is
 * user_timer_start(timer, 0). user_timer_start() and user_timer_stop() do the rest.
 */
void user_timer_init(struct fy_timer *timer, struct user_world *w, fy_timer_handler *handler,
		     void *arg);

/*
 * A file descriptor that the loop of a real world watches. The outlet owns both; it fills the first
 * four.
 */
struct user_fd {
	int fd;
	short events;				 /* POLLIN, POLLOUT: may be changed at any time */
	void (*ready)(void *arg, short revents); /* POLLERR and POLLHUP come too */
	void *arg;
	bool watched;
};
/* Watches it from the next turn on. FY_ERR_NO_MEMORY. */
int user_watch_fd(struct user_world *w, struct user_fd *watch);
/*
 * Ends that at once. Harmless on one that is not watched. Close the descriptor after, not before.
 */
void user_unwatch_fd(struct user_world *w, struct user_fd *watch);

/*
 * A real world: turns of the loop until user_quit(), from any of its callbacks. Returns what that
 * was given.
 */
int user_run(struct user_world *w);
void user_quit(struct user_world *w, int status);
/*
 * One turn: waits until something is due, or LIMIT ns are over; handles all that is. Returns
 * whether anything was.
 */
bool user_turn(struct user_world *w, uint64_t limit);

/* A virtual world: all that is due until END happens, at its time; then it is END. */
void user_run_until(struct user_world *w, uint64_t end);
/*
 * Does the next thing that is due, but none after END. Returns false: there was none, and it is
 * END.
 */
bool user_step(struct user_world *w, uint64_t end);
/* How much later than asked for drivers' timers come, in ns. */
void user_set_lateness(struct user_world *w, uint64_t ns);
/*
 * When the first of the timers that the device's driver has running is due, as it asked for it;
 * UINT64_MAX: none is running.
 */
uint64_t user_device_timer_due(const struct fy_device *dev);

/* ---- Class gpio, for outlets ---- */

/*
 * The controllers that drivers offer, in that order; the next is ->next, its device ->dev, how many
 * pins it has ->pins.
 */
struct fy_gpio_controller *user_gpio_first(struct user_world *w);
/* That of the device NAME; NULL: there is none. */
struct fy_gpio_controller *user_gpio_find(struct user_world *w, const char *name);

/*
 * Takes pin NUMBER, as it is, into *PIN: it belongs to the caller until fy_gpio_release().
 * FY_ERR_BUSY: another outlet, or a driver, has it; FY_ERR_NOT_FOUND: there is no such pin. Levels
 * are then physical unless ->active_low is set.
 */
int user_gpio_take(struct fy_gpio_controller *controller, unsigned number, struct fy_gpio *pin);
/* Makes it an input or an output. A watch ends when it becomes an output. */
int user_gpio_set_mode(struct fy_gpio *pin, enum fy_gpio_mode mode);
/* 1: an output; 0: an input; or an error of the op. */
int user_gpio_is_output(const struct fy_gpio *pin);
int user_gpio_set_bias(struct fy_gpio *pin, enum fy_gpio_bias bias);
/*
 * The op set_trigger as it is, levels being physical; the handler of a watch stays.
 * FY_ERR_UNSUPPORTED: there is none.
 */
int user_gpio_set_trigger(const struct fy_gpio *pin, unsigned trigger);
/* The op fast_set. FY_ERR_UNSUPPORTED: there is none. */
int user_gpio_fast_set(const struct fy_gpio *pin, struct fy_gpio_fast_set *fast);
/*
 * And fy_gpio_release(), fy_gpio_set(), fy_gpio_get(), fy_gpio_watch(), fy_gpio_unwatch()
 * of <ferry/port/gpio.h>, as <ferry/gpio.h> describes them. The handler of a watch may call all of
 * them.
 */

/* ---- Class stream, for outlets ---- */

struct fy_stream *user_stream_first(struct user_world *w);
struct fy_stream *user_stream_find(struct user_world *w, const char *name);

/*
 * A writer. READY(ARG) is called, soon after, when there is room again or something has taken
 * effect, or the stream is gone.
 */
struct user_session;
/* NULL: out of memory */
struct user_session *user_session_open(struct fy_stream *stream, void (*ready)(void *arg),
				       void *arg);
/* As the op `write`; FY_ERR_GONE: the stream was withdrawn. */
long user_session_write(struct user_session *session, const char *data, size_t len);
bool user_session_drained(struct user_session *session);
void user_session_cancel(struct user_session *session);
void user_session_close(struct user_session *session); /* and frees it; NULL is fine */

/* ---- Class rng, for outlets ---- */

struct fy_rng *user_rng_first(struct user_world *w);
/* As the op `read`. */
long user_rng_read(struct fy_rng *rng, void *data, size_t len);

/* ---- Class net, for outlets ---- */

/*
 * The interfaces that drivers offer; the next is ->next, its device ->dev, its address ->address,
 * whether its link is up ->up.
 */
struct fy_net *user_net_first(struct user_world *w);

/*
 * Who uses an interface. These are called from within the driver's handlers: none of them may call
 * back into it.
 */
struct user_net_user {
	void (*received)(void *arg, const void *frame, size_t len);
	void (*ready)(void *arg); /* there is room to send again: do it from a timer */
	void (*link)(void *arg, bool up);
	void *arg;
};
/*
 * As the op `start`. USER stays the caller's, until user_net_stop(). FY_ERR_BUSY: somebody uses it.
 */
int user_net_start(struct fy_net *net, bool promiscuous, const struct user_net_user *user);
/* Harmless when nobody uses it. */
void user_net_stop(struct fy_net *net);
/* As the op `send`. FY_ERR_GONE: it was withdrawn. */
int user_net_send(struct fy_net *net, const void *frame, size_t len);

/* ---- Class i2c, for outlets ---- */

struct fy_i2c_bus *user_i2c_first(struct user_world *w);

/*
 * A transfer that somebody waits for. The outlet owns it, with its messages and their data; it
 * fills the first four.
 */
struct user_i2c_transfer {
	const struct fy_i2c_message *messages;
	unsigned count;
	/* It is over; it may be used for another one, from here too. */
	void (*ended)(void *arg, struct user_i2c_transfer *transfer);
	void *arg;
	unsigned done; /* then: how many messages were done whole, */
	/* and why no more: 0, or as fy_i2c_done() has it, FY_ERR_UNSUPPORTED, FY_ERR_GONE */
	int error;
	struct user_i2c_transfer *next;
	struct fy_i2c_bus *bus;
	bool queued, started;
};
/*
 * Has it done when its turn comes. FY_ERR_INVALID: messages are not as <ferry/i2c.h> has them;
 * FY_ERR_GONE.
 */
int user_i2c_start(struct fy_i2c_bus *bus, struct user_i2c_transfer *transfer);
/* Ends it without calling ENDED. Harmless on one that is over, or all zero. */
void user_i2c_cancel(struct user_i2c_transfer *transfer);

/* ---- Models ---- */

/* A way in which it may behave, other than its normal one: a bool in its struct. */
struct user_model_option {
	const char *name; /* "keeps-levels" */
	size_t offset;
};

/* What a model is: a table of it is in models/models.c. */
struct user_model_kind {
	const char *name;	/* "pl061" */
	const char *compatible; /* that devicetrees have for the device */
	size_t size;		/* of its struct, whose first member is struct user_model */
	uint32_t window;	/* bytes of registers */
	unsigned widths;	/* of accesses that it takes, in bytes, or-ed: 4, 1 */
	unsigned pins, irqs;
	int (*init)(struct user_model *model); /* the struct is zeroed; NULL: nothing to do */
	uint32_t (*read)(struct user_model *model, uint32_t offset, unsigned bytes);
	void (*write)(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value);
	const struct user_model_option *options; /* ended by one without a name; NULL: none */
	/*
	 * Something outside drives PIN to LEVEL, or lets go of it (USER_PIN_OPEN). NULL when there
	 * are no pins.
	 */
	void (*drive)(struct user_model *model, unsigned pin, int level);
};

#define USER_PIN_OPEN (-1)

/* Of the world; the fields are for reading. */
struct user_model {
	const struct user_model_kind *kind;
	struct user_world *world;
	struct user_model *next;
	struct fy_device *dev; /* that has its registers; NULL: none yet */
	uint64_t levels;       /* at the pins, a bit each */
	/* interrupt lines that are up, as the driver's side sees them */
	uint32_t lines;
	unsigned long rises; /* how often one went up */
	struct user_pin_watch *watches;
	uint64_t irq_delay; /* ns that a line's rise takes */
	struct fy_timer rise;
	uint32_t rising; /* lines on their way up */
};

/* The kind called NAME, or the one whose `compatible` it is; NULL: there is none. */
const struct user_model_kind *user_model_find(const char *name);
extern const struct user_model_kind *const user_model_kinds[]; /* ended by NULL */
/* NULL: out of memory. KIND may be NULL: then so too. */
struct user_model *user_model_new(struct user_world *w, const struct user_model_kind *kind);
/* FY_ERR_NOT_FOUND: it has no such option. */
int user_model_set_option(struct user_model *model, const char *name, bool on);
/* A register, past driver and tap. */
uint32_t user_model_read(struct user_model *model, uint32_t offset, unsigned bytes);
void user_model_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value);
/* FY_ERR_NOT_FOUND: it has no such pin. */
int user_model_drive(struct user_model *model, unsigned pin, int level);
/* The level at a pin, whoever makes it; FY_ERR_NOT_FOUND. */
int user_model_level(const struct user_model *model, unsigned pin);

/*
 * Who is told of each change of a level at a pin, at the time TIME. The caller owns it. It may
 * drive pins.
 */
struct user_pin_watch {
	struct user_pin_watch *next;
	void (*changed)(void *arg, unsigned pin, int level, uint64_t time);
	void *arg;
};
void user_model_watch(struct user_model *model, struct user_pin_watch *watch);
void user_model_unwatch(struct user_model *model, struct user_pin_watch *watch);

/* For models. */

/*
 * These are the levels at the pins now: tells who watches them. Last in what a model does, for it
 * may be called again from within.
 */
void user_model_set_levels(struct user_model *model, uint64_t levels);
/* Puts interrupt LINE up or down: before the call into the world ends, its handler is called. */
void user_model_set_irq(struct user_model *model, unsigned line, bool up);
/* Has handlers called now: for who put a line up without such a call. */
void user_handle_interrupts(struct user_world *w);
/*
 * The driver did what the manual forbids, or leaves open: logs it (level USER_LOG_MODEL) and counts
 * it.
 */
void user_model_violation(struct user_model *model, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* A timer of the device itself: it goes on while the driver delays, and nothing makes it late. */
void user_model_timer_init(struct fy_timer *timer, struct user_model *model,
			   fy_timer_handler *handler);
/*
 * The SIZE bytes that a device finds at the bus address BUS; NULL: not all of that is memory for
 * devices.
 */
void *user_dma_at(struct user_world *w, uint32_t bus, size_t size);
/* All drivers of the world together get no more of it than BYTES; at first about 1 GiB. */
void user_limit_dma(struct user_world *w, size_t bytes);

/* ---- Register accesses, for sim ---- */

struct user_access {
	uint64_t time;
	uint32_t offset, value;
	unsigned bytes;
	bool is_write;
	bool lost; /* set by the tap: a write does not reach the device */
};

/*
 * Sees each access to a device's model: a write before the model gets it, a read after. It may
 * change `value`.
 */
struct user_tap {
	void (*access)(void *arg, struct fy_device *dev, struct user_access *access);
	void *arg;
};

#endif
