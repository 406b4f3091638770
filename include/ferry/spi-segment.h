/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* The parts of a transfer on an SPI bus, for its controller and for drivers of its targets. */
#ifndef FERRY_SPI_SEGMENT_H
#define FERRY_SPI_SEGMENT_H

#include <ferry/driver.h>

#define FY_SPI_SEGMENTS_MAX 64	  /* of a transfer */
#define FY_SPI_LENGTH_MAX   65536 /* bytes of a segment */
#define FY_SPI_WORD_MAX	    32	  /* bits of a word */
#define FY_SPI_SELECTS_MAX  8	  /* chip selects of a bus, numbered from 0 */

/* How words go over the wires: bits, to be or-ed. */
enum fy_spi_mode {
	FY_SPI_CPHA = 1 << 0, /* data are sampled at the second edge of the clock, not the first */
	FY_SPI_CPOL = 1 << 1, /* the clock is high when idle, not low */
	/* the four modes, as datasheets number them */
	FY_SPI_MODE_0 = 0,
	FY_SPI_MODE_1 = FY_SPI_CPHA,
	FY_SPI_MODE_2 = FY_SPI_CPOL,
	FY_SPI_MODE_3 = FY_SPI_CPOL | FY_SPI_CPHA,
	FY_SPI_CS_HIGH = 1 << 2,   /* the controller's own chip select is active when high */
	FY_SPI_LSB_FIRST = 1 << 3, /* the least significant bit of a word comes first */
	FY_SPI_LOOPBACK = 1 << 4,  /* the controller receives what it sends */
	FY_SPI_MODE_ALL = (1 << 5) - 1,
};

/*
 * A part of a transfer: words in both directions at once. In memory a word of up to 8 bits is a
 * byte, one of up to 16 a uint16_t, a longer one a uint32_t, aligned and in the processor's byte
 * order; bits beyond the word are ignored when sent and zero when received.
 */
struct fy_spi_segment {
	const void *write; /* what is sent; NULL: zeros */
	void *read;	   /* where received words go, may be WRITE; NULL: nowhere */
	uint32_t length;   /* bytes of each, whole words; 0: nothing is sent */
	/*
	 * Which differ from the target's for this segment: bits of a word, 1 to FY_SPI_WORD_MAX;
	 * highest frequency of the clock. 0: the target's.
	 */
	uint8_t word_bits;
	/* the chip select is inactive for a moment behind it; behind the last one it is anyway */
	bool deselect;
	uint16_t delay_us; /* time behind this segment, before that */
	uint32_t speed_hz;
};

/* How a target is talked to. */
struct fy_spi_config {
	uint8_t select;	   /* number of its chip select: its `reg` in devicetrees */
	uint8_t mode;	   /* enum fy_spi_mode */
	uint8_t word_bits; /* 1 to FY_SPI_WORD_MAX */
	uint32_t speed_hz; /* highest frequency of the clock; not 0 */
};

/* Whether A is B. */
static inline bool fy_spi_same(const struct fy_spi_config *a, const struct fy_spi_config *b)
{
	return a->select == b->select && a->mode == b->mode && a->word_bits == b->word_bits &&
	       a->speed_hz == b->speed_hz;
}

/* Bytes that a word of BITS has in memory. */
static inline unsigned fy_spi_word_bytes(unsigned bits)
{
	return bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
}

/*
 * Whether SEGMENTS are valid as described above for a target with words of WORD_BITS. Ports check
 * segments from outside with this.
 */
static inline bool fy_spi_valid(const struct fy_spi_segment *segments, unsigned count,
				unsigned word_bits)
{
	if (count < 1 || count > FY_SPI_SEGMENTS_MAX)
		return false;
	for (unsigned i = 0; i < count; i++) {
		const struct fy_spi_segment *s = &segments[i];
		unsigned bits = s->word_bits ? s->word_bits : word_bits;
		uintptr_t odd = fy_spi_word_bytes(bits) - 1;

		if (bits < 1 || bits > FY_SPI_WORD_MAX || s->length > FY_SPI_LENGTH_MAX ||
		    ((uintptr_t)s->write | (uintptr_t)s->read | s->length) & odd)
			return false;
	}
	return true;
}

#endif
