// SPDX-License-Identifier: GPL-2.0-only
/* ferry image: builds disk images from a config file. */
#include "cmd-progress.h"
#include "cmd.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image/image.h"

static const char usage[] =
	"Usage: ferry image [OPTION]... [CONFIG]\n"
	"Build the images that CONFIG describes (default: genimage.cfg), without root.\n"
	"\n"
	"  --config FILE       the config file, in genimage's language\n"
	"  --rootpath DIR      files of the root file system (default: root)\n"
	"  --inputpath DIR     where files are looked for (default: input)\n"
	"  --outputpath DIR    where images are written (default: images)\n"
	"  --includepath DIRS  where include() looks first, separated by colons\n"
	"  --keep-parts        also write the images that are put into other images\n"
	"  --json              print the layout as JSON\n"
	"  --loglevel N        0: print errors only\n"
	"  --tmppath DIR       accepted for genimage's sake; nothing is written there\n"
	"  --help              print this\n"
	"\n"
	"SOURCE_DATE_EPOCH is the time of whatever is newer (default: 2025-01-01 UTC).\n";

struct request {
	struct image_settings settings;
	bool json, quiet, help;
};

enum {
	OPT_CONFIG = 256,
	OPT_ROOT,
	OPT_INPUT,
	OPT_OUTPUT,
	OPT_INCLUDE,
	OPT_KEEP,
	OPT_JSON,
	OPT_LOG,
	OPT_TMP
};

static const struct option options[] = {
	{ "config", required_argument, NULL, OPT_CONFIG },
	{ "rootpath", required_argument, NULL, OPT_ROOT },
	{ "inputpath", required_argument, NULL, OPT_INPUT },
	{ "outputpath", required_argument, NULL, OPT_OUTPUT },
	{ "includepath", required_argument, NULL, OPT_INCLUDE },
	{ "keep-parts", no_argument, NULL, OPT_KEEP },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "loglevel", required_argument, NULL, OPT_LOG },
	{ "tmppath", required_argument, NULL, OPT_TMP },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static int parse_options(struct request *r, int argc, char **argv)
{
	struct image_settings *s = &r->settings;
	int c;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (c) {
		case OPT_CONFIG:
			s->config = optarg;
			break;
		case OPT_ROOT:
			s->rootpath = optarg;
			break;
		case OPT_INPUT:
			s->inputpath = optarg;
			break;
		case OPT_OUTPUT:
			s->outputpath = optarg;
			break;
		case OPT_INCLUDE:
			s->includepath = optarg;
			break;
		case OPT_KEEP:
			s->keep_parts = true;
			break;
		case OPT_JSON:
			r->json = true;
			break;
		case OPT_LOG:
			if (!*optarg || optarg[strspn(optarg, "0123456789")]) {
				fprintf(stderr, "ferry image: --loglevel is a number, not '%s'\n",
					optarg);
				return -1;
			}
			r->quiet = !optarg[strspn(optarg, "0")]; /* it is 0 */
			break;
		case OPT_TMP:
			break;
		case 'h':
			r->help = true;
			return 0;
		default:
			fputs("`ferry image --help` lists the options\n", stderr);
			return -1;
		}
	}
	if (optind < argc)
		s->config = argv[optind++];
	if (optind < argc) {
		fprintf(stderr, "ferry image: one CONFIG is enough; '%s' is too many\n",
			argv[optind]);
		return -1;
	}
	return 0;
}

static void on_signal(int number)
{
	image_build_abandon();
	signal(number, SIG_DFL);
	raise(number);
}

static void catch_signals(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaction(numbers[i], &action, NULL);
}

static int print_report(const struct request *r, const json_t *report)
{
	if (r->json) {
		if (json_dumpf(report, stdout, JSON_INDENT(2)) < 0)
			return -1;
		putchar('\n');
	} else if (!r->quiet) {
		for (size_t i = 0; i < json_array_size(report); i++) {
			const json_t *image = json_array_get(report, i);

			printf("%s: %.1f MiB\n", json_string_value(json_object_get(image, "path")),
			       (double)json_integer_value(json_object_get(image, "size")) /
				       (1 << 20));
		}
	}
	return fflush(stdout);
}

static int build(const struct request *r)
{
	struct image_settings settings = r->settings;
	struct progress_bar bar;
	struct error err;
	json_t *report;
	int rc;

	progress_bar_init(&bar);
	settings.progress = &bar.sink;
	catch_signals();
	rc = image_build(&settings, &report, &err);
	progress_bar_clear(&bar);
	if (rc < 0) {
		fprintf(stderr, "ferry image: %s\n", err.text);
		return EXIT_FAILED;
	}
	rc = print_report(r, report);
	json_decref(report);
	if (rc < 0) {
		perror("ferry image: cannot print");
		return EXIT_FAILED;
	}
	return EXIT_OK;
}

int cmd_image(int argc, char **argv)
{
	struct request r = { .settings = { .config = "genimage.cfg" } };

	if (parse_options(&r, argc, argv) < 0)
		return EXIT_USAGE;
	if (r.help) {
		fputs(usage, stdout);
		return EXIT_OK;
	}
	return build(&r);
}
