// SPDX-License-Identifier: GPL-2.0-only
/* ferry check: would a kernel take this module, and if not, why. */
#include <getopt.h>
#include <stdio.h>

#include "check/refusal.h"
#include "cmd.h"

static const char usage_text[] =
	"Usage: ferry check --kernel=DIR [OPTION]... MODULE...\n"
	"Tells whether a kernel would load each MODULE (NAME.ko), and if not, why.\n\n"
	"  -k, --kernel=DIR    the kernel's build or headers directory\n"
	"  -s, --sample=FILE   a module that this kernel takes: one of its own\n"
	"  -q, --quiet         say nothing of modules that are fit\n"
	"  -h, --help          this text\n";

static const struct option long_options[] = {
	{ "kernel", required_argument, NULL, 'k' },
	{ "sample", required_argument, NULL, 's' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

struct check_options {
	const char *kernel, *sample;
	bool quiet;
};

static int complain(const struct error *err)
{
	fprintf(stderr, "ferry check: %s\n", err->text);
	return EXIT_FAILED;
}

/* Returns an exit status. */
static int check(const struct kernel *kernel, const char *path, bool quiet)
{
	struct module_file module;
	struct error err;
	char prefix[512];
	int status = EXIT_OK;

	snprintf(prefix, sizeof(prefix), "ferry check: %s:", path);
	if (module_file_read(&module, path, &err) < 0)
		status = complain(&err);
	else if (refusal_explain(stderr, prefix, &module, kernel))
		status = EXIT_FAILED;
	else if (!quiet)
		printf("%s: fit for the kernel %s\n", path, kernel->release);
	module_file_free(&module);
	return status;
}

static int check_all(const struct check_options *options, char **paths)
{
	struct kernel kernel;
	struct error err;
	int status = EXIT_OK;

	if (kernel_read(&kernel, options->kernel, options->sample, &err) < 0)
		status = complain(&err);
	for (; status != EXIT_FAILED && *paths; paths++)
		if (check(&kernel, *paths, options->quiet) != EXIT_OK)
			status = EXIT_FAILED;
	kernel_free(&kernel);
	return status;
}

int cmd_check(int argc, char **argv)
{
	struct check_options options = { NULL, NULL, false };
	int c;

	while ((c = getopt_long(argc, argv, "k:s:qh", long_options, NULL)) != -1) {
		switch (c) {
		case 'k':
			options.kernel = optarg;
			break;
		case 's':
			options.sample = optarg;
			break;
		case 'q':
			options.quiet = true;
			break;
		case 'h':
			fputs(usage_text, stdout);
			return EXIT_OK;
		default:
			fputs("ferry check: that is not how it is used; `ferry check --help` tells "
			      "more\n",
			      stderr);
			return EXIT_USAGE;
		}
	}
	if (!options.kernel || optind == argc) {
		fprintf(stderr, "ferry check: say %s; `ferry check --help` tells more\n",
			options.kernel ? "which module" : "for which kernel, with --kernel");
		return EXIT_USAGE;
	}
	return check_all(&options, argv + optind);
}
