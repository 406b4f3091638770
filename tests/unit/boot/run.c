// SPDX-License-Identifier: GPL-2.0-only
/*
 * Boots by the library: a bare-metal program (tests/bare/counter-arm.S) on the emulated Pi Zero is
 * waited for, typed at, kept, put back and stopped. Run from the repository's root; assembles with
 * the compilers that the project needs anyway.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "boot/run.h"

#define PIN	   17
#define VIRT_PIN   3
#define EDGES	   8 /* that the program makes of each byte */
#define STEP_NS	   100000
#define PATIENCE_S 60

static char dir[] = "/tmp/ferry-run-XXXXXX";
static char kernel[64], card_image[64], virt_kernel[64];
static struct boot boot;
static struct error err;
static struct strbuf said;

static void run(const char *fmt, ...)
{
	char command[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	if (system(command) != 0)
		fail_msg("status not 0: %s", command);
}

/* The plugin is where the command is: three directories above this test. */
static void find_plugin(void)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *up = path;

	assert_true(len > 0);
	path[len] = '\0';
	for (int i = 0; i < 4; i++)
		up = dirname(up);
	strcat(up, "/ferry-pins.so");
	assert_int_equal(setenv("FERRY_PLUGIN", up, 0), 0);
}

static int make_images(void **state)
{
	find_plugin();
	assert_non_null(mkdtemp(dir));
	snprintf(kernel, sizeof(kernel), "%s/kernel.img", dir);
	snprintf(card_image, sizeof(card_image), "%s/card.img", dir);
	run("arm-linux-gnueabi-gcc -nostdlib -static -Wl,-Ttext=0x8000 -o %s/elf "
	    "tests/bare/counter-arm.S && arm-linux-gnueabi-objcopy -O binary %s/elf %s",
	    dir, dir, kernel);
	snprintf(virt_kernel, sizeof(virt_kernel), "%s/kernel8.img", dir);
	run("aarch64-linux-gnu-gcc -nostdlib -static -Wl,-Ttext=0x40080000,--build-id=none -o "
	    "%s/elf "
	    "tests/bare/counter-a64.S && aarch64-linux-gnu-objcopy -O binary %s/elf %s",
	    dir, dir, virt_kernel);
	run("truncate -s 5M %s && mformat -i %s :: && mcopy -i %s %s ::", card_image, card_image,
	    card_image, kernel);
	return 0;
}

static int remove_images(void **state)
{
	run("rm -r %s", dir);
	return 0;
}

static void must(int rc)
{
	if (rc < 0)
		fail_msg("%s", err.text);
}

/* Plans, prepares and starts a boot of which PIN is recorded. */
static void start_on(const char *board, unsigned int pin, const char *image, bool restorable)
{
	struct boot_options options = {
		.image = image,
		.board = board,
		.unattended = true,
		.restorable = restorable,
		.icount = BOOT_ICOUNT_AUTO,
		.pins = UINT64_C(1) << pin,
	};

	must(boot_plan(&boot, &options, &err));
	must(boot_prepare(&boot, &err));
	must(boot_start(&boot, &err));
}

static void start(const char *image, bool restorable)
{
	start_on("rpi-zero", PIN, image, restorable);
}

static int end(void **state)
{
	boot_free(&boot);
	strbuf_free(&said);
	return 0;
}

/* Steps until the board has said TEXT, since the last call of this. */
static void expect(const char *text)
{
	time_t until = time(NULL) + PATIENCE_S;
	struct boot_events events;

	strbuf_free(&said);
	while (!said.buf || !strstr(said.buf, text)) {
		must(boot_step(&boot, &events, NULL, 0, 1000, &err));
		strbuf_add(&said, events.console, events.len);
		if (events.ended || time(NULL) > until)
			fail_msg("'%s' did not come, but '%s'", text, said.buf ? said.buf : "");
	}
}

static void type(const char *text)
{
	must(boot_type(&boot, text, strlen(text)));
}

/*
 * The recording is of one typed byte: its edges, from soon after its time 0 on, and evenly; and
 * what the pin is afterwards, where that is another edge.
 */
static void check_recording(unsigned int pin, unsigned int edges)
{
	struct recording_cursor cursor;
	struct recording rec;
	struct edge edge;
	uint64_t last = 0;
	unsigned int n = 0;

	must(boot_recording(&boot, &rec, &err));
	assert_int_equal(rec.info.edges, edges);
	assert_true(rec.info.calibrated);
	for (cursor = recording_begin(&rec); recording_next(&cursor, &edge); n++) {
		assert_int_equal(edge.state, n == EDGES ? PIN_FLOATING :
					     n % 2	? PIN_LOW :
							  PIN_HIGH);
		if (n == 0)
			assert_in_range(edge.time, 1, UINT64_C(60000000000));
		else
			assert_in_range(edge.time - last, STEP_NS - 1000, STEP_NS + 2000);
		last = edge.time;
	}
	assert_int_equal(levels_state(&rec.info.start, pin), PIN_LOW);
	recording_close(&rec);
}

/* Types KEY, and expects the program to say that it is byte COUNT, and whether there is a CARD. */
static void type_and_expect(int count, char key, bool card)
{
	char line[16];

	type((char[]){ key, '\0' });
	snprintf(line, sizeof(line), "%d%c%c\r\n", count, key, card ? 'y' : 'n');
	expect(line);
	assert_string_equal(said.buf, line); /* and nothing from before */
}

static void a_board_is_put_back(const char *image, bool card)
{
	start(image, true);
	expect("ready\r\n");
	type_and_expect(1, 'a', card);
	must(boot_snapshot(&boot, "one", &err));
	type_and_expect(2, 'b', card);
	type_and_expect(3, 'c', card);
	for (int i = 0; i < 3; i++) {
		must(boot_restore(&boot, "one", &err));
		type_and_expect(2, 'd', card);
		must(boot_snapshot(&boot, "two", &err));
		check_recording(PIN, EDGES);
	}
	must(boot_restore(&boot, "two", &err));
	type_and_expect(3, 'e', card);
	check_recording(PIN, EDGES);
	assert_int_equal(boot_edges(&boot, PIN), 7 * EDGES);
}

static void a_kernel_without_a_card_is_put_back(void **state)
{
	a_board_is_put_back(kernel, false);
}

static void a_board_with_a_card_is_put_back(void **state)
{
	a_board_is_put_back(card_image, true);
}

/* Of the PL061 the recorder has to know which pins are outputs, and they are others by then. */
static void a_board_with_a_pl061_is_put_back(void **state)
{
	start_on("virt", VIRT_PIN, virt_kernel, true);
	expect("ready\r\n");
	type("a");
	expect("1a\r\n");
	must(boot_snapshot(&boot, "one", &err));
	type("b");
	expect("2b\r\n");
	must(boot_restore(&boot, "one", &err));
	type("c");
	expect("2c\r\n");
	must(boot_snapshot(&boot, "two", &err));
	check_recording(VIRT_PIN, EDGES + 1);
}

static void what_cannot_be_put_back_is_told(void **state)
{
	start(kernel, true);
	assert_int_equal(boot_restore(&boot, "none", &err), -1);
	assert_string_equal(err.text, "there is no snapshot 'none'");
	assert_int_equal(boot_snapshot(&boot, "1", &err), -1);
	assert_non_null(strstr(err.text, "'1' is no name for a snapshot"));
	assert_int_equal(boot_snapshot(&boot, "a b", &err), -1);
	boot_kill(&boot);
	assert_int_equal(boot_snapshot(&boot, "one", &err), -1);
	assert_non_null(strstr(err.text, "has ended"));
	boot_free(&boot);

	start(kernel, false);
	assert_int_equal(boot_snapshot(&boot, "one", &err), -1);
	assert_string_equal(err.text, "the board was not started for snapshots");
}

static void watched_pins_end_a_step(void **state)
{
	struct boot_events events;

	start(kernel, false);
	expect("ready\r\n");
	boot.watch_pins = UINT64_C(1) << PIN;
	type("a");
	do
		must(boot_step(&boot, &events, NULL, 0, PATIENCE_S * 1000, &err));
	while (!events.moved);
	assert_int_equal(events.moved, UINT64_C(1) << PIN);
	for (uint64_t moved = 0; boot_edges(&boot, PIN) < EDGES; moved++) {
		must(boot_step(&boot, &events, NULL, 0, PATIENCE_S * 1000, &err));
		assert_true(moved < PATIENCE_S);
	}
}

static void a_step_ends_in_time_and_when_a_descriptor_is_ready(void **state)
{
	struct boot_events events;
	struct pollfd more = { .events = POLLIN };
	int wire[2];

	start(kernel, false);
	expect("ready\r\n");
	must(boot_step(&boot, &events, NULL, 0, 10, &err));
	assert_int_equal(events.len, 0);
	assert_false(events.ended);
	assert_int_equal(pipe(wire), 0);
	more.fd = wire[0];
	assert_int_equal(write(wire[1], "x", 1), 1);
	must(boot_step(&boot, &events, &more, 1, -1, &err));
	assert_int_equal(more.revents, POLLIN);
	close(wire[0]);
	close(wire[1]);
}

static void a_board_that_is_held_says_nothing(void **state)
{
	struct boot_events events;

	start(kernel, false);
	expect("ready\r\n");
	boot.hold_console = true;
	type("a");
	for (int i = 0; i < 3; i++) {
		must(boot_step(&boot, &events, NULL, 0, 100, &err));
		assert_int_equal(events.len, 0);
	}
	boot.hold_console = false;
	expect("1an\r\n");
}

static void a_stopped_board_has_ended_at_last(void **state)
{
	struct boot_events events;

	start(kernel, false);
	expect("ready\r\n");
	boot_stop(&boot);
	do
		must(boot_step(&boot, &events, NULL, 0, -1, &err));
	while (!events.ended);
	assert_int_equal(boot.end, BOOT_STOPPED);
	assert_string_equal(boot.why.text, "");
	assert_true(boot.answered);
	/* And goes on having ended. */
	must(boot_step(&boot, &events, NULL, 0, -1, &err));
	assert_true(events.ended);
}

static void a_qemu_that_fails_is_told(void **state)
{
	char *extra[] = { "-no-such-option", NULL };
	struct boot_options options = {
		.image = kernel, .board = "rpi-zero", .icount = BOOT_ICOUNT_AUTO, .extra = extra
	};
	struct boot_events events;

	must(boot_plan(&boot, &options, &err));
	must(boot_prepare(&boot, &err));
	must(boot_start(&boot, &err));
	do
		must(boot_step(&boot, &events, NULL, 0, -1, &err));
	while (!events.ended);
	assert_int_equal(boot.end, BOOT_ENDED_BY_QEMU);
	assert_non_null(strstr(boot.why.text, "invalid option"));
}

static void a_plan_is_told_and_opens_nothing(void **state)
{
	struct boot_options options = { .image = kernel, .icount = BOOT_ICOUNT_AUTO };

	must(boot_plan(&boot, &options, &err));
	assert_string_equal(boot.board->name, "rpi-zero");
	assert_false(boot.has_card);
	assert_int_equal(boot.notices.count, 1);
	assert_non_null(strstr(boot.notices.text[0], "kernel.img, no card"));
	assert_null(boot.qemu.kernel);
	assert_int_equal(boot.kernel_file.fd, -1);
}

static void faults_of_a_plan_and_of_preparing_are_told(void **state)
{
	struct boot_options options = { .image = "/none/x.img", .icount = BOOT_ICOUNT_AUTO };

	assert_int_equal(boot_plan(&boot, &options, &err), -1);
	assert_string_equal(err.text, "/none/x.img: cannot open: No such file or directory");
	boot_free(&boot);
	options = (struct boot_options){ .image = kernel, .pins = UINT64_C(1) << 60 };
	must(boot_plan(&boot, &options, &err));
	assert_int_equal(boot_prepare(&boot, &err), -1);
	assert_string_equal(err.text, "Raspberry Pi Zero has only the pins 0 to 53");
	boot_free(&boot);
	options = (struct boot_options){ .image = kernel, .qemu = "/none/qemu" };
	must(boot_plan(&boot, &options, &err));
	must(boot_prepare(&boot, &err));
	assert_int_equal(boot_start(&boot, &err), -1);
	assert_non_null(strstr(err.text, "/none/qemu: not found"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_plan_is_told_and_opens_nothing, end),
		cmocka_unit_test_teardown(faults_of_a_plan_and_of_preparing_are_told, end),
		cmocka_unit_test_teardown(a_qemu_that_fails_is_told, end),
		cmocka_unit_test_teardown(a_stopped_board_has_ended_at_last, end),
		cmocka_unit_test_teardown(a_step_ends_in_time_and_when_a_descriptor_is_ready, end),
		cmocka_unit_test_teardown(a_board_that_is_held_says_nothing, end),
		cmocka_unit_test_teardown(watched_pins_end_a_step, end),
		cmocka_unit_test_teardown(a_kernel_without_a_card_is_put_back, end),
		cmocka_unit_test_teardown(a_board_with_a_card_is_put_back, end),
		cmocka_unit_test_teardown(a_board_with_a_pl061_is_put_back, end),
		cmocka_unit_test_teardown(what_cannot_be_put_back_is_told, end),
	};

	return cmocka_run_group_tests_name("boot/run", tests, make_images, remove_images);
}
