/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shell's part for I2C buses. A command's result is printed when its transfers are over; until
 * then the shell waits.
 */
#ifndef PORTS_USER_PROGRAM_SHELL_I2C_H
#define PORTS_USER_PROGRAM_SHELL_I2C_H

#include <user.h>

#define SHELL_I2C_BYTES 256 /* that are read, or written, at a time */

struct shell_i2c {
	struct fy_i2c_bus *bus;	  /* NULL: there is none */
	void (*ended)(void *arg); /* the result has been printed */
	void *arg;
	bool busy;
	unsigned scanned; /* the address that is tried; 0: it is no scan */
	struct fy_i2c_transfer transfer;
	struct fy_i2c_message message[2];
	uint8_t written[SHELL_I2C_BYTES], read[SHELL_I2C_BYTES];
};

/*
 * The first two are for the shell, the third and fourth are commands: return an error, or 0 and
 * ENDED will be called.
 */
void shell_i2c_init(struct shell_i2c *i2c, struct user_world *world, void (*ended)(void *arg),
		    void *arg);
void shell_i2c_end(struct shell_i2c *i2c);
/* Prints which addresses acknowledge. */
int shell_i2c_scan(struct shell_i2c *i2c);
/* TEXT: "ADDRESS [BYTE]... [rCOUNT]": writes the bytes to the target, then reads COUNT from it. */
int shell_i2c_transfer(struct shell_i2c *i2c, const char *text);

#endif
