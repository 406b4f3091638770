// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * i2c-target: tries each call of <ferry/i2c-target.h> on a thermometer of the LM75's kind (TMP105),
 * and logs what it got; for tests/i2c-linux.t and other tests on a bus.
 */
#include <ferry/driver.h>
#include <ferry/i2c-target.h>

#define CONFIG	 1
#define LOW	 2
#define HIGH	 3
#define NOBODY	 0x33
#define REQUESTS 20

struct test {
	struct fy_device *dev;
	struct fy_i2c_target target, nobody;
	struct fy_i2c_request request, refused;
	struct fy_i2c_message messages[2], probe;
	uint8_t number, data[2];
	unsigned right;
};

static void was_refused(void *arg, int error)
{
	struct test *t = arg;

	fy_info(t->dev, "requests: %u right, the last to nobody: %d", t->right, error);
}

/* The first ones are made by the handler itself. */
static void was_read(void *arg, int error)
{
	struct test *t = arg;

	if (!error && t->data[0] == 0x12 && t->data[1] == 0x30)
		t->right++;
	t->data[0] = t->data[1] = 0;
	if (error || t->right == REQUESTS || fy_i2c_submit(&t->request))
		fy_i2c_submit(&t->refused);
}

static int try_requests(struct test *t)
{
	t->number = HIGH;
	t->messages[0] = (struct fy_i2c_message){ .length = 1, .data = &t->number };
	t->messages[1] = (struct fy_i2c_message){ .read = true, .length = 2, .data = t->data };
	fy_i2c_request_init(&t->request, &t->target, t->messages, 2, was_read, t);
	fy_i2c_request_init(&t->refused, &t->nobody, &t->probe, 1, was_refused, t);
	return fy_i2c_submit(&t->request);
}

/* Each line: which call, what it returned. */
static void say(struct test *t, const char *call, int result)
{
	if (result < 0)
		fy_info(t->dev, "%s: error %d", call, result);
	else
		fy_info(t->dev, "%s: 0x%x", call, (unsigned)result);
}

static void try_registers(struct test *t)
{
	static const uint8_t high[] = { 0x20, 0x40 };
	uint8_t block[2] = { 0, 0 };

	say(t, "write8", fy_i2c_write8(&t->target, CONFIG, 0x60));
	say(t, "read8", fy_i2c_read8(&t->target, CONFIG));
	say(t, "write16be", fy_i2c_write16be(&t->target, LOW, 0x1020));
	say(t, "read16be", fy_i2c_read16be(&t->target, LOW));
	say(t, "read16le", fy_i2c_read16le(&t->target, LOW));
	say(t, "write_block", fy_i2c_write_block(&t->target, HIGH, high, 2));
	say(t, "read_block", fy_i2c_read_block(&t->target, HIGH, block, 2));
	say(t, "block", block[0] << 8 | block[1]);
	say(t, "write16le", fy_i2c_write16le(&t->target, HIGH, 0x3012));
}

static void try_transfers(struct test *t)
{
	uint8_t number = HIGH, data[2] = { 0, 0 };
	struct fy_i2c_message messages[] = { { .length = 1, .data = &number },
					     { .read = true, .length = 2, .data = data } };

	say(t, "write", fy_i2c_write(&t->target, &number, 1));
	say(t, "read", fy_i2c_read(&t->target, data, 2));
	say(t, "data", data[0] << 8 | data[1]);
	data[0] = data[1] = 0;
	say(t, "transact", fy_i2c_transact(&t->target, messages, 2));
	say(t, "data", data[0] << 8 | data[1]);
	say(t, "no data", fy_i2c_write(&t->target, NULL, 0));
	say(t, "nobody", fy_i2c_write(&t->nobody, NULL, 0));
	say(t, "nobody's register", fy_i2c_read8(&t->nobody, 0));
	say(t, "nobody's messages", fy_i2c_transact(&t->nobody, messages, 2));
	say(t, "no length", fy_i2c_read(&t->target, data, 0));
	say(t, "no message", fy_i2c_transact(&t->target, messages, 0));
}

static int test_probe(struct fy_device *dev)
{
	struct test *t = fy_state(dev);
	int rc = fy_i2c_target_get(dev, &t->target);

	if (rc)
		return rc;
	t->dev = dev;
	rc = fy_i2c_target_get_at(dev, NOBODY, &t->nobody);
	if (rc)
		return rc;
	fy_info(dev, "address 0x%02x and 0x%02x", fy_i2c_address(&t->target),
		fy_i2c_address(&t->nobody));
	try_registers(t);
	try_transfers(t);
	return try_requests(t);
}

static void test_remove(struct fy_device *dev)
{
	struct test *t = fy_state(dev);

	fy_i2c_cancel(&t->request);
	fy_i2c_cancel(&t->refused);
}

FY_DESCRIPTION("a test of I2C targets");
FY_COMPATIBLE("ferry,i2c-target");
FY_I2C_TARGET;
FY_DRIVER(i2c_target) = {
	.name = "i2c-target",
	.compatible = fy_compatible,
	.state_size = sizeof(struct test),
	.probe = test_probe,
	.remove = test_remove,
};
