// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Memories, streams that are read, network interfaces, LEDs, PWM outputs, watchdogs and keys that
 * drivers offer: an app uses each.
 */
#include <ferry/app-input.h>
#include <ferry/app-led.h>
#include <ferry/app-memory.h>
#include <ferry/app-net.h>
#include <ferry/app-pwm.h>
#include <ferry/app-watchdog.h>

#include "tap.h"

static void test_memories(void)
{
	uint8_t written[] = { 1, 2, 3, 0xff }, read[4] = { 0 };

	tap_is_int("a memory is written", fy_memory_write("scratch", 10, written, 4), 0);
	tap_is_int("and read", fy_memory_read("scratch", 10, read, 4), 0);
	tap_is("as it was written", (unsigned)read[0] << 16 | (unsigned)read[1] << 8 | read[2],
	       0x010203);
	tap_is_int("which it prints", fy_memory_print("scratch", 8, 20), 0);
	tap_is_int("not behind its end", fy_memory_read("scratch", 1022, read, 4), FY_ERR_INVALID);
	tap_is_int("what it protects is refused", fy_memory_write("scratch", 1000, written, 1),
		   FY_ERR_UNSUPPORTED);
	tap_is_int("it is not erased", fy_memory_erase("scratch", 0, 32), FY_ERR_UNSUPPORTED);
	tap_is_int("a flash is", fy_memory_erase("nor", 4096, 8192), 0);
	tap_is_int("in whole sectors", fy_memory_erase("nor", 4096, 100), FY_ERR_INVALID);
	tap_is_int("one that fails says so", fy_memory_erase("nor", 0xf000, 4096), FY_ERR_IO);
	tap_is_int("it reads as ones", fy_memory_read("nor", 12287, read, 1), 0);
	tap_is("up to its end", read[0], 0xff);
	tap_is_int("another memory is not found", fy_memory_read("none", 0, read, 1),
		   FY_ERR_NOT_FOUND);
}

static volatile unsigned pressed, turned;

static void event(void *arg, enum fy_input_type type, uint16_t code, int32_t value, bool last)
{
	(void)arg;
	(void)last;
	pressed += type == FY_INPUT_KEY && code == 30 && value == 1;
	turned += type == FY_INPUT_RELATIVE;
}

static void test_stream(void)
{
	char line[7] = "", again[7] = "";
	unsigned first, second;
	long rc;

	tap_is_int("a stream is read", fy_stream_read("ticker", line, 7), 7);
	tap_is_int("again and again", fy_stream_read("ticker", again, 7), 7);
	first = (unsigned)(line[4] - '0') * 10 + (unsigned)(line[5] - '0');
	second = (unsigned)(again[4] - '0') * 10 + (unsigned)(again[5] - '0');
	tap_is("in order", second, (first + 1) % 100);
	while (fy_stream_take("ticker", line, 7) != FY_ERR_AGAIN)
		;
	tap_is_int("and written", fy_stream_write("ticker", "x", 1), 0);
	tap_is_int("which comes back", fy_stream_take("ticker", line, 7) >= 1, 1);
	fy_sleep_ms(1100);
	for (first = 0; (rc = fy_stream_take("ticker", line, 7)) > 0; first++)
		;
	tap_is("of one that is not read as much as there is room for is kept", first, 100);
	tap_is_int("and that there was more is told", rc, FY_ERR_IO);
}

static struct {
	volatile unsigned frames;
	uint8_t last[64];
} received;

static void frame(void *arg, const void *data, size_t len)
{
	(void)arg;
	for (size_t i = 0; i < len && i < sizeof(received.last); i++)
		received.last[i] = ((const uint8_t *)data)[i];
	received.frames++;
}

/* Asks by ARP who has 10.99.0.1, and is 10.99.0.2. */
static void test_net(void)
{
	static const struct bare_net_user user = { frame, NULL };
	uint8_t request[60] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,	0x66, 0x79, 0, 0,
				2,    8,    6,	  0,	1,    8,    0,	6,    4,    0, 1,
				2,    0x66, 0x79, 0,	0,    2,    10, 99,   0,    2, 0,
				0,    0,    0,	  0,	0,    10,   99, 0,    1 };
	uint64_t start = fy_now_ns();

	tap_is_int("no frame is sent before the interface is started",
		   fy_net_send("net-echo", request, 60), FY_ERR_GONE);
	tap_is_int("a network interface is started", fy_net_start("net-echo", false, &user), 0);
	tap_is_int("for one user", fy_net_start("net-echo", false, &user), FY_ERR_BUSY);
	for (unsigned i = 0; i < 20; i++)
		if (fy_net_send("net-echo", request, 60))
			break;
	while (received.frames < 20 && fy_now_ns() - start < FY_NS_PER_SEC)
		fy_wait();
	tap_is("20 frames are sent, more than there is room for, and answered", received.frames,
	       20);
	tap_is("by the one who was asked for", (unsigned)received.last[22] << 8 | received.last[31],
	       0x0201);
	tap_is_int("a frame too short is refused", fy_net_send("net-echo", request, 13),
		   FY_ERR_INVALID);
	fy_net_stop("net-echo");
	tap_is_int("it is stopped", fy_net_send("net-echo", request, 60), FY_ERR_GONE);
}

void test_classes(void)
{
	uint32_t on_ms = 120, off_ms = 10;
	struct fy_pwm_state state = { 0 };

	test_memories();
	test_stream();
	test_net();
	tap_is_int("a LED is set", fy_led_set("lamp", 7), 0);
	tap_is_int("and blinks", fy_led_blink("lamp", &on_ms, &off_ms), 0);
	tap_is("by its own times", on_ms * 1000 + off_ms, 150050);
	tap_is_int("one that cannot says so", fy_led_blink("wait", &on_ms, &off_ms),
		   FY_ERR_UNSUPPORTED);
	tap_is_int("a PWM output is set", fy_pwm_set("gadgets", 1, 20000000, 1500050), 0);
	fy_port_pwm_get(fy_pwm_find("gadgets"), 1, &state);
	tap_is("as it has it", state.duty, 1500000);
	tap_is_int("another one is not found", fy_pwm_set("gadgets", 2, 1000, 1), FY_ERR_NOT_FOUND);
	tap_is_int("a watchdog is started", fy_watchdog_start("gadgets", 1000), 0);
	tap_is_int("not for longer than it can", fy_watchdog_start("gadgets", 20000),
		   FY_ERR_INVALID);
	tap_is_int("and stopped", fy_watchdog_stop("gadgets"), 0);
	tap_is_int("keys are listened to", fy_input_watch("gadgets", event, NULL), 0);
	while (pressed < 2)
		fy_wait();
	fy_input_watch("gadgets", NULL, NULL);
	tap_in("with what happens besides", turned, 2, 5);
}
