# SPDX-License-Identifier: MIT OR GPL-2.0-only
# A PC, as QEMU's q35 machine. What each variable means is told in boards/template/board.mk.
BOARD_RANK = 60

# With Linux.
BOARD_CROSS_COMPILE = x86_64-linux-gnu-
BOARD_KERNEL_FLAVOUR = amd64
BOARD_INITRAMFS_MODULES = virtio_pci virtio_blk crc32c_generic? ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello
BOARD_IMAGE_CONFIG = boards/extlinux/disk.cfg
