// SPDX-License-Identifier: GPL-2.0-only
/* Waveforms of pins: see waves.h. */
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
	waves->edge[(waves->first + waves->count++) % WAVES_EDGES] =
		(struct waves_edge){ time, (uint8_t)pin, (uint8_t)level };
}

static void cut(const struct waves *waves, unsigned pin, struct window window,
		struct column *columns, unsigned count)
{
	uint8_t level = waves->levels >> pin & 1 ? PIN_HIGH : PIN_LOW;
	unsigned n = 0;

	for (unsigned column = 0; column < count; column++) {
		uint64_t until = window.from + (window.to - window.from) / count * (column + 1);

		columns[column] = (struct column){ .first = level };
		for (; n < waves->count && (column + 1 == count || edge_at(waves, n)->time < until);
		     n++) {
			if (edge_at(waves, n)->pin != pin)
				continue;
			level = edge_at(waves, n)->level ? PIN_HIGH : PIN_LOW;
			columns[column].edges++;
		}
		columns[column].last = level;
	}
}

void waves_draw(const struct waves *waves, uint64_t pins, uint64_t end,
		const struct text_style *style, FILE *out)
{
	const struct window window = { waves->count ? edge_at(waves, 0)->time : waves->start, end };
	struct column columns[WAVES_COLUMNS];

	for (unsigned pin = 0; pin < 64; pin++) {
		if (!(pins >> pin & 1))
			continue;
		cut(waves, pin, window, columns, WAVES_COLUMNS);
		text_draw_pin(out, columns, WAVES_COLUMNS, pin, style);
	}
	text_draw_axis(out, window, WAVES_COLUMNS, false, style);
}
