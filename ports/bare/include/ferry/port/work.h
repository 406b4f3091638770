/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/work.h> is not here yet. */
#error "the bare-metal port does not have <ferry/work.h> yet"
