// SPDX-License-Identifier: GPL-2.0-only
/*
 * In a guest: one transfer by /dev/spidevN.M, as programs make it.
 *
 *	spi-transfer /dev/spidev0.0 HZ w9f r6		writes a byte, reads six, and prints those
 *	spi-transfer /dev/spidev0.0 HZ x0102		writes two, and prints what came meanwhile
 */
#include <fcntl.h>
#include <linux/spi/spidev.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#define MOST 8 /* segments */

static uint8_t out[MOST][4096], in[MOST][4096];

static unsigned from_hex(const char *text, uint8_t *bytes)
{
	unsigned count = 0, byte;

	while (sscanf(text + 2 * count, "%2x", &byte) == 1)
		bytes[count++] = (uint8_t)byte;
	return count;
}

int main(int argc, char **argv)
{
	struct spi_ioc_transfer segments[MOST];
	int count = argc - 3, fd = argc > 3 ? open(argv[1], O_RDWR) : -1;

	if (fd < 0 || count > MOST)
		return 2;
	memset(segments, 0, sizeof(segments));
	for (int i = 0; i < count; i++) {
		const char *what = argv[3 + i];

		segments[i].speed_hz = (uint32_t)atoi(argv[2]);
		if (*what == 'r')
			segments[i].len = (uint32_t)atoi(what + 1);
		else
			segments[i].len = from_hex(what + 1, out[i]);
		if (*what != 'r')
			segments[i].tx_buf = (uintptr_t)out[i];
		if (*what != 'w')
			segments[i].rx_buf = (uintptr_t)in[i];
	}
	if (ioctl(fd, SPI_IOC_MESSAGE(count), segments) < 0) {
		perror("spi-transfer");
		return 1;
	}
	for (int i = 0; i < count; i++)
		for (uint32_t at = 0; segments[i].rx_buf && at < segments[i].len; at++)
			printf("%02x", in[i][at]);
	putchar('\n');
	return 0;
}
