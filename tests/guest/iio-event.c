// SPDX-License-Identifier: GPL-2.0-only
/*
 * Has the x axis of an IIO device watched for a limit above where it is now, streams until the
 * event comes, and checks what it says.
 *
 * usage: iio-event /sys/bus/iio/devices/iio:deviceN HOW-MUCH-ABOVE
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/iio/events.h>
#include <linux/iio/types.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *sys;

static FILE *attribute(const char *name, const char *mode)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", sys, name);
	file = fopen(path, mode);
	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

static void put(const char *name, int value)
{
	FILE *file = attribute(name, "w");

	if (fprintf(file, "%d", value) < 0 || fclose(file)) {
		perror(name);
		exit(1);
	}
}

static int get(const char *name)
{
	FILE *file = attribute(name, "r");
	int value = -1;

	if (fscanf(file, "%d", &value) != 1) {
		perror(name);
		exit(1);
	}
	fclose(file);
	return value;
}

/* The descriptor on which events come. */
static int open_events(void)
{
	char path[256];
	int fd, events = -1;

	snprintf(path, sizeof(path), "/dev/%s", strrchr(sys, '/') + 1);
	fd = open(path, O_RDONLY);
	if (fd < 0 || ioctl(fd, IIO_GET_EVENT_FD_IOCTL, &events)) {
		perror(path);
		exit(1);
	}
	close(fd);
	return events;
}

int main(int argc, char **argv)
{
	struct iio_event_data event;
	struct pollfd wait = { .events = POLLIN };

	if (argc != 3)
		return 2;
	sys = argv[1];
	wait.fd = open_events();
	put("events/in_accel_x_thresh_rising_value", get("in_accel_x_raw") + atoi(argv[2]));
	put("events/in_accel_x_thresh_rising_en", 1);
	put("scan_elements/in_accel_x_en", 1);
	put("buffer/enable", 1);
	if (poll(&wait, 1, 60000) != 1 || read(wait.fd, &event, sizeof(event)) != sizeof(event)) {
		fprintf(stderr, "no event came: %s\n", strerror(errno));
		return 1;
	}
	put("buffer/enable", 0);
	put("events/in_accel_x_thresh_rising_en", 0);
	printf("type %d, modifier %d, direction %d\n",
	       (int)IIO_EVENT_CODE_EXTRACT_CHAN_TYPE(event.id),
	       (int)IIO_EVENT_CODE_EXTRACT_MODIFIER(event.id),
	       (int)IIO_EVENT_CODE_EXTRACT_DIR(event.id));
	return IIO_EVENT_CODE_EXTRACT_CHAN_TYPE(event.id) != IIO_ACCEL ||
	       IIO_EVENT_CODE_EXTRACT_MODIFIER(event.id) != IIO_MOD_X ||
	       IIO_EVENT_CODE_EXTRACT_DIR(event.id) != IIO_EV_DIR_RISING;
}
