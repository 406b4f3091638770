// SPDX-License-Identifier: GPL-2.0-only
/* What was measured, in words: see text.h. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "pins/plot.h"
#include "pins/text.h"

#define SAME_FREQUENCY 0.02 /* as a share of it */
#define MOST_TONES     20   /* listed; the JSON output has them all */

/* A time with its unit, in one of a few buffers, so that several fit into one fprintf. */
static const char *show(double time, int digits, const struct report *report,
			const struct text_style *style)
{
	static char buffers[8][48];
	static unsigned int next;
	char *buf = plot_time(buffers[next++ % 8], sizeof(buffers[0]), time, digits,
			      report->rec->info.instructions);

	return style->ascii ? plot_ascii(buf) : buf;
}

static void put_periods(FILE *out, const struct period_stats *periods, const struct report *report,
			const struct text_style *style)
{
	fputs("  ", out);
	if (!report->rec->info.instructions) {
		char frequency[48];

		plot_frequency(frequency, sizeof(frequency), 1e9 / periods->mean, 6);
		fprintf(out, "frequency %s, ", frequency);
	}
	fprintf(out, "period %s mean over %" PRIu64 ", duty %.2f %%\n",
		show(periods->mean, 6, report, style), periods->count, periods->duty * 100);
	fprintf(out, "  jitter %s standard deviation, periods from %s to %s\n",
		show(periods->deviation, 3, report, style),
		show((double)periods->min, 6, report, style),
		show((double)periods->max, 6, report, style));
}

/* Whether one frequency says it all: there are no tones, or they are the same. */
static bool one_frequency(const struct pin_report *pin)
{
	for (size_t i = 1; i < pin->tone_count; i++)
		if (fabs(pin->tones[i].frequency - pin->tones[0].frequency) >
		    SAME_FREQUENCY * pin->tones[0].frequency)
			return false;
	return true;
}

static void put_tone(FILE *out, const struct tone *tone, const struct report *report,
		     const struct text_style *style)
{
	char frequency[48];

	fprintf(out, "  tone at %s: %s for %s, jitter %s\n",
		show((double)tone->start, 9, report, style),
		plot_frequency(frequency, sizeof(frequency), tone->frequency, 6),
		show((double)(tone->end - tone->start), 4, report, style),
		show(tone->periods.deviation, 3, report, style));
}

static void put_tones(FILE *out, const struct pin_report *pin, const struct report *report,
		      const struct text_style *style)
{
	size_t shown = 0, marks = 0;

	for (size_t i = 0; i < pin->tone_count; i++) {
		if (report_is_mark(pin, &pin->tones[i]))
			marks++;
		else if (shown++ < MOST_TONES)
			put_tone(out, &pin->tones[i], report, style);
	}
	if (shown > MOST_TONES)
		fprintf(out, "  and %zu tones more\n", shown - MOST_TONES);
	if (marks)
		fprintf(out, "  %zu tones are Morse code\n", marks);
}

void text_measure(FILE *out, const struct report *report, const struct text_style *style)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct pin_report *pin = &report->pins[i];
		const struct measurement *m = &pin->measured;

		fprintf(out,
			"gpio %u: %" PRIu64
			" edges, %s at the start, %s at the end; high for %s, low for %s\n",
			pin->pin, m->edges, plot_state(m->first), plot_state(m->last),
			show((double)m->high, 6, report, style),
			show((double)m->low, 6, report, style));
		if (m->periods.count && one_frequency(pin))
			put_periods(out, &m->periods, report, style);
		put_tones(out, pin, report, style);
	}
	if (report->rec->info.instructions)
		fputs("Times are instruction counts: the recording was made without -icount.\n",
		      out);
	else if (!report->rec->info.calibrated)
		fputs("Times leave out what the processor slept: it read no timer that the "
		      "recorder knows.\n",
		      out);
}

void text_morse(FILE *out, const struct report *report, const struct text_style *style)
{
	char frequency[48];

	for (size_t i = 0; i < report->count; i++) {
		const struct pin_report *pin = &report->pins[i];

		for (size_t j = 0; j < pin->message_count; j++) {
			const struct morse_message *message = &pin->messages[j];

			fprintf(out, "gpio %u: Morse at %s: \"%s\"", pin->pin,
				show((double)message->start, 9, report, style), message->text);
			if (!report->rec->info.instructions)
				fprintf(out, ", %.1f words per minute", morse_wpm(message->unit));
			if (message->frequency > 0)
				fprintf(out, ", %s",
					plot_frequency(frequency, sizeof(frequency),
						       message->frequency, 4));
			fputc('\n', out);
		}
	}
}
