// SPDX-License-Identifier: GPL-2.0-only
/*
 * An I2C bus of the host, /dev/i2c-N, as a bus of the world: a driver that offers it. The kernel
 * has no call for a transfer that does not wait, so the process waits for each, as long as the
 * kernel's controller lets it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <ferry/i2c.h>

#include "world.h"

#define LENGTH_MAX    8192 /* of a message, for the kernel */
#define TIMEOUT_TENMS 100

struct host_bus {
	struct fy_i2c_bus bus;
};

/* Documentation/i2c/fault-codes.rst: controllers differ in what they say when nobody answers. */
static int error_of(int number)
{
	switch (number) {
	case ENXIO:
	case EREMOTEIO:
		return FY_ERR_NOT_FOUND;
	case ETIMEDOUT:
		return FY_ERR_TIMEOUT;
	case EOPNOTSUPP:
	case EINVAL:
		return FY_ERR_UNSUPPORTED;
	case ENODEV:
		return FY_ERR_GONE;
	default:
		return FY_ERR_IO;
	}
}

static int start(struct fy_device *dev, const struct fy_i2c_message *messages, unsigned count)
{
	struct host_bus *host = fy_state(dev);
	struct i2c_msg msgs[FY_I2C_MESSAGES_MAX];
	struct i2c_rdwr_ioctl_data data = { .msgs = msgs, .nmsgs = count };
	int done;

	for (unsigned i = 0; i < count; i++) {
		if (messages[i].length > LENGTH_MAX)
			return FY_ERR_UNSUPPORTED;
		msgs[i] = (struct i2c_msg){
			.addr = messages[i].address,
			.flags = messages[i].read ? I2C_M_RD : 0,
			.len = messages[i].length,
			.buf = messages[i].data,
		};
	}
	done = ioctl(dev->host_fd, I2C_RDWR, &data);
	if (done < 0)
		fy_i2c_done(&host->bus, 0, error_of(errno));
	else if ((unsigned)done < count)
		fy_i2c_done(&host->bus, (unsigned)done, done ? FY_ERR_IO : FY_ERR_NOT_FOUND);
	else
		fy_i2c_done(&host->bus, count, 0);
	return 0;
}

/* No transfer is under way when anybody can call this. */
static void cancel(struct fy_device *dev)
{
	(void)dev;
}

static int host_probe(struct fy_device *dev)
{
	static const struct fy_i2c_ops ops = { start, cancel };
	struct host_bus *host = fy_state(dev);

	return fy_i2c_offer(dev, &host->bus, &ops);
}

static void host_remove(struct fy_device *dev)
{
	struct host_bus *host = fy_state(dev);

	fy_i2c_withdraw(&host->bus);
}

static const struct fy_driver host_driver = {
	.name = "host-i2c",
	.state_size = sizeof(struct host_bus),
	.probe = host_probe,
	.remove = host_remove,
};

struct fy_device *user_i2c_add_host_bus(struct user_world *w, const char *name, const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	unsigned long functions;
	struct fy_device *dev;

	if (fd < 0)
		return NULL;
	if (ioctl(fd, I2C_FUNCS, &functions)) {
		close(fd);
		return NULL;
	}
	if (!(functions & I2C_FUNC_I2C)) {
		close(fd);
		errno = EOPNOTSUPP;
		return NULL;
	}
	ioctl(fd, I2C_TIMEOUT, TIMEOUT_TENMS);
	dev = user_device_add(w, &host_driver, name);
	if (!dev) {
		close(fd);
		errno = ENOMEM;
		return NULL;
	}
	dev->host_fd = fd;
	return dev;
}
