// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two writers of the beeper. The input is a program: each byte chooses what happens next, and takes
 * bytes of text where it needs some. Whatever they write, cancel and close, the queue stays whole
 * and the beeper ends silent.
 */
#include <stdint.h>
#include <stdlib.h>

#include <ferry-sim.h>

extern const struct fy_driver fy_driver_beeper;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *pins = ferry_sim_add_pins(sim, "pins", 1);
	struct ferry_sim_device *beeper = ferry_sim_add(sim, &fy_driver_beeper, "beeper", NULL);
	struct ferry_sim_writer *writers[2];

	ferry_sim_set_pin(beeper, "speaker", "pins", 0, false);
	if (ferry_sim_probe(sim))
		abort();
	for (unsigned i = 0; i < 2; i++)
		writers[i] = ferry_sim_open(sim, "beeper");
	while (size) {
		uint8_t op = *data++;
		struct ferry_sim_writer *writer = writers[op & 1];
		size_t len = op >> 3;

		size--;
		len = len > size ? size : len;
		switch ((op >> 1) & 3) {
		case 0:
		case 1:
			if (len && ferry_sim_write(writer, (const char *)data, len) > (long)len)
				abort();
			data += len;
			size -= len;
			break;
		case 2:
			ferry_sim_run_for(sim, (uint64_t)len * 10 * FERRY_SIM_MS);
			break;
		case 3:
			ferry_sim_cancel(writer);
			if (!ferry_sim_drained(writer))
				abort();
			break;
		}
	}
	ferry_sim_close(writers[0]);
	ferry_sim_remove(beeper);
	if (ferry_sim_level(pins, 0) || ferry_sim_timer_due(beeper) != FERRY_SIM_NEVER)
		abort();
	if (ferry_sim_violations(sim))
		abort();
	ferry_sim_free(sim);
	return 0;
}
