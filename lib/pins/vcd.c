// SPDX-License-Identifier: GPL-2.0-only
/* Writes a value change dump: see output.h. */
#include <inttypes.h>

#include "pins/output.h"

#define FIRST_ID '!' /* of the printable characters that name wires */

static const char values[] = {
	[PIN_LOW] = '0', [PIN_HIGH] = '1', [PIN_FLOATING] = 'z', [PIN_OTHER] = 'x'
};

static void write_header(FILE *out, const struct report *report, uint8_t *ids)
{
	fputs("$version ferry pins $end\n", out);
	if (report->rec->info.instructions)
		fputs("$comment no times: 1 ns stands for one instruction $end\n", out);
	if (report->window.from)
		fprintf(out, "$comment #0 is %" PRIu64 " ns of the recording $end\n",
			report->window.from);
	fputs("$timescale 1ns $end\n$scope module gpio $end\n", out);
	for (size_t i = 0; i < report->count; i++) {
		ids[report->pins[i].pin] = (uint8_t)(FIRST_ID + i);
		fprintf(out, "$var wire 1 %c gpio%u $end\n", (int)(FIRST_ID + i),
			report->pins[i].pin);
	}
	fputs("$upscope $end\n$enddefinitions $end\n", out);
}

void vcd_write(FILE *out, const struct report *report)
{
	struct recording_cursor cursor = recording_begin(report->rec);
	uint8_t ids[PINS_COUNT] = { 0 };
	uint64_t now = report->window.from;
	struct edge edge;

	write_header(out, report, ids);
	fputs("#0\n$dumpvars\n", out);
	for (size_t i = 0; i < report->count; i++)
		fprintf(out, "%c%c\n", values[report->pins[i].measured.first], (int)(FIRST_ID + i));
	fputs("$end\n", out);
	while (recording_next(&cursor, &edge) && edge.time <= report->window.to) {
		if (edge.time < report->window.from || !ids[edge.pin])
			continue;
		if (edge.time != now)
			fprintf(out, "#%" PRIu64 "\n", edge.time - report->window.from);
		now = edge.time;
		fprintf(out, "%c%c\n", values[edge.state], ids[edge.pin]);
	}
	if (report->window.to != now)
		fprintf(out, "#%" PRIu64 "\n", report->window.to - report->window.from);
}
