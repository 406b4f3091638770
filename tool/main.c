// SPDX-License-Identifier: GPL-2.0-only
/* The `ferry` command: finds the subcommand and hands over. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} commands[] = {
	{ "image", cmd_image, "build a disk image from a config file" },
	{ "boot", cmd_boot, "boot an image on an emulated board, as its firmware would" },
	{ "flash", cmd_flash, "write an image to a card, and read it back" },
	{ "check", cmd_check, "tell whether a kernel would take a module" },
	{ "new", cmd_new, "start a driver of your own, in a directory of its own" },
	{ "pick", cmd_pick, "show the drivers of a Linux kernel tree" },
	{ "pins", cmd_pins, "show a recording of GPIO pins" },
};

static void usage(FILE *f)
{
	fputs("Usage: ferry COMMAND [OPTION]...\n"
	      "Low-level code onto small boards.\n\n",
	      f);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(f, "  %-8s %s\n", commands[i].name, commands[i].help);
	fputs("\n`ferry COMMAND --help` tells more.\n", f);
}

/* A full disk behind standard output is a failure, and one that stdio tells only here. */
static int finish(int status)
{
	if ((fflush(stdout) != 0 || ferror(stdout)) && status == EXIT_OK) {
		fputs("ferry: cannot write to standard output\n", stderr);
		return EXIT_FAILED;
	}
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	char name[32];

	/* getopt opens its messages with this. */
	snprintf(name, sizeof(name), "ferry %s", command->name);
	argv[0] = name;
	return finish(command->run(argc, argv));
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		usage(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		usage(stdout);
		return finish(EXIT_OK);
	}
	if (!strcmp(argv[1], "--version")) {
		puts("ferry " FERRY_VERSION);
		return finish(EXIT_OK);
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(argv[1], commands[i].name))
			return run(&commands[i], argc - 1, argv + 1);
	fprintf(stderr, "ferry: no command '%s'; `ferry --help` lists them\n", argv[1]);
	return EXIT_USAGE;
}
