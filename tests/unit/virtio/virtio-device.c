// SPDX-License-Identifier: GPL-2.0-only
/*
 * A device negotiates features, keeps its status and serves its queues as virtio/virtio-device.h
 * promises a transport; with virtio-rng, the smallest model, behind it.
 */
#include "device-guest.h"
#include "virtio/virtio-rng.h"

static unsigned char next_byte;
static size_t supply;

static long fill(void *arg, void *to, size_t length)
{
	unsigned char *byte = to;
	size_t count = length < supply ? length : supply;

	assert_ptr_equal(arg, &supply);
	for (size_t i = 0; i < count; i++)
		byte[i] = next_byte++;
	supply -= count;
	return (long)count;
}

static const struct virtio_rng_ops ops = { fill };
static struct virtio_rng rng;

/* A guest that has set up the device and started its queue. */
static struct device_guest *start(size_t bytes)
{
	struct device_guest *d;

	supply = bytes;
	next_byte = 1;
	virtio_rng_init(&rng, &ops, &supply);
	d = device_guest_make(&rng.device, 0);
	device_guest_start(d, 0);
	return d;
}

static void features_are_negotiated(void **state)
{
	struct device_guest *d = start(0);
	const uint64_t good = VIRTIO_FEATURE(VIRTIO_F_VERSION_1);

	assert_int_equal(rng.device.offered, VIRTIO_QUEUE_FEATURES);
	assert_int_equal(rng.device.features, good);
	assert_int_equal(virtio_device_negotiate(&rng.device, good), 0);
	assert_int_equal(virtio_device_negotiate(&rng.device,
						 good | VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX)),
			 VIRTIO_ERR_BUSY);
	virtio_device_stop_queue(&rng.device, 0);
	assert_int_equal(
		virtio_device_negotiate(&rng.device, good | VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX)), 0);
	assert_int_equal(virtio_device_negotiate(&rng.device, good | 1), VIRTIO_ERR_UNSUPPORTED);
	assert_int_equal(virtio_device_negotiate(&rng.device, 0), VIRTIO_ERR_UNSUPPORTED);
	virtio_device_connect(&rng.device, &d->guest[0]->memory, 0, d->transport, d);
	assert_int_equal(rng.device.offered, good);
	device_guest_free(d);
}

static void status_follows_the_specification(void **state)
{
	struct device_guest *d = start(0);
	const uint8_t begun = VIRTIO_STATUS_ACKNOWLEDGE | VIRTIO_STATUS_DRIVER,
		      accepted = begun | VIRTIO_STATUS_FEATURES_OK;

	assert_int_equal(virtio_device_set_status(&rng.device, 0), 0);
	assert_int_equal(rng.device.features, 0);
	assert_false(rng.device.queue[0].running);
	assert_int_equal(virtio_device_set_status(&rng.device, begun), begun);
	/* Not before features are negotiated. */
	assert_int_equal(virtio_device_set_status(&rng.device, accepted), begun);
	assert_int_equal(virtio_device_negotiate(&rng.device, VIRTIO_FEATURE(VIRTIO_F_VERSION_1)),
			 0);
	assert_int_equal(virtio_device_set_status(&rng.device, accepted), accepted);
	assert_int_equal(virtio_device_set_status(&rng.device, VIRTIO_STATUS_DRIVER), accepted);
	/* It is not the driver that says whether the device needs a reset. */
	assert_int_equal(virtio_device_set_status(&rng.device, 0xff) & VIRTIO_STATUS_NEEDS_RESET,
			 0);
	device_guest_free(d);
}

static void queues_that_are_not_there_are_refused(void **state)
{
	struct device_guest *d = start(0);
	struct virtio_queue_setup setup = guest_setup(d->guest[0]);

	assert_int_equal(virtio_device_start_queue(&rng.device, 1, &setup, NULL, NULL),
			 VIRTIO_ERR_NOT_FOUND);
	assert_int_equal(virtio_device_start_queue(&rng.device, UINT32_MAX, &setup, NULL, NULL),
			 VIRTIO_ERR_NOT_FOUND);
	assert_int_equal(virtio_device_start_queue(&rng.device, 0, &setup, NULL, NULL),
			 VIRTIO_ERR_BUSY);
	setup.size = 2 * VIRTIO_DEVICE_QUEUE_SIZE;
	virtio_device_stop_queue(&rng.device, 0);
	assert_int_equal(virtio_device_start_queue(&rng.device, 0, &setup, NULL, NULL),
			 VIRTIO_ERR_INVALID);
	assert_int_equal(virtio_device_stop_queue(&rng.device, 7), 0);
	assert_false(virtio_device_run(&rng.device, 7, 1));
	assert_false(virtio_device_run(&rng.device, 0, 1));
	device_guest_free(d);
}

static void requests_get_bytes_that_nobody_else_gets(void **state)
{
	struct device_guest *d = start(10000);
	const struct buffer buffer[] = { { DATA, 100, true },
					 { DATA + 100, 100, true },
					 { DATA + 200, 1000, true } };

	guest_offer(d->guest[0], &buffer[0], 1);
	assert_true(virtio_device_run(&rng.device, 0, 1));
	assert_int_equal(d->notified[0], 1);
	/* What was given is forgotten here. */
	assert_int_equal(rng.left, VIRTIO_RNG_POOL - 100);
	for (unsigned i = 0; i < VIRTIO_RNG_POOL; i++)
		assert_int_equal(rng.pool[i], i < 100 ? 0 : (i + 1) & 0xff);
	guest_offer(d->guest[0], &buffer[1], 1);
	guest_offer(d->guest[0], &buffer[2], 1);
	assert_false(virtio_device_run(&rng.device, 0, 64));
	assert_int_equal(d->notified[0], 2);
	assert_int_equal(device_guest_collect(d, 0), 100);
	assert_int_equal(device_guest_collect(d, 0), 100);
	/* What was left of the pool; a guest gets less than it asked for. */
	assert_int_equal(device_guest_collect(d, 0), VIRTIO_RNG_POOL - 200);
	for (unsigned i = 0; i < VIRTIO_RNG_POOL; i++)
		assert_int_equal(d->guest[0]->data[i], (i + 1) & 0xff);
	assert_int_equal(d->guest[0]->data[VIRTIO_RNG_POOL], 0);
	device_guest_free(d);
}

static void requests_wait_for_entropy(void **state)
{
	struct device_guest *d = start(0);
	const struct buffer buffer = { DATA, 8, true };

	guest_offer(d->guest[0], &buffer, 1);
	assert_false(virtio_device_run(&rng.device, 0, 64));
	assert_int_equal(device_guest_collect(d, 0), -1);
	supply = 3;
	assert_false(virtio_rng_ready(&rng));
	assert_int_equal(device_guest_collect(d, 0), 3);
	assert_int_equal(d->notified[0], 1);
	device_guest_free(d);
}

static void one_guest_does_not_take_all_the_time(void **state)
{
	struct device_guest *d = start(10000);
	const struct buffer buffer = { DATA, 8, true };

	for (unsigned i = 0; i < 5; i++)
		guest_offer(d->guest[0], &buffer, 1);
	assert_true(virtio_device_run(&rng.device, 0, 2));
	assert_true(virtio_device_run(&rng.device, 0, 2));
	assert_int_equal(device_guest_collect(d, 0), 8);
	assert_false(virtio_device_run(&rng.device, 0, 2));
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(device_guest_collect(d, 0), 8);
	assert_int_equal(device_guest_collect(d, 0), -1);
	device_guest_free(d);
}

static void a_guest_that_breaks_its_queue_is_told_to_reset(void **state)
{
	struct device_guest *d = start(10000);
	const struct buffer good = { DATA, 8, true }, bad = { NOWHERE, 8, true };

	guest_offer(d->guest[0], &good, 1);
	guest_offer(d->guest[0], &bad, 1);
	assert_false(virtio_device_run(&rng.device, 0, 64));
	assert_int_equal(d->broken, 1);
	assert_int_equal(d->fault, VIRTIO_FAULT_ADDRESS);
	assert_true(rng.device.status & VIRTIO_STATUS_NEEDS_RESET);
	/* It is told once, and nothing moves until then. */
	assert_false(virtio_device_run(&rng.device, 0, 64));
	assert_int_equal(d->broken, 1);
	assert_true(virtio_device_set_status(&rng.device, 15) & VIRTIO_STATUS_NEEDS_RESET);
	virtio_device_reset(&rng.device);
	device_guest_free(d);

	d = start(100);
	guest_offer(d->guest[0], &good, 1);
	assert_false(virtio_device_run(&rng.device, 0, 64));
	assert_int_equal(device_guest_collect(d, 0), 8);
	device_guest_free(d);
}

static void configuration_has_bounds(void **state)
{
	static const unsigned char config[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct virtio_device device = { .config = config,
					.config_size = 8,
					.model = rng.device.model };
	unsigned char bytes[9];

	assert_int_equal(virtio_device_read_config(&device, 6, bytes, 2), 0);
	assert_memory_equal(bytes, "\7\10", 2);
	assert_int_equal(virtio_device_read_config(&device, 8, bytes, 0), 0);
	assert_int_equal(virtio_device_read_config(&device, 6, bytes, 3), VIRTIO_ERR_INVALID);
	assert_int_equal(virtio_device_read_config(&device, 9, bytes, 0), VIRTIO_ERR_INVALID);
	assert_int_equal(virtio_device_read_config(&device, UINT32_MAX, bytes, 2),
			 VIRTIO_ERR_INVALID);
	assert_int_equal(virtio_device_read_config(&device, 1, bytes, UINT32_MAX),
			 VIRTIO_ERR_INVALID);
	assert_int_equal(virtio_device_write_config(&device, 0, bytes, 8), 0);
	assert_int_equal(virtio_device_write_config(&device, 0, bytes, 9), VIRTIO_ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(features_are_negotiated),
		cmocka_unit_test(status_follows_the_specification),
		cmocka_unit_test(queues_that_are_not_there_are_refused),
		cmocka_unit_test(requests_get_bytes_that_nobody_else_gets),
		cmocka_unit_test(requests_wait_for_entropy),
		cmocka_unit_test(one_guest_does_not_take_all_the_time),
		cmocka_unit_test(a_guest_that_breaks_its_queue_is_told_to_reset),
		cmocka_unit_test(configuration_has_bounds),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
