// SPDX-License-Identifier: GPL-2.0-only
/*
 * A front end that keeps to the rules gets all of its device: lines, events, memory in slots,
 * resets.
 */
#include "front-end.h"

static struct controller *c;
static struct front_end *fe;

static int setup(void **state)
{
	c = controller_new();
	fe = front_end_new(c->world, c->service, -1);
	front_end_negotiate(fe);
	return 0;
}

static int teardown(void **state)
{
	front_end_free(fe);
	controller_free(c);
	return 0;
}

static void start(struct front_end *f)
{
	front_end_start(f, 0, 0);
	front_end_start(f, 1, 0);
}

static void a_guest_drives_and_reads_lines(void **state)
{
	start(fe);
	assert_int_equal(front_end_gpio(fe, SET_VALUE, 17, 1), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(user_model_level(c->model, 17), 1);
	assert_int_equal(front_end_gpio(fe, SET_VALUE, 17, 0), 0);
	assert_int_equal(user_model_level(c->model, 17), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 4, VIRTIO_GPIO_IN), 0);
	assert_int_equal(front_end_gpio(fe, GET_VALUE, 4, 0), 0);
	user_model_drive(c->model, 4, 1);
	assert_int_equal(front_end_gpio(fe, GET_VALUE, 4, 0), 1);
	assert_int_equal(front_end_gpio(fe, GET_VALUE, 54, 0), -1);
}

static void the_guest_is_notified_of_answers_and_events(void **state)
{
	const unsigned char *answer;
	eventfd_t count;

	start(fe);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 5, VIRTIO_GPIO_IN), 0);
	assert_int_equal(eventfd_read(fe->queue[0].call, &count), 0);
	assert_int_equal(front_end_gpio(fe, SET_IRQ_TYPE, 5, VIRTIO_GPIO_IRQ_BOTH), 0);
	front_end_unmask(fe, 5);
	assert_int_equal(front_end_collect(fe, 1, &answer), -1);
	assert_int_equal(eventfd_read(fe->queue[1].call, &count), -1);
	user_model_drive(c->model, 5, 1);
	front_end_pump(fe);
	assert_true(front_end_collect(fe, 1, &answer) >= 0);
	assert_int_equal(answer[0], 1);
	assert_int_equal(eventfd_read(fe->queue[1].call, &count), 0);
}

static void a_line_belongs_to_one_front_end(void **state)
{
	struct front_end *other = front_end_new(c->world, c->service, -1);

	start(fe);
	front_end_negotiate(other);
	start(other);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(front_end_gpio(other, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), -1);
	assert_int_equal(front_end_gpio(other, GET_VALUE, 17, 0), -1);
	assert_int_equal(front_end_gpio(other, SET_DIRECTION, 18, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_NONE), 0);
	assert_int_equal(front_end_gpio(other, SET_DIRECTION, 17, VIRTIO_GPIO_IN), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_IN), -1);
	front_end_disconnect(other);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_IN), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 18, VIRTIO_GPIO_IN), 0);
	front_end_free(other);
}

static void the_configuration_says_how_many_lines(void **state)
{
	struct vhost_config config = { 0, 8, 0, { 0 } };

	front_end_send(fe, VHOST_GET_CONFIG, 0, &config, VHOST_CONFIG_HEADER + 8, NULL, 0);
	assert_int_equal(front_end_answer(fe, VHOST_GET_CONFIG, &config, sizeof(config), NULL),
			 VHOST_CONFIG_HEADER + 8);
	assert_int_equal(config.bytes[0], 54);
	/* What is not there is answered without bytes. */
	config.offset = 4;
	front_end_send(fe, VHOST_GET_CONFIG, 0, &config, VHOST_CONFIG_HEADER + 8, NULL, 0);
	assert_int_equal(front_end_answer(fe, VHOST_GET_CONFIG, &config, sizeof(config), NULL), 0);
	config.offset = 0;
	assert_int_not_equal(
		front_end_ack(fe, VHOST_SET_CONFIG, &config, VHOST_CONFIG_HEADER + 8, NULL, 0), 0);
	assert_non_null(fe->session);
}

static uint32_t get_base(unsigned q)
{
	struct vhost_vring_state base = { q, 0 };

	front_end_send(fe, VHOST_GET_VRING_BASE, 0, &base, sizeof(base), NULL, 0);
	assert_int_equal(front_end_answer(fe, VHOST_GET_VRING_BASE, &base, sizeof(base), NULL),
			 sizeof(base));
	return base.num;
}

/* As QEMU does when its machine is stopped and goes on. */
static void a_pause_changes_nothing(void **state)
{
	const unsigned char *answer;
	uint64_t status = 0;

	start(fe);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(front_end_gpio(fe, SET_VALUE, 17, 1), 0);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 5, VIRTIO_GPIO_IN), 0);
	assert_int_equal(front_end_gpio(fe, SET_IRQ_TYPE, 5, VIRTIO_GPIO_IRQ_RISING), 0);
	front_end_unmask(fe, 5);
	assert_int_equal(get_base(0), 4);
	assert_int_equal(get_base(1), 1);
	assert_int_equal(front_end_ack(fe, VHOST_SET_STATUS, &status, sizeof(status), NULL, 0), 0);
	assert_int_equal(user_model_level(c->model, 17), 1);
	user_model_drive(c->model, 5, 1);
	front_end_pump(fe);
	assert_int_equal(front_end_collect(fe, 1, &answer), -1);
	front_end_start(fe, 0, 4);
	front_end_start(fe, 1, 1);
	assert_int_equal(front_end_gpio(fe, SET_VALUE, 17, 0), 0);
	assert_int_equal(user_model_level(c->model, 17), 0);
	assert_true(front_end_collect(fe, 1, &answer) >= 0);
	assert_int_equal(answer[0], 1);
}

static void a_guest_that_starts_anew_finds_a_new_device(void **state)
{
	start(fe);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(get_base(0), 1);
	assert_int_equal(get_base(1), 0);
	memset(fe->memory, 0, MEMORY);
	memset(&fe->queue[0].available, 0, 3 * sizeof(uint16_t));
	start(fe);
	assert_int_equal(front_end_gpio(fe, GET_DIRECTION, 17, 0), VIRTIO_GPIO_NONE);
	assert_int_equal(front_end_gpio(fe, GET_VALUE, 17, 0), -1);
}

static void a_reset_gives_lines_back(void **state)
{
	struct fy_gpio pin;

	start(fe);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(user_gpio_take(user_gpio_first(c->world), 17, &pin), FY_ERR_BUSY);
	assert_int_equal(front_end_ack(fe, VHOST_RESET_DEVICE, NULL, 0, NULL, 0), 0);
	assert_int_equal(user_gpio_take(user_gpio_first(c->world), 17, &pin), 0);
	fy_gpio_release(&pin);
}

static void memory_comes_and_goes_in_slots(void **state)
{
	struct vhost_mem_reg reg = { 0, { GUEST + MEMORY, 0x1000, USER + MEMORY, 0 } };
	int fd = memfd_create("more", MFD_CLOEXEC);

	assert_int_equal(ftruncate(fd, 0x1000), 0);
	assert_int_equal(front_end_get(fe, VHOST_GET_MAX_MEM_SLOTS), VIRTIO_MEMORY_REGIONS);
	assert_int_equal(front_end_ack(fe, VHOST_ADD_MEM_REG, &reg, sizeof(reg), &fd, 1), 0);
	assert_int_not_equal(front_end_ack(fe, VHOST_ADD_MEM_REG, &reg, sizeof(reg), &fd, 1), 0);
	assert_int_equal(front_end_ack(fe, VHOST_REM_MEM_REG, &reg, sizeof(reg), NULL, 0), 0);
	assert_int_not_equal(front_end_ack(fe, VHOST_REM_MEM_REG, &reg, sizeof(reg), NULL, 0), 0);
	close(fd);
	start(fe);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
}

static void a_message_in_pieces_is_one_message(void **state)
{
	struct vhost_header header = { VHOST_GET_QUEUE_NUM, VHOST_VERSION, 0 };
	uint64_t queues;

	for (size_t i = 0; i < sizeof(header); i++)
		front_end_send_raw(fe, (const char *)&header + i, 1, NULL, 0);
	front_end_answer(fe, VHOST_GET_QUEUE_NUM, &queues, sizeof(queues), NULL);
	assert_int_equal(queues, 2);
}

static void random_bytes_come_from_the_kernel(void **state)
{
	struct service *rng = vhost_rng_service(NULL);
	struct front_end *f = front_end_new(c->world, rng, -1);
	const unsigned char *answer;
	unsigned char zero[64] = { 0 };

	front_end_negotiate(f);
	front_end_start(f, 0, 0);
	front_end_offer(f, 0, "", 0, 64);
	front_end_kick(f, 0);
	assert_true(front_end_collect(f, 0, &answer) >= 0);
	assert_memory_not_equal(answer, zero, 64);
	memset(zero, 0xee, 64);
	assert_memory_not_equal(answer, zero, 64);
	front_end_free(f);
	free(rng);
}

/* ---- As User Mode Linux does ---- */

static void what_asks_for_acknowledgements_may_be_acknowledged(void **state)
{
	struct front_end *f = front_end_new(c->world, c->service, -1);
	uint64_t features = UINT64_C(1) << VHOST_PROTOCOL_F_REPLY_ACK;

	assert_int_equal(front_end_ack(f, VHOST_SET_PROTOCOL_FEATURES, &features, sizeof(features),
				       NULL, 0),
			 0);
	front_end_free(f);
}

static void a_socket_can_take_notifications(void **state)
{
	int pair[2];
	uint64_t count = 0;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair),
			 0);
	start(fe);
	front_end_set_fd(fe, VHOST_SET_VRING_CALL, 0, pair[1]);
	close(pair[1]);
	assert_int_equal(front_end_gpio(fe, SET_DIRECTION, 17, VIRTIO_GPIO_OUT), 0);
	assert_int_equal(read(pair[0], &count, sizeof(count)), sizeof(count));
	assert_int_equal(count, 1);
	close(pair[0]);
}

static void a_new_packed_ring_may_be_said_to_start_at_0(void **state)
{
	uint64_t features = FEATURES | VIRTIO_FEATURE(VIRTIO_F_RING_PACKED);
	struct front_desc *first = (struct front_desc *)(void *)(fe->memory + QUEUE_AT(0));

	assert_int_equal(
		front_end_ack(fe, VHOST_SET_FEATURES, &features, sizeof(features), NULL, 0), 0);
	front_end_start(fe, 0, 0);
	assert_int_equal(get_base(0), 0x80008000);
	/* One that was used is there, the second time round. */
	first->next = 1 << 7;
	front_end_start(fe, 0, 0);
	assert_int_equal(get_base(0), 0);
}

int main(void)
{
#define test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		test(a_guest_drives_and_reads_lines),
		test(the_guest_is_notified_of_answers_and_events),
		test(a_line_belongs_to_one_front_end),
		test(the_configuration_says_how_many_lines),
		test(a_pause_changes_nothing),
		test(a_guest_that_starts_anew_finds_a_new_device),
		test(a_reset_gives_lines_back),
		test(memory_comes_and_goes_in_slots),
		test(a_message_in_pieces_is_one_message),
		test(random_bytes_come_from_the_kernel),
		test(what_asks_for_acknowledgements_may_be_acknowledged),
		test(a_socket_can_take_notifications),
		test(a_new_packed_ring_may_be_said_to_start_at_0),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
