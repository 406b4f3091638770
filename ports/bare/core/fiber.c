// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Fibers: threads of control on stacks of their own, on core 0. One has the processor until it
 * waits; then the next one in turn that need not. Those without a job wait for one. So a work that
 * waits keeps no other from going on, and nothing has to be locked against other fibers but across
 * a wait.
 */
#include "core.h"
#include "work-core.h"

struct bare_core_stack bare_fiber_stacks[BARE_FIBERS] __attribute__((section(".late")));

static struct fy_port_fiber {
	uintptr_t stack;	     /* its stack pointer, while it does not run; 0: it never did */
	struct bare_wait *wait;	     /* NULL: it need not wait */
	void (*function)(void *arg); /* its job; NULL: none */
	void *arg;
} fibers[1 + BARE_FIBERS], *running = fibers; /* the first has the start and the app */

/* ---- Turns. Interrupts are off. ---- */

static bool may_run(const struct fy_port_fiber *fiber)
{
	const struct bare_wait *wait = fiber->wait;

	if (fiber != fibers && !fiber->function)
		return false;
	return !wait || *wait->wakes != wait->seen || wait->expired;
}

/* The next one in turn, the running one last; NULL: all wait. */
static struct fy_port_fiber *next(void)
{
	struct fy_port_fiber *fiber = running;

	do {
		if (++fiber == fibers + 1 + BARE_FIBERS)
			fiber = fibers;
		if (may_run(fiber))
			return fiber;
	} while (fiber != running);
	return NULL;
}

static void switch_to(struct fy_port_fiber *fiber)
{
	struct fy_port_fiber *before = running;

	running = fiber;
	if (fiber != before)
		arch_switch(&before->stack, fiber->stack);
}

/* One job after the other; begins with interrupts off. */
static void fiber_main(void)
{
	struct fy_port_fiber *self = running;

	for (;;) {
		if (self->function) {
			arch_irq_on();
			self->function(self->arg);
			arch_irq_save();
			self->function = NULL;
		}
		bare_fiber_wait(NULL);
	}
}

/* ---- For core/ and ports/common ---- */

/*
 * An idle processor wakes on an interrupt that is pending, even with interrupts off; it is handled
 * when they are on again. So none is lost between the look and the sleep.
 */
void bare_fiber_wait(struct bare_wait *wait)
{
	unsigned long flags = arch_irq_save();
	struct fy_port_fiber *fiber;

	running->wait = wait;
	while (!(fiber = next())) {
		arch_idle();
		arch_irq_on();
		arch_irq_save();
	}
	switch_to(fiber);
	running->wait = NULL;
	arch_irq_restore(flags);
}

void bare_fiber_yield(bool idle)
{
	unsigned long flags = arch_irq_save();
	struct fy_port_fiber *fiber = next();

	if (fiber != running)
		switch_to(fiber);
	else if (idle)
		arch_idle();
	arch_irq_restore(flags);
}

struct fy_port_fiber *port_fiber_start(struct fy_device *dev, void (*function)(void *arg),
				       void *arg)
{
	unsigned long flags = arch_irq_save();
	struct fy_port_fiber *fiber = fibers + 1, *end = fibers + 1 + BARE_FIBERS;

	(void)dev;
	while (fiber < end && fiber->function)
		fiber++;
	if (fiber == end) {
		fiber = NULL;
	} else {
		if (!fiber->stack)
			fiber->stack = arch_switch_prepare(
				&bare_fiber_stacks[fiber - fibers - 1] + 1, fiber_main);
		fiber->function = function;
		fiber->arg = arg;
	}
	arch_irq_restore(flags);
	return fiber;
}

const struct fy_port_fiber *port_fiber_running(void)
{
	return running;
}
