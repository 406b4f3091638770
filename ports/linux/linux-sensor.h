/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port, class sensor: what hwmon's part (linux-sensor.c) and IIO's (linux-sensor-iio.c)
 * share. A module has the second one only if its driver needs it: IIO is a module itself.
 */
#ifndef PORTS_LINUX_SENSOR_H
#define PORTS_LINUX_SENSOR_H

#include <linux/hwmon.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>
#include <ferry/sensor.h>

struct fy_linux_iio;

struct fy_linux_sensor {
	struct fy_sensor *sensor;
	struct mutex mutex; /* of who reads by a measurement */
	struct device *parent;
	struct platform_device *own;
	struct fy_linux_iio *iio; /* NULL: none */

	/* hwmon's: the kinds that it has, a bit for each attribute of each channel */
	struct device *hwmon; /* NULL: none */
	struct hwmon_chip_info chip;
	const struct hwmon_channel_info *info[FY_SENSOR_KINDS + 1];
	struct hwmon_channel_info kind[FY_SENSOR_KINDS];
	u32 config[FY_SENSOR_KINDS][FY_SENSOR_CHANNELS_MAX + 1];
	/* channels whose limit was passed, by above and below, until that was read; and not told */
	unsigned long alarms[2], untold[2];
	struct work_struct tell;
};

/* Reads READER's channels, and waits for them. Returns 0 or an error of the kernel's. */
int fy_linux_sensor_read(struct fy_linux_sensor *port, struct fy_sensor_reader *reader);

int fy_linux_iio_register(struct fy_linux_sensor *port);
void fy_linux_iio_unregister(struct fy_linux_sensor *port);
void fy_linux_iio_sample(struct fy_linux_sensor *port, uint64_t time, uint32_t channels,
			 const int32_t *values);
void fy_linux_iio_event(struct fy_linux_sensor *port, unsigned channel, enum fy_sensor_limit limit,
			uint64_t time);

#endif
