// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model bcm2835-timer reads and fires as QEMU's device does, while the clock stands and when
 * channels are due.
 */
#include <unistd.h>

#include "qemu.h"

#define STEPS 800

static void registers_are_as_qemus(void **state)
{
	struct both b;

	both_start(&b, "qemu-system-arm", "raspi0", 0x20003000, "bcm2835-timer");
	for (unsigned step = 0; step < STEPS; step++) {
		if (step % 4)
			both_write(&b, 0x0c + 4 * (next_random() % 4), next_random() | 1);
		else
			both_write(&b, 0x00, next_random());
		both_read(&b, next_random() % 7 * 4, ~0u);
	}
	for (uint32_t offset = 0x00; offset <= 0x18; offset += 4)
		both_read(&b, offset, ~0u);
	both_stop(&b);
}

/*
 * ---- Beside QEMU's clock, which goes on: the model is taken to the time that the counter says.
 * ----
 */

#define CHECKS	400
#define SOON_US 10000

/*
 * The processor sleeps: mcr p15, 0, r0, c7, c0, 4 (wait for interrupt) and a branch back to it, at
 * the address 0.
 */
#define ASLEEP "loader,addr=0,data=0xeafffffdee070f90,data-len=8"

static uint64_t qemu_count(struct both *b)
{
	uint32_t high, low;

	do {
		high = qtest_read(&b->qemu, b->base + 0x08);
		low = qtest_read(&b->qemu, b->base + 0x04);
	} while (qtest_read(&b->qemu, b->base + 0x08) != high);
	return (uint64_t)high << 32 | low;
}

/* Takes the model to the end of the microsecond COUNT; returns its status. */
static uint32_t model_at(struct both *b, uint64_t count)
{
	ferry_sim_run_until(b->sim, count * FERRY_SIM_US + 999);
	return ferry_sim_peek(b->model, 0x00);
}

/*
 * Sets a channel so that it fires soon, and clears it. On a machine that took longer than that,
 * once more.
 */
static void set_channel(struct both *b, unsigned channel)
{
	uint64_t count;

	do {
		count = qemu_count(b);
		model_at(b, count);
		both_write(b, 0x0c + 4 * channel,
			   (uint32_t)count + SOON_US + next_random() % SOON_US);
		both_write(b, 0x00, 1u << channel);
	} while (qemu_count(b) - count >= SOON_US);
}

static void channels_fire_when_qemus_do(void **state)
{
	unsigned fired = 0;
	struct both b;

	qtest_start_with(&b.qemu, "qemu-system-arm", "raspi0", "-device", ASLEEP);
	both_begin(&b, 0x20003000, "bcm2835-timer");
	for (unsigned channel = 0; channel < 4; channel++)
		set_channel(&b, channel);
	for (unsigned check = 0; check < CHECKS; check++) {
		uint32_t before = model_at(&b, qemu_count(&b));
		uint32_t status = qtest_read(&b.qemu, b.base);
		uint32_t after = model_at(&b, qemu_count(&b));

		/* QEMU's was read between the two. */
		assert_int_equal(before & ~status, 0);
		assert_int_equal(status & ~after, 0);
		if (before) {
			fired++;
			set_channel(&b, (unsigned)__builtin_ctz(before));
		}
		usleep(1000);
	}
	assert_true(fired >= 20);
	both_stop(&b);
}

/* ---- By the manual alone ---- */

static void a_channel_fires_each_time_that_the_low_half_comes_round(void **state)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *timer =
		ferry_sim_add(sim, &fy_driver_hello, "timer", "bcm2835-timer");

	ferry_sim_poke(timer, 0x10, 5000);
	for (unsigned round = 0; round < 3; round++) {
		ferry_sim_run_until(sim, ((uint64_t)round << 32) * FERRY_SIM_US + 5 * MS - 1);
		assert_int_equal(ferry_sim_peek(timer, 0x00) & 2, 0);
		ferry_sim_run_for(sim, 1);
		assert_int_equal(ferry_sim_peek(timer, 0x00) & 2, 2);
		assert_int_equal(ferry_sim_peek(timer, 0x08), round);
		ferry_sim_poke(timer, 0x00, 2);
	}
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_are_as_qemus),
		cmocka_unit_test(channels_fire_when_qemus_do),
		cmocka_unit_test(a_channel_fires_each_time_that_the_low_half_comes_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
