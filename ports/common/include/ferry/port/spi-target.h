/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * <ferry/spi-target.h> where no kernel has the class: transfers go into the queue of the bus. See
 * ports/common/spi-target.c.
 */
#ifndef FERRY_PORT_SPI_TARGET_H
#define FERRY_PORT_SPI_TARGET_H

#include <ferry/port/spi-transfer.h>

/* The device's place says on which bus it is; the driver's word is for ports that need it. */
#define FY_PORT_SPI_TARGET _Static_assert(1, "the driver of a target")

struct fy_spi_target {
	struct fy_device *dev;
	struct fy_spi_bus *bus;
	struct fy_spi_config config;
};

struct fy_spi_request {
	struct fy_spi_transfer transfer;
	struct fy_spi_target *target;
	fy_spi_handler *handler;
	void *arg;
	bool cancelled;
};

/*
 * By the port: the bus that the device is on, and its chip select there. Returns 0, or an error of
 * fy_spi_target_get().
 */
int fy_port_spi_place(struct fy_device *dev, struct fy_spi_bus **bus, uint32_t *select);

int fy_port_spi_target_get(struct fy_device *dev, struct fy_spi_target *target, unsigned mode,
			   unsigned word_bits, uint32_t speed_hz);
int fy_port_spi_transact(struct fy_spi_target *target, const struct fy_spi_segment *segments,
			 unsigned count);
int fy_port_spi_write_read(struct fy_spi_target *target, const void *out, size_t out_length,
			   void *in, size_t in_length);
int fy_port_spi_exchange(struct fy_spi_target *target, const void *out, void *in, size_t length);
int fy_port_spi_submit(struct fy_spi_request *request);
void fy_port_spi_cancel(struct fy_spi_request *request);

static inline int fy_spi_target_get(struct fy_device *dev, struct fy_spi_target *target,
				    unsigned mode, unsigned word_bits, uint32_t speed_hz)
{
	return fy_port_spi_target_get(dev, target, mode, word_bits, speed_hz);
}

static inline int fy_spi_write(struct fy_spi_target *target, const void *data, size_t length)
{
	return fy_port_spi_exchange(target, data, NULL, length);
}

static inline int fy_spi_read(struct fy_spi_target *target, void *data, size_t length)
{
	return fy_port_spi_exchange(target, NULL, data, length);
}

static inline int fy_spi_write_read(struct fy_spi_target *target, const void *out,
				    size_t out_length, void *in, size_t in_length)
{
	return fy_port_spi_write_read(target, out, out_length, in, in_length);
}

static inline int fy_spi_exchange(struct fy_spi_target *target, const void *out, void *in,
				  size_t length)
{
	return fy_port_spi_exchange(target, out, in, length);
}

static inline int fy_spi_transact(struct fy_spi_target *target,
				  const struct fy_spi_segment *segments, unsigned count)
{
	return fy_port_spi_transact(target, segments, count);
}

static inline void fy_spi_request_init(struct fy_spi_request *request, struct fy_spi_target *target,
				       const struct fy_spi_segment *segments, unsigned count,
				       fy_spi_handler *handler, void *arg)
{
	*request = (struct fy_spi_request){
		.transfer = { .segments = segments, .count = count },
		.target = target,
		.handler = handler,
		.arg = arg,
	};
}

static inline int fy_spi_submit(struct fy_spi_request *request)
{
	return fy_port_spi_submit(request);
}

static inline void fy_spi_cancel(struct fy_spi_request *request)
{
	fy_port_spi_cancel(request);
}

#endif
