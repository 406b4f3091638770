/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class gpio, as a consumer: using a pin. Levels are logical: 1 is "active", which may be low on a
 * board. Drivers that offer the pins of a controller include <ferry/gpio-controller.h>.
 */
#ifndef FERRY_GPIO_H
#define FERRY_GPIO_H

#include <ferry/driver.h>
#include <ferry/gpio-trigger.h>

struct fy_gpio; /* a pin in use; by the port; part of the driver's state */

/*
 * What a pin is to be: one of the first three, with flags. Flags of a group that are not given stay
 * as they were: at first the pull is what the firmware left, and the drive push-pull. What the
 * devicetree says of the pin (active low, and on Linux open drain, pulls) counts besides.
 */
enum fy_gpio_mode {
	FY_GPIO_IN,
	FY_GPIO_OUT_LOW,  /* output, inactive at first */
	FY_GPIO_OUT_HIGH, /* output, active at first */

	/*
	 * How an output makes its levels. An open drain only pulls the line low, and lets it go for
	 * high: something else pulls it up, and others may pull it low, which fy_gpio_read() tells.
	 * An open source is the same the other way round. Set such a pin by fy_gpio_write(). Where
	 * the controller has no such outputs, the port makes the pin an input for the level that is
	 * not driven.
	 */
	FY_GPIO_PUSH_PULL = 1 << 4,
	FY_GPIO_OPEN_DRAIN = 1 << 5,
	FY_GPIO_OPEN_SOURCE = 1 << 6,
	/* The controller's own pull, up or down, or none. */
	FY_GPIO_PULL_UP = 1 << 8,
	FY_GPIO_PULL_DOWN = 1 << 9,
	FY_GPIO_NO_PULL = 1 << 10,
	/*
	 * For fy_gpio_request(): the driver also takes a pin of a controller that sleeps (one
	 * behind a bus). Its calls for the pin are made from threads, fy_gpio_write() and
	 * fy_gpio_read() instead of fy_gpio_set() and fy_gpio_get(), and handlers of a watch run in
	 * thread context, where the controller does.
	 */
	FY_GPIO_MAY_SLEEP = 1 << 12,
};
#define FY_GPIO_DRIVES (FY_GPIO_PUSH_PULL | FY_GPIO_OPEN_DRAIN | FY_GPIO_OPEN_SOURCE)
#define FY_GPIO_PULLS  (FY_GPIO_PULL_UP | FY_GPIO_PULL_DOWN | FY_GPIO_NO_PULL)

/* ---- Taking a pin ---- */

/*
 * Takes the pin that the device's property FUNCTION-gpios names ("speaker" for `speaker-gpios`),
 * and makes it what MODE says (enum fy_gpio_mode). Returns 0, or FY_ERR_NOT_FOUND when there is no
 * such property, FY_ERR_DEFER when its controller is not there yet, FY_ERR_BUSY when the pin is in
 * use, FY_ERR_INVALID: MODE has two flags of a group; FY_ERR_UNSUPPORTED: the pin cannot be that,
 * or its controller sleeps (a slow bus is between) and MODE does not say FY_GPIO_MAY_SLEEP; or what
 * a controller that sleeps returns.
 * Context: thread.
 */
static inline int fy_gpio_request(struct fy_device *dev, const char *function, unsigned mode,
				  struct fy_gpio *pin);
/*
 * As fy_gpio_request(), for pin INDEX, from 0, of a property that names several. FY_ERR_NOT_FOUND:
 * it names fewer. Context: thread.
 */
static inline int fy_gpio_request_at(struct fy_device *dev, const char *function, unsigned index,
				     unsigned mode, struct fy_gpio *pin);
/*
 * Releases the pin; an output keeps its level, a watch ends. Harmless on a pin that was never
 * requested (all zero). Context: thread.
 */
static inline void fy_gpio_release(struct fy_gpio *pin);

/* ---- Using it ---- */

/*
 * Makes the pin something else, without a level in between that was not asked for. A watch rests
 * while the pin is an output: nothing that happens then is reported, and it goes on when the pin is
 * an input again. Not from the watch's own handler. Returns 0, FY_ERR_INVALID, FY_ERR_UNSUPPORTED,
 * or what a controller that sleeps returns. Context: thread.
 */
static inline int fy_gpio_set_mode(struct fy_gpio *pin, unsigned mode);
/*
 * Has the controller ignore pulses shorter than US microseconds; 0: none. FY_ERR_UNSUPPORTED: it
 * cannot (fy_gpio_watch_settled() in <ferry/gpio-edge.h> does so by a timer). Context: thread.
 */
static inline int fy_gpio_debounce(struct fy_gpio *pin, uint32_t us);

/*
 * Sets an output: 0 inactive, 1 active. In as few instructions as the port can; so only for a
 * push-pull output of a controller that does not sleep. Context: any.
 */
static inline void fy_gpio_set(const struct fy_gpio *pin, int level);
/* The level of the pin, 0 or 1, of a controller that does not sleep. Context: any. */
static inline int fy_gpio_get(const struct fy_gpio *pin);

/*
 * Sets any output. Returns 0, or what a controller that sleeps returns (FY_ERR_IO,
 * FY_ERR_TIMEOUT, ...). Context: any; thread when the pin was taken with FY_GPIO_MAY_SLEEP.
 */
static inline int fy_gpio_write(const struct fy_gpio *pin, int level);
/* The level of any pin, 0 or 1, or an error, in the same contexts. */
static inline int fy_gpio_read(const struct fy_gpio *pin);

/*
 * Sets COUNT outputs, 32 at the most: PINS[i] to bit i of LEVELS. Those of one controller change in
 * one register write where the controller can, the others one after the other, in order. Returns as
 * fy_gpio_write(), FY_ERR_INVALID: COUNT is too large. Context: as fy_gpio_write().
 */
static inline int fy_gpio_set_several(const struct fy_gpio *pins, unsigned count, uint32_t levels);

/* ---- Watching it ---- */

/*
 * Called when a watched pin matches its trigger. For a level it is called again and again until the
 * level is gone, so the handler has to make it go away. Several edges in quick succession may cause
 * one call only: read the level, and do not rely on the number of calls.
 * (<ferry/gpio-edge.h> has handlers that are told of each edge.)
 * Context: runs in interrupt context, may not wait; of a controller that sleeps, in thread context.
 */
typedef void fy_gpio_handler(void *arg);

/*
 * Watches the input PIN: calls HANDLER(ARG) when it matches the bits of TRIGGER (enum
 * fy_gpio_trigger, logical). Every controller that has events supports rising, falling and both;
 * levels, and mixes, are optional. Events before the call are not reported.
 * Returns 0; FY_ERR_INVALID: the pin is an output, or TRIGGER is none; FY_ERR_BUSY: it is watched
 * already; FY_ERR_UNSUPPORTED: its controller does not support that. Context: thread.
 */
static inline int fy_gpio_watch(struct fy_gpio *pin, unsigned trigger, fy_gpio_handler *handler,
				void *arg);
/*
 * Ends the watch, and waits for a handler that is running. Harmless on a pin that is not watched.
 * Context: thread.
 */
static inline void fy_gpio_unwatch(struct fy_gpio *pin);
/*
 * For a handler of PIN's watch: when the event happened (fy_now_ns()), as far as the port can tell:
 * when the interrupt's handler began, or now. Context: any.
 */
static inline uint64_t fy_gpio_event_time(const struct fy_gpio *pin);

#include <ferry/port/gpio.h>

#endif
