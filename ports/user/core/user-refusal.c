// SPDX-License-Identifier: GPL-2.0-only
/* Calls of drivers that a test has refused: see user_device_refuse(). */
#include "world.h"

void user_device_refuse(struct fy_device *dev, enum user_call call, unsigned skip, int error)
{
	dev->refusals[call] = (struct user_refusal){ skip, error };
}

int user_refused(struct fy_device *dev, enum user_call call)
{
	struct user_refusal *refusal = &dev->refusals[call];

	if (!refusal->error)
		return 0;
	if (!refusal->skip)
		return refusal->error;
	refusal->skip--;
	return 0;
}
