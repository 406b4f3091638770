// SPDX-License-Identifier: GPL-2.0-only
/*
 * A driver of a device on an SPI bus: transfers that wait and requests reach the target in order,
 * and end with an error, and the chip select inactive, when a word goes wrong, whichever it is.
 */
#include "test.h"

#include <ferry-sim/spi.h>
#include <ferry/spi-target.h>

#include "sim/sim.h"

#define SELECT 2

/* ---- A target: a memory of 16 bytes. 0x80 | address reads from there, address writes. ---- */

static struct memory {
	uint8_t bytes[16], address;
	bool addressed, reads;
	unsigned selects; /* how often it was selected */
	bool selected;
} memory;

static void memory_select(void *arg, bool active, uint64_t time)
{
	memory.selected = active;
	memory.selects += active;
	memory.addressed = false;
}

static uint8_t memory_next(void *arg)
{
	return memory.addressed && memory.reads ? memory.bytes[memory.address++ % 16] : 0xff;
}

static void memory_byte(void *arg, uint8_t byte, uint64_t time)
{
	if (!memory.addressed) {
		memory.addressed = true;
		memory.reads = byte & 0x80;
		memory.address = byte & 0xf;
	} else if (!memory.reads) {
		memory.bytes[memory.address++ % 16] = byte;
	}
}

static const struct ferry_sim_spi_target memory_target = { memory_select, memory_next,
							   memory_byte };

/* ---- The driver ---- */

struct state {
	struct fy_spi_target target;
	struct fy_spi_request request[2];
	struct fy_spi_segment segment[2][2];
	uint8_t out[2], in[2][4];
	unsigned ends[2];
	int error[2];
	int again; /* submits the first so often from its handler */
};

static unsigned mode;
static uint32_t speed;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *dev;

static void ended(struct state *s, unsigned n, int error)
{
	s->ends[n]++;
	s->error[n] = error;
}

static void first_ended(void *arg, int error)
{
	struct state *s = arg;

	ended(s, 0, error);
	if (s->again-- > 0)
		assert_int_equal(fy_spi_submit(&s->request[0]), 0);
}

static void second_ended(void *arg, int error)
{
	ended(arg, 1, error);
}

static int probe(struct fy_device *fy)
{
	struct state *s = fy_state(fy);
	int rc = fy_spi_target_get(fy, &s->target, mode, 8, speed);

	for (unsigned i = 0; i < 2; i++) {
		s->out[i] = (uint8_t)(0x80 | 4 * i);
		s->segment[i][0] = (struct fy_spi_segment){ .write = &s->out[i], .length = 1 };
		s->segment[i][1] = (struct fy_spi_segment){ .read = s->in[i], .length = 4 };
		fy_spi_request_init(&s->request[i], &s->target, s->segment[i], 2,
				    i ? second_ended : first_ended, s);
	}
	return rc;
}

static void remove_device(struct fy_device *fy)
{
	struct state *s = fy_state(fy);

	fy_spi_cancel(&s->request[0]);
	fy_spi_cancel(&s->request[1]);
}

static const struct fy_driver driver = {
	.name = "memory",
	.state_size = sizeof(struct state),
	.probe = probe,
	.remove = remove_device,
};

static struct state *state_of(void)
{
	return ferry_sim_state(dev);
}

static int setup(void **state)
{
	mode = FY_SPI_MODE_0;
	speed = 1000000;
	memory = (struct memory){ .bytes = "0123456789abcdef" };
	sim = ferry_sim_new();
	dev = ferry_sim_add(sim, &driver, "memory", NULL);
	bus = ferry_sim_add_spi(sim, "spi");
	ferry_sim_spi_attach(bus, SELECT, &memory_target, NULL);
	assert_int_equal(ferry_sim_set_bus(dev, "spi", SELECT), 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

/* ---- Transfers that wait ---- */

static void a_driver_waits_for_its_transfers(void **state)
{
	struct fy_spi_target *target = &state_of()->target;
	uint8_t command = 0x83, bytes[4], both[3] = { 0x85, 0, 0 };
	uint64_t before = ferry_sim_now(sim);

	assert_int_equal(fy_spi_write_read(target, &command, 1, bytes, 4), 0);
	assert_memory_equal(bytes, "3456", 4);
	assert_int_equal(ferry_sim_now(sim) - before, 5 * 8 * FERRY_SIM_US);
	assert_int_equal(fy_spi_write(target, "\x03xyz", 4), 0);
	assert_memory_equal(memory.bytes, "012xyz67", 8);
	assert_int_equal(fy_spi_exchange(target, both, both, 3), 0);
	assert_memory_equal(both, "\xffz6", 3);
	assert_int_equal(fy_spi_read(target, bytes, 2), 0);
	assert_memory_equal(bytes, "\xff\xff", 2);
	assert_int_equal(memory.selects, 4);
	assert_false(memory.selected);
}

static void segments_go_together_or_not(void **state)
{
	struct fy_spi_segment segments[] = {
		{ .write = "\x01", .length = 1 },
		{ .write = "AB", .length = 2, .deselect = true },
		{ .write = "\x07", .length = 1, .speed_hz = 1000 },
		{ .write = "H", .length = 1 },
	};
	uint64_t before = ferry_sim_now(sim);

	assert_int_equal(fy_spi_transact(&state_of()->target, segments, 4), 0);
	assert_memory_equal(memory.bytes, "0AB3456H", 8);
	assert_int_equal(memory.selects, 2);
	assert_in_range(ferry_sim_now(sim) - before, (4 * 8 + 8 * 1000) * FERRY_SIM_US,
			(4 * 8 + 8 * 1000 + 10) * FERRY_SIM_US);
}

static void what_is_not_valid_is_refused(void **state)
{
	struct fy_spi_target *target = &state_of()->target;

	assert_int_equal(fy_spi_write(target, memory.bytes, FY_SPI_LENGTH_MAX + 1), FY_ERR_INVALID);
	assert_int_equal(fy_spi_transact(target, NULL, 0), FY_ERR_INVALID);
	assert_int_equal(fy_spi_read(target, NULL, (size_t)-1), FY_ERR_INVALID);
	assert_int_equal(memory.selects, 0);
}

static void the_devicetree_may_make_it_slower(void **state)
{
	uint64_t before;

	ferry_sim_remove(dev);
	ferry_sim_set_property(dev, "spi-max-frequency", 10000);
	assert_int_equal(ferry_sim_probe(sim), 0);
	before = ferry_sim_now(sim);
	assert_int_equal(fy_spi_write(&state_of()->target, "ab", 2), 0);
	assert_int_equal(ferry_sim_now(sim) - before, 16 * 100 * FERRY_SIM_US);
	ferry_sim_remove(dev);
	ferry_sim_set_property(dev, "spi-max-frequency", 2000000);
	assert_int_equal(ferry_sim_probe(sim), 0);
	before = ferry_sim_now(sim);
	assert_int_equal(fy_spi_write(&state_of()->target, "ab", 2), 0);
	assert_int_equal(ferry_sim_now(sim) - before, 16 * FERRY_SIM_US);
}

/* ---- Requests ---- */

static void requests_are_done_in_order(void **state)
{
	struct state *s = state_of();

	s->again = 2;
	assert_int_equal(fy_spi_submit(&s->request[0]), 0);
	assert_int_equal(fy_spi_submit(&s->request[1]), 0);
	assert_int_equal(fy_spi_submit(&s->request[0]), FY_ERR_BUSY);
	assert_int_equal(s->ends[0], 0);
	ferry_sim_run_for(sim, 41 * FERRY_SIM_US);
	assert_int_equal(s->ends[0], 1);
	assert_int_equal(s->ends[1], 0);
	ferry_sim_run_for(sim, MS);
	assert_int_equal(s->ends[0], 3);
	assert_int_equal(s->ends[1], 1);
	assert_memory_equal(s->in[0], "0123", 4);
	assert_memory_equal(s->in[1], "4567", 4);
}

static void a_request_can_be_cancelled_at_any_time(void **state)
{
	struct state *s = state_of();

	for (unsigned us = 0; us < 100; us++) {
		unsigned first = s->ends[0], second = s->ends[1];

		assert_int_equal(fy_spi_submit(&s->request[0]), 0);
		assert_int_equal(fy_spi_submit(&s->request[1]), 0);
		ferry_sim_run_for(sim, us * FERRY_SIM_US);
		fy_spi_cancel(&s->request[us % 2]);
		ferry_sim_run_for(sim, MS);
		assert_false(memory.selected);
		assert_int_equal(s->ends[0] - first, us % 2 || us >= 40);
		assert_int_equal(s->ends[1] - second, us % 2 == 0 || us >= 80);
		assert_int_equal(s->error[0], 0);
		assert_int_equal(s->error[1], 0);
	}
}

/* ---- What goes wrong ---- */

static void a_word_that_goes_wrong_ends_its_transfer(void **state)
{
	static const int errors[] = { FY_ERR_IO, FY_ERR_TIMEOUT };
	struct state *s = state_of();

	for (unsigned i = 0; i < 2 * 6; i++) {
		uint8_t command = 0x80, bytes[4];
		unsigned word = i / 2;

		ferry_sim_spi_fail(bus, word, errors[i % 2]);
		assert_int_equal(fy_spi_write_read(&s->target, &command, 1, bytes, 4),
				 word < 5 ? errors[i % 2] : 0);
		assert_false(memory.selected);
		ferry_sim_spi_fail(bus, word, errors[i % 2]);
		assert_int_equal(fy_spi_submit(&s->request[0]), 0);
		ferry_sim_run_for(sim, 2 * SECOND);
		assert_int_equal(s->error[0], word < 5 ? errors[i % 2] : 0);
		assert_int_equal(s->ends[0], i + 1);
		assert_false(memory.selected);
		ferry_sim_spi_fail(bus, 0, 0);
		assert_int_equal(fy_spi_write_read(&s->target, &command, 1, bytes, 4), 0);
		assert_memory_equal(bytes, "0123", 4);
	}
}

/* The bus goes, and its devices before it; when it comes again, so do they. */
static void a_bus_that_goes_takes_its_devices_along(void **state)
{
	for (unsigned us = 0; us < 100; us += 3) {
		struct state *s = state_of();

		assert_int_equal(fy_spi_submit(&s->request[0]), 0);
		assert_int_equal(fy_spi_submit(&s->request[1]), 0);
		ferry_sim_run_for(sim, us * FERRY_SIM_US);
		ferry_sim_remove(bus);
		assert_false(ferry_sim_is_running(dev));
		assert_false(memory.selected);
		assert_int_equal(ferry_sim_probe(sim), 0);
		assert_true(ferry_sim_is_running(dev));
	}
}

static void where_it_is_not_the_target_is_not_got(void **state)
{
	ferry_sim_remove(dev);
	assert_int_equal(ferry_sim_set_bus(dev, "nowhere", SELECT), 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_DEFER);
	assert_int_equal(ferry_sim_set_bus(dev, "spi", 8), 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_int_equal(ferry_sim_set_bus(dev, "spi", SELECT), 0);
	mode = FY_SPI_LOOPBACK;
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_UNSUPPORTED);
	mode = 0;
	speed = 0;
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	speed = 1000;
	ferry_sim_refuse(dev, FERRY_SIM_SPI_TARGET_GET, 0, FY_ERR_NO_MEMORY);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NO_MEMORY);
	ferry_sim_refuse(dev, FERRY_SIM_SPI_TARGET_GET, 0, 0);
	assert_int_equal(ferry_sim_probe(sim), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_driver_waits_for_its_transfers),
		TEST(segments_go_together_or_not),
		TEST(what_is_not_valid_is_refused),
		TEST(the_devicetree_may_make_it_slower),
		TEST(requests_are_done_in_order),
		TEST(a_request_can_be_cancelled_at_any_time),
		TEST(a_word_that_goes_wrong_ends_its_transfer),
		TEST(a_bus_that_goes_takes_its_devices_along),
		TEST(where_it_is_not_the_target_is_not_got),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
