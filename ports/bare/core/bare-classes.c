// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Classes led, pwm, watchdog and input: those that drivers offer, for the app. */
#include <ferry/app-input.h>
#include <ferry/app-led.h>
#include <ferry/app-pwm.h>
#include <ferry/app-watchdog.h>

#include "core.h"

struct fy_led *fy_led_find(const char *name)
{
	return (struct fy_led *)bare_offer_find(name, FY_OFFER_LED);
}

struct fy_pwm *fy_pwm_find(const char *name)
{
	return (struct fy_pwm *)bare_offer_find(name, FY_OFFER_PWM);
}

struct fy_watchdog *fy_watchdog_find(const char *name)
{
	return (struct fy_watchdog *)bare_offer_find(name, FY_OFFER_WATCHDOG);
}

int fy_input_watch(const char *name, fy_input_handler *handler, void *arg)
{
	struct fy_input *input = (struct fy_input *)bare_offer_find(name, FY_OFFER_INPUT);

	if (!input)
		return FY_ERR_NOT_FOUND;
	fy_port_input_watch(input, handler, arg);
	return 0;
}

void fy_input_print(void *arg, enum fy_input_type type, uint16_t code, int32_t value, bool last)
{
	static const char *const types[] = { [FY_INPUT_KEY] = "key",
					     [FY_INPUT_RELATIVE] = "relative",
					     [FY_INPUT_ABSOLUTE] = "absolute",
					     [FY_INPUT_SWITCH] = "switch" };

	(void)arg;
	(void)last;
	fy_print("%s %u: %d\n", types[type], code, (int)value);
}
