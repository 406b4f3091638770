// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * pl031: Arm's PrimeCell Real Time Clock (ARM DDI 0224C), a counter of seconds with a match. QEMU's
 * virt machines have one.
 *
 *	make app APP=selftest BOARD=virt && build/ferry boot --board virt output/virt/kernel8.img
 */
#include <ferry/driver.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/irq.h>
#include <ferry/rtc.h>

/* Chapter 3, Programmer's Model. */
#define DR	   0x000u /* the counter; read only */
#define MR	   0x004u /* the match */
#define LR	   0x008u /* what is written here is the counter from the next second on */
#define CR	   0x00cu
#define CR_START   0x1u /* once set, writing 0 has no effect */
#define IMSC	   0x010u
#define IMSC_MATCH 0x1u /* 1 lets the interrupt out */
#define RIS	   0x014u
#define MIS	   0x018u
#define ICR	   0x01cu
#define ICR_MATCH  0x1u
#define PERIPH_ID0 0xfe0u
#define PERIPH_ID1 0xfe4u
#define PART	   0x031u

#define LAST 0xffffffff /* second that it can count */

struct pl031 {
	struct fy_device *dev;
	struct fy_rtc rtc;
	struct fy_lock lock;
	bool alarm; /* the match is somebody's */
};

static int pl031_get_time(struct fy_device *dev, int64_t *time)
{
	*time = fy_read32(dev, DR);
	return 0;
}

static int pl031_set_time(struct fy_device *dev, int64_t time)
{
	fy_write32(dev, LR, (uint32_t)time);
	return 0;
}

static int pl031_get_alarm(struct fy_device *dev, struct fy_rtc_alarm *alarm)
{
	struct pl031 *p = fy_state(dev);

	alarm->time = fy_read32(dev, MR);
	alarm->enabled = p->alarm;
	return 0;
}

/*
 * The old match stays until the new one is written: so the interrupt is kept in meanwhile, and
 * what the old one raised is cleared.
 */
static int pl031_set_alarm(struct fy_device *dev, const struct fy_rtc_alarm *alarm)
{
	struct pl031 *p = fy_state(dev);
	fy_irqflags flags;

	if (alarm->time < 0 || alarm->time > LAST)
		return FY_ERR_INVALID;
	/* It would match when the counter has gone round. */
	if (alarm->enabled && alarm->time <= fy_read32(dev, DR))
		return FY_ERR_INVALID;
	flags = fy_lock(&p->lock);
	fy_write32(dev, IMSC, 0);
	fy_write32(dev, MR, (uint32_t)alarm->time);
	fy_write32(dev, ICR, ICR_MATCH);
	p->alarm = alarm->enabled;
	if (alarm->enabled)
		fy_write32(dev, IMSC, IMSC_MATCH);
	fy_unlock(&p->lock, flags);
	return 0;
}

static void pl031_interrupt(void *arg)
{
	struct pl031 *p = arg;
	fy_irqflags flags = fy_lock(&p->lock);
	const bool came = fy_read32(p->dev, MIS) & IMSC_MATCH;

	if (came) {
		fy_write32(p->dev, IMSC, 0);
		fy_write32(p->dev, ICR, ICR_MATCH);
		p->alarm = false;
	}
	fy_unlock(&p->lock, flags);
	if (came)
		fy_rtc_alarm_came(&p->rtc);
}

static const struct fy_rtc_ops ops = {
	.first = 0,
	.last = LAST,
	.get_time = pl031_get_time,
	.set_time = pl031_set_time,
	.get_alarm = pl031_get_alarm,
	.set_alarm = pl031_set_alarm,
};

/* One without an interrupt is a clock without an alarm. */
static const struct fy_rtc_ops plain_ops = {
	.first = 0,
	.last = LAST,
	.get_time = pl031_get_time,
	.set_time = pl031_set_time,
};

static int pl031_probe(struct fy_device *dev)
{
	struct pl031 *p = fy_state(dev);
	const uint32_t part =
		(fy_read32(dev, PERIPH_ID1) << 8 | fy_read32(dev, PERIPH_ID0)) & 0xfff;
	int irq, rc;

	if (part != PART) {
		fy_error(dev, "part number 0x%03x in place of 0x%03x: another device", part, PART);
		return FY_ERR_NOT_FOUND;
	}
	p->dev = dev;
	fy_lock_init(&p->lock);
	fy_write32(dev, IMSC, 0);
	fy_write32(dev, ICR, ICR_MATCH);
	fy_write32(dev, CR, CR_START);
	irq = fy_irq_attach(dev, 0, pl031_interrupt, p);
	if (irq && irq != FY_ERR_NOT_FOUND)
		return irq;
	rc = fy_rtc_offer(dev, &p->rtc, irq ? &plain_ops : &ops);
	if (rc && !irq)
		fy_irq_detach(dev, 0);
	return rc;
}

static void pl031_remove(struct fy_device *dev)
{
	struct pl031 *p = fy_state(dev);

	fy_write32(dev, IMSC, 0);
	fy_rtc_withdraw(&p->rtc);
	fy_irq_detach(dev, 0);
}

FY_DESCRIPTION("Arm PrimeCell real time clock PL031");
FY_COMPATIBLE("arm,pl031");

FY_DRIVER(pl031) = {
	.name = "pl031",
	.compatible = fy_compatible,
	.state_size = sizeof(struct pl031),
	.probe = pl031_probe,
	.remove = pl031_remove,
};
