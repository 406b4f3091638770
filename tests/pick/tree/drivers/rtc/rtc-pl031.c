// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* Each kind of table of devices, as sources write them. */
#include <linux/amba/bus.h>
#include <linux/interrupt.h>
#include <linux/rtc.h>

static const struct amba_id pl031_ids[] = {
	{
		.id = 0x00041031, /* a comment, with a } in it */
		.mask = 0x000fffff,
	},
	{0, 0},
};
MODULE_DEVICE_TABLE(amba, pl031_ids);
MODULE_DESCRIPTION("A clock in a little tree");
MODULE_LICENSE("GPL");
