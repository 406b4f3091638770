/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ferry-sim: the test as the user of LEDs, PWM outputs, watchdogs and input devices (<ferry/led.h>,
 * <ferry/pwm.h>, <ferry/watchdog.h>, <ferry/input.h>). Calls return 0, or an error:
 * FY_ERR_NOT_FOUND: the device offers no such thing; or what the driver says.
 */
#ifndef FERRY_SIM_CLASSES_H
#define FERRY_SIM_CLASSES_H

#include <ferry-sim.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The LED INDEX of the device, a number of the driver's ---- */

int ferry_sim_led_set(struct ferry_sim_device *dev, unsigned index, unsigned brightness);
int ferry_sim_led_blink(struct ferry_sim_device *dev, unsigned index, uint32_t *on_ms,
			uint32_t *off_ms);

/* ---- Output CHANNEL ---- */

struct fy_pwm_state;
int ferry_sim_pwm_apply(struct ferry_sim_device *dev, unsigned channel,
			const struct fy_pwm_state *state);
int ferry_sim_pwm_get(struct ferry_sim_device *dev, unsigned channel, struct fy_pwm_state *state);

/* ---- Watchdog ---- */

int ferry_sim_watchdog_start(struct ferry_sim_device *dev, uint32_t ms);
int ferry_sim_watchdog_stop(struct ferry_sim_device *dev);
int ferry_sim_watchdog_left(struct ferry_sim_device *dev, uint32_t *ms);

/* ---- Input ---- */

struct ferry_sim_input {
	uint64_t time;
	int type; /* enum fy_input_type */
	uint16_t code;
	int32_t value;
	bool last;
};
/* Records what the device reports from now on, and drops what was recorded so far. */
int ferry_sim_input_record(struct ferry_sim_device *dev);
/* Valid until time passes. Returns how many there are. */
size_t ferry_sim_inputs(const struct ferry_sim_device *dev, const struct ferry_sim_input **inputs);

#ifdef __cplusplus
}
#endif

#endif
