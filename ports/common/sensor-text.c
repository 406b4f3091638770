// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class sensor, in text: a value as people write it, and what a channel is called. */
#include <ferry/sensor.h>

char *fy_port_sensor_decimal(char text[FY_SENSOR_DECIMAL], int64_t micro)
{
	uint64_t size = micro < 0 ? 0 - (uint64_t)micro : (uint64_t)micro;
	char *at = text + FY_SENSOR_DECIMAL - 1;
	unsigned digits = 0;
	bool shown = false; /* from the last digit that is not 0 on, or the first after the point */

	*at = '\0';
	do {
		const uint64_t rest = fy_div_u64(size, 10);
		const char digit = (char)('0' + (size - rest * 10));

		shown |= digit != '0' || digits >= 5;
		if (shown)
			*--at = digit;
		if (++digits == 6)
			*--at = '.';
		size = rest;
	} while (size || digits < 7);
	if (micro < 0)
		*--at = '-';
	return at;
}

/* Copies TEXT to *AT, as far as there is room before END. */
static void put(char **at, const char *end, const char *text)
{
	while (*text && *at < end)
		*(*at)++ = *text++;
}

void fy_port_sensor_name(const struct fy_sensor *sensor, unsigned channel,
			 char name[FY_SENSOR_NAME])
{
	static const char *const axes[] = { "", "-x", "-y", "-z" };
	const struct fy_sensor_channel *own = &sensor->channels[channel];
	const char *end = name + FY_SENSOR_NAME - 1;
	char number[] = { (char)('0' + fy_port_sensor_index(sensor, channel, NULL) / 10),
			  (char)('0' + fy_port_sensor_index(sensor, channel, NULL) % 10), '\0' };
	bool alone;

	fy_port_sensor_index(sensor, channel, &alone);
	put(&name, end, fy_port_sensor_kind(own->kind));
	put(&name, end, axes[own->axis]);
	if (!alone)
		put(&name, end, number[0] == '0' ? number + 1 : number);
	*name = '\0';
}
