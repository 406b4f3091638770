// SPDX-License-Identifier: GPL-2.0-only
/* The classes of the kernel's services that a source uses, by the headers that it includes. */
#include <string.h>

#include "pick/scan-parts.h"

/* Their names; a service's bit is its place here. */
static const char *const service_names[] = {
	"irq",	   "clk",  "dma",     "dmaengine", "regulator", "reset",     "gpio",	 "pinctrl",
	"regmap",  "i2c",  "spi",     "pci",	   "usb",	"platform",  "amba",	 "virtio",
	"of",	   "acpi", "net",     "net-phy",   "phy",	"workqueue", "timer",	 "hrtimer",
	"kthread", "wait", "delay",   "firmware",  "pm",	"debugfs",   "chardev",	 "fs",
	"user",	   "mm",   "slab",    "iio",	   "input",	"hwmon",     "watchdog", "rtc",
	"leds",	   "pwm",  "thermal", "mfd",	   "nvmem",	"mailbox",   "serial",	 "tty",
	"mtd",	   "mmc",  "block",   "scsi",	   "ata",	"sound",     "drm",	 "media",
	"crypto",  "hid",  "power",   "hwrng",
};

enum { SERVICES = sizeof(service_names) / sizeof(service_names[0]) };

static const struct service {
	const char *header; /* or what it begins with, up to a slash or dash */
	unsigned char len, bit;
} services[] = {
	{ "linux/interrupt.h", 17, 0 },	       /* irq */
	{ "linux/clk.h", 11, 1 },	       /* clk */
	{ "linux/clk-provider.h", 20, 1 },     /* clk */
	{ "linux/dma-mapping.h", 19, 2 },      /* dma */
	{ "linux/dmaengine.h", 17, 3 },	       /* dmaengine */
	{ "linux/regulator/", 16, 4 },	       /* regulator */
	{ "linux/reset.h", 13, 5 },	       /* reset */
	{ "linux/gpio/", 11, 6 },	       /* gpio */
	{ "linux/gpio.h", 12, 6 },	       /* gpio */
	{ "linux/pinctrl/", 14, 7 },	       /* pinctrl */
	{ "linux/regmap.h", 14, 8 },	       /* regmap */
	{ "linux/i2c.h", 11, 9 },	       /* i2c */
	{ "linux/spi/", 10, 10 },	       /* spi */
	{ "linux/pci.h", 11, 11 },	       /* pci */
	{ "linux/usb.h", 11, 12 },	       /* usb */
	{ "linux/usb/", 10, 12 },	       /* usb */
	{ "linux/platform_device.h", 23, 13 }, /* platform */
	{ "linux/amba/", 11, 14 },	       /* amba */
	{ "linux/virtio.h", 14, 15 },	       /* virtio */
	{ "linux/of.h", 10, 16 },	       /* of */
	{ "linux/acpi.h", 12, 17 },	       /* acpi */
	{ "linux/netdevice.h", 17, 18 },       /* net */
	{ "linux/phy.h", 11, 19 },	       /* net-phy */
	{ "linux/phy/", 10, 20 },	       /* phy */
	{ "linux/workqueue.h", 17, 21 },       /* workqueue */
	{ "linux/timer.h", 13, 22 },	       /* timer */
	{ "linux/hrtimer.h", 15, 23 },	       /* hrtimer */
	{ "linux/kthread.h", 15, 24 },	       /* kthread */
	{ "linux/wait.h", 12, 25 },	       /* wait */
	{ "linux/completion.h", 18, 25 },      /* wait */
	{ "linux/delay.h", 13, 26 },	       /* delay */
	{ "linux/firmware.h", 16, 27 },	       /* firmware */
	{ "linux/pm_runtime.h", 18, 28 },      /* pm */
	{ "linux/debugfs.h", 15, 29 },	       /* debugfs */
	{ "linux/cdev.h", 12, 30 },	       /* chardev */
	{ "linux/miscdevice.h", 18, 30 },      /* chardev */
	{ "linux/fs.h", 10, 31 },	       /* fs */
	{ "linux/uaccess.h", 15, 32 },	       /* user */
	{ "linux/mm.h", 10, 33 },	       /* mm */
	{ "linux/slab.h", 12, 34 },	       /* slab */
	{ "linux/iio/", 10, 35 },	       /* iio */
	{ "linux/input.h", 13, 36 },	       /* input */
	{ "linux/hwmon.h", 13, 37 },	       /* hwmon */
	{ "linux/watchdog.h", 16, 38 },	       /* watchdog */
	{ "linux/rtc.h", 11, 39 },	       /* rtc */
	{ "linux/leds.h", 12, 40 },	       /* leds */
	{ "linux/pwm.h", 11, 41 },	       /* pwm */
	{ "linux/thermal.h", 15, 42 },	       /* thermal */
	{ "linux/mfd/", 10, 43 },	       /* mfd */
	{ "linux/nvmem-", 12, 44 },	       /* nvmem */
	{ "linux/mailbox", 13, 45 },	       /* mailbox */
	{ "linux/serial_core.h", 19, 46 },     /* serial */
	{ "linux/tty.h", 11, 47 },	       /* tty */
	{ "linux/mtd/", 10, 48 },	       /* mtd */
	{ "linux/mmc/", 10, 49 },	       /* mmc */
	{ "linux/blkdev.h", 14, 50 },	       /* block */
	{ "linux/blk-mq.h", 14, 50 },	       /* block */
	{ "scsi/", 5, 51 },		       /* scsi */
	{ "linux/libata.h", 14, 52 },	       /* ata */
	{ "sound/", 6, 53 },		       /* sound */
	{ "drm/", 4, 54 },		       /* drm */
	{ "media/", 6, 55 },		       /* media */
	{ "crypto/", 7, 56 },		       /* crypto */
	{ "linux/hid.h", 11, 57 },	       /* hid */
	{ "linux/power_supply.h", 20, 58 },    /* power */
	{ "linux/hw_random.h", 17, 59 },       /* hwrng */
};

const char *scan_service_name(unsigned bit)
{
	return bit < SERVICES ? service_names[bit] : NULL;
}

uint64_t scan_services(const char *header, size_t len)
{
	for (const struct service *service = services;
	     service < services + sizeof(services) / sizeof(services[0]); service++) {
		const char *end = service->header + service->len;

		/* The last letter tells most of them apart. */
		if (len >= service->len && header[service->len - 1] == end[-1] &&
		    !memcmp(header, service->header, service->len) &&
		    (end[-2] != '.' || len == service->len))
			return UINT64_C(1) << service->bit;
	}
	return 0;
}
