// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * divide: what is written to its stream, two numbers and a sign, "-7000000000 / 3", it logs
 * with the result of a 64-bit division: u and U are unsigned ones, d is fy_div_u64().
 */
#include <ferry/driver.h>
#include <ferry/stream.h>

FY_NEEDS_CONTRACT(2);

struct divide {
	struct fy_stream stream;
};

/* Reads a number at *AT of the text that ends at END, and the blank after it. */
static int64_t number(const char **at, const char *end)
{
	uint64_t value = 0;
	bool negative = *at < end && **at == '-';

	*at += negative;
	for (; *at < end && **at >= '0' && **at <= '9'; ++*at)
		value = value * 10 + (uint64_t)(**at - '0');
	*at += *at < end;
	return negative ? -(int64_t)value : (int64_t)value;
}

static int64_t result(int64_t a, char sign, int64_t b)
{
	switch (sign) {
	case '/':
		return a / b;
	case '%':
		return a % b;
	case 'u':
		return (int64_t)((uint64_t)a / (uint64_t)b);
	case 'U':
		return (int64_t)((uint64_t)a % (uint64_t)b);
	default:
		return (int64_t)fy_div_u64((uint64_t)a, (uint32_t)b);
	}
}

static long divide_write(struct fy_device *dev, void *session, const char *data, size_t len)
{
	const char *at = data, *end = data + len;
	int64_t a = number(&at, end), b;
	char sign = at < end ? *at : '/';

	at += at + 2 <= end ? 2 : 0;
	b = number(&at, end);
	fy_info(dev, "%lld %c %lld = %lld", (long long)a, sign, (long long)b,
		(long long)result(a, sign, b));
	return (long)len;
}

static bool divide_drained(struct fy_device *dev, void *session)
{
	return true;
}

static void nothing_to_do(struct fy_device *dev, void *session)
{
}

static const struct fy_stream_ops ops = { 1, divide_write, divide_drained, nothing_to_do,
					  nothing_to_do };

static int divide_probe(struct fy_device *dev)
{
	struct divide *d = fy_state(dev);

	return fy_stream_offer(dev, &d->stream, "divide", &ops);
}

static void divide_remove(struct fy_device *dev)
{
	struct divide *d = fy_state(dev);

	fy_stream_withdraw(&d->stream);
}

FY_DRIVER(divide) = {
	.name = "divide",
	.state_size = sizeof(struct divide),
	.probe = divide_probe,
	.remove = divide_remove,
};
