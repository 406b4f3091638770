/* SPDX-License-Identifier: GPL-2.0-only */
/* A sensor's values as lines: text for people, JSON for programs. */
#ifndef PORTS_USER_PROGRAM_SAMPLE_TEXT_H
#define PORTS_USER_PROGRAM_SAMPLE_TEXT_H

#include <user.h>

#include "base/strbuf.h"

/*
 * Adds a line for each of CHANNELS: "outside temperature 21.5 °C", and " at 12.345678 s" if
 * STAMPED; or, in JSON,
 *	{"time":12.345678901,"channel":"temperature","value":21.5,"unit":"°C","raw":5504}
 * and "label" where the channel has one. TIME is ns after some start.
 */
void sample_add(struct strbuf *sb, const struct fy_sensor *sensor, bool json, bool stamped,
		uint64_t time, uint32_t channels, const int32_t *values);
/* {"time":12.345678901,"channel":"temperature","event":"above"} */
void sample_add_event(struct strbuf *sb, const struct fy_sensor *sensor, bool json,
		      unsigned channel, enum fy_sensor_limit limit, uint64_t time);

#endif
