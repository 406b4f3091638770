/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shell's commands for what a driver offers: a table for each class, in a file of its own. They
 * print text, or with --json a line of JSON each.
 */
#ifndef PORTS_USER_PROGRAM_SHELL_CLASS_H
#define PORTS_USER_PROGRAM_SHELL_CLASS_H

#include <user.h>

struct shell_class;

struct shell_command {
	const char *name;  /* NULL: the table's end */
	const char *usage; /* a line, or several, of `help` */
	/*
	 * TEXT is what follows the name; it may be changed. Returns 0, or an error of the
	 * contract. A command that takes its time sets ->busy, and at its end calls
	 * shell_class_done().
	 */
	int (*run)(struct shell_class *c, char *text);
};

struct shell_class_kind {
	const struct shell_command *commands;
	/* Whether a driver offers the class: otherwise its commands are not there. */
	bool (*offered)(struct user_world *world);
	size_t state_size;
	void (*end)(struct shell_class *c); /* NULL: nothing to do */
};

struct shell_class {
	const struct shell_class_kind *kind;
	struct user_world *world;
	bool json;
	bool busy;
	void (*ended)(void *arg);
	void *arg;
	void *state;
};

/* ended by NULL */
extern const struct shell_class_kind *const shell_class_kinds[];
extern const struct shell_class_kind shell_sensor, shell_rtc, shell_memory, shell_led, shell_pwm,
	shell_watchdog, shell_input;

#define SHELL_CLASSES_MAX 16

struct shell_classes {
	struct shell_class classes[SHELL_CLASSES_MAX];
	unsigned count;
};

/* ENDED(ARG) is called when a command that took its time is over. FY_ERR_NO_MEMORY. */
int shell_classes_init(struct shell_classes *all, struct user_world *world, bool json,
		       void (*ended)(void *arg), void *arg);
void shell_classes_end(struct shell_classes *all);
bool shell_classes_busy(const struct shell_classes *all);
void shell_classes_help(const struct shell_classes *all);
/* Runs the command NAME. Returns whether there is one; then *ERROR is what it returned. */
bool shell_classes_run(struct shell_classes *all, const char *name, char *text, int *error);

/* ---- For commands. ---- */

void shell_class_done(struct shell_class *c);
/* The next word of *TEXT, which is cut there; NULL: there is none. */
char *shell_word(char **text);
/*
 * Reads a decimal with up to six places ("21.5", "-3") in millionths. Returns whether it is one.
 */
bool shell_micro(const char *word, int64_t *micro);
/* Reads a whole number up to MAX, in any base of C. Returns whether it is one. */
bool shell_number(const char *word, uint64_t max, uint64_t *number);
/* Prints TEXT as a string of JSON, with its quotes. */
void shell_json_text(const char *text);

#endif
