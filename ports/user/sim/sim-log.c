// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: what drivers and models said. */
#include <stdlib.h>
#include <string.h>

#include "sim.h"

static char *copy(const char *text)
{
	return strcpy(sim_memory(strlen(text) + 1), text);
}

void sim_log(void *arg, struct fy_device *dev, enum user_log_level level, const char *text)
{
	static const char letters[USER_LOG_LEVELS] = {
		[USER_LOG_ERROR] = 'e', [USER_LOG_WARN] = 'w',	[USER_LOG_INFO] = 'i',
		[USER_LOG_DEBUG] = 'd', [USER_LOG_MODEL] = 'm',
	};
	struct ferry_sim *sim = arg;

	if (sim->log_count == sim->log_room)
		sim->log = sim_more(sim->log, &sim->log_room, sizeof(*sim->log));
	sim->log[sim->log_count++] = (struct ferry_sim_log){
		.time = ferry_sim_now(sim),
		.level = letters[level],
		.device = dev ? dev->name : "",
		.text = copy(text),
	};
}

void sim_free_log(struct ferry_sim *sim)
{
	for (size_t i = 0; i < sim->log_count; i++)
		free((char *)sim->log[i].text);
	free(sim->log);
}

size_t ferry_sim_log_count(const struct ferry_sim *sim)
{
	return sim->log_count;
}

const struct ferry_sim_log *ferry_sim_log_line(const struct ferry_sim *sim, size_t index)
{
	return index < sim->log_count ? &sim->log[index] : NULL;
}

const char *ferry_sim_last_log(const struct ferry_sim *sim)
{
	return sim->log_count ? sim->log[sim->log_count - 1].text : "";
}
