/* SPDX-License-Identifier: GPL-2.0-only */
#define PCI_VENDOR_ID_DEMO 0x1af5
