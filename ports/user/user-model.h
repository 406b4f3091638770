/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of user.h that models use: devices as their manuals describe them, register by register,
 * in a world. An outlet may watch and drive their pins, and sim sees each access.
 */
#ifndef PORTS_USER_USER_MODEL_H
#define PORTS_USER_USER_MODEL_H

#include <ferry/driver.h>
#include <ferry/time.h>

struct user_world;

struct i2c_target; /* models/models.h */
struct spi_target; /* models/spi-models.h */

/* An option of its behaviour: a bool in its struct. */
struct user_model_option {
	const char *name; /* "keeps-levels" */
	size_t offset;
};

/* A kind of model; the table of all kinds is in models/models.c. */
struct user_model_kind {
	const char *name;	/* "pl061" */
	const char *compatible; /* of the device in devicetrees */
	size_t size;		/* of its struct, whose first member is struct user_model */
	uint32_t window;	/* bytes of registers */
	unsigned widths;	/* of accesses that it supports, in bytes, or-ed: 4, 2, 1 */
	unsigned pins, irqs;
	int (*init)(struct user_model *model); /* the struct is zeroed; NULL: nothing to do */
	uint32_t (*read)(struct user_model *model, uint32_t offset, unsigned bytes);
	void (*write)(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value);
	const struct user_model_option *options; /* ended by one without a name; NULL: none */
	/*
	 * Something outside drives PIN to LEVEL, or releases it (USER_PIN_OPEN). NULL when there
	 * are no pins.
	 */
	void (*drive)(struct user_model *model, unsigned pin, int level);
	/* Of a device on an I2C bus: where in its struct the bus' side is (models/models.h). */
	size_t target;
	/* Of a controller or multiplexer: puts such a device on its bus, or that of CHANNEL. */
	void (*attach)(struct user_model *model, struct i2c_target *target, unsigned channel);
	/* The same of an SPI bus; NUMBER is that of its chip select. */
	size_t spi_target;
	void (*attach_spi)(struct user_model *model, struct spi_target *target, unsigned number);
};

#define USER_PIN_OPEN (-1)

/* A model in a world; the fields are for reading. */
struct user_model {
	const struct user_model_kind *kind;
	struct user_world *world;
	struct user_model *next;
	struct fy_device *dev; /* the device of these registers; NULL: none yet */
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
/* Read or write a register directly, without driver and tap. */
uint32_t user_model_read(struct user_model *model, uint32_t offset, unsigned bytes);
void user_model_write(struct user_model *model, uint32_t offset, unsigned bytes, uint32_t value);
/* FY_ERR_NOT_FOUND: it has no such pin. */
int user_model_drive(struct user_model *model, unsigned pin, int level);
/* The level at a pin, whether the device or something outside drives it; FY_ERR_NOT_FOUND. */
int user_model_level(const struct user_model *model, unsigned pin);

/*
 * A watch of the model's pins: `changed` is called at each change of a level, at the time TIME. The
 * caller owns the struct. The callback may drive pins.
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
 * Sets the levels at the pins and calls the watches. Call it last in a model's function, since a
 * watch may call the model again.
 */
void user_model_set_levels(struct user_model *model, uint64_t levels);
/* Raises or lowers interrupt LINE: its handler is called before the call into the world ends. */
void user_model_set_irq(struct user_model *model, unsigned line, bool up);
/* Calls handlers now: for code that raised a line outside such a call. */
void user_handle_interrupts(struct user_world *w);
/*
 * Reports that the driver did what the manual forbids, or leaves open: logs it (level
 * USER_LOG_MODEL) and counts it.
 */
void user_model_violation(struct user_model *model, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* A timer of the device itself: it runs while the driver delays, and is never late. */
void user_model_timer_init(struct fy_timer *timer, struct user_model *model,
			   fy_timer_handler *handler);
/* The SIZE bytes at the bus address BUS; NULL: not all of them are memory for devices. */
void *user_dma_at(struct user_world *w, uint32_t bus, size_t size);
/* Limits memory for devices to BYTES for all drivers of the world together; default about 1 GiB. */
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
