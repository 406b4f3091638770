/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The options that config.txt may hold, and which of them `ferry boot` acts on. docs/boot-
 * docs/boot-firmware.md describes them.
 */
#ifndef LIB_BOOT_CONFIG_OPTIONS_H
#define LIB_BOOT_CONFIG_OPTIONS_H

enum option_kind {
	OPTION_UNKNOWN,
	OPTION_USED,
	OPTION_IDLE, /* known to the firmware, without meaning on an emulated board */
};

/* NAME may carry a port, as in "hdmi_mode:1". */
enum option_kind config_option_kind(const char *name);
/* The known option that NAME is most likely a slip of, or NULL. */
const char *config_option_nearest(const char *name);

#endif
