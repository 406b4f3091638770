/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Parameters: whole numbers that who starts the driver may set, declared once. A module has them as
 * module parameters, a process of the user port as options (--parameter NAME=VALUE), the bare metal
 * on its command line (DRIVER.NAME=VALUE, or DRIVER1.NAME=VALUE for the device with that number);
 * everywhere a device's property of that name, with '-' for '_', is the value for that device
 * unless the parameter is set.
 *
 *	FY_PARAMETERS(
 *		(words_per_minute, 20, 1, 60, "speed of Morse code"),
 *		(tone_hz, 700, 1, 20000, "pitch")
 *	);
 *	...
 *		rc = fy_parameter(dev, tone_hz, &hz);
 *	...
 *	FY_DRIVER(beeper) = {
 *		.parameters = fy_parameters,
 */
#ifndef FERRY_PARAMETER_H
#define FERRY_PARAMETER_H

#include <ferry/driver.h>

struct fy_parameter {
	const char *name; /* an identifier; NULL ends the list */
	uint32_t preset;  /* when nothing sets it */
	uint32_t min, max;
	const char *description;
};

/*
 * FY_PARAMETERS((NAME, PRESET, MIN, MAX, DESCRIPTION), ...); at file scope, once at the most,
 * before the driver: declares 1 to 8 parameters, and defines fy_parameters, to be put into the
 * driver's struct. NAME is an identifier, not in quotes; `devices` is taken.
 */
#define FY_PARAMETERS(...)                                                                   \
	enum { FY_EACH(FY_PARAMETER_NUMBER, __VA_ARGS__) FY_PARAMETER_COUNT };               \
	static const struct fy_parameter fy_parameters[] = { FY_EACH(FY_PARAMETER_ENTRY,     \
								     __VA_ARGS__){ NULL } }; \
	FY_PORT_PARAMETERS(__VA_ARGS__)                                                      \
	_Static_assert(FY_PARAMETER_COUNT > 0, "parameters")

/*
 * fy_parameter(dev, NAME, &value): the parameter's value for the device. Returns 0; or
 * FY_ERR_INVALID, *VALUE unchanged, when the property or the command line has no number from MIN to
 * MAX: the port logs that. (A module parameter or an option that is not in range is refused at
 * once, and the driver is not started.) Context: thread.
 */
#define fy_parameter(dev, name, value) \
	fy_port_parameter(dev, &fy_parameters[FY_PARAMETER_NUMBER_OF(name)], value)

/* ---- How FY_PARAMETERS is made: FY_EACH(M, a, b) is `M a M b`, with up to 8 of them. ---- */

/* clang-format off */
#define FY_PARAMETER_NUMBER_OF(name) fy_parameter_number_##name
#define FY_PARAMETER_NUMBER(name, preset, min, max, text) FY_PARAMETER_NUMBER_OF(name),
#define FY_PARAMETER_ENTRY(name, preset, min, max, text) { #name, preset, min, max, text },
#define FY_EACH(m, ...) FY_EACH_OF(FY_COUNT(__VA_ARGS__), m, __VA_ARGS__)
#define FY_EACH_OF(count, m, ...) FY_EACH_OF_(count, m, __VA_ARGS__)
#define FY_EACH_OF_(count, m, ...) FY_EACH_##count(m, __VA_ARGS__)
#define FY_EACH_1(m, a) m a
#define FY_EACH_2(m, a, ...) m a FY_EACH_1(m, __VA_ARGS__)
#define FY_EACH_3(m, a, ...) m a FY_EACH_2(m, __VA_ARGS__)
#define FY_EACH_4(m, a, ...) m a FY_EACH_3(m, __VA_ARGS__)
#define FY_EACH_5(m, a, ...) m a FY_EACH_4(m, __VA_ARGS__)
#define FY_EACH_6(m, a, ...) m a FY_EACH_5(m, __VA_ARGS__)
#define FY_EACH_7(m, a, ...) m a FY_EACH_6(m, __VA_ARGS__)
#define FY_EACH_8(m, a, ...) m a FY_EACH_7(m, __VA_ARGS__)
#define FY_COUNT(...) FY_COUNT_(__VA_ARGS__, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define FY_COUNT_(a, b, c, d, e, f, g, h, count, ...) count
/* clang-format on */

#include <ferry/port/parameter.h>

#endif
