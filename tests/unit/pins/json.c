// SPDX-License-Identifier: GPL-2.0-only
/* A program finds every measurement in the JSON. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/output.h"
#include "reports.h"

static void json_has_everything(void **state)
{
	json_t *json, *pin;

	scene_begin(&scene);
	scene_tone(&scene, 100 * MS, 2 * MS, 50);
	open_report(0, 300 * MS, UINT64_C(1) << PIN);
	json = report_json(&report);
	assert_string_equal(json_string_value(json_object_get(json, "unit")), "ns");
	assert_int_equal(json_integer_value(json_object_get(json, "end")), 300 * MS);
	pin = json_array_get(json_object_get(json, "pins"), 0);
	assert_int_equal(json_integer_value(json_object_get(pin, "pin")), PIN);
	assert_int_equal(json_integer_value(json_object_get(pin, "edges")), 100);
	assert_string_equal(json_string_value(json_object_get(pin, "last")), "low");
	assert_float_equal(
		json_real_value(json_object_get(json_object_get(pin, "periods"), "frequency_hz")),
		500, 1e-9);
	assert_int_equal(json_array_size(json_object_get(pin, "tones")), 1);
	json_decref(json);
	close_report();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_has_everything),
	};

	return cmocka_run_group_tests_name("pins/json", tests, NULL, NULL);
}
