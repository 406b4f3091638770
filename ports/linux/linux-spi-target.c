// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port: a device on an SPI bus, as one of the kernel's SPI core. Controllers may fetch data
 * by themselves, so those of the calls that take data from anywhere go through memory that is good
 * for that.
 */
#include <linux/slab.h>
#include <ferry/spi-target.h>

#include "linux-error.h"

#define OWN_MODES (SPI_CPHA | SPI_CPOL | SPI_LSB_FIRST | SPI_LOOP)

static u32 mode_to_linux(unsigned mode)
{
	return (mode & FY_SPI_CPHA ? SPI_CPHA : 0) | (mode & FY_SPI_CPOL ? SPI_CPOL : 0) |
	       (mode & FY_SPI_CS_HIGH ? SPI_CS_HIGH : 0) |
	       (mode & FY_SPI_LSB_FIRST ? SPI_LSB_FIRST : 0) |
	       (mode & FY_SPI_LOOPBACK ? SPI_LOOP : 0);
}

/* Controllers say EINVAL of a mode or a word that they do not support. */
int fy_linux_spi_error(int rc)
{
	if (rc == -EINVAL)
		return FY_ERR_UNSUPPORTED;
	if (rc == -ESHUTDOWN)
		return FY_ERR_GONE;
	return fy_error_from_errno(rc > 0 ? 0 : rc);
}

/* The devicetree's spi-cs-high stays. */
int fy_linux_spi_target_get(struct fy_device *dev, struct fy_spi_target *target, unsigned mode,
			    unsigned word_bits, uint32_t speed_hz)
{
	struct spi_device *spi = to_spi_device(dev->dev);

	if (mode & ~FY_SPI_MODE_ALL || !word_bits || word_bits > FY_SPI_WORD_MAX || !speed_hz)
		return FY_ERR_INVALID;
	target->spi = spi;
	spi->mode = (spi->mode & ~OWN_MODES) | mode_to_linux(mode);
	spi->bits_per_word = word_bits;
	if (!spi->max_speed_hz || spi->max_speed_hz > speed_hz)
		spi->max_speed_hz = speed_hz;
	return fy_linux_spi_error(spi_setup(spi));
}

/* ---- Messages ---- */

/* Returns 0, or FY_ERR_INVALID. */
int fy_linux_spi_fill(const struct fy_spi_target *target, struct spi_message *message,
		      struct spi_transfer *transfers, const struct fy_spi_segment *segments,
		      unsigned count)
{
	if (!fy_spi_valid(segments, count, target->spi->bits_per_word))
		return FY_ERR_INVALID;
	spi_message_init(message);
	for (unsigned i = 0; i < count; i++) {
		transfers[i] = (struct spi_transfer){
			.tx_buf = segments[i].write,
			.rx_buf = segments[i].read,
			.len = segments[i].length,
			.bits_per_word = segments[i].word_bits,
			.speed_hz = segments[i].speed_hz,
			.cs_change = segments[i].deselect && i + 1 < count,
			.delay = { .value = segments[i].delay_us, .unit = SPI_DELAY_UNIT_USECS },
		};
		spi_message_add_tail(&transfers[i], message);
	}
	return 0;
}

int fy_linux_spi_transact(struct fy_spi_target *target, const struct fy_spi_segment *segments,
			  unsigned count)
{
	struct spi_transfer *transfers;
	struct spi_message message;
	int rc;

	if (count > FY_SPI_SEGMENTS_MAX)
		return FY_ERR_INVALID;
	transfers = kcalloc(count, sizeof(*transfers), GFP_KERNEL);
	if (!transfers)
		return FY_ERR_NO_MEMORY;
	rc = fy_linux_spi_fill(target, &message, transfers, segments, count);
	if (!rc)
		rc = fy_linux_spi_error(spi_sync(target->spi, &message));
	kfree(transfers);
	return rc;
}

/* Nothing, or a segment without data, sends zeros. */
static int bounce(struct fy_spi_target *target, const void *out, size_t out_length, void *in,
		  size_t in_length, bool both)
{
	struct fy_spi_segment segments[2] = { { .length = out_length }, { .length = in_length } };
	u8 *memory;
	int rc;

	if (out_length > FY_SPI_LENGTH_MAX || in_length > FY_SPI_LENGTH_MAX)
		return FY_ERR_INVALID;
	/* Twice as much as the larger one, so that both parts are aligned for words. */
	memory = kzalloc(2 * ALIGN(max(out_length, in_length), ARCH_KMALLOC_MINALIGN), GFP_KERNEL);
	if (!memory)
		return FY_ERR_NO_MEMORY;
	segments[0].write = out ? memory : NULL;
	segments[!both].read = in ? memory + ALIGN(out_length, ARCH_KMALLOC_MINALIGN) : NULL;
	if (out)
		memcpy(memory, out, out_length);
	rc = fy_linux_spi_transact(target, segments, both ? 1 : 2);
	if (!rc && in)
		memcpy(in, segments[!both].read, in_length);
	kfree(memory);
	return rc;
}

int fy_linux_spi_exchange(struct fy_spi_target *target, const void *out, void *in, size_t length)
{
	return bounce(target, out, length, in, length, true);
}

int fy_linux_spi_write_read(struct fy_spi_target *target, const void *out, size_t out_length,
			    void *in, size_t in_length)
{
	return bounce(target, out, out_length, in, in_length, false);
}
