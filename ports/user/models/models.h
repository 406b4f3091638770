/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The models, and what of each a test may set. Where a manual leaves it open what a device does, a
 * flag says which way a model goes; where QEMU's device departs from the manual, a flag makes the
 * model do so too, so that the two can be compared.
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
	/* interrupt lines as Linux' devicetrees have them: pins 0 to 27, 28 to 45, 46 on */
	bool linux_lines;
	bool one_line;	  /* line 0 is that of all pins, and the only one */
	bool floats_high; /* a pin that nothing drives or pulls is high */
	/* the pins that something outside drives, and to which levels */
	uint64_t driven, input;
	uint32_t fsel[6];
	uint64_t latch; /* the levels that pins have as outputs */
	uint64_t status, rising, falling, high, low;
	uint64_t outputs, pulled_up, pulled_down; /* as fsel has them, and the pulls */
	/* BCM2835's sequence for pulls: its registers, and when they were written. */
	uint32_t pud;
	uint64_t pud_clock, pud_time, clock_time;
	uint32_t pup_pdn[4]; /* BCM2711's */
};

/*
 * Arm PrimeCell GPIO PL061: ARM DDI 0190, chapter 3. QEMU's device is ignores_level and
 * keeps_levels, and not noisy.
 */
extern const struct user_model_kind pl061_model;

struct pl061_model {
	struct user_model model;
	bool ignores_level; /* GPIODATA does not take the level of a pin that is an input */
	/* an interrupt by level stays until GPIOIC clears it, even when the level is gone */
	bool keeps_levels;
	/* a change of GPIOIS, GPIOIBE or GPIOIEV may raise an edge: so it does */
	bool noisy;
	uint8_t part;  /* part number, bits 7:0 */
	uint8_t input; /* the levels that the outside puts on the pins */
	uint8_t data, dir, is, ibe, iev, ie, raised, afsel;
};

/* Arm PrimeCell Real Time Clock PL031: ARM DDI 0224, chapter 3. */
extern const struct user_model_kind pl031_model;

struct pl031_model {
	struct user_model model;
	struct fy_timer match_timer;
	bool always_on; /* QEMU's: it counts whatever RTCCR says */
	/* QEMU's: the match comes whole seconds after it was set, and once */
	bool late_match;
	uint32_t count; /* at the time `since`, ns */
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

/*
 * The random number generator of BCM2835, which no public manual describes: after Linux'
 * model-bcm2835-rng.c and Broadcom's register names.
 */
extern const struct user_model_kind bcm2835_rng_model;

struct bcm2835_rng_model {
	struct user_model model;
	/* of the same numbers each time, in a virtual world; 0: those of the system */
	uint64_t seed;
	bool instant; /* as QEMU's: there is always a word, and no warm-up */
	bool dead;    /* no word ever comes */
	uint32_t control, status, threshold, mask;
	uint64_t started; /* when it was enabled, ns */
	uint64_t taken;	  /* words */
};

/* ---- I2C: a controller, and targets on its bus ---- */

/* A target as the bus sees it: part of the target's own struct. */
struct i2c_target {
	struct i2c_target *next; /* on the bus */
	uint8_t address;
	/* A START with its address. Returns whether it acknowledges. */
	bool (*start)(struct i2c_target *target, bool read, uint64_t now);
	/* A byte for it: whether it acknowledges; a byte from it. */
	bool (*write)(struct i2c_target *target, uint8_t byte);
	uint8_t (*read)(struct i2c_target *target);
	/* A STOP, after it was started; or a repeated START. */
	void (*stop)(struct i2c_target *target, bool repeated, uint64_t now);
	/*
	 * Of a multiplexer: the target with ADDRESS on a bus that it connects with this one; NULL:
	 * there is none.
	 */
	struct i2c_target *(*find)(struct i2c_target *target, uint8_t address);
};
/* Puts TARGET at the end of a bus' LIST, if it is not there. */
void i2c_target_attach(struct i2c_target **list, struct i2c_target *target);
/* The target with ADDRESS, in the list or behind a multiplexer; NULL: there is none. */
struct i2c_target *i2c_target_find(struct i2c_target *list, uint8_t address);

#define AT24C02_SIZE 256

/*
 * A serial EEPROM: Atmel AT24C02 (doc0180), 256 bytes in pages of 8, all ones at first. Its address
 * is 0x50.
 */
struct at24c02 {
	struct i2c_target target;
	bool simple; /* QEMU's: a write takes no time, and pages have no ends */
	uint8_t memory[AT24C02_SIZE];
	/* what a write has changed so far; at its STOP that goes into the memory */
	uint8_t page[AT24C02_SIZE];
	uint8_t pointer;
	bool addressed, changed;
	uint64_t busy; /* until then it writes, ns */
};
void at24c02_init(struct at24c02 *eeprom);

/*
 * A thermometer: Texas Instruments TMP105 (SBOS385), as LM75. Its address is 0x48. It says what
 * `temperature` is.
 */
struct tmp105 {
	struct i2c_target target;
	int16_t temperature; /* 1/256 of a degree Celsius */
	uint8_t pointer, config, bytes[2];
	uint16_t limit[2]; /* low, high */
	unsigned count;	   /* bytes since the START */
};
void tmp105_init(struct tmp105 *thermometer);

/* The two as devices of their own, to be put on any bus. */
extern const struct user_model_kind tmp105_model, at24c02_model;

struct tmp105_model {
	struct user_model model;
	struct tmp105 chip;
};

struct at24c02_model {
	struct user_model model;
	struct at24c02 chip;
};

/*
 * A bus without a controller's registers, at 100 kHz: driver and model are one
 * (model-i2c-bus.c).
 */
extern const struct user_model_kind i2c_bus_model;

/*
 * A switch with 8 buses: Texas Instruments TCA9548A (SCPS207, section 8). Its address is 0x70.
 */
extern const struct user_model_kind pca9548_model;

struct pca9548_model {
	struct user_model model;
	struct i2c_target target;
	struct i2c_target *channel[8]; /* the targets on each */
	uint8_t control, written;      /* channels that are connected; from the STOP on */
};

/* 8 pins: Texas Instruments PCF8574 (SCPS068, section 8). Its address is 0x20. */
extern const struct user_model_kind pcf8574_model;

struct pcf8574_model {
	struct user_model model;
	struct i2c_target target;
	uint8_t port;	       /* as written */
	uint8_t driven, input; /* pins that something outside drives, and to which levels */
	uint8_t seen;	       /* levels at the last read or write */
};

/* What goes wrong at a byte of a transfer; addresses are bytes, too. */
enum i2c_bus_fault {
	I2C_BUS_NO_FAULT,
	I2C_BUS_REFUSES, /* it is not acknowledged; of a read, the address is not */
	I2C_BUS_HOLDS,	 /* the clock is held from here on, until the driver gives up */
	I2C_BUS_FLIPS,	 /* a byte that is read has all bits inverted */
};

struct i2c_bus_model {
	struct user_model model;
	struct fy_i2c_bus *bus; /* that the driver offers */
	struct fy_timer byte_over;
	struct i2c_target *targets, *target; /* target: that is addressed */
	/* The transfer; NULL: none. */
	const struct fy_i2c_message *messages;
	unsigned count, which, moved; /* messages; the one under way; bytes of that, and address */
	unsigned long bytes;	      /* in all, since faults were last set */
	enum i2c_bus_fault fault;
	unsigned long fault_at, fault_bytes; /* the byte, and how many from there on */
};

/*
 * A BSC controller: BCM2835 ARM Peripherals, chapter 3. On its bus are an EEPROM and a thermometer;
 * more can be attached. Its core clock is 250 MHz. QEMU's device is `instant`, with a
 * `simple-eeprom`.
 */
extern const struct user_model_kind bcm2835_i2c_model;

#define BCM2835_I2C_FIFO 16

struct bcm2835_i2c_model {
	struct user_model model;
	struct fy_timer byte_over;
	bool instant;			     /* bytes take no time */
	bool empty;			     /* there is no target on the bus */
	bool stretched;			     /* a target holds the clock, for good */
	struct i2c_target *targets, *target; /* target: that is addressed */
	uint32_t control, length, address, div, delay, stretch;
	bool done, error, timeout;
	/*
	 * The message that is under way; its registers may be set for another one, which follows it
	 * with a repeated START.
	 */
	bool active, addressed, reading, repeated;
	uint8_t to;
	uint16_t left;
	uint8_t fifo[BCM2835_I2C_FIFO];
	unsigned first, count;
	struct at24c02 eeprom;
	struct tmp105 thermometer;
};

/*
 * Attaches a target that is the caller's, and outlives the model. Of two with one address the first
 * one counts.
 */
void bcm2835_i2c_attach(struct bcm2835_i2c_model *m, struct i2c_target *target);

#endif
