// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry pick: which drivers a Linux tree has, and what is known of each. What lib/pick reads is
 * printed here.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cmd-pick.h"
#include "cmd.h"
#include "pick/wanted.h"

static const char usage_text[] =
	"Usage: ferry pick --linux-src=DIR [OPTION]... [DRIVER]...\n"
	"Shows the drivers of a Linux kernel tree: all, or each DRIVER, by its symbol, its module "
	"or\n"
	"one of its files. The tree is only read. On a terminal you choose from all of them.\n\n"
	"  -l, --linux-src=DIR    the tree; else LINUX_SRC of the environment, or of --config\n"
	"  -m, --module-src=DIR   a folder of drivers outside the tree, with a Kbuild or Makefile\n"
	"  -c, --config=FILE      a file with lines LINUX_SRC= and DRIVER=; options and DRIVERs "
	"win\n"
	"      --list             print a line with tabs for each driver\n"
	"      --json             print JSON\n"
	"  -d, --driver=NAME      as DRIVER\n"
	"  -s, --subsystem=NAME   those below a folder of drivers/: rtc, net/ethernet, hwrng\n"
	"      --compatible=NAME  those for a device of the devicetree: arm,pl061\n"
	"      --id=BUS:ID        those for a device: pci:8086:100e, usb:046d:c077, acpi:PNP0103,\n"
	"                         amba:00041061, virtio:2, i2c:lm75, spi:mcp23s17, platform:NAME\n"
	"  -b, --board=NAME       for a board: what is missing in its kernel's configuration; "
	"without\n"
	"                         drivers, which driver serves each node of its devicetree\n"
	"      --kernel-config=FILE   the configuration, in place of the board's\n"
	"      --dtb=FILE         the devicetree, in place of the board's\n"
	"      --no-sources       do not read sources: licence, lines, ids and services stay "
	"empty\n"
	"  -a, --arch=NAME        read this architecture's Kconfig alone: arm64, arm, x86\n"
	"  -h, --help             this text\n";

enum {
	OPT_LIST = 256,
	OPT_JSON,
	OPT_COMPATIBLE,
	OPT_ID,
	OPT_NO_SOURCES,
	OPT_KERNEL_CONFIG,
	OPT_DTB
};

/* So many lines on what is odd in a tree are enough to see that something is. */
enum { MAX_NOTES = 20 };

enum { MAX_DTB = 16 << 20 };

static const struct option long_options[] = {
	{ "linux-src", required_argument, NULL, 'l' },
	{ "module-src", required_argument, NULL, 'm' },
	{ "config", required_argument, NULL, 'c' },
	{ "list", no_argument, NULL, OPT_LIST },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "driver", required_argument, NULL, 'd' },
	{ "subsystem", required_argument, NULL, 's' },
	{ "arch", required_argument, NULL, 'a' },
	{ "compatible", required_argument, NULL, OPT_COMPATIBLE },
	{ "id", required_argument, NULL, OPT_ID },
	{ "board", required_argument, NULL, 'b' },
	{ "kernel-config", required_argument, NULL, OPT_KERNEL_CONFIG },
	{ "dtb", required_argument, NULL, OPT_DTB },
	{ "no-sources", no_argument, NULL, OPT_NO_SOURCES },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

struct request {
	struct pick_options options;
	const char *linux_src, *config;
	const char *subsystem, *compatible, *id;
	const char *board, *kernel_config, *dtb;
	const char **driver;
	size_t driver_count;
	bool list, json;
};

static int complain(const struct error *err)
{
	fprintf(stderr, "ferry pick: %s\n", err->text);
	return EXIT_FAILED;
}

/* --- Which drivers --- */

static void keep_subsystem(struct pick_list *list, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (pick_in_subsystem(list->driver[i], name))
			list->driver[kept++] = list->driver[i];
	list->count = kept;
}

/* Replaces LIST, which has all, by those that are named. */
static int keep_named(const struct request *r, const struct pick_tree *tree, struct pick_list *list,
		      struct error *err)
{
	struct pick_driver **named = calloc(r->driver_count, sizeof(struct pick_driver *));
	struct pick_list one;

	if (!named)
		return error_set(err, "out of memory");
	for (size_t i = 0; i < r->driver_count; i++) {
		if (pick_all(tree, &one, err) < 0 || pick_choose(&one, r->driver[i], err) < 0) {
			pick_list_free(&one);
			free(named);
			return -1;
		}
		named[i] = one.driver[0];
		pick_list_free(&one);
	}
	free(list->driver);
	list->driver = named;
	list->count = r->driver_count;
	return 0;
}

static void keep_id(struct pick_list *list, const char *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (pick_has_id(list->driver[i], text))
			list->driver[kept++] = list->driver[i];
	list->count = kept;
}

/* Reads the sources of what is left, and keeps those for the devices that are asked for. */
static int read_sources(const struct request *r, struct pick_tree *tree, struct pick_list *list,
			struct error *err)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	char compatible[256];

	if (r->options.no_sources && !r->id && !r->compatible)
		return 0;
	if (sources_read(tree, list, processors > 1 ? (unsigned)processors : 1, err) < 0)
		return -1;
	if (r->id && !id_bus_is_known(r->id))
		return error_set(err,
				 "'%s' is no BUS:ID; buses are of, pci, usb, acpi, platform, "
				 "i2c, spi, amba and virtio",
				 r->id);
	if (r->id)
		keep_id(list, r->id);
	if (r->compatible) {
		snprintf(compatible, sizeof(compatible), "of:%s", r->compatible);
		keep_id(list, compatible);
	}
	if (!list->count)
		return error_set(err, "no driver is for '%s'",
				 r->compatible ? r->compatible : r->id);
	return 0;
}

static int find_drivers(const struct request *r, struct pick_tree *tree, struct pick_list *list,
			struct error *err)
{
	if (pick_all(tree, list, err) < 0)
		return -1;
	if (r->driver_count && keep_named(r, tree, list, err) < 0)
		return -1;
	if (r->subsystem)
		keep_subsystem(list, r->subsystem);
	if (!list->count && r->subsystem)
		return error_set(err, "no driver in the subsystem '%s'", r->subsystem);
	return read_sources(r, tree, list, err);
}

/* --- The command --- */

/* What was odd in the tree, a line each. */
static void print_notes(const struct strbuf *notes)
{
	const char *line = notes->buf;

	for (int i = 0; line && *line && i < MAX_NOTES; i++) {
		size_t len = strcspn(line, "\n");

		fprintf(stderr, "ferry pick: left out: %.*s\n", (int)len, line);
		line += len + (line[len] == '\n');
	}
	if (line && *line)
		fputs("ferry pick: left out: and more\n", stderr);
}

/* Whether the nodes of a devicetree are asked for rather than drivers. */
static bool wants_nodes(const struct request *r)
{
	return (r->board || r->dtb) && !r->list && !r->driver_count && !r->subsystem && !r->id &&
	       !r->compatible;
}

/* Whether there is a user to ask which drivers. */
static bool is_interactive(const struct request *r)
{
	return !r->list && !r->json && !r->driver_count && !wants_nodes(r) &&
	       isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static int print(const struct request *r, struct pick_view *view)
{
	int result = 0;

	if (wants_nodes(r) && r->json)
		result = pick_print_nodes_json(view);
	else if (wants_nodes(r))
		pick_print_nodes(view);
	else if (r->json)
		result = pick_print_json(view);
	else
		pick_print_lines(view);
	if (result == 0)
		return EXIT_OK;
	perror("ferry pick: cannot print");
	return EXIT_FAILED;
}

/* Reads the configuration, and the devicetree where its nodes are asked for. */
static int read_board(const struct request *r, const struct pick_board *board,
		      struct pick_view *view, struct error *err)
{
	const char *config = r->kernel_config ? r->kernel_config : board->config;
	const char *path = r->dtb ? r->dtb : board->dtb;
	char *dtb;
	size_t len;
	int result;

	if (config) {
		if (pick_config_read(&view->config, config, err) < 0)
			return -1;
		view->has_config = true;
	}
	if (!wants_nodes(r))
		return 0;
	if (!path)
		return error_set(err, "%s has no devicetree file: name one with --dtb", r->board);
	if (file_read(path, MAX_DTB, &dtb, &len, err) < 0)
		return -1;
	result = pick_nodes_read(&view->nodes, dtb, len, path, &view->list,
				 view->has_config ? &view->config : NULL, err);
	free(dtb);
	return result;
}

static int read_all(const struct request *r, struct pick_view *view, struct pick_board *board,
		    struct error *err)
{
	if (r->board && (!r->kernel_config || !r->dtb) && pick_board_find(board, r->board, err) < 0)
		return -1;
	if (pick_tree_read(&view->tree, r->linux_src, &r->options, err) < 0 ||
	    find_drivers(r, &view->tree, &view->list, err) < 0)
		return -1;
	return read_board(r, board, view, err);
}

static int pick(const struct request *r)
{
	struct pick_view view = { .tree = { .files = { .root = -1 },
					    .module_files = { .root = -1 } } };
	struct pick_board board = { 0 };
	struct error err;
	int status;

	if (read_all(r, &view, &board, &err) < 0 ||
	    (is_interactive(r) && pick_screen(&view, &err) < 0))
		status = complain(&err);
	else if (is_interactive(r) && !view.list.count)
		status = EXIT_FAILED; /* left without a choice */
	else
		status = print(r, &view);
	print_notes(&view.tree.kconfig.notes);
	print_notes(&view.tree.kbuild.notes);
	pick_nodes_free(&view.nodes);
	pick_config_free(&view.config);
	pick_list_free(&view.list);
	pick_tree_free(&view.tree);
	pick_board_free(&board);
	return status;
}

static int pick_with_config(struct request *r)
{
	struct wanted wanted = { 0 };
	struct error err;
	int status;

	if (r->config && wanted_read(&wanted, r->config, &err) < 0) {
		wanted_free(&wanted);
		return complain(&err);
	}
	if (!r->linux_src)
		r->linux_src = wanted.linux_src ? wanted.linux_src : getenv("LINUX_SRC");
	if (!r->driver_count) {
		r->driver = (const char **)wanted.driver;
		r->driver_count = wanted.count;
	}
	if (!r->linux_src || !*r->linux_src) {
		fputs("ferry pick: which tree: --linux-src=DIR, or LINUX_SRC\n", stderr);
		status = EXIT_USAGE;
	} else {
		status = pick(r);
	}
	wanted_free(&wanted);
	return status;
}

/* Returns an exit status where the options alone decide it, or -1. */
static int read_options(int argc, char **argv, struct request *r)
{
	int c;

	while ((c = getopt_long(argc, argv, "l:m:c:d:s:a:b:h", long_options, NULL)) != -1) {
		switch (c) {
		case 'l':
			r->linux_src = optarg;
			break;
		case 'm':
			r->options.module_src = optarg;
			break;
		case 'c':
			r->config = optarg;
			break;
		case 'd':
			r->driver[r->driver_count++] = optarg;
			break;
		case 's':
			r->subsystem = optarg;
			break;
		case 'a':
			r->options.arch = optarg;
			break;
		case 'b':
			r->board = optarg;
			break;
		case OPT_KERNEL_CONFIG:
			r->kernel_config = optarg;
			break;
		case OPT_DTB:
			r->dtb = optarg;
			break;
		case OPT_COMPATIBLE:
			r->compatible = optarg;
			break;
		case OPT_ID:
			r->id = optarg;
			break;
		case OPT_NO_SOURCES:
			r->options.no_sources = true;
			break;
		case OPT_LIST:
			r->list = true;
			r->json = false;
			break;
		case OPT_JSON:
			r->json = true;
			break;
		case 'h':
			fputs(usage_text, stdout);
			return EXIT_OK;
		default:
			fputs("`ferry pick --help` tells more.\n", stderr);
			return EXIT_USAGE;
		}
	}
	while (optind < argc)
		r->driver[r->driver_count++] = argv[optind++];
	return -1;
}

int cmd_pick(int argc, char **argv)
{
	struct request r = { .driver = calloc((size_t)argc + 1, sizeof(char *)) };
	const char **named = r.driver;
	int status;

	if (!r.driver) {
		fputs("ferry pick: out of memory\n", stderr);
		return EXIT_FAILED;
	}
	status = read_options(argc, argv, &r);
	if (status < 0)
		status = pick_with_config(&r);
	free((void *)named);
	return status;
}
