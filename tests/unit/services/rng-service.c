// SPDX-License-Identifier: GPL-2.0-only
/* A guest that asks for random bytes gets them as soon as the device has some. */
#include "owner.h"
#include "services/rng-service.h"

enum { RETRY_NS = 1000 * 1000 };

static unsigned asked;
static long answer;

static long source(void *arg, void *data, size_t length)
{
	assert_ptr_equal(arg, &answer);
	asked++;
	if (answer > 0)
		memset(data, 'r', (size_t)answer);
	return answer;
}

static struct rng_service service;
static struct owner *owner;

static int setup(void **state)
{
	asked = 0;
	answer = FY_ERR_AGAIN;
	rng_service_init(&service, NULL, source, &answer);
	owner = owner_open(&service.service, 0, 1);
	return 0;
}

static int teardown(void **state)
{
	owner_close(&service.service, owner);
	return 0;
}

static void a_request_waits_for_the_source(void **state)
{
	const struct buffer buffer = { DATA, 16, true };

	guest_offer(owner->guest->guest[0], &buffer, 1);
	assert_false(virtio_device_run(owner->device, 0, 64));
	assert_int_equal(asked, 1);
	assert_int_equal(device_guest_collect(owner->guest, 0), -1);
	assert_int_equal(owner->timer, RETRY_NS);
	answer = 16;
	assert_int_equal(owner->more[0], 0);
	service.service.expired(owner->device);
	assert_int_equal(owner->more[0], 1);
	virtio_device_run(owner->device, 0, 64);
	assert_int_equal(device_guest_collect(owner->guest, 0), 16);
	assert_int_equal(owner->guest->guest[0]->data[15], 'r');
}

static void nothing_of_it_outlives_the_process(void **state)
{
	assert_int_equal(service.service.state_size, 0);
	assert_null(service.service.save);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_request_waits_for_the_source, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_of_it_outlives_the_process, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
