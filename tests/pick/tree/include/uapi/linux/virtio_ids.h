/* SPDX-License-Identifier: GPL-2.0-only */
#define VIRTIO_ID_NET 1
