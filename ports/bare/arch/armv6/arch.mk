# SPDX-License-Identifier: GPL-2.0-only
# ARM1176. Frames of one form, so that the stack can be walked (arch_unwind).
BARE_CROSS_COMPILE = arm-linux-gnueabi-
BARE_ARCH_CFLAGS = -march=armv6 -marm -mfloat-abi=soft -mno-unaligned-access -mapcs-frame -fno-pie
