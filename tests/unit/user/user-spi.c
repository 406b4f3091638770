// SPDX-License-Identifier: GPL-2.0-only
/*
 * drivers/pl022.c and the port's class spi do transfers with a target that notes what its pins see:
 * chip select, bits, and when; and each transfer ends, whatever happens.
 */
#include "test.h"

#include <ferry-sim/spi.h>
#include <ferry/spi.h>

#include "models/spi-models.h"
#include "sim/sim.h"

#define SELECT 3 /* pin */
#define CR1    0x04
#define IMSC   0x14

extern const struct fy_driver fy_driver_pl022;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *pins;

/* ---- A target: it answers what it got eight bits ago, and notes bits and selects. ---- */

static struct note {
	struct spi_target target;
	unsigned shift; /* what it will answer */
	char seen[1000];
	uint64_t deselected, gap; /* when it was; how long, until it was selected again */
} target;

static void note_select(struct spi_target *t, bool active, uint64_t now)
{
	strcat(target.seen, active ? "<" : ">");
	if (active)
		target.gap = now - target.deselected;
	else
		target.deselected = now;
}

static void note_clock(struct spi_target *t, int input, uint64_t now)
{
	target.shift = target.shift << 1 | (unsigned)input;
	assert_true(strlen(target.seen) < sizeof(target.seen) - 2);
	strcat(target.seen, input ? "1" : "0");
}

static int note_output(struct spi_target *t)
{
	return target.shift >> 7 & 1;
}

static struct pl022_model *model(void)
{
	return (struct pl022_model *)bus->model;
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 8);
	bus = ferry_sim_add(sim, &fy_driver_pl022, "spi", "arm,pl022");
	assert_non_null(bus);
	ferry_sim_set_pin(bus, "cs", "pins", SELECT, true);
	assert_int_equal(ferry_sim_probe(sim), 0);
	target = (struct note){
		.target = { .select = note_select, .clock = note_clock, .output = note_output },
	};
	spi_target_wire(&target.target, pins->model, SELECT);
	pl022_attach(model(), &target.target);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static const struct fy_spi_config config = { .word_bits = 8, .speed_hz = 1000000 };

static int transfer(const struct fy_spi_segment *segments, unsigned count)
{
	return ferry_sim_spi_transfer(bus, &config, segments, count, NULL);
}

/* Writes and reads at once. */
static int exchange(const void *out, void *in, uint32_t length)
{
	return transfer(&(struct fy_spi_segment){ .write = out, .read = in, .length = length }, 1);
}

static void assert_idle(void)
{
	assert_int_equal(ferry_sim_level(pins, SELECT), 1);
	assert_int_equal(ferry_sim_peek(bus, IMSC), 0);
}

/* ---- What goes over the wires. ---- */

static void bytes_go_both_ways(void **state)
{
	uint8_t out[] = { 0x9f, 0x01 }, in[] = { 0, 0 };

	assert_int_equal(exchange(out, in, 2), 0);
	assert_string_equal(target.seen, "<1001111100000001>");
	assert_int_equal(in[0], 0);
	assert_int_equal(in[1], 0x9f);
	assert_idle();
}

static void what_is_not_written_is_zero_and_what_is_not_read_is_dropped(void **state)
{
	uint8_t in[2] = { 1, 1 };

	assert_int_equal(exchange("\xff", NULL, 1), 0);
	assert_int_equal(exchange(NULL, in, 2), 0);
	assert_string_equal(target.seen, "<11111111><0000000000000000>");
	assert_int_equal(in[0], 0xff);
	assert_int_equal(in[1], 0);
}

static void segments_are_one_transaction(void **state)
{
	uint8_t in = 0;
	const struct fy_spi_segment segments[] = {
		{ .write = "\x05", .length = 1 },
		{ .length = 0, .delay_us = 7 },
		{ .read = &in, .length = 1 },
	};
	uint64_t before = ferry_sim_now(sim);

	assert_int_equal(transfer(segments, 3), 0);
	assert_string_equal(target.seen, "<0000010100000000>");
	assert_int_equal(in, 0x05);
	/* The last word is noticed when it has lain in the FIFO for the time of 32 bits. */
	assert_int_equal(ferry_sim_now(sim) - before, (8 + 32 + 7 + 8 + 32) * FERRY_SIM_US);
}

static void a_segment_may_end_with_the_chip_select_inactive(void **state)
{
	const struct fy_spi_segment segments[] = {
		{ .write = "\x06", .length = 1, .deselect = true },
		{ .write = "\x60", .length = 1 },
	};

	assert_int_equal(transfer(segments, 2), 0);
	assert_string_equal(target.seen, "<00000110><01100000>");
	assert_in_range(target.gap, FERRY_SIM_US, 10 * FERRY_SIM_US);
}

static void words_have_4_to_16_bits(void **state)
{
	uint16_t out[] = { 0x0abc, 0xf001 }, in[] = { 0, 0 };
	const struct fy_spi_segment segments[] = {
		{ .write = out, .read = in, .length = 4, .word_bits = 12 },
		{ .write = "\xf5", .length = 1, .word_bits = 4 },
	};

	assert_int_equal(transfer(segments, 2), 0);
	assert_string_equal(target.seen, "<1010101111000000000000010101>");
	assert_int_equal(in[0], 0x00a);
	assert_int_equal(in[1], 0xbc0);
}

static void the_clock_is_no_faster_than_asked_for(void **state)
{
	static const uint32_t speeds[] = { 400, 1000, 99999, 1000001, 5000000, 11999999, 12000000 };

	for (unsigned i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		struct fy_spi_config slow = { .word_bits = 16, .speed_hz = speeds[i] };
		uint16_t words[4] = { 0 };
		const struct fy_spi_segment segment = { .write = words, .length = 8 };
		uint64_t before = ferry_sim_now(sim), took, fastest;

		target.seen[0] = 0;
		assert_int_equal(ferry_sim_spi_transfer(bus, &slow, &segment, 1, NULL), 0);
		took = ferry_sim_now(sim) - before;
		fastest = 64 * UINT64_C(1000000000) / speeds[i];
		assert_true(took + 4 >= fastest); /* whole ns, word by word */
		/* A divider is even, and above 512 a multiple of more. */
		assert_true(took <= fastest + fastest / 64 + 64 * UINT64_C(2000000000) / PL022_HZ);
	}
}

static void all_modes_reach_the_wires(void **state)
{
	for (uint8_t mode = FY_SPI_MODE_0; mode <= FY_SPI_MODE_3; mode++) {
		const struct fy_spi_config c = { .mode = mode,
						 .word_bits = 8,
						 .speed_hz = 1000000 };
		const struct fy_spi_segment segment = { .write = "\x81", .length = 1 };

		target.target.falling = mode == FY_SPI_MODE_1 || mode == FY_SPI_MODE_2;
		assert_int_equal(ferry_sim_spi_transfer(bus, &c, &segment, 1, NULL), 0);
		assert_int_equal(ferry_sim_peek(bus, 0) >> 6 & 3, (mode >> 1) | (mode & 1) << 1);
	}
	assert_string_equal(target.seen, "<10000001><10000001><10000001><10000001>");
}

static void the_controller_can_hear_itself(void **state)
{
	const struct fy_spi_config c = { .mode = FY_SPI_LOOPBACK,
					 .word_bits = 8,
					 .speed_hz = 1000000 };
	uint8_t in[3];
	const struct fy_spi_segment segment = { .write = "abc", .read = in, .length = 3 };

	assert_int_equal(ferry_sim_spi_transfer(bus, &c, &segment, 1, NULL), 0);
	assert_memory_equal(in, "abc", 3);
}

static void long_segments_go_through_the_fifo(void **state)
{
	static uint8_t out[FY_SPI_LENGTH_MAX], in[FY_SPI_LENGTH_MAX];
	const struct fy_spi_config c = { .mode = FY_SPI_LOOPBACK,
					 .word_bits = 8,
					 .speed_hz = 12000000 };
	const struct fy_spi_segment segment = { .write = out, .read = in, .length = sizeof(in) };

	for (size_t i = 0; i < sizeof(out); i++)
		out[i] = (uint8_t)(i * 7 + i / 256);
	assert_int_equal(ferry_sim_spi_transfer(bus, &c, &segment, 1, NULL), 0);
	assert_memory_equal(in, out, sizeof(in));
}

/* ---- What is refused. ---- */

static int try(struct fy_spi_config c, struct fy_spi_segment segment)
{
	return ferry_sim_spi_transfer(bus, &c, &segment, 1, NULL);
}

static void what_is_not_valid_is_refused(void **state)
{
	static uint16_t words[3];
	const struct fy_spi_config wide = { .word_bits = 16, .speed_hz = 1000000 };
	unsigned done = 9;

	assert_int_equal(transfer(NULL, 0), FY_ERR_INVALID);
	assert_int_equal(try(config, (struct fy_spi_segment){ .length = FY_SPI_LENGTH_MAX + 1 }),
			 FY_ERR_INVALID);
	assert_int_equal(try(wide, (struct fy_spi_segment){ .length = 3 }), FY_ERR_INVALID);
	assert_int_equal(try(wide,
			     (struct fy_spi_segment){ .length = 4, .write = (char *)words + 1 }),
			 FY_ERR_INVALID);
	assert_int_equal(try(config, (struct fy_spi_segment){ .length = 4, .word_bits = 33 }),
			 FY_ERR_INVALID);
	assert_int_equal(try((struct fy_spi_config){ .word_bits = 8 },
			     (struct fy_spi_segment){ .length = 1 }),
			 FY_ERR_INVALID);
	assert_int_equal(ferry_sim_spi_transfer(bus, &config, NULL, FY_SPI_SEGMENTS_MAX + 1, &done),
			 FY_ERR_INVALID);
	assert_int_equal(done, 0);
	assert_string_equal(target.seen, "");
}

static void what_the_controller_does_not_support_is_refused(void **state)
{
	struct fy_spi_config c = config;
	const struct fy_spi_segment byte = { .length = 1 };

	assert_int_equal(try(c, (struct fy_spi_segment){ .length = 4, .word_bits = 17 }),
			 FY_ERR_UNSUPPORTED);
	assert_int_equal(try(c, (struct fy_spi_segment){ .length = 1, .word_bits = 3 }),
			 FY_ERR_UNSUPPORTED);
	assert_int_equal(try(c, (struct fy_spi_segment){ .length = 1, .speed_hz = 100 }),
			 FY_ERR_UNSUPPORTED);
	c.mode = FY_SPI_LSB_FIRST;
	assert_int_equal(try(c, byte), FY_ERR_UNSUPPORTED);
	c.mode = 0;
	c.select = 1;
	assert_int_equal(try(c, byte), FY_ERR_NOT_FOUND);
	assert_string_equal(target.seen, "");
	assert_int_equal(try(config, byte), 0);
}

/* ---- What goes wrong. ---- */

static void a_controller_that_never_answers_ends_the_transfer(void **state)
{
	uint64_t before = ferry_sim_now(sim);
	unsigned done = 9;
	const struct fy_spi_segment segments[] = { { .length = 0 }, { .length = 20 } };

	assert_int_equal(ferry_sim_set_option(bus, "dead", true), 0);
	assert_int_equal(ferry_sim_spi_transfer(bus, &config, segments, 2, &done), FY_ERR_TIMEOUT);
	assert_int_equal(done, 1);
	assert_in_range(ferry_sim_now(sim) - before, SECOND, SECOND + 10 * MS);
	assert_idle();
	assert_int_equal(ferry_sim_set_option(bus, "dead", false), 0);
	target.seen[0] = 0;
	assert_int_equal(exchange("\x0f", NULL, 1), 0);
}

/* Whatever access goes wrong, a transfer ends, the chip select is inactive, and the next works. */
static void any_fault_ends(void **state)
{
	uint8_t in[20];
	unsigned long accesses, first;

	exchange(NULL, in, sizeof(in));
	first = ferry_sim_accesses(bus);
	exchange(NULL, in, sizeof(in));
	accesses = ferry_sim_accesses(bus) - first;
	assert_in_range(accesses, 20, 300);
	for (unsigned long i = 0; i < 2 * accesses; i++) {
		ferry_sim_inject(
			bus, &(struct ferry_sim_fault){ .offset = FERRY_SIM_ANY,
							.skip = i % accesses,
							.count = 1,
							.lost = i < accesses,
							.flip = i < accesses ? 0 : 1u << i % 10 });
		target.seen[0] = 0;
		exchange(NULL, in, sizeof(in));
		ferry_sim_heal(bus);
		assert_int_equal(ferry_sim_level(pins, SELECT), 1);
		ferry_sim_run_for(sim, MS);
		/* The next configures the controller, as a word or a bit may be left over. */
		target.seen[0] = 0;
		in[1] = 0;
		assert_int_equal(
			try((struct fy_spi_config){ .word_bits = 8,
						    .speed_hz = 500000 + i % 2,
						    .mode = FY_SPI_LOOPBACK },
			    (struct fy_spi_segment){ .write = "abc", .read = in, .length = 3 }),
			0);
	}
	/* What was done with those faults was against the manual. */
	ferry_sim_free(sim);
	setup(state);
}

static void over(void *arg, struct fy_spi_transfer *t)
{
	++*(unsigned *)arg;
}

static struct fy_spi_transfer transfer_of(const struct fy_spi_segment *segments, unsigned count,
					  unsigned *ends)
{
	return (struct fy_spi_transfer){
		.config = config, .segments = segments, .count = count, .ended = over, .arg = ends
	};
}

/* At each time of a transfer in turn. */
static void a_transfer_can_be_cancelled_at_any_time(void **state)
{
	for (unsigned us = 0; us < 300; us++) {
		uint8_t in[20];
		const struct fy_spi_segment segments[] = {
			{ .write = "\x03\x00\x00", .length = 3, .delay_us = 5 },
			{ .read = in, .length = 20, .deselect = true },
			{ .read = in, .length = 1 },
		};
		unsigned ends = 0;
		struct fy_spi_transfer t = transfer_of(segments, 3, &ends);

		assert_int_equal(spi_queue_add(user_spi_first(sim->world), &t), 0);
		ferry_sim_run_for(sim, us * FERRY_SIM_US);
		spi_queue_cancel(&t);
		assert_idle();
		ferry_sim_run_for(sim, MS);
		assert_true(ends == 0 || (ends == 1 && us > 200));
		target.seen[0] = 0;
		target.shift = 0;
		assert_int_equal(exchange("\x5a", in, 2), 0);
		assert_string_equal(target.seen, "<0101101000000000>");
		assert_int_equal(in[1], 0x5a);
	}
}

static void removal_ends_transfers_at_any_time(void **state)
{
	for (unsigned us = 0; us < 100; us += 3) {
		const struct fy_spi_segment segment = { .length = 10 };
		unsigned ends[2] = { 0, 0 };
		struct fy_spi_transfer t[] = { transfer_of(&segment, 1, &ends[0]),
					       transfer_of(&segment, 1, &ends[1]) };

		assert_int_equal(spi_queue_add(user_spi_first(sim->world), &t[0]), 0);
		assert_int_equal(spi_queue_add(user_spi_first(sim->world), &t[1]), 0);
		ferry_sim_run_for(sim, us * FERRY_SIM_US);
		ferry_sim_remove(bus);
		assert_int_equal(ends[0], 1);
		assert_int_equal(ends[1], 1);
		assert_int_equal(t[0].error, FY_ERR_GONE);
		assert_int_equal(t[1].error, FY_ERR_GONE);
		assert_int_equal(ferry_sim_level(pins, SELECT), 1);
		assert_int_equal(ferry_sim_peek(bus, CR1), 0);
		assert_null(user_spi_first(sim->world));
		assert_int_equal(exchange(NULL, NULL, 1), FY_ERR_NOT_FOUND);
		assert_int_equal(ferry_sim_probe(sim), 0);
		target.seen[0] = 0;
	}
}

static void what_the_port_refuses_is_undone(void **state)
{
	static const enum ferry_sim_call calls[] = { FERRY_SIM_IRQ_ATTACH, FERRY_SIM_GPIO_REQUEST,
						     FERRY_SIM_SPI_OFFER };

	ferry_sim_remove(bus);
	for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		ferry_sim_refuse(bus, calls[i], 0, FY_ERR_BUSY);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
		ferry_sim_refuse(bus, calls[i], 0, 0);
	}
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(exchange("a", NULL, 1), 0);
}

static void another_device_is_left_alone(void **state)
{
	ferry_sim_remove(bus);
	ferry_sim_inject(
		bus, &(struct ferry_sim_fault){ .offset = 0xfe0, .replace = true, .value = 0x61 });
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_string_equal(ferry_sim_last_log(sim),
			    "there is a PrimeCell 061 at its address, not 022");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_go_both_ways),
		TEST(what_is_not_written_is_zero_and_what_is_not_read_is_dropped),
		TEST(segments_are_one_transaction),
		TEST(a_segment_may_end_with_the_chip_select_inactive),
		TEST(words_have_4_to_16_bits),
		TEST(the_clock_is_no_faster_than_asked_for),
		TEST(all_modes_reach_the_wires),
		TEST(the_controller_can_hear_itself),
		TEST(long_segments_go_through_the_fifo),
		TEST(what_is_not_valid_is_refused),
		TEST(what_the_controller_does_not_support_is_refused),
		TEST(a_controller_that_never_answers_ends_the_transfer),
		TEST(any_fault_ends),
		TEST(a_transfer_can_be_cancelled_at_any_time),
		TEST(removal_ends_transfers_at_any_time),
		TEST(what_the_port_refuses_is_undone),
		TEST(another_device_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
