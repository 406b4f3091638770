// SPDX-License-Identifier: GPL-2.0-only
/* ferry boot: acts as the board's firmware on an image, then runs the board in QEMU. */
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "base/outfile.h"
#include "boot/bootpart.h"
#include "boot/card.h"
#include "boot/choose.h"
#include "boot/entry.h"
#include "boot/extlinux.h"
#include "boot/fat-files.h"
#include "boot/firmware.h"
#include "boot/junit.h"
#include "boot/kernel-file.h"
#include "boot/kernel-image.h"
#include "boot/quirks.h"
#include "boot/scratch.h"
#include "boot/session.h"
#include "cmd-boot-options.h"
#include "cmd.h"
#include "pins/capture.h"
#include "pins/levels.h"
#include "pins/recording.h"
#include "pins/text.h"

#define LAST_LINES 15 /* of the console, shown when a run failed */

/* Everything that a boot holds. */
struct boot {
	const struct boot_options *options;
	struct script script;
	bool scripted;
	struct disk image, slice;
	struct fat_volume *volume;
	const struct board *board;
	struct payload payload;
	size_t kernel_len; /* of the file, which entry_prepare() may make another one of */
	bool has_card;
	char *cmdline;
	struct card card;
	struct scratch kernel, dtb, initrd, raw;
	int inherit[8]; /* descriptors for QEMU, ended by -1 */
	struct pins_capture *capture;
	struct qemu_options qemu;
	int log;
	struct session session;
};

static bool quiet;

static void note(const char *text)
{
	if (!quiet)
		fprintf(stderr, isatty(STDERR_FILENO) ? "\rferry boot: %s\r\n" : "ferry boot: %s\n",
			text);
}

static void __attribute__((format(printf, 1, 2))) notef(const char *fmt, ...)
{
	char text[2048];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	note(text);
}

static int read_script(struct boot *boot, struct error *err)
{
	const char *path = boot->options->script;
	char *text;
	size_t len;
	int rc;

	if (!path)
		return 0;
	if (file_read(path, SCRIPT_MAX, &text, &len, err) < 0)
		return -1;
	rc = script_parse(&boot->script, strcmp(path, "-") ? path : "standard input", text, len,
			  err);
	free(text);
	boot->scripted = rc == 0;
	return rc;
}

static int write_whole(const char *path, const void *data, size_t len, struct error *err)
{
	struct outfile out;

	if (outfile_open(&out, path, err) < 0)
		return -1;
	if (write(out.fd, data, len) != (ssize_t)len) {
		error_errno(err, "%s: cannot write", path);
		outfile_abort(&out);
		return -1;
	}
	return outfile_commit(&out, err);
}

static int add_to_cmdline(struct boot *boot, struct error *err)
{
	const char *given = boot->payload.cmdline ? boot->payload.cmdline : "",
		   *more = boot->options->append;

	if (asprintf(&boot->cmdline, "%s%s%s", given, *given && more ? " " : "", more ? more : "") <
	    0) {
		boot->cmdline = NULL;
		return error_set(err, "out of memory");
	}
	return 0;
}

/* A kernel instead of a card: the firmware has nothing to choose. */
static int load_kernel(struct boot *boot, struct error *err)
{
	const struct boot_options *options = boot->options;
	const char *why;

	boot->board = kernel_file_load(&boot->payload, options->image, options->board, &why, err);
	if (!boot->board)
		return -1;
	notef("%s (%s, %s), %s, no card", boot->board->title, boot->board->name, why,
	      boot->payload.kernel_name);
	return 0;
}

/* The firmware's part, and what the emulated board lacks. */
static int load_card(struct boot *boot, struct error *err)
{
	const struct boot_options *options = boot->options;
	struct payload *payload = &boot->payload;
	struct fat_files files;
	const char *why;
	int rc = 0;

	boot->has_card = true;
	if (disk_open(&boot->image, options->image, err) < 0 ||
	    bootpart_open(&boot->volume, &boot->slice, &boot->image, err) < 0)
		return -1;
	files = fat_files_on(boot->volume);
	boot->board = board_choose(options->board, options->image, &files.files, &why, err);
	if (!boot->board)
		return -1;
	notef("%s (%s, %s)", boot->board->title, boot->board->name, why);
	if (!boot->board->drive)
		return error_set(err, "%s: is a card, and %s takes kernels only", options->image,
				 boot->board->title);
	if (!boot->board->firmware)
		rc = extlinux_load(payload, boot->board, &files.files, err);
	else if (firmware_load(payload, boot->board, &files.files, err) < 0 ||
		 quirks_apply(boot->board, payload, err) < 0)
		rc = -1;
	if (rc < 0)
		return error_prefix(err, "%s", options->image);
	notef("%s, %s%s%s", payload->kernel_name,
	      payload->dtb_name	    ? payload->dtb_name :
	      boot->board->firmware ? "no devicetree" :
				      "devices as QEMU tells them",
	      payload->initrd_name ? ", " : "", payload->initrd_name ? payload->initrd_name : "");
	return 0;
}

static int load(struct boot *boot, struct error *err)
{
	const struct boot_options *options = boot->options;
	struct payload *payload = &boot->payload;
	bool kernel = kernel_file_is(options->image, options->board);

	if ((kernel ? load_kernel(boot, err) : load_card(boot, err)) < 0 ||
	    add_to_cmdline(boot, err) < 0)
		return -1;
	boot->kernel_len = payload->kernel_len;
	if (entry_prepare(payload, boot->board, boot->cmdline, err) < 0)
		return error_prefix(err, "%s", options->image);
	for (size_t i = 0; i < payload->notices.count; i++)
		note(payload->notices.text[i]);
	if (options->dtb_out && !payload->dtb)
		return error_set(err, "--dtb-out: the firmware found no devicetree");
	if (options->dtb_out &&
	    write_whole(options->dtb_out, payload->dtb, payload->dtb_len, err) < 0)
		return -1;
	return 0;
}

static void inherit(struct boot *boot, int fd)
{
	size_t n = 0;

	while (boot->inherit[n] >= 0)
		n++;
	boot->inherit[n] = fd;
	boot->inherit[n + 1] = -1;
}

/* Puts what the firmware loaded where QEMU can open it. */
static int hand_over(struct boot *boot, struct scratch *scratch, const char *name, const void *data,
		     size_t len, const char **path, struct error *err)
{
	if (!name)
		return 0;
	if (scratch_bytes(scratch, name, data, len, err) < 0)
		return -1;
	*path = scratch->path;
	inherit(boot, scratch->fd);
	return 0;
}

static int prepare_files(struct boot *boot, struct error *err)
{
	const struct payload *payload = &boot->payload;
	struct qemu_options *qemu = &boot->qemu;

	if (hand_over(boot, &boot->kernel, payload->kernel_name, payload->kernel,
		      payload->kernel_len, &qemu->kernel, err) < 0 ||
	    hand_over(boot, &boot->dtb, payload->kernel_holds_dtb ? NULL : payload->dtb_name,
		      payload->dtb, payload->dtb_len, &qemu->dtb, err) < 0 ||
	    hand_over(boot, &boot->initrd, payload->initrd_name, payload->initrd,
		      payload->initrd_len, &qemu->initrd, err) < 0)
		return -1;
	return 0;
}

static int prepare_card(struct boot *boot, bool snapshot, struct error *err)
{
	struct card *card = &boot->card;

	if (!boot->has_card)
		return 0;
	if (card_open(card, boot->options->image, boot->board->drive, snapshot, err) < 0)
		return -1;
	boot->qemu.drive = card->drive;
	if (snapshot)
		inherit(boot, card->overlay.fd);
	else if (card->grown)
		notef("%s is %" PRIu64 " MiB long while the board runs, as the emulated card's "
		      "size must be a power of two",
		      boot->options->image, card->size >> 20);
	return 0;
}

static int prepare_capture(struct boot *boot, struct error *err)
{
	const struct boot_options *options = boot->options;
	bool pl061 = boot->board->gpio == GPIO_PL061;
	unsigned int count = pl061 ? RAW_PL061_PINS : PINS_COUNT;
	uint64_t all = (UINT64_C(1) << count) - 1, waited = script_pins(&boot->script);
	struct pins_capture_options capture = {
		.block = pl061 ? RAW_PL061 : RAW_BCM2835,
		.gpio_base = boot->board->gpio_base,
		.systimer_base = boot->board->systimer_base,
		.icount_shift = boot->qemu.icount_shift,
		.pins = waited | (options->pins || !options->record ? options->pins : all),
		.board = boot->board->name,
	};

	if (!capture.pins)
		return 0;
	if (capture.pins & ~all)
		return error_set(err, "%s has only the pins 0 to %u", boot->board->title,
				 count - 1);
	if (boot->board->gpio == GPIO_NONE)
		return error_set(err, "the pins of %s cannot be recorded", boot->board->title);
	if (scratch_file(&boot->raw, err) < 0 ||
	    pins_capture_create(&boot->capture, boot->raw.path, &capture, err) < 0)
		return -1;
	inherit(boot, boot->raw.fd);
	boot->qemu.plugin = pins_capture_plugin(boot->capture);
	return 0;
}

static void choose_options(struct boot *boot)
{
	const struct boot_options *options = boot->options;
	/*
	 * Time by instructions repeats, and a busy host cannot make a guest miss its own timer,
	 * which hangs Linux on the BCM2835. But it runs the CPUs in turn: not for a user who has
	 * several.
	 */
	bool by_instructions =
		boot->scripted || options->record || options->pins || boot->board->cpus == 1;
	int icount = options->icount == ICOUNT_AUTO ?
			     (by_instructions ? boot->board->icount_shift : ICOUNT_OFF) :
			     options->icount;

	boot->qemu = (struct qemu_options){
		.program = options->qemu ? options->qemu : boot->board->qemu,
		.board = boot->board,
		.cmdline = boot->cmdline,
		.icount_shift = icount,
		/* A script need not wait for a guest that sleeps; a user would be surprised. */
		.icount_sleep = !boot->scripted,
		.one_core = kernel_has_one_core(boot->payload.kernel, boot->payload.kernel_len),
		.restart = options->restart == BY_MODE ? !boot->scripted : options->restart == YES,
		.extra = options->extra,
		.inherit = boot->inherit,
	};
}

static bool wants_snapshot(const struct boot *boot)
{
	return boot->options->snapshot == BY_MODE ? boot->scripted : boot->options->snapshot == YES;
}

/* --print: names instead of what is in the image. */
static int print_plan(struct boot *boot, struct error *err)
{
	const struct payload *payload = &boot->payload;
	char *drive;
	int rc;

	printf("board: %s (%s)\n", boot->board->name, boot->board->title);
	printf("kernel: %s, %zu bytes, %s\n", payload->kernel_name, boot->kernel_len,
	       payload->aarch64 || boot->board->x86 ? "64-bit" : "32-bit");
	if (payload->dtb_name)
		printf("devicetree: %s, %zu bytes\n", payload->dtb_name, payload->dtb_len);
	if (payload->initrd_name)
		printf("initramfs: %s, %zu bytes\n", payload->initrd_name, payload->initrd_len);
	printf("command line: %s\n", boot->cmdline);
	if (asprintf(&drive, "if=%s,format=raw,file=%s%s", boot->board->drive, boot->options->image,
		     wants_snapshot(boot) ? ",snapshot=on" : "") < 0)
		return error_set(err, "out of memory");
	boot->qemu.kernel = payload->kernel_name;
	boot->qemu.dtb = payload->dtb_name;
	boot->qemu.initrd = payload->initrd_name;
	boot->qemu.drive = boot->has_card ? drive : NULL;
	rc = qemu_print(stdout, &boot->qemu, err);
	free(drive);
	if (!rc && fflush(stdout) != 0)
		return error_errno(err, "cannot write to standard output");
	return rc;
}

static uint64_t count_edges(void *arg, unsigned pin)
{
	return pins_capture_edges(arg, pin);
}

static int open_log(struct boot *boot, struct error *err)
{
	const char *path = boot->options->log;

	if (!path)
		return 0;
	boot->log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	return boot->log < 0 ? error_errno(err, "%s: cannot create", path) : 0;
}

static void show_last_lines(const struct boot *boot)
{
	char *last;

	if (!boot->session.answered)
		return;
	last = console_last(&boot->session.console, LAST_LINES, "  | ");
	if (last && *last)
		fprintf(stderr, "ferry boot: the console said last:\n%s", last);
	else
		fputs("ferry boot: the console said nothing\n", stderr);
	free(last);
}

/* Runs the board. Returns 0, or -1 with ERR set. */
static int run(struct boot *boot, struct error *err)
{
	struct session_options session = {
		.qemu = &boot->qemu,
		.script = boot->scripted ? &boot->script : NULL,
		.edges = boot->capture ? count_edges : NULL,
		.edges_arg = boot->capture,
		.in = boot->scripted ? -1 : STDIN_FILENO,
		.out = boot->scripted && boot->options->quiet ? -1 : STDOUT_FILENO,
		.note = note,
	};
	int rc;

	if (open_log(boot, err) < 0)
		return -1;
	session.log = boot->log;
	if (!boot->scripted && isatty(STDIN_FILENO))
		note("Ctrl-A x leaves, Ctrl-A h helps");
	rc = session_run(&boot->session, &session, err);
	if (boot->has_card)
		card_close(&boot->card);
	if (boot->card.grown)
		notef("the board wrote behind the end of %s, which is %" PRIu64 " MiB long now",
		      boot->options->image, boot->card.size >> 20);
	return rc;
}

static int write_junit(struct boot *boot, struct error *err)
{
	char *console = console_last(&boot->session.console, LAST_LINES, "");
	char *report = junit_report(&boot->session.run, boot->board ? boot->board->name : "ferry",
				    console);
	int rc = report ? write_whole(boot->options->junit, report, strlen(report), err) :
			  error_set(err, "out of memory");

	free(report);
	free(console);
	return rc;
}

/* The script never ran: that is its failure. */
static void fail_script(struct boot *boot, const char *why)
{
	if (script_run_start(&boot->session.run, &boot->script, NULL, NULL, 0, NULL) == 0)
		script_run_stop(&boot->session.run, why, 0);
}

/* Can PATH, or NULL, be written at the end? Better known before the board runs. */
static int check_output(const char *path, struct error *err)
{
	struct outfile out;

	if (!path)
		return 0;
	if (outfile_open(&out, path, err) < 0)
		return -1;
	outfile_abort(&out);
	return 0;
}

static int prepare(struct boot *boot, struct error *err)
{
	if (load(boot, err) < 0)
		return -1;
	choose_options(boot);
	if (boot->options->print)
		return 0;
	if (check_output(boot->options->record, err) < 0 || prepare_files(boot, err) < 0 ||
	    prepare_capture(boot, err) < 0)
		return -1;
	return prepare_card(boot, wants_snapshot(boot), err);
}

static int complain(const struct error *err)
{
	fprintf(stderr, "ferry boot: %s\n", err->text);
	return EXIT_FAILED;
}

static int print_pins(const struct recording *rec, const char *name, struct error *err)
{
	struct text_parts all = { .draw = true, .measure = true, .morse = true };
	struct text_style style;
	struct report report;
	int rc = report_make_busy(&report, rec, name, err);

	if (rc == 0) {
		setlocale(LC_CTYPE, "");
		style = text_style_of(STDOUT_FILENO);
		text_report(stdout, &report, &all, &style);
		if (fflush(stdout) != 0 || ferror(stdout))
			rc = error_errno(err, "cannot write to standard output");
	}
	report_free(&report);
	return rc;
}

/* --pins without --record: draws them as `ferry pins` does. */
static int show_pins(struct boot *boot, struct error *err)
{
	const char *image = boot->options->image;
	struct scratch file = SCRATCH_NONE;
	struct recording rec;
	int rc = -1;

	if (scratch_file(&file, err) < 0)
		return -1;
	if (pins_capture_finish_fd(boot->capture, file.fd, image, err) == 0 &&
	    recording_open_fd(&rec, file.fd, image, err) == 0) {
		rc = print_pins(&rec, image, err);
		recording_close(&rec);
	}
	scratch_close(&file);
	return rc;
}

/* Runs the board, then writes what is left to write. Returns an exit status. */
static int run_and_report(struct boot *boot)
{
	const struct boot_options *options = boot->options;
	struct error err;
	int status = EXIT_OK;

	if (run(boot, &err) < 0) {
		if (boot->scripted || !isatty(STDOUT_FILENO))
			show_last_lines(boot);
		status = complain(&err);
		if (boot->scripted && !boot->session.run.script)
			fail_script(boot, err.text);
	}
	if (options->record && pins_capture_finish(boot->capture, options->record, &err) < 0)
		status = complain(&err);
	if (!options->record && options->pins && boot->session.answered &&
	    show_pins(boot, &err) < 0)
		status = complain(&err);
	if (options->junit && write_junit(boot, &err) < 0)
		status = complain(&err);
	return status;
}

static int boot_image(struct boot *boot)
{
	const struct boot_options *options = boot->options;
	struct error err;

	if (check_output(options->junit, &err) < 0 || read_script(boot, &err) < 0)
		return complain(&err);
	if (prepare(boot, &err) < 0) {
		complain(&err);
		if (boot->scripted)
			fail_script(boot, err.text);
		if (options->junit && write_junit(boot, &err) < 0)
			complain(&err);
		return EXIT_FAILED;
	}
	if (!options->print)
		return run_and_report(boot);
	return print_plan(boot, &err) < 0 ? complain(&err) : EXIT_OK;
}

int cmd_boot(int argc, char **argv)
{
	struct boot_options options;
	struct boot boot = {
		.options = &options,
		.log = -1,
		.image = { .fd = -1 },
		.card = { .overlay = SCRATCH_NONE },
		.kernel = SCRATCH_NONE,
		.dtb = SCRATCH_NONE,
		.initrd = SCRATCH_NONE,
		.raw = SCRATCH_NONE,
		.inherit = { -1 },
	};
	int rc = boot_options_parse(&options, argc, argv);

	if (rc)
		return rc < 0 ? EXIT_USAGE : EXIT_OK;
	quiet = options.quiet;
	rc = boot_image(&boot);

	session_free(&boot.session);
	pins_capture_free(boot.capture);
	if (boot.log >= 0)
		close(boot.log);
	scratch_close(&boot.raw);
	card_free(&boot.card);
	scratch_close(&boot.initrd);
	scratch_close(&boot.dtb);
	scratch_close(&boot.kernel);
	free(boot.cmdline);
	payload_free(&boot.payload);
	fat_close(boot.volume);
	disk_close(&boot.image);
	script_free(&boot.script);
	return rc;
}
