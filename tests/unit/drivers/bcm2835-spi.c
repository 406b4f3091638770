// SPDX-License-Identifier: GPL-2.0-only
/*
 * bcm2835-spi does transfers of all lengths and modes, with an interrupt and without, and with chip
 * selects of its own and pins; and each of them ends, whatever goes wrong.
 */
#include "../user/test.h"

#include <ferry-sim/spi.h>
#include <ferry/spi.h>

#include "models/spi-models.h"
#include "sim/sim.h"

#define CS    0x00
#define CS_TA 0x80u

extern const struct fy_driver fy_driver_bcm2835_spi;

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *pins;

/* A target: it answers the byte before, and counts. */
static struct echo {
	struct spi_bytes bytes;
	uint8_t last;
	unsigned count, selects;
} echo[2];

static void echo_select(struct spi_bytes *b, bool active, uint64_t now)
{
	struct echo *e = (struct echo *)b;

	e->selects += active;
	e->last = 0xee;
}

static uint8_t echo_next(struct spi_bytes *b)
{
	return ((struct echo *)b)->last;
}

static void echo_byte(struct spi_bytes *b, uint8_t byte, uint64_t now)
{
	((struct echo *)b)->last = byte;
	((struct echo *)b)->count++;
}

static struct bcm2835_spi_model *model(void)
{
	return (struct bcm2835_spi_model *)bus->model;
}

static void begin(unsigned irqs, bool has_pins)
{
	sim = ferry_sim_new();
	pins = ferry_sim_add_pins(sim, "pins", 8);
	bus = ferry_sim_add(sim, &fy_driver_bcm2835_spi, "spi", "bcm2835-spi");
	assert_non_null(bus);
	ferry_sim_set_irqs(bus, irqs);
	if (has_pins)
		ferry_sim_set_pin(bus, "cs", "pins", 3, true);
	assert_int_equal(ferry_sim_probe(sim), 0);
	for (unsigned i = 0; i < 2; i++) {
		echo[i] = (struct echo){
			.bytes = { .select = echo_select, .next = echo_next, .byte = echo_byte }
		};
		spi_bytes_init(&echo[i].bytes);
		if (!has_pins)
			bcm2835_spi_attach(model(), i, &echo[i].bytes.target);
	}
	if (has_pins) {
		spi_target_wire(&echo[0].bytes.target, pins->model, 3);
		bcm2835_spi_attach(model(), 9, &echo[0].bytes.target);
	}
}

static int setup(void **state)
{
	begin(1, false);
	return 0;
}

static int setup_polled(void **state)
{
	begin(0, false);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static const struct fy_spi_config usual = { .word_bits = 8, .speed_hz = 1000000 };

static int exchange(const void *out, void *in, uint32_t length)
{
	const struct fy_spi_segment segment = { .write = out, .read = in, .length = length };

	return ferry_sim_spi_transfer(bus, &usual, &segment, 1, NULL);
}

static void assert_idle(void)
{
	assert_int_equal(ferry_sim_peek(bus, CS) & CS_TA, 0);
	assert_false(echo[0].bytes.target.selected);
}

static void segments_of_all_lengths_are_done(void **state)
{
	static uint8_t out[1000], in[1000];

	for (size_t i = 0; i < sizeof(out); i++)
		out[i] = (uint8_t)(i * 7 + i / 256);
	for (uint32_t length = 1; length <= sizeof(out); length += length < 200 ? 1 : 133) {
		echo[0].count = 0;
		memset(in, 0, sizeof(in));
		assert_int_equal(exchange(out, in, length), 0);
		assert_int_equal(echo[0].count, length);
		assert_int_equal(in[0], 0xee);
		assert_memory_equal(in + 1, out, length - 1);
		assert_idle();
	}
}

static void a_chip_select_lasts_as_long_as_the_transfer(void **state)
{
	uint8_t in[2];
	const struct fy_spi_segment segments[] = {
		{ .write = "\x0b", .length = 1, .delay_us = 10 },
		{ .read = in, .length = 2, .speed_hz = 100000, .deselect = true },
		{ .write = "c", .length = 1 },
	};
	struct fy_spi_config second = usual;

	assert_int_equal(ferry_sim_spi_transfer(bus, &usual, segments, 3, NULL), 0);
	assert_int_equal(in[0], 0x0b);
	assert_int_equal(echo[0].selects, 2);
	assert_int_equal(echo[1].selects, 0);
	second.select = 1;
	assert_int_equal(ferry_sim_spi_transfer(bus, &second, segments, 1, NULL), 0);
	assert_int_equal(echo[1].selects, 1);
	assert_int_equal(echo[0].selects, 2);
	second.select = 3;
	assert_int_equal(ferry_sim_spi_transfer(bus, &second, segments, 1, NULL), FY_ERR_NOT_FOUND);
	assert_idle();
}

static void a_chip_select_may_be_active_when_high(void **state)
{
	const struct fy_spi_segment segment = { .write = "c", .length = 1 };
	struct fy_spi_config high = usual;

	high.mode = FY_SPI_CS_HIGH;
	echo[0].bytes.target.cs_high = true;
	assert_int_equal(ferry_sim_spi_transfer(bus, &high, &segment, 1, NULL), 0);
	assert_int_equal(echo[0].count, 1);
	assert_int_equal(echo[0].selects, 1);
	assert_idle();
}

static void modes_and_speeds_are_set(void **state)
{
	static const uint32_t speeds[] = { 3816, 10000, 999999, 1000000, 7000000, 125000000 };

	for (unsigned i = 0; i < 4 * 6; i++) {
		struct fy_spi_config c = { .mode = i % 4,
					   .word_bits = 8,
					   .speed_hz = speeds[i / 4] };
		const struct fy_spi_segment segment = { .write = "0123456789", .length = 10 };
		uint64_t before = ferry_sim_now(sim), took, fastest;

		echo[0].bytes.target.falling = c.mode == FY_SPI_MODE_1 || c.mode == FY_SPI_MODE_2;
		assert_int_equal(ferry_sim_spi_transfer(bus, &c, &segment, 1, NULL), 0);
		took = ferry_sim_now(sim) - before;
		fastest = 80 * UINT64_C(1000000000) / c.speed_hz;
		assert_in_range(took, fastest - 10, fastest + 80 * 2 * 4 + 10);
		assert_int_equal(ferry_sim_peek(bus, CS) >> 2 & 3, (c.mode & 1) | (c.mode & 2));
	}
}

static void pins_may_be_chip_selects(void **state)
{
	end_world(sim);
	begin(1, true);
	assert_int_equal(exchange("abc", NULL, 3), 0);
	assert_int_equal(echo[0].selects, 1);
	assert_int_equal(echo[0].count, 3);
	assert_idle();
}

static void what_it_cannot_do_is_refused(void **state)
{
	const struct fy_spi_segment byte = { .length = 1 };
	struct fy_spi_config c = usual;

	c.speed_hz = 3800;
	assert_int_equal(ferry_sim_spi_transfer(bus, &c, &byte, 1, NULL), FY_ERR_UNSUPPORTED);
	c = usual;
	c.word_bits = 9;
	assert_int_equal(ferry_sim_spi_transfer(bus, &c, &byte, 1, NULL), FY_ERR_INVALID);
	c = usual;
	c.mode = FY_SPI_LSB_FIRST;
	assert_int_equal(ferry_sim_spi_transfer(bus, &c, &byte, 1, NULL), FY_ERR_UNSUPPORTED);
}

static void a_controller_that_never_answers_ends_the_transfer(void **state)
{
	assert_int_equal(ferry_sim_set_option(bus, "dead", true), 0);
	assert_int_equal(exchange(NULL, NULL, 100), FY_ERR_TIMEOUT);
	assert_idle();
	assert_int_equal(ferry_sim_set_option(bus, "dead", false), 0);
	echo[0].count = 0;
	assert_int_equal(exchange(NULL, NULL, 100), 0);
	assert_int_equal(echo[0].count, 100);
}

static void any_fault_ends(void **state)
{
	uint8_t in[70];
	unsigned long before = ferry_sim_accesses(bus), accesses;
	unsigned irqs = bus->dev->irqs;

	exchange(NULL, in, sizeof(in));
	accesses = ferry_sim_accesses(bus) - before;
	for (unsigned long i = 0; i < 2 * accesses; i++) {
		ferry_sim_inject(
			bus, &(struct ferry_sim_fault){ .offset = FERRY_SIM_ANY,
							.skip = i % accesses,
							.count = 1,
							.lost = i < accesses,
							.flip = i < accesses ? 0 : 1u << i % 19 });
		exchange(NULL, in, sizeof(in));
		ferry_sim_heal(bus);
		ferry_sim_run_for(sim, MS);
		assert_int_equal(exchange("abc", in, 3), 0);
		assert_int_equal(exchange("abc", in, 3), 0);
		assert_memory_equal(in,
				    "\xee"
				    "ab",
				    3);
		assert_idle();
	}
	/* What was done with those faults was against the manual. */
	ferry_sim_free(sim);
	begin(irqs, false);
}

static void over(void *arg, struct fy_spi_transfer *t)
{
	++*(unsigned *)arg;
}

static void a_transfer_can_be_cancelled_or_its_bus_removed_at_any_time(void **state)
{
	for (unsigned us = 0; us < 900; us += 2) {
		const struct fy_spi_segment segment = { .length = 100 };
		unsigned ends = 0;
		struct fy_spi_transfer t = { .config = usual,
					     .segments = &segment,
					     .count = 1,
					     .ended = over,
					     .arg = &ends };
		uint8_t in[3];

		assert_int_equal(spi_queue_add(user_spi_first(sim->world), &t), 0);
		ferry_sim_run_for(sim, us * FERRY_SIM_US);
		if (us % 4) {
			spi_queue_cancel(&t);
			assert_int_equal(ends, us >= 800);
		} else {
			ferry_sim_remove(bus);
			assert_int_equal(ends, 1);
			if (us != 800)
				assert_int_equal(t.error, us > 800 ? 0 : FY_ERR_GONE);
			assert_int_equal(ferry_sim_probe(sim), 0);
		}
		assert_idle();
		assert_int_equal(exchange("abc", in, 3), 0);
		assert_memory_equal(in,
				    "\xee"
				    "ab",
				    3);
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
	ferry_sim_set_property(bus, "core-clock-hz", 100);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_INVALID);
	ferry_sim_set_property(bus, "core-clock-hz", 250000000);
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(exchange("a", NULL, 1), 0);
}

#define TEST(f)	  cmocka_unit_test_setup_teardown(f, setup, teardown)
#define POLLED(f) cmocka_unit_test_setup_teardown(f, setup_polled, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(segments_of_all_lengths_are_done),
		POLLED(segments_of_all_lengths_are_done),
		TEST(a_chip_select_lasts_as_long_as_the_transfer),
		TEST(a_chip_select_may_be_active_when_high),
		TEST(modes_and_speeds_are_set),
		TEST(pins_may_be_chip_selects),
		TEST(what_it_cannot_do_is_refused),
		TEST(a_controller_that_never_answers_ends_the_transfer),
		POLLED(a_controller_that_never_answers_ends_the_transfer),
		TEST(any_fault_ends),
		POLLED(any_fault_ends),
		TEST(a_transfer_can_be_cancelled_or_its_bus_removed_at_any_time),
		POLLED(a_transfer_can_be_cancelled_or_its_bus_removed_at_any_time),
		TEST(what_the_port_refuses_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
