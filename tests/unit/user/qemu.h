/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model of the user port beside QEMU's own device: each access is made to both, and each read
 * compared. QEMU's clock stands still, and so does the model's (QEMU as Debian builds it cannot be
 * told to let a certain time pass), unless a test says otherwise.
 */
#ifndef TEST_USER_QEMU_H
#define TEST_USER_QEMU_H

#include <signal.h>

#include "test.h"

#include "qtest.h"

struct both {
	struct qtest qemu;
	uint32_t base; /* of QEMU's device */
	struct ferry_sim *sim;
	struct ferry_sim_device *model;
};

/*
 * MODEL beside the device at BASE of a QEMU that has been started. No driver has it: the test makes
 * the accesses.
 */
static inline void both_begin(struct both *b, uint32_t base, const char *model)
{
	b->base = base;
	b->sim = ferry_sim_new();
	b->model = ferry_sim_add(b->sim, &fy_driver_hello, "device", model);
	assert_non_null(b->model);
}

static inline void both_start(struct both *b, const char *program, const char *machine,
			      uint32_t base, const char *model)
{
	qtest_start(&b->qemu, program, machine);
	both_begin(b, base, model);
}

static inline void both_stop(struct both *b)
{
	qtest_stop(&b->qemu);
	end_world(b->sim);
}

static inline void both_write(struct both *b, uint32_t offset, uint32_t value)
{
	ferry_sim_poke(b->model, offset, value);
	qtest_write(&b->qemu, b->base + offset, value);
}

static inline void both_read(struct both *b, uint32_t offset, uint32_t mask)
{
	assert_int_equal(qtest_read(&b->qemu, b->base + offset) & mask,
			 ferry_sim_peek(b->model, offset) & mask);
}

#endif
