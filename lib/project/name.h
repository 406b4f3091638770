/* SPDX-License-Identifier: GPL-2.0-only */
/* The names of drivers and the paths that they can be built in. */
#ifndef LIB_NEW_NAME_H
#define LIB_NEW_NAME_H

#include "base/error.h"

/* of a stream's name, which a driver is likely to have too; a module's may be longer */
#define NAME_LEN_MAX 31

/*
 * Whether NAME can be a driver's: it names files, a kernel module, and, with - as _, what is in the
 * C file. Returns 0, or -1 with ERR set.
 */
int name_check(const char *name, struct error *err);

/* Puts NAME, with - as _, into SYMBOL. */
void name_symbol(char symbol[NAME_LEN_MAX + 1], const char *name);

/*
 * Whether make, the compiler and the kernel's build can work in the directory PATH. Returns 0, or
 * -1 with ERR set.
 */
int name_check_path(const char *path, struct error *err);

#endif
