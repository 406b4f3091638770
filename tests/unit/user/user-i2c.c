// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/bcm2835-i2c.c does transfers of all lengths with the targets on the model's bus, and ends
 * each: in the time that it takes, or with the reason.
 */
#include "test.h"

#include <ferry/i2c.h>

#include "models/models.h"
#include "sim/sim.h"

#define THERMOMETER 0x48
#define EEPROM	    0x50
#define NOBODY	    0x33

/* Registers, and what the test does to them. */
#define C	   0x00
#define S	   0x04
#define C_I2CEN	   0x8000u
#define S_TA	   1u
#define WRITE_TIME (5 * MS)

extern const struct fy_driver fy_driver_bcm2835_i2c;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus;

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add(sim, &fy_driver_bcm2835_i2c, "i2c", "brcm,bcm2835-i2c");
	assert_non_null(bus);
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

/* Chooses a register, or a byte of the memory, and reads from there, with a repeated START. */
static int get(uint8_t address, uint8_t where, void *bytes, uint16_t length)
{
	const struct ferry_sim_message messages[] = { { address, false, 1, &where },
						      { address, true, length, bytes } };

	return ferry_sim_transfer(bus, messages, 2, NULL);
}

static void assert_idle(void)
{
	assert_int_equal(ferry_sim_peek(bus, C) & C_I2CEN, 0);
	assert_int_equal(ferry_sim_peek(bus, S) & S_TA, 0);
}

static void the_thermometer_says_its_temperature(void **state)
{
	unsigned char bytes[2], limit[3] = { 3, 0x12, 0x34 };

	assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
	assert_int_equal(bytes[0], 21);
	assert_int_equal(bytes[1], 0x80);
	assert_int_equal(put(THERMOMETER, limit, 3), 0);
	assert_int_equal(get(THERMOMETER, 3, bytes, 2), 0);
	assert_int_equal(bytes[0], 0x12);
	assert_int_equal(bytes[1], 0x30);
	assert_idle();
}

static void the_temperature_is_as_fine_as_it_is_set(void **state)
{
	static const unsigned char fraction[] = { 0x80, 0xc0, 0xe0, 0xf0 };
	unsigned char config[] = { 1, 0 }, bytes[2];

	((struct bcm2835_i2c_model *)bus->model)->thermometer.temperature = -10 * 256 - 1;
	for (unsigned resolution = 0; resolution < 4; resolution++) {
		config[1] = (unsigned char)(resolution << 5);
		assert_int_equal(put(THERMOMETER, config, 2), 0);
		assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
		assert_int_equal(bytes[0], (unsigned char)-11);
		assert_int_equal(bytes[1], fraction[resolution]);
	}
}

static void a_byte_takes_nine_clocks(void **state)
{
	uint64_t before = ferry_sim_now(sim);
	unsigned char bytes[2];

	/* Two addresses and three bytes at 100 kHz. */
	assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
	assert_int_equal(ferry_sim_now(sim) - before, 5 * 90 * FERRY_SIM_US);
}

static void a_page_goes_round_and_a_write_takes_its_time(void **state)
{
	unsigned char page[1 + 10] = { 0x16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, bytes[16];
	static const unsigned char expected[16] = {
		2, 3, 4, 5, 6, 7, 8, 9, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff
	};

	assert_int_equal(put(EEPROM, page, sizeof(page)), 0);
	assert_int_equal(get(EEPROM, 0x10, bytes, 16), FY_ERR_NOT_FOUND);
	ferry_sim_run_for(sim, WRITE_TIME);
	assert_int_equal(get(EEPROM, 0x10, bytes, 16), 0);
	assert_memory_equal(bytes, expected, 16);
}

/* Many times the FIFO; and reads go round the end of the memory. */
static void long_messages_go_through_the_fifo(void **state)
{
	unsigned char page[9], bytes[600];

	for (unsigned at = 0; at < 256; at += 8) {
		page[0] = (unsigned char)at;
		for (unsigned i = 0; i < 8; i++)
			page[1 + i] = (unsigned char)(7 * (at + i));
		assert_int_equal(put(EEPROM, page, sizeof(page)), 0);
		ferry_sim_run_for(sim, WRITE_TIME);
	}
	assert_int_equal(get(EEPROM, 3, bytes, sizeof(bytes)), 0);
	for (unsigned i = 0; i < sizeof(bytes); i++)
		assert_int_equal(bytes[i], (unsigned char)(7 * (3 + i)));
	assert_int_equal(put(EEPROM, bytes, sizeof(bytes)), 0);
}

static void the_address_alone_finds_who_is_there(void **state)
{
	unsigned found = 0;

	for (uint8_t address = 0; address <= FY_I2C_ADDRESS_MAX; address++) {
		int rc = put(address, NULL, 0);

		assert_true(rc == 0 || rc == FY_ERR_NOT_FOUND);
		assert_int_equal(rc == 0, address == THERMOMETER || address == EEPROM);
		found += rc == 0;
	}
	assert_int_equal(found, 2);
	assert_idle();
}

static void nobody_acknowledges(void **state)
{
	unsigned char byte = 0;
	const struct ferry_sim_message messages[] = { { NOBODY, false, 1, &byte },
						      { NOBODY, true, 1, &byte } };
	unsigned done = 9;

	assert_int_equal(ferry_sim_transfer(bus, messages, 2, &done), FY_ERR_NOT_FOUND);
	assert_int_equal(done, 0);
	assert_int_equal(get(THERMOMETER, 0, &byte, 1), 0);
	assert_int_equal(byte, 21);
}

static void what_the_controller_cannot_do_is_refused(void **state)
{
	unsigned char byte;
	const struct ferry_sim_message reads[] = { { EEPROM, true, 1, &byte },
						   { EEPROM, true, 1, &byte } };
	const struct ferry_sim_message high = { 0x80, true, 1, &byte },
				       nowhere = { EEPROM, true, 1, NULL };

	assert_int_equal(ferry_sim_transfer(bus, reads, 2, NULL), FY_ERR_UNSUPPORTED);
	assert_int_equal(ferry_sim_transfer(bus, &high, 1, NULL), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_transfer(bus, &nowhere, 1, NULL), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_transfer(bus, reads, 0, NULL), FY_ERR_INVALID);
	assert_int_equal(ferry_sim_transfer(bus, reads, 1, NULL), 0);
}

/* A target that notes what the bus does to it: S, its address and direction; bytes; Sr or P. */
static char seen[100];

static void note(const char *what)
{
	assert_true(strlen(seen) + strlen(what) < sizeof(seen));
	strcat(seen, what);
}

static bool noted_start(struct i2c_target *target, bool read, uint64_t now)
{
	note(read ? "r" : "w");
	return true;
}

static bool noted_write(struct i2c_target *target, uint8_t byte)
{
	char text[] = { (char)byte, 0 };

	note(text);
	return byte != '!';
}

static uint8_t noted_read(struct i2c_target *target)
{
	note("?");
	return 'x';
}

static void noted_stop(struct i2c_target *target, bool repeated, uint64_t now)
{
	note(repeated ? " Sr " : " P ");
}

static void between_messages_are_repeated_starts(void **state)
{
	static struct i2c_target target = { .address = 0x11,
					    .start = noted_start,
					    .write = noted_write,
					    .read = noted_read,
					    .stop = noted_stop };
	unsigned char byte[2];
	const struct ferry_sim_message messages[] = { { 0x11, false, 2, "ab" },
						      { 0x11, false, 1, "c" },
						      { 0x11, true, 2, byte } };
	unsigned done;

	bcm2835_i2c_attach((struct bcm2835_i2c_model *)bus->model, &target);
	seen[0] = 0;
	assert_int_equal(ferry_sim_transfer(bus, messages, 3, NULL), 0);
	assert_string_equal(seen, "wab Sr wc Sr r?? P ");
	assert_int_equal(byte[1], 'x');
	/* A byte that is refused ends it. */
	seen[0] = 0;
	assert_int_equal(ferry_sim_transfer(bus,
					    &(struct ferry_sim_message){ 0x11, false, 3, "a!b" }, 1,
					    &done),
			 FY_ERR_NOT_FOUND);
	assert_string_equal(seen, "wa! P ");
	assert_int_equal(done, 0);
}

static void targets_may_differ_within_a_transfer(void **state)
{
	unsigned char low[] = { 2, 10, 0 }, high[] = { 3, 30, 0 }, bytes[2];
	const struct ferry_sim_message messages[] = {
		{ THERMOMETER, false, 3, low },
		{ EEPROM, false, 0, NULL },
		{ THERMOMETER, false, 3, high },
		{ THERMOMETER, true, 2, bytes },
	};
	unsigned done;

	assert_int_equal(ferry_sim_transfer(bus, messages, 4, &done), 0);
	assert_int_equal(done, 4);
	assert_int_equal(bytes[0], 30);
	assert_int_equal(get(THERMOMETER, 2, bytes, 2), 0);
	assert_int_equal(bytes[0], 10);
}

static void a_clock_that_is_held_ends_the_transfer(void **state)
{
	unsigned char byte;
	uint64_t before = ferry_sim_now(sim);

	assert_int_equal(ferry_sim_set_option(bus, "stretched", true), 0);
	assert_int_equal(get(EEPROM, 0, &byte, 1), FY_ERR_TIMEOUT);
	assert_in_range(ferry_sim_now(sim) - before, 35 * MS, 40 * MS);
	assert_int_equal(ferry_sim_set_option(bus, "stretched", false), 0);
	assert_int_equal(get(EEPROM, 0, &byte, 1), 0);
}

/* Neither end nor error is ever told: the driver's own limit counts. */
static void a_controller_that_is_silent_ends_the_transfer(void **state)
{
	uint64_t before = ferry_sim_now(sim);
	unsigned char byte;

	ferry_sim_inject(
		bus, &(struct ferry_sim_fault){
			     .offset = C, .accesses = FERRY_SIM_WRITES, .count = 1, .lost = true });
	assert_int_equal(get(EEPROM, 0, &byte, 1), FY_ERR_TIMEOUT);
	assert_in_range(ferry_sim_now(sim) - before, SECOND, SECOND + 10 * MS);
	assert_int_equal(get(EEPROM, 0, &byte, 1), 0);
	assert_idle();
}

/*
 * A handler that comes when the first message is over makes a STOP and a START in place of the
 * repeated START.
 */
static void late_interrupts_do_no_harm(void **state)
{
	unsigned char bytes[40];

	ferry_sim_delay_irq(bus, MS);
	assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
	assert_int_equal(bytes[0], 21);
	assert_int_equal(get(EEPROM, 0, bytes, sizeof(bytes)), 0);
	assert_int_equal(bytes[39], 0xff);
}

/* Whatever access goes wrong, a transfer ends, and so does the next. */
static void any_fault_ends(void **state)
{
	unsigned char bytes[20];
	unsigned long accesses;

	get(EEPROM, 0, bytes, sizeof(bytes));
	accesses = ferry_sim_accesses(bus);
	assert_in_range(accesses, 20, 200);
	for (unsigned long i = 0; i < 2 * accesses; i++) {
		ferry_sim_inject(
			bus, &(struct ferry_sim_fault){ .offset = FERRY_SIM_ANY,
							.skip = i % accesses,
							.count = 1,
							.lost = i < accesses,
							.flip = i < accesses ? 0 : 1u << i % 10 });
		get(EEPROM, 0, bytes, sizeof(bytes));
		ferry_sim_heal(bus);
		assert_true(get(THERMOMETER, 0, bytes, 2) == 0);
		assert_int_equal(bytes[0], 21);
	}
	/* What was done with those faults was against the manual. */
	ferry_sim_free(sim);
	setup(state);
}

static void removal_withdraws_the_bus(void **state)
{
	unsigned char byte;

	ferry_sim_remove(bus);
	assert_idle();
	assert_int_equal(get(EEPROM, 0, &byte, 1), FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(get(EEPROM, 0, &byte, 1), 0);
}

static void what_the_port_refuses_is_undone(void **state)
{
	unsigned char byte;

	ferry_sim_remove(bus);
	ferry_sim_refuse(bus, FERRY_SIM_IRQ_ATTACH, 0, FY_ERR_BUSY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
	ferry_sim_refuse(bus, FERRY_SIM_IRQ_ATTACH, 0, 0);
	ferry_sim_refuse(bus, FERRY_SIM_I2C_OFFER, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	ferry_sim_refuse(bus, FERRY_SIM_I2C_OFFER, 0, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(get(EEPROM, 0, &byte, 1), 0);
}

static void speeds_that_cannot_be_are_refused(void **state)
{
	static const uint32_t bad[] = { 0, 3000, 300000000 };
	unsigned char bytes[2];
	uint64_t before;

	ferry_sim_remove(bus);
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ferry_sim_set_property(bus, "clock-frequency", bad[i]);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	}
	ferry_sim_set_property(bus, "clock-frequency", 400000);
	assert_int_equal(ferry_sim_probe(sim), 0);
	before = ferry_sim_now(sim);
	assert_int_equal(get(THERMOMETER, 0, bytes, 2), 0);
	/* 250 MHz / 400 kHz is odd: a clock more. */
	assert_int_equal(ferry_sim_now(sim) - before, 5 * 9 * 626 * 4);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_thermometer_says_its_temperature),
		TEST(the_temperature_is_as_fine_as_it_is_set),
		TEST(a_byte_takes_nine_clocks),
		TEST(a_page_goes_round_and_a_write_takes_its_time),
		TEST(long_messages_go_through_the_fifo),
		TEST(the_address_alone_finds_who_is_there),
		TEST(nobody_acknowledges),
		TEST(what_the_controller_cannot_do_is_refused),
		TEST(between_messages_are_repeated_starts),
		TEST(targets_may_differ_within_a_transfer),
		TEST(a_clock_that_is_held_ends_the_transfer),
		TEST(a_controller_that_is_silent_ends_the_transfer),
		TEST(late_interrupts_do_no_harm),
		TEST(any_fault_ends),
		TEST(removal_withdraws_the_bus),
		TEST(what_the_port_refuses_is_undone),
		TEST(speeds_that_cannot_be_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
