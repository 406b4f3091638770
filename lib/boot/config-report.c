// SPDX-License-Identifier: GPL-2.0-only
/* Notices about settings of config.txt: see config-report.h. */
#include "boot/config-report.h"

#include <stdbool.h>
#include <string.h>

#include "base/strbuf.h"
#include "boot/config-options.h"

#define MOST_NAMES 20

static bool is_first(const struct config_txt *config, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(config->setting[i].name, config->setting[index].name) == 0)
			return false;
	return true;
}

/* "config.txt:3: kernal (kernel?)", and why when that is plain to see. */
static void add_unknown(struct strbuf *out, const struct config_setting *setting)
{
	size_t name = strcspn(setting->name, " \t");
	const char *nearest = config_option_nearest(setting->name);

	strbuf_addf(out, "%s:%d: %s", setting->file, setting->line, setting->name);
	if (setting->name[name])
		strbuf_puts(out, " (no space may stand before the '=')");
	else if (nearest)
		strbuf_addf(out, " (%s?)", nearest);
}

/* Adds the names of one kind and returns how many there are. */
static int add_kind(struct strbuf *out, const struct config_txt *config, enum option_kind kind)
{
	int count = 0;

	for (size_t i = 0; i < config->count; i++) {
		const struct config_setting *setting = &config->setting[i];

		if (config_option_kind(setting->name) != kind || !is_first(config, i))
			continue;
		if (count++ >= MOST_NAMES)
			continue;
		strbuf_puts(out, count > 1 ? ", " : "");
		if (kind == OPTION_UNKNOWN)
			add_unknown(out, setting);
		else
			strbuf_puts(out, setting->name);
	}
	if (count > MOST_NAMES)
		strbuf_addf(out, " and %d more", count - MOST_NAMES);
	return count;
}

static int report(const struct config_txt *config, struct notices *notices, enum option_kind kind,
		  const char *introduction, struct error *err)
{
	struct strbuf names = STRBUF_INIT;
	int rc = 0;

	if (add_kind(&names, config, kind) > 0 && !names.failed)
		rc = notices_add(notices, "%s%s", introduction, names.buf);
	if (names.failed || rc < 0)
		rc = error_set(err, "out of memory");
	strbuf_free(&names);
	return rc;
}

int config_report(const struct config_txt *config, struct notices *notices, struct error *err)
{
	if (report(config, notices, OPTION_IDLE,
		   "config.txt: without meaning on an emulated board: ", err) < 0)
		return -1;
	return report(config, notices, OPTION_UNKNOWN,
		      "config.txt: unknown options are ignored: ", err);
}
