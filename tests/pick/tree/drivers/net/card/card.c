// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/pci.h>
#include <linux/netdevice.h>
#include "card.h"

#define CARD(id) { PCI_DEVICE(PCI_VENDOR_ID_DEMO, id), board_##id }
#define PAIR(id) CARD(id), CARD(id + 1)

static const struct pci_device_id card_ids[] = {
	{ PCI_VDEVICE(DEMO, 0x100E), board_one },
	CARD(CARD_ID_TWO),
	PAIR(0x2000),
	{ PCI_VENDOR_ID_DEMO, PCI_ANY_ID, PCI_ANY_ID, PCI_ANY_ID, 0, 0, 0 },
	{ PCI_DEVICE_CLASS((0x0c03 << 8) | 0x30, ~0) },
	{ PCI_DEVICE(PCI_VENDOR_ID_DEMO, CARD_ID_OF_NOBODY) },
	{ 0 }
};
MODULE_DEVICE_TABLE(pci, card_ids);

static const struct usb_device_id card_usb[] = {
	{ USB_DEVICE(0x0bda, 0x8150) },
#include "card-more.h"
	{ }
};

static const struct virtio_device_id card_virtio[] = { { VIRTIO_ID_NET, VIRTIO_DEV_ANY_ID }, { 0 } };
