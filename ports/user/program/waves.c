// SPDX-License-Identifier: GPL-2.0-only
/* Waveforms of pins: see waves.h. */
#include <inttypes.h>

#include "waves.h"

static const struct waves_edge *edge_at(const struct waves *waves, unsigned n)
{
	return &waves->edge[(waves->first + n) % WAVES_EDGES];
}

static uint64_t set_level(uint64_t levels, unsigned pin, int level)
{
	return level ? levels | UINT64_C(1) << pin : levels & ~(UINT64_C(1) << pin);
}

void waves_add(struct waves *waves, unsigned pin, int level, uint64_t time)
{
	if (waves->count == WAVES_EDGES) {
		const struct waves_edge *oldest = edge_at(waves, 0);

		waves->levels = set_level(waves->levels, oldest->pin, oldest->level);
		waves->start = oldest->time;
		waves->first = (waves->first + 1) % WAVES_EDGES;
		waves->count--;
	}
	waves->edge[(waves->first + waves->count++) % WAVES_EDGES] = (struct waves_edge){ time, (uint8_t)pin, (uint8_t)level };
}

/* A column is the level in it, or | when the pin changed there. */
static void draw_pin(const struct waves *waves, unsigned pin, uint64_t from, uint64_t end, unsigned columns, FILE *out)
{
	int level = waves->levels >> pin & 1;
	unsigned n = 0;

	fprintf(out, "%6u ", pin);
	for (unsigned column = 1; column <= columns; column++) {
		uint64_t until = from + (end - from) / columns * column;
		bool changed = false;

		for (; n < waves->count && (column == columns || edge_at(waves, n)->time < until); n++) {
			if (edge_at(waves, n)->pin != pin)
				continue;
			level = edge_at(waves, n)->level;
			changed = true;
		}
		fputc(changed ? '|' : level ? '-' : '_', out);
	}
	fputc('\n', out);
}

void waves_draw(const struct waves *waves, uint64_t pins, uint64_t end, unsigned columns, FILE *out)
{
	const uint64_t from = waves->count ? edge_at(waves, 0)->time : waves->start;
	uint64_t us = (end - from) / 1000;

	for (unsigned pin = 0; pin < 64; pin++)
		if (pins >> pin & 1)
			draw_pin(waves, pin, from, end, columns, out);
	fprintf(out, "       %" PRIu64 ".%06" PRIu64 " s; %u edges\n", us / 1000000, us % 1000000, waves->count);
}
