# SPDX-License-Identifier: MIT OR GPL-2.0-only
# Cortex-A53 and A72.
BARE_CROSS_COMPILE = aarch64-linux-gnu-
BARE_ARCH_CFLAGS = -march=armv8-a -mgeneral-regs-only -mstrict-align -mno-outline-atomics -fno-pie
# Frames of all functions. Divisors are checked: the processor's division by zero is 0, without a word.
BARE_PANIC_CFLAGS = -mno-omit-leaf-frame-pointer -fsanitize=integer-divide-by-zero -fsanitize-undefined-trap-on-error
