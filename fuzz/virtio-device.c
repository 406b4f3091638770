// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whatever a hostile guest puts into its rings, each device answers or breaks, with what stands
 * behind it in all its moods.
 */
#include "virtio-guest.h"

#include "virtio/virtio-console.h"
#include "virtio/virtio-gpio.h"
#include "virtio/virtio-i2c.h"
#include "virtio/virtio-net.h"
#include "virtio/virtio-rng.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINES 5

static struct input in;
static struct ring ring[VIRTIO_DEVICE_QUEUES];
static struct virtio_gpio gpio;
static struct virtio_gpio_line line[LINES];
static struct virtio_rng rng;
static struct virtio_console console;
static struct virtio_net net;
static struct virtio_i2c i2c;
static unsigned i2c_count; /* messages of the transfer that is under way */
static struct virtio_device *device;
static unsigned broken;

/* What stands behind the models answers as the input says. */

static int mood(void)
{
	return take8(&in) & 0x80 ? -1 : 0;
}

static int gpio_line(void *arg, unsigned number)
{
	if (arg != &gpio || number >= LINES)
		abort();
	return mood();
}

static int gpio_level(void *arg, unsigned number, int level)
{
	if (level != !!level)
		abort();
	return gpio_line(arg, number);
}

static int gpio_trigger(void *arg, unsigned number, unsigned trigger)
{
	uint8_t byte = take8(&in);

	if (trigger > 8 || (trigger > 4 && trigger < 8))
		abort();
	if (byte & 1 && trigger)
		virtio_gpio_event(&gpio, number);
	return gpio_line(arg, number);
}

static const struct virtio_gpio_ops gpio_ops = { gpio_line, gpio_level, gpio_line,
						 gpio_line, gpio_level, gpio_trigger };

static long rng_fill(void *arg, void *to, size_t length)
{
	size_t count = take8(&in) % (length + 1);

	memset(to, 0xa5, count);
	return (long)count;
}

static const struct virtio_rng_ops rng_ops = { rng_fill };

static long console_write(void *arg, const void *from, size_t length)
{
	const unsigned char *byte = from;
	unsigned sum = 0;

	if (!length)
		abort();
	for (size_t i = 0; i < length; i++)
		sum += byte[i];
	return (long)((take8(&in) + (sum & 0)) % (length + 2)) - 1;
}

static void console_room(void *arg)
{
	(void)virtio_console_input(&console, "more", 4);
}

static void console_end(void *arg)
{
	(void)take8(&in);
}

static const struct virtio_console_ops console_ops = { console_write, console_room, console_end };

static bool net_send(void *arg, const void *frame, size_t length)
{
	static unsigned char copy[VIRTIO_NET_FRAME_MAX];

	if (length < VIRTIO_NET_FRAME_MIN || length > sizeof(copy))
		abort();
	memcpy(copy, frame, length);
	return take8(&in) & 3;
}

static void net_room(void *arg)
{
	static const unsigned char frame[60];

	(void)virtio_net_receive(&net, frame, sizeof(frame));
}

static const struct virtio_net_ops net_ops = { net_send, net_room };

static int i2c_start(void *arg, const struct virtio_i2c_message *messages, unsigned count)
{
	unsigned sum = 0;

	if (i2c_count || !count || count > VIRTIO_I2C_MESSAGES)
		abort();
	for (unsigned i = 0; i < count; i++) {
		if (messages[i].address > 0x7f)
			abort();
		for (unsigned n = 0; n < messages[i].length; n++)
			sum += messages[i].read ? messages[i].data[n] = 0xa5 : messages[i].data[n];
	}
	if ((take8(&in) + (sum & 0)) & 0x80)
		return -1;
	i2c_count = count;
	return 0;
}

static void i2c_cancel(void *arg)
{
	i2c_count = 0;
}

static void i2c_wait(void *arg)
{
	if (i2c_count)
		abort();
}

static const struct virtio_i2c_ops i2c_ops = { i2c_start, i2c_cancel, i2c_wait };

/* The transfer ends, if one is under way, perhaps in its middle; or the wait does. */
static void i2c_behind(uint8_t how)
{
	unsigned count = i2c_count;

	i2c_count = 0;
	if (count)
		(void)virtio_i2c_done(&i2c, how & 1 ? how % count : count);
	else
		(void)virtio_i2c_ready(&i2c);
}

static void notify(void *arg, unsigned queue)
{
	if (queue >= device->model->queues || !virtio_queue_usable(&device->queue[queue]))
		abort();
}

static void report(void *arg, unsigned queue, enum virtio_fault fault)
{
	if (!fault || device->queue[queue].fault != fault ||
	    !(device->status & VIRTIO_STATUS_NEEDS_RESET))
		abort();
	broken++;
}

static const struct virtio_transport_ops transport = { notify, report };

/* Something happens behind the device. */
static void act_behind(void)
{
	static const unsigned char bytes[2000];
	size_t length = take8(&in) * 8U;

	if (device == &gpio.device)
		virtio_gpio_event(&gpio, take8(&in) % LINES);
	else if (device == &rng.device)
		(void)virtio_rng_ready(&rng);
	else if (device == &i2c.device)
		i2c_behind((uint8_t)(length / 8));
	else if (device == &console.device && length & 8)
		(void)virtio_console_ready(&console);
	else if (device == &console.device &&
		 virtio_console_input(&console, bytes, length) > length)
		abort();
	else if (device == &net.device && length & 8)
		(void)virtio_net_ready(&net);
	else if (device == &net.device)
		(void)virtio_net_receive(&net, bytes, length);
}

static void start(unsigned i, uint32_t base, bool resume)
{
	struct virtio_queue_setup setup = {
		.descriptors = ring[i].descriptors,
		.driver = ring[i].driver,
		.device = ring[i].device,
		.size = ring[i].size,
		.base = base,
		.resume = resume,
	};

	(void)virtio_device_start_queue(device, i, &setup, NULL, NULL);
}

/* Resets the device and sets it up as a driver does. */
static void set_up(void)
{
	uint8_t flags = take8(&in);
	uint64_t features = VIRTIO_FEATURE(VIRTIO_F_VERSION_1) |
			    (flags & 1 ? VIRTIO_FEATURE(VIRTIO_F_RING_PACKED) : 0) |
			    (flags & 2 ? VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX) : 0) |
			    (flags & 4 ? 0 : VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC)) |
			    (flags & 8 ? 0 : device->model->features);

	if (virtio_device_set_status(device, 0) || device->features || i2c_count)
		abort();
	(void)virtio_device_negotiate(device, features);
	(void)virtio_device_set_status(device, VIRTIO_STATUS_FEATURES_OK | VIRTIO_STATUS_DRIVER_OK);
	for (unsigned i = 0; i < VIRTIO_DEVICE_QUEUES; i++) {
		ring[i] = ring_at(i, 8, flags & 1);
		start(i, virtio_queue_fresh_base(features), false);
	}
}

static void act_config(uint8_t action)
{
	unsigned char bytes[32] = { 0 };
	uint32_t offset = take_length(&in),
		 length = action & 0x80 ? take_length(&in) : take8(&in) % 16;

	if (length > sizeof(bytes) && offset < device->config_size &&
	    length <= device->config_size - offset)
		abort();
	if (length > sizeof(bytes)) {
		if (!virtio_device_read_config(device, offset, NULL, length) ||
		    !virtio_device_write_config(device, offset, NULL, length))
			abort();
		return;
	}
	(void)virtio_device_read_config(device, offset, bytes, length);
	(void)virtio_device_write_config(device, offset, bytes, length);
}

/* A request of virtio-i2c. */
static void act_i2c(void)
{
	const uint64_t at = FIRST + REGION_SIZE + 0x100;
	uint8_t what = take8(&in), length = take8(&in);

	poke16(at, what & 0xc0 ? 0xa0 : take8(&in) << 1);
	poke16(at + 2, 0);
	poke16(at + 4, what & 3);
	poke16(at + 6, (what & 0x3c) == 0x3c);
	offer(&ring[0], at, what & 2 ? 8 : 8 + length, at + 0x300, what & 2 ? 1 + length : 1);
	(void)virtio_device_run(device, 0, 4);
}

/*
 * A request, most often one that makes sense: of virtio-gpio's; for the others the beginning of
 * some bytes or of a frame.
 */
static void act_request(unsigned i)
{
	const uint64_t at = FIRST + REGION_SIZE + 0x100;
	uint8_t what = take8(&in), lengths = take8(&in);
	uint32_t out = i ? 2 : 8, back = i ? 1 : 2;

	poke16(at, i ? what % (LINES + 1) : what % 8);
	poke16(at + 2, (what >> 3) % (LINES + 1));
	poke16(at + 4, take8(&in) % 10);
	poke16(at + 6, 0);
	if (lengths & 0x80) {
		out = lengths & 15;
		back = (lengths >> 4 & 7) * 4;
	} else if (device != &gpio.device) {
		out += lengths * 2;
	}
	offer(&ring[i], at, out, at + 0x300, back);
	(void)virtio_device_run(device, i, 4);
}

/* A control message of virtio-console, or a buffer for one. */
static void act_control(unsigned i)
{
	const uint64_t at = FIRST + REGION_SIZE + 0x100;
	uint8_t what = take8(&in);

	poke16(at, 0);
	poke16(at + 2, 0);
	poke16(at + 4, what & 7);
	poke16(at + 6, what >> 3 & 1);
	offer(&ring[i], at, i == VIRTIO_CONSOLE_CONTROL_TRANSMIT_QUEUE ? 8 : 0, at + 0x300,
	      what >> 4);
	(void)virtio_device_run(device, i, 4);
}

static void act(void)
{
	uint8_t action = take8(&in), i = action >> 7;

	if (device == &console.device && action & 0x40)
		i += VIRTIO_CONSOLE_CONTROL_RECEIVE_QUEUE;

	switch (action % 14) {
	case 12:
	case 13:
		if (device == &i2c.device)
			act_i2c();
		else if (i < 2)
			act_request(i);
		else
			act_control(i);
		break;
	case 0:
	case 1:
		act_descriptor(&in, &ring[i], ring[i].descriptors);
		break;
	case 2:
		act_descriptor(&in, &ring[i], FIRST + REGION_SIZE + 16);
		break;
	case 3:
	case 4:
		act_available(&in, &ring[i]);
		break;
	case 5:
		act_poke(&in);
		break;
	case 6:
	case 7:
		(void)virtio_device_run(device, action >> 6, action % 3 + 1);
		break;
	case 8:
		act_behind();
		break;
	case 9:
		set_region(action % REGIONS, take8(&in) & 1);
		break;
	case 10:
		act_config(action);
		break;
	default:
		if (action & 0x40)
			set_up();
		else
			start(i, virtio_device_stop_queue(device, i), true);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char mac[6] = { 2, 0, 0, 0, 0, 1 };
	struct virtio_device *const devices[] = { &gpio.device, &rng.device, &console.device,
						  &net.device };
	uint8_t which;

	in = (struct input){ data, size };
	start_memory();
	virtio_gpio_init(&gpio, line, LINES, "a\0\0b\0\0c", 8, &gpio_ops, &gpio);
	virtio_rng_init(&rng, &rng_ops, NULL);
	virtio_console_init(&console, "port", &console_ops, NULL);
	virtio_net_init(&net, mac, &net_ops, NULL);
	virtio_i2c_init(&i2c, &i2c_ops, NULL);
	i2c_count = 0;
	which = take8(&in);
	device = which < 0xf0 ? devices[which % 4] : &i2c.device;
	virtio_device_connect(device, &memory, UINT64_MAX, &transport, NULL);
	set_up();
	while (in.size)
		act();
	return 0;
}
