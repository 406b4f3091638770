// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtio-i2c does groups of requests and answers them as the specification has it, also to guests
 * that get it wrong.
 */
#include <stdio.h>

#include "device-guest.h"
#include "virtio/virtio-i2c.h"

enum { FAIL_NEXT = 1, READ = 2 };
enum { OK, ERROR, NOT_YET = 0xee }; /* a status */
enum { SLOT = 256 };		    /* bytes of guest memory for a request: header, status, data */
enum { QUEUE_SIZE = 128 };

/* What stands behind the device: it reads 'a', 'b', ... and keeps what is written. */
static struct {
	char log[512];
	const struct virtio_i2c_message *messages;
	unsigned count, waits, cancels;
	bool refuses;
} behind;

static struct virtio_i2c i2c;

static int start_transfer(void *arg, const struct virtio_i2c_message *messages, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		size_t used = strlen(behind.log);

		(void)snprintf(behind.log + used, sizeof(behind.log) - used, "%s%02x%c%u",
			       i ? "+" : " ", messages[i].address, messages[i].read ? 'r' : 'w',
			       messages[i].length);
	}
	if (behind.refuses)
		return -1;
	assert_null(behind.messages);
	behind.messages = messages;
	behind.count = count;
	return 0;
}

static void cancel(void *arg)
{
	behind.cancels++;
	behind.messages = NULL;
}

static void wait_a_while(void *arg)
{
	behind.waits++;
}

static const struct virtio_i2c_ops ops = { start_transfer, cancel, wait_a_while };

static struct device_guest *start(void)
{
	struct device_guest *d;

	memset(&behind, 0, sizeof(behind));
	virtio_i2c_init(&i2c, &ops, NULL);
	d = device_guest_make_of(&i2c.device, VIRTIO_FEATURE(VIRTIO_I2C_F_ZERO_LENGTH_REQUEST),
				 QUEUE_SIZE);
	device_guest_start(d, 0);
	return d;
}

static unsigned char *slot(struct device_guest *d, unsigned n)
{
	return d->guest[0]->data + SLOT * n;
}

/* Offers request N to or from the target at ADDRESS, with LENGTH bytes. */
static void offer(struct device_guest *d, unsigned n, unsigned address, unsigned flags,
		  uint32_t length)
{
	const uint64_t at = DATA + SLOT * n;
	const struct buffer with[] = { { at, 8, false },
				       { at + 16, length, flags & READ },
				       { at + 8, 1, true } };
	const struct buffer without[] = { { at, 8, false }, { at + 8, 1, true } };
	unsigned char *header = slot(d, n);

	memset(header, 0, 8);
	memset(header + 8, NOT_YET, SLOT - 8);
	header[0] = (unsigned char)(address << 1);
	header[1] = (unsigned char)(address >> 7);
	header[4] = (unsigned char)flags;
	guest_offer(d->guest[0], length ? with : without, length ? 3 : 2);
}

static void run(void)
{
	assert_false(virtio_device_run(&i2c.device, 0, 64));
}

/* Ends the transfer, after DONE messages. */
static void end(unsigned done)
{
	for (unsigned i = 0; i < done; i++)
		for (unsigned n = 0; behind.messages[i].read && n < behind.messages[i].length; n++)
			behind.messages[i].data[n] = (unsigned char)('a' + n);
	behind.messages = NULL;
	assert_false(virtio_i2c_done(&i2c, done));
}

static unsigned status(struct device_guest *d, unsigned n)
{
	return slot(d, n)[8];
}

static void a_group_is_one_transfer(void **state)
{
	struct device_guest *d = start();

	offer(d, 0, 0x50, FAIL_NEXT, 2);
	memcpy(slot(d, 0) + 16, "xy", 2);
	offer(d, 1, 0x50, READ, 4);
	run();
	assert_string_equal(behind.log, " 50w2+50r4");
	assert_memory_equal(behind.messages[0].data, "xy", 2);
	assert_int_equal(device_guest_collect(d, 0), -1);
	end(2);
	/*
	 * Whoever goes on after a death in between may repeat the first, but not the second alone.
	 */
	assert_int_equal(device_guest_collect(d, 0), 5);
	assert_int_equal(device_guest_collect(d, 0), 1);
	assert_int_equal(status(d, 0), OK);
	assert_int_equal(status(d, 1), OK);
	assert_memory_equal(slot(d, 1) + 16, "abcd\xee", 5);
	assert_int_equal(d->notified[0], 1);
	assert_int_equal(behind.waits, 0);
	device_guest_free(d);
}

static void groups_are_done_in_order_one_at_a_time(void **state)
{
	struct device_guest *d = start();

	offer(d, 0, 0x11, 0, 1);
	offer(d, 1, 0x22, READ, 0);
	run();
	assert_string_equal(behind.log, " 11w1");
	run();
	assert_string_equal(behind.log, " 11w1");
	end(1);
	assert_string_equal(behind.log, " 11w1 22r0");
	end(1);
	assert_int_equal(status(d, 0), OK);
	assert_int_equal(status(d, 1), OK);
	device_guest_free(d);
}

static void what_follows_a_failure_in_its_group_fails(void **state)
{
	struct device_guest *d = start();

	offer(d, 0, 0x50, FAIL_NEXT, 1);
	offer(d, 1, 0x50, FAIL_NEXT | READ, 3);
	offer(d, 2, 0x50, READ, 3);
	offer(d, 3, 0x51, 0, 1);
	run();
	end(1);
	assert_int_equal(status(d, 0), OK);
	assert_int_equal(status(d, 1), ERROR);
	assert_int_equal(status(d, 2), ERROR);
	assert_int_equal(slot(d, 1)[16], 0);
	assert_string_equal(behind.log, " 50w1+50r3+50r3 51w1");
	end(1);
	assert_int_equal(status(d, 3), OK);
	device_guest_free(d);
}

static void a_transfer_that_cannot_begin_fails(void **state)
{
	struct device_guest *d = start();

	behind.refuses = true;
	offer(d, 0, 0x50, 0, 1);
	run();
	assert_int_equal(device_guest_collect(d, 0), 1);
	assert_int_equal(status(d, 0), ERROR);
	behind.refuses = false;
	offer(d, 1, 0x50, 0, 1);
	run();
	end(1);
	assert_int_equal(status(d, 1), OK);
	device_guest_free(d);
}

/* As Linux' driver leaves it when the queue is full. */
static void the_rest_of_a_group_is_waited_for_but_not_for_good(void **state)
{
	struct device_guest *d = start();

	offer(d, 0, 0x50, FAIL_NEXT, 1);
	run();
	assert_string_equal(behind.log, "");
	assert_int_equal(behind.waits, 1);
	offer(d, 1, 0x50, READ, 1);
	run();
	assert_string_equal(behind.log, " 50w1+50r1");
	end(2);
	offer(d, 2, 0x51, FAIL_NEXT, 1);
	run();
	assert_int_equal(behind.waits, 2);
	assert_false(virtio_i2c_ready(&i2c));
	assert_string_equal(behind.log, " 50w1+50r1 51w1");
	end(0);
	assert_int_equal(status(d, 2), ERROR);
	/* And it goes on failing. */
	offer(d, 3, 0x51, READ, 1);
	run();
	assert_int_equal(status(d, 3), ERROR);
	assert_string_equal(behind.log, " 50w1+50r1 51w1");
	device_guest_free(d);
}

/*
 * What is wrong with a request is told in its status; what it was in the middle of is done and
 * fails as a group does.
 */
static void requests_that_make_no_sense_fail(void **state)
{
	struct device_guest *d = start();
	const struct buffer twice[] = { { DATA, 8, false },
					{ DATA + 16, 4, false },
					{ DATA + 8, 2, true } };
	const struct buffer no_status[] = { { DATA, 9, false } };
	const struct buffer short_header[] = { { DATA, 7, false }, { DATA + 8, 1, true } };

	offer(d, 0, 0x80, 0, 1); /* an address of 10 bits */
	run();
	assert_int_equal(device_guest_collect(d, 0), 1);
	assert_int_equal(status(d, 0), ERROR);
	offer(d, 0, 0x50, 4, 1);
	run();
	assert_int_equal(device_guest_collect(d, 0), 1);
	assert_int_equal(status(d, 0), ERROR);
	guest_offer(d->guest[0], short_header, 2);
	run();
	assert_int_equal(device_guest_collect(d, 0), 1);
	slot(d, 0)[4] = 0;
	guest_offer(d->guest[0], twice, 3);
	run();
	assert_int_equal(device_guest_collect(d, 0), 2);
	assert_int_equal(slot(d, 0)[9], ERROR);
	guest_offer(d->guest[0], no_status, 1);
	run();
	assert_int_equal(device_guest_collect(d, 0), 0);
	assert_string_equal(behind.log, "");

	offer(d, 1, 0x50, FAIL_NEXT, 1);
	offer(d, 2, 0x80, FAIL_NEXT, 1);
	offer(d, 3, 0x50, 0, 1);
	run();
	assert_string_equal(behind.log, " 50w1");
	end(1);
	assert_int_equal(status(d, 1), OK);
	assert_int_equal(status(d, 2), ERROR);
	assert_int_equal(status(d, 3), ERROR);
	assert_string_equal(behind.log, " 50w1");
	assert_int_equal(d->broken, 0);
	device_guest_free(d);
}

static void what_does_not_fit_fails(void **state)
{
	struct device_guest *d = start();
	const struct buffer too_long[] = { { DATA, 8, false },
					   { DATA + 16, VIRTIO_I2C_BYTES + 1, true },
					   { DATA + 8, 1, true } };
	const struct buffer whole[] = { { DATA, 8, false },
					{ DATA + 16, VIRTIO_I2C_BYTES, true },
					{ DATA + 8, 1, true } };
	struct buffer pieces[VIRTIO_I2C_SEGMENTS + 2] = { { DATA, 8, false } };

	offer(d, 0, 0x50, READ, 1);
	run();
	end(1);
	assert_int_equal(device_guest_collect(d, 0), 2);
	slot(d, 0)[8] = NOT_YET;
	guest_offer(d->guest[0], too_long, 3);
	run();
	assert_int_equal(device_guest_collect(d, 0), VIRTIO_I2C_BYTES + 2);
	assert_int_equal(status(d, 0), ERROR);
	assert_int_equal(d->guest[0]->data[16 + VIRTIO_I2C_BYTES], 0);
	guest_offer(d->guest[0], whole, 3);
	run();
	end(1);
	assert_int_equal(device_guest_collect(d, 0), VIRTIO_I2C_BYTES + 1);
	assert_int_equal(status(d, 0), OK);
	/* As many pieces as there may be, and one more. */
	for (unsigned i = 1; i < VIRTIO_I2C_SEGMENTS + 2; i++)
		pieces[i] = (struct buffer){ DATA + 16 + 2 * i, 1, true };
	guest_offer(d->guest[0], pieces, VIRTIO_I2C_SEGMENTS + 1);
	run();
	end(1);
	assert_int_equal(d->guest[0]->data[16 + 2 * VIRTIO_I2C_SEGMENTS], OK);
	guest_offer(d->guest[0], pieces, VIRTIO_I2C_SEGMENTS + 2);
	run();
	assert_int_equal(d->guest[0]->data[16 + 2 * (VIRTIO_I2C_SEGMENTS + 1)], ERROR);
	device_guest_free(d);
}

static void a_group_too_long_fails_from_there_on(void **state)
{
	struct device_guest *d = start();

	for (unsigned n = 0; n <= VIRTIO_I2C_MESSAGES; n++)
		offer(d, n, 0x10, n < VIRTIO_I2C_MESSAGES ? FAIL_NEXT : 0, 0);
	run();
	assert_int_equal(behind.count, VIRTIO_I2C_MESSAGES);
	end(VIRTIO_I2C_MESSAGES);
	assert_int_equal(status(d, VIRTIO_I2C_MESSAGES - 1), OK);
	assert_int_equal(status(d, VIRTIO_I2C_MESSAGES), ERROR);
	device_guest_free(d);
}

static void a_driver_must_take_the_feature(void **state)
{
	struct device_guest *d = start();

	virtio_device_reset(&i2c.device);
	assert_int_equal(virtio_device_negotiate(&i2c.device, VIRTIO_FEATURE(VIRTIO_F_VERSION_1)),
			 VIRTIO_ERR_UNSUPPORTED);
	assert_int_equal(virtio_device_set_status(&i2c.device, VIRTIO_STATUS_FEATURES_OK) &
				 VIRTIO_STATUS_FEATURES_OK,
			 0);
	device_guest_free(d);
}

static void a_reset_gives_up_what_is_under_way(void **state)
{
	struct device_guest *d = start();

	offer(d, 0, 0x50, 0, 1);
	run();
	virtio_device_reset(&i2c.device);
	assert_int_equal(behind.cancels, 1);
	virtio_device_reset(&i2c.device);
	assert_int_equal(behind.cancels, 1);
	assert_int_equal(virtio_device_negotiate(&i2c.device, d->guest[0]->features), 0);
	assert_int_equal(status(d, 0), NOT_YET);
	device_guest_free(d);
}

static void a_queue_that_was_stopped_meanwhile_loses_nothing(void **state)
{
	struct device_guest *d = start();
	uint32_t base;

	offer(d, 0, 0x50, READ, 2);
	run();
	base = virtio_device_stop_queue(&i2c.device, 0);
	end(1);
	assert_int_equal(status(d, 0), NOT_YET);
	device_guest_start_at(d, 0, base, true);
	run();
	assert_int_equal(device_guest_collect(d, 0), 3);
	assert_int_equal(status(d, 0), OK);
	assert_memory_equal(slot(d, 0) + 16, "ab", 2);
	device_guest_free(d);
}

/*
 * Memory of a request that waits for its answer goes: the guest broke its queue, and nothing is
 * written there.
 */
static void memory_that_goes_is_not_written(void **state)
{
	struct device_guest *d = start();

	offer(d, 0, 0x50, READ, 2);
	run();
	assert_int_equal(virtio_memory_remove(&d->guest[0]->memory, DATA, REGION_SIZE), 0);
	end(1);
	assert_int_equal(status(d, 0), NOT_YET);
	assert_int_equal(d->broken, 1);
	device_guest_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_group_is_one_transfer),
		cmocka_unit_test(groups_are_done_in_order_one_at_a_time),
		cmocka_unit_test(what_follows_a_failure_in_its_group_fails),
		cmocka_unit_test(a_transfer_that_cannot_begin_fails),
		cmocka_unit_test(the_rest_of_a_group_is_waited_for_but_not_for_good),
		cmocka_unit_test(requests_that_make_no_sense_fail),
		cmocka_unit_test(what_does_not_fit_fails),
		cmocka_unit_test(a_group_too_long_fails_from_there_on),
		cmocka_unit_test(a_driver_must_take_the_feature),
		cmocka_unit_test(a_reset_gives_up_what_is_under_way),
		cmocka_unit_test(a_queue_that_was_stopped_meanwhile_loses_nothing),
		cmocka_unit_test(memory_that_goes_is_not_written),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
