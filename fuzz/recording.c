// SPDX-License-Identifier: GPL-2.0-only
/*
 * Untrusted recordings: any bytes are either refused or printed. The checksums are made right
 * first, or the fuzzer would never get past them; an input whose first bit is set is left as it is.
 */
#include <ext2fs/ext2fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pins/output.h"
#include "pins/recording-format.h"
#include "pins/text.h"

#define LONGEST_SOUND_NS 1000000000u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void seal(uint8_t *data, size_t size)
{
	uint32_t crc;

	if (size < RECORDING_HEADER_SIZE)
		return;
	memcpy(data, RECORDING_MAGIC, 8);
	put_le(data + AT_VERSION, RECORDING_VERSION, 2);
	put_le(data + AT_HEADER_SIZE, RECORDING_HEADER_SIZE, 2);
	put_le(data + AT_BODY_SIZE, size - RECORDING_HEADER_SIZE, 8);
	crc = ext2fs_crc32c_le(RECORDING_CRC_START, data + RECORDING_HEADER_SIZE,
			       size - RECORDING_HEADER_SIZE);
	put_le(data + AT_BODY_CRC, ~crc, 4);
	put_le(data + AT_HEADER_CRC, ~ext2fs_crc32c_le(RECORDING_CRC_START, data, AT_HEADER_CRC),
	       4);
}

static void show(const struct recording *rec, struct window window)
{
	const struct text_style style = { .columns = 80 };
	struct report report;
	struct error err;
	FILE *out = fopen("/dev/null", "w");

	if (!out)
		abort();
	if (report_make(&report, rec, busy_pins(rec), window, 0, &err) == 0) {
		text_draw(out, &report, &style);
		text_measure(out, &report, &style);
		text_morse(out, &report, &style);
		vcd_write(out, &report);
		svg_write(out, &report);
		json_decref(report_json(&report));
		if (report.count && window.to - window.from < LONGEST_SOUND_NS)
			wav_write(out, &report, report.pins[0].pin, 8000, &err);
	}
	report_free(&report);
	fclose(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct recording rec;
	struct error err;
	uint8_t *copy;

	if (!size)
		return 0;
	copy = malloc(size);
	memcpy(copy, data, size);
	if (!(data[0] & 0x80))
		seal(copy, size);
	if (recording_parse(&rec, copy, size, "input", &err) == 0) {
		show(&rec, busy_window(&rec, PINS_ALL));
		show(&rec, (struct window){ rec.info.end / 3, rec.info.end / 3 * 2 });
	}
	free(copy);
	return 0;
}
