/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * Tests on the board: TAP lines on the console. A group of tests is a function in a file of its
 * own.
 */
#ifndef SELFTEST_TAP_H
#define SELFTEST_TAP_H

#include <ferry/app.h>

/* `ok N - NAME`, or `not ok` with what was got and what was wanted. */
void tap_is(const char *name, uint64_t got, uint64_t wanted);
void tap_is_int(const char *name, int64_t got, int64_t wanted);
void tap_is_text(const char *name, const char *got, const char *wanted);
/* That GOT is from LOW to HIGH. */
void tap_in(const char *name, uint64_t got, uint64_t low, uint64_t high);
void tap_skip(const char *name, const char *why);
/* The plan, and how many failed. Returns that. */
unsigned tap_done(void);

void test_arithmetic(void);
void test_format(void);
void test_time(void);
void test_lock(void);
void test_work(void);
void test_memory(void);
void test_registers(void);
void test_contract(void);
void test_dma(void);
void test_random(void);
void test_i2c(void);
void test_spi(void);
void test_sensor(void);
void test_rtc(void);
void test_classes(void);
void test_gpio(void);
void test_gpio_events(void);

#endif
