// SPDX-License-Identifier: GPL-2.0-only
/*
 * two-locks: a driver that holds two locks at once: in one order when it comes, which is right; in
 * the other one when it goes, which could deadlock with the first. lockdep has to tell the two
 * apart: else it takes the second for the first, and tells of that.
 */
#include <ferry/driver.h>
#include <ferry/irq.h>

struct two_locks {
	struct fy_lock one, other;
};

static void nest(struct fy_lock *outer, struct fy_lock *inner)
{
	fy_irqflags outer_flags = fy_lock(outer);
	fy_irqflags inner_flags = fy_lock(inner);

	fy_unlock(inner, inner_flags);
	fy_unlock(outer, outer_flags);
}

static int two_locks_probe(struct fy_device *dev)
{
	struct two_locks *t = fy_state(dev);

	fy_lock_init(&t->one);
	fy_lock_init(&t->other);
	nest(&t->one, &t->other);
	return 0;
}

static void two_locks_remove(struct fy_device *dev)
{
	struct two_locks *t = fy_state(dev);

	nest(&t->other, &t->one);
}

FY_DESCRIPTION("Locks in two orders, to test what finds that");
FY_DRIVER(two_locks) = {
	.name = "two-locks",
	.state_size = sizeof(struct two_locks),
	.probe = two_locks_probe,
	.remove = two_locks_remove,
};
