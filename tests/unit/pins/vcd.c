// SPDX-License-Identifier: GPL-2.0-only
/* A value change dump has every wire, state and edge; compared whole. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pins/output.h"
#include "reports.h"

static void two_pins(void)
{
	scene_begin(&scene);
	scene_edge(&scene, 0, PIN, PIN_HIGH);
	scene_edge(&scene, 50, PIN, PIN_LOW);
	scene_edge(&scene, 50, 47, PIN_OTHER);
	scene_edge(&scene, 90, 47, PIN_HIGH);
}

static void vcd_has_wires_states_and_edges(void **state)
{
	char *text;

	two_pins();
	open_report(0, 200, UINT64_C(1) << PIN | UINT64_C(1) << 47);
	text = written(vcd_write(out, &report));
	assert_string_equal(text, "$version ferry pins $end\n"
				  "$timescale 1ns $end\n"
				  "$scope module gpio $end\n"
				  "$var wire 1 ! gpio17 $end\n"
				  "$var wire 1 \" gpio47 $end\n"
				  "$upscope $end\n"
				  "$enddefinitions $end\n"
				  "#0\n$dumpvars\n0!\nz\"\n$end\n"
				  "1!\n"
				  "#50\n0!\nx\"\n"
				  "#90\n1\"\n"
				  "#200\n");
	free(text);
	close_report();
}

static void vcd_of_a_window_begins_at_zero(void **state)
{
	char *text;

	two_pins();
	open_report(40, 80, UINT64_C(1) << PIN);
	text = written(vcd_write(out, &report));
	assert_non_null(strstr(text, "$comment #0 is 40 ns of the recording $end\n"));
	assert_non_null(strstr(text, "#0\n$dumpvars\n1!\n$end\n#10\n0!\n#40\n"));
	assert_null(strchr(text, '"'));
	free(text);
	close_report();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vcd_has_wires_states_and_edges),
		cmocka_unit_test(vcd_of_a_window_begins_at_zero),
	};

	return cmocka_run_group_tests_name("pins/vcd", tests, NULL, NULL);
}
