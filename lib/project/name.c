// SPDX-License-Identifier: GPL-2.0-only
/* The names of drivers: see name.h. */
#include "project/name.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define FIGURES "0123456789"

/*
 * Words that C, or a compiler that does not go by the standard alone, has taken (C11 6.4.1; gcc -dM
 * -E), as far as they are of lower case; those that the kernel's headers make the same names of as
 * a template does (enum module_state, kernel_write()); and main.c, which is beside the driver.
 */
static const char *const taken[] = {
	"asm",	   "auto",   "bool",   "break",	   "case",   "char",	 "const",    "continue",
	"default", "do",     "double", "else",	   "enum",   "extern",	 "false",    "float",
	"for",	   "goto",   "if",     "inline",   "int",    "long",	 "register", "restrict",
	"return",  "short",  "signed", "sizeof",   "static", "struct",	 "switch",   "true",
	"typedef", "typeof", "union",  "unsigned", "void",   "volatile", "while",    "i386",
	"linux",   "unix",   "core",   "kernel",   "key",    "module",	 "rnd",	     "main",
};

static bool is_taken(const char *name)
{
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		if (!strcmp(taken[i], name))
			return true;
	return false;
}

int name_check(const char *name, struct error *err)
{
	size_t len = strlen(name);
	size_t good = strspn(name, LETTERS FIGURES "-_");

	if (!len)
		return error_set(err, "a driver's name is not empty");
	if (name[good])
		return error_set(
			err, "'%s': a driver's name has a-z, 0-9, - and _ only, as in bcm2835-gpio",
			name);
	if (!strchr(LETTERS, name[0]))
		return error_set(err, "'%s': a driver's name begins with a letter", name);
	if (!strchr(LETTERS FIGURES, name[len - 1]))
		return error_set(err, "'%s': a driver's name ends with a letter or a figure", name);
	if (len > NAME_LEN_MAX)
		return error_set(err, "'%s': a driver's name has up to %d characters", name,
				 NAME_LEN_MAX);
	if (is_taken(name))
		return error_set(err,
				 "'%s' means something in C, in the kernel or in the build: choose "
				 "another name",
				 name);
	return 0;
}

void name_symbol(char symbol[NAME_LEN_MAX + 1], const char *name)
{
	snprintf(symbol, NAME_LEN_MAX + 1, "%s", name);
	for (; *symbol; symbol++)
		if (*symbol == '-')
			*symbol = '_';
}

int name_check_path(const char *path, struct error *err)
{
	size_t good = strcspn(path, " \t\n:#$%\\'\"*?[]();&|<>`~!=");

	if (!path[good])
		return 0;
	return error_set(
		err,
		"%s: make cannot build in a path that has a %s in it: choose another directory",
		path, path[good] == ' ' ? "space" : (char[]){ '\'', path[good], '\'', '\0' });
}
