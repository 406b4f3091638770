// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, 32-bit ARM: what the compiler calls for `/` and `%` of 64-bit numbers (Run-time ABI
 * for the Arm Architecture, section 4.3.1), which the kernel does not have. It is compiled to
 * nothing where the driver does not need it: see scripts/make-module. A division by zero is 0, and
 * a warning that names the module.
 */
#ifdef FY_MODULE_DIVIDES
#include <linux/bug.h>
#include <linux/math64.h>
#include <linux/types.h>

u64 fy_linux_udivmod(u64 n, u64 d, u64 *remainder);
s64 fy_linux_divmod(s64 n, s64 d, s64 *remainder);

u64 fy_linux_udivmod(u64 n, u64 d, u64 *remainder)
{
	if (WARN(!d, KBUILD_MODNAME ": the driver divides by zero\n")) {
		*remainder = 0;
		return 0;
	}
	return div64_u64_rem(n, d, remainder);
}

/* The quotient is rounded towards zero; the remainder has the sign of N. */
s64 fy_linux_divmod(s64 n, s64 d, s64 *remainder)
{
	u64 rest, quotient = fy_linux_udivmod(n < 0 ? -(u64)n : n, d < 0 ? -(u64)d : d, &rest);

	*remainder = n < 0 ? -rest : rest;
	return (n < 0) != (d < 0) ? -quotient : quotient;
}

/* The quotient in r0 and r1, as the C function returns it, the remainder in r2 and r3. */
#define FY_DIVMOD(name, function)                    \
	asm(".text\n"                                \
	    ".align 2\n"                             \
	    ".globl " name "\n"                      \
	    ".type " name ", %function\n" name ":\n" \
	    "	push	{r4, lr}\n"                       \
	    "	sub	sp, sp, #16\n"                     \
	    "	add	r4, sp, #8\n"                      \
	    "	str	r4, [sp]\n"                        \
	    "	bl	" function "\n"              \
	    "	ldr	r2, [sp, #8]\n"                    \
	    "	ldr	r3, [sp, #12]\n"                   \
	    "	add	sp, sp, #16\n"                     \
	    "	pop	{r4, pc}\n"                        \
	    ".size " name ", . - " name "\n")

FY_DIVMOD("__aeabi_uldivmod", "fy_linux_udivmod");
FY_DIVMOD("__aeabi_ldivmod", "fy_linux_divmod");
#endif
