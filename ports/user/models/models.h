/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The models, and what of each a test may set. Where a manual leaves it open what a device does, a flag says which way a model goes;
 * where QEMU's device departs from the manual, a flag makes the model do so too, so that the two can be compared.
 */
#ifndef PORTS_USER_MODELS_H
#define PORTS_USER_MODELS_H

#include "../user.h"

/* Raspberry Pi's pins: BCM2835 ARM Peripherals, chapter 6; BCM2711 ARM Peripherals, chapter 5. */
extern const struct user_model_kind bcm2835_gpio_model, bcm2711_gpio_model;

enum bcm2835_gpio_pull {
	BCM2835_GPIO_PULL_NONE,
	BCM2835_GPIO_PULL_DOWN,
	BCM2835_GPIO_PULL_UP,
};

struct bcm2835_gpio_model {
	struct user_model model;
	uint64_t driven, input;		/* the pins that something outside drives, and to which levels */
	uint32_t fsel[6];
	uint64_t latch;			/* the levels that pins have as outputs */
	uint64_t status, rising, falling, high, low;
	uint64_t outputs, pulled_up;	/* as fsel has them, and the pulls */
	/* BCM2835's sequence for pulls: its registers, and when they were written. */
	uint32_t pud;
	uint64_t pud_clock, pud_time, clock_time;
	uint32_t pup_pdn[4];		/* BCM2711's */
};

/* Arm PrimeCell GPIO PL061: ARM DDI 0190, chapter 3. QEMU's device is ignores_level and keeps_levels, and not noisy. */
extern const struct user_model_kind pl061_model;

struct pl061_model {
	struct user_model model;
	bool ignores_level;	/* GPIODATA does not take the level of a pin that is an input */
	bool keeps_levels;	/* an interrupt by level stays until GPIOIC clears it, even when the level is gone */
	bool noisy;		/* a change of GPIOIS, GPIOIBE or GPIOIEV may raise an edge: so it does */
	uint8_t part;		/* part number, bits 7:0 */
	uint8_t input;		/* the levels that the outside puts on the pins */
	uint8_t data, dir, is, ibe, iev, ie, raised, afsel;
};

/* Arm PrimeCell Real Time Clock PL031: ARM DDI 0224, chapter 3. */
extern const struct user_model_kind pl031_model;

struct pl031_model {
	struct user_model model;
	struct fy_timer match_timer;
	bool always_on;		/* QEMU's: it counts whatever RTCCR says */
	bool late_match;	/* QEMU's: the match comes whole seconds after it was set, and once */
	uint32_t count;		/* at the time `since`, ns */
	uint64_t since;
	uint32_t load, match;
	bool enabled, mask, raised;
};

/* The system timer: BCM2835 ARM Peripherals, chapter 12. */
extern const struct user_model_kind bcm2835_timer_model;

struct bcm2835_timer_model {
	struct user_model model;
	struct fy_timer timer;
	uint32_t compare[4];
	uint32_t status;
};

/* The random number generator of BCM2835, which no public manual describes: after Linux' bcm2835-rng.c and Broadcom's register names. */
extern const struct user_model_kind bcm2835_rng_model;

struct bcm2835_rng_model {
	struct user_model model;
	uint64_t seed;		/* of the same numbers each time, in a virtual world; 0: those of the system */
	bool instant;		/* as QEMU's: there is always a word, and no warm-up */
	bool dead;		/* no word ever comes */
	uint32_t control, status, threshold, mask;
	uint64_t started;	/* when it was enabled, ns */
	uint64_t taken;		/* words */
};

#endif
