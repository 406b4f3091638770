// SPDX-License-Identifier: GPL-2.0-only
/* ferry boot: acts as the board's firmware on an image, then runs the board in QEMU. */
#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/outfile.h"
#include "boot/junit.h"
#include "cmd-boot-console.h"
#include "cmd-boot-options.h"
#include "cmd.h"
#include "pins/text.h"

#define LAST_LINES 15 /* of the console, shown when a run failed */

struct session {
	struct boot_arguments args;
	struct script script;
	bool scripted;
	struct script_run run; /* of the script */
	struct boot boot;
	int log;
};

static int complain(const struct error *err)
{
	fprintf(stderr, "ferry boot: %s\n", err->text);
	return EXIT_FAILED;
}

static int read_script(struct session *session, struct error *err)
{
	const char *path = session->args.script;
	char *text;
	size_t len;
	int rc;

	if (!path)
		return 0;
	if (file_read(path, SCRIPT_MAX, &text, &len, err) < 0)
		return -1;
	rc = script_parse(&session->script, strcmp(path, "-") ? path : "standard input", text, len,
			  err);
	free(text);
	session->scripted = rc == 0;
	session->args.boot.pins |= script_pins(&session->script);
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

static int write_dtb(const struct session *session, struct error *err)
{
	const char *path = session->args.dtb_out;
	const struct payload *payload = &session->boot.payload;

	if (!path)
		return 0;
	if (!payload->dtb)
		return error_set(err, "--dtb-out: the firmware found no devicetree");
	return write_whole(path, payload->dtb, payload->dtb_len, err);
}

/* --print: names instead of what is in the image. */
static int print_plan(const struct boot *boot, struct error *err)
{
	const struct payload *payload = &boot->payload;
	struct qemu_options qemu = boot->qemu;
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
	if (asprintf(&drive, "if=%s,format=raw,file=%s%s", boot->board->drive, boot->options.image,
		     boot->options.snapshot ? ",snapshot=on" : "") < 0)
		return error_set(err, "out of memory");
	qemu.kernel = payload->kernel_name;
	qemu.dtb = payload->dtb_name;
	qemu.initrd = payload->initrd_name;
	qemu.drive = boot->has_card ? drive : NULL;
	rc = qemu_print(stdout, &qemu, err);
	free(drive);
	if (!rc && fflush(stdout) != 0)
		return error_errno(err, "cannot write to standard output");
	return rc;
}

static int open_log(struct session *session, struct error *err)
{
	const char *path = session->args.log;

	if (!path)
		return 0;
	session->log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	return session->log < 0 ? error_errno(err, "%s: cannot create", path) : 0;
}

static void show_last_lines(const struct boot *boot)
{
	char *last;

	if (!boot->answered)
		return;
	last = console_last(&boot->console, LAST_LINES, "  | ");
	if (last && *last)
		fprintf(stderr, "ferry boot: the console said last:\n%s", last);
	else
		fputs("ferry boot: the console said nothing\n", stderr);
	free(last);
}

static void report_growth(const struct boot *boot)
{
	char *text;

	if (asprintf(&text,
		     "the board wrote behind the end of %s, which is %" PRIu64 " MiB long now",
		     boot->options.image, boot->card.size >> 20) < 0)
		return;
	console_note(text);
	free(text);
}

/* Runs the board. Returns 0, or -1 with ERR set. */
static int run(struct session *session, struct error *err)
{
	struct boot_arguments *args = &session->args;
	struct boot *boot = &session->boot;
	struct console_options console = {
		.script = session->scripted ? &session->script : NULL,
		.run = &session->run,
		.in = session->scripted ? -1 : STDIN_FILENO,
		.out = session->scripted && args->quiet ? -1 : STDOUT_FILENO,
		.quiet = args->quiet,
	};
	int rc;

	if (open_log(session, err) < 0)
		return -1;
	console.log = session->log;
	if (!session->scripted && isatty(STDIN_FILENO) && !args->quiet)
		console_note("Ctrl-A x leaves, Ctrl-A h helps");
	rc = console_run(boot, &console, err);
	if (boot->card.grown && !args->quiet)
		report_growth(boot);
	return rc;
}

static int write_junit(struct session *session, struct error *err)
{
	const struct boot *boot = &session->boot;
	char *console = console_last(&boot->console, LAST_LINES, "");
	char *report =
		junit_report(&session->run, boot->board ? boot->board->name : "ferry", console);
	int rc = report ? write_whole(session->args.junit, report, strlen(report), err) :
			  error_set(err, "out of memory");

	free(report);
	free(console);
	return rc;
}

/* The script never ran: that is its failure. */
static void fail_script(struct session *session, const char *why)
{
	if (script_run_start(&session->run, &session->script, NULL, NULL, 0, NULL) == 0)
		script_run_stop(&session->run, why, 0);
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

static int prepare(struct session *session, struct error *err)
{
	const struct boot_arguments *args = &session->args;
	struct boot *boot = &session->boot;
	int rc = boot_plan(boot, &args->boot, err);

	console_notices(boot, args->quiet);
	if (rc < 0 || write_dtb(session, err) < 0)
		return -1;
	if (args->print)
		return 0;
	if (check_output(args->record, err) < 0)
		return -1;
	rc = boot_prepare(boot, err);
	console_notices(boot, args->quiet);
	return rc;
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
	struct recording rec;
	int rc;

	if (boot_recording(boot, &rec, err) < 0)
		return -1;
	rc = print_pins(&rec, boot->options.image, err);
	recording_close(&rec);
	return rc;
}

/* Runs the board, then writes what is left to write. Returns an exit status. */
static int run_and_report(struct session *session)
{
	const struct boot_arguments *args = &session->args;
	struct boot *boot = &session->boot;
	struct error err;
	int status = EXIT_OK;

	if (run(session, &err) < 0) {
		if (session->scripted || !isatty(STDOUT_FILENO))
			show_last_lines(boot);
		status = complain(&err);
		if (session->scripted && !session->run.script)
			fail_script(session, err.text);
	}
	if (args->record && boot_record(boot, args->record, &err) < 0)
		status = complain(&err);
	if (!args->record && args->pins && boot->answered && show_pins(boot, &err) < 0)
		status = complain(&err);
	if (args->junit && write_junit(session, &err) < 0)
		status = complain(&err);
	return status;
}

static int boot_image(struct session *session)
{
	const struct boot_arguments *args = &session->args;
	struct error err;

	if (prepare(session, &err) < 0) {
		complain(&err);
		if (session->scripted)
			fail_script(session, err.text);
		if (args->junit && write_junit(session, &err) < 0)
			complain(&err);
		return EXIT_FAILED;
	}
	if (!args->print)
		return run_and_report(session);
	return print_plan(&session->boot, &err) < 0 ? complain(&err) : EXIT_OK;
}

int cmd_boot(int argc, char **argv)
{
	struct session session = { .log = -1 };
	struct error err;
	int rc = boot_options_parse(&session.args, argc, argv);

	if (rc) {
		boot_options_free(&session.args);
		return rc < 0 ? EXIT_USAGE : EXIT_OK;
	}
	if (check_output(session.args.junit, &err) < 0 || read_script(&session, &err) < 0) {
		rc = complain(&err);
	} else {
		rc = boot_image(&session);
		boot_free(&session.boot);
	}
	script_run_free(&session.run);
	boot_options_free(&session.args);
	if (session.log >= 0)
		close(session.log);
	script_free(&session.script);
	return rc;
}
