# SPDX-License-Identifier: MIT OR GPL-2.0-only
# ARM1176.
BARE_CROSS_COMPILE = arm-linux-gnueabi-
BARE_ARCH_CFLAGS = -march=$(BARE_MARCH) -marm -mfloat-abi=soft -mno-unaligned-access -fno-pie
# Frames of one form, so that the stack can be walked (arch_unwind).
BARE_PANIC_CFLAGS = -mapcs-frame
