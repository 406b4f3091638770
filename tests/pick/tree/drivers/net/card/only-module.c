/* SPDX-License-Identifier: GPL-2.0-only */
#include "ids.h"
MODULE_DEVICE_TABLE(of, only_ids);
CLK_OF_DECLARE(only, "demo,clock", only_init);
