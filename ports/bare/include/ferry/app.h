/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What an app on the bare metal has besides the contract: its main() is called once drivers and
 * interrupts run. When it returns, timers and interrupts go on.
 */
#ifndef FERRY_APP_H
#define FERRY_APP_H

#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/i2c.h>
#include <ferry/spi-segment.h>
#include <ferry/time.h>
#include <ferry/work.h>

/*
 * printf to the console: %s %c %d %i %u %x %p %%, with l, ll, z, width, precision and flags.
 * Context: any.
 */
void fy_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Waits for MS milliseconds; fy_sleep_until() is in <ferry/work.h>. Context: thread. */
static inline void fy_sleep_ms(uint32_t ms)
{
	fy_sleep_until(fy_now_ns() + ms * FY_NS_PER_MS);
}
/* Waits for the next interrupt of any kind. Context: thread. */
void fy_wait(void);

/* The byte that came in on the console, or -1: none yet. Context: thread. */
int fy_console_get(void);
/*
 * Waits for a line of up to SIZE - 1 characters from the console, shows what is typed, and lets the
 * backspace key correct it. Returns the length; LINE ends with a newline, unless it was too long,
 * and a zero byte. Context: thread.
 */
size_t fy_console_line(char *line, size_t size);

/*
 * Takes pin NUMBER of the board's gpio controller NAME ("gpio"); the errors are those of
 * fy_gpio_request(). Levels are then logical: ACTIVE_LOW says that 1 is a low pin. Context: thread.
 */
int fy_gpio_take(const char *name, unsigned number, bool active_low, enum fy_gpio_mode mode,
		 struct fy_gpio *pin);
/* Takes the board's LED. FY_ERR_NOT_FOUND: it has none on a pin. Context: thread. */
int fy_gpio_take_led(struct fy_gpio *pin);

/*
 * Writes to the stream that a driver offers as NAME, and waits for room. Returns 0;
 * FY_ERR_NOT_FOUND: there is no such stream; or what the driver says of the data (FY_ERR_INVALID).
 * Context: thread.
 */
int fy_stream_write(const char *name, const char *data, size_t len);
/* Waits until what was written has taken effect. Context: thread. */
void fy_stream_drain(const char *name);
/*
 * Reads up to LEN bytes, at least 1, that have come in from the stream NAME, and waits for the
 * first. Returns how many; FY_ERR_IO: after those that were read last, some were lost;
 * FY_ERR_NOT_FOUND; FY_ERR_UNSUPPORTED: it cannot be read. Context: thread.
 */
long fy_stream_read(const char *name, char *data, size_t len);
/* The same without waiting: FY_ERR_AGAIN when there are none. Context: thread. */
long fy_stream_take(const char *name, char *data, size_t len);

/*
 * Fills DATA with LEN random bytes of the board's source of them; waits for them to come.
 * FY_ERR_NOT_FOUND: it has none; FY_ERR_IO: it makes no more. Context: thread.
 */
int fy_random(void *data, size_t len);

/*
 * Has a transfer done on the board's I2C bus NAME ("i2c"), as <ferry/i2c.h> has it, and waits for
 * its end. FY_ERR_NOT_FOUND: there is no such bus, or nobody acknowledges; FY_ERR_INVALID; or what
 * the driver says. Context: thread.
 */
int fy_i2c_transfer(const char *name, const struct fy_i2c_message *messages, unsigned count);

/*
 * Has a transfer of COUNT segments done with the target that CONFIG describes, on the board's SPI
 * bus NAME ("spi"), and waits for its end. FY_ERR_NOT_FOUND: there is no such bus or chip select;
 * FY_ERR_INVALID; FY_ERR_UNSUPPORTED: it is beyond the controller's limits; FY_ERR_TIMEOUT; or what
 * the driver says. Context: thread.
 */
int fy_spi_transfer(const char *name, const struct fy_spi_config *config,
		    const struct fy_spi_segment *segments, unsigned count);

/* Memory for good, zeroed, aligned to 64 bytes; NULL: none left. Context: thread. */
void *fy_memory(size_t size);

/*
 * How much memory the board has, in bytes, as the firmware says; otherwise what the board's table
 * has.
 */
uint64_t fy_memory_size(void);
/* The devicetree that the firmware handed over, as a flattened one; NULL: none. */
const void *fy_devicetree(void);

/*
 * Has core NUMBER, from 1 up, run FN(ARG), and wait again when that returns. Interrupts come to
 * core 0 only, which alone may call the rest of what is here; the others work on memory and
 * registers. Returns 0; FY_ERR_NOT_FOUND: there is no such core; FY_ERR_BUSY: it runs something.
 * Context: thread.
 */
int fy_core_start(unsigned number, void (*fn)(void *arg), void *arg);

/*
 * Has the drivers suspend their devices, the last probed first, before the app lets the board
 * sleep; and resume them, in the reverse order. When a driver refuses to suspend, those that did
 * resume, and fy_suspend() returns its error; fy_resume() returns the first error, and resumes all
 * the others. In between the app uses no device. Context: thread.
 */
int fy_suspend(void);
int fy_resume(void);

/* Resets the board. One that cannot stops there. */
void fy_reset(void) __attribute__((noreturn));
/*
 * Turns the board off, or as far off as it goes: a Raspberry Pi draws power until the plug is
 * pulled. Returns false: the board cannot.
 */
bool fy_power_off(void);
/*
 * Resets the board unless it is called again within MS milliseconds; 0 ends that. Returns false:
 * the board cannot.
 */
bool fy_watchdog(unsigned ms);

/* Ends in a panic screen that quotes the expression unless it is true. Context: any. */
#define fy_assert(expression) \
	((expression) ? (void)0 : fy_assertion(#expression, __FILE__, __LINE__, __func__))
void fy_assertion(const char *expression, const char *file, int line, const char *function)
	__attribute__((noreturn));

#endif
