/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The raw capture file: what the plugin inside QEMU writes and capture.c reads, mapped by both. A
 * header, then events of one size. The writer fills an event, then publishes it by raising the
 * header's count (release); so a reader that loads the count (acquire) may look at every event
 * below it, whenever the writer dies. The file lives only on the machine that wrote it: host byte
 * order, no version to keep.
 */
#ifndef LIB_PINS_RAW_H
#define LIB_PINS_RAW_H

#include <stdint.h>

#define RAW_MAGIC	 0x77617270u /* "prw" and a version byte: both sides come from one build */
#define RAW_HEADER_SIZE	 65536u	     /* a multiple of every host's page size */
#define RAW_CHUNK_SIZE	 (1u << 20)  /* the file grows, and is mapped, by this much */
#define RAW_CHUNK_EVENTS (RAW_CHUNK_SIZE / sizeof(struct raw_event))

/*
 * The registers of the GPIO block that matter, as word indices: BCM2835 ARM Peripherals,
 * section 6.1.
 */
enum {
	RAW_GPFSEL0 = 0, /* to GPFSEL5: three bits a pin, ten pins a word */
	RAW_GPSET0 = 7,
	RAW_GPSET1 = 8,
	RAW_GPCLR0 = 10,
	RAW_GPCLR1 = 11,
	RAW_GPIO_WORDS = 12,
};

/*
 * What kind of block is watched. Stores to a PL061 (ARM DDI 0190B, chapter 3: eight pins) are
 * recorded as the stores to the registers above that have the same effect, so that what reads them
 * knows one block only.
 */
enum raw_block {
	RAW_BCM2835,
	RAW_PL061,
};
#define RAW_PL061_PINS 8

enum raw_kind {
	RAW_STORE = 1, /* the guest stored VALUE to the GPIO block's word REG */
	RAW_CLOCK,     /* the guest read VALUE from the system timer's low word (microseconds) */
	RAW_IDLE, /* the guest is about to wait for an interrupt: the virtual clock may jump after
		     this */
};

/* Why a capture stopped early. */
enum raw_fault {
	RAW_FINE,
	RAW_OLD_QEMU, /* its plugin interface lacks what the recorder needs */
	RAW_NO_SPACE, /* the file could not grow */
};

struct raw_event {
	uint64_t count; /* instructions that the guest had started, this one included, over all its
			   CPUs */
	uint32_t value;
	uint8_t kind;
	uint8_t reg;
	uint16_t unused;
};

struct raw_header {
	uint32_t magic;
	uint32_t fault;		/* enum raw_fault; set by the plugin */
	uint64_t gpio_base;	/* physical addresses; set by capture.c */
	uint64_t systimer_base; /* or 0 */
	int32_t icount_shift;	/* or -1 */
	uint32_t block;		/* enum raw_block */
	uint32_t attached;	/* 1 once the plugin runs */
	uint64_t events;	/* published events; release and acquire */
	uint64_t last_count; /* the latest instruction count known, for the end of the recording */
	/*
	 * How often the guest was put back into an earlier state, and which of a PL061's pins were
	 * outputs then; set by capture.c while the guest stands still.
	 */
	uint32_t restarts;
	uint32_t outputs;
};

#endif
