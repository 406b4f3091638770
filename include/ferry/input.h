/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Class input: keys, switches, encoders, axes. Linux has it as /dev/input/eventN.
 *
 * An event has a type, a code and a value, numbered as Linux numbers them, since that is what
 * devicetrees have in `linux,code` and `linux,input-type`.
 */
#ifndef FERRY_INPUT_H
#define FERRY_INPUT_H

#include <ferry/driver.h>

struct fy_input; /* by the port; part of the driver's state */

enum fy_input_type {
	FY_INPUT_KEY = 1,      /* 1: pressed, 0: released; 2: still pressed */
	FY_INPUT_RELATIVE = 2, /* steps since the last event: an encoder, a wheel */
	FY_INPUT_ABSOLUTE = 3, /* a position */
	FY_INPUT_SWITCH = 5,   /* 1: on, 0: off */
};

/* Codes of the four types: below these. */
#define FY_INPUT_KEYS	   0x300
#define FY_INPUT_RELATIVES 0x10
#define FY_INPUT_ABSOLUTES 0x40
#define FY_INPUT_SWITCHES  0x11

/* What a device can report. */
struct fy_input_code {
	enum fy_input_type type;
	uint16_t code;
	int32_t lowest, highest; /* of an absolute one */
};

/*
 * Offers COUNT CODES, 1 to 256, which stay valid. With REPEAT a key that is kept pressed is
 * reported again and again by the port, where that does so. Returns 0, FY_ERR_INVALID: a code is
 * none; FY_ERR_NO_MEMORY, FY_ERR_UNSUPPORTED. Context: thread, from probe.
 */
static inline int fy_input_offer(struct fy_device *dev, struct fy_input *input,
				 const struct fy_input_code *codes, unsigned count, bool repeat);
/* Withdraws it; keys that are pressed are released. Context: thread. */
static inline void fy_input_withdraw(struct fy_input *input);
/*
 * Reports that CODE has VALUE now; a key or a switch that has it already is not reported again.
 * LAST: what happened at the same time is complete with it. Context: any, one at a time.
 */
static inline void fy_input_report(struct fy_input *input, enum fy_input_type type, uint16_t code,
				   int32_t value, bool last);

/* Whether CODE is valid as said above. Ports check codes with this. */
static inline bool fy_input_valid(const struct fy_input_code *code)
{
	switch (code->type) {
	case FY_INPUT_KEY:
		return code->code > 0 && code->code < FY_INPUT_KEYS;
	case FY_INPUT_RELATIVE:
		return code->code < FY_INPUT_RELATIVES;
	case FY_INPUT_ABSOLUTE:
		return code->code < FY_INPUT_ABSOLUTES && code->lowest <= code->highest;
	case FY_INPUT_SWITCH:
		return code->code < FY_INPUT_SWITCHES;
	default:
		return false;
	}
}

#include <ferry/port/input.h>

#endif
