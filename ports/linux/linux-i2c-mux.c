// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class i2c-mux: a multiplexer of the kernel's I2C core, whose channels are adapters.
 * The core calls select() before each transfer, with the channels' transfers kept apart; the bus
 * above is not locked then (I2C_MUX_LOCKED), so that the driver may use it.
 */
#include <linux/i2c-mux.h>
#include <ferry/i2c-mux.h>

#include "kernel-compat.h"
#include "linux-error.h"

static int select_channel(struct i2c_mux_core *core, u32 channel)
{
	struct fy_i2c_mux *mux = *(struct fy_i2c_mux **)i2c_mux_priv(core);
	int rc;

	if (mux->selected == channel)
		return 0;
	rc = mux->ops->select(mux->dev, channel);
	mux->selected = rc ? -1 : channel;
	return rc == FY_ERR_NOT_FOUND ? -ENXIO : fy_error_to_errno(rc);
}

int fy_linux_i2c_mux_offer(struct fy_device *dev, struct fy_i2c_target *target,
			   struct fy_i2c_mux *mux, unsigned channels,
			   const struct fy_i2c_mux_ops *ops)
{
	int rc = 0;

	if (!channels || channels > FY_I2C_CHANNELS_MAX)
		return FY_ERR_INVALID;
	mux->dev = dev;
	mux->ops = ops;
	mux->selected = -1;
	mux->core = i2c_mux_alloc(target->client->adapter, dev->dev, channels, sizeof(mux),
				  I2C_MUX_LOCKED, select_channel, NULL);
	if (!mux->core)
		return FY_ERR_NO_MEMORY;
	*(struct fy_i2c_mux **)i2c_mux_priv(mux->core) = mux;
	for (unsigned i = 0; i < channels && !rc; i++)
		rc = i2c_mux_add_adapter(mux->core, 0, i);
	if (rc)
		fy_linux_i2c_mux_withdraw(mux);
	return fy_error_from_errno(rc);
}

void fy_linux_i2c_mux_withdraw(struct fy_i2c_mux *mux)
{
	if (mux->core)
		i2c_mux_del_adapters(mux->core);
	mux->core = NULL;
}
