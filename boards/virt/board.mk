# SPDX-License-Identifier: MIT OR GPL-2.0-only
# QEMU's virt machine with a 64-bit ARM. What each variable means is told in boards/template/board.mk.
BOARD_RANK = 40

# With Linux.
BOARD_CROSS_COMPILE = aarch64-linux-gnu-
BOARD_KERNEL_FLAVOUR = arm64
BOARD_INITRAMFS_MODULES = virtio_pci virtio_blk crc32c_generic? ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
BOARD_DRIVERS = hello pl061
BOARD_IMAGE_CONFIG = boards/extlinux/disk.cfg

# Without a kernel.
BARE_ARCH = aarch64
BARE_LOAD_ADDRESS = 0x40080000
BARE_IMAGE = kernel8.img
BARE_DRIVERS = pl061

# For the tests.
TEST_SELFTESTS = 290
TEST_EL2_OPTIONS = -M virtualization=on
# Its clock's seconds are those of the emulated time.
TEST_SELFTEST_OPTIONS = -rtc clock=vm
