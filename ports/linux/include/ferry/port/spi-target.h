/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux port of <ferry/spi-target.h>: a device of the kernel's SPI core, which has messages of its
 * own that wait and that do not. See ports/linux/linux-spi-target.c and spi-request.c.
 */
#ifndef FERRY_PORT_SPI_TARGET_H
#define FERRY_PORT_SPI_TARGET_H

#include <linux/completion.h>
#include <linux/spi/spi.h>
#include <linux/spinlock.h>

/* For scripts/make-module, which chooses the module's glue by it. */
#define FY_PORT_SPI_TARGET _Static_assert(1, "the driver of a target")

struct fy_spi_target {
	struct spi_device *spi;
};

struct fy_spi_request {
	struct spi_message message;
	struct spi_transfer *transfers; /* the device's memory; NULL: there was none */
	struct fy_spi_target *target;	/* NULL: not initialised */
	const struct fy_spi_segment *segments;
	unsigned count;
	fy_spi_handler *handler;
	void *arg;
	raw_spinlock_t lock; /* of the rest */
	bool queued, cancelled;
	unsigned ends;		/* that are still to come, or whose handler has not returned */
	struct completion over; /* of a request that is cancelled: none is */
};

int fy_linux_spi_target_get(struct fy_device *dev, struct fy_spi_target *target, unsigned mode,
			    unsigned word_bits, uint32_t speed_hz);
int fy_linux_spi_fill(const struct fy_spi_target *target, struct spi_message *message,
		      struct spi_transfer *transfers, const struct fy_spi_segment *segments,
		      unsigned count);
int fy_linux_spi_error(int rc);
int fy_linux_spi_transact(struct fy_spi_target *target, const struct fy_spi_segment *segments,
			  unsigned count);
int fy_linux_spi_exchange(struct fy_spi_target *target, const void *out, void *in, size_t length);
int fy_linux_spi_write_read(struct fy_spi_target *target, const void *out, size_t out_length,
			    void *in, size_t in_length);
void fy_linux_spi_request_init(struct fy_spi_request *request);
int fy_linux_spi_submit(struct fy_spi_request *request);
void fy_linux_spi_cancel(struct fy_spi_request *request);

static inline int fy_spi_target_get(struct fy_device *dev, struct fy_spi_target *target,
				    unsigned mode, unsigned word_bits, uint32_t speed_hz)
{
	return fy_linux_spi_target_get(dev, target, mode, word_bits, speed_hz);
}

static inline int fy_spi_write(struct fy_spi_target *target, const void *data, size_t length)
{
	return fy_linux_spi_exchange(target, data, NULL, length);
}

static inline int fy_spi_read(struct fy_spi_target *target, void *data, size_t length)
{
	return fy_linux_spi_exchange(target, NULL, data, length);
}

static inline int fy_spi_write_read(struct fy_spi_target *target, const void *out,
				    size_t out_length, void *in, size_t in_length)
{
	return fy_linux_spi_write_read(target, out, out_length, in, in_length);
}

static inline int fy_spi_exchange(struct fy_spi_target *target, const void *out, void *in,
				  size_t length)
{
	return fy_linux_spi_exchange(target, out, in, length);
}

static inline int fy_spi_transact(struct fy_spi_target *target,
				  const struct fy_spi_segment *segments, unsigned count)
{
	return fy_linux_spi_transact(target, segments, count);
}

static inline void fy_spi_request_init(struct fy_spi_request *request, struct fy_spi_target *target,
				       const struct fy_spi_segment *segments, unsigned count,
				       fy_spi_handler *handler, void *arg)
{
	request->target = target;
	request->segments = segments;
	request->count = count;
	request->handler = handler;
	request->arg = arg;
	fy_linux_spi_request_init(request);
}

static inline int fy_spi_submit(struct fy_spi_request *request)
{
	return fy_linux_spi_submit(request);
}

static inline void fy_spi_cancel(struct fy_spi_request *request)
{
	fy_linux_spi_cancel(request);
}

#endif
