/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The layout of a recording's header, for its writer and reader: docs/pins.md says what it means.
 */
#ifndef LIB_PINS_RECORDING_FORMAT_H
#define LIB_PINS_RECORDING_FORMAT_H

#include <stdint.h>

#define RECORDING_MAGIC	    "FERRYPIN"
#define RECORDING_VERSION   1
#define RECORDING_NO_ICOUNT 0xff
#define RECORDING_EDGE_MAX  11 /* bytes: a time of up to 10, and the pin with its state */

/* Byte offsets in the header; numbers are little-endian. */
enum {
	AT_MAGIC = 0,	      /* 8 bytes */
	AT_VERSION = 8,	      /* 16 bits */
	AT_HEADER_SIZE = 10,  /* 16 bits */
	AT_FLAGS = 12,	      /* 32 bits */
	AT_ICOUNT_SHIFT = 16, /* 8 bits, then 7 zero bytes */
	AT_PINS = 24,	      /* 64 bits */
	AT_SELECT = 32,	      /* 6 times 32 bits */
	AT_LATCH = 56,	      /* 64 bits */
	AT_END = 64,	      /* 64 bits */
	AT_EDGES = 72,	      /* 64 bits */
	AT_BODY_SIZE = 80,    /* 64 bits */
	AT_BODY_CRC = 88,     /* 32 bits */
	AT_BOARD = 92,	      /* 32 bytes */
	AT_HEADER_CRC = 124,  /* 32 bits: of all before */
	RECORDING_HEADER_SIZE = 128,
};

enum {
	FLAG_INSTRUCTIONS = 1,
	FLAG_CALIBRATED = 2,
	FLAGS_KNOWN = 3,
};

/* CRC-32C (Castagnoli), from 0xffffffff, inverted at the end. */
#define RECORDING_CRC_START 0xffffffffu

static inline void put_le(uint8_t *to, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		to[i] = (uint8_t)(value >> (8 * i));
}

static inline uint64_t get_le(const uint8_t *from, int bytes)
{
	uint64_t value = 0;

	for (int i = 0; i < bytes; i++)
		value |= (uint64_t)from[i] << (8 * i);
	return value;
}

#endif
