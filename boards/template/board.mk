# SPDX-License-Identifier: MIT OR GPL-2.0-only
# A board to copy (docs/boards.md, "Add a board"). As it stands it is one more of QEMU's virt machines, so that a copy works before
# anything is filled in. Each line is NAME = VALUE, and the value is plain text: make and scripts/boards read it.

# Where the board stands in lists, and which board is tried first for an image that fits several: that of the lowest rank.
BOARD_RANK = 70
# For a board that starts by config.txt: files of Debian's raspi-firmware for the boot partition. Others start by extlinux.conf.
#BOARD_FIRMWARE = start4.elf fixup4.dat

# ---- With Linux. Without BOARD_IMAGE_CONFIG there is no Linux for the board. ----
# The board whose Debian packages (boards/NAME/packages) it has; without this line it has a list of its own.
BOARD_PACKAGES = virt
# The compiler's prefix, and what the names of the kernel's packages end with.
BOARD_CROSS_COMPILE = aarch64-linux-gnu-
BOARD_KERNEL_FLAVOUR = arm64
# The kernel's modules that the initramfs loads to get at the root file system, and those that the root file system has besides; a ?
# behind one that some kernels have not.
BOARD_INITRAMFS_MODULES = virtio_pci virtio_blk crc32c_generic? ext4
BOARD_ROOT_MODULES = nls_cp437 nls_ascii vfat
# Ferry's drivers that the image has as modules.
BOARD_DRIVERS = hello pl061
# Overlays for config.txt, NAME.dts each, and their folder where that is not the board's own.
#BOARD_OVERLAYS = ferry-beeper
#BOARD_OVERLAY_DIR = boards/rpi-zero
# Devicetrees for the boot partition, of the kernel's package.
#BOARD_DTBS = broadcom/bcm2711-rpi-4-b.dtb
# The pin that `make demo` shows, while demo.script is at the console.
#BOARD_DEMO_PIN = 17
# The card or disk (docs/image.md).
BOARD_IMAGE_CONFIG = boards/extlinux/disk.cfg

# ---- Without a kernel (docs/bare.md). Without BARE_ARCH, Ferry's own code does not run on the board. ----
# A folder of ports/bare/arch; with arm, the compiler's -march.
BARE_ARCH = aarch64
#BARE_MARCH = armv7-a
# Where the firmware puts the image, and the name by which it looks for it.
BARE_LOAD_ADDRESS = 0x40080000
BARE_IMAGE = kernel8.img
# Drivers that every app gets beside its own.
BARE_DRIVERS = pl061

# ---- For the tests. ----
# How many of its tests apps/selftest must run on the board at least, and what QEMU is told for them.
TEST_SELFTESTS = 187
#TEST_SELFTEST_OPTIONS = -device tmp105,bus=i2c-bus.1,address=0x48
# What QEMU is told to give the machine an EL2, where the board can do with one.
#TEST_EL2_OPTIONS = -M virtualization=on
