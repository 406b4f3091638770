// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Devices on an SPI bus, where no kernel has the class: see <ferry/port/spi-target.h>. */
#include <ferry/spi-target.h>
#include <ferry/spi.h>

#include <ferry/port/enter.h>

#include "spi-queue.h"

int fy_port_spi_target_get(struct fy_device *dev, struct fy_spi_target *target, unsigned mode,
			   unsigned word_bits, uint32_t speed_hz)
{
	uint32_t select, slower;
	struct fy_spi_bus *bus;
	int rc = fy_port_spi_place(dev, &bus, &select);

	if (rc)
		return rc;
	if (mode & ~(unsigned)FY_SPI_MODE_ALL || !word_bits || word_bits > FY_SPI_WORD_MAX)
		return FY_ERR_INVALID;
	if (select >= FY_SPI_SELECTS_MAX)
		return FY_ERR_NOT_FOUND;
	slower = speed_hz;
	fy_property_u32(dev, "spi-max-frequency", &slower);
	*target = (struct fy_spi_target){
		.dev = dev,
		.bus = bus,
		.config = { .select = (uint8_t)select,
			    .mode = (uint8_t)mode,
			    .word_bits = (uint8_t)word_bits,
			    .speed_hz = slower < speed_hz ? slower : speed_hz },
	};
	return spi_queue_check(bus, &target->config);
}

/* ---- Transfers that wait ---- */

int fy_port_spi_transact(struct fy_spi_target *target, const struct fy_spi_segment *segments,
			 unsigned count)
{
	struct fy_spi_transfer transfer = { .config = target->config,
					    .segments = segments,
					    .count = count };

	return spi_queue_wait(target->bus, &transfer);
}

int fy_port_spi_exchange(struct fy_spi_target *target, const void *out, void *in, size_t length)
{
	const struct fy_spi_segment segment = { .write = out,
						.read = in,
						.length = (uint32_t)length };

	return length > FY_SPI_LENGTH_MAX ? FY_ERR_INVALID :
					    fy_port_spi_transact(target, &segment, 1);
}

int fy_port_spi_write_read(struct fy_spi_target *target, const void *out, size_t out_length,
			   void *in, size_t in_length)
{
	const struct fy_spi_segment segments[] = {
		{ .write = out, .length = (uint32_t)out_length },
		{ .read = in, .length = (uint32_t)in_length },
	};

	if (out_length > FY_SPI_LENGTH_MAX || in_length > FY_SPI_LENGTH_MAX)
		return FY_ERR_INVALID;
	return fy_port_spi_transact(target, segments, 2);
}

/* ---- Requests ---- */

static void ended(void *arg, struct fy_spi_transfer *transfer)
{
	struct fy_spi_request *request = arg;
	struct fy_device *dev = request->target->dev;
	uintptr_t before = fy_port_enter_handler(dev);

	request->handler(request->arg, transfer->error);
	fy_port_leave_handler(dev, before);
}

int fy_port_spi_submit(struct fy_spi_request *request)
{
	struct fy_spi_transfer *transfer = &request->transfer;

	if (request->cancelled)
		return FY_ERR_GONE;
	if (transfer->queued)
		return FY_ERR_BUSY;
	transfer->config = request->target->config;
	transfer->ended = ended;
	transfer->arg = request;
	return spi_queue_add(request->target->bus, transfer);
}

/* Handlers run on the core of the drivers' threads, so none is running now. */
void fy_port_spi_cancel(struct fy_spi_request *request)
{
	request->cancelled = true;
	spi_queue_cancel(&request->transfer);
	request->cancelled = false;
}
