// SPDX-License-Identifier: GPL-2.0-only
/* The shell's commands for sensors. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sample-text.h"
#include "shell-class.h"

struct sensor_shell {
	struct fy_sensor_reader reader;
	struct user_sensor_watch watch; /* while it streams, or a limit is set */
	bool watched, streams;
	uint64_t start;
};

static struct fy_sensor *sensor_of(const struct shell_class *c)
{
	return user_sensor_first(c->world);
}

static bool offered(struct user_world *world)
{
	return user_sensor_first(world) != NULL;
}

static void print(struct strbuf *sb)
{
	fwrite(sb->buf, 1, sb->len, stdout);
	fflush(stdout);
	strbuf_free(sb);
}

/* Which channel NAME is; the sensor's ->count: none. */
static unsigned find_channel(const struct fy_sensor *sensor, const char *name)
{
	unsigned channel = 0;

	for (; channel < sensor->count; channel++) {
		const char *label = sensor->channels[channel].label;
		char own[FY_SENSOR_NAME];

		fy_port_sensor_name(sensor, channel, own);
		if (!strcmp(own, name) || (label && !strcmp(label, name)))
			break;
	}
	return channel;
}

/* The channels that TEXT names, all where it names none; 0: one is not there, which is said. */
static uint32_t find_channels(const struct fy_sensor *sensor, char *text)
{
	uint32_t channels = 0;
	char *word;

	while ((word = shell_word(&text))) {
		unsigned channel = find_channel(sensor, word);

		if (channel == sensor->count) {
			printf("there is no channel '%s'\n", word);
			return 0;
		}
		channels |= UINT32_C(1) << channel;
	}
	return channels ? channels : UINT32_MAX >> (FY_SENSOR_CHANNELS_MAX - sensor->count);
}

/* ---- channels ---- */

static int list_channels(struct shell_class *c, char *text)
{
	const struct fy_sensor *sensor = sensor_of(c);

	(void)text;
	for (unsigned i = 0; i < sensor->count; i++) {
		const struct fy_sensor_channel *channel = &sensor->channels[i];
		char name[FY_SENSOR_NAME];

		fy_port_sensor_name(sensor, i, name);
		printf(c->json ? "{\"channel\":\"%s\",\"unit\":\"%s\"" : "%s, in %s", name,
		       fy_port_sensor_unit(channel->kind));
		if (channel->label)
			printf(c->json ? ",\"label\":\"%s\"" : ": %s", channel->label);
		printf(c->json ? "}\n" : "\n");
	}
	return 0;
}

/* ---- measure ---- */

static void measured(void *arg, struct fy_sensor_reader *reader)
{
	struct shell_class *c = arg;
	const struct fy_sensor *sensor = sensor_of(c);
	struct strbuf sb = STRBUF_INIT;

	if (reader->error || !sensor) {
		printf("measure: the sensor does not answer: error %d\n", reader->error);
	} else {
		for (unsigned i = 0; i < sensor->count; i++)
			if (reader->channels >> i & 1)
				sample_add(&sb, sensor, c->json, false, reader->time,
					   UINT32_C(1) << i, &reader->value[i]);
		print(&sb);
	}
	shell_class_done(c);
}

static int measure(struct shell_class *c, char *text)
{
	struct sensor_shell *s = c->state;
	struct fy_sensor *sensor = sensor_of(c);
	int error;

	if (!sensor)
		return FY_ERR_GONE;
	s->reader = (struct fy_sensor_reader){ .channels = find_channels(sensor, text),
					       .ended = measured,
					       .arg = c };
	if (!s->reader.channels)
		return 0;
	error = user_sensor_read(sensor, &s->reader);
	c->busy = !error;
	return error;
}

/* ---- sample ---- */

static void show_sample(void *arg, uint64_t time, uint32_t channels, const int32_t *values)
{
	const struct shell_class *c = arg;
	const struct sensor_shell *s = c->state;
	struct strbuf sb = STRBUF_INIT;

	if (!s->streams)
		return;
	sample_add(&sb, sensor_of(c), c->json, true, c->json ? time : time - s->start, channels,
		   values);
	print(&sb);
}

static void show_lost(void *arg)
{
	const struct shell_class *c = arg;

	printf(c->json ? "{\"lost\":true}\n" : "samples were lost: the device's FIFO was full\n");
	fflush(stdout);
}

static void show_event(void *arg, unsigned channel, enum fy_sensor_limit limit, uint64_t time)
{
	const struct shell_class *c = arg;
	const struct sensor_shell *s = c->state;
	struct strbuf sb = STRBUF_INIT;

	sample_add_event(&sb, sensor_of(c), c->json, channel, limit,
			 c->json ? time : time - s->start);
	print(&sb);
}

static void watch(struct shell_class *c, struct fy_sensor *sensor)
{
	struct sensor_shell *s = c->state;

	if (s->watched)
		return;
	s->watched = true;
	s->start = user_world_now(c->world);
	s->watch = (struct user_sensor_watch){
		.sample = show_sample, .lost = show_lost, .event = show_event, .arg = c
	};
	user_sensor_watch(sensor, &s->watch);
}

static int sample(struct shell_class *c, char *text)
{
	struct sensor_shell *s = c->state;
	struct fy_sensor *sensor = sensor_of(c);
	uint32_t channels;
	int error;

	if (!sensor)
		return FY_ERR_GONE;
	if (!strcmp(text, "off")) {
		s->streams = false;
		user_sensor_stop(sensor);
		return 0;
	}
	channels = find_channels(sensor, text);
	if (!channels)
		return 0;
	watch(c, sensor);
	s->streams = true;
	error = user_sensor_stream(sensor, channels);
	if (error && error != FY_ERR_BUSY)
		s->streams = false;
	return error;
}

/* ---- rate ---- */

static void print_rate(uint32_t millihertz)
{
	char text[FY_SENSOR_DECIMAL];

	printf("%s", fy_port_sensor_decimal(text, (int64_t)millihertz * 1000));
}

static int show_rates(const struct shell_class *c, struct fy_sensor *sensor)
{
	const uint32_t *rates = sensor->ops->rates;
	int now = user_sensor_get_rate(sensor);

	if (now < 0)
		return now;
	printf(c->json ? "{\"rate\":" : "");
	print_rate(rates[now]);
	printf(c->json ? ",\"rates\":[" : " Hz, of");
	for (unsigned i = 0; rates[i]; i++) {
		printf(c->json ? i ? "," : "" : " ");
		print_rate(rates[i]);
	}
	printf(c->json ? "]}\n" : "\n");
	return 0;
}

static int rate(struct shell_class *c, char *text)
{
	struct fy_sensor *sensor = sensor_of(c);
	const uint32_t *rates = sensor ? sensor->ops->rates : NULL;
	int64_t wanted;

	if (!rates)
		return sensor ? FY_ERR_UNSUPPORTED : FY_ERR_GONE;
	if (!*text)
		return show_rates(c, sensor);
	if (!shell_micro(text, &wanted))
		return FY_ERR_INVALID;
	for (unsigned i = 0; rates[i]; i++)
		if ((int64_t)rates[i] * 1000 == wanted)
			return user_sensor_set_rate(sensor, i);
	return FY_ERR_INVALID;
}

/* ---- limit ---- */

static int show_limit(const struct shell_class *c, struct fy_sensor *sensor, unsigned channel,
		      enum fy_sensor_limit limit)
{
	const struct fy_sensor_channel *own = &sensor->channels[channel];
	const struct fy_sensor_channel span = { .kind = own->kind,
						.scale = own->scale,
						.divisor = own->divisor };
	struct fy_sensor_threshold threshold;
	char value[FY_SENSOR_DECIMAL], hysteresis[FY_SENSOR_DECIMAL];
	int error = user_sensor_get_threshold(sensor, channel, limit, &threshold);

	if (error)
		return error;
	printf(c->json ? "{\"enabled\":%s,\"value\":%s,\"hysteresis\":%s}\n" :
			 "%s: %s, hysteresis %s\n",
	       c->json		 ? threshold.enabled ? "true" : "false" :
	       threshold.enabled ? "on" :
				   "off",
	       fy_port_sensor_decimal(value, fy_sensor_micro(own, threshold.value)),
	       fy_port_sensor_decimal(hysteresis, fy_sensor_micro(&span, threshold.hysteresis)));
	return 0;
}

static int set_limit(struct shell_class *c, struct fy_sensor *sensor, unsigned channel,
		     enum fy_sensor_limit limit, const char *value, const char *hysteresis)
{
	const struct fy_sensor_channel *own = &sensor->channels[channel];
	const struct fy_sensor_channel span = { .kind = own->kind,
						.scale = own->scale,
						.divisor = own->divisor };
	struct fy_sensor_threshold threshold;
	int64_t micro;
	int error = user_sensor_get_threshold(sensor, channel, limit, &threshold);

	if (error)
		return error;
	threshold.enabled = strcmp(value, "off") != 0;
	if (threshold.enabled) {
		if (!shell_micro(value, &micro))
			return FY_ERR_INVALID;
		error = fy_port_sensor_raw(own, micro, &threshold.value);
	}
	if (!error && hysteresis) {
		if (!shell_micro(hysteresis, &micro))
			return FY_ERR_INVALID;
		error = fy_port_sensor_raw(&span, micro, &threshold.hysteresis);
	}
	if (!error)
		error = user_sensor_set_threshold(sensor, channel, limit, &threshold);
	if (!error)
		watch(c, sensor);
	return error;
}

static int limit_of_channel(struct shell_class *c, char *text)
{
	struct fy_sensor *sensor = sensor_of(c);
	const char *name = shell_word(&text), *which = shell_word(&text),
		   *value = shell_word(&text), *hysteresis = shell_word(&text);
	const bool above = which && !strcmp(which, "above");
	unsigned channel;

	if (!sensor)
		return FY_ERR_GONE;
	if (!name || !which || (!above && strcmp(which, "below") != 0))
		return FY_ERR_INVALID;
	channel = find_channel(sensor, name);
	if (channel == sensor->count) {
		printf("there is no channel '%s'\n", name);
		return 0;
	}
	if (!value)
		return show_limit(c, sensor, channel, above ? FY_SENSOR_ABOVE : FY_SENSOR_BELOW);
	return set_limit(c, sensor, channel, above ? FY_SENSOR_ABOVE : FY_SENSOR_BELOW, value,
			 hysteresis);
}

static void end(struct shell_class *c)
{
	struct sensor_shell *s = c->state;
	struct fy_sensor *sensor = sensor_of(c);

	if (!sensor)
		return;
	user_sensor_cancel(sensor, &s->reader);
	if (s->streams)
		user_sensor_stop(sensor);
	user_sensor_unwatch(sensor, &s->watch);
}

static const struct shell_command commands[] = {
	{ "channels", "channels          what the sensor measures", list_channels },
	{ "measure", "measure [CHANNEL]...  measures these, or all, and prints the values",
	  measure },
	{ "sample",
	  "sample [CHANNEL]...|off\n"
	  "                  prints what the device samples by its own clock",
	  sample },
	{ "rate", "rate [HZ]         by which it samples", rate },
	{ "limit",
	  "limit CHANNEL above|below [VALUE|off [HYSTERESIS]]\n"
	  "                  a limit that the device watches; it is printed when it is passed",
	  limit_of_channel },
	{ 0 },
};

const struct shell_class_kind shell_sensor = {
	.commands = commands,
	.offered = offered,
	.state_size = sizeof(struct sensor_shell),
	.end = end,
};
