// SPDX-License-Identifier: GPL-2.0-only
/* Notices about settings of config.txt: see config-report.h. */
#include "boot/config-report.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/config-options.h"
#include "boot/firmware.h"

#define MOST_NAMES 20

static bool is_first(const struct config_txt *config, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(config->setting[i].name, config->setting[index].name) == 0)
			return false;
	return true;
}

/* "config.txt:3: kernal (kernel?)", and why when that is plain to see. */
static void print_unknown(FILE *out, const struct config_setting *setting)
{
	size_t name = strcspn(setting->name, " \t");
	const char *nearest = config_option_nearest(setting->name);

	fprintf(out, "%s:%d: %s", setting->file, setting->line, setting->name);
	if (setting->name[name])
		fprintf(out, " (no space may stand before the '=')");
	else if (nearest)
		fprintf(out, " (%s?)", nearest);
}

/* Prints the names of one kind and returns how many there are. */
static int print_kind(FILE *out, const struct config_txt *config, enum option_kind kind)
{
	int count = 0;

	for (size_t i = 0; i < config->count; i++) {
		const struct config_setting *setting = &config->setting[i];

		if (config_option_kind(setting->name) != kind || !is_first(config, i))
			continue;
		if (count++ >= MOST_NAMES)
			continue;
		fprintf(out, "%s", count > 1 ? ", " : "");
		if (kind == OPTION_UNKNOWN)
			print_unknown(out, setting);
		else
			fprintf(out, "%s", setting->name);
	}
	if (count > MOST_NAMES)
		fprintf(out, " and %d more", count - MOST_NAMES);
	return count;
}

static int report(const struct config_txt *config, struct firmware_boot *boot,
		  enum option_kind kind, const char *introduction, struct error *err)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	int count;

	if (!out)
		return error_set(err, "out of memory");
	count = print_kind(out, config, kind);
	if (fclose(out) == 0 && text && count > 0)
		firmware_notice(boot, "%s%s", introduction, text);
	free(text);
	return 0;
}

int config_report(const struct config_txt *config, struct firmware_boot *boot, struct error *err)
{
	if (report(config, boot, OPTION_IDLE,
		   "config.txt: without meaning on an emulated board: ", err) < 0)
		return -1;
	return report(config, boot, OPTION_UNKNOWN,
		      "config.txt: unknown options are ignored: ", err);
}
