/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* What the files of core/ offer each other. */
#ifndef PORTS_BARE_CORE_CORE_H
#define PORTS_BARE_CORE_CORE_H

#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/interrupt.h>
#include <ferry/port/offer.h>

#include "bare.h"
#include "bare-devicetree.h"

/* print.c: forgets who is printing, for the panic screen. */
void bare_print_unlock(void);

/* bare-interrupt.c: a handler for an interrupt of the board itself. Returns 0 or FY_ERR_BUSY. */
int bare_irq_handle(int irq, fy_irq_handler *handler, void *arg);

/* clock.c: the start, from which the second counts. */
void bare_clock_init(void);
uint64_t bare_uptime_ns(void);

/* bare-timer.c: starts clock and timers. */
void bare_timer_init(void);

/* bare-memory.c: memory for good, zeroed and aligned for anything; NULL when there is no more. */
void *bare_memory(size_t size);

/*
 * bare-dma.c: how much of the memory for devices is in use; set back, it takes back what was given
 * since.
 */
extern size_t bare_dma_used;

/* device-name.c: names DEV, whose number is set. */
void bare_device_name(struct fy_device *dev);

/* device-name.c: whether NAME is the device's name in the board's table, or fy_name(). */
bool bare_device_is(const struct fy_device *dev, const char *name);

/*
 * device-name.c: what a class shows of DEV for the NAME that it offers, as <ferry/driver.h> says; a
 * text for good. NULL: out of memory.
 */
const char *bare_shown_name(const struct fy_device *dev, const char *name);

/*
 * bare-device.c: the device that was probed after DEV, or BACKWARDS before it; NULL: the first, or
 * last, one. Returns NULL when there is none.
 */
struct fy_device *bare_device_next(const struct fy_device *dev, bool backwards);

/* bare-device.c: gives each device of the board to the driver that serves it. */
void bare_probe(void);

/*
 * bare-firmware.c: what the firmware handed over, devicetree or ATAGs, at ADDRESS; 0: nothing. The
 * first is called by start.S while the MMU is off, for what lies in the first page, which will not
 * be mapped. It returns what the second gets.
 */
uintptr_t bare_firmware_early(uintptr_t address);
void bare_firmware_init(uintptr_t address);
/* The devicetree; NULL: there is none. */
const struct devicetree *bare_firmware_tree(void);

/*
 * bare-gpio.c: the controller of the device NAME; NULL as name: the first one. NULL: there is none.
 */
struct fy_gpio_controller *bare_gpio_controller(const char *name);
/* Sets a pin although somebody else may have it. Returns false: there is no such controller. */
bool bare_gpio_force(unsigned pin, int level);

/* bare-console.c: starts receiving. */
void bare_console_start(void);

/*
 * fiber.c: fibers, which have the processor in turn. What runs first, the start and the app, is
 * one, without a number. All this is for core 0.
 */
/* A wait, on the stack of who waits: over when *WAKES is not SEEN, or it has expired. */
struct bare_wait {
	const volatile unsigned *wakes;
	unsigned seen;
	volatile bool expired;
};
/* Gives the processor to others until WAIT is over. The processor sleeps when all wait. */
void bare_fiber_wait(struct bare_wait *wait);
/* Lets others that need not wait run first. Where there are none and IDLE, the processor sleeps. */
void bare_fiber_yield(bool idle);

/* wait.c: waits until *COUNTER is no longer what was SEEN; other fibers go on. */
void bare_wait_unless(const volatile unsigned *counter, unsigned seen);

/* bare-offer.c: the first of CLASS that is called NAME, or of all (NULL). NULL: there is none. */
struct fy_offer *bare_offer_find(const char *name, enum fy_offer_class class);

/* string.c */
bool bare_text_equal(const char *a, const char *b);

#endif
