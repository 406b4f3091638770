// SPDX-License-Identifier: GPL-2.0-only
/* Values as lines: see sample-text.h. Names and labels are the driver's: they need no escapes. */
#include <inttypes.h>

#include "sample-text.h"

static void add_text(struct strbuf *sb, const struct fy_sensor_channel *channel, const char *name,
		     const char *value, const uint64_t *time)
{
	if (channel->label)
		strbuf_addf(sb, "%s ", channel->label);
	strbuf_addf(sb, "%s %s %s", name, value, fy_port_sensor_unit(channel->kind));
	if (time)
		strbuf_addf(sb, " at %llu.%06llu s", *time / FY_NS_PER_SEC,
			    *time % FY_NS_PER_SEC / FY_NS_PER_US);
	strbuf_puts(sb, "\n");
}

static void add_json(struct strbuf *sb, const struct fy_sensor_channel *channel, const char *name,
		     const char *value, uint64_t time, int32_t raw)
{
	strbuf_addf(sb, "{\"time\":%llu.%09llu,\"channel\":\"%s\"", time / FY_NS_PER_SEC,
		    time % FY_NS_PER_SEC, name);
	if (channel->label)
		strbuf_addf(sb, ",\"label\":\"%s\"", channel->label);
	strbuf_addf(sb, ",\"value\":%s,\"unit\":\"%s\",\"raw\":%" PRId32 "}\n", value,
		    fy_port_sensor_unit(channel->kind), raw);
}

void sample_add(struct strbuf *sb, const struct fy_sensor *sensor, bool json, bool stamped,
		uint64_t time, uint32_t channels, const int32_t *values)
{
	for (unsigned i = 0; i < sensor->count; i++) {
		const struct fy_sensor_channel *channel = &sensor->channels[i];
		char text[FY_SENSOR_DECIMAL], name[FY_SENSOR_NAME];
		const char *value;

		if (!(channels >> i & 1))
			continue;
		fy_port_sensor_name(sensor, i, name);
		value = fy_port_sensor_decimal(text, fy_sensor_micro(channel, *values));
		if (json)
			add_json(sb, channel, name, value, time, *values);
		else
			add_text(sb, channel, name, value, stamped ? &time : NULL);
		values++;
	}
}

void sample_add_event(struct strbuf *sb, const struct fy_sensor *sensor, bool json,
		      unsigned channel, enum fy_sensor_limit limit, uint64_t time)
{
	const char *which = limit == FY_SENSOR_ABOVE ? "above" : "below";
	char name[FY_SENSOR_NAME];

	fy_port_sensor_name(sensor, channel, name);
	if (json)
		strbuf_addf(sb,
			    "{\"time\":%llu.%09llu"
			    ",\"channel\":\"%s\",\"event\":\"%s\"}\n",
			    time / FY_NS_PER_SEC, time % FY_NS_PER_SEC, name, which);
	else
		strbuf_addf(sb, "%s is %s its limit at %llu.%06llu s\n", name, which,
			    time / FY_NS_PER_SEC, time % FY_NS_PER_SEC / FY_NS_PER_US);
}
