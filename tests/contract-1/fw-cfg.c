// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * fw-cfg: has QEMU's firmware configuration device write its signature, "QEMU" and zeros, into
 * memory, and compares it with what is written to the stream "dma-test": anything else is refused
 * with FY_ERR_INVALID. The device reads what to do from memory too.
 *
 * Devicetree node: compatible = "qemu,fw-cfg-mmio"; `reg`. Registers: QEMU's docs/specs/fw_cfg.rst;
 * all are big-endian.
 */
#include <ferry/dma.h>
#include <ferry/driver.h>
#include <ferry/io.h>
#include <ferry/stream.h>

#define DMA_HIGH 16 /* bus address of a request; writing the low half starts it */
#define DMA_LOW	 20

/* A request, in memory, big-endian. */
struct request {
	uint32_t control, length, address_high, address_low;
};
#define CONTROL_ERROR  (1u << 0)
#define CONTROL_READ   (1u << 1)
#define CONTROL_SELECT (1u << 3) /* the item of which the number is in bits 31:16 */
#define ITEM_SIGNATURE 0u

#define READ_MAX 4000

struct fw_cfg {
	struct fy_dma request, data;
	struct fy_stream stream;
};

/*
 * Reads the item's first LEN bytes. QEMU is done when the register is written. Returns 0 or
 * FY_ERR_IO.
 */
static int read_item(struct fy_device *dev, uint32_t item, uint32_t len)
{
	struct fw_cfg *f = fy_state(dev);
	volatile struct request *request = f->request.memory;

	request->control = __builtin_bswap32(item << 16 | CONTROL_SELECT | CONTROL_READ);
	request->length = __builtin_bswap32(len);
	request->address_high = 0;
	request->address_low = __builtin_bswap32(f->data.bus);
	fy_write_barrier();
	fy_write32(dev, DMA_HIGH, 0);
	fy_write32(dev, DMA_LOW, __builtin_bswap32(f->request.bus));
	fy_read_barrier();
	return request->control ? FY_ERR_IO : 0;
}

static long fw_cfg_write(struct fy_device *dev, void *session, const char *data, size_t len)
{
	struct fw_cfg *f = fy_state(dev);
	volatile uint8_t *got = f->data.memory;

	if (len > READ_MAX)
		len = READ_MAX;
	for (size_t i = 0; i < len; i++)
		got[i] = (uint8_t)~data[i];
	got[len] = 0xff;
	if (read_item(dev, ITEM_SIGNATURE, (uint32_t)len) || got[len] != 0xff)
		return FY_ERR_IO;
	for (size_t i = 0; i < len; i++)
		if (got[i] != (uint8_t)data[i])
			return FY_ERR_INVALID;
	return (long)len;
}

static bool fw_cfg_drained(struct fy_device *dev, void *session)
{
	return true;
}

static void fw_cfg_end(struct fy_device *dev, void *session)
{
}

static const struct fy_stream_ops ops = {
	.session_size = 1,
	.write = fw_cfg_write,
	.drained = fw_cfg_drained,
	.cancel = fw_cfg_end,
	.close = fw_cfg_end,
};

static int fw_cfg_probe(struct fy_device *dev)
{
	struct fw_cfg *f = fy_state(dev);
	int rc = fy_dma_alloc(dev, sizeof(struct request), 8, &f->request);

	if (!rc)
		rc = fy_dma_alloc(dev, READ_MAX + 1, 1, &f->data);
	if (rc) {
		fy_error(dev, "cannot have memory: error %d", rc);
		return rc;
	}
	return fy_stream_offer(dev, &f->stream, "dma-test", &ops);
}

static void fw_cfg_remove(struct fy_device *dev)
{
	struct fw_cfg *f = fy_state(dev);

	fy_stream_withdraw(&f->stream);
}

FY_DESCRIPTION("QEMU's firmware configuration, to test memory for devices");
FY_COMPATIBLE("qemu,fw-cfg-mmio");
FY_DRIVER(fw_cfg) = {
	.name = "fw-cfg",
	.compatible = fy_compatible,
	.state_size = sizeof(struct fw_cfg),
	.probe = fw_cfg_probe,
	.remove = fw_cfg_remove,
};
