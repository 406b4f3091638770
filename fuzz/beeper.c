// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two writers of the beeper, on the test port. The input is a program: each byte chooses what
 * happens next, and takes bytes of text where it needs some. Whatever they write, cancel and close,
 * the queue stays whole and the beeper ends silent.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../drivers/beeper.c"
#include "test-port.h"

void test_log(const char *fmt, ...)
{
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fy_device dev = { .state = calloc(1, sizeof(struct beeper)) };
	struct session session[2] = { 0 };

	test_now = 1;
	if (fy_driver_beeper.probe(&dev))
		abort();
	while (size) {
		uint8_t op = *data++;
		struct session *s = &session[op & 1];
		size_t len = op >> 3;

		size--;
		len = len > size ? size : len;
		switch ((op >> 1) & 3) {
		case 0:
		case 1:
			if (len &&
			    beeper_stream.write(&dev, s, (const char *)data, len) > (long)len)
				abort();
			data += len;
			size -= len;
			break;
		case 2:
			test_run_until(test_now + (uint64_t)len * 10000000);
			break;
		case 3:
			beeper_stream.cancel(&dev, s);
			if (!beeper_stream.drained(&dev, s))
				abort();
			break;
		}
	}
	beeper_stream.close(&dev, &session[0]);
	fy_driver_beeper.remove(&dev);
	if (test_level || test_timer->running)
		abort();
	free(dev.state);
	return 0;
}
