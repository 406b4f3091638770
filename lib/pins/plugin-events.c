// SPDX-License-Identifier: GPL-2.0-only
/* The pin recorder's events: see plugin-events.h. */
#include "pins/plugin-events.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define GPIO_BYTES (UINT64_C(4) * RAW_GPIO_WORDS)

/* The PL061's registers: ARM DDI 0190B, section 3.3. */
#define PL061_DATA  0x000u /* to 0x3fc: bits 9 to 2 of the address say which pins a store changes */
#define PL061_DIR   0x400u /* bit N: pin N is an output */
#define PL061_BYTES UINT64_C(0x404)

static struct {
	int fd;
	struct raw_header *header;
	struct raw_event *chunk; /* the mapped one, which the next event goes into */
	uint64_t count;		 /* of all events */
	uint32_t outputs;	 /* of a PL061 */
	uint32_t restarts;	 /* of the header, as far as they are taken note of */

	enum raw_kind last;	    /* of the last event, 0 when there is none */
	uint32_t idles;		    /* that the last event stands for */
	int64_t bias_min, bias_max; /* virtual time - instructions * 2^shift, by the clock reads
				       since the jump */
} events = { .fd = -1 };

struct raw_header *events_open(const char *path, const char **why)
{
	struct raw_header *header;

	events.fd = open(path, O_RDWR | O_CLOEXEC);
	if (events.fd < 0) {
		*why = strerror(errno);
		return NULL;
	}
	header = mmap(NULL, RAW_HEADER_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, events.fd, 0);
	if (header == MAP_FAILED) {
		*why = strerror(errno);
		return NULL;
	}
	if (lseek(events.fd, 0, SEEK_END) < RAW_HEADER_SIZE || header->magic != RAW_MAGIC) {
		*why = "not a capture made by this build of ferry";
		return NULL;
	}
	events.header = header;
	return header;
}

uint64_t events_gpio_bytes(void)
{
	return events.header->block == RAW_PL061 ? PL061_BYTES : GPIO_BYTES;
}

/*
 * Makes room for one chunk more. Space is allocated now, since a full disk would later be a signal
 * that kills QEMU.
 */
static int next_chunk(void)
{
	off_t at = (off_t)(RAW_HEADER_SIZE + events.count / RAW_CHUNK_EVENTS * RAW_CHUNK_SIZE);

	if (events.chunk)
		munmap(events.chunk, RAW_CHUNK_SIZE);
	events.chunk = NULL;
	if (posix_fallocate(events.fd, at, RAW_CHUNK_SIZE))
		return -1;
	events.chunk =
		mmap(NULL, RAW_CHUNK_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, events.fd, at);
	if (events.chunk == MAP_FAILED)
		events.chunk = NULL;
	return events.chunk ? 0 : -1;
}

static void append(enum raw_kind kind, uint64_t count, uint32_t reg, uint32_t value)
{
	uint64_t index = events.count % RAW_CHUNK_EVENTS;

	if (events.header->fault)
		return;
	if (index == 0 && next_chunk() < 0) {
		__atomic_store_n(&events.header->fault, RAW_NO_SPACE, __ATOMIC_RELEASE);
		return;
	}
	events.chunk[index] = (struct raw_event){
		.count = count, .value = value, .kind = kind, .reg = (uint8_t)reg
	};
	events.count++;
	__atomic_store_n(&events.header->events, events.count, __ATOMIC_RELEASE);
	events.last = kind;
}

/*
 * A PL061's pins that become outputs or inputs: GPFSEL0 has three bits a pin, of which 1 is an
 * output.
 */
static void pl061_direction(uint64_t count, uint32_t outputs)
{
	uint32_t select = 0;

	for (unsigned int pin = 0; pin < RAW_PL061_PINS; pin++)
		select |= (outputs >> pin & 1) << (3 * pin);
	events.outputs = outputs;
	append(RAW_STORE, count, RAW_GPFSEL0, select);
}

/* Levels: those of inputs stay as they are. */
static void pl061_data(uint64_t count, uint32_t pins, uint32_t value)
{
	pins &= events.outputs;
	if (pins & value)
		append(RAW_STORE, count, RAW_GPSET0, pins & value);
	if (pins & ~value)
		append(RAW_STORE, count, RAW_GPCLR0, pins & ~value);
}

static void pl061_store(uint64_t count, uint64_t offset, uint32_t value)
{
	if (offset == PL061_DIR)
		pl061_direction(count, value & 0xff);
	else if (offset < PL061_DIR && offset % 4 == 0)
		pl061_data(count, (uint32_t)(offset - PL061_DATA) >> 2, value);
}

/* One word stored. What is not a register that drives pins is of no interest. */
static void store_word(uint64_t count, uint64_t offset, uint32_t value)
{
	uint32_t reg = (uint32_t)(offset / 4);

	if (events.header->block == RAW_PL061)
		pl061_store(count, offset, value);
	else if (offset % 4 == 0 && reg < RAW_GPIO_WORDS && reg != RAW_GPSET0 - 1 &&
		 reg != RAW_GPCLR0 - 1)
		append(RAW_STORE, count, reg, value);
}

/*
 * What is known of the guest does not hold any more once it was put back into an earlier state. To
 * be called before each event.
 */
static void notice_restart(void)
{
	uint32_t restarts = __atomic_load_n(&events.header->restarts, __ATOMIC_ACQUIRE);

	if (restarts == events.restarts)
		return;
	events.restarts = restarts;
	events.outputs = events.header->outputs;
	events.last = 0;
}

void events_store(uint64_t count, uint64_t offset, unsigned int size, uint64_t low, uint64_t high)
{
	notice_restart();
	if (size <= 2) {
		store_word(count, offset, (uint32_t)low);
		return;
	}
	for (uint64_t word = 0; word < 1u << (size - 2); word++) {
		uint64_t half = word < 2 ? low : high;

		store_word(count, offset + word * 4, (uint32_t)(half >> (word % 2 * 32)));
	}
}

void events_clock(uint64_t count, uint32_t value)
{
	int64_t spent, min, max;

	if (events.header->icount_shift < 0)
		return;
	notice_restart();
	spent = (int64_t)(count << events.header->icount_shift);
	min = (int64_t)value * EVENTS_US_NS - spent;
	max = min + EVENTS_US_NS - 1;
	if (events.last == RAW_CLOCK && min <= events.bias_max && max >= events.bias_min) {
		int64_t low = min > events.bias_min ? min : events.bias_min;
		int64_t high = max < events.bias_max ? max : events.bias_max;

		if (high - low > (events.bias_max - events.bias_min) / 2 || high == low)
			return;
		min = low;
		max = high;
	}
	events.bias_min = min;
	events.bias_max = max;
	append(RAW_CLOCK, count, 0, value);
}

void events_idle(uint64_t count)
{
	notice_restart();
	events.idles = events.last == RAW_IDLE ? events.idles + 1 : 1;
	if (events.idles <= 2)
		append(RAW_IDLE, count, 0, 0);
	else if (events.chunk)
		events.chunk[(events.count - 1) % RAW_CHUNK_EVENTS].count = count;
}
