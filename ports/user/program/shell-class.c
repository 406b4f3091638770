// SPDX-License-Identifier: GPL-2.0-only
/* The shell's commands by class: see shell-class.h. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell-class.h"

const struct shell_class_kind *const shell_class_kinds[] = { &shell_sensor, &shell_rtc,
							     &shell_memory, &shell_led,
							     &shell_pwm,    &shell_watchdog,
							     &shell_input,  NULL };

int shell_classes_init(struct shell_classes *all, struct user_world *world, bool json,
		       void (*ended)(void *arg), void *arg)
{
	for (const struct shell_class_kind *const *kind = shell_class_kinds; *kind; kind++) {
		struct shell_class *c = &all->classes[all->count];

		if (!(*kind)->offered(world))
			continue;
		*c = (struct shell_class){
			.kind = *kind, .world = world, .json = json, .ended = ended, .arg = arg
		};
		c->state = calloc(1, (*kind)->state_size ? (*kind)->state_size : 1);
		if (!c->state) {
			shell_classes_end(all);
			return FY_ERR_NO_MEMORY;
		}
		all->count++;
	}
	return 0;
}

void shell_classes_end(struct shell_classes *all)
{
	while (all->count) {
		struct shell_class *c = &all->classes[--all->count];

		if (c->kind->end)
			c->kind->end(c);
		free(c->state);
	}
}

bool shell_classes_busy(const struct shell_classes *all)
{
	for (unsigned i = 0; i < all->count; i++)
		if (all->classes[i].busy)
			return true;
	return false;
}

void shell_classes_help(const struct shell_classes *all)
{
	for (unsigned i = 0; i < all->count; i++)
		for (const struct shell_command *c = all->classes[i].kind->commands; c->name; c++)
			printf("%s\n", c->usage);
}

bool shell_classes_run(struct shell_classes *all, const char *name, char *text, int *error)
{
	for (unsigned i = 0; i < all->count; i++)
		for (const struct shell_command *c = all->classes[i].kind->commands; c->name; c++)
			if (!strcmp(c->name, name)) {
				*error = c->run(&all->classes[i], text);
				return true;
			}
	return false;
}

/* ---- For commands. ---- */

void shell_class_done(struct shell_class *c)
{
	c->busy = false;
	c->ended(c->arg);
}

char *shell_word(char **text)
{
	return strtok_r(*text, " \t\r", text);
}

bool shell_number(const char *word, uint64_t max, uint64_t *number)
{
	char *end;

	if (!word || *word < '0' || *word > '9')
		return false;
	errno = 0;
	*number = strtoull(word, &end, 0);
	return !*end && !errno && *number <= max;
}

bool shell_micro(const char *word, int64_t *micro)
{
	const bool negative = word && *word == '-';
	uint64_t value = 0;
	unsigned places = 0, digits = 0;

	if (!word)
		return false;
	for (word += negative; *word; word++) {
		if (*word == '.' && !places && digits) {
			places = 1;
			continue;
		}
		if (*word < '0' || *word > '9' || places > 6 || digits++ == 12)
			return false;
		value = value * 10 + (uint64_t)(*word - '0');
		places += places > 0;
	}
	for (unsigned i = places ? places - 1 : 0; i < 6; i++)
		value *= 10;
	*micro = negative ? -(int64_t)value : (int64_t)value;
	return digits > 0;
}

void shell_json_text(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if ((unsigned char)*text < ' ')
			printf("\\u%04x", (unsigned)*text);
		else if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else
			putchar(*text);
	}
	putchar('"');
}
