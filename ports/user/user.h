/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The internal interface between the parts of the user port (core, models, outlets). Drivers do not
 * see it.
 *
 *	core	devices, timers, interrupts, classes, the event loop
 *	models	devices as their manuals describe them, register by register
 *	outlets	who uses what drivers offer: vhost (virtual machines), the shell, sim (the calling
 *		test)
 *
 * core, models and sim together are ferry-sim, which is installed by itself. So they use only the C
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
 * A world has one thread, and all calls are made from it. Outlets are called back from within the
 * world's calls (a pin's event, a watched fd, a timer) and may call everything here except
 * user_run(), user_turn() and user_world_free(). Functions that return int return 0 or an error of
 * the contract (enum fy_error).
 */
#ifndef PORTS_USER_USER_H
#define PORTS_USER_USER_H

#include <ferry/driver.h>
#include <ferry/gpio-controller.h>
#include <ferry/gpio.h>
#include <ferry/i2c.h>
#include <ferry/input.h>
#include <ferry/led.h>
#include <ferry/memory.h>
#include <ferry/net.h>
#include <ferry/pwm.h>
#include <ferry/rng.h>
#include <ferry/rtc.h>
#include <ferry/sensor.h>
#include <ferry/stream.h>
#include <ferry/time.h>
#include <ferry/watchdog.h>
#include <ferry/port/resource.h>

#include "i2c-queue.h"
#include "spi-queue.h"
#include "user-model.h"

/* ---- Worlds ---- */

enum user_clock {
	USER_CLOCK_VIRTUAL, /* from 0; goes on when user_run_until() says so, and in delays */
	USER_CLOCK_REAL,    /* CLOCK_MONOTONIC */
};

/* NULL: out of memory. */
struct user_world *user_world_new(enum user_clock clock);
/*
 * Removes devices that still run, the last probed first, and frees devices and models. NULL is
 * allowed.
 */
void user_world_free(struct user_world *w);

/*
 * The receiver of log lines, without a newline; DEV may be NULL. By default they go to standard
 * error; debugging lines are dropped.
 */
typedef void user_log_handler(void *arg, struct fy_device *dev, enum user_log_level level,
			      const char *text);
void user_world_set_log(struct user_world *w, user_log_handler *handler, void *arg);
/* The number of lines of level USER_LOG_MODEL: violations of a manual by drivers. */
unsigned long user_violations(const struct user_world *w);

/* ---- Devices ---- */

/*
 * Adds a device, without registers and settings yet. NULL: out of memory, or the world has a device
 * of that name.
 */
struct fy_device *user_device_add(struct user_world *w, const struct fy_driver *driver,
				  const char *name);
struct fy_device *user_device_find(struct user_world *w, const char *name);
/*
 * Sets its `compatible` string, one of the driver's. Default: that of its model, or the first.
 * FY_ERR_NOT_FOUND: the driver does not have it.
 */
int user_device_set_compatible(struct fy_device *dev, const char *compatible);
/*
 * Sets a devicetree property: LEN bytes, as a devicetree has them; or one cell. NAME is CHILD/NAME
 * for one of a child of the device's node, which that makes. A second one of the same name replaces
 * the first. The property `label` names the device.
 */
int user_device_set_bytes(struct fy_device *dev, const char *name, const void *bytes, size_t len);
int user_device_set_property(struct fy_device *dev, const char *name, uint32_t value);
/*
 * The driver's parameter NAME; NULL: it has none of that name. Sets it for the device:
 * FY_ERR_NOT_FOUND, FY_ERR_INVALID: it is not in its range.
 */
const struct fy_parameter *user_parameter_find(const struct fy_driver *driver, const char *name);
int user_device_set_parameter(struct fy_device *dev, const char *name, uint32_t value);
/*
 * The name of a property that has been set and that the driver has not read; NULL: there is none.
 */
const char *user_device_unread_property(const struct fy_device *dev);
/*
 * Adds to the property FUNCTION-gpios: pin PIN of the controller that the device CONTROLLER offers.
 */
int user_device_set_pin(struct fy_device *dev, const char *function, const char *controller,
			unsigned pin, bool active_low);
/*
 * Puts it on the bus that the device BUS offers, before it is probed: at ADDRESS of I2C, or with
 * that chip select of SPI. If both have models, its model is put on the bus of the other one.
 * FY_ERR_INVALID: there is no such address.
 */
int user_device_set_bus(struct fy_device *dev, const char *bus, uint32_t address);
/* Sets the number of its interrupts, if fewer than its model's lines. */
void user_device_set_irqs(struct fy_device *dev, unsigned count);
/* Makes CALL of its driver return ERROR, after SKIP calls. ERROR 0 ends that. */
void user_device_refuse(struct fy_device *dev, enum user_call call, unsigned skip, int error);
/* Calls the handler of its interrupt INDEX, if there is one, although no line is up. */
void user_interrupt(struct fy_device *dev, unsigned index);
/* Gives the device a model's registers and interrupts. MODEL may be NULL: then FY_ERR_NO_MEMORY. */
int user_device_set_model(struct fy_device *dev, struct user_model *model);
/*
 * Maps SIZE bytes at OFFSET of the file PATH (/dev/gpiomem, /dev/mem, a UIO device) as its
 * registers. OFFSET need not be a multiple of the page size. UIO is the UIO device that has its
 * interrupt, number 0; NULL: none. Returns 0, FY_ERR_INVALID (PATH is a file, and has fewer bytes),
 * FY_ERR_IO (it cannot be mapped, errno says why), FY_ERR_NOT_FOUND (UIO cannot be opened, errno
 * says why), FY_ERR_BUSY or FY_ERR_NO_MEMORY.
 */
int user_device_map(struct fy_device *dev, const char *path, uint64_t offset, size_t size,
		    const char *uio);

/*
 * Gives the device a clock, reset line, supply or pin state; VALUE is a clock's rate, a supply's
 * microvolts. FY_ERR_NO_MEMORY.
 */
int user_device_add_resource(struct fy_device *dev, enum fy_resource_kind kind, const char *name,
			     uint32_t value);
/*
 * 1: it is enabled, asserted, set; 0: it is not; FY_ERR_NOT_FOUND. *VALUE (may be NULL): its
 * number.
 */
int user_device_resource(const struct fy_device *dev, enum fy_resource_kind kind, const char *name,
			 uint32_t *value);
/*
 * Adds a window, for <ferry/window.h>: SIZE bytes at OFFSET of the device's registers, mapped or a
 * model's, which have been set before. NAME may be NULL. FY_ERR_NO_MEMORY.
 */
int user_device_add_window(struct fy_device *dev, const char *name, uint32_t offset, uint32_t size);

/*
 * Probes every device that does not run. A deferred one is tried again as long as another has
 * started. Returns 0: all run; otherwise the error of the first one that does not (*FAILED, unless
 * NULL).
 */
int user_probe(struct user_world *w, struct fy_device **failed);
/*
 * Has all devices that run suspended, the last probed first; resumed, in the reverse order. When
 * one refuses to be suspended, those that were are resumed, and user_suspend() returns its error;
 * user_resume() resumes the others all the same. *FAILED (may be NULL): which one it was.
 */
int user_suspend(struct user_world *w, struct fy_device **failed);
int user_resume(struct user_world *w, struct fy_device **failed);
/* Removes a device that runs; it can be probed again. */
void user_remove(struct fy_device *dev);

/* ---- Time, timers and the event loop ---- */

uint64_t user_world_now(const struct user_world *w);
bool user_world_is_virtual(const struct user_world *w);

/*
 * A timer of an outlet: as in <ferry/time.h>, but its handler may call anything. A time in the past
 * means the next turn of the loop; user_timer_start(timer, 0) means "again, after others had their
 * turn". user_timer_start() and user_timer_stop() do the rest.
 */
void user_timer_init(struct fy_timer *timer, struct user_world *w, fy_timer_handler *handler,
		     void *arg);

/*
 * A file descriptor that the loop of a real world watches. The outlet owns both; it fills all but
 * the last.
 */
struct user_fd {
	int fd;
	short events;				 /* POLLIN, POLLOUT: may be changed at any time */
	void (*ready)(void *arg, short revents); /* POLLERR and POLLHUP come too */
	void *arg;
	/*
	 * It acts for a device (an interrupt of it, the end of a transfer), so READY is called
	 * while a driver waits, too, and calls no op.
	 */
	bool for_device;
	bool watched;
};
/* Watches the descriptor from the next turn on. FY_ERR_NO_MEMORY. */
int user_watch_fd(struct user_world *w, struct user_fd *watch);
/*
 * Ends the watch at once. Harmless on one that is not watched. Close the descriptor after this, not
 * before.
 */
void user_unwatch_fd(struct user_world *w, struct user_fd *watch);

/*
 * For a world with the real clock: runs the loop until one of its callbacks calls user_quit().
 * Returns the status of that call.
 */
int user_run(struct user_world *w);
void user_quit(struct user_world *w, int status);
/*
 * One turn: waits until something is due, or LIMIT ns are over; handles all that is due. Returns
 * whether anything was.
 */
bool user_turn(struct user_world *w, uint64_t limit);

/*
 * For a virtual world: handles all that is due until END, each at its time; then the time is END.
 */
void user_run_until(struct user_world *w, uint64_t end);
/*
 * Handles the next thing that is due, unless it is after END. Returns false: there was none, and
 * the time is END.
 */
bool user_step(struct user_world *w, uint64_t end);
/* Delays drivers' timers by NS. */
void user_set_lateness(struct user_world *w, uint64_t ns);
/*
 * When the first of the running timers of the device's driver is due, as the driver set it;
 * UINT64_MAX: none is running.
 */
uint64_t user_device_timer_due(const struct fy_device *dev);

/* ---- Class gpio, for outlets ---- */

/*
 * The controllers that drivers offer, in the order of the offers; the next is ->next, its device
 * ->dev, the number of its pins ->pins.
 */
struct fy_gpio_controller *user_gpio_first(struct user_world *w);
/* The controller of the device NAME; NULL: there is none. */
struct fy_gpio_controller *user_gpio_find(struct user_world *w, const char *name);

/*
 * Takes pin NUMBER, unchanged, into *PIN: it belongs to the caller until fy_gpio_release().
 * FY_ERR_BUSY: another outlet, or a driver, uses it; FY_ERR_NOT_FOUND: there is no such pin. Levels
 * are then physical unless ->active_low is set.
 */
int user_gpio_take(struct fy_gpio_controller *controller, unsigned number, struct fy_gpio *pin);
/* Makes it an input or an output. A watch ends when it becomes an output. */
int user_gpio_set_mode(struct fy_gpio *pin, enum fy_gpio_mode mode);
/* The level of a pin that anybody may have, physical, or an error of the op. */
int user_gpio_level(struct fy_gpio_controller *controller, unsigned number);
/* 1: an output; 0: an input; or an error of the op. */
int user_gpio_is_output(const struct fy_gpio *pin);
/*
 * Calls the op set_trigger; levels are physical; the handler of a watch stays. FY_ERR_UNSUPPORTED:
 * there is no such op.
 */
int user_gpio_set_trigger(const struct fy_gpio *pin, unsigned trigger);
/* Calls the op fast_set. FY_ERR_UNSUPPORTED: there is no such op. */
int user_gpio_fast_set(const struct fy_gpio *pin, struct fy_gpio_fast_set *fast);
/*
 * And fy_gpio_release(), fy_gpio_write(), fy_gpio_read(), fy_gpio_watch(), fy_gpio_unwatch(), ...
 * of <ferry/port/gpio.h>, as <ferry/gpio.h> describes them; gpio_set_bias() of ports/common. The
 * handler of a watch may call all of them.
 */

/* ---- Class stream, for outlets ---- */

struct fy_stream *user_stream_first(struct user_world *w);
struct fy_stream *user_stream_find(struct user_world *w, const char *name);

/*
 * Opens a writer. READY(ARG) is called, soon after, when there is room again, something has taken
 * effect, or the stream is gone.
 */
struct user_session;
/* NULL: out of memory */
struct user_session *user_session_open(struct fy_stream *stream, void (*ready)(void *arg),
				       void *arg);
/* As the op `write`; FY_ERR_GONE: the stream was withdrawn. */
long user_session_write(struct user_session *session, const char *data, size_t len);
/*
 * Reads up to LEN bytes that have come in since it was opened. Returns how many; FY_ERR_AGAIN: none
 * are there; READY is called when some are; FY_ERR_IO: after those that were read last, some were
 * lost; FY_ERR_UNSUPPORTED: the stream is only written; FY_ERR_GONE.
 */
long user_session_read(struct user_session *session, char *data, size_t len);
bool user_session_drained(struct user_session *session);
void user_session_cancel(struct user_session *session);
void user_session_close(struct user_session *session); /* and frees it; NULL is allowed */

/* ---- Class rng, for outlets ---- */

struct fy_rng *user_rng_first(struct user_world *w);
/* As the op `read`. */
long user_rng_read(struct fy_rng *rng, void *data, size_t len);

/* ---- Class net, for outlets ---- */

/*
 * The interfaces that drivers offer; the next is ->next, its device ->dev, its address ->address,
 * the state of its link ->up.
 */
struct fy_net *user_net_first(struct user_world *w);

/*
 * The user of an interface. These are called from within the driver's handlers: none of them may
 * call the driver.
 */
struct user_net_user {
	void (*received)(void *arg, const void *frame, size_t len);
	void (*ready)(void *arg); /* there is room to send again: do it from a timer */
	void (*link)(void *arg, bool up);
	void *arg;
};
/*
 * As the op `start`. USER must stay valid until user_net_stop(). FY_ERR_BUSY: the interface is in
 * use.
 */
int user_net_start(struct fy_net *net, bool promiscuous, const struct user_net_user *user);
/* Harmless when it is not in use. */
void user_net_stop(struct fy_net *net);
/* As the op `send`. FY_ERR_GONE: the interface was withdrawn. */
int user_net_send(struct fy_net *net, const void *frame, size_t len);

/* ---- Class i2c, for outlets ---- */

struct fy_i2c_bus *user_i2c_first(struct user_world *w);

/* That of the device NAME; NULL: there is none. */
struct fy_i2c_bus *user_i2c_find(struct user_world *w, const char *name);
/* Transfers: see ports/common/i2c-queue.h. */
/*
 * Adds the device NAME that offers an I2C bus of models, without a controller's registers. NULL:
 * out of memory, or the world has a device of that name.
 */
struct fy_device *user_i2c_add_bus(struct user_world *w, const char *name);
/*
 * Adds the device NAME that offers the host's bus PATH ("/dev/i2c-1"). NULL, with errno: it cannot
 * be opened, is no I2C bus, or can do no more than SMBus (EOPNOTSUPP).
 */
struct fy_device *user_i2c_add_host_bus(struct user_world *w, const char *name, const char *path);
/* The address that a model of a device on a bus has at first, or in its place; -1: it is none. */
int user_model_address(const struct user_model *model);
void user_model_set_address(struct user_model *model, uint8_t address);

/* ---- Class sensor, for outlets ---- */

/* The next is ->next, its device ->dev, its channels ->channels, how many ->count. */
struct fy_sensor *user_sensor_first(struct user_world *w);
/* That of the device; NULL: it offers none. */
struct fy_sensor *user_sensor_of(struct fy_device *dev);

/*
 * Reads a value of each of READER's channels: READER's `ended` is called, soon after they are
 * there, or that they will not come (FY_ERR_GONE, or what the driver says). Any number of readers
 * may wait. FY_ERR_GONE; FY_ERR_INVALID: there are no such channels.
 */
int user_sensor_read(struct fy_sensor *sensor, struct fy_sensor_reader *reader);
/* Harmless where it is over, or never began (all zero). */
void user_sensor_cancel(struct fy_sensor *sensor, struct fy_sensor_reader *reader);

/*
 * One who is told of all samples of a sensor, whoever asked for them, and of its events. The outlet
 * owns it; the callbacks come from within the driver's handlers, and may not call the driver. NULL:
 * not interested.
 */
struct user_sensor_watch {
	struct user_sensor_watch *next;
	void (*sample)(void *arg, uint64_t time, uint32_t channels, const int32_t *values);
	void (*lost)(void *arg);
	void (*event)(void *arg, unsigned channel, enum fy_sensor_limit limit, uint64_t time);
	void *arg;
};
void user_sensor_watch(struct fy_sensor *sensor, struct user_sensor_watch *watch);
void user_sensor_unwatch(struct fy_sensor *sensor, struct user_sensor_watch *watch);

/* Starts and ends streaming: as fy_port_sensor_stream() of <ferry/port/sensor.h>. */
int user_sensor_stream(struct fy_sensor *sensor, uint32_t channels);
void user_sensor_stop(struct fy_sensor *sensor);
/* The driver's ops of these names; FY_ERR_UNSUPPORTED: there is no such op, or no such limit. */
int user_sensor_get_rate(struct fy_sensor *sensor);
int user_sensor_set_rate(struct fy_sensor *sensor, unsigned index);
int user_sensor_get_threshold(struct fy_sensor *sensor, unsigned channel,
			      enum fy_sensor_limit limit, struct fy_sensor_threshold *threshold);
int user_sensor_set_threshold(struct fy_sensor *sensor, unsigned channel,
			      enum fy_sensor_limit limit,
			      const struct fy_sensor_threshold *threshold);

/* ---- Class spi, for outlets ---- */

struct fy_spi_bus *user_spi_first(struct user_world *w);
/* That of the device NAME; NULL: there is none. */
struct fy_spi_bus *user_spi_find(struct user_world *w, const char *name);
/* Transfers: see ports/common/spi-queue.h. */
/* Adds a bus without a controller's registers, for models of targets. NULL: out of memory. */
struct fy_device *user_spi_add_bus(struct user_world *w, const char *name);

/* ---- Class rtc, for outlets ---- */

/* The next is ->next, its device ->dev. */
struct fy_rtc *user_rtc_first(struct user_world *w);
/* That of the device; NULL: it offers none. */
struct fy_rtc *user_rtc_of(struct fy_device *dev);
/* As the ops; FY_ERR_INVALID also: not from `first` to `last`; FY_ERR_UNSUPPORTED: no alarm. */
int user_rtc_get(struct fy_rtc *rtc, int64_t *time);
int user_rtc_set(struct fy_rtc *rtc, int64_t time);
int user_rtc_get_alarm(struct fy_rtc *rtc, struct fy_rtc_alarm *alarm);
int user_rtc_set_alarm(struct fy_rtc *rtc, const struct fy_rtc_alarm *alarm);
/*
 * Who is told that the alarm has come, from within the driver's handler; it may not call the
 * driver. One at a time; NULL: nobody.
 */
struct user_rtc_watch {
	void (*came)(void *arg);
	void *arg;
};
void user_rtc_watch(struct fy_rtc *rtc, struct user_rtc_watch *watch);

/* ---- Classes memory, led, pwm, watchdog and input, for outlets ---- */

/*
 * The first of CLASS after OFFER, or of all (NULL); NULL: there is none. It is the first member of
 * the class's struct; <ferry/port/memory.h> and so on have what an outlet may call.
 */
struct fy_offer *user_offer_next(struct user_world *w, const struct fy_offer *offer,
				 enum fy_offer_class class);
/* That of the device; NULL: it offers none. */
struct fy_offer *user_offer_of(struct fy_device *dev, enum fy_offer_class class);

#endif
