/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model of a channel of the BCM2835's DMA controller, after its manual (BCM2835 ARM Peripherals,
 * section 4.2), not after the driver: transfers of memory to memory, and what of them the manual
 * forbids, it asserts. A transfer is done when the test says so.
 *
 * Include it after the driver: names here begin with model_, and it reaches memory by
 * test_dma_at().
 */
#ifndef MODEL_BCM2835_DMA_H
#define MODEL_BCM2835_DMA_H

#include <assert.h>

struct model_dma {
	struct test_registers registers;
	uint32_t cs, block;
	bool faulty;	  /* the next transfer gets a byte wrong */
	bool long_by_one; /* or is a byte too long */
};

static inline bool model_line(const struct model_dma *m)
{
	return m->cs & 1u << 2;
}

static inline uint32_t model_dma_read(struct test_registers *registers, uint32_t offset)
{
	struct model_dma *m = (struct model_dma *)registers;

	if (offset == 0x00)
		return m->cs;
	if (offset == 0x04)
		return m->block;
	assert(!"a register that may be read");
	return 0;
}

static inline void model_dma_write(struct test_registers *registers, uint32_t offset,
				   uint32_t value)
{
	struct model_dma *m = (struct model_dma *)registers;

	switch (offset) {
	case 0x00:
		if (value >> 31) {
			m->cs = m->block = 0;
			return;
		}
		m->cs &= ~(value & 6);
		m->cs = (m->cs & ~1u) | (value & 1);
		return;
	case 0x04:
		assert(!(m->cs & 1) && value % 32 == 0);
		m->block = value;
		return;
	}
	assert(!"a register that may be written");
}

/* Lets an active channel do what its control blocks say. */
static inline void model_dma_run(struct model_dma *m)
{
	while (m->cs & 1 && m->block) {
		const uint32_t *block = test_dma_at(m->block, 32);
		uint32_t info = block[0], length = block[3] + m->long_by_one;
		uint8_t *to = test_dma_at(block[2], length);
		const uint8_t *from = test_dma_at(block[1], length);

		/* Both addresses go up, nothing is paced, and it is not a 2D transfer. */
		assert((info & 0x110) == 0x110 && !(info & 0x0000044a & ~8u));
		memcpy(to, from, length);
		if (m->faulty)
			to[length / 2] ^= 0x10;
		m->cs |= 2 | (info & 1) << 2;
		m->block = block[5];
	}
	m->cs &= ~1u;
}

static inline void model_dma_init(struct model_dma *m)
{
	*m = (struct model_dma){
		.registers = { .read = model_dma_read, .write = model_dma_write, .width = 32 },
	};
}

#endif
