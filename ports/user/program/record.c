// SPDX-License-Identifier: GPL-2.0-only
/* Recording a model's pins, in the file that `ferry pins` reads. */
#include <stdlib.h>
#include <string.h>

#include "pins/recording.h"
#include "user-program.h"

struct program_recorder {
	struct user_world *world;
	struct user_model *model;
	struct recording_writer *writer;
	struct user_pin_watch watch;
	uint64_t start;
	struct error fault; /* the first that there was, unless empty */
};

static void changed(void *arg, unsigned pin, int level, uint64_t time)
{
	struct program_recorder *r = arg;
	struct edge edge = { time - r->start, (uint8_t)pin, level ? PIN_HIGH : PIN_LOW };

	if (pin < PINS_COUNT && !r->fault.text[0])
		recording_add(r->writer, &edge, &r->fault);
}

struct program_recorder *program_record(struct user_world *world, struct user_model *model,
					const char *path, struct error *err)
{
	const unsigned pins = model->kind->pins < PINS_COUNT ? model->kind->pins : PINS_COUNT;
	struct recording_info info = { .board = "user", .calibrated = true, .icount_shift = -1 };
	struct program_recorder *r;

	if (!pins) {
		error_set(err, "--record: the model %s has no pins", model->kind->name);
		return NULL;
	}
	r = calloc(1, sizeof(*r));
	if (!r) {
		error_set(err, "out of memory");
		return NULL;
	}
	info.pins = (UINT64_C(1) << pins) - 1;
	/* All are shown as what they are at, whoever drives them. */
	for (unsigned pin = 0; pin < pins; pin++)
		info.start.select[pin / 10] |= 1U << pin % 10 * 3;
	info.start.latch = model->levels & info.pins;
	levels_update(&info.start);
	if (recording_create(&r->writer, path, &info, err)) {
		free(r);
		return NULL;
	}
	r->world = world;
	r->model = model;
	r->start = user_world_now(world);
	r->watch = (struct user_pin_watch){ .changed = changed, .arg = r };
	user_model_watch(model, &r->watch);
	return r;
}

int program_recorder_end(struct program_recorder *r, struct error *err)
{
	int status;

	if (!r)
		return 0;
	user_model_unwatch(r->model, &r->watch);
	if (r->fault.text[0]) {
		recording_abort(r->writer);
		status = error_set(err, "%s", r->fault.text);
	} else {
		status = recording_commit(r->writer, user_world_now(r->world) - r->start, err);
	}
	free(r);
	return status;
}
