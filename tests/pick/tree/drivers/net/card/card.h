/* SPDX-License-Identifier: GPL-2.0-only */
#define CARD_ID_TWO (CARD_BASE + 2) /* two */
#define CARD_BASE 0x1000
