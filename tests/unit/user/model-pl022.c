// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model pl022 is as QEMU's, whose words take no time: in loopback, since QEMU's board has
 * devices on the bus. And the driver's accesses work on QEMU's device, with the SD card that the
 * board has behind a chip select.
 */
#include "qemu.h"

#include <ferry/spi.h>
#include <ferry-sim/spi.h>

#define BASE  0x40008000u
#define STEPS 3000

#define CR0  0x00u
#define CR1  0x04u
#define DR   0x08u
#define SR   0x0cu
#define CPSR 0x10u
#define IMSC 0x14u
#define RIS  0x18u
#define MIS  0x1cu
#define ICR  0x20u

static struct both b;

static int start(void **state)
{
	both_start(&b, "qemu-system-arm", "lm3s6965evb", BASE, "pl022");
	assert_int_equal(ferry_sim_set_option(b.model, "instant", true), 0);
	return 0;
}

static int stop(void **state)
{
	both_stop(&b);
	return 0;
}

static void says_that_it_is_a_pl022(void **state)
{
	for (uint32_t offset = 0xfe0; offset < 0x1000; offset += 4)
		both_read(&b, offset, 0xff);
}

static void compare_all(void)
{
	static const uint32_t offsets[] = { CR0, CR1, SR, CPSR, IMSC, RIS, MIS };

	for (unsigned i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++)
		both_read(&b, offsets[i], ~0u);
}

/* A random step that the manual allows. */
static void step(void)
{
	uint32_t status = ferry_sim_peek(b.model, SR), value = next_random();

	switch (next_random() % 8) {
	case 0:
		if (!(status & 0x10))
			both_write(&b, CR0, (value & 0xff00) | (value % 13 + 3));
		break;
	case 1:
		both_write(&b, CR1, value & 2 ? 3 : 1);
		break;
	case 2:
		both_write(&b, CPSR, (value % 127 + 1) * 2);
		break;
	case 3:
		both_write(&b, IMSC, value & 0xf);
		break;
	case 4:
	case 5:
		if (status & 2)
			both_write(&b, DR, value & 0xffff);
		break;
	default:
		if (status & 4)
			both_read(&b, DR, ~0u);
	}
}

static void registers_and_fifos_are_as_qemus(void **state)
{
	both_write(&b, CPSR, 2);
	both_write(&b, CR0, 7);
	both_write(&b, CR1, 1);
	for (unsigned i = 0; i < STEPS; i++) {
		step();
		compare_all();
	}
}

/* ---- The driver's accesses, on QEMU's device ---- */

/* The model is QEMU's: what it says of the wires is made up by that. */
static struct qtest qemu;

static uint32_t real_read(void *arg, uint32_t offset, unsigned bytes)
{
	return qtest_read(&qemu, BASE + offset);
}

static void real_write(void *arg, uint32_t offset, unsigned bytes, uint32_t value)
{
	qtest_write(&qemu, BASE + offset, value);
}

extern const struct fy_driver fy_driver_pl022;

static const struct ferry_sim_model real = {
	.size = 0x1000, .widths = 4, .irqs = 1, .read = real_read, .write = real_write
};

/*
 * Chip select of the card: pin 0 of the board's port D (a PL061 of Luminary's). RCGC2 is the clock
 * of ports, DIR the direction, DEN what makes it a pin.
 */
#define PORT_D	     0x40007000u
#define PORT_D_DIR   (PORT_D + 0x400)
#define PORT_D_DEN   (PORT_D + 0x51c)
#define PORT_D_DATA0 (PORT_D + (1u << 2))
#define RCGC2	     0x400fe108u

static int card(struct ferry_sim_device *bus, const uint8_t command[6], uint8_t *answer)
{
	const struct fy_spi_config config = { .word_bits = 8, .speed_hz = 400000 };
	uint8_t in[8];
	const struct fy_spi_segment segments[] = {
		{ .write = command, .length = 6 },
		{ .write = "\xff\xff\xff\xff\xff\xff\xff\xff", .read = in, .length = sizeof(in) }
	};
	int rc;

	qtest_write(&qemu, PORT_D_DATA0, 0);
	rc = ferry_sim_spi_transfer(bus, &config, segments, 2, NULL);
	qtest_write(&qemu, PORT_D_DATA0, 1);
	for (unsigned i = 0; i < sizeof(in); i++)
		if (in[i] != 0xff) {
			*answer = in[i];
			break;
		}
	return rc;
}

/* SD Specifications, part 1, section 7.2.1: CMD0 puts a card into SPI mode, and it is idle. */
static void the_driver_talks_to_qemus_sd_card(void **state)
{
	static const uint8_t reset[] = { 0x40, 0, 0, 0, 0, 0x95 };
	static const uint8_t condition[] = { 0x48, 0, 0, 1, 0xaa, 0x87 };
	static const uint8_t nonsense[] = { 0x40 | 63, 0, 0, 0, 0, 1 };
	static const char *const drive[] = { "-S", "-drive",
					     "if=sd,driver=null-co,size=16M,read-zeroes=on", NULL };
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *bus;
	uint8_t answer = 0xff;

	qtest_start_with_all(&qemu, "qemu-system-arm", "lm3s6965evb", drive);
	qtest_write(&qemu, RCGC2, 0xff);
	qtest_write(&qemu, PORT_D_DIR, 1);
	qtest_write(&qemu, PORT_D_DEN, 1);
	qtest_write(&qemu, PORT_D_DATA0, 1);
	bus = ferry_sim_add_model(sim, &fy_driver_pl022, "spi", &real, NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(card(bus, reset, &answer), 0);
	assert_int_equal(answer, 0x01);
	assert_int_equal(card(bus, condition, &answer), 0);
	assert_int_equal(answer, 0x01);
	assert_int_equal(card(bus, nonsense, &answer), 0);
	/* an illegal command */
	assert_int_equal(answer & 0x04, 0x04);
	ferry_sim_remove(bus);
	end_world(sim);
	qtest_stop(&qemu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(says_that_it_is_a_pl022, start, stop),
		cmocka_unit_test_setup_teardown(registers_and_fifos_are_as_qemus, start, stop),
		cmocka_unit_test(the_driver_talks_to_qemus_sd_card),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
