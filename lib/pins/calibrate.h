/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From instruction counts to QEMU's virtual time. Under -icount shift=N the virtual clock is
 * instructions * 2^N ns plus a bias. The bias only ever grows, and only while the guest is idle: no
 * instruction runs then, and the clock jumps to the next timer. So between two idles the bias is
 * one number, and every read of the system timer in between (whole microseconds) confines it.
 */
#ifndef LIB_PINS_CALIBRATE_H
#define LIB_PINS_CALIBRATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pins/raw.h"

struct calibration {
	const struct raw_event *events;
	size_t count;
	int shift;
	size_t end;    /* of the stretch of events that has one bias, as an index */
	int64_t bias;  /* in that stretch, ns */
	uint64_t last; /* the latest time given out */
};

/* EVENTS stay the caller's and must outlive the calibration. SHIFT is not negative. */
void calibration_init(struct calibration *cal, const struct raw_event *events, size_t count,
		      int shift);

/*
 * The same for a guest that was put back to the virtual time TIME, ns, when at least STARTED
 * instructions had been started; EVENTS are those that came after. Times go on from TIME.
 */
void calibration_init_at(struct calibration *cal, const struct raw_event *events, size_t count,
			 int shift, uint64_t time, uint64_t started);

/* The virtual time of event INDEX, ns. To be called with rising indices; the times never fall. */
uint64_t calibration_time(struct calibration *cal, size_t index);

/* The virtual time of an instruction count after the last event. */
uint64_t calibration_end(struct calibration *cal, uint64_t count);

#endif
