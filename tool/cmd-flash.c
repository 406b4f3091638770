// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry flash: writes an image to a card, having looked twice at what that card is, and reads it
 * back.
 */
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cmd-progress.h"
#include "cmd.h"
#include "flash/flash.h"

static const char usage_text[] =
	"Usage: ferry flash [OPTION]... IMAGE DEVICE\n"
	"Writes IMAGE to DEVICE, a card in its reader (/dev/sdX, /dev/mmcblkX), and reads it back "
	"to compare.\n"
	"What is in use, read-only, too small or a partition is refused.\n\n"
	"  -y, --yes         do not ask; needed where nobody can be asked\n"
	"      --no-verify   do not read back\n"
	"      --force       write to devices of more than 256 GiB, too\n"
	"      --create      DEVICE may be a file that is not there yet, or that gets longer\n"
	"      --json        say what was done as JSON, on standard output\n"
	"  -q, --quiet       only errors\n"
	"  -h, --help        this text\n";

enum { OPT_NO_VERIFY = 256, OPT_FORCE, OPT_CREATE, OPT_JSON };

static const struct option long_options[] = {
	{ "yes", no_argument, NULL, 'y' },
	{ "no-verify", no_argument, NULL, OPT_NO_VERIFY },
	{ "force", no_argument, NULL, OPT_FORCE },
	{ "create", no_argument, NULL, OPT_CREATE },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

struct flash_options {
	const char *image, *device;
	bool yes, no_verify, json, quiet;
	struct target_options target;
};

/* What a run found out. */
struct outcome {
	struct target target;
	struct flash flash;
	double write_seconds, verify_seconds;
	bool verified;
};

static volatile sig_atomic_t stop;

static void on_signal(int signal_number)
{
	stop = signal_number;
}

/* What the parent had us ignore stays ignored. */
static void catch_signals(void)
{
	static const int caught[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	struct sigaction action = { .sa_handler = on_signal }, before;

	for (size_t i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		if (sigaction(caught[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
			sigaction(caught[i], &action, NULL);
}

/* Always returns -1. */
static int wrong_use(const char *text)
{
	fprintf(stderr, "ferry flash: %s; `ferry flash --help` tells more\n", text);
	return -1;
}

/* Returns 0; -1 for wrong use, having said what; 1 when --help was asked for and given. */
static int parse(struct flash_options *options, int argc, char **argv)
{
	int c;

	*options = (struct flash_options){ 0 };
	while ((c = getopt_long(argc, argv, "yqh", long_options, NULL)) != -1) {
		switch (c) {
		case 'y':
			options->yes = true;
			break;
		case OPT_NO_VERIFY:
			options->no_verify = true;
			break;
		case OPT_FORCE:
			options->target.force = true;
			break;
		case OPT_CREATE:
			options->target.create = true;
			break;
		case OPT_JSON:
			options->json = true;
			break;
		case 'q':
			options->quiet = true;
			break;
		case 'h':
			fputs(usage_text, stdout);
			return 1;
		default:
			return wrong_use("that is not how it is used");
		}
	}
	if (argc - optind != 2)
		return wrong_use("say which image to write, and to which device");
	options->image = argv[optind];
	options->device = argv[optind + 1];
	return 0;
}

static double seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* "64.0 MiB", "29.7 GiB". */
static const char *size_text(char text[32], uint64_t bytes)
{
	double mib = (double)bytes / 1048576;

	snprintf(text, 32, mib < 1024 ? "%.1f MiB" : "%.1f GiB", mib < 1024 ? mib : mib / 1024);
	return text;
}

static void show_target(const struct target *target)
{
	const struct block_info *info = &target->info;
	char size[32];

	fprintf(stderr, "ferry flash: %s: %s, ", target->path, size_text(size, target->size));
	if (!target->block)
		fprintf(stderr, "%s\n", target->created ? "a new file" : "a regular file");
	else
		fprintf(stderr, "%s%s%s, %zu partition%s\n",
			*info->model ? info->model : "no model name",
			info->removable ? ", removable" : "",
			strncmp(info->name, "mmcblk", 6) ? "" : ", an SD or MMC card",
			info->count - 1, info->count == 2 ? "" : "s");
}

/* Asks the user on the terminal. Returns whether it was a yes. */
static bool confirmed(const struct flash_options *options, const struct source *source)
{
	char answer[16] = "", size[32];

	fprintf(stderr, "ferry flash: all that is on it will be lost. Write %s (%s) to %s? [y/N] ",
		options->image, size_text(size, source->size), options->device);
	if (!fgets(answer, sizeof(answer), stdin))
		fputc('\n', stderr);
	return !strcmp(answer, "y\n") || !strcmp(answer, "Y\n") || !strcmp(answer, "yes\n");
}

static int write_and_verify(struct outcome *outcome, const struct flash_options *options,
			    struct progress_bar *bar, struct error *err)
{
	double start = seconds();

	progress_bar_init(bar);
	bar->tty = bar->tty && !options->quiet;
	if (flash_write(&outcome->flash, err) < 0)
		return -1;
	outcome->write_seconds = seconds() - start;
	if (options->no_verify)
		return 0;
	start = seconds();
	bar->start_ns += (int64_t)(outcome->write_seconds * 1e9);
	if (flash_verify(&outcome->flash, err) < 0)
		return -1;
	outcome->verify_seconds = seconds() - start;
	outcome->verified = true;
	return 0;
}

static int flash(struct outcome *outcome, const struct flash_options *options,
		 struct source *source, struct error *err)
{
	struct target *target = &outcome->target;
	struct progress_bar bar = { .drawn = 0 };
	int rc;

	if (target_examine(target, options->device, source, &options->target, err) < 0)
		return -1;
	if (!options->yes && (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)))
		return error_set(err,
				 "nobody can be asked whether %s is the right device: give --yes",
				 options->device);
	if (!options->quiet || !options->yes)
		show_target(target);
	if (!options->yes && !confirmed(options, source))
		return error_set(err, "%s: not written to, as you did not say yes",
				 options->device);
	/* Only now: a signal while asking just ends it. */
	catch_signals();
	if (target_open(target, source, err) < 0)
		return -1;
	outcome->flash = (struct flash){
		.source = source, .target = target, .progress = &bar.sink, .stop = &stop
	};
	rc = write_and_verify(outcome, options, &bar, err);
	progress_bar_clear(&bar);
	/*
	 * So that the card's partitions show without taking it out. It may be busy, which does no
	 * harm.
	 */
	if (rc == 0 && target->block)
		ioctl(target->fd, BLKRRPART);
	return rc;
}

/* On failure, too: WHY says what is wrong then. */
static int print_json(const struct outcome *outcome, const struct flash_options *options,
		      uint64_t size, const char *why)
{
	const struct target *target = &outcome->target;
	json_t *json = json_pack("{s:b, s:s, s:s, s:I, s:s, s:I, s:I, s:I, s:f, s:f, s:b}", "ok",
				 why == NULL, "image", options->image, "device", options->device,
				 "device_bytes", (json_int_t)target->size, "model",
				 target->info.model, "image_bytes", (json_int_t)size,
				 "written_bytes", (json_int_t)outcome->flash.written,
				 "zeroed_bytes", (json_int_t)outcome->flash.cleared,
				 "write_seconds", outcome->write_seconds, "verify_seconds",
				 outcome->verify_seconds, "verified", outcome->verified);
	int rc = -1;

	if (json && why)
		json_object_set_new(json, "error", json_string(why));
	if (json)
		rc = json_dumpf(json, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(json);
	return rc;
}

static void report(const struct outcome *outcome, const struct flash_options *options)
{
	const struct flash *done = &outcome->flash;
	char written[32], cleared[32];

	fprintf(stderr, "ferry flash: %s: %s written and %s of zeros made in %.1f s (%.1f MiB/s)",
		options->device, size_text(written, done->written),
		size_text(cleared, done->cleared), outcome->write_seconds,
		outcome->write_seconds > 0 ?
			(double)done->written / 1048576 / outcome->write_seconds :
			0);
	if (outcome->verified)
		fprintf(stderr, ", read back in %.1f s: it is the image\n",
			outcome->verify_seconds);
	else
		fputs(", not verified\n", stderr);
}

int cmd_flash(int argc, char **argv)
{
	struct outcome outcome = { .target = { .fd = -1 } };
	struct source source = { .fd = -1 };
	struct flash_options options;
	struct error err;
	int rc = parse(&options, argc, argv);
	uint64_t size;

	if (rc)
		return rc < 0 ? EXIT_USAGE : EXIT_OK;
	rc = source_open(&source, options.image, &err);
	size = source.size;
	if (rc == 0)
		rc = flash(&outcome, &options, &source, &err);
	if (rc < 0)
		fprintf(stderr, "ferry flash: %s\n", err.text);
	else if (!options.quiet && !options.json)
		report(&outcome, &options);
	if (options.json && print_json(&outcome, &options, size, rc < 0 ? err.text : NULL) < 0)
		rc = -1;
	target_close(&outcome.target, rc == 0);
	source_close(&source);
	return rc < 0 ? EXIT_FAILED : EXIT_OK;
}
