// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * @NAME@: what it does, in a sentence or two.
 *
 *	make app BOARD=virt
 *	ferry boot --board virt output/virt/kernel8.img
 *
 * It names no devicetree node, so there is one device, from the start on. To serve a node, say
 * which with FY_COMPATIBLE().
 */
#include <ferry/driver.h>

/* What the driver remembers of its device: zeroed before probe. */
struct @SYMBOL@_state {
	bool started;
};

static int @SYMBOL@_probe(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);

	state->started = true;
	fy_info(dev, "ready");
	return 0;
}

static void @SYMBOL@_remove(struct fy_device *dev)
{
	struct @SYMBOL@_state *state = fy_state(dev);

	state->started = false;
	fy_info(dev, "gone");
}

FY_DESCRIPTION("@NAME@");
FY_DRIVER(@SYMBOL@) = {
	.name = "@NAME@",
	.state_size = sizeof(struct @SYMBOL@_state),
	.probe = @SYMBOL@_probe,
	.remove = @SYMBOL@_remove,
};
