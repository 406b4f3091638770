/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The services: what of a driver's class goes out as which virtio device. Each is freed with
 * free(), after its sessions.
 */
#ifndef PORTS_USER_VHOST_SERVICES_H
#define PORTS_USER_VHOST_SERVICES_H

#include "vhost-session.h"

/*
 * All pins of CONTROLLER, as virtio-gpio. A line belongs to the front end that made it an input or
 * an output, until that releases it or ends; others, and the shell, are refused it. NULL: out of
 * memory.
 */
struct vhost_service *vhost_gpio_service(struct fy_gpio_controller *controller);

/*
 * Random bytes of RNG, or of the kernel (getrandom) when that is NULL, as virtio-rng. NULL: out of
 * memory.
 */
struct vhost_service *vhost_rng_service(struct user_world *world, struct fy_rng *rng);

/*
 * NET as virtio-net, each front end on a port of a switch that NET is on, too. The first has NET's
 * address, further ones addresses made from it. NULL: out of memory.
 */
struct vhost_service *vhost_net_service(struct user_world *world, struct fy_net *net);

/*
 * STREAM as virtio-console: each front end has a port of its name, and each opening of that is a
 * writer. NULL: out of memory.
 */
struct vhost_service *vhost_stream_service(struct fy_stream *stream);

/*
 * The bus BUS, as virtio-i2c: each front end has an adapter, transfers take turns. NULL: out of
 * memory.
 */
struct vhost_service *vhost_i2c_service(struct fy_i2c_bus *bus);

#endif
