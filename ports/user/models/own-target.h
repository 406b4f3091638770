/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A device on an I2C bus whose model is not among ours: a test's or a project's own, as
 * <ferry-sim/i2c.h> has it.
 */
#ifndef PORTS_USER_OWN_TARGET_H
#define PORTS_USER_OWN_TARGET_H

#include "../../../include/ferry-sim/i2c.h"
#include "models.h"

struct own_target {
	struct user_model model;
	struct i2c_target target;
	const struct ferry_sim_target *own;
	void *arg;
};

/*
 * Makes T the model that OWN describes, whose functions get ARG. Both stay the caller's, and are
 * used as long as the model is. Its user_model_kind has a size of sizeof(struct own_target), and
 * `target` in its place.
 */
void own_target_init(struct own_target *t, const struct ferry_sim_target *own, void *arg);

#endif
