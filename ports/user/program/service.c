// SPDX-License-Identifier: GPL-2.0-only
/* What front ends get: the class that the program's device offers, as a virtio device. */
#include "user-program.h"
#include "vhost/services.h"

/*
 * Makes the service of a class. NULL: out of memory, or, with *OFFERED as it was, the device does
 * not offer the class.
 */
typedef struct service *make(struct fy_device *dev, bool *offered);

static struct service *make_gpio(struct fy_device *dev, bool *offered)
{
	struct fy_gpio_controller *controller = user_gpio_find(dev->world, dev->name);

	*offered |= controller != NULL;
	return controller ? vhost_gpio_service(controller) : NULL;
}

static struct service *make_rng(struct fy_device *dev, bool *offered)
{
	struct fy_rng *rng = user_rng_first(dev->world);

	while (rng && rng->dev != dev)
		rng = rng->next;
	*offered |= rng != NULL;
	return rng ? vhost_rng_service(rng) : NULL;
}

static struct service *make_stream(struct fy_device *dev, bool *offered)
{
	struct fy_stream *stream = user_stream_first(dev->world);

	while (stream && stream->dev != dev)
		stream = stream->next;
	*offered |= stream != NULL;
	return stream ? vhost_stream_service(stream) : NULL;
}

static struct service *make_i2c(struct fy_device *dev, bool *offered)
{
	struct fy_i2c_bus *bus = user_i2c_first(dev->world);

	while (bus && bus->dev != dev)
		bus = bus->next;
	*offered |= bus != NULL;
	return bus ? vhost_i2c_service(bus) : NULL;
}

static struct service *make_net(struct fy_device *dev, bool *offered)
{
	struct fy_net *net = user_net_first(dev->world);

	while (net && net->dev != dev)
		net = net->next;
	*offered |= net != NULL;
	return net ? vhost_net_service(net) : NULL;
}

static make *const classes[] = { make_gpio, make_rng, make_stream, make_net, make_i2c };

struct service *program_serve(struct fy_device *dev, struct error *err)
{
	bool offered = false;

	for (unsigned i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		struct service *service = classes[i](dev, &offered);

		if (service)
			return service;
		if (offered) {
			error_set(err, "out of memory");
			return NULL;
		}
	}
	error_set(err, "%s offers nothing that virtual machines can use: leave out --socket",
		  program_name);
	return NULL;
}
