/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A model of a channel of the BCM2835's DMA controller, after its manual (BCM2835 ARM Peripherals,
 * section 4.2), not after the driver: transfers of memory to memory; what of them the manual
 * forbids is a violation. A transfer is done when the test says so.
 */
#ifndef TEST_DRIVERS_BCM2835_DMA_H
#define TEST_DRIVERS_BCM2835_DMA_H

#include "../user/test.h"

struct dma_model {
	struct ferry_sim *sim;
	struct ferry_sim_device *dev;
	uint32_t cs, block;
	bool faulty;	  /* the next transfer gets a byte wrong */
	bool long_by_one; /* or is a byte too long */
};

static inline bool dma_model_line(const struct dma_model *m)
{
	return m->cs & 1u << 2;
}

static inline uint32_t dma_model_read(void *arg, uint32_t offset, unsigned bytes)
{
	struct dma_model *m = arg;

	(void)bytes;
	if (offset == 0x00)
		return m->cs;
	if (offset == 0x04)
		return m->block;
	ferry_sim_violation(m->dev, "0x%02x is no register that can be read", offset);
	return 0;
}

static inline void dma_model_write(void *arg, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct dma_model *m = arg;

	(void)bytes;
	switch (offset) {
	case 0x00:
		if (value >> 31) {
			m->cs = m->block = 0;
		} else {
			m->cs &= ~(value & 6);
			m->cs = (m->cs & ~1u) | (value & 1);
		}
		break;
	case 0x04:
		if (m->cs & 1 || value % 32 != 0)
			ferry_sim_violation(m->dev, "control block at 0x%x while CS is 0x%x", value,
					    m->cs);
		m->block = value;
		break;
	default:
		ferry_sim_violation(m->dev, "0x%02x is no register that can be written", offset);
	}
	ferry_sim_set_irq(m->dev, 0, dma_model_line(m));
}

/* Memory that was allocated for devices, or the test ends. */
static inline void *dma_model_at(const struct dma_model *m, uint32_t bus, size_t size)
{
	void *memory = ferry_sim_dma(m->sim, bus, size);

	assert_non_null(memory);
	return memory;
}

/* Lets an active channel do what its control blocks say. Its interrupt comes then. */
static inline void dma_model_run(struct dma_model *m)
{
	while (m->cs & 1 && m->block) {
		const uint32_t *block = dma_model_at(m, m->block, 32);
		uint32_t info = block[0], length = block[3] + m->long_by_one;
		uint8_t *to = dma_model_at(m, block[2], length);
		const uint8_t *from = dma_model_at(m, block[1], length);

		/* Both addresses go up, nothing is paced, and it is not a 2D transfer. */
		assert_true((info & 0x110) == 0x110 && !(info & 0x0000044a & ~8u));
		memcpy(to, from, length);
		if (m->faulty)
			to[length / 2] ^= 0x10;
		m->cs |= 2 | (info & 1) << 2;
		m->block = block[5];
	}
	m->cs &= ~1u;
	ferry_sim_set_irq(m->dev, 0, dma_model_line(m));
}

static inline struct ferry_sim_device *dma_model_add(struct dma_model *m, struct ferry_sim *sim,
						     const struct fy_driver *driver)
{
	static const struct ferry_sim_model model = {
		.size = 8,
		.widths = 4,
		.irqs = 1,
		.read = dma_model_read,
		.write = dma_model_write,
	};

	*m = (struct dma_model){ .sim = sim };
	m->dev = ferry_sim_add_model(sim, driver, "dma", &model, m);
	assert_non_null(m->dev);
	return m->dev;
}

#endif
