// SPDX-License-Identifier: GPL-2.0-only
/* ferry-sim: time, which goes on when the test says so. */
#include "sim.h"

uint64_t ferry_sim_now(const struct ferry_sim *sim)
{
	return user_world_now(sim->world);
}

static uint64_t after(const struct ferry_sim *sim, uint64_t ns)
{
	uint64_t now = ferry_sim_now(sim);

	return ns < UINT64_MAX - now ? now + ns : UINT64_MAX - 1;
}

void ferry_sim_run_for(struct ferry_sim *sim, uint64_t ns)
{
	user_run_until(sim->world, after(sim, ns));
}

void ferry_sim_run_until(struct ferry_sim *sim, uint64_t time)
{
	user_run_until(sim->world, time);
}

bool ferry_sim_run_to(struct ferry_sim *sim, uint64_t limit, bool (*done)(void *arg), void *arg)
{
	uint64_t end = after(sim, limit);

	while (!done(arg))
		if (!user_step(sim->world, end))
			return done(arg);
	return true;
}

uint64_t ferry_sim_timer_due(const struct ferry_sim_device *dev)
{
	return user_device_timer_due(dev->dev);
}

static bool is_idle(void *arg)
{
	const struct ferry_sim *sim = arg;
	const struct ferry_sim_device *dev = sim->devices;

	while (dev && ferry_sim_timer_due(dev) == FERRY_SIM_NEVER)
		dev = dev->next;
	return !dev;
}

bool ferry_sim_run_to_idle(struct ferry_sim *sim, uint64_t limit)
{
	return ferry_sim_run_to(sim, limit, is_idle, sim);
}

void ferry_sim_delay_timers(struct ferry_sim *sim, uint64_t ns)
{
	user_set_lateness(sim->world, ns);
}
