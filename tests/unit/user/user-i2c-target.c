// SPDX-License-Identifier: GPL-2.0-only
/*
 * <ferry/i2c-target.h> in the user port: what each call puts on the bus, when requests call back,
 * and that everything ends whatever goes wrong at whichever byte.
 */
#include "test.h"

#include <ferry-sim/i2c.h>
#include <ferry/i2c-target.h>
#include <ferry/irq.h>
#include <ferry/work.h>

#define ADDRESS 0x2a

/* A target that notes what comes, and has a byte more each time it is read: S+, S-, bytes, P. */
static char seen[400];
static unsigned char next, code; /* a code, unless 0, comes second */

static void note(const char *text)
{
	assert_true(strlen(seen) + strlen(text) < sizeof(seen));
	strcat(seen, text);
}

static bool noted_start(void *arg, bool read)
{
	note(read ? " R" : " W");
	return true;
}

static bool noted_write(void *arg, uint8_t byte)
{
	char text[8];

	snprintf(text, sizeof(text), " %02x", byte);
	note(text);
	return true;
}

static uint8_t noted_read(void *arg)
{
	note(" r");
	if (code && next & 1)
		return code;
	return next++;
}

static void noted_stop(void *arg, bool repeated)
{
	note(repeated ? "" : " P");
}

static const struct ferry_sim_target target = {
	.start = noted_start, .write = noted_write, .read = noted_read, .stop = noted_stop
};

/* ---- A driver that does what the test says ---- */

struct state {
	struct fy_device *dev;
	struct fy_i2c_target target;
	struct fy_i2c_request request[3];
	struct fy_i2c_message message[3];
	uint8_t data[3];
	unsigned handled, order[8], resubmit;
	int error;
	struct fy_timer timer;
	struct fy_work work;
};

static void handle(void *arg, int error)
{
	struct fy_i2c_request *request = arg;
	struct state *s = (struct state *)request->target->dev->state;

	s->order[s->handled++ % 8] = (unsigned)(request - s->request);
	s->error = error;
	if (s->resubmit && s->resubmit--)
		assert_int_equal(fy_i2c_submit(request), 0);
}

static int target_probe(struct fy_device *dev)
{
	struct state *s = fy_state(dev);
	int rc = fy_i2c_target_get(dev, &s->target);

	if (rc)
		return rc;
	s->dev = dev;
	for (unsigned i = 0; i < 3; i++) {
		s->message[i] = (struct fy_i2c_message){ .length = 1, .data = &s->data[i] };
		s->data[i] = (uint8_t)(0x10 + i);
		fy_i2c_request_init(&s->request[i], &s->target, &s->message[i], 1, handle,
				    &s->request[i]);
	}
	return 0;
}

static void target_remove(struct fy_device *dev)
{
	struct state *s = fy_state(dev);

	for (unsigned i = 0; i < 3; i++)
		fy_i2c_cancel(&s->request[i]);
}

static const struct fy_driver driver = {
	.name = "target",
	.state_size = sizeof(struct state),
	.probe = target_probe,
	.remove = target_remove,
};

static struct ferry_sim *sim;
static struct ferry_sim_device *bus, *dev;
static struct state *s;

static int setup(void **state)
{
	sim = ferry_sim_new();
	bus = ferry_sim_add_i2c(sim, "i2c");
	dev = ferry_sim_add_target(sim, &driver, "target", "i2c", ADDRESS, &target, NULL);
	assert_non_null(dev);
	assert_int_equal(ferry_sim_probe(sim), 0);
	s = ferry_sim_state(dev);
	seen[0] = 0;
	next = 0xa0;
	code = 0;
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void assert_seen(const char *expected)
{
	assert_string_equal(seen, expected);
	seen[0] = 0;
}

static void registers_have_their_bytes_in_either_order(void **state)
{
	static const uint8_t bytes[] = { 1, 2, 3 };
	uint8_t block[2];

	assert_int_equal(fy_i2c_read8(&s->target, 0x12), 0xa0);
	assert_seen(" W 12 R r P");
	assert_int_equal(fy_i2c_read16be(&s->target, 0x12), 0xa1a2);
	assert_int_equal(fy_i2c_read16le(&s->target, 0x12), 0xa4a3);
	assert_seen(" W 12 R r r P W 12 R r r P");
	assert_int_equal(fy_i2c_write8(&s->target, 0x13, 0x56), 0);
	assert_seen(" W 13 56 P");
	assert_int_equal(fy_i2c_write16be(&s->target, 0x13, 0x5678), 0);
	assert_int_equal(fy_i2c_write16le(&s->target, 0x13, 0x5678), 0);
	assert_seen(" W 13 56 78 P W 13 78 56 P");
	assert_int_equal(fy_i2c_write_block(&s->target, 0x14, bytes, 3), 0);
	assert_seen(" W 14 01 02 03 P");
	assert_int_equal(fy_i2c_read_block(&s->target, 0x14, block, 2), 0);
	assert_seen(" W 14 R r r P");
	assert_int_equal(block[0] << 8 | block[1], 0xa5a6);
}

static void transfers_are_as_they_are_asked_for(void **state)
{
	uint8_t out[] = { 1, 2 }, in[2];
	struct fy_i2c_message messages[] = { { .length = 1, .data = out },
					     { .length = 1, .data = out + 1 },
					     { .read = true, .length = 1, .data = in } };

	assert_int_equal(fy_i2c_write(&s->target, out, 2), 0);
	assert_int_equal(fy_i2c_write(&s->target, NULL, 0), 0);
	assert_int_equal(fy_i2c_read(&s->target, in, 2), 0);
	assert_seen(" W 01 02 P W P R r r P");
	assert_int_equal(fy_i2c_transact(&s->target, messages, 3), 0);
	assert_seen(" W 01 W 02 R r P");
	assert_int_equal(fy_i2c_address(&s->target), ADDRESS);
}

static void what_is_not_valid_does_not_reach_the_bus(void **state)
{
	static uint8_t data[FY_I2C_LENGTH_MAX + 1];
	struct fy_i2c_message none = { .length = 1 };

	assert_int_equal(fy_i2c_read(&s->target, data, 0), FY_ERR_INVALID);
	assert_int_equal(fy_i2c_read(&s->target, data, sizeof(data)), FY_ERR_INVALID);
	assert_int_equal(fy_i2c_write(&s->target, data, sizeof(data)), FY_ERR_INVALID);
	assert_int_equal(fy_i2c_write_read(&s->target, data, 1, data, 0), FY_ERR_INVALID);
	assert_int_equal(fy_i2c_write_block(&s->target, 0, data, FY_I2C_BLOCK_MAX + 1),
			 FY_ERR_INVALID);
	assert_int_equal(fy_i2c_transact(&s->target, &none, 1), FY_ERR_INVALID);
	assert_int_equal(fy_i2c_transact(&s->target, &none, 0), FY_ERR_INVALID);
	assert_int_equal(fy_i2c_transact(&s->target, &none, FY_I2C_MESSAGES_MAX + 1),
			 FY_ERR_INVALID);
	assert_seen("");
}

/* The codes are of SMBus' polynomial, by another program: crc8 of 54 13 56 and 54 13 56 78. */
static void a_packet_error_code_goes_with_each_register(void **state)
{
	fy_i2c_set_pec(&s->target, true);
	assert_int_equal(fy_i2c_write8(&s->target, 0x13, 0x56), 0);
	assert_int_equal(fy_i2c_write16be(&s->target, 0x13, 0x5678), 0);
	assert_seen(" W 13 56 42 P W 13 56 78 a6 P");
	code = 0xf4; /* of 54 12 55 a0 */
	assert_int_equal(fy_i2c_read8(&s->target, 0x12), 0xa0);
	next = 0xa0;
	code = 0xf5;
	assert_int_equal(fy_i2c_read8(&s->target, 0x12), FY_ERR_IO);
	assert_seen(" W 12 R r r P W 12 R r r P");
}

/* ---- Requests ---- */

static void requests_are_done_in_their_order(void **state)
{
	s->resubmit = 1;
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(fy_i2c_submit(&s->request[2 - i]), 0);
	assert_int_equal(fy_i2c_submit(&s->request[1]), FY_ERR_BUSY);
	assert_int_equal(s->handled, 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(s->handled, 4);
	assert_seen(" W 12 P W 11 P W 10 P W 12 P");
	assert_int_equal(s->order[0], 2);
	assert_int_equal(s->order[1], 1);
	assert_int_equal(s->order[2], 0);
	assert_int_equal(s->order[3], 2);
}

static void a_request_that_is_taken_back_does_not_call(void **state)
{
	assert_int_equal(fy_i2c_submit(&s->request[0]), 0);
	assert_int_equal(fy_i2c_submit(&s->request[1]), 0);
	assert_int_equal(fy_i2c_submit(&s->request[2]), 0);
	ferry_sim_run_for(sim, 100 * FERRY_SIM_US); /* the first is under way */
	fy_i2c_cancel(&s->request[0]);
	fy_i2c_cancel(&s->request[1]);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(s->handled, 1);
	assert_int_equal(s->order[0], 2);
	fy_i2c_cancel(&s->request[2]);
	assert_int_equal(fy_i2c_submit(&s->request[0]), 0);
	ferry_sim_run_for(sim, 10 * MS);
	assert_int_equal(s->handled, 2);
}

static void requests_end_with_the_bus_and_may_not_follow(void **state)
{
	assert_int_equal(fy_i2c_submit(&s->request[0]), 0);
	ferry_sim_remove(bus);
	assert_false(ferry_sim_is_running(dev));
	assert_int_equal(s->handled, 0);
	assert_int_equal(fy_i2c_submit(&s->request[0]), FY_ERR_GONE);
	assert_int_equal(fy_i2c_read8(&s->target, 0), FY_ERR_GONE);
}

/* ---- Faults ---- */

static void each_transfer_ends_whatever_byte_fails(void **state)
{
	for (unsigned long at = 0; at < 5; at++) {
		uint64_t before = ferry_sim_now(sim);
		int value;

		ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_HOLDS, at, 1);
		assert_int_equal(fy_i2c_read16be(&s->target, 0), FY_ERR_TIMEOUT);
		assert_int_equal(ferry_sim_now(sim) - before, SECOND);
		ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_REFUSES, at, 1);
		value = fy_i2c_read16be(&s->target, 0);
		if (at > 2)
			assert_int_equal(value, (next - 2) << 8 | (next - 1));
		else
			assert_int_equal(value, at == 1 ? FY_ERR_IO : FY_ERR_NOT_FOUND);
		assert_int_equal(fy_i2c_write(&s->target, NULL, 0), 0);
	}
}

static void a_time_out_is_the_drivers_choice(void **state)
{
	uint64_t before = ferry_sim_now(sim);

	fy_i2c_set_timeout(&s->target, 20);
	ferry_sim_i2c_fail(bus, FERRY_SIM_I2C_HOLDS, 0, 1);
	assert_int_equal(fy_i2c_submit(&s->request[0]), 0);
	assert_int_equal(fy_i2c_submit(&s->request[1]), 0);
	ferry_sim_run_for(sim, 19 * MS);
	assert_int_equal(s->handled, 0);
	ferry_sim_run_for(sim, 2 * MS);
	assert_int_equal(s->handled, 2);
	assert_int_equal(s->error, 0);
	assert_true(ferry_sim_now(sim) - before <= 21 * MS);
	assert_seen(" W 11 P");
}

/* ---- Wrong use ---- */

static uint64_t read_in_handler(void *arg, uint64_t due)
{
	s->error = fy_i2c_read8(&s->target, 0);
	return FY_TIMER_STOP;
}

static void read_with_lock(void *arg)
{
	struct fy_lock lock;
	fy_irqflags flags;

	fy_lock_init(&lock);
	flags = fy_lock(&lock);
	s->error = fy_i2c_read8(&s->target, 0);
	fy_unlock(&lock, flags);
}

static void who_may_not_wait_is_told(void **state)
{
	fy_timer_init(&s->timer, s->dev, read_in_handler, NULL);
	fy_timer_start(&s->timer, 0);
	ferry_sim_run_for(sim, 1);
	assert_int_equal(s->error, FY_ERR_INVALID);
	assert_int_equal(logged(sim, "a handler calls what may wait"), 1);
	s->error = 0;
	fy_work_init(&s->work, s->dev, read_with_lock, NULL);
	fy_work_start(&s->work);
	ferry_sim_run_for(sim, 1);
	assert_int_equal(s->error, FY_ERR_INVALID);
	assert_int_equal(logged(sim, "with a lock held"), 1);
	assert_int_equal(ferry_sim_violations(sim), 2);
	ferry_sim_free(sim);
	sim = ferry_sim_new();
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(registers_have_their_bytes_in_either_order),
		TEST(transfers_are_as_they_are_asked_for),
		TEST(what_is_not_valid_does_not_reach_the_bus),
		TEST(a_packet_error_code_goes_with_each_register),
		TEST(requests_are_done_in_their_order),
		TEST(a_request_that_is_taken_back_does_not_call),
		TEST(requests_end_with_the_bus_and_may_not_follow),
		TEST(each_transfer_ends_whatever_byte_fails),
		TEST(a_time_out_is_the_drivers_choice),
		TEST(who_may_not_wait_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
