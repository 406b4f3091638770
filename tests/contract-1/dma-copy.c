// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * dma-copy: has a channel of the BCM2835's DMA controller copy what is written to the stream
 * "dma-test", and looks at the copy. One that is wrong makes the next write fail with FY_ERR_IO. It
 * shows that a port's memory for devices is what <ferry/dma.h> says.
 *
 * Devicetree node: compatible = "ferry,dma-copy"; `reg`, the channel's registers; `interrupts`, the
 * channel's. Registers: BCM2835 ARM Peripherals, section 4.2.1.
 */
#include <ferry/dma.h>
#include <ferry/driver.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>
#include <ferry/stream.h>

#define CS	  0x00 /* control and status */
#define CS_ACTIVE (1u << 0)
#define CS_END	  (1u << 1) /* 1 clears it */
#define CS_INT	  (1u << 2) /* 1 clears it */
#define CS_ERROR  (1u << 8)
#define CS_RESET  (1u << 31)
#define CONBLK_AD 0x04 /* bus address of the control block, a multiple of 32 */

/* A control block, in memory. */
struct control_block {
	uint32_t info, source, destination, length, stride, next, reserved[2];
};
#define CONTROL_BLOCK_ALIGN 32
#define INFO_INTERRUPT	    (1u << 0)
/* of the last write: it is in memory when the interrupt comes */
#define INFO_WAIT_RESPONSE  (1u << 3)
#define INFO_DESTINATION_UP (1u << 4)
#define INFO_SOURCE_UP	    (1u << 8)

#define COPY_MAX 4000 /* bytes, whole words: QEMU's controller copies nothing else */

struct dma_copy {
	struct fy_device *dev;
	struct fy_dma block, source, destination;
	struct fy_stream stream;
	struct fy_lock lock; /* of what follows */
	uint32_t copying;    /* bytes; 0: nothing is going on */
	bool wrong;
};

/*
 * The destination differs from the source in each byte before, and has a byte behind its end that
 * must stay.
 */
static void fill(struct dma_copy *c, const char *data, size_t len)
{
	volatile uint8_t *source = c->source.memory, *destination = c->destination.memory;

	for (size_t i = 0; i < COPY_MAX + 1; i++) {
		source[i] = i < len ? (uint8_t)data[i] : 0;
		destination[i] = (uint8_t)~source[i];
	}
}

static void start(struct dma_copy *c)
{
	volatile struct control_block *block = c->block.memory;

	block->info = INFO_INTERRUPT | INFO_WAIT_RESPONSE | INFO_DESTINATION_UP | INFO_SOURCE_UP;
	block->source = c->source.bus;
	block->destination = c->destination.bus;
	block->length = c->copying;
	block->stride = block->next = 0;
	fy_write_barrier();
	fy_write32(c->dev, CONBLK_AD, c->block.bus);
	fy_write32(c->dev, CS, CS_ACTIVE | CS_END | CS_INT);
}

static bool is_copied(const struct dma_copy *c)
{
	const volatile uint8_t *source = c->source.memory, *destination = c->destination.memory;

	for (uint32_t i = 0; i < c->copying; i++)
		if (destination[i] != source[i])
			return false;
	return (destination[c->copying] ^ source[c->copying]) == 0xff;
}

static void handle_interrupt(void *arg)
{
	struct dma_copy *c = arg;
	uint32_t status = fy_read32(c->dev, CS);
	fy_irqflags flags;

	fy_write32(c->dev, CS, CS_END | CS_INT);
	fy_read_barrier();
	flags = fy_lock(&c->lock);
	if (c->copying) {
		c->wrong = status & CS_ERROR || !is_copied(c);
		if (c->wrong)
			fy_error(c->dev, "%u bytes were not copied, status 0x%x", c->copying,
				 status);
		else
			fy_info(c->dev, "%u bytes were copied from 0x%x to 0x%x", c->copying,
				c->source.bus, c->destination.bus);
		c->copying = 0;
	}
	fy_unlock(&c->lock, flags);
	fy_stream_ready(&c->stream);
}

/* ---- The stream. ---- */

static long dma_copy_write(struct fy_device *dev, void *session, const char *data, size_t len)
{
	struct dma_copy *c = fy_state(dev);
	fy_irqflags flags = fy_lock(&c->lock);
	long taken = len < COPY_MAX ? (long)len : COPY_MAX;

	if (c->copying) {
		taken = FY_ERR_AGAIN;
	} else if (c->wrong) {
		c->wrong = false;
		taken = FY_ERR_IO;
	} else {
		c->copying = ((uint32_t)taken + 3) / 4 * 4;
		fill(c, data, (size_t)taken);
		start(c);
	}
	fy_unlock(&c->lock, flags);
	return taken;
}

static bool dma_copy_drained(struct fy_device *dev, void *session)
{
	struct dma_copy *c = fy_state(dev);
	fy_irqflags flags = fy_lock(&c->lock);
	bool drained = !c->copying;

	fy_unlock(&c->lock, flags);
	return drained;
}

/* A copy that has begun takes no time: there is nothing to stop. */
static void dma_copy_end(struct fy_device *dev, void *session)
{
}

static const struct fy_stream_ops ops = {
	.session_size = 1,
	.write = dma_copy_write,
	.drained = dma_copy_drained,
	.cancel = dma_copy_end,
	.close = dma_copy_end,
};

/* ---- The device. ---- */

static int allocate(struct fy_device *dev, struct dma_copy *c)
{
	int rc = fy_dma_alloc(dev, sizeof(struct control_block), CONTROL_BLOCK_ALIGN, &c->block);

	if (!rc)
		rc = fy_dma_alloc(dev, COPY_MAX + 1, 1, &c->source);
	if (!rc)
		rc = fy_dma_alloc(dev, COPY_MAX + 1, 1, &c->destination);
	return rc;
}

static int dma_copy_probe(struct fy_device *dev)
{
	struct dma_copy *c = fy_state(dev);
	int rc = allocate(dev, c);

	if (rc) {
		fy_error(dev, "cannot have memory: error %d", rc);
		return rc;
	}
	c->dev = dev;
	fy_lock_init(&c->lock);
	fy_write32(dev, CS, CS_RESET);
	rc = fy_irq_attach(dev, 0, handle_interrupt, c);
	if (rc) {
		fy_error(dev, "cannot have its interrupt: error %d", rc);
		return rc;
	}
	rc = fy_stream_offer(dev, &c->stream, "dma-test", &ops);
	if (rc)
		fy_irq_detach(dev, 0);
	return rc;
}

static void dma_copy_remove(struct fy_device *dev)
{
	struct dma_copy *c = fy_state(dev);

	fy_stream_withdraw(&c->stream);
	fy_write32(dev, CS, CS_RESET);
	fy_irq_detach(dev, 0);
}

FY_DESCRIPTION("Copies by the BCM2835's DMA controller, to test");
FY_COMPATIBLE("ferry,dma-copy");
FY_DRIVER(dma_copy) = {
	.name = "dma-copy",
	.compatible = fy_compatible,
	.state_size = sizeof(struct dma_copy),
	.probe = dma_copy_probe,
	.remove = dma_copy_remove,
};
