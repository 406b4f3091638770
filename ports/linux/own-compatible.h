/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port: the `compatible` string by which a devicetree asks for Ferry's driver and no other.
 */
#ifndef PORTS_LINUX_OWN_COMPATIBLE_H
#define PORTS_LINUX_OWN_COMPATIBLE_H

#include <linux/kernel.h>
#include <linux/string.h>

/* Makes "ferry,bcm2835-gpio" of "brcm,bcm2835-gpio". */
static inline void fy_own_compatible(const char *compatible, char *own, size_t size)
{
	const char *comma = strchr(compatible, ',');

	snprintf(own, size, "ferry,%s", comma ? comma + 1 : compatible);
}

#endif
