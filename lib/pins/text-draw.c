// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waveforms in a terminal: see text.h. A pin takes two rows; a column shows a level, an edge, or,
 * where there is more than one edge in it, a filled cell.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pins/plot.h"
#include "pins/text.h"

#define LABEL_CELLS 8  /* "gpio 17 " */
#define TICK_CELLS  10 /* at least, from tick to tick */

enum cell { LOW, HIGH, RISE, FALL, DENSE, FLOATING, OTHER, CELLS };

/* Upper and lower row. */
static const char *const unicode_cells[CELLS][2] = {
	[LOW] = { " ", "─" },	[HIGH] = { "─", " " },	[RISE] = { "┌", "┘" },
	[FALL] = { "┐", "└" },	[DENSE] = { "█", "█" }, [FLOATING] = { " ", "·" },
	[OTHER] = { " ", "?" },
};
static const char *const ascii_cells[CELLS][2] = {
	[LOW] = { " ", "_" },	[HIGH] = { "_", " " },	[RISE] = { " ", "|" },
	[FALL] = { " ", "|" },	[DENSE] = { "#", "#" }, [FLOATING] = { " ", "." },
	[OTHER] = { " ", "?" },
};

static enum cell cell_for(const struct column *column)
{
	static const enum cell steady[] = { LOW, HIGH, FLOATING, OTHER };

	if (column->edges == 0 || !pin_driven(column->last))
		return steady[column->last & 3];
	if (column->edges > 1 && pin_driven(column->first))
		return DENSE;
	if (column->edges > 2)
		return DENSE;
	return column->last == PIN_HIGH ? RISE : column->first == PIN_HIGH ? FALL : LOW;
}

static const char *colour(const struct text_style *style, const char *code)
{
	return style->colour ? code : "";
}

void text_draw_pin(FILE *out, const struct column *columns, unsigned int count, unsigned int pin,
		   const struct text_style *style)
{
	const char *const(*cells)[2] = style->ascii ? ascii_cells : unicode_cells;

	for (int row = 0; row < 2; row++) {
		if (row == 0)
			fprintf(out, "%*s%s", LABEL_CELLS, "", colour(style, "\033[32m"));
		else
			fprintf(out, "gpio %-3u%s", pin, colour(style, "\033[32m"));
		for (unsigned int i = 0; i < count; i++)
			fputs(cells[cell_for(&columns[i])][row], out);
		fprintf(out, "%s\n", colour(style, "\033[0m"));
	}
}

/* The cell of tick number N. */
static unsigned int tick_cell(const struct axis *axis, struct window window, unsigned int cells,
			      unsigned int n)
{
	double length = window.to > window.from ? (double)(window.to - window.from) : 1;
	double at = axis->step * n / length;

	return at <= 1 ? (unsigned int)(at * cells) : UINT32_MAX;
}

void text_draw_axis(FILE *out, struct window window, unsigned int cells, bool instructions,
		    const struct text_style *style)
{
	static const char *const ticks[2][2] = { { "─", "┴" }, { "-", "+" } };
	struct axis axis = plot_axis(window, cells / TICK_CELLS, instructions);
	unsigned int at, n, used = 0;

	fprintf(out, "%*s%s", LABEL_CELLS, "", colour(style, "\033[2m"));
	for (at = 0, n = 0; at < cells; at++) {
		bool tick = at == tick_cell(&axis, window, cells, n);

		n += tick;
		fputs(ticks[style->ascii][tick], out);
	}
	fprintf(out, "%s\n%*s", colour(style, "\033[0m"), LABEL_CELLS, "");
	for (n = 0; (at = tick_cell(&axis, window, cells, n)) < cells; n++) {
		char label[64];
		int len = snprintf(label, sizeof(label), "%.*f", axis.decimals,
				   axis.step * n / axis.per_unit);

		if (n == 0 && !instructions)
			len += snprintf(label + len, sizeof(label) - (size_t)len, " %s",
					style->ascii && !strcmp(axis.unit, "µs") ? "us" :
										   axis.unit);
		if (at < used || at + (unsigned int)len > cells)
			continue;
		fprintf(out, "%*s%s", (int)(at - used), "", label);
		used = at + (unsigned int)len;
		if (n == 0 && strstr(label, "µ"))
			used--; /* two bytes, one cell */
	}
	fputc('\n', out);
}

/* Writes a time; plain ASCII spells the unit "us". */
static void put_time(FILE *out, double time, int digits, const struct report *report,
		     const struct text_style *style)
{
	char buf[64];

	plot_time(buf, sizeof(buf), time, digits, report->rec->info.instructions);
	fputs(style->ascii ? plot_ascii(buf) : buf, out);
}

static void draw_title(FILE *out, const char *what, struct window window,
		       const struct report *report, const struct text_style *style)
{
	fprintf(out, "%s", what);
	put_time(out, (double)(window.to - window.from), 4, report, style);
	fputs(" from ", out);
	put_time(out, (double)window.from, 9, report, style);
	fputc('\n', out);
}

void text_draw(FILE *out, const struct report *report, const struct text_style *style)
{
	bool instructions = report->rec->info.instructions;
	unsigned int cells = (style->columns < 40 ? 40 : style->columns) - LABEL_CELLS - 1;
	struct column *columns = calloc(cells, sizeof(*columns));
	struct window zoom;

	if (!columns)
		return;
	draw_title(out, "", report->window, report, style);
	for (size_t i = 0; i < report->count; i++) {
		plot_columns(columns, cells, report->rec, report->pins[i].pin, report->window);
		text_draw_pin(out, columns, cells, report->pins[i].pin, style);
	}
	text_draw_axis(out, report->window, cells, instructions, style);
	for (size_t i = 0; i < report->count; i++) {
		const struct pin_report *pin = &report->pins[i];

		if (!plot_zoom(&zoom, report->rec, pin->pin, report->window, pin->tones,
			       pin->tone_count, pin->measured.edges, cells / 3))
			continue;
		draw_title(out, "\nCloser: ", zoom, report, style);
		plot_columns(columns, cells, report->rec, pin->pin, zoom);
		text_draw_pin(out, columns, cells, pin->pin, style);
		text_draw_axis(out, zoom, cells, instructions, style);
	}
	free(columns);
}
