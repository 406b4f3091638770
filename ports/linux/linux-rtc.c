// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port, class rtc: a device of the kernel's rtc class, /dev/rtcN. The class frees its
 * devices with their parent: so each has a parent of its own, and a group of resources that is
 * released when the driver withdraws the clock.
 */
#include <linux/device.h>
#include <linux/rtc.h>
#include <linux/slab.h>
#include <ferry/rtc.h>

#include "kernel-compat.h"
#include "linux-error.h"
#include "own-device.h"

struct fy_linux_rtc {
	struct fy_rtc *rtc;
	struct platform_device *own;
	struct rtc_device *device;
};

static struct fy_rtc *rtc_of(struct device *parent)
{
	struct fy_linux_rtc *port = dev_get_drvdata(parent);

	return port->rtc;
}

static int read_time(struct device *parent, struct rtc_time *tm)
{
	struct fy_rtc *rtc = rtc_of(parent);
	int64_t time;
	int rc = rtc->ops->get_time(rtc->dev, &time);

	if (!rc)
		rtc_time64_to_tm(time, tm);
	return fy_error_to_errno(rc);
}

static int set_time(struct device *parent, struct rtc_time *tm)
{
	struct fy_rtc *rtc = rtc_of(parent);

	return fy_error_to_errno(rtc->ops->set_time(rtc->dev, rtc_tm_to_time64(tm)));
}

static int read_alarm(struct device *parent, struct rtc_wkalrm *wanted)
{
	struct fy_rtc *rtc = rtc_of(parent);
	struct fy_rtc_alarm alarm = {};
	int rc = rtc->ops->get_alarm(rtc->dev, &alarm);

	if (rc)
		return fy_error_to_errno(rc);
	rtc_time64_to_tm(alarm.time, &wanted->time);
	wanted->enabled = alarm.enabled;
	return 0;
}

static int set_alarm(struct device *parent, struct rtc_wkalrm *wanted)
{
	const struct fy_rtc_alarm alarm = { rtc_tm_to_time64(&wanted->time), wanted->enabled };
	struct fy_rtc *rtc = rtc_of(parent);

	return fy_error_to_errno(rtc->ops->set_alarm(rtc->dev, &alarm));
}

static int enable_alarm(struct device *parent, unsigned int enabled)
{
	struct fy_rtc *rtc = rtc_of(parent);
	struct fy_rtc_alarm alarm = {};
	int rc = rtc->ops->get_alarm(rtc->dev, &alarm);

	if (rc || alarm.enabled == enabled)
		return fy_error_to_errno(rc);
	alarm.enabled = enabled;
	return fy_error_to_errno(rtc->ops->set_alarm(rtc->dev, &alarm));
}

static const struct rtc_class_ops plain = {
	.read_time = read_time,
	.set_time = set_time,
};

static const struct rtc_class_ops with_alarm = {
	.read_time = read_time,
	.set_time = set_time,
	.read_alarm = read_alarm,
	.set_alarm = set_alarm,
	.alarm_irq_enable = enable_alarm,
};

static int register_device(struct fy_linux_rtc *port)
{
	struct device *parent = &port->own->dev;
	const struct fy_rtc_ops *ops = port->rtc->ops;
	struct rtc_device *device = devm_rtc_allocate_device(parent);

	if (IS_ERR(device))
		return PTR_ERR(device);
	device->ops = ops->set_alarm ? &with_alarm : &plain;
	device->range_min = ops->first;
	device->range_max = ops->last;
	device_init_wakeup(parent, ops->set_alarm != NULL);
	WRITE_ONCE(port->device, device);
	return devm_rtc_register_device(device);
}

static void end(struct fy_linux_rtc *port)
{
	struct device *parent = &port->own->dev;

	WRITE_ONCE(port->device, NULL);
	devres_release_group(parent, port);
	device_init_wakeup(parent, false);
	platform_device_unregister(port->own);
	kfree(port);
}

int fy_port_rtc_offer(struct fy_device *dev, struct fy_rtc *rtc, const struct fy_rtc_ops *ops)
{
	struct fy_linux_rtc *port = kzalloc(sizeof(*port), GFP_KERNEL);
	int rc;

	if (!port)
		return FY_ERR_NO_MEMORY;
	rtc->dev = dev;
	rtc->ops = ops;
	rtc->port = port;
	port->rtc = rtc;
	port->own = fy_own_child(dev, "rtc");
	if (IS_ERR(port->own)) {
		rc = PTR_ERR(port->own);
		kfree(port);
		return fy_error_from_errno(rc);
	}
	platform_set_drvdata(port->own, port);
	rc = devres_open_group(&port->own->dev, port, GFP_KERNEL) ? register_device(port) : -ENOMEM;
	if (rc)
		end(port);
	else
		devres_close_group(&port->own->dev, port);
	return fy_error_from_errno(rc);
}

void fy_port_rtc_withdraw(struct fy_rtc *rtc)
{
	end(rtc->port);
}

void fy_port_rtc_alarm_came(struct fy_rtc *rtc)
{
	struct fy_linux_rtc *port = rtc->port;
	struct rtc_device *device = port ? READ_ONCE(port->device) : NULL;

	if (device)
		rtc_update_irq(device, 1, RTC_IRQF | RTC_AF);
}
