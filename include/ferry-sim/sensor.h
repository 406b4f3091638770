/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ferry-sim, class sensor: the test as the user of a sensor that a device offers
 * (<ferry/sensor.h>). Calls return 0 or more, or an error of the contract; FY_ERR_NOT_FOUND: the
 * device offers no sensor.
 */
#ifndef FERRY_SIM_SENSOR_H
#define FERRY_SIM_SENSOR_H

#include <ferry-sim.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Reads a value of each of CHANNELS, a mask, while time passes, LIMIT ns at the most
 * (FY_ERR_TIMEOUT). They are stored by the channels' numbers, raw; VALUES has room for 32, or for
 * all channels that the device has.
 */
int ferry_sim_sensor_read(struct ferry_sim_device *dev, uint32_t channels, int32_t *values,
			  uint64_t limit);
/* The same of one channel, in millionths of its unit, as fy_sensor_micro() has it. */
int ferry_sim_sensor_micro(struct ferry_sim_device *dev, unsigned channel, int64_t *micro,
			   uint64_t limit);
/* How many channels it has. */
int ferry_sim_sensor_channels(struct ferry_sim_device *dev);

/* What the driver has passed on since ferry_sim_sensor_record(). */
struct ferry_sim_sample {
	uint64_t time;	   /* that the sample is of */
	uint64_t told;	   /* when the driver told it */
	uint32_t channels; /* 0: samples were lost here */
	int32_t value[32]; /* by the channels' numbers */
};
struct ferry_sim_sensor_event {
	uint64_t time, told;
	unsigned channel;
	int limit; /* enum fy_sensor_limit */
};
/* Records all samples and events from now on, and drops those recorded so far. */
int ferry_sim_sensor_record(struct ferry_sim_device *dev);
/* Valid until time passes. Return how many there are. */
size_t ferry_sim_sensor_samples(const struct ferry_sim_device *dev,
				const struct ferry_sim_sample **samples);
size_t ferry_sim_sensor_events(const struct ferry_sim_device *dev,
			       const struct ferry_sim_sensor_event **events);

/* Has the device sample by its own clock. It ends with ferry_sim_sensor_stop(), or the device. */
int ferry_sim_sensor_stream(struct ferry_sim_device *dev, uint32_t channels);
int ferry_sim_sensor_stop(struct ferry_sim_device *dev);
/* The index of its rate among those of the driver. */
int ferry_sim_sensor_rate(struct ferry_sim_device *dev);
int ferry_sim_sensor_set_rate(struct ferry_sim_device *dev, unsigned index);

/* A limit that the device watches, in raw numbers. LIMIT: enum fy_sensor_limit. */
int ferry_sim_sensor_threshold(struct ferry_sim_device *dev, unsigned channel, int limit,
			       bool *enabled, int32_t *value, int32_t *hysteresis);
int ferry_sim_sensor_set_threshold(struct ferry_sim_device *dev, unsigned channel, int limit,
				   bool enabled, int32_t value, int32_t hysteresis);

#ifdef __cplusplus
}
#endif

#endif
