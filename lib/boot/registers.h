/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The registers of an emulated board, read and written from outside, by QEMU's qtest protocol: a
 * line there, a line back. The guest does not see it, nor does a plugin.
 */
#ifndef LIB_BOOT_REGISTERS_H
#define LIB_BOOT_REGISTERS_H

#include <stdint.h>

#include "base/error.h"

/*
 * FD is the socket of QEMU's -qtest, non-blocking. ADDRESS is physical, and of a 32-bit register.
 * Each returns 0, or -1 with ERR set: QEMU is gone, or does not answer within 10 seconds, or not as
 * it should.
 */
int registers_read(int fd, uint64_t address, uint32_t *value, struct error *err);
int registers_write(int fd, uint64_t address, uint32_t value, struct error *err);

#endif
