// SPDX-License-Identifier: GPL-2.0-only
/*
 * See virtio-request.h. The least that a driver of virtio-mmio needs (Virtual I/O Device
 * specification 1.3, sections 2.7 and 4.2): one split ring with one chain in it. QEMU's virt has 32
 * such slots; in an empty one the device number is 0.
 */
#include "virtio-request.h"

#include <ferry/app.h>
#include <ferry/dma.h>
#include <ferry/driver.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>

#define DEVICE_ID	  0x008u
#define DRIVER_FEATURES	  0x020u
#define FEATURES_SELECT	  0x024u
#define QUEUE_SIZE	  0x038u
#define QUEUE_READY	  0x044u
#define QUEUE_NOTIFY	  0x050u
#define INTERRUPT_STATUS  0x060u
#define INTERRUPT_ACK	  0x064u
#define STATUS		  0x070u
#define QUEUE_DESCRIPTORS 0x080u
#define QUEUE_AVAILABLE	  0x090u
#define QUEUE_USED	  0x0a0u

#define STATUS_FEATURES_OK 8u
#define STATUS_ALL	   15u /* ACKNOWLEDGE, DRIVER, DRIVER_OK too */
#define VERSION_1	   1u  /* feature 32: bit 0 of the second word */

#define SIZE	     4u /* of the ring; a chain takes two descriptors */
#define NEXT	     1u
#define WRITABLE     2u
#define NO_INTERRUPT 1u

#define GPIO_SET_DIRECTION 3u
#define GPIO_SET_VALUE	   5u
#define DIRECTION_OUT	   1u

/* All that device and driver share. */
struct shared {
	struct {
		uint64_t address;
		uint32_t len;
		uint16_t flags, next;
	} descriptors[SIZE];
	struct {
		uint16_t flags, index, ring[SIZE];
	} available;
	struct {
		uint16_t flags, index;
		struct {
			uint32_t id, len;
		} ring[SIZE];
	} used __attribute__((aligned(4)));
	struct {
		uint16_t type, line;
		uint32_t value;
	} request;
	uint8_t response[2]; /* status, value */
};

struct virtio_request {
	struct fy_device *dev;
	const struct kind {
		uint32_t id;
		const char *name;
		uint32_t request; /* bytes */
	} * kind;
	struct fy_lock lock;
	struct fy_dma dma;
	volatile struct shared *shared;
	/* requests, ever: the index that the device is to reach */
	uint16_t posted;
	volatile bool interrupted;
};

static const struct kind kinds[] = {
	{ 41, "virtio-gpio", 8 },
	{ 4, "virtio-rng", 0 },
	{ 0 },
};

static struct virtio_request *found;

struct virtio_request *virtio_request_device(void)
{
	return found;
}

const char *virtio_request_kind(const struct virtio_request *r)
{
	return r->kind->name;
}

/* ---- Requests ---- */

void virtio_request_interrupts(struct virtio_request *r, bool on)
{
	r->shared->available.flags = on ? 0 : NO_INTERRUPT;
}

static void post(struct virtio_request *r, uint16_t type, unsigned line, uint32_t value)
{
	volatile struct shared *s = r->shared;

	s->request.type = type;
	s->request.line = (uint16_t)line;
	s->request.value = value;
	s->response[0] = 0xff;
	r->interrupted = false;
	s->available.ring[r->posted++ % SIZE] = r->kind->request ? 0 : 1;
	fy_write_barrier();
	s->available.index = r->posted;
	fy_write_barrier();
	fy_write32(r->dev, QUEUE_NOTIFY, 0);
}

void virtio_request_post(struct virtio_request *r, unsigned line, unsigned level)
{
	post(r, GPIO_SET_VALUE, line, level);
}

/* Not inlined: one copy, whose cost virtio_request_spin() shows. */
__attribute__((noinline)) uint32_t virtio_request_poll(struct virtio_request *r, uint32_t limit)
{
	uint32_t count = 0;

	while (r->shared->used.index != r->posted && count < limit)
		count++;
	return count;
}

void virtio_request_spin(struct virtio_request *r, uint32_t count)
{
	r->posted++;
	virtio_request_poll(r, count);
	r->posted--;
}

/*
 * A processor that sleeps with interrupts off wakes by one all the same: so none comes between the
 * look and the sleep.
 */
void virtio_request_sleep(struct virtio_request *r)
{
	while (!r->interrupted) {
		fy_irqflags flags = fy_lock(&r->lock);

		if (!r->interrupted)
			fy_wait();
		fy_unlock(&r->lock, flags);
	}
}

bool virtio_request_take(struct virtio_request *r)
{
	fy_read_barrier();
	return r->shared->used.index == r->posted &&
	       (!r->kind->request || r->shared->response[0] == 0);
}

bool virtio_request_output(struct virtio_request *r, unsigned line)
{
	post(r, GPIO_SET_DIRECTION, line, DIRECTION_OUT);
	virtio_request_poll(r, UINT32_MAX);
	return virtio_request_take(r);
}

/* ---- The device ---- */

static void handle(void *arg)
{
	struct virtio_request *r = arg;

	fy_write32(r->dev, INTERRUPT_ACK, fy_read32(r->dev, INTERRUPT_STATUS));
	fy_read_barrier();
	r->interrupted = r->shared->used.index == r->posted;
}

/*
 * A chain of a request and a response, which may also begin with the response: for devices that
 * want no request.
 */
static void fill(struct virtio_request *r)
{
	volatile struct shared *s = r->shared;

	s->descriptors[0].address = r->dma.bus + offsetof(struct shared, request);
	s->descriptors[0].len = sizeof(s->request);
	s->descriptors[0].flags = NEXT;
	s->descriptors[0].next = 1;
	s->descriptors[1].address = r->dma.bus + offsetof(struct shared, response);
	s->descriptors[1].len = sizeof(s->response);
	s->descriptors[1].flags = WRITABLE;
}

/* Returns whether the device agrees. */
static bool start(struct virtio_request *r)
{
	static const struct {
		uint32_t offset;
		size_t part;
	} parts[] = {
		{ QUEUE_DESCRIPTORS, offsetof(struct shared, descriptors) },
		{ QUEUE_AVAILABLE, offsetof(struct shared, available) },
		{ QUEUE_USED, offsetof(struct shared, used) },
	};

	fy_write32(r->dev, STATUS, 0);
	fy_write32(r->dev, STATUS, 1 | 2);
	fy_write32(r->dev, FEATURES_SELECT, 1);
	fy_write32(r->dev, DRIVER_FEATURES, VERSION_1);
	fy_write32(r->dev, STATUS, 1 | 2 | STATUS_FEATURES_OK);
	if (!(fy_read32(r->dev, STATUS) & STATUS_FEATURES_OK))
		return false;
	fill(r);
	fy_write32(r->dev, QUEUE_SIZE, SIZE);
	for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		fy_write32(r->dev, parts[i].offset, r->dma.bus + (uint32_t)parts[i].part);
	fy_write32(r->dev, QUEUE_READY, 1);
	fy_write32(r->dev, STATUS, STATUS_ALL);
	return true;
}

static int virtio_request_probe(struct fy_device *dev)
{
	struct virtio_request *r = fy_state(dev);
	uint32_t id = fy_read32(dev, DEVICE_ID);
	int rc;

	r->dev = dev;
	for (r->kind = kinds; r->kind->id && r->kind->id != id; r->kind++)
		;
	if (!r->kind->id || found)
		return 0;
	fy_lock_init(&r->lock);
	rc = fy_dma_alloc(dev, sizeof(struct shared), 16, &r->dma);
	if (!rc)
		rc = fy_irq_attach(dev, 0, handle, r);
	if (rc)
		return rc;
	r->shared = r->dma.memory;
	if (!start(r)) {
		fy_irq_detach(dev, 0);
		return FY_ERR_UNSUPPORTED;
	}
	found = r;
	return 0;
}

FY_DESCRIPTION("A virtio device, for a measurement");
FY_COMPATIBLE("virtio,mmio");
FY_DRIVER(virtio_request) = {
	.name = "virtio-request",
	.compatible = fy_compatible,
	.state_size = sizeof(struct virtio_request),
	.probe = virtio_request_probe,
};
