// SPDX-License-Identifier: GPL-2.0-only
/*
 * Targets of an I2C bus on two pins (UM10204, section 3.1). They sample the data line when the
 * clock rises, and change it when the clock has fallen.
 */
#include "i2c-wires.h"

static int level(const struct i2c_wires *w, unsigned pin)
{
	return user_model_level(w->model, pin);
}

static uint64_t now_of(const struct i2c_wires *w)
{
	return user_world_now(w->model->world);
}

/* Pulls the data line low, or lets it go for the pull-up. */
static void drive_data(struct i2c_wires *w, int bit)
{
	user_model_drive(w->model, w->sda, bit && !w->stuck);
}

static void begin(struct i2c_wires *w)
{
	if (w->target)
		w->target->stop(w->target, true, now_of(w));
	w->target = NULL;
	w->state = I2C_WIRES_ADDRESS;
	w->bits = 0;
	w->starts++;
	drive_data(w, 1);
}

static void end(struct i2c_wires *w)
{
	if (w->target)
		w->target->stop(w->target, false, now_of(w));
	w->target = NULL;
	w->state = I2C_WIRES_IDLE;
	w->stops++;
	drive_data(w, 1);
}

/* A byte for a target, or an address, is whole: whether it is acknowledged. */
static bool take_byte(struct i2c_wires *w)
{
	struct i2c_target *target = w->targets;

	if (w->state == I2C_WIRES_WRITE)
		return w->target && w->target->write(w->target, w->shift);
	while (target && target->address != w->shift >> 1)
		target = target->next;
	w->reading = w->shift & 1;
	if (!target || !target->start(target, w->reading, now_of(w)))
		return false;
	w->target = target;
	return true;
}

static uint64_t release_clock(void *arg, uint64_t due)
{
	struct i2c_wires *w = arg;

	(void)due;
	user_model_drive(w->model, w->scl, 1);
	return FY_TIMER_STOP;
}

static void hold_clock(struct i2c_wires *w)
{
	user_model_drive(w->model, w->scl, 0);
	user_timer_start(&w->release, now_of(w) + w->stretch);
}

/* The ninth clock is over: the next byte. */
static void next_byte(struct i2c_wires *w)
{
	w->bits = 0;
	if (w->refused)
		w->state = I2C_WIRES_IDLE;
	else if (w->state == I2C_WIRES_ADDRESS)
		w->state = w->reading ? I2C_WIRES_READ : I2C_WIRES_WRITE;
	if (w->state == I2C_WIRES_READ)
		w->shift = w->target->read(w->target);
}

static void clock_rises(struct i2c_wires *w)
{
	if (w->bits < 8 && w->state != I2C_WIRES_READ)
		w->shift = (uint8_t)(w->shift << 1 | level(w, w->sda));
	else if (w->bits == 8 && w->state == I2C_WIRES_READ)
		w->refused = level(w, w->sda);
	w->bits++;
}

static void clock_falls(struct i2c_wires *w)
{
	if (w->bits == 9)
		next_byte(w);
	if (w->bits < 8) {
		drive_data(w, w->state == I2C_WIRES_READ ? w->shift >> (7 - w->bits) & 1 : 1);
		return;
	}
	if (w->state == I2C_WIRES_READ) {
		drive_data(w, 1);
	} else {
		w->refused = !take_byte(w);
		drive_data(w, w->refused);
	}
	if (w->stretch)
		hold_clock(w);
}

static void changed(void *arg, unsigned pin, int now, uint64_t time)
{
	struct i2c_wires *w = arg;

	(void)time;
	if (pin == w->sda && level(w, w->scl)) {
		if (now)
			end(w);
		else
			begin(w);
	} else if (pin == w->scl && w->state != I2C_WIRES_IDLE) {
		if (now)
			clock_rises(w);
		else
			clock_falls(w);
	}
}

void i2c_wires_init(struct i2c_wires *wires, struct user_model *model, unsigned sda, unsigned scl)
{
	*wires = (struct i2c_wires){ .model = model, .sda = sda, .scl = scl };
	wires->watch = (struct user_pin_watch){ .changed = changed, .arg = wires };
	user_model_timer_init(&wires->release, model, release_clock);
	wires->release.arg = wires;
	user_model_drive(model, sda, 1);
	user_model_drive(model, scl, 1);
	user_model_watch(model, &wires->watch);
}

void i2c_wires_attach(struct i2c_wires *wires, struct i2c_target *target)
{
	target->next = wires->targets;
	wires->targets = target;
}
