// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model bcm2835-i2c does what QEMU's device does, with an EEPROM and a thermometer on the bus
 * of each: transfers of all kinds, byte by byte, and the registers. QEMU's has no FIFO, takes no
 * time, and goes on when nobody acknowledges; repeated STARTs it has none of. So status bits of the
 * FIFO, and what comes after an error, are not compared; the model's are tested in user-i2c.c.
 */
#include "qemu.h"
#include "models/models.h"
#include "sim/sim.h"

#define STEPS 400

#define C	0x00
#define C_READ	1u
#define C_ST	0x80u
#define C_I2CEN 0x8000u
#define S	0x04
#define S_TA	1u
#define S_DONE	2u
#define S_ERR	0x100u
#define S_ENDED 0x302u
#define DLEN	0x08
#define A	0x0c
#define FIFO	0x10
#define CLKT	0x1c

#define THERMOMETER 0x48
#define EEPROM	    0x50
#define NOBODY	    0x51

static struct both b;

/* QEMU's bus 1, where a Raspberry Pi has its pins 2 and 3. */
static void start_qemu(void)
{
	static const char *const more[] = { "-S",
					    "-device",
					    "tmp105,bus=i2c-bus.1,address=0x48",
					    "-device",
					    "at24c-eeprom,bus=i2c-bus.1,address=0x50,rom-size=256",
					    NULL };

	qtest_start_with_all(&b.qemu, "qemu-system-arm", "raspi0", more);
	both_begin(&b, 0x20804000, "bcm2835-i2c");
	assert_int_equal(ferry_sim_set_option(b.model, "instant", true), 0);
	assert_int_equal(ferry_sim_set_option(b.model, "simple-eeprom", true), 0);
}

/* Both transfer LENGTH bytes; those that are written are BYTES. Returns the status at the end. */
static uint32_t transfer(uint32_t address, bool read, const uint8_t *bytes, uint32_t length)
{
	both_write(&b, S, S_ENDED);
	both_write(&b, A, address);
	both_write(&b, DLEN, length);
	both_read(&b, DLEN, ~0u);
	both_write(&b, C, C_I2CEN | C_ST | (read ? C_READ : 0));
	both_read(&b, C, ~0u);
	both_read(&b, S, S_ERR);
	for (uint32_t i = 0; i < length && !(ferry_sim_peek(b.model, S) & S_ERR); i++) {
		/* The model's FIFO has read ahead. */
		if (read)
			both_read(&b, FIFO, 0xff);
		else
			both_write(&b, FIFO, bytes[i]);
		if (!read)
			both_read(&b, DLEN, ~0u);
	}
	if (!(ferry_sim_peek(b.model, S) & S_ERR))
		both_read(&b, S, S_TA | S_ENDED);
	return ferry_sim_peek(b.model, S);
}

static void fill_eeprom(void)
{
	uint8_t bytes[9];

	for (unsigned at = 0; at < 256; at += 8) {
		bytes[0] = (uint8_t)at;
		for (unsigned i = 1; i < sizeof(bytes); i++)
			bytes[i] = (uint8_t)next_random();
		assert_int_equal(transfer(EEPROM, false, bytes, sizeof(bytes)) & S_ENDED, S_DONE);
	}
}

static void some_transfer_of_the_eeprom(void)
{
	uint8_t bytes[20];

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)next_random();
	transfer(EEPROM, next_random() & 1, bytes, next_random() % sizeof(bytes));
}

/*
 * A register, with all of its bytes: not the shutdown bit (QEMU's talks of it), nor limits finer
 * than the device's.
 */
static void some_transfer_of_the_thermometer(void)
{
	static const unsigned length[] = { 2, 1, 2, 2 };
	uint8_t which = next_random() % 4,
		bytes[3] = { which, (uint8_t)next_random(), next_random() & 0xf0 };

	if (which == 1)
		bytes[1] &= 0x7e;
	transfer(THERMOMETER, false, bytes, next_random() & 1 ? 1 + length[which] : 1);
	transfer(THERMOMETER, true, NULL, length[which]);
}

static void transfers_are_as_qemus(void **state)
{
	unsigned errors = 0;
	uint8_t byte = 0;

	start_qemu();
	((struct bcm2835_i2c_model *)b.model->model)->thermometer.temperature = 0; /* QEMU's */
	fill_eeprom();
	for (unsigned step = 0; step < STEPS; step++) {
		some_transfer_of_the_eeprom();
		some_transfer_of_the_thermometer();
		if (step % 8 == 0)
			errors += (transfer(NOBODY, step & 8, &byte, step % 3) & S_ERR) != 0;
	}
	assert_int_equal(errors, STEPS / 8);
	both_stop(&b);
}

static void registers_are_as_qemus(void **state)
{
	static const struct {
		uint32_t offset, mask;
	} registers[] = {
		{ C, 0x0701 }, { DLEN, 0xffff }, { A, 0x7f }, { 0x14, 0xffff }, { 0x18, ~0u }
	};

	start_qemu();
	/* CLKT, the last one, QEMU has in another place than the manual. */
	for (uint32_t offset = 0; offset < CLKT; offset += 4)
		if (offset != FIFO)
			both_read(&b, offset, ~0u);
	for (unsigned step = 0; step < STEPS; step++) {
		unsigned which = next_random() % (sizeof(registers) / sizeof(registers[0]));

		both_write(&b, registers[which].offset, next_random() & registers[which].mask);
		for (unsigned i = 0; i < sizeof(registers) / sizeof(registers[0]); i++)
			both_read(&b, registers[i].offset, ~0u);
	}
	both_stop(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_are_as_qemus),
		cmocka_unit_test(transfers_are_as_qemus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
