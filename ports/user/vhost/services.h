/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The services of services/ for what drivers in a world offer. Each returns one that is freed with
 * free(), after its sessions; NULL: out of memory.
 */
#ifndef PORTS_USER_VHOST_SERVICES_H
#define PORTS_USER_VHOST_SERVICES_H

#include <user.h>

#include "services/service.h"

/* All pins of CONTROLLER. The shell, too, is refused those that a front end has. */
struct service *vhost_gpio_service(struct fy_gpio_controller *controller);
/* Random bytes of RNG, or of the kernel (getrandom) when that is NULL. */
struct service *vhost_rng_service(struct fy_rng *rng);
/* The interface NET, each front end on a port of a switch that NET is on, too. */
struct service *vhost_net_service(struct fy_net *net);
/* The stream STREAM: a port of its name. */
struct service *vhost_stream_service(struct fy_stream *stream);
/* The bus BUS, where transfers of all front ends take turns. */
struct service *vhost_i2c_service(struct fy_i2c_bus *bus);

#endif
