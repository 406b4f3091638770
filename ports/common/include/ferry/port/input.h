/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/input.h> for every port: Linux' is in ports/linux/linux-input.c, others use common/. */
#ifndef FERRY_PORT_INPUT_H
#define FERRY_PORT_INPUT_H

#include <ferry/port/offer.h>

/* Who gets the events, where no kernel has the class. Context: any; may not call the driver. */
typedef void fy_input_handler(void *arg, enum fy_input_type type, uint16_t code, int32_t value,
			      bool last);

struct fy_input {
	struct fy_offer offer;
	struct fy_device *dev;
	const struct fy_input_code *codes;
	unsigned count;
	uint8_t down[FY_INPUT_KEYS / 8]; /* keys, a bit each */
	uint32_t on;			 /* switches */
	fy_input_handler *handler;
	void *arg;
	void *port;
};

int fy_port_input_offer(struct fy_device *dev, struct fy_input *input,
			const struct fy_input_code *codes, unsigned count, bool repeat);
void fy_port_input_withdraw(struct fy_input *input);
void fy_port_input_report(struct fy_input *input, enum fy_input_type type, uint16_t code,
			  int32_t value, bool last);

/* HANDLER gets the events from now on; NULL: nobody. Where no kernel has the class. */
void fy_port_input_watch(struct fy_input *input, fy_input_handler *handler, void *arg);

static inline int fy_input_offer(struct fy_device *dev, struct fy_input *input,
				 const struct fy_input_code *codes, unsigned count, bool repeat)
{
	return fy_port_input_offer(dev, input, codes, count, repeat);
}

static inline void fy_input_withdraw(struct fy_input *input)
{
	fy_port_input_withdraw(input);
}

static inline void fy_input_report(struct fy_input *input, enum fy_input_type type, uint16_t code,
				   int32_t value, bool last)
{
	fy_port_input_report(input, type, code, value, last);
}

#endif
