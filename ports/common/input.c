// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* Class input where no kernel has it: what is pressed, and who is told. There is no repetition. */
#include <ferry/input.h>

int fy_port_input_offer(struct fy_device *dev, struct fy_input *input,
			const struct fy_input_code *codes, unsigned count, bool repeat)
{
	(void)repeat;
	if (!count || count > 256)
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < count; i++)
		if (!fy_input_valid(&codes[i]))
			return FY_ERR_INVALID;
	for (unsigned i = 0; i < sizeof(input->down); i++)
		input->down[i] = 0;
	input->on = 0;
	input->dev = dev;
	input->codes = codes;
	input->count = count;
	input->handler = NULL;
	return fy_port_offer(dev, &input->offer, FY_OFFER_INPUT);
}

static void tell(struct fy_input *input, enum fy_input_type type, uint16_t code, int32_t value,
		 bool last)
{
	if (input->handler)
		input->handler(input->arg, type, code, value, last);
}

void fy_port_input_withdraw(struct fy_input *input)
{
	fy_port_offer_end(&input->offer);
	for (uint16_t key = 0; key < FY_INPUT_KEYS; key++)
		if (input->down[key / 8] >> key % 8 & 1)
			tell(input, FY_INPUT_KEY, key, 0, true);
}

/* Whether the bit BIT of *BYTES changes to VALUE. */
static bool change(uint8_t *bytes, unsigned bit, int32_t value)
{
	const uint8_t mask = (uint8_t)(1u << bit % 8);
	const bool before = bytes[bit / 8] & mask, now = value != 0;

	bytes[bit / 8] = (uint8_t)(now ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
	return before != now;
}

static bool is_news(struct fy_input *input, enum fy_input_type type, uint16_t code, int32_t value)
{
	const uint32_t mask = 1u << (code & 31);
	bool news;

	switch (type) {
	case FY_INPUT_KEY:
		return code < FY_INPUT_KEYS && (change(input->down, code, value) || value == 2);
	case FY_INPUT_SWITCH:
		news = !(input->on & mask) != !value;
		input->on = value ? input->on | mask : input->on & ~mask;
		return news;
	case FY_INPUT_RELATIVE:
		return value != 0;
	default:
		return true;
	}
}

void fy_port_input_report(struct fy_input *input, enum fy_input_type type, uint16_t code,
			  int32_t value, bool last)
{
	if (is_news(input, type, code, value))
		tell(input, type, code, value, last);
}

void fy_port_input_watch(struct fy_input *input, fy_input_handler *handler, void *arg)
{
	input->handler = NULL;
	input->arg = arg;
	input->handler = handler;
}
