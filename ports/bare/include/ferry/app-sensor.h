/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app has of the sensors that drivers offer. NAME is that of the device in the board's
 * table, or fy_name(); NULL: the first sensor. Calls return 0; FY_ERR_NOT_FOUND: there is no
 * such sensor, or no such channel; or what the driver says (FY_ERR_IO and so on).
 */
#ifndef FERRY_APP_SENSOR_H
#define FERRY_APP_SENSOR_H

#include <ferry/app.h>
#include <ferry/sensor.h>

/*
 * Measures CHANNEL, waits, and stores the value in *MICRO: in millionths, as fy_sensor_micro() has
 * them. Context: thread.
 */
int fy_sensor_read(const char *name, unsigned channel, int64_t *micro);
/*
 * Measures all channels, and prints a line for each on the console: "lm75: temperature 21.5 °C".
 * Context: thread.
 */
int fy_sensor_print(const char *name);

/*
 * Begins a measurement of READER->channels, a mask, and does not wait: READER->ended is called with
 * READER->arg when it is over, from an interrupt, or from within this; then READER->error and
 * READER->value[] (raw, by channel) say what came of it. FY_ERR_BUSY: one is under way. Context:
 * any, but not READER->ended.
 */
int fy_sensor_begin(const char *name, struct fy_sensor_reader *reader);

/*
 * Has a device with a clock of its own sample CHANNELS; HANDLER gets each sample, from an
 * interrupt: as fy_sensor_sample() has them. CHANNELS 0: at the time that samples were lost.
 * HANDLER NULL ends that. FY_ERR_UNSUPPORTED: it has no clock; FY_ERR_BUSY: it measures, or samples
 * already. Context: thread.
 */
typedef void fy_sensor_handler(void *arg, uint64_t time, uint32_t channels, const int32_t *values);
int fy_sensor_stream(const char *name, uint32_t channels, fy_sensor_handler *handler, void *arg);
/* HANDLER is called when a channel goes past a limit; NULL ends that. Context: thread. */
typedef void fy_sensor_event_handler(void *arg, unsigned channel, enum fy_sensor_limit limit,
				     uint64_t time);
int fy_sensor_watch(const char *name, fy_sensor_event_handler *handler, void *arg);
/* Its channels, rates and limits: ->channels, ->count, ->ops; NULL: there is no such sensor. */
struct fy_sensor *fy_sensor_find(const char *name);

#endif
