/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SPI: controllers, and targets on their buses. A target sees what its pins see: its chip select,
 * and bits, one for each edge of the clock at which it samples. So the same target is on a
 * controller's model and on pins that a driver moves.
 */
#ifndef PORTS_USER_MODELS_SPI_H
#define PORTS_USER_MODELS_SPI_H

#include "models.h"

/* A target as the bus sees it: part of the target's own struct. */
struct spi_target {
	struct spi_target *next; /* on the bus */
	bool falling;		 /* it samples at the falling edge of the clock (modes 1 and 2) */
	bool cs_high;		 /* its chip select is active when high */
	/* Its chip select has become active, or inactive. */
	void (*select)(struct spi_target *target, bool active, uint64_t now);
	/*
	 * An edge at which it samples, with the level at its input; before it, what is at its
	 * output: 0, 1, or -1: it does not drive that.
	 */
	void (*clock)(struct spi_target *target, int input, uint64_t now);
	int (*output)(struct spi_target *target);
	bool selected; /* kept by spi_target_select() */
	struct user_pin_watch watch;
	unsigned pin; /* its chip select: a pin, or the number of one of the controller's own */
};

/*
 * A target that knows bytes only, the most significant bit first: part of the target's own struct.
 * It fills `byte`, `next` and `select`; spi_bytes_init() the rest of the target.
 */
struct spi_bytes {
	struct spi_target target;
	void (*select)(struct spi_bytes *bytes, bool active, uint64_t now);
	uint8_t (*next)(struct spi_bytes *bytes); /* what it sends while the next byte comes */
	void (*byte)(struct spi_bytes *bytes, uint8_t byte, uint64_t now); /* one has come */
	unsigned bits;	 /* of the byte that is on its way */
	uint8_t in, out; /* their shift registers */
};
void spi_bytes_init(struct spi_bytes *bytes);

/* Makes its chip select active or inactive, unless it is so already. */
void spi_target_select(struct spi_target *target, bool active, uint64_t now);
/* Its chip select is the pin PIN of MODEL from now on. */
void spi_target_wire(struct spi_target *target, struct user_model *model, unsigned pin);
/* Whether it is a pin. */
bool spi_target_is_wired(const struct spi_target *target);

/* A target on pins of MODEL, which a driver moves: the caller's. */
struct spi_wires {
	struct spi_target *target;
	struct user_model *model;
	unsigned clock, input, output; /* of the target */
	struct user_pin_watch watch;
};
void spi_wire(struct spi_wires *wires, struct spi_target *target, struct user_model *model,
	      unsigned clock, unsigned input, unsigned output, unsigned select);

/*
 * What a controller has on its bus. MODE is that of <ferry/spi.h>. Sends BITS of WORD to the
 * targets that are selected; returns what they answer; a line that nobody drives is high. A target
 * that samples at the other edge gets nothing that it could make sense of: that is a violation.
 */
uint32_t spi_exchange(struct user_model *controller, struct spi_target *targets, unsigned mode,
		      uint32_t word, unsigned bits);

/* Arm PrimeCell SSP PL022: ARM DDI 0194, chapter 3, in Motorola's format. */
extern const struct user_model_kind pl022_model;

#define PL022_FIFO 8
#define PL022_HZ   24000000u /* of SSPCLK */

struct pl022_fifo {
	uint16_t words[PL022_FIFO];
	unsigned first, count;
};

struct pl022_model {
	struct user_model model;
	struct spi_target *targets;
	struct fy_timer word_over, receive_timeout;
	/*
	 * QEMU's: words take no time, and wait while the receive FIFO is full; the interrupt RT
	 * never comes
	 */
	bool instant;
	bool dead; /* no word is ever over */
	uint32_t cr0, cr1, prescale, mask, status;
	struct pl022_fifo sent, received;
	bool shifting;
};

/* Attaches a target that is the caller's, and outlives the model. */
void pl022_attach(struct pl022_model *m, struct spi_target *target);

/*
 * A Raspberry Pi's SPI controller: BCM2835 ARM Peripherals, chapter 10. Its core clock is 250 MHz.
 * QEMU's device is `instant`, and drives no chip select.
 */
extern const struct user_model_kind bcm2835_spi_model;

#define BCM2835_SPI_FIFO 64

struct bcm2835_spi_fifo {
	uint8_t bytes[BCM2835_SPI_FIFO];
	unsigned first, count;
};

struct bcm2835_spi_model {
	struct user_model model;
	struct spi_target *targets; /* each with the number of its chip select as `pin` */
	struct fy_timer byte_over;
	bool instant; /* bytes take no time */
	bool dead;    /* no byte is ever over */
	uint32_t cs, clk, dlen, ltoh, dc;
	struct bcm2835_spi_fifo sent, received;
	bool shifting;
};

/*
 * Attaches a target that is the caller's, and outlives the model: to the controller's chip select
 * NUMBER, unless the target is wired to a pin.
 */
void bcm2835_spi_attach(struct bcm2835_spi_model *m, unsigned number, struct spi_target *target);

/*
 * A bus without a controller's registers: driver and model are one (model-spi-bus.c).
 */
extern const struct user_model_kind spi_bus_model;

struct spi_bus_model {
	struct user_model model;
	struct spi_target *targets; /* each with the number of its chip select as `pin` */
	struct fy_timer word_over;
	struct fy_spi_config config;
	const struct fy_spi_segment *segment; /* NULL: none is under way */
	uint32_t at;			      /* word of that */
	unsigned long words;		      /* ever */
	unsigned long fails_at;
	int error; /* of that word, FY_ERR_TIMEOUT: it never ends; 0: none fails */
};

/* ---- Targets ---- */

#define M25P80_SIZE 0x100000

/*
 * A flash memory: Micron M25P80 (data sheet M25P80-FD), 1 MiB in sectors of 64 KiB and pages of 256
 * bytes, all ones at first.
 */
extern const struct user_model_kind m25p80_model;

struct m25p80_model {
	struct user_model model;
	struct spi_bytes bytes;
	bool slow;	    /* cycles take as long as they may, not as long as they do typically */
	bool stuck;	    /* a cycle never ends */
	uint8_t protection; /* bits 4:2 of the status register: not 0 protects all of it */
	uint8_t memory[M25P80_SIZE];
	/* The instruction, and how many bytes have come since the chip select was active. */
	uint8_t command;
	unsigned long count;
	uint32_t address;
	uint8_t page[256]; /* what a page program has got, */
	bool written[256]; /* and where */
	bool write_enabled;
	uint64_t busy; /* until then it programs or erases, ns */
	unsigned long programs, erases;
};

/* Two shift registers 74HC595 in a chain: pin 0 is Q0 of the one next to the controller. */
extern const struct user_model_kind hc595_model;

struct hc595_model {
	struct user_model model;
	struct spi_target target;
	uint16_t shift;	      /* the shift stages; the levels are the storage's */
	unsigned long stores; /* how often they were taken over */
};

#endif
