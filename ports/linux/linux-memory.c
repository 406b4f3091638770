// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class memory: what needs no erasing is an nvmem device:
 * /sys/bus/nvmem/devices/NAME/nvmem, and cells for other drivers. (A flash is an MTD:
 * linux-memory-mtd.c.)
 */
#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/nvmem-provider.h>
#include <linux/slab.h>
#include <ferry/memory.h>

#include "linux-error.h"
#include "linux-memory.h"
#include "own-device.h"

static int nvmem_read(void *priv, unsigned int offset, void *data, size_t len)
{
	struct fy_linux_memory *port = priv;
	int rc;

	mutex_lock(&port->mutex);
	rc = port->memory->ops->read(port->memory->dev, offset, data, len);
	mutex_unlock(&port->mutex);
	return fy_error_to_errno(rc);
}

static int nvmem_write(void *priv, unsigned int offset, void *data, size_t len)
{
	struct fy_linux_memory *port = priv;
	int rc;

	mutex_lock(&port->mutex);
	rc = port->memory->ops->write(port->memory->dev, offset, data, len);
	mutex_unlock(&port->mutex);
	return fy_error_to_errno(rc);
}

static int register_nvmem(struct fy_linux_memory *port)
{
	const struct fy_memory_geometry *geometry = &port->memory->geometry;
	struct nvmem_config config = {
		.dev = port->parent,
		.name = KBUILD_MODNAME,
		.id = NVMEM_DEVID_AUTO,
		.owner = THIS_MODULE,
		.type = NVMEM_TYPE_EEPROM,
		.read_only = !port->memory->ops->write,
		.stride = 1,
		.word_size = (int)geometry->write_size,
		.size = (int)geometry->size,
		.priv = port,
		.reg_read = nvmem_read,
		.reg_write = port->memory->ops->write ? nvmem_write : NULL,
	};

	if (!IS_REACHABLE(CONFIG_NVMEM))
		return -EOPNOTSUPP;
	if (geometry->size > INT_MAX)
		return -EINVAL;
	port->nvmem = nvmem_register(&config);
	return PTR_ERR_OR_ZERO(port->nvmem);
}

#ifndef FY_MEMORY_MTD
int fy_linux_mtd_register(struct fy_linux_memory *port)
{
	return -EOPNOTSUPP;
}

void fy_linux_mtd_unregister(struct fy_linux_memory *port)
{
}
#endif

static void free_port(struct kref *ref)
{
	struct fy_linux_memory *port = container_of(ref, struct fy_linux_memory, ref);

	kfree(port->mtd);
	kfree(port);
}

void fy_linux_memory_put(struct fy_linux_memory *port)
{
	kref_put(&port->ref, free_port);
}

int fy_port_memory_offer(struct fy_device *dev, struct fy_memory *memory,
			 const struct fy_memory_geometry *geometry, const struct fy_memory_ops *ops)
{
	struct fy_linux_memory *port;
	int rc;

	if (!fy_memory_valid(geometry, ops))
		return FY_ERR_INVALID;
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return FY_ERR_NO_MEMORY;
	memory->dev = dev;
	memory->ops = ops;
	memory->geometry = *geometry;
	if (!memory->geometry.write_size)
		memory->geometry.write_size = 1;
	memory->port = port;
	port->memory = memory;
	mutex_init(&port->mutex);
	kref_init(&port->ref);
	port->parent = fy_own_device_get(dev, &port->own);
	if (IS_ERR(port->parent)) {
		rc = PTR_ERR(port->parent);
		goto free;
	}
	rc = ops->erase ? fy_linux_mtd_register(port) : register_nvmem(port);
	if (rc)
		goto put;
	return 0;
put:
	fy_own_device_put(port->own);
free:
	kfree(port);
	return fy_error_from_errno(rc);
}

void fy_port_memory_withdraw(struct fy_memory *memory)
{
	struct fy_linux_memory *port = memory->port;

	if (port->nvmem)
		nvmem_unregister(port->nvmem);
	else
		fy_linux_mtd_unregister(port);
	fy_own_device_put(port->own);
	fy_linux_memory_put(port);
}
