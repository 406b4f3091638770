// SPDX-License-Identifier: GPL-2.0-only
/*
 * The real plugin in the real QEMU records each edge of bare-metal programs at its time, known to
 * the nanosecond, and loses none. Run from the repository's root; assembles tests/bare/ with the
 * compilers that the project needs anyway.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "pins/capture.h"
#include "pins/recording.h"

#define PIN	   17
#define PIN_MASK   (UINT64_C(1) << PIN)
#define PATIENCE_S 120

static char dir[] = "/tmp/ferry-capture-XXXXXX";
static struct error err;

static const struct pins_capture_options rpi_zero = {
	.gpio_base = 0x20200000,
	.systimer_base = 0x20003000,
	.icount_shift = 3,
	.pins = PIN_MASK,
	.board = "rpi-zero",
};

static const char *in_dir(const char *name)
{
	static char paths[4][PATH_MAX];
	static unsigned int next;
	char *path = paths[next++ % 4];

	snprintf(path, PATH_MAX, "%s/%s", dir, name);
	return path;
}

static void run(const char *fmt, ...)
{
	char command[PATH_MAX * 2];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	if (system(command) != 0)
		fail_msg("status not 0: %s", command);
}

static void assemble_arm(const char *name, const char *defines)
{
	run("arm-linux-gnueabi-gcc %s -nostdlib -static -Wl,-Ttext=0x8000 -o %s/%s "
	    "tests/bare/toggle-arm.S",
	    defines, dir, name);
}

/* QEMU with the plugin, and what a test may have it do. */
struct qemu {
	const char *program, *machine, *kernel, *icount;
	rlim_t file_limit; /* bytes, 0 for none */
};

static pid_t start(const struct qemu *q, const struct pins_capture *capture)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	if (q->file_limit) {
		struct rlimit limit = { q->file_limit, q->file_limit };

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
	}
	execlp(q->program, q->program, "-M", q->machine, "-kernel", in_dir(q->kernel), "-display",
	       "none", "-serial", "none", "-monitor", "none", "-semihosting", "-plugin",
	       pins_capture_plugin(capture), q->icount ? "-icount" : NULL, q->icount, NULL);
	_exit(127);
}

/* Waits until QEMU has ended, or until the pin has made ENOUGH edges, when it gets killed. */
static void wait_for(pid_t pid, struct pins_capture *capture, uint64_t enough)
{
	struct timespec pause = { 0, 2000000 };
	time_t start_time = time(NULL);
	int status;

	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (pins_capture_edges(capture, PIN) >= enough ||
		    time(NULL) - start_time > PATIENCE_S) {
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			break;
		}
		nanosleep(&pause, NULL);
	}
	if (enough == UINT64_MAX)
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/*
 * Runs QEMU to its end, or to ENOUGH edges, and opens the recording. Returns the edges that the
 * capture counted.
 */
static uint64_t record(struct recording *rec, const char *name, const struct qemu *q,
		       const struct pins_capture_options *options, uint64_t enough)
{
	struct pins_capture *capture;
	uint64_t edges;

	assert_int_equal(pins_capture_create(&capture, in_dir("raw"), options, &err), 0);
	wait_for(start(q, capture), capture, enough);
	edges = pins_capture_edges(capture, PIN);
	if (pins_capture_finish(capture, in_dir(name), &err) < 0)
		fail_msg("%s", err.text);
	pins_capture_free(capture);
	assert_int_equal(access(in_dir("raw"), F_OK), -1);
	if (recording_open(rec, in_dir(name), &err) < 0)
		fail_msg("%s", err.text);
	return edges;
}

/*
 * Checks that all edges of the pin from the second on are between MIN and MAX ns apart. Returns how
 * many there are.
 */
static uint64_t check_gaps(const struct recording *rec, uint64_t min, uint64_t max)
{
	struct recording_cursor cursor = recording_begin(rec);
	uint64_t last = 0, count = 0;
	struct edge edge;

	assert_true(recording_next(&cursor, &edge)); /* becomes an output, low */
	assert_int_equal(edge.state, PIN_LOW);
	for (; recording_next(&cursor, &edge); count++) {
		assert_int_equal(edge.pin, PIN);
		assert_int_equal(edge.state, count % 2 ? PIN_LOW : PIN_HIGH);
		if (count)
			assert_in_range(edge.time - last, min, max);
		last = edge.time;
	}
	return count;
}

static const struct qemu raspi0 = { .program = "qemu-system-arm",
				    .machine = "raspi0",
				    .icount = "shift=3,sleep=off" };

static void polled_toggles_have_exact_times(void **state)
{
	struct qemu q = raspi0;
	struct recording rec;

	assemble_arm("polled", "-DCOUNT=1000 -DDUS=100");
	q.kernel = "polled";
	assert_int_equal(record(&rec, "r", &q, &rpi_zero, UINT64_MAX), 1000);
	assert_true(rec.info.calibrated);
	assert_false(rec.info.instructions);
	assert_string_equal(rec.info.board, "rpi-zero");
	/* The loop looks every few instructions: 100 us and up to a microsecond and a bit. */
	assert_int_equal(check_gaps(&rec, 99000, 101200), 1000);
	assert_in_range(rec.info.end, 100000000, 102000000);
	recording_close(&rec);
}

/*
 * The clock jumps while the guest sleeps; the guest's timer reads bring that to light, to the
 * nanosecond.
 */
static void toggles_across_idle_have_exact_times(void **state)
{
	struct qemu q = raspi0;
	struct recording rec;

	assemble_arm("asleep", "-DCOUNT=2000 -DDUS=125 -DSLEEP");
	q.kernel = "asleep";
	assert_int_equal(record(&rec, "r", &q, &rpi_zero, UINT64_MAX), 2000);
	assert_int_equal(check_gaps(&rec, 125000, 125000), 2000);
	recording_close(&rec);
}

static void two_runs_give_the_same_recording(void **state)
{
	struct qemu q = raspi0;
	struct recording rec;
	size_t len[2];
	char *data[2];

	assemble_arm("asleep", "-DCOUNT=500 -DDUS=333 -DSLEEP");
	q.kernel = "asleep";
	for (int i = 0; i < 2; i++) {
		record(&rec, "r", &q, &rpi_zero, UINT64_MAX);
		recording_close(&rec);
		assert_int_equal(file_read(in_dir("r"), 1 << 20, &data[i], &len[i], &err), 0);
	}
	assert_int_equal(len[0], len[1]);
	assert_memory_equal(data[0], data[1], len[0]);
	free(data[0]);
	free(data[1]);
}

/*
 * Toggles as fast as they get, until QEMU is killed: each one follows the one before after 3 to 6
 * instructions.
 */
static void nothing_is_lost_when_qemu_is_killed(void **state)
{
	struct qemu q = raspi0;
	struct recording rec;
	uint64_t edges;

	assemble_arm("fast", "-DCOUNT=1000 -DDUS=0 -DFOREVER");
	q.kernel = "fast";
	edges = record(&rec, "r", &q, &rpi_zero, 300000);
	assert_true(edges >= 300000);
	assert_int_equal(check_gaps(&rec, 24, 48), edges);
	recording_close(&rec);
}

static void ten_million_edges_are_not_lost(void **state)
{
	struct qemu q = raspi0;
	struct recording rec;

	assemble_arm("many", "-DCOUNT=10000000 -DDUS=0");
	q.kernel = "many";
	assert_int_equal(record(&rec, "r", &q, &rpi_zero, UINT64_MAX), 10000000);
	assert_int_equal(check_gaps(&rec, 24, 40), 10000000);
	assert_true(rec.map_len < 25000000);
	recording_close(&rec);
}

static void every_width_of_store_is_recorded(void **state)
{
	static const struct {
		uint8_t pin, state;
	} want[] = {
		{ 4, PIN_LOW },	  { 40, PIN_OTHER }, { 47, PIN_LOW }, { 4, PIN_HIGH },
		{ 4, PIN_LOW },			  /* bytes */
		{ 4, PIN_HIGH },  { 4, PIN_LOW }, /* halfwords */
		{ 4, PIN_HIGH },  { 4, PIN_LOW }, /* words */
		{ 47, PIN_HIGH }, { 47, PIN_LOW },   { 4, PIN_HIGH }, { 47, PIN_HIGH }, /* a pair */
		{ 4, PIN_LOW },	  { 47, PIN_LOW }, /* 64 bits */
	};
	struct pins_capture_options options = rpi_zero;
	struct qemu q = raspi0;
	struct recording_cursor cursor;
	struct recording rec;
	struct edge edge;

	run("clang --target=aarch64-linux-gnu -c -o %s/w.o tests/bare/widths-a64.S", dir);
	run("llvm-objcopy -O binary --only-section=.text %s/w.o %s/widths", dir, dir);
	q.program = "qemu-system-aarch64";
	q.machine = "raspi3b";
	q.kernel = "widths";
	options.gpio_base = 0x3f200000;
	options.systimer_base = 0x3f003000;
	options.pins = PINS_ALL;
	record(&rec, "r", &q, &options, UINT64_MAX);
	assert_int_equal(rec.info.edges, sizeof(want) / sizeof(want[0]));
	cursor = recording_begin(&rec);
	for (size_t i = 0; i < rec.info.edges; i++) {
		assert_true(recording_next(&cursor, &edge));
		assert_int_equal(edge.pin, want[i].pin);
		assert_int_equal(edge.state, want[i].state);
	}
	recording_close(&rec);
}

static void only_wanted_pins_are_recorded(void **state)
{
	struct pins_capture_options options = rpi_zero;
	struct qemu q = raspi0;
	struct recording rec;

	assemble_arm("polled", "-DCOUNT=100 -DDUS=10");
	q.kernel = "polled";
	options.pins = UINT64_C(1) << 47;
	assert_int_equal(record(&rec, "r", &q, &options, UINT64_MAX), 100);
	assert_int_equal(rec.info.edges, 0);
	assert_int_equal(rec.info.pins, UINT64_C(1) << 47);
	recording_close(&rec);
}

static void without_icount_times_are_instruction_counts(void **state)
{
	struct pins_capture_options options = rpi_zero;
	struct qemu q = raspi0;
	struct recording rec;

	assemble_arm("fast", "-DCOUNT=100 -DDUS=0");
	q.kernel = "fast";
	q.icount = NULL;
	options.icount_shift = -1;
	record(&rec, "r", &q, &options, UINT64_MAX);
	assert_true(rec.info.instructions);
	assert_false(rec.info.calibrated);
	assert_int_equal(check_gaps(&rec, 3, 5), 100);
	recording_close(&rec);
}

static void a_full_disk_is_an_error(void **state)
{
	struct pins_capture *capture;
	struct qemu q = raspi0;

	assemble_arm("fast", "-DCOUNT=200000 -DDUS=0");
	q.kernel = "fast";
	q.file_limit = 3 << 20;
	assert_int_equal(pins_capture_create(&capture, in_dir("raw"), &rpi_zero, &err), 0);
	wait_for(start(&q, capture), capture, UINT64_MAX);
	assert_int_equal(pins_capture_finish(capture, in_dir("none"), &err), -1);
	assert_non_null(strstr(err.text, "no space left for the capture after 131072 events"));
	assert_int_equal(access(in_dir("none"), F_OK), -1);
	pins_capture_free(capture);
}

static void qemu_that_did_not_start_is_an_error(void **state)
{
	struct pins_capture *capture;

	assert_int_equal(pins_capture_create(&capture, in_dir("raw"), &rpi_zero, &err), 0);
	assert_int_equal(pins_capture_finish(capture, in_dir("none"), &err), -1);
	assert_non_null(strstr(err.text, "QEMU did not load the pin recorder"));
	pins_capture_free(capture);
}

static void a_missing_plugin_is_an_error(void **state)
{
	struct pins_capture *capture;
	char *old = strdup(getenv("FERRY_PLUGIN"));

	setenv("FERRY_PLUGIN", "/nowhere/ferry-pins.so", 1);
	assert_int_equal(pins_capture_create(&capture, in_dir("raw"), &rpi_zero, &err), -1);
	assert_null(capture);
	assert_string_equal(
		err.text, "/nowhere/ferry-pins.so: cannot read the plugin that FERRY_PLUGIN names: "
			  "No such file or directory");
	unsetenv("FERRY_PLUGIN"); /* there is none beside this test */
	assert_int_equal(pins_capture_create(&capture, in_dir("raw"), &rpi_zero, &err), -1);
	assert_non_null(
		strstr(err.text,
		       "/ferry-pins.so: cannot read the pin recorder, which `make tool` builds: "));
	setenv("FERRY_PLUGIN", old, 1);
	free(old);
}

static void commas_in_paths_are_escaped(void **state)
{
	struct pins_capture *capture;

	assert_int_equal(pins_capture_create(&capture, in_dir("a,b"), &rpi_zero, &err), 0);
	assert_non_null(strstr(pins_capture_plugin(capture), "/a,,b"));
	pins_capture_free(capture);
}

/* The plugin is where the command is: three directories above this test. */
static int find_plugin(void **state)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *up = path;

	if (len < 0 || !mkdtemp(dir))
		return -1;
	path[len] = '\0';
	for (int i = 0; i < 4; i++)
		up = dirname(up);
	strcat(up, "/ferry-pins.so");
	return setenv("FERRY_PLUGIN", up, 0);
}

static int clean_up(void **state)
{
	run("rm -rf %s", dir);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(polled_toggles_have_exact_times),
		cmocka_unit_test(toggles_across_idle_have_exact_times),
		cmocka_unit_test(two_runs_give_the_same_recording),
		cmocka_unit_test(nothing_is_lost_when_qemu_is_killed),
		cmocka_unit_test(ten_million_edges_are_not_lost),
		cmocka_unit_test(every_width_of_store_is_recorded),
		cmocka_unit_test(only_wanted_pins_are_recorded),
		cmocka_unit_test(without_icount_times_are_instruction_counts),
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(qemu_that_did_not_start_is_an_error),
		cmocka_unit_test(a_missing_plugin_is_an_error),
		cmocka_unit_test(commas_in_paths_are_escaped),
	};

	return cmocka_run_group_tests_name("pins/capture", tests, find_plugin, clean_up);
}
