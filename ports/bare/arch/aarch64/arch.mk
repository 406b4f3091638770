# SPDX-License-Identifier: GPL-2.0-only
# Cortex-A53 and A72. Divisors are checked: the processor's division by zero is 0, without a word.
BARE_CROSS_COMPILE = aarch64-linux-gnu-
BARE_ARCH_CFLAGS = -march=armv8-a -mgeneral-regs-only -mstrict-align -mno-outline-atomics -mno-omit-leaf-frame-pointer -fno-pie \
	-fsanitize=integer-divide-by-zero -fsanitize-undefined-trap-on-error
