// SPDX-License-Identifier: GPL-2.0-only
/*
 * The recorder knows which ARM instructions wait, read the counter, or may leave for a device;
 * codes are from the assembler.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/arm-insn.h"

#define A32(c) ((struct arm_insn){ .code = (c), .size = 4 })
#define A64(c) ((struct arm_insn){ .code = (c), .size = 4, .aarch64 = true })
#define T16(c) ((struct arm_insn){ .code = (c), .size = 2 })

static void waiting_is_known_in_every_set(void **state)
{
	assert_true(arm_waits(A32(0xe320f003)));  /* wfi */
	assert_true(arm_waits(A32(0xee070f90)));  /* mcr p15, 0, r0, c7, c0, 4 */
	assert_true(arm_waits(A32(0xee071f90)));  /* mcr p15, 0, r1, c7, c0, 4 */
	assert_true(arm_waits(A64(0xd503207f)));  /* wfi */
	assert_true(arm_waits(T16(0xbf30)));	  /* wfi */
	assert_true(arm_waits(A32(0x8003f3af)));  /* wfi.w */
	assert_false(arm_waits(A32(0xe320f002))); /* wfe */
	assert_false(arm_waits(A64(0xd503205f))); /* wfe */
	assert_false(arm_waits(A32(0xee070f9a))); /* mcr p15, 0, r0, c7, c10, 4 */
	assert_false(arm_waits(T16(0xbf20)));	  /* wfe */
}

static void reads_of_the_counter_are_known(void **state)
{
	unsigned int to;

	/* mrs x1, cntvct_el0 */
	assert_int_equal(arm_reads_clock(A64(0xd53be041), &to), ARM_COUNTER);
	assert_int_equal(to, 1);
	/* mrs x10, cntpct_el0 */
	assert_int_equal(arm_reads_clock(A64(0xd53be02a), &to), ARM_COUNTER);
	assert_int_equal(to, 10);
	/* mrs x0, cntfrq_el0 */
	assert_int_equal(arm_reads_clock(A64(0xd53be000), &to), ARM_COUNTER_FREQUENCY);
	/* mrs xzr, cntvct_el0 */
	assert_int_equal(arm_reads_clock(A64(0xd53be05f), &to), ARM_NO_CLOCK);
	/* mrs x0, tpidr_el0 */
	assert_int_equal(arm_reads_clock(A64(0xd53bd040), &to), ARM_NO_CLOCK);
	assert_int_equal(arm_reads_clock(A32(0xd53be041), &to), ARM_NO_CLOCK);
}

static void arithmetic_goes_on(void **state)
{
	assert_true(arm_goes_on(A32(0xe0811002))); /* add r1, r1, r2 */
	assert_true(arm_goes_on(A32(0xe3a02602))); /* mov r2, #0x200000 */
	assert_true(arm_goes_on(A64(0x8b020021))); /* add x1, x1, x2 */
	assert_true(arm_goes_on(A64(0x91000421))); /* add x1, x1, #1 */
	assert_true(arm_goes_on(A64(0xd2a40400))); /* movz */
}

static void memory_and_branches_may_leave(void **state)
{
	assert_false(arm_goes_on(A32(0xe5801004))); /* str r1, [r0, #4] */
	assert_false(arm_goes_on(A32(0xe1c020b0))); /* strh r2, [r0] */
	assert_false(arm_goes_on(A32(0xe8801002))); /* stm r0, {r1, ip} */
	assert_false(arm_goes_on(A32(0xeafffffe))); /* b . */
	assert_false(arm_goes_on(A32(0xef123456))); /* svc */
	assert_false(arm_goes_on(A64(0xb9001c03))); /* str w3, [x0, #0x1c] */
	assert_false(arm_goes_on(A64(0x29039003))); /* stp w3, w4, [x0, #0x1c] */
	assert_false(arm_goes_on(A64(0x14000000))); /* b . */
	assert_false(arm_goes_on(A64(0xd53be041))); /* mrs x1, cntvct_el0 */
	assert_false(arm_goes_on(T16(0x1840)));
}

static void the_stack_is_no_device(void **state)
{
	assert_true(arm_on_stack(A32(0xe92d4010)));  /* push {r4, lr} */
	assert_true(arm_on_stack(A32(0xe58d1004)));  /* str r1, [sp, #4] */
	assert_true(arm_on_stack(A32(0xe59f1004)));  /* ldr r1, [pc, #4] */
	assert_false(arm_on_stack(A32(0xe5801004))); /* str r1, [r0, #4] */
	assert_false(arm_on_stack(A32(0xe8801002))); /* stm r0, {r1, ip} */
	assert_false(arm_on_stack(A32(0xe0811002))); /* add */
}

/* What could be T32 (its first halfword is 0xe800 or more), or A64, is not skipped. */
static void what_may_be_another_set_is_watched(void **state)
{
	assert_false(arm_on_stack(A32(0xe58de804)));
	assert_false(arm_on_stack(A32(0xe92df8ff)));
	assert_false(arm_on_stack(A64(0xe92d4010)));
	assert_false(arm_on_stack(T16(0xb510))); /* push {r4, lr} */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waiting_is_known_in_every_set),
		cmocka_unit_test(reads_of_the_counter_are_known),
		cmocka_unit_test(arithmetic_goes_on),
		cmocka_unit_test(memory_and_branches_may_leave),
		cmocka_unit_test(the_stack_is_no_device),
		cmocka_unit_test(what_may_be_another_set_is_watched),
	};

	return cmocka_run_group_tests_name("pins/arm-insn", tests, NULL, NULL);
}
