// SPDX-License-Identifier: GPL-2.0-only
/*
 * i2c-gpio speaks I2C on two pins: targets that see nothing but the pins answer it, may hold the
 * clock, and get the bus back after whatever ends a transfer, a cancel in the middle of a bit
 * included.
 */
#include "../user/test.h"

#include <ferry/i2c.h>

#include "models/i2c-wires.h"
#include "sim/sim.h"

#define SDA	    2
#define SCL	    3
#define THERMOMETER 0x48
#define EEPROM	    0x50
#define NOBODY	    0x33

extern const struct fy_driver fy_driver_i2c_gpio;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *pins;
static struct i2c_wires wires;
static struct tmp105 thermometer;
static struct at24c02 eeprom;

static int setup(void **state)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 8);
	bus = ferry_sim_add(sim, &fy_driver_i2c_gpio, "i2c", NULL);
	ferry_sim_set_pin(bus, "sda", "pins", SDA, false);
	ferry_sim_set_pin(bus, "scl", "pins", SCL, false);
	i2c_wires_init(&wires, pins->model, SDA, SCL);
	tmp105_init(&thermometer);
	at24c02_init(&eeprom);
	eeprom.simple = true;
	i2c_wires_attach(&wires, &thermometer.target);
	i2c_wires_attach(&wires, &eeprom.target);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static int put(uint8_t address, const void *bytes, uint16_t length)
{
	const struct ferry_sim_message message = { address, false, length, (void *)bytes };

	return ferry_sim_transfer(bus, &message, 1, NULL);
}

static int get(uint8_t address, uint8_t where, void *bytes, uint16_t length)
{
	const struct ferry_sim_message messages[] = { { address, false, 1, &where },
						      { address, true, length, bytes } };

	return ferry_sim_transfer(bus, messages, 2, NULL);
}

static void assert_idle(void)
{
	assert_int_equal(ferry_sim_level(pins, SDA), 1);
	assert_int_equal(ferry_sim_level(pins, SCL), 1);
	assert_int_equal(wires.state, I2C_WIRES_IDLE);
	assert_null(wires.target);
}

static void registers_are_read_and_written(void **state)
{
	uint8_t bytes[2], limit[] = { 3, 0x12, 0x34 };

	assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
	assert_memory_equal(bytes, "\x15\x80", 2);
	assert_int_equal(wires.starts, 2);
	assert_int_equal(wires.stops, 1);
	assert_int_equal(put(THERMOMETER, limit, 3), 0);
	assert_int_equal(get(THERMOMETER, 3, bytes, 2), 0);
	assert_memory_equal(bytes, "\x12\x30", 2);
	assert_idle();
}

static void all_values_of_a_byte_go_both_ways(void **state)
{
	uint8_t out[257] = { 0 }, in[256];

	for (unsigned i = 0; i < 256; i++)
		out[1 + i] = (uint8_t)(i * 77);
	assert_int_equal(put(EEPROM, out, sizeof(out)), 0);
	assert_int_equal(get(EEPROM, 0, in, sizeof(in)), 0);
	assert_memory_equal(in, out + 1, sizeof(in));
	assert_idle();
}

static void who_is_not_there_is_not_found(void **state)
{
	unsigned found = 0, done = 9;
	uint8_t byte = 0;
	const struct ferry_sim_message messages[] = { { EEPROM, false, 1, &byte },
						      { NOBODY, true, 1, &byte } };

	for (uint8_t address = 0; address <= FY_I2C_ADDRESS_MAX; address++) {
		int rc = put(address, NULL, 0);

		assert_true(rc == 0 || rc == FY_ERR_NOT_FOUND);
		found += rc == 0;
	}
	assert_int_equal(found, 2);
	assert_int_equal(ferry_sim_transfer(bus, messages, 2, &done), FY_ERR_NOT_FOUND);
	assert_int_equal(done, 1);
	assert_idle();
}

/* A target that refuses its third byte. */
static unsigned taken;

static bool refuse_start(struct i2c_target *target, bool read, uint64_t now)
{
	taken = 0;
	return true;
}

static bool refuse_write(struct i2c_target *target, uint8_t byte)
{
	return ++taken < 3;
}

static uint8_t refuse_read(struct i2c_target *target)
{
	return 0;
}

static void refuse_stop(struct i2c_target *target, bool repeated, uint64_t now)
{
}

static void a_byte_that_is_refused_ends_the_transfer(void **state)
{
	static struct i2c_target refuses;

	refuses = (struct i2c_target){ .address = 0x11,
				       .start = refuse_start,
				       .write = refuse_write,
				       .read = refuse_read,
				       .stop = refuse_stop };
	i2c_wires_attach(&wires, &refuses);
	assert_int_equal(put(0x11, "abcd", 4), FY_ERR_IO);
	assert_int_equal(taken, 3);
	assert_idle();
	assert_int_equal(put(0x11, "ab", 2), 0);
}

static void the_clock_is_as_slow_as_asked_for(void **state)
{
	static const uint32_t delays[] = { 1, 2, 5, 100 };

	for (unsigned i = 0; i < sizeof(delays) / sizeof(delays[0]); i++) {
		const struct ferry_sim_edge *edges;
		size_t count;

		ferry_sim_remove(bus);
		ferry_sim_set_property(bus, "i2c-gpio,delay-us", delays[i]);
		assert_int_equal(ferry_sim_probe(sim), 0);
		ferry_sim_record(pins, SCL);
		assert_int_equal(put(EEPROM, "abc", 3), 0);
		count = ferry_sim_edges(pins, SCL, &edges);
		/* START, 4 bytes of 9 clocks, STOP */
		assert_int_equal(count, 2 * 4 * 9 + 2);
		for (size_t e = 1; e < count; e++)
			assert_true(edges[e].time - edges[e - 1].time >= delays[i] * FERRY_SIM_US);
	}
	ferry_sim_remove(bus);
	ferry_sim_set_property(bus, "i2c-gpio,delay-us", 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
}

static void targets_may_hold_the_clock(void **state)
{
	uint8_t bytes[4], limit[] = { 3, 0x12, 0x30 };
	uint64_t before;

	wires.stretch = 3 * MS;
	before = ferry_sim_now(sim);
	assert_int_equal(put(THERMOMETER, limit, 3), 0);
	assert_true(ferry_sim_now(sim) - before >= 4 * 3 * MS);
	assert_int_equal(get(THERMOMETER, 3, bytes, 2), 0);
	assert_memory_equal(bytes, "\x12\x30", 2);
	/* For too long */
	wires.stretch = 100 * MS;
	before = ferry_sim_now(sim);
	assert_int_equal(get(THERMOMETER, 3, bytes, 2), FY_ERR_TIMEOUT);
	assert_in_range(ferry_sim_now(sim) - before, 35 * MS, 40 * MS);
	wires.stretch = 0;
	ferry_sim_run_for(sim, SECOND);
	assert_int_equal(get(THERMOMETER, 3, bytes, 2), 0);
	assert_memory_equal(bytes, "\x12\x30", 2);
}

static void ended(void *arg, struct fy_i2c_transfer *t)
{
	++*(unsigned *)arg;
}

/* As an interrupt's handler would do it, in the middle of a bit. */
static struct fy_i2c_transfer *to_cancel;
static struct fy_timer cancel_timer;

static uint64_t cancel_now(void *arg, uint64_t due)
{
	i2c_queue_cancel(to_cancel);
	return FY_TIMER_STOP;
}

/* What is read is zeros, so that the target holds the data line most of the time. */
static void a_transfer_can_be_cancelled_at_any_time(void **state)
{
	memset(eeprom.memory, 0, sizeof(eeprom.memory));
	memset(eeprom.page, 0, sizeof(eeprom.page));
	for (unsigned us = 0; us < 900; us++) {
		uint8_t where = 1, in[3], bytes[2];
		const struct fy_i2c_message messages[] = { { EEPROM, false, 1, &where },
							   { EEPROM, true, 3, in } };
		unsigned ends = 0;
		struct fy_i2c_transfer t = {
			.messages = messages, .count = 2, .ended = ended, .arg = &ends
		};

		assert_int_equal(i2c_queue_add(user_i2c_first(sim->world), &t), 0);
		to_cancel = &t;
		user_model_timer_init(&cancel_timer, pins->model, cancel_now);
		user_timer_start(&cancel_timer, ferry_sim_now(sim) + us * FERRY_SIM_US);
		ferry_sim_run_for(sim, 10 * MS);
		assert_true(ends <= 1);
		assert_int_equal(ferry_sim_level(pins, SCL), 1);
		assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
		assert_memory_equal(bytes, "\x15\x80", 2);
		assert_idle();
	}
}

static void removal_ends_a_transfer(void **state)
{
	uint8_t byte;
	const struct fy_i2c_message message = { EEPROM, true, 1, &byte };
	unsigned ends = 0;
	struct fy_i2c_transfer t = {
		.messages = &message, .count = 1, .ended = ended, .arg = &ends
	};

	assert_int_equal(i2c_queue_add(user_i2c_first(sim->world), &t), 0);
	ferry_sim_remove(bus);
	assert_int_equal(ends, 1);
	assert_int_equal(t.error, FY_ERR_GONE);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(get(EEPROM, 0, &byte, 1), 0);
}

/* One that was left in the middle of a byte gets its clocks: see the test of cancels. */
static void a_bus_that_is_held_low_is_told_and_freed(void **state)
{
	const struct ferry_sim_edge *edges;
	uint8_t bytes[2];

	wires.stuck = true;
	ferry_sim_drive(pins, SDA, 0);
	ferry_sim_record(pins, SCL);
	assert_int_equal(get(THERMOMETER, 0, bytes, 2), FY_ERR_IO);
	/* nine clocks, and what the attempt of a STOP takes */
	assert_in_range(ferry_sim_edges(pins, SCL, &edges), 18, 20);
	wires.stuck = false;
	ferry_sim_drive(pins, SDA, 1);
	assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
	ferry_sim_drive(pins, SCL, 0);
	assert_int_equal(get(THERMOMETER, 0, bytes, 2), FY_ERR_TIMEOUT);
	ferry_sim_drive(pins, SCL, 1);
	assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
	assert_memory_equal(bytes, "\x15\x80", 2);
	assert_idle();
}

static void what_the_port_refuses_is_undone(void **state)
{
	uint8_t byte;

	ferry_sim_remove(bus);
	for (unsigned i = 0; i < 3; i++) {
		enum ferry_sim_call call = i < 2 ? FERRY_SIM_GPIO_REQUEST : FERRY_SIM_I2C_OFFER;

		ferry_sim_refuse(bus, call, i % 2, FY_ERR_BUSY);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
		ferry_sim_refuse(bus, call, 0, 0);
	}
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(get(EEPROM, 0, &byte, 1), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(registers_are_read_and_written),
		TEST(all_values_of_a_byte_go_both_ways),
		TEST(who_is_not_there_is_not_found),
		TEST(a_byte_that_is_refused_ends_the_transfer),
		TEST(the_clock_is_as_slow_as_asked_for),
		TEST(targets_may_hold_the_clock),
		TEST(a_transfer_can_be_cancelled_at_any_time),
		TEST(removal_ends_a_transfer),
		TEST(a_bus_that_is_held_low_is_told_and_freed),
		TEST(what_the_port_refuses_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
