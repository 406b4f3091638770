// SPDX-License-Identifier: GPL-2.0-only
/*
 * Class i2c over vhost-user: front ends take turns on one bus, and one that ends in the middle of a
 * transfer harms no other.
 */
#include "front-end.h"
#include "models/models.h"
#include "virtio/virtio-i2c.h"

enum { FAIL_NEXT = 1, READ = 2 };
enum { OK, ERROR };
enum { THERMOMETER = 0x48, NOBODY = 0x33 };

extern const struct fy_driver fy_driver_bcm2835_i2c;

static struct user_world *world;
static struct bcm2835_i2c_model *model;
static struct service *service;
static struct front_end *fe;

static struct front_end *connected(void)
{
	struct front_end *f = front_end_new(world, service, -1);

	front_end_negotiate(f);
	front_end_start(f, 0, 0);
	return f;
}

static int setup(void **state)
{
	struct fy_device *dev;

	world = user_world_new(USER_CLOCK_REAL);
	user_world_set_log(world, quiet, NULL);
	dev = user_device_add(world, &fy_driver_bcm2835_i2c, "i2c");
	model = (struct bcm2835_i2c_model *)user_model_new(world, user_model_find("bcm2835-i2c"));
	assert_int_equal(user_device_set_model(dev, &model->model), 0);
	assert_int_equal(user_probe(world, NULL), 0);
	service = vhost_i2c_service(user_i2c_first(world));
	fe = connected();
	return 0;
}

static int teardown(void **state)
{
	front_end_free(fe);
	assert_int_equal(user_violations(world), 0);
	free(service);
	user_world_free(world);
	return 0;
}

/* Offers a request: a register's number for a write, LENGTH bytes for a read. */
static void offer(struct front_end *f, uint8_t address, unsigned flags, uint8_t byte,
		  uint32_t length)
{
	const unsigned char request[9] = {
		(unsigned char)(address << 1), 0, 0, 0, (unsigned char)flags, 0, 0, 0, byte
	};

	front_end_offer(f, 0, request, flags & READ ? 8 : 9, flags & READ ? length + 1 : 1);
}

/* Waits for the next answer, at most 10 s. */
static const unsigned char *answer(struct front_end *f)
{
	const uint64_t end = user_world_now(world) + 10 * FY_NS_PER_SEC;
	const unsigned char *bytes;

	while (front_end_collect(f, 0, &bytes) < 0) {
		assert_true(user_world_now(world) < end);
		user_turn(world, FY_NS_PER_MS);
	}
	return bytes;
}

static void offer_temperature(struct front_end *f)
{
	offer(f, THERMOMETER, FAIL_NEXT, 0, 0);
	offer(f, THERMOMETER, READ, 0, 2);
	front_end_kick(f, 0);
}

static void assert_temperature(struct front_end *f)
{
	static const unsigned char expected[] = { 21, 0x80, OK };

	/* The last message is answered first. */
	assert_memory_equal(answer(f), expected, sizeof(expected));
	assert_int_equal(answer(f)[0], OK);
}

static void a_guest_reads_the_thermometer(void **state)
{
	eventfd_t count;

	offer_temperature(fe);
	assert_temperature(fe);
	assert_int_equal(eventfd_read(fe->queue[0].call, &count), 0);
	offer(fe, NOBODY, READ, 0, 2);
	front_end_kick(fe, 0);
	assert_int_equal(answer(fe)[2], ERROR);
	offer_temperature(fe);
	assert_temperature(fe);
}

static void front_ends_take_turns(void **state)
{
	struct front_end *other = connected();

	for (unsigned i = 0; i < 3; i++) {
		offer_temperature(fe);
		offer_temperature(other);
		assert_temperature(other);
		assert_temperature(fe);
	}
	front_end_free(other);
}

/* The bus is held by a target; who waits for it goes, and so does who is next. */
static void a_front_end_may_end_in_the_middle_of_a_transfer(void **state)
{
	struct front_end *first = connected(), *second = connected();

	model->stretched = true;
	offer_temperature(first);
	offer_temperature(second);
	offer_temperature(fe);
	front_end_free(second);
	front_end_free(first);
	assert_false(model->model.lines);
	model->stretched = false;
	assert_temperature(fe);
}

static void a_reset_in_the_middle_of_a_transfer_forgets_it(void **state)
{
	struct vhost_vring_state vring = { 0, 0 }, stopped;

	model->stretched = true;
	offer_temperature(fe);
	front_end_send(fe, VHOST_GET_VRING_BASE, 0, &vring, sizeof(vring), NULL, 0);
	front_end_answer(fe, VHOST_GET_VRING_BASE, &stopped, sizeof(stopped), NULL);
	model->stretched = false;
	memset(fe->memory + QUEUE_AT(0), 0, 0x3000);
	fe->queue[0].available = fe->queue[0].used = fe->queue[0].next = 0;
	front_end_start(fe, 0, 0);
	offer_temperature(fe);
	assert_temperature(fe);
}

static void a_group_without_an_end_is_not_waited_for_for_good(void **state)
{
	offer(fe, THERMOMETER, FAIL_NEXT, 0, 0);
	front_end_kick(fe, 0);
	assert_int_equal(answer(fe)[0], OK);
}

/* What was under way when a session ended, the next one that has its state begins anew. */
static void a_transfer_is_begun_anew_by_the_next_session(void **state)
{
	int file = memfd_create("state", MFD_CLOEXEC);
	struct front_end *f = front_end_new(world, service, file);

	front_end_negotiate(f);
	front_end_start(f, 0, 0);
	offer_temperature(f);
	assert_temperature(f);
	model->stretched = true;
	offer_temperature(f);
	front_end_disconnect(f);
	model->stretched = false;
	front_end_connect(f, service, file);
	front_end_negotiate(f);
	front_end_start(f, 0, f->queue[0].used);
	assert_temperature(f);
	front_end_free(f);
	close(file);
}

static void a_driver_without_the_feature_is_refused(void **state)
{
	struct front_end *other = front_end_new(world, service, -1);
	uint64_t features = VIRTIO_FEATURE(VIRTIO_F_VERSION_1);

	front_end_send(other, VHOST_SET_FEATURES, 0, &features, sizeof(features), NULL, 0);
	assert_null(other->session);
	front_end_free(other);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_guest_reads_the_thermometer),
		TEST(front_ends_take_turns),
		TEST(a_front_end_may_end_in_the_middle_of_a_transfer),
		TEST(a_reset_in_the_middle_of_a_transfer_forgets_it),
		TEST(a_group_without_an_end_is_not_waited_for_for_good),
		TEST(a_transfer_is_begun_anew_by_the_next_session),
		TEST(a_driver_without_the_feature_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
