// SPDX-License-Identifier: GPL-2.0-only
/*
 * spi-gpio moves its pins as each mode has it, no faster than asked for, and for no moment longer
 * than its segment is under way. The target sees the pins alone.
 */
#include "../user/test.h"

#include <ferry-sim/spi.h>
#include <ferry/spi.h>

#include "models/spi-models.h"
#include "sim/sim.h"

enum { SCK, MOSI, MISO, CS };

extern const struct fy_driver fy_driver_spi_gpio;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *pins;

/* ---- A target: it answers what it got before, 32 bits ago, and notes what it got. ---- */

static struct note {
	struct spi_target target;
	struct spi_wires wires;
	uint32_t shift;
	char seen[600];
	uint64_t last, fastest; /* time of an edge, and between two at least */
} target;

static void note(char c)
{
	size_t len = strlen(target.seen);

	assert_true(len < sizeof(target.seen) - 1);
	target.seen[len] = c;
	target.seen[len + 1] = 0;
}

static void note_select(struct spi_target *t, bool active, uint64_t now)
{
	note(active ? '<' : '>');
}

static void note_clock(struct spi_target *t, int input, uint64_t now)
{
	target.shift = target.shift << 1 | (unsigned)input;
	note(input ? '1' : '0');
	if (target.last && now - target.last < target.fastest)
		target.fastest = now - target.last;
	target.last = now;
}

static int note_output(struct spi_target *t)
{
	return (int)(target.shift >> 31);
}

static void forget(void)
{
	target.seen[0] = 0;
	target.last = 0;
	target.fastest = UINT64_MAX;
}

static int setup(void **state)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 8);
	bus = ferry_sim_add(sim, &fy_driver_spi_gpio, "spi", NULL);
	ferry_sim_set_pin(bus, "sck", "pins", SCK, false);
	ferry_sim_set_pin(bus, "mosi", "pins", MOSI, false);
	ferry_sim_set_pin(bus, "miso", "pins", MISO, false);
	ferry_sim_set_pin(bus, "cs", "pins", CS, true);
	assert_int_equal(ferry_sim_probe(sim), 0);
	target = (struct note){
		.target = { .select = note_select, .clock = note_clock, .output = note_output },
	};
	forget();
	spi_wire(&target.wires, &target.target, pins->model, SCK, MOSI, MISO, CS);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static const struct fy_spi_config usual = { .word_bits = 8, .speed_hz = 100000 };

static int exchange(struct fy_spi_config config, const void *out, void *in, uint32_t length)
{
	const struct fy_spi_segment segment = { .write = out, .read = in, .length = length };

	return ferry_sim_spi_transfer(bus, &config, &segment, 1, NULL);
}

static void bytes_go_both_ways_in_all_modes(void **state)
{
	for (uint8_t mode = FY_SPI_MODE_0; mode <= FY_SPI_MODE_3; mode++) {
		const struct fy_spi_config c = { .mode = mode, .word_bits = 8, .speed_hz = 100000 };
		uint8_t in[5] = { 0 };

		target.target.falling = mode == FY_SPI_MODE_1 || mode == FY_SPI_MODE_2;
		forget();
		target.shift = 0xc0ffee81;
		assert_int_equal(exchange(c, "\x9f\x01\x02\x03\x80", in, 5), 0);
		assert_string_equal(target.seen, "<1001111100000001000000100000001110000000>");
		assert_memory_equal(in, "\xc0\xff\xee\x81\x9f", 5);
		assert_int_equal(ferry_sim_level(pins, SCK), mode >= FY_SPI_MODE_2);
		assert_int_equal(ferry_sim_level(pins, CS), 1);
	}
}

static void words_have_1_to_32_bits_in_either_order(void **state)
{
	for (uint8_t bits = 1; bits <= 32; bits++) {
		const struct fy_spi_config c = { .word_bits = bits, .speed_hz = 100000 };
		const uint32_t mask = bits == 32 ? ~0u : (1u << bits) - 1, word = 0x8badf00d & mask;
		uint32_t out = word, in = 0;

		target.shift = 0x12345678;
		forget();
		assert_int_equal(exchange(c, &out, &in, fy_spi_word_bytes(bits)), 0);
		assert_int_equal(strlen(target.seen), bits + 2);
		assert_int_equal(target.shift & mask, word);
		assert_int_equal(in, 0x12345678u >> (32 - bits));
	}
	target.shift = 0xb0000000;
	forget();
	assert_int_equal(exchange((struct fy_spi_config){ .mode = FY_SPI_LSB_FIRST,
							  .word_bits = 8,
							  .speed_hz = 100000 },
				  "\x31", target.seen + 500, 1),
			 0);
	assert_string_equal(target.seen, "<10001100>");
	assert_int_equal(target.seen[500], 0x0d);
}

static void the_clock_is_no_faster_than_asked_for(void **state)
{
	static const uint32_t speeds[] = { 500, 1000, 33333, 100000, 499999, 1000000, 5000000 };

	for (unsigned i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		uint64_t least = 1000000000u / speeds[i];

		forget();
		assert_int_equal(
			exchange((struct fy_spi_config){ .word_bits = 8, .speed_hz = speeds[i] },
				 NULL, NULL, 4),
			0);
		assert_in_range(target.fastest, least, least + 2000);
	}
}

static void what_it_cannot_do_is_refused(void **state)
{
	struct fy_spi_config c = usual;

	c.speed_hz = 499;
	assert_int_equal(exchange(c, NULL, NULL, 1), FY_ERR_UNSUPPORTED);
	c = usual;
	c.mode = FY_SPI_LOOPBACK;
	assert_int_equal(exchange(c, NULL, NULL, 1), FY_ERR_UNSUPPORTED);
	assert_string_equal(target.seen, "");
}

static void long_segments_let_others_go_on(void **state)
{
	static uint8_t out[3000], in[3000];

	for (size_t i = 0; i < sizeof(out); i++)
		out[i] = (uint8_t)(i * 7 + i / 256);
	/* A wire in place of the target. */
	ferry_sim_wire(pins, MOSI, pins, MISO);
	target.target.falling = true;
	user_model_unwatch(pins->model, &target.wires.watch);
	assert_int_equal(exchange(usual, out, in, sizeof(in)), 0);
	assert_memory_equal(in, out, sizeof(in));
}

static void over(void *arg, struct fy_spi_transfer *t)
{
	++*(unsigned *)arg;
}

/* As an interrupt's handler would do it, in the middle of a word. */
static struct fy_spi_transfer *to_cancel, *to_start;
static struct fy_timer cancel_timer;

static uint64_t cancel_now(void *arg, uint64_t due)
{
	spi_queue_cancel(to_cancel);
	assert_int_equal(ferry_sim_level(pins, SCK), 0);
	assert_int_equal(ferry_sim_level(pins, CS), 1);
	forget();
	target.shift = 0x01020304;
	assert_int_equal(spi_queue_add(user_spi_first(sim->world), to_start), 0);
	return FY_TIMER_STOP;
}

static void cancel_after(struct fy_spi_transfer *t, struct fy_spi_transfer *next, unsigned us)
{
	to_cancel = t;
	to_start = next;
	user_model_timer_init(&cancel_timer, pins->model, cancel_now);
	user_timer_start(&cancel_timer, ferry_sim_now(sim) + us * FERRY_SIM_US);
}

static struct fy_spi_transfer transfer_of(const struct fy_spi_segment *segment, unsigned *ends)
{
	return (struct fy_spi_transfer){
		.config = usual, .segments = segment, .count = 1, .ended = over, .arg = ends
	};
}

/* And the next one, at once, is whole: its target sees no edge that belongs to the other. */
static void a_transfer_can_be_cancelled_at_any_time(void **state)
{
	for (unsigned us = 0; us < 400; us++) {
		uint8_t in[2] = { 0, 0 };
		const struct fy_spi_segment first = { .write = "\xa5\x5a\xff\x01", .length = 4 },
					    second = { .write = "\x0f\xf0",
						       .read = in,
						       .length = 2 };
		unsigned ends[2] = { 0, 0 };
		struct fy_spi_transfer t[] = { transfer_of(&first, &ends[0]),
					       transfer_of(&second, &ends[1]) };

		assert_int_equal(spi_queue_add(user_spi_first(sim->world), &t[0]), 0);
		cancel_after(&t[0], &t[1], us);
		ferry_sim_run_for(sim, 2 * MS);
		/* 32 bits of 10 us */
		if (us != 320)
			assert_int_equal(ends[0], us > 320);
		assert_int_equal(ends[1], 1);
		assert_int_equal(t[1].error, 0);
		assert_string_equal(target.seen, "<0000111111110000>");
		assert_memory_equal(in, "\1\2", 2);
	}
}

static void removal_ends_a_transfer(void **state)
{
	for (unsigned us = 0; us < 400; us += 11) {
		const struct fy_spi_segment segment = { .length = 4 };
		unsigned ends = 0;
		struct fy_spi_transfer t = transfer_of(&segment, &ends);

		assert_int_equal(spi_queue_add(user_spi_first(sim->world), &t), 0);
		ferry_sim_run_for(sim, us * FERRY_SIM_US);
		if (ends)
			break;
		ferry_sim_remove(bus);
		assert_int_equal(ends, 1);
		assert_int_equal(t.error, FY_ERR_GONE);
		assert_int_equal(ferry_sim_level(pins, CS), 1);
		assert_int_equal(ferry_sim_probe(sim), 0);
		forget();
	}
}

static void each_target_has_a_pin_for_its_chip_select(void **state)
{
	const struct ferry_sim_edge *edges;
	struct fy_spi_config c = usual;

	ferry_sim_remove(bus);
	ferry_sim_set_pin(bus, "cs", "pins", 5, true);
	ferry_sim_set_pin(bus, "cs", "pins", 6, false);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(ferry_sim_level(pins, 5), 1);
	assert_int_equal(ferry_sim_level(pins, 6), 0);
	for (c.select = 0; c.select < 3; c.select++) {
		static const unsigned selects[] = { CS, 5, 6 };

		for (unsigned i = 0; i < 3; i++)
			ferry_sim_record(pins, selects[i]);
		assert_int_equal(exchange(c, "a", NULL, 1), 0);
		for (unsigned i = 0; i < 3; i++)
			assert_int_equal(ferry_sim_edges(pins, selects[i], &edges),
					 i == c.select ? 2 : 0);
	}
	assert_int_equal(exchange(c, "a", NULL, 1), FY_ERR_NOT_FOUND);
}

static void one_wire_for_data_is_enough(void **state)
{
	struct ferry_sim_device *other = ferry_sim_add(sim, &fy_driver_spi_gpio, "half", NULL);

	ferry_sim_set_pin(other, "sck", "pins", 4, false);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_string_equal(ferry_sim_last_log(sim),
			    "needs sck-gpios, and mosi-gpios or miso-gpios");
	ferry_sim_set_pin(other, "miso", "pins", 5, false);
	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_remove(other);
	ferry_sim_set_pin(other, "mosi", "pins", 6, false);
	assert_int_equal(ferry_sim_probe(sim), 0);
}

static void what_the_port_refuses_is_undone(void **state)
{
	ferry_sim_remove(bus);
	for (unsigned i = 0; i < 5; i++) {
		enum ferry_sim_call call = i < 4 ? FERRY_SIM_GPIO_REQUEST : FERRY_SIM_SPI_OFFER;

		ferry_sim_refuse(bus, call, i % 4, FY_ERR_BUSY);
		assert_int_equal(ferry_sim_probe(sim), FY_ERR_BUSY);
		ferry_sim_refuse(bus, call, 0, 0);
	}
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(exchange(usual, "a", NULL, 1), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_go_both_ways_in_all_modes),
		TEST(words_have_1_to_32_bits_in_either_order),
		TEST(the_clock_is_no_faster_than_asked_for),
		TEST(what_it_cannot_do_is_refused),
		TEST(long_segments_let_others_go_on),
		TEST(a_transfer_can_be_cancelled_at_any_time),
		TEST(removal_ends_a_transfer),
		TEST(each_target_has_a_pin_for_its_chip_select),
		TEST(one_wire_for_data_is_enough),
		TEST(what_the_port_refuses_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
