// SPDX-License-Identifier: GPL-2.0-only
/* The command line of `ferry boot`: see cmd-boot-options.h. */
#include "cmd-boot-options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/error.h"
#include "boot/boards.h"
#include "pins/parse.h"

#define ICOUNT_MOST 10

/* What was not asked for goes by the mode: a script at the console, or the user. */
enum choice { BY_MODE, YES, NO };

static const char usage_text[] =
	"Usage: ferry boot [OPTION]... IMAGE [-- QEMU-ARGUMENT...]\n"
	"Boots IMAGE on an emulated board as the board's firmware would: an SD card image, a bare "
	"FAT file system, or a kernel.\n"
	"The console is on the terminal (Ctrl-A x leaves, Ctrl-A h helps), or a script is at the "
	"console.\n\n"
	"  -b, --board=NAME      %s; else the image's directory tells, or its files\n"
	"  -a, --append=TEXT     add TEXT to the kernel's command line\n"
	"      --dtb=FILE        this devicetree in place of the image's, or of QEMU's\n"
	"      --overlay=FILE[,PARAMETER=VALUE]...\n"
	"                        apply this overlay (.dtbo) to the devicetree; may be given "
	"several "
	"times\n"
	"      --device=TYPE[,PROPERTY=VALUE]...\n"
	"                        a device of QEMU's, on a bus of the board: "
	"tmp105,bus=i2c-bus.1,address=0x48; likewise\n"
	"  -s, --script=FILE     run the console script FILE (- is standard input), exit with its "
	"result\n"
	"  -l, --log=FILE        write all that the console says into FILE\n"
	"  -j, --junit=FILE      write the script's outcome as JUnit XML\n"
	"      --snapshot        leave IMAGE untouched (what scripts do)\n"
	"      --no-snapshot     let the board write to IMAGE (what else happens)\n"
	"      --reboot          the board may restart itself (without a script it may)\n"
	"      --no-reboot       a restart of the board is its end (with a script it is)\n"
	"      --icount=SHIFT    an instruction takes 2^SHIFT ns of virtual time; off: time is the "
	"host's;\n"
	"                        auto: as suits the board (off for a user on a board of several "
	"CPUs)\n"
	"  -p, --pins=LIST       show what these GPIO pins did, at the end, as `ferry pins` does: "
	"17,47 or 0-27\n"
	"  -r, --record=FILE     record the pins of --pins, or all, for `ferry pins FILE`, instead "
	"of showing them\n"
	"      --print           print what the firmware chose and QEMU's command line, start "
	"nothing\n"
	"      --dtb-out=FILE    write the devicetree that the kernel gets, overlays applied\n"
	"      --qemu=PROGRAM    the QEMU to run\n"
	"  -q, --quiet           only errors: no notices, and no console output of a script\n"
	"  -h, --help            this text\n";

enum {
	OPT_SNAPSHOT = 256,
	OPT_NO_SNAPSHOT,
	OPT_REBOOT,
	OPT_NO_REBOOT,
	OPT_ICOUNT,
	OPT_PRINT,
	OPT_DTB_OUT,
	OPT_DTB,
	OPT_OVERLAY,
	OPT_DEVICE,
	OPT_QEMU
};

static const struct option long_options[] = {
	{ "board", required_argument, NULL, 'b' },
	{ "append", required_argument, NULL, 'a' },
	{ "script", required_argument, NULL, 's' },
	{ "log", required_argument, NULL, 'l' },
	{ "junit", required_argument, NULL, 'j' },
	{ "snapshot", no_argument, NULL, OPT_SNAPSHOT },
	{ "no-snapshot", no_argument, NULL, OPT_NO_SNAPSHOT },
	{ "reboot", no_argument, NULL, OPT_REBOOT },
	{ "no-reboot", no_argument, NULL, OPT_NO_REBOOT },
	{ "icount", required_argument, NULL, OPT_ICOUNT },
	{ "pins", required_argument, NULL, 'p' },
	{ "record", required_argument, NULL, 'r' },
	{ "print", no_argument, NULL, OPT_PRINT },
	{ "dry-run", no_argument, NULL, OPT_PRINT },
	{ "dtb-out", required_argument, NULL, OPT_DTB_OUT },
	{ "dtb", required_argument, NULL, OPT_DTB },
	{ "overlay", required_argument, NULL, OPT_OVERLAY },
	{ "device", required_argument, NULL, OPT_DEVICE },
	{ "qemu", required_argument, NULL, OPT_QEMU },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static void print_usage(void)
{
	struct strbuf names = STRBUF_INIT;

	board_names(&names);
	printf(usage_text, names.buf ? names.buf : "");
	strbuf_free(&names);
}

/* Always returns -1. */
static int __attribute__((format(printf, 1, 2))) wrong_use(const char *fmt, ...)
{
	va_list ap;

	fputs("ferry boot: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs("; `ferry boot --help` tells more\n", stderr);
	return -1;
}

static int parse_icount(const char *text, int *icount)
{
	char *end;
	long shift = strtol(text, &end, 10);

	if (!strcmp(text, "off"))
		*icount = BOOT_ICOUNT_OFF;
	else if (!strcmp(text, "auto"))
		*icount = BOOT_ICOUNT_AUTO;
	else if (*text && !*end && shift >= 0 && shift <= ICOUNT_MOST)
		*icount = (int)shift;
	else
		return wrong_use("--icount is off, auto or 0 to %d, not '%s'", ICOUNT_MOST, text);
	return 0;
}

static int add_pins(const char *text, uint64_t *pins)
{
	struct error err = { 0 };
	uint64_t these;

	if (parse_pins(text, &these, &err) < 0)
		return wrong_use("--pins: %s", err.text);
	*pins |= these;
	return 0;
}

static int add_text(const char *const **texts, size_t *count, const char *text)
{
	const char **array = (const char **)*texts;
	const char **added = ARRAY_ADD(array, *count);

	*texts = array;
	if (!added)
		return wrong_use("out of memory");
	*added = text;
	return 0;
}

static bool is_chosen(enum choice choice, bool by_mode)
{
	return choice == BY_MODE ? by_mode : choice == YES;
}

/* What follows from the options together. */
static int complete(struct boot_arguments *arguments, enum choice snapshot, enum choice restart)
{
	struct boot_options *boot = &arguments->boot;

	if (arguments->junit && !arguments->script)
		return wrong_use("--junit reports on a script: give --script too");
	boot->unattended = arguments->script != NULL;
	boot->snapshot = is_chosen(snapshot, boot->unattended);
	boot->restart = is_chosen(restart, !boot->unattended);
	boot->pins = arguments->pins;
	boot->all_pins = arguments->record && !arguments->pins;
	return 0;
}

int boot_options_parse(struct boot_arguments *arguments, int argc, char **argv)
{
	struct boot_options *boot = &arguments->boot;
	enum choice snapshot = BY_MODE, restart = BY_MODE;
	int all = argc, c;

	*arguments = (struct boot_arguments){ .boot = { .icount = BOOT_ICOUNT_AUTO } };
	for (argc = 1; argc < all && strcmp(argv[argc], "--") != 0; argc++)
		;
	if (argc < all)
		boot->extra = argv + argc + 1;
	while ((c = getopt_long(argc, argv, "b:a:s:l:j:p:r:qh", long_options, NULL)) != -1) {
		switch (c) {
		case 'b':
			boot->board = optarg;
			break;
		case 'a':
			boot->append = optarg;
			break;
		case 's':
			arguments->script = optarg;
			break;
		case 'l':
			arguments->log = optarg;
			break;
		case 'j':
			arguments->junit = optarg;
			break;
		case OPT_SNAPSHOT:
		case OPT_NO_SNAPSHOT:
			snapshot = c == OPT_SNAPSHOT ? YES : NO;
			break;
		case OPT_REBOOT:
		case OPT_NO_REBOOT:
			restart = c == OPT_REBOOT ? YES : NO;
			break;
		case OPT_ICOUNT:
			if (parse_icount(optarg, &boot->icount) < 0)
				return -1;
			break;
		case 'p':
			if (add_pins(optarg, &arguments->pins) < 0)
				return -1;
			break;
		case 'r':
			arguments->record = optarg;
			break;
		case OPT_PRINT:
			arguments->print = true;
			break;
		case OPT_DTB_OUT:
			arguments->dtb_out = optarg;
			break;
		case OPT_DTB:
			boot->dtb = optarg;
			break;
		case OPT_OVERLAY:
			if (add_text(&boot->overlays, &boot->overlay_count, optarg) < 0)
				return -1;
			break;
		case OPT_DEVICE:
			if (add_text(&boot->devices, &boot->device_count, optarg) < 0)
				return -1;
			break;
		case OPT_QEMU:
			boot->qemu = optarg;
			break;
		case 'q':
			arguments->quiet = true;
			break;
		case 'h':
			print_usage();
			return 1;
		default:
			return wrong_use("that is not how it is used");
		}
	}
	if (argc - optind != 1)
		return wrong_use(argc == optind ? "say which image to boot" :
						  "one image at a time");
	boot->image = argv[optind];
	return complete(arguments, snapshot, restart);
}

void boot_options_free(struct boot_arguments *arguments)
{
	free((void *)arguments->boot.overlays);
	free((void *)arguments->boot.devices);
}
