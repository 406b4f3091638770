// SPDX-License-Identifier: GPL-2.0-only
/* Linux port, class input: an input device, /dev/input/eventN. */
#include <linux/input.h>
#include <linux/slab.h>
#include <ferry/input.h>

#include "linux-error.h"

static void announce(struct input_dev *device, const struct fy_input_code *code)
{
	if (code->type == FY_INPUT_ABSOLUTE)
		input_set_abs_params(device, code->code, code->lowest, code->highest, 0, 0);
	else
		input_set_capability(device, code->type, code->code);
}

int fy_port_input_offer(struct fy_device *dev, struct fy_input *input,
			const struct fy_input_code *codes, unsigned count, bool repeat)
{
	struct input_dev *device;
	int rc;

	if (!count || count > 256)
		return FY_ERR_INVALID;
	for (unsigned i = 0; i < count; i++)
		if (!fy_input_valid(&codes[i]))
			return FY_ERR_INVALID;
	device = input_allocate_device();
	if (!device)
		return FY_ERR_NO_MEMORY;
	device->name = dev->name ? dev->name : KBUILD_MODNAME;
	device->phys = KBUILD_MODNAME "/input0";
	device->id.bustype = BUS_HOST;
	device->dev.parent = dev->dev;
	for (unsigned i = 0; i < count; i++)
		announce(device, &codes[i]);
	if (repeat)
		__set_bit(EV_REP, device->evbit);
	input->dev = dev;
	input->codes = codes;
	input->count = count;
	input->port = device;
	rc = input_register_device(device);
	if (rc) {
		input->port = NULL;
		input_free_device(device);
	}
	return fy_error_from_errno(rc);
}

/* Keys that are down are released by the core. */
void fy_port_input_withdraw(struct fy_input *input)
{
	struct input_dev *device = input->port;

	input->port = NULL;
	input_unregister_device(device);
}

void fy_port_input_report(struct fy_input *input, enum fy_input_type type, uint16_t code,
			  int32_t value, bool last)
{
	struct input_dev *device = READ_ONCE(input->port);

	if (!device)
		return;
	input_event(device, type, code, value);
	if (last)
		input_sync(device);
}
