// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * ds1307: a clock with a battery on an I2C bus: Maxim's DS1307 (datasheet 19-5210, "Clock and
 * Calendar"), and the DS1338, which also tells whether its oscillator had stopped.
 *
 *	make program DRIVER=ds1307 BOARD=rpi-3
 *	./ds1307 --bus /dev/i2c-1:0x68 --shell
 *
 * Devicetree node: compatible = "dallas,ds1307", `reg`. The years are 2000 to 2099. A read of
 * several registers is of one moment: the device copies them at the START.
 */
#include <ferry/driver.h>
#include <ferry/i2c-target.h>
#include <ferry/rtc.h>

/* Registers, in BCD. */
enum { SECONDS, MINUTES, HOURS, WEEKDAY, DAY, MONTH, YEAR, CONTROL };
#define SECONDS_HALT 0x80u /* the oscillator is stopped: the time was never set */
#define HOURS_12     0x40u
#define HOURS_PM     0x20u	  /* where HOURS_12 is set */
#define CONTROL_OSF  0x20u	  /* DS1338: the oscillator had stopped */
#define FIRST	     946684800LL  /* 2000-01-01 00:00:00 */
#define LAST	     4102444799LL /* 2099-12-31 23:59:59 */

struct ds1307 {
	struct fy_i2c_target target;
	struct fy_rtc rtc;
	bool tells_stop;
};

/* Hours of the day, in either of the device's ways. */
static uint8_t hour_of(uint8_t hours)
{
	uint8_t hour;

	if (!(hours & HOURS_12))
		return fy_rtc_from_bcd(hours & 0x3f);
	hour = (uint8_t)(fy_rtc_from_bcd(hours & 0x1f) % 12);
	return hours & HOURS_PM ? (uint8_t)(hour + 12) : hour;
}

static int get_time(struct fy_device *dev, int64_t *time)
{
	struct ds1307 *c = fy_state(dev);
	uint8_t r[CONTROL + 1] = { 0 };
	int rc = fy_i2c_read_block(&c->target, SECONDS, r, sizeof(r));
	struct fy_rtc_date date;

	if (rc)
		return rc;
	if (r[SECONDS] & SECONDS_HALT || (c->tells_stop && r[CONTROL] & CONTROL_OSF))
		return FY_ERR_INVALID;
	date = (struct fy_rtc_date){
		.year = 2000 + fy_rtc_from_bcd(r[YEAR]),
		.month = fy_rtc_from_bcd(r[MONTH] & 0x1f),
		.day = fy_rtc_from_bcd(r[DAY] & 0x3f),
		.hour = hour_of(r[HOURS]),
		.minute = fy_rtc_from_bcd(r[MINUTES] & 0x7f),
		.second = fy_rtc_from_bcd(r[SECONDS] & 0x7f),
	};
	return fy_rtc_seconds(&date, time);
}

/* Writing the seconds starts the oscillator. */
static int set_time(struct fy_device *dev, int64_t time)
{
	struct ds1307 *c = fy_state(dev);
	struct fy_rtc_date date;
	uint8_t r[YEAR + 1];
	int rc = fy_rtc_date(time, &date), control;

	if (rc)
		return rc;
	r[SECONDS] = fy_rtc_to_bcd(date.second);
	r[MINUTES] = fy_rtc_to_bcd(date.minute);
	r[HOURS] = fy_rtc_to_bcd(date.hour);
	r[WEEKDAY] = (uint8_t)(date.weekday + 1);
	r[DAY] = fy_rtc_to_bcd(date.day);
	r[MONTH] = fy_rtc_to_bcd(date.month);
	r[YEAR] = fy_rtc_to_bcd((uint8_t)(date.year - 2000));
	rc = fy_i2c_write_block(&c->target, SECONDS, r, sizeof(r));
	if (rc || !c->tells_stop)
		return rc;
	control = fy_i2c_read8(&c->target, CONTROL);
	return control < 0 ? control :
			     fy_i2c_write8(&c->target, CONTROL, (uint8_t)(control & ~CONTROL_OSF));
}

static const struct fy_rtc_ops ops = {
	.first = FIRST,
	.last = LAST,
	.get_time = get_time,
	.set_time = set_time,
};

static int ds1307_probe(struct fy_device *dev)
{
	struct ds1307 *c = fy_state(dev);
	int rc = fy_i2c_target_get(dev, &c->target);

	if (rc)
		return rc;
	c->tells_stop = fy_is_compatible(dev, "dallas,ds1338");
	rc = fy_i2c_read8(&c->target, SECONDS);
	if (rc < 0) {
		fy_error(dev, "no answer from address 0x%02x: %s", fy_i2c_address(&c->target),
			 fy_error_name(rc));
		return rc;
	}
	return fy_rtc_offer(dev, &c->rtc, &ops);
}

static void ds1307_remove(struct fy_device *dev)
{
	struct ds1307 *c = fy_state(dev);

	fy_rtc_withdraw(&c->rtc);
}

FY_DESCRIPTION("DS1307 and DS1338 clocks");
FY_COMPATIBLE("dallas,ds1307", "dallas,ds1338");
FY_I2C_TARGET;
FY_NEEDS_CONTRACT(2);
FY_DRIVER(ds1307) = {
	.name = "ds1307",
	.compatible = fy_compatible,
	.state_size = sizeof(struct ds1307),
	.probe = ds1307_probe,
	.remove = ds1307_remove,
};
