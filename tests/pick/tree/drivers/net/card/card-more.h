/* SPDX-License-Identifier: GPL-2.0-only */
{ USB_DEVICE(0x0bda, 0x8151) },
