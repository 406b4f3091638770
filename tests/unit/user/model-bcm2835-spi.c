// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model bcm2835-spi is as QEMU's, whose bytes take no time, in status and FIFOs; and what the
 * driver does to the model reads a flash memory on QEMU's bus.
 */
#include "qemu.h"

#include <ferry-sim/spi.h>
#include <ferry/spi.h>

#include "models/spi-models.h"
#include "sim/sim.h"

#define BASE  0x20204000u
#define STEPS 3000

#define CS	0x00u
#define CS_TA	0x80u
#define CS_FIFO 0x30u /* clears them */
#define FIFO	0x04u

/* Those that QEMU forgets at TA, or that read as they were written. */
#define CS_COMPARED (~(CS_FIFO | 1u << 19))

static struct both b;

/* Nobody is on QEMU's bus, and it then reads zeros. */
static void ignore_select(struct spi_target *target, bool active, uint64_t now)
{
}

static void ignore_clock(struct spi_target *target, int input, uint64_t now)
{
}

static int low(struct spi_target *target)
{
	return 0;
}

static struct spi_target nobody[3];

static int start(void **state)
{
	both_start(&b, "qemu-system-arm", "raspi0", BASE, "bcm2835-spi");
	assert_int_equal(ferry_sim_set_option(b.model, "instant", true), 0);
	for (unsigned i = 0; i < 3; i++) {
		nobody[i] = (struct spi_target){ .select = ignore_select,
						 .clock = ignore_clock,
						 .output = low };
		bcm2835_spi_attach((struct bcm2835_spi_model *)b.model->model, i, &nobody[i]);
	}
	return 0;
}

static int stop(void **state)
{
	both_stop(&b);
	return 0;
}

/* A random step that the manual allows. */
static void step(void)
{
	uint32_t status = ferry_sim_peek(b.model, CS), value = next_random();

	switch (next_random() % 16) {
	case 0:
		both_write(&b, CS, (value & 0x640u) | CS_FIFO | value % 3 | CS_TA);
		break;
	case 1:
		both_write(&b, CS, CS_FIFO | value % 3);
		break;
	case 2:
		both_write(&b, 0x08 + value % 4 * 4, value & 0xffff);
		break;
	default:
		if (next_random() % 2 && status & CS_TA && status & 1u << 18)
			both_write(&b, FIFO, value & 0xff);
		else if (status & 1u << 17)
			both_read(&b, FIFO, ~0u);
	}
}

static void status_and_fifos_are_as_qemus(void **state)
{
	for (unsigned i = 0; i < STEPS; i++) {
		step();
		both_read(&b, CS, CS_COMPARED);
		for (uint32_t offset = 0x08; offset < 0x18; offset += 4)
			both_read(&b, offset, ~0u);
	}
}

/* ---- The driver's accesses, on QEMU's device ---- */

static struct qtest qemu;

static uint32_t real_read(void *arg, uint32_t offset, unsigned bytes)
{
	return qtest_read(&qemu, BASE + offset);
}

static void real_write(void *arg, uint32_t offset, unsigned bytes, uint32_t value)
{
	qtest_write(&qemu, BASE + offset, value);
}

extern const struct fy_driver fy_driver_bcm2835_spi;

static const struct ferry_sim_model real = {
	.size = 0x18, .widths = 4, .irqs = 1, .read = real_read, .write = real_write
};

/* QEMU's controller drives no chip select: the flash takes the 6 bytes of an id for its end. */
static void the_driver_reads_qemus_flash(void **state)
{
	static const char *const flash[] = { "-S", "-device", "w25q80", NULL };
	const struct fy_spi_config config = { .word_bits = 8, .speed_hz = 400000 };
	uint8_t id[6] = { 0 }, erased[200] = { 0 };
	const struct fy_spi_segment identify[] = { { .write = "\x9f", .length = 1 },
						   { .read = id, .length = 6 } };
	const struct fy_spi_segment read[] = { { .write = "\x03\x01\x02\x03", .length = 4 },
					       { .read = erased, .length = sizeof(erased) } };
	struct ferry_sim *sim = ferry_sim_new();
	struct ferry_sim_device *bus;

	qtest_start_with_all(&qemu, "qemu-system-arm", "raspi0", flash);
	bus = ferry_sim_add_model(sim, &fy_driver_bcm2835_spi, "spi", &real, NULL);
	assert_int_equal(ferry_sim_probe(sim), 0);
	for (unsigned i = 0; i < 3; i++) {
		memset(id, 0, sizeof(id));
		assert_int_equal(ferry_sim_spi_transfer(bus, &config, identify, 2, NULL), 0);
		assert_memory_equal(id, "\xef\x50\x14", 3);
	}
	assert_int_equal(ferry_sim_spi_transfer(bus, &config, read, 2, NULL), 0);
	for (unsigned i = 0; i < sizeof(erased); i++)
		assert_int_equal(erased[i], 0xff);
	ferry_sim_remove(bus);
	end_world(sim);
	qtest_stop(&qemu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(status_and_fifos_are_as_qemus, start, stop),
		cmocka_unit_test(the_driver_reads_qemus_flash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
