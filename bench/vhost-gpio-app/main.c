// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sets a gpio line, again and again, as a line on the console says: "polled 1000" and "interrupt
 * 1000" through the virtio device of the machine, waiting for each answer in one of the two ways;
 * "store 1000" by a store to the board's PL061, the machine's own device.
 *
 * Each is done as often twice: in one piece, between requests_begin() and requests_end(), where a
 * plugin counts the instructions; and with the time of each. spins_begin() to spins_end() is SPINS
 * looks of the polling loop in vain, to be taken off what was counted.
 */
#include <ferry/app.h>

#include "drivers/virtio-request.h"

#define LINE  17
#define PIN   1
#define MOST  100000u
#define SPINS 1000000u

static struct virtio_request *device;
static struct fy_gpio pin;
static uint32_t spins;

/* Places for the plugin. */
#define PLACE(name)                                \
	__attribute__((noinline)) void name(void); \
	void name(void)                            \
	{                                          \
		__asm__ volatile("" ::: "memory"); \
	}
PLACE(spins_begin)
PLACE(spins_end)
PLACE(requests_begin)
PLACE(requests_end)

static void polled(unsigned level)
{
	virtio_request_post(device, LINE, level);
	spins += virtio_request_poll(device, UINT32_MAX);
	fy_assert(virtio_request_take(device));
}

static void by_interrupt(unsigned level)
{
	virtio_request_post(device, LINE, level);
	virtio_request_sleep(device);
	fy_assert(virtio_request_take(device));
}

static void store(unsigned level)
{
	fy_gpio_set(&pin, (int)level);
}

/* ---- Times ---- */

static void sift(uint32_t *heap, uint32_t root, uint32_t count)
{
	for (uint32_t child; (child = 2 * root + 1) < count; root = child) {
		uint32_t value = heap[root];

		if (child + 1 < count && heap[child + 1] > heap[child])
			child++;
		if (heap[child] <= value)
			return;
		heap[root] = heap[child];
		heap[child] = value;
	}
}

static void sort(uint32_t *values, uint32_t count)
{
	for (uint32_t root = count / 2; root--;)
		sift(values, root, count);
	for (uint32_t end = count; end-- > 1;) {
		uint32_t greatest = values[0];

		values[0] = values[end];
		values[end] = greatest;
		sift(values, 0, end);
	}
}

static void measure(const char *name, void (*set)(unsigned level), uint32_t count)
{
	static uint32_t times[MOST];
	uint64_t start, took;

	spins = 0;
	requests_begin();
	start = fy_now_ns();
	for (uint32_t i = 0; i < count; i++)
		set(i & 1);
	took = fy_now_ns() - start;
	requests_end();
	fy_print("%s: %u in %llu ns, %u spins", name, count, (unsigned long long)took, spins);
	for (uint32_t i = 0; i < count; i++) {
		start = fy_now_ns();
		set(i & 1);
		times[i] = (uint32_t)(fy_now_ns() - start);
	}
	sort(times, count);
	fy_print(", median %u ns, 99 of 100 below %u ns\n", times[count / 2],
		 times[count - count / 100 - 1]);
}

/* ---- The console ---- */

static const struct way {
	const char *name;
	void (*set)(unsigned level);
	bool interrupts;
} ways[] = {
	{ "polled", polled, false },
	{ "interrupt", by_interrupt, true },
	{ "store", store, false },
};

/* What follows WORD and a space in LINE; NULL: it does not begin so. */
static const char *after(const char *line, const char *word)
{
	while (*word && *line == *word) {
		line++;
		word++;
	}
	return !*word && *line == ' ' ? line + 1 : NULL;
}

static uint32_t number(const char *digits)
{
	uint32_t value = 0;

	for (; *digits >= '0' && *digits <= '9' && value < MOST; digits++)
		value = value * 10 + (uint32_t)(*digits - '0');
	return value < MOST ? value : MOST;
}

static void obey(const char *line)
{
	for (unsigned i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		const char *count = after(line, ways[i].name);

		if (!count)
			continue;
		if (ways[i].set != store)
			virtio_request_interrupts(device, ways[i].interrupts);
		measure(ways[i].name, ways[i].set, number(count));
	}
}

int main(void)
{
	char line[40];

	device = virtio_request_device();
	fy_assert(device);
	fy_assert(virtio_request_output(device, LINE));
	fy_assert(fy_gpio_take("gpio", PIN, false, FY_GPIO_OUT_LOW, &pin) == 0);
	spins_begin();
	virtio_request_spin(device, SPINS);
	spins_end();
	for (;;) {
		fy_print("measure %s> ", virtio_request_kind(device));
		fy_console_line(line, sizeof(line));
		obey(line);
	}
}
