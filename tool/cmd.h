/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The subcommands of `ferry`. Each gets its own argument vector; argv[0] is its whole name, `ferry
 * boot`.
 */
#ifndef TOOL_CMD_H
#define TOOL_CMD_H

/* Exit statuses, the same for every subcommand. */
enum {
	EXIT_OK = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
};

int cmd_boot(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_flash(int argc, char **argv);
int cmd_image(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_pick(int argc, char **argv);
int cmd_pins(int argc, char **argv);

#endif
