/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A port for tests: a driver compiled into a test program, driven in virtual time by one thread. It
 * records what the driver does to its pin and what it logs. A test includes the driver's source and
 * defines the test_ variables.
 */
#ifndef FERRY_PORT_TYPES_H
#define FERRY_PORT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

extern uint64_t test_now; /* ns: the virtual time */

struct test_registers; /* io.h */

struct fy_device {
	void *state;
	const char *compatible;
	struct test_registers *registers;
	unsigned interrupts;		   /* how many it has */
	const char *const *property_names; /* ends with NULL */
	const uint32_t *property_values;
};

#endif
