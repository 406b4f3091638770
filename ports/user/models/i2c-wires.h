/* SPDX-License-Identifier: GPL-2.0-only */
/* Targets of an I2C bus on two pins of a model, which a driver moves. */
#ifndef PORTS_USER_MODELS_I2C_WIRES_H
#define PORTS_USER_MODELS_I2C_WIRES_H

#include "models.h"

/*
 * The bus: the caller's. Both lines have pull-ups. Targets see START, bytes and STOP (struct
 * i2c_target). What no controller may do is a violation of the model whose pins these are.
 */
struct i2c_wires {
	struct user_model *model;
	unsigned sda, scl;		     /* pins */
	struct i2c_target *targets, *target; /* target: that is addressed */
	uint64_t stretch; /* how long a target holds the clock after each byte, ns */
	bool stuck;	  /* something holds the data line, for good */
	struct fy_timer release;
	struct user_pin_watch watch;
	enum { I2C_WIRES_IDLE, I2C_WIRES_ADDRESS, I2C_WIRES_WRITE, I2C_WIRES_READ } state;
	bool reading;
	unsigned bits; /* of the byte, its acknowledge being the ninth */
	uint8_t shift;
	bool refused; /* by who receives the byte */
	unsigned starts, stops;
};

void i2c_wires_init(struct i2c_wires *wires, struct user_model *model, unsigned sda, unsigned scl);
void i2c_wires_attach(struct i2c_wires *wires, struct i2c_target *target);

#endif
