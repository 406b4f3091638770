// SPDX-License-Identifier: GPL-2.0-only
/* A group of requests is one transfer, which the port does in memory of the session's. */
#include "owner.h"
#include "services/i2c-service.h"
#include "virtio/virtio-i2c.h"

enum { FAIL_NEXT = 1, READ = 2 };
enum { WAIT_NS = 1000 * 1000 };

/* What the port keeps of a transfer. */
struct transfer {
	void (*ended)(void *arg, unsigned done);
	void *arg;
	const struct fy_i2c_message *messages;
	unsigned count, cancels;
};

static struct transfer *under_way;
static int error;

static int start(void *memory, struct fy_i2c_bus *bus, const struct fy_i2c_message *messages,
		 unsigned count, void (*ended)(void *arg, unsigned done), void *arg)
{
	struct transfer *t = memory;

	assert_int_equal((uintptr_t)memory % 16, 0);
	if (error)
		return error;
	*t = (struct transfer){ ended, arg, messages, count, t->cancels };
	under_way = t;
	return 0;
}

static void cancel(void *memory)
{
	struct transfer *t = memory;

	t->cancels++;
	under_way = NULL;
}

static const struct i2c_service_ops ops = { sizeof(struct transfer), start, cancel };
static struct i2c_service service;
static struct owner *owner;

static int setup(void **state)
{
	under_way = NULL;
	error = 0;
	i2c_service_init(&service, NULL, NULL, &ops);
	owner = owner_open(&service.service, VIRTIO_FEATURE(VIRTIO_I2C_F_ZERO_LENGTH_REQUEST), 1);
	return 0;
}

static int teardown(void **state)
{
	owner_close(&service.service, owner);
	return 0;
}

/* A request to ADDRESS, number N of those in memory: a byte for a write, LENGTH for a read. */
static void offer(unsigned n, uint8_t address, unsigned flags, uint32_t length)
{
	const uint64_t at = DATA + 256 * n;
	unsigned char *request = guest_byte(owner->guest->guest[0], at);
	struct buffer buffer[] = { { at, 8, false },
				   { at + 16, length, flags & READ },
				   { at + 128, 1, true } };

	memset(request, 0, 256);
	request[0] = (unsigned char)(address << 1);
	request[4] = (unsigned char)flags;
	request[16] = 0x5a;
	guest_offer(owner->guest->guest[0], buffer, 3);
}

static void a_group_is_one_transfer(void **state)
{
	offer(0, 0x48, FAIL_NEXT, 1);
	offer(1, 0x48, READ, 2);
	virtio_device_run(owner->device, 0, 64);
	assert_non_null(under_way);
	assert_int_equal(under_way->count, 2);
	assert_int_equal(under_way->messages[0].address, 0x48);
	assert_false(under_way->messages[0].read);
	assert_int_equal(under_way->messages[0].data[0], 0x5a);
	assert_true(under_way->messages[1].read);
	assert_int_equal(under_way->messages[1].length, 2);
	assert_int_equal(device_guest_collect(owner->guest, 0), -1);
	under_way->messages[1].data[0] = 21;
	under_way->ended(under_way->arg, 2);
	virtio_device_run(owner->device, 0, 64);
	assert_int_not_equal(device_guest_collect(owner->guest, 0), -1);
	assert_int_not_equal(device_guest_collect(owner->guest, 0), -1);
	assert_int_equal(*guest_byte(owner->guest->guest[0], DATA + 256 + 16), 21);
	assert_int_equal(*guest_byte(owner->guest->guest[0], DATA + 256 + 128), 0);
}

static void half_a_group_is_waited_for(void **state)
{
	offer(0, 0x48, FAIL_NEXT, 1);
	virtio_device_run(owner->device, 0, 64);
	assert_null(under_way);
	assert_int_equal(owner->timer, WAIT_NS);
	service.service.expired(owner->device);
	if (!under_way)
		virtio_device_run(owner->device, 0, 64);
	assert_non_null(under_way);
	assert_int_equal(under_way->count, 1);
	assert_true(owner->timer == SERVICE_TIMER_STOP);
}

static void the_end_of_a_session_ends_its_transfer(void **state)
{
	offer(0, 0x48, 0, 1);
	virtio_device_run(owner->device, 0, 64);
	assert_non_null(under_way);
	owner_close(&service.service, owner);
	assert_null(under_way);
	owner = owner_open(&service.service, VIRTIO_FEATURE(VIRTIO_I2C_F_ZERO_LENGTH_REQUEST), 1);
}

static void what_the_bus_refuses_fails(void **state)
{
	error = FY_ERR_UNSUPPORTED;
	offer(0, 0x48, 0, 1);
	virtio_device_run(owner->device, 0, 64);
	assert_int_not_equal(device_guest_collect(owner->guest, 0), -1);
	assert_int_equal(*guest_byte(owner->guest->guest[0], DATA + 128), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_group_is_one_transfer, setup, teardown),
		cmocka_unit_test_setup_teardown(half_a_group_is_waited_for, setup, teardown),
		cmocka_unit_test_setup_teardown(the_end_of_a_session_ends_its_transfer, setup,
						teardown),
		cmocka_unit_test_setup_teardown(what_the_bus_refuses_fails, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
