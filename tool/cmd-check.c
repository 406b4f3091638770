// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry check: would a kernel take this module, and if not, why. What lib/check finds is printed
 * here, as lines or as JSON.
 */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "check/refusal.h"
#include "cmd.h"

static const char usage_text[] =
	"Usage: ferry check --kernel=DIR [OPTION]... MODULE...\n"
	"Tells whether a kernel would load each MODULE (NAME.ko), and if not, why.\n\n"
	"  -k, --kernel=DIR    the kernel's build or headers directory\n"
	"  -s, --sample=FILE   a module that this kernel takes: one of its own\n"
	"      --json          print what was found as JSON, on standard output\n"
	"  -q, --quiet         say nothing of modules that are fit\n"
	"  -h, --help          this text\n";

enum { OPT_JSON = 256 };

static const struct option long_options[] = {
	{ "kernel", required_argument, NULL, 'k' }, { "sample", required_argument, NULL, 's' },
	{ "json", no_argument, NULL, OPT_JSON },    { "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },	    { 0 },
};

struct check_options {
	const char *kernel, *sample;
	bool json, quiet;
};

static int complain(const struct error *err)
{
	fprintf(stderr, "ferry check: %s\n", err->text);
	return EXIT_FAILED;
}

/* --- As text --- */

static void print_lines(const char *path, const struct kernel *kernel,
			const struct findings *findings)
{
	if (!findings->count)
		printf("%s: fit for the kernel %s\n", path, kernel->release);
	for (size_t i = 0; i < findings->count; i++)
		fprintf(stderr, "ferry check: %s: %s\n", findings->finding[i].place,
			findings->finding[i].text);
}

/* --- As JSON --- */

/* JSON is UTF-8; names in a file need not be. */
static json_t *json_text(const char *text)
{
	json_t *json = json_string(text);
	char *copy;

	if (json)
		return json;
	copy = strdup(text);
	for (char *c = copy; c && *c; c++)
		if ((unsigned char)*c >= 0x80)
			*c = '?';
	json = copy ? json_string(copy) : NULL;
	free(copy);
	return json;
}

static json_t *json_findings(const struct findings *findings)
{
	json_t *list = json_array();

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->finding[i];

		json_array_append_new(list,
				      json_pack("{s:s, s:s, s:o, s:o}", "rule", f->rule, "severity",
						finding_severity_name(f->severity), "place",
						json_text(f->place), "text", json_text(f->text)));
	}
	return list;
}

static json_t *json_module(const char *path, const struct kernel *kernel,
			   const struct findings *findings)
{
	return json_pack("{s:o, s:o, s:b, s:o}", "module", json_text(path), "kernel",
			 json_text(kernel->release), "fit", findings->count == 0, "findings",
			 json_findings(findings));
}

static int print_json(const json_t *report)
{
	if (json_dumpf(report, stdout, JSON_INDENT(2)) == 0 && putchar('\n') != EOF &&
	    fflush(stdout) == 0)
		return EXIT_OK;
	perror("ferry check: cannot print");
	return EXIT_FAILED;
}

/* --- The check --- */

/* ERR names the file first, as a finding's place does. */
static void add_unreadable(struct findings *findings, const char *path, const struct error *err)
{
	size_t len = strlen(path);
	bool named = strncmp(err->text, path, len) == 0 && strncmp(err->text + len, ": ", 2) == 0;

	findings_add(findings, "unreadable", FINDING_ERROR, path, "%s",
		     err->text + (named ? len + 2 : 0));
}

/* Returns an exit status. REPORT takes what is to be printed as JSON. */
static int check(const struct check_options *options, const struct kernel *kernel, const char *path,
		 json_t *report)
{
	struct findings findings = { 0 };
	struct module_file module;
	struct error err;
	int status = EXIT_OK;

	if (module_file_read(&module, path, &err) < 0)
		add_unreadable(&findings, path, &err);
	else
		refusal_find(&findings, path, &module, kernel);
	if (findings.count)
		status = EXIT_FAILED;
	if (findings.failed) {
		error_set(&err, "out of memory");
		status = complain(&err);
	} else if (findings.count || !options->quiet) {
		if (options->json)
			json_array_append_new(report, json_module(path, kernel, &findings));
		else
			print_lines(path, kernel, &findings);
	}
	findings_free(&findings);
	module_file_free(&module);
	return status;
}

static int check_all(const struct check_options *options, char **paths)
{
	json_t *report = json_array();
	struct kernel kernel;
	struct error err;
	int status = EXIT_OK;

	if (kernel_read(&kernel, options->kernel, options->sample, &err) < 0) {
		status = complain(&err);
		goto out;
	}
	/* As text, the first module that is not fit is the last one that is looked at. */
	for (; *paths && (status == EXIT_OK || options->json); paths++)
		if (check(options, &kernel, *paths, report) != EXIT_OK)
			status = EXIT_FAILED;
	if (options->json && print_json(report) != EXIT_OK)
		status = EXIT_FAILED;
out:
	kernel_free(&kernel);
	json_decref(report);
	return status;
}

int cmd_check(int argc, char **argv)
{
	struct check_options options = { 0 };
	int c;

	while ((c = getopt_long(argc, argv, "k:s:qh", long_options, NULL)) != -1) {
		switch (c) {
		case 'k':
			options.kernel = optarg;
			break;
		case 's':
			options.sample = optarg;
			break;
		case OPT_JSON:
			options.json = true;
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
