// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * flash-id: for the selftest: reads the identification of a flash memory on an SPI bus, waiting and
 * by a request. It takes all six bytes of it, since QEMU's Raspberry Pi drives no chip select, and
 * the memory takes what comes next for an instruction.
 */
#include <ferry/driver.h>
#include <ferry/spi-target.h>

#include "../flash-id.h"

struct flash_id {
	struct fy_spi_target target;
	struct fy_spi_request request;
	struct fy_spi_segment segments[2];
	uint8_t instruction;
};

struct flash_id_results flash_id_results;

static void requested(void *arg, int error)
{
	(void)arg;
	flash_id_results.request_error = error;
	flash_id_results.requests++;
}

static int flash_id_probe(struct fy_device *dev)
{
	struct flash_id *f = fy_state(dev);
	int rc = fy_spi_target_get(dev, &f->target, FY_SPI_MODE_0, 8, 1000000);

	if (rc)
		return rc;
	f->instruction = 0x9f; /* read identification */
	flash_id_results.wait_error =
		fy_spi_write_read(&f->target, &f->instruction, 1, flash_id_results.waited,
				  sizeof(flash_id_results.waited));
	f->segments[0] = (struct fy_spi_segment){ .write = &f->instruction, .length = 1 };
	f->segments[1] = (struct fy_spi_segment){ .read = flash_id_results.requested,
						  .length = sizeof(flash_id_results.requested) };
	fy_spi_request_init(&f->request, &f->target, f->segments, 2, requested, f);
	flash_id_results.probed = true;
	return fy_spi_submit(&f->request);
}

FY_DESCRIPTION("Identification of a flash memory, for the selftest");
FY_COMPATIBLE("jedec,spi-nor");
FY_SPI_TARGET;
FY_DRIVER(flash_id) = {
	.name = "flash-id",
	.compatible = fy_compatible,
	.state_size = sizeof(struct flash_id),
	.probe = flash_id_probe,
};
