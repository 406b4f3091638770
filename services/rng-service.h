/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* Class rng as virtio-rng. */
#ifndef SERVICES_RNG_SERVICE_H
#define SERVICES_RNG_SERVICE_H

#include "service.h"

struct rng_service {
	struct service service;
	/* As the op `read` of class rng. */
	long (*read)(void *arg, void *data, size_t length);
	void *arg;
};

/* Makes *SERVICE one for the source that READ reads. DEV is its device; NULL: none. */
void rng_service_init(struct rng_service *service, struct fy_device *dev,
		      long (*read)(void *arg, void *data, size_t length), void *arg);

#endif
