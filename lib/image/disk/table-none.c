// SPDX-License-Identifier: GPL-2.0-only
/* No partition table: partitions are bytes at an offset, one after the other. */
#include "image/disk/table.h"

const struct table_ops table_none = { .name = "none" };
