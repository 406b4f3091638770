// SPDX-License-Identifier: GPL-2.0-only
/*
 * spi-target: a device on an SPI bus that answers what it is sent, for tests: a wire. It logs what
 * each kind of transfer does.
 *
 * Devicetree node: compatible = "ferry,spi-target", on an SPI bus whose MOSI is its MISO.
 */
#include <ferry/driver.h>
#include <ferry/spi-target.h>

struct spi_wire {
	struct fy_device *dev;
	struct fy_spi_target target;
	struct fy_spi_request request;
	struct fy_spi_segment segments[3];
	uint16_t out[4], in[4];
	unsigned left; /* requests */
};

static void ended(void *arg, int error)
{
	struct spi_wire *w = arg;

	fy_info(w->dev, "request: %d, words %x %x %x %x", error, w->in[0], w->in[1], w->in[2],
		w->in[3]);
	if (--w->left)
		w->in[0] = (uint16_t)fy_spi_submit(&w->request);
}

/* Words of 12 bits, then of 16, and a moment without chip select in between. */
static int do_requests(struct spi_wire *w)
{
	w->out[0] = 0xfabc;
	w->out[1] = 0x123;
	w->out[2] = 0xbeef;
	w->out[3] = 0x55aa;
	w->segments[0] = (struct fy_spi_segment){
		.write = &w->out[0], .read = &w->in[0], .length = 4, .word_bits = 12, .delay_us = 10
	};
	w->segments[1] = (struct fy_spi_segment){ .deselect = true };
	w->segments[2] = (struct fy_spi_segment){
		.write = &w->out[2], .read = &w->in[2], .length = 4, .word_bits = 16
	};
	w->left = 3;
	fy_spi_request_init(&w->request, &w->target, w->segments, 3, ended, w);
	return fy_spi_submit(&w->request);
}

static int spi_target_probe(struct fy_device *dev)
{
	struct spi_wire *w = fy_state(dev);
	char text[] = "hello, wire", half[4] = "...";
	uint8_t zeros[3] = { 1, 2, 3 };
	int rc;

	w->dev = dev;
	rc = fy_spi_target_get(dev, &w->target, FY_SPI_MODE_3, 8, 400000);
	if (rc)
		return rc;
	rc = fy_spi_exchange(&w->target, "HELLO, wire", text, 11);
	fy_info(dev, "exchange: %d, %s", rc, text);
	rc = fy_spi_write_read(&w->target, "abc", 3, half, 3);
	fy_info(dev, "write and read: %d, %d %d %d", rc, half[0], half[1], half[2]);
	rc = fy_spi_read(&w->target, zeros, 3);
	fy_info(dev, "read: %d, %d %d %d", rc, zeros[0], zeros[1], zeros[2]);
	fy_info(dev, "write: %d", fy_spi_write(&w->target, text, 5));
	fy_info(dev, "too long: %d", fy_spi_write(&w->target, text, FY_SPI_LENGTH_MAX + 1));
	fy_info(dev, "submit: %d", do_requests(w));
	return 0;
}

static void spi_target_remove(struct fy_device *dev)
{
	struct spi_wire *w = fy_state(dev);

	fy_spi_cancel(&w->request);
	fy_info(dev, "requests left: %u", w->left);
}

FY_DESCRIPTION("A wire on an SPI bus, to test");
FY_COMPATIBLE("ferry,spi-target");
FY_SPI_TARGET;
FY_DRIVER(spi_target) = {
	.name = "spi-target",
	.compatible = fy_compatible,
	.state_size = sizeof(struct spi_wire),
	.probe = spi_target_probe,
	.remove = spi_target_remove,
};
