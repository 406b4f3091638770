// SPDX-License-Identifier: GPL-2.0-only
/* Everything measured, as JSON: see output.h. docs/pins.md names the members. */
#include "pins/output.h"

static const char *const states[] = { "low", "high", "floating", "other" };

static json_t *periods_json(const struct period_stats *p, bool instructions)
{
	json_t *json;

	if (!p->count)
		return json_null();
	json = json_pack("{s:I, s:f, s:f, s:I, s:I, s:f}", "count", (json_int_t)p->count, "mean",
			 p->mean, "deviation", p->deviation, "min", (json_int_t)p->min, "max",
			 (json_int_t)p->max, "duty", p->duty);
	if (json && !instructions)
		json_object_set_new(json, "frequency_hz", json_real(1e9 / p->mean));
	return json;
}

static json_t *tones_json(const struct pin_report *pin)
{
	json_t *list = json_array();

	for (size_t i = 0; i < pin->tone_count; i++) {
		const struct tone *tone = &pin->tones[i];

		json_array_append_new(list, json_pack("{s:I, s:I, s:f, s:o}", "start",
						      (json_int_t)tone->start, "end",
						      (json_int_t)tone->end, "frequency_hz",
						      tone->frequency, "periods",
						      periods_json(&tone->periods, false)));
	}
	return list;
}

static json_t *morse_json(const struct pin_report *pin, bool instructions)
{
	json_t *list = json_array();

	for (size_t i = 0; i < pin->message_count; i++) {
		const struct morse_message *m = &pin->messages[i];
		json_t *json =
			json_pack("{s:I, s:I, s:s, s:f}", "start", (json_int_t)m->start, "end",
				  (json_int_t)m->end, "text", m->text, "unit", m->unit);

		if (json && !instructions)
			json_object_set_new(json, "words_per_minute",
					    json_real(morse_wpm(m->unit)));
		if (json && m->frequency > 0)
			json_object_set_new(json, "frequency_hz", json_real(m->frequency));
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *pin_json(const struct pin_report *pin, bool instructions)
{
	const struct measurement *m = &pin->measured;

	return json_pack("{s:i, s:I, s:s, s:s, s:I, s:I, s:I, s:o, s:o, s:o}", "pin", (int)pin->pin,
			 "edges", (json_int_t)m->edges, "first", states[m->first & 3], "last",
			 states[m->last & 3], "high", (json_int_t)m->high, "low",
			 (json_int_t)m->low, "undriven", (json_int_t)m->undriven, "periods",
			 periods_json(&m->periods, instructions), "tones", tones_json(pin), "morse",
			 morse_json(pin, instructions));
}

json_t *report_json(const struct report *report)
{
	const struct recording_info *info = &report->rec->info;
	json_t *pins = json_array();

	for (size_t i = 0; i < report->count; i++)
		json_array_append_new(pins, pin_json(&report->pins[i], info->instructions));
	return json_pack("{s:s, s:s, s:b, s:I, s:I, s:I, s:I, s:o}", "board", info->board, "unit",
			 info->instructions ? "instructions" : "ns", "calibrated",
			 (int)info->calibrated, "end", (json_int_t)info->end, "edges",
			 (json_int_t)info->edges, "from", (json_int_t)report->window.from, "to",
			 (json_int_t)report->window.to, "pins", pins);
}
