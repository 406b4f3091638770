// SPDX-License-Identifier: GPL-2.0-only
/* ferry new: starts a driver project outside Ferry's tree, from the files in templates/. */
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/program.h"
#include "cmd.h"
#include "project/name.h"
#include "project/project.h"

/* Each has a directory of its own in templates/; what all projects share is in PROJECT. */
#define PROJECT "project"
static const struct class
{
	const char *name;
	const char *help;
} classes[] = {
	{ "plain", "neither offers nor uses anything yet (the default)" },
	{ "stream", "offers a device that bytes are written to: /dev/NAME" },
	{ "gpio", "offers the pins of a GPIO controller; with a model of its registers" },
	{ "gpio-consumer", "uses a GPIO pin, and a timer" },
	{ "i2c-target", "a device on an I2C bus; with a model of its registers" },
	{ "spi-target", "the same on an SPI bus" },
	{ "i2c-sensor", "a sensor on an I2C bus; with a model of its registers" },
	{ "spi-sensor", "the same on an SPI bus" },
};
#define CLASS_COUNT (sizeof(classes) / sizeof(classes[0]))

struct options {
	const char *name;
	const struct class *class;
	const char *directory; /* NULL: NAME */
};

static const struct option long_options[] = {
	{ "class", required_argument, NULL, 'c' },
	{ "directory", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static void print_help(void)
{
	fputs("Usage: ferry new [OPTION]... NAME\n"
	      "Makes the directory NAME with a driver to start from: the driver in one C file, its "
	      "tests,\n"
	      "a Makefile that builds it for every port, a README and a CI file.\n\n"
	      "  -c, --class CLASS    what the driver offers or uses:\n",
	      stdout);
	for (size_t i = 0; i < CLASS_COUNT; i++)
		printf("       %-15s %s\n", classes[i].name, classes[i].help);
	fputs("  -d, --directory DIR  the directory to make, in place of NAME\n"
	      "  -h, --help           this text\n",
	      stdout);
}

static int usage_error(const char *text)
{
	fprintf(stderr, "ferry new: %s; `ferry new --help` tells more\n", text);
	return EXIT_USAGE;
}

static void complain_of_class(const char *name)
{
	fprintf(stderr, "ferry new: there is no class '%s'; classes are:", name);
	for (size_t i = 0; i < CLASS_COUNT; i++)
		fprintf(stderr, " %s", classes[i].name);
	fputc('\n', stderr);
}

static const struct class *find_class(const char *name)
{
	for (size_t i = 0; i < CLASS_COUNT; i++)
		if (!strcmp(classes[i].name, name))
			return &classes[i];
	return NULL;
}

/* Returns EXIT_OK, EXIT_USAGE, or -1 when --help was given and shown. */
static int parse_options(int argc, char **argv, struct options *o)
{
	int c;

	while ((c = getopt_long(argc, argv, "c:d:h", long_options, NULL)) != -1) {
		switch (c) {
		case 'c':
			o->class = find_class(optarg);
			if (o->class)
				break;
			complain_of_class(optarg);
			return EXIT_USAGE;
		case 'd':
			o->directory = optarg;
			break;
		case 'h':
			print_help();
			return -1;
		default:
			fputs("`ferry new --help` tells more\n", stderr);
			return EXIT_USAGE;
		}
	}
	if (optind + 1 != argc)
		return usage_error(optind == argc ? "say the driver's name" :
						    "one driver at a time");
	o->name = argv[optind];
	return EXIT_OK;
}

/* ---- Where things are. ---- */

/* Ferry's own files, templates among them: in its tree, or where `make install` has put them. */
static int find_data(char data[PATH_MAX], struct error *err)
{
	const char *named = getenv("FERRY_DATA");
	char path[PATH_MAX];

	if (named && *named)
		snprintf(path, sizeof(path), "%s", named);
	else if (program_beside(path, sizeof(path), "data", err) < 0)
		return error_prefix(err, "name the directory with Ferry's files by FERRY_DATA");
	if (!realpath(path, data))
		return error_errno(
			err, "%s: Ferry's files are not there; FERRY_DATA may name the directory",
			path);
	return name_check_path(data, err);
}

/* The absolute path of the directory to make: that above it must be there. The caller frees it. */
static char *find_place(const char *directory, struct error *err)
{
	char *path = NULL, *copy = strdup(directory), *copy2 = strdup(directory);
	char above[PATH_MAX];
	const char *last;

	if (!copy || !copy2) {
		error_set(err, "out of memory");
		goto out;
	}
	last = basename(copy);
	if (!strcmp(last, ".") || !strcmp(last, "..") || !strcmp(last, "/")) {
		error_set(err, "'%s': a new directory is made: say its name", directory);
		goto out;
	}
	if (!realpath(dirname(copy2), above)) {
		error_errno(err, "%s: cannot create", directory);
		goto out;
	}
	if (asprintf(&path, "%s/%s", strcmp(above, "/") ? above : "", last) < 0) {
		error_set(err, "out of memory");
		path = NULL;
	} else if (name_check_path(path, err) < 0) {
		free(path);
		path = NULL;
	}
out:
	free(copy2);
	free(copy);
	return path;
}

/* ---- The project. ---- */

/*
 * A driver of a name that Ferry's own has would take its place in bare-metal images, without a
 * word.
 */
static int check_name(const char *name, const char *data, struct error *err)
{
	char path[PATH_MAX];
	int n;

	if (strchr(name, '/'))
		return error_set(err,
				 "'%s' is a path: say the driver's name, and where it goes with "
				 "-d: ferry new -d %s NAME",
				 name, name);
	if (name_check(name, err) < 0)
		return -1;
	n = snprintf(path, sizeof(path), "%s/drivers/%s.c", data, name);
	if (n >= (int)sizeof(path) || access(path, F_OK) < 0)
		return 0;
	return error_set(err, "'%s' is one of Ferry's own drivers, %s: choose another name", name,
			 path);
}

/*
 * Whoever interrupts it, or closes the terminal, waits these few milliseconds: nothing half done is
 * left.
 */
static int make_undisturbed(const char *path, const char *const *templates,
			    const struct marker *markers, struct error *err)
{
	sigset_t ends, before;
	int rc;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, &ends, &before);
	rc = project_make(path, templates, markers, err);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static int make_from(const char *data, const struct options *o, const char *path, struct error *err)
{
	char common[PATH_MAX], own[PATH_MAX], symbol[NAME_LEN_MAX + 1];
	const char *const templates[] = { common, own, NULL };
	const struct marker markers[] = {
		{ "NAME", o->name },
		{ "SYMBOL", symbol },
		{ "CLASS", o->class->name },
		{ "FERRY", data },
		{ 0 },
	};

	if (snprintf(common, sizeof(common), "%s/templates/" PROJECT, data) >=
		    (int)sizeof(common) ||
	    snprintf(own, sizeof(own), "%s/templates/%s", data, o->class->name) >= (int)sizeof(own))
		return error_set(err, "%s: the path is too long", data);
	name_symbol(symbol, o->name);
	return make_undisturbed(path, templates, markers, err);
}

static int make_project(const struct options *o, struct error *err)
{
	char data[PATH_MAX];
	char *path;
	int rc;

	if (find_data(data, err) < 0 || check_name(o->name, data, err) < 0)
		return -1;
	path = find_place(o->directory ? o->directory : o->name, err);
	if (!path)
		return -1;
	rc = make_from(data, o, path, err);
	free(path);
	return rc;
}

int cmd_new(int argc, char **argv)
{
	struct options options = { .class = &classes[0] };
	struct error err;
	int rc = parse_options(argc, argv, &options);

	if (rc != EXIT_OK)
		return rc < 0 ? EXIT_OK : rc;
	if (make_project(&options, &err) < 0) {
		fprintf(stderr, "ferry new: %s\n", err.text);
		return EXIT_FAILED;
	}
	printf("%s: a driver of class %s. Now:\n"
	       "  cd %s\n"
	       "  make check    runs its tests\n"
	       "  make          builds it for every port\n",
	       options.name, options.class->name,
	       options.directory ? options.directory : options.name);
	return EXIT_OK;
}
