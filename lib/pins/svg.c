// SPDX-License-Identifier: GPL-2.0-only
/*
 * Draws pins as SVG 1.1: see output.h. Each pin has a lane; where its edges lie too dense for the
 * picture, the lane shows a filled band, and a second lane shows a few cycles of it. Numbers are
 * written with one decimal at most, so that the bytes do not depend on the machine.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "pins/output.h"
#include "pins/plot.h"

#define WIDTH	     960
#define LEFT	     88 /* of the waveforms */
#define RIGHT	     28
#define PLOT	     (WIDTH - LEFT - RIGHT)
#define TITLE_HEIGHT 52
#define NOTE_HEIGHT  20 /* above a wave, for tones and Morse */
#define WAVE_HEIGHT  40
#define LANE_GAP     18
#define LANE	     (NOTE_HEIGHT + WAVE_HEIGHT + LANE_GAP)
#define AXIS_HEIGHT  34
#define TICKS	     10
#define DENSE	     2	/* changes in one pixel's column that make a band of it */
#define NOTE_WIDTH   62 /* of a tone's label; a narrower tone gets none */

static const char style[] =
	"<style>\n"
	"text{font-family:ui-monospace,'DejaVu Sans "
	"Mono',Menlo,monospace;font-size:12px;fill:#57606a}\n"
	".title{font-size:15px;font-weight:600;fill:#1f2328}\n"
	".pin{font-size:13px;font-weight:600;fill:#1f2328}\n"
	".note{font-size:11px;fill:#8250df}\n"
	".grid{stroke:#d8dee4;stroke-width:1}\n"
	".wave{fill:none;stroke:#0969da;stroke-width:1.6;stroke-linejoin:round}\n"
	".band{fill:#0969da;fill-opacity:.75}\n"
	".float{fill:none;stroke:#8c959f;stroke-width:1.2;stroke-dasharray:2 4}\n"
	".zoom{fill:#8250df;fill-opacity:.12}\n"
	"</style>\n";

static void put_escaped(FILE *out, const char *text)
{
	for (; *text; text++) {
		switch (*text) {
		case '&':
			fputs("&amp;", out);
			break;
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '"':
			fputs("&quot;", out);
			break;
		default:
			/* Control characters are not allowed in XML. */
			fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
		}
	}
}

static double x_of(struct window window, uint64_t time)
{
	double length = window.to > window.from ? (double)(window.to - window.from) : 1;

	return LEFT + (double)(time - window.from) / length * PLOT;
}

/* The height of a state in a lane whose wave begins at TOP; what is not driven is in the middle. */
static int y_of(unsigned int state, int top)
{
	return state == PIN_HIGH ? top :
	       state == PIN_LOW	 ? top + WAVE_HEIGHT :
				   top + WAVE_HEIGHT / 2;
}

/*
 * Adjacent columns that are all dense, or all not driven, are drawn as one. Returns the one after
 * the last.
 */
static size_t run_end(const struct column *columns, size_t at,
		      bool (*is)(const struct column *column))
{
	while (at < PLOT && is(&columns[at]))
		at++;
	return at;
}

static bool dense(const struct column *column)
{
	return column->edges >= DENSE;
}

static bool undriven(const struct column *column)
{
	return column->edges == 0 && !pin_driven(column->first);
}

static void draw_bands(FILE *out, const struct column *columns, int top)
{
	for (size_t at = 0, end; at < PLOT; at = end + 1) {
		end = run_end(columns, at, dense);
		if (end > at)
			fprintf(out,
				"<rect class=\"band\" x=\"%zu\" y=\"%d\" width=\"%zu\" "
				"height=\"%d\"/>\n",
				LEFT + at, top, end - at, WAVE_HEIGHT);
		end = end > at ? end - 1 : at;
	}
	for (size_t at = 0, end; at < PLOT; at = end + 1) {
		end = run_end(columns, at, undriven);
		if (end > at)
			fprintf(out, "<path class=\"float\" d=\"M%zu %dH%zu\"/>\n", LEFT + at,
				top + WAVE_HEIGHT / 2, LEFT + end);
		end = end > at ? end - 1 : at;
	}
}

/* The single edges, at their exact places, outside of the bands. */
static void draw_edges(FILE *out, const struct recording *rec, unsigned int pin,
		       struct window window, const struct column *columns, int top)
{
	struct pin_walk walk;
	struct edge edge;
	uint8_t state;
	bool down = false; /* the pen is on the paper */

	pin_walk_begin(&walk, rec, pin, window);
	state = walk.state;
	fputs("<path class=\"wave\" d=\"", out);
	if (pin_driven(state) && !dense(&columns[0])) {
		fprintf(out, "M%d %d", LEFT, y_of(state, top));
		down = true;
	}
	while (pin_walk_next(&walk, &edge)) {
		double x = x_of(window, edge.time);
		size_t column = x - LEFT < PLOT - 1 ? (size_t)(x - LEFT) : PLOT - 1;
		bool band = dense(&columns[column]);

		if (down)
			fprintf(out, "H%.1f", x);
		if (!pin_driven(edge.state)) {
			down = false;
		} else if (!band && down) {
			fprintf(out, "V%d", y_of(edge.state, top));
		} else if (!band) {
			fprintf(out, "M%.1f %dV%d", x, y_of(state, top), y_of(edge.state, top));
			down = true;
		} else {
			down = false;
			/* The last edge of a band: the line goes on from it. */
			if (!walk.ahead || x_of(window, walk.edge.time) - x > 1.5) {
				fprintf(out, "M%.1f %d", x, y_of(edge.state, top));
				down = true;
			}
		}
		state = edge.state;
	}
	if (down)
		fprintf(out, "H%d", LEFT + PLOT);
	fputs("\"/>\n", out);
}

static void draw_wave(FILE *out, const struct recording *rec, unsigned int pin,
		      struct window window, int top)
{
	struct column *columns = calloc(PLOT, sizeof(*columns));

	if (!columns)
		return;
	plot_columns(columns, PLOT, rec, pin, window);
	draw_bands(out, columns, top);
	draw_edges(out, rec, pin, window, columns, top);
	free(columns);
	fprintf(out, "<text class=\"pin\" x=\"%d\" y=\"%d\" text-anchor=\"end\">GPIO %u</text>\n",
		LEFT - 14, top + WAVE_HEIGHT / 2 + 5, pin);
}

/* Vertical lines from TOP to BOTTOM, and their times below. */
static void draw_axis(FILE *out, struct window window, bool instructions, int top, int bottom)
{
	struct axis axis = plot_axis(window, TICKS, instructions);
	double length = (double)(window.to - window.from);

	for (unsigned int n = 0; axis.step * n <= length && length > 0; n++) {
		double x = LEFT + axis.step * n / length * PLOT;

		fprintf(out, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>\n", x, top, bottom);
		fprintf(out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.*f%s%s</text>\n",
			x, bottom + 18, axis.decimals, axis.step * n / axis.per_unit, n ? "" : " ",
			n ? "" : axis.unit);
	}
}

/* Tones and Morse texts above a lane, as far as there is room. */
static void draw_notes(FILE *out, const struct pin_report *pin, struct window window, int y)
{
	double free_from = LEFT;
	char text[48];

	for (size_t i = 0; i < pin->message_count; i++) {
		const struct morse_message *message = &pin->messages[i];
		double x = x_of(window, message->start);

		if (x < free_from)
			continue;
		fprintf(out, "<text class=\"note\" x=\"%.1f\" y=\"%d\">\xe2\x80\x9c", x, y);
		put_escaped(out, message->text);
		fputs("\xe2\x80\x9d in Morse", out);
		if (message->frequency > 0)
			fprintf(out, ", %s",
				plot_frequency(text, sizeof(text), message->frequency, 4));
		fputs("</text>\n", out);
		free_from = x_of(window, message->end);
	}
	free_from = LEFT;
	for (size_t i = 0; i < pin->tone_count; i++) {
		const struct tone *tone = &pin->tones[i];
		double x = x_of(window, tone->start), end = x_of(window, tone->end);

		if (end - x < NOTE_WIDTH || x < free_from || report_is_mark(pin, tone))
			continue;
		fprintf(out,
			"<text class=\"note\" x=\"%.1f\" y=\"%d\" "
			"text-anchor=\"middle\">%s</text>\n",
			(x + end) / 2, y, plot_frequency(text, sizeof(text), tone->frequency, 5));
		free_from = end;
	}
}

static void draw_title(FILE *out, const struct report *report)
{
	bool instructions = report->rec->info.instructions;
	char length[64], from[64];

	fprintf(out, "<text class=\"title\" x=\"%d\" y=\"30\">", LEFT);
	put_escaped(out, report->rec->info.board[0] ? report->rec->info.board : "GPIO pins");
	fprintf(out, "</text>\n<text x=\"%d\" y=\"30\" text-anchor=\"end\">%s from %s</text>\n",
		LEFT + PLOT,
		plot_time(length, sizeof(length), (double)(report->window.to - report->window.from),
			  4, instructions),
		plot_time(from, sizeof(from), (double)report->window.from, 7, instructions));
}

/* A closer look at one pin below the lanes, tied to the place that it shows. */
static void draw_zoom(FILE *out, const struct report *report, const struct pin_report *pin,
		      struct window zoom, int lane_top, int top)
{
	double from = x_of(report->window, zoom.from), to = x_of(report->window, zoom.to);
	int wave = top + NOTE_HEIGHT;
	char length[64];

	if (to - from < 1)
		to = from + 1;
	fprintf(out, "<path class=\"zoom\" d=\"M%.1f %dH%.1fL%d %dV%dH%dV%dZ\"/>\n", from, lane_top,
		to, LEFT + PLOT, wave - 6, wave + WAVE_HEIGHT + 6, LEFT, wave - 6);
	draw_axis(out, zoom, report->rec->info.instructions, wave - 6, wave + WAVE_HEIGHT + 6);
	draw_wave(out, report->rec, pin->pin, zoom, wave);
	fprintf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", LEFT - 14,
		wave + WAVE_HEIGHT / 2 + 21,
		plot_time(length, sizeof(length), (double)(zoom.to - zoom.from), 3,
			  report->rec->info.instructions));
}

/* The pin that a closer look helps most with: the one with most edges. */
static const struct pin_report *pin_to_zoom(const struct report *report, struct window *zoom)
{
	const struct pin_report *best = NULL;

	for (size_t i = 0; i < report->count; i++)
		if (!best || report->pins[i].measured.edges > best->measured.edges)
			best = &report->pins[i];
	if (best && plot_zoom(zoom, report->rec, best->pin, report->window, best->tones,
			      best->tone_count, best->measured.edges, PLOT / 4))
		return best;
	return NULL;
}

void svg_write(FILE *out, const struct report *report)
{
	struct window zoom;
	const struct pin_report *closer = pin_to_zoom(report, &zoom);
	int lanes = TITLE_HEIGHT + (int)report->count * LANE;
	int height = lanes + AXIS_HEIGHT + (closer ? LANE + AXIS_HEIGHT : 0);
	int zoom_top = lanes + AXIS_HEIGHT;

	fprintf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 "
		"0 %d %d\">\n",
		WIDTH, height, WIDTH, height);
	fputs(style, out);
	fprintf(out, "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#fff\"/>\n", WIDTH, height);
	draw_title(out, report);
	draw_axis(out, report->window, report->rec->info.instructions, TITLE_HEIGHT, lanes);
	if (closer)
		draw_zoom(out, report, closer, zoom,
			  TITLE_HEIGHT + (int)(closer - report->pins) * LANE + NOTE_HEIGHT +
				  WAVE_HEIGHT,
			  zoom_top);
	for (size_t i = 0; i < report->count; i++) {
		int top = TITLE_HEIGHT + (int)i * LANE + NOTE_HEIGHT;

		draw_notes(out, &report->pins[i], report->window, top - 7);
		draw_wave(out, report->rec, report->pins[i].pin, report->window, top);
	}
	fputs("</svg>\n", out);
}
