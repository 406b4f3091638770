// SPDX-License-Identifier: GPL-2.0-only
/* The sections of config.txt: see config-filter.h. */
#include "boot/config-filter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Sections of models; which of them a board sees is in the table of boards. */
static const char *const models[] = {
	"pi0",	 "pi0w", "pi02", "pi1", "pi2",	"pi3", "pi3+", "pi4", "pi400", "pi5",
	"pi500", "cm0",	 "cm1",	 "cm3", "cm3+", "cm4", "cm4s", "cm5", "none",
};

/*
 * Sections by their first characters. The emulated board has no monitor, serial number 0, GPIO
 * inputs that read low, and was started from cold.
 */
static const struct {
	const char *prefix;
	enum config_filter_kind kind;
	bool matches;
} prefixes[] = {
	{ "EDID=", FILTER_EDID, false },
	{ "HDMI:", FILTER_HDMI, true },
	{ "tryboot", FILTER_START, false },
	{ "boot_count", FILTER_START, false },
	{ "boot_partition=", FILTER_START, false },
	{ "partition=", FILTER_START, false },
};

static bool same_number(const char *a, const char *b)
{
	return isdigit((unsigned char)*a) && strtoul(a, NULL, 0) == strtoul(b, NULL, 0);
}

static bool board_matches(const struct board *board, const char *name)
{
	static const char type[] = "board-type=";
	size_t len = sizeof(type) - 1;

	for (const char *const *own = board->filters; *own; own++) {
		if (strcmp(*own, name) == 0)
			return true;
		if (strncmp(*own, type, len) == 0 && strncmp(name, type, len) == 0 &&
		    same_number(name + len, *own + len))
			return true;
	}
	return false;
}

static bool is_model(const char *name)
{
	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (strcmp(name, models[i]) == 0)
			return true;
	return strncmp(name, "board-type=", 11) == 0;
}

/* "[gpio4=1]": a number, and the level. */
static bool is_gpio(const char *name, bool *low)
{
	char *end;

	if (strncmp(name, "gpio", 4) != 0 || !isdigit((unsigned char)name[4]))
		return false;
	strtoul(name + 4, &end, 10);
	*low = strcmp(end, "=0") == 0;
	return *low || strcmp(end, "=1") == 0;
}

bool config_filter_section(struct config_filter *filter, const struct board *board,
			   const char *name)
{
	bool low;

	if (strcmp(name, "all") == 0) {
		memset(filter, 0, sizeof(*filter));
		return true;
	}
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (strncmp(name, prefixes[i].prefix, strlen(prefixes[i].prefix)) == 0) {
			filter->fails[prefixes[i].kind] = !prefixes[i].matches;
			return true;
		}
	}
	if (strncmp(name, "0x", 2) == 0 && isxdigit((unsigned char)name[2])) {
		filter->fails[FILTER_SERIAL] = strtoull(name, NULL, 16) != 0;
		return true;
	}
	if (is_gpio(name, &low)) {
		filter->fails[FILTER_GPIO] = !low;
		return true;
	}
	filter->fails[FILTER_MODEL] = !board_matches(board, name);
	return is_model(name);
}

bool config_filter_passes(const struct config_filter *filter)
{
	for (int kind = 0; kind < FILTER_KINDS; kind++)
		if (filter->fails[kind])
			return false;
	return true;
}
