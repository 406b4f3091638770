// SPDX-License-Identifier: MIT OR GPL-2.0-only
/* What the bare-metal image does once its drivers have been started: it measures each second. */
#include <ferry/app-sensor.h>

int main(void)
{
	int rc;

	fy_print("@NAME@: the image is up\n");
	if (!fy_sensor_find("@NAME@")) {
		fy_print("@NAME@: no device for it on this board\n");
		return 0;
	}
	for (;;) {
		rc = fy_sensor_print("@NAME@");
		if (rc)
			fy_print("@NAME@: no value: %s\n", fy_error_name(rc));
		fy_sleep_ms(1000);
	}
}
