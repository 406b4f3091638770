// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class memory: a flash is an MTD: /dev/mtdN, and partitions of the devicetree.
 * Somebody may have it open when the device goes: then all fails with ENODEV, until the last has
 * closed it.
 */
#include <linux/device.h>
#include <linux/mtd/mtd.h>
#include <linux/slab.h>
#include <ferry/memory.h>

#include "linux-error.h"
#include "linux-memory.h"

static int mtd_read_op(struct mtd_info *mtd, loff_t from, size_t len, size_t *done, u_char *data)
{
	struct fy_linux_memory *port = mtd->priv;
	int rc;

	mutex_lock(&port->mutex);
	rc = port->gone ? FY_ERR_GONE : port->memory->ops->read(port->memory->dev, from, data, len);
	mutex_unlock(&port->mutex);
	*done = rc ? 0 : len;
	return fy_error_to_errno(rc);
}

static int mtd_write_op(struct mtd_info *mtd, loff_t to, size_t len, size_t *done,
			const u_char *data)
{
	struct fy_linux_memory *port = mtd->priv;
	u32 rest;
	int rc;

	div_u64_rem(to, mtd->writesize, &rest);
	if (rest || len % mtd->writesize)
		return -EINVAL;
	mutex_lock(&port->mutex);
	rc = port->gone ? FY_ERR_GONE : port->memory->ops->write(port->memory->dev, to, data, len);
	mutex_unlock(&port->mutex);
	*done = rc ? 0 : len;
	return fy_error_to_errno(rc);
}

static int mtd_erase_op(struct mtd_info *mtd, struct erase_info *info)
{
	struct fy_linux_memory *port = mtd->priv;
	u32 before, after;
	int rc;

	div_u64_rem(info->addr, mtd->erasesize, &before);
	div_u64_rem(info->len, mtd->erasesize, &after);
	if (before || after)
		return -EINVAL;
	mutex_lock(&port->mutex);
	rc = port->gone ? FY_ERR_GONE :
			  port->memory->ops->erase(port->memory->dev, info->addr, info->len);
	mutex_unlock(&port->mutex);
	if (rc)
		info->fail_addr = MTD_FAIL_ADDR_UNKNOWN;
	return fy_error_to_errno(rc);
}

static int mtd_open(struct mtd_info *mtd)
{
	struct fy_linux_memory *port = mtd->priv;

	kref_get(&port->ref);
	return 0;
}

static void mtd_close(struct mtd_info *mtd)
{
	fy_linux_memory_put(mtd->priv);
}

int fy_linux_mtd_register(struct fy_linux_memory *port)
{
	const struct fy_memory_geometry *geometry = &port->memory->geometry;
	struct mtd_info *mtd = kzalloc(sizeof(*mtd), GFP_KERNEL);
	int rc;

	if (!mtd)
		return -ENOMEM;
	mtd->name = KBUILD_MODNAME;
	mtd->owner = THIS_MODULE;
	mtd->dev.parent = port->parent;
	mtd->priv = port;
	mtd->type = MTD_NORFLASH;
	mtd->flags = port->memory->ops->write ? MTD_CAP_NORFLASH : MTD_CAP_ROM;
	mtd->size = geometry->size;
	mtd->erasesize = geometry->erase_size;
	mtd->writesize = geometry->write_size;
	mtd->writebufsize = geometry->write_size;
	mtd->_read = mtd_read_op;
	mtd->_write = port->memory->ops->write ? mtd_write_op : NULL;
	mtd->_erase = mtd_erase_op;
	mtd->_get_device = mtd_open;
	mtd->_put_device = mtd_close;
	if (port->parent->of_node)
		mtd_set_of_node(mtd, port->parent->of_node);
	rc = mtd_device_register(mtd, NULL, 0);
	if (rc)
		kfree(mtd);
	else
		port->mtd = mtd;
	return rc;
}

void fy_linux_mtd_unregister(struct fy_linux_memory *port)
{
	mtd_device_unregister(port->mtd);
	mutex_lock(&port->mutex);
	port->gone = true;
	mutex_unlock(&port->mutex);
}
