/* SPDX-License-Identifier: GPL-2.0-only */
/* The program of the user port: one driver, what it drives, and who uses it. */
#ifndef PORTS_USER_PROGRAM_H
#define PORTS_USER_PROGRAM_H

#include <user.h>

#include "base/error.h"
#include "restart/supervise.h"

#define PROGRAM_SOCKETS	 16
#define PROGRAM_SETTINGS 16 /* pins, and properties, of the device */

/* The driver that the program is for, and its name; made by the build. */
extern const struct fy_driver *const program_driver;
extern const char program_name[];
/*
 * The drivers of GPIO controllers that there are, for a driver that uses pins; ended by NULL. Made
 * by the build, too.
 */
extern const struct fy_driver *const program_controllers[];
/*
 * The model of the device that a project brings along; its `compatible` is the driver's first.
 * NULL: it has none. Made by the build, too.
 */
extern struct user_model_kind *const program_own_model;

struct program_options {
	/* the model's name; "": the one that the driver names; NULL: none */
	const char *model;
	/* the file with the registers, and the UIO device for the interrupt */
	const char *mem, *uio;
	uint64_t mem_offset;
	uint32_t mem_size;
	/* which of the driver's devices it is; NULL: the model's, or the first */
	const char *compatible;
	/* of a device on an I2C bus of the host's: the bus, a file, and the address; NULL: none */
	const char *bus;
	uint8_t address;
	struct supervised_socket socket[PROGRAM_SOCKETS];
	unsigned sockets;
	struct program_pin {
		const char *function;
		unsigned number;
		bool active_low;
	} pin[PROGRAM_SETTINGS];
	struct program_property {
		const char *name;
		uint32_t value;
	} property[PROGRAM_SETTINGS];
	unsigned pins, properties;
	struct program_property parameter[PROGRAM_SETTINGS];
	unsigned parameters;
	const char *record;
	/* whom to become when started by root; "": nobody else; NULL: as the rest has it */
	const char *user;
	bool shell;
	bool sandbox;
	bool supervise;
	bool no_packed;
	bool json;	     /* what the shell prints of classes */
	const char *samples; /* the socket for a sensor's samples; NULL: none */
	uint64_t interval;   /* ns between them; 0: as the device has it */
};

/*
 * Reads the command line. Returns 0; 1: nothing is left to do, --help was asked for; -1 with ERR
 * set: wrong use.
 */
int program_options(struct program_options *options, int argc, char **argv, struct error *err);

/*
 * Adds the driver's device to WORLD, with its registers, and probes it. One that uses pins gets the
 * controller that they are on, which then has the registers. Returns the model of the registers
 * (NULL: none) in *MODEL, and the device. NULL: ERR says why.
 */
struct fy_device *program_add_device(struct user_world *world,
				     const struct program_options *options,
				     struct user_model **model, struct error *err);

/* What DEV offers that front ends can use; free() is for the caller. NULL: ERR says why. */
struct service *program_serve(struct fy_device *dev, struct error *err);

/*
 * Gives up what the program does not need any more once all is open: capabilities, root's identity,
 * the means to gain any, and all system calls but those that ROLE needs.
 */
enum program_role {
	PROGRAM_SERVER,
	PROGRAM_PROXY, /* with --supervise */
};
int program_sandbox(const struct program_options *options, enum program_role role,
		    struct error *err);

/* Pins of MODEL, recorded in PATH as `ferry boot --record` does. */
struct program_recorder;
struct program_recorder *program_record(struct user_world *world, struct user_model *model,
					const char *path, struct error *err);
/* Ends the recording and puts it in place. NULL is fine. */
int program_recorder_end(struct program_recorder *recorder, struct error *err);

/*
 * Commands from standard input, whose end is the program's when the shell is ALONE. MODEL may be
 * NULL. JSON: commands of classes print JSON. NULL: out of memory.
 */
struct program_shell;
struct program_shell *program_shell(struct user_world *world, struct user_model *model, bool alone,
				    bool json);
void program_shell_free(struct program_shell *shell);

#endif
