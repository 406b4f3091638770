// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fibers: threads of control on stacks of their own, in the world's one thread. Who waits gives the
 * processor up by user_fiber_wait(); user_fibers_run() gives it to those who need not wait any
 * longer, one after the other. So the same calls give the same order each time.
 *
 * A world that runs no fiber is on the stack that it was called on; fibers run in user_leave(), and
 * in waits there (user-wait.c).
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "list.h"
#include "world.h"

/* The sanitizers are told of each switch, or they take one stack for another. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FIBER_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define FIBER_ASAN 1
#endif
#ifdef FIBER_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#endif

#define STACK_SIZE (256 * 1024) /* with a page below it that is not mapped */
#define RUNS	   1000		/* of fibers, before others get their turn */

struct fy_port_fiber {
	struct fy_port_fiber *next;
	ucontext_t context, back; /* where it goes on, and who gave it the processor */
	unsigned char *stack;
	void (*function)(void *arg); /* NULL: it is idle */
	void *arg;
	struct user_wait *wait; /* NULL: it may go on */
	unsigned depth;		/* of its own calls from outside */
#ifdef FIBER_ASAN
	void *fake_stack;
	const void *back_stack;
	size_t back_size;
#endif
};

static void before_switch(void **fake_stack, const void *stack, size_t size)
{
#ifdef FIBER_ASAN
	__sanitizer_start_switch_fiber(fake_stack, stack, size);
#else
	(void)fake_stack;
	(void)stack;
	(void)size;
#endif
}

static void after_switch(void *fake_stack, const void **stack, size_t *size)
{
#ifdef FIBER_ASAN
	__sanitizer_finish_switch_fiber(fake_stack, stack, size);
#else
	(void)fake_stack;
	(void)stack;
	(void)size;
#endif
}

/* As swapcontext(), of which the address sanitizer warns whatever it is told. */
static __attribute__((noinline)) void swap(ucontext_t *from, const ucontext_t *to)
{
	volatile bool back = false;

	getcontext(from);
	if (!back) {
		back = true;
		setcontext(to);
	}
}

/* From the fiber to who gave it the processor. */
static void switch_back(struct fy_port_fiber *fiber)
{
#ifdef FIBER_ASAN
	before_switch(&fiber->fake_stack, fiber->back_stack, fiber->back_size);
	swap(&fiber->context, &fiber->back);
	after_switch(fiber->fake_stack, &fiber->back_stack, &fiber->back_size);
#else
	swap(&fiber->context, &fiber->back);
#endif
}

/* Makes one thing after the other, as they are given to it. */
static void fiber_main(void)
{
	struct fy_port_fiber *fiber = user_current->fiber;

#ifdef FIBER_ASAN
	after_switch(NULL, &fiber->back_stack, &fiber->back_size);
#endif
	for (;;) {
		fiber->function(fiber->arg);
		fiber->function = NULL;
		switch_back(fiber);
	}
}

static bool may_go_on(const struct fy_port_fiber *fiber)
{
	if (!fiber->function)
		return false;
	return !fiber->wait || user_wait_is_over(fiber->wait);
}

/* Gives it the processor until it waits or ends. The world is entered. */
static void resume(struct user_world *w, struct fy_port_fiber *fiber)
{
	unsigned depth = w->depth;
	struct user_world *before = user_current;
	void *fake_stack = NULL;

	w->fiber = fiber;
	w->depth += fiber->depth;
	user_current = w;
	before_switch(&fake_stack, fiber->stack, STACK_SIZE);
	swap(&fiber->back, &fiber->context);
	after_switch(fake_stack, NULL, NULL);
	fiber->depth = w->depth - depth;
	w->depth = depth;
	w->fiber = NULL;
	user_current = before;
}

void user_fibers_run(struct user_world *w)
{
	struct fy_port_fiber *fiber = w->fibers;
	unsigned runs = 0;

	if (w->fiber || w->handling || w->locks)
		return;
	while (fiber && runs < RUNS) {
		if (may_go_on(fiber)) {
			resume(w, fiber);
			user_interrupts(w);
			runs++;
			fiber = w->fibers;
		} else {
			fiber = fiber->next;
		}
	}
}

bool user_fibers_ready(const struct user_world *w)
{
	const struct fy_port_fiber *fiber = w->fibers;

	while (fiber && !may_go_on(fiber))
		fiber = fiber->next;
	return fiber;
}

void user_fiber_wait(struct user_world *w, struct user_wait *wait)
{
	struct fy_port_fiber *fiber = w->fiber;

	fiber->wait = wait;
	/* Others that may go on have their turn before this one. */
	list_remove(&w->fibers, fiber);
	list_append(&w->fibers, fiber);
	switch_back(fiber);
	fiber->wait = NULL;
}

struct user_wait *user_fiber_waits_for(const struct fy_port_fiber *fiber)
{
	return fiber->wait;
}

/* ---- Making them ---- */

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* The page below is mapped so that nothing else is there. */
static unsigned char *new_stack(void)
{
	size_t guard = page_size(), size = guard + STACK_SIZE;
	unsigned char *all =
		mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);

	if (all == MAP_FAILED)
		return NULL;
	if (mmap(all + guard, STACK_SIZE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_FIXED, -1, 0) == MAP_FAILED) {
		munmap(all, size);
		return NULL;
	}
#ifdef FIBER_ASAN
	/* of a stack that was there before, and was left in the middle of something */
	__asan_unpoison_memory_region(all + guard, STACK_SIZE);
	__lsan_register_root_region(all + guard, STACK_SIZE);
#endif
	return all + guard;
}

static void free_stack(unsigned char *stack)
{
#ifdef FIBER_ASAN
	__lsan_unregister_root_region(stack, STACK_SIZE);
#endif
	munmap(stack - page_size(), page_size() + STACK_SIZE);
}

/* In a function of its own: to the compiler, getcontext() may return twice. */
static __attribute__((noinline)) void get_context(ucontext_t *context)
{
	getcontext(context);
}

static struct fy_port_fiber *new_fiber(struct user_world *w)
{
	struct fy_port_fiber *fiber = calloc(1, sizeof(*fiber));

	if (!fiber)
		return NULL;
	fiber->stack = new_stack();
	if (!fiber->stack) {
		free(fiber);
		return NULL;
	}
	get_context(&fiber->context);
	fiber->context.uc_stack.ss_sp = fiber->stack;
	fiber->context.uc_stack.ss_size = STACK_SIZE;
	fiber->context.uc_link = NULL;
	makecontext(&fiber->context, fiber_main, 0);
	list_append(&w->fibers, fiber);
	return fiber;
}

struct fy_port_fiber *user_fiber_start(struct user_world *w, void (*function)(void *arg), void *arg)
{
	struct fy_port_fiber *fiber = w->fibers;

	while (fiber && fiber->function)
		fiber = fiber->next;
	if (!fiber)
		fiber = new_fiber(w);
	if (!fiber)
		return NULL;
	fiber->function = function;
	fiber->arg = arg;
	fiber->wait = NULL;
	/* Behind those that were started before. */
	list_remove(&w->fibers, fiber);
	list_append(&w->fibers, fiber);
	return fiber;
}

void user_fiber_abandon(struct user_world *w, struct fy_port_fiber *fiber)
{
	list_remove(&w->fibers, fiber);
	free_stack(fiber->stack);
	free(fiber);
}

void user_fibers_free(struct user_world *w)
{
	while (w->fibers)
		user_fiber_abandon(w, w->fibers);
}
