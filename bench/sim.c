// SPDX-License-Identifier: GPL-2.0-only
/*
 * How fast ferry-sim is: simulated seconds a second of the processor, with the edges, register
 * accesses and interrupts that happen meanwhile. For `make bench`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <ferry-sim.h>

extern const struct fy_driver fy_driver_bcm2835_gpio, fy_driver_pl061, fy_driver_blink,
	fy_driver_beeper;

static unsigned long events;

static void count_event(void *arg)
{
	(void)arg;
	events++;
}

static double cpu_seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void require(int ok)
{
	if (!ok) {
		fputs("bench/sim: a device does not start\n", stderr);
		exit(1);
	}
}

/* Runs for SECONDS of the world's and says how that went. */
static void measure(const char *what, struct ferry_sim *sim, struct ferry_sim_device *gpio,
		    uint64_t seconds)
{
	unsigned long before = ferry_sim_accesses(gpio);
	double start = cpu_seconds(), took;

	events = 0;
	ferry_sim_run_for(sim, seconds * FERRY_SIM_SECOND);
	took = cpu_seconds() - start;
	printf("%-34s %12.0f simulated s a s (%llu s in %.1f ms; %lu accesses, %lu events; %.0f ns "
	       "an access)\n",
	       what, (double)seconds / took, (unsigned long long)seconds, took * 1e3,
	       ferry_sim_accesses(gpio) - before, events,
	       took * 1e9 / (double)(ferry_sim_accesses(gpio) - before));
	require(ferry_sim_violations(sim) == 0);
	ferry_sim_free(sim);
}

/* With ON milliseconds, then as many dark. */
static struct ferry_sim *make_blink(uint32_t on, struct ferry_sim_device **gpio)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *blink = ferry_sim_add(sim, &fy_driver_blink, "blink", NULL);

	*gpio = ferry_sim_add(sim, &fy_driver_bcm2835_gpio, "gpio", "bcm2835-gpio");
	ferry_sim_set_pin(blink, "led", "gpio", 47, true);
	ferry_sim_set_property(blink, "on-ms", on);
	ferry_sim_set_property(blink, "off-ms", on);
	require(ferry_sim_probe(sim) == 0);
	return sim;
}

static void bench_events(void)
{
	struct ferry_sim_device *gpio, *other;
	struct ferry_sim *sim = make_blink(1, &gpio);
	struct ferry_sim_gpio *pin;

	other = ferry_sim_add(sim, &fy_driver_pl061, "other", "pl061");
	require(ferry_sim_probe(sim) == 0 && ferry_sim_wire(gpio, 47, other, 0) == 0);
	pin = ferry_sim_gpio_take(other, 0, NULL);
	require(pin && ferry_sim_gpio_input(pin) == 0 &&
		ferry_sim_gpio_watch(pin, 3, count_event, NULL) == 0);
	measure("blink at 500 Hz, each edge an event", sim, other, 1000);
}

static void bench_beeper(void)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *gpio =
		ferry_sim_add(sim, &fy_driver_bcm2835_gpio, "gpio", "bcm2835-gpio");
	struct ferry_sim_device *beeper = ferry_sim_add(sim, &fy_driver_beeper, "beeper", NULL);

	ferry_sim_set_pin(beeper, "speaker", "gpio", 17, false);
	require(ferry_sim_probe(sim) == 0);
	require(ferry_sim_put(ferry_sim_open(sim, "beeper"), "t440 600000000\n", 0) == 0);
	measure("a tone of 440 Hz", sim, gpio, 600);
}

int main(void)
{
	struct ferry_sim_device *gpio;
	struct ferry_sim *sim = make_blink(500, &gpio);

	measure("blink at 1 Hz", sim, gpio, 1000000);
	bench_beeper();
	bench_events();
	return 0;
}
