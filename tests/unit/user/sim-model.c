// SPDX-License-Identifier: GPL-2.0-only
/*
 * A model that a test brings to ferry-sim (ports/user/sim/sim-model.c) is one like the library's:
 * its registers, pins and interrupts reach the driver, and accesses that it does not take do not
 * reach it.
 */
#include "test.h"

#include <ferry/dma.h>
#include <ferry/interrupt.h>
#include <ferry/io.h>
#include <ferry/time.h>

/* ---- A device: the bits of VALUE are the levels of two pins; WAKE interrupts. ---- */

#define VALUE 0x00
#define WAKE  0x04

struct model {
	struct ferry_sim_device *dev;
	uint32_t value;
	unsigned reads, writes;
	int driven;
};

static uint32_t model_read(void *arg, uint32_t offset, unsigned bytes)
{
	struct model *m = arg;

	m->reads++;
	return offset == VALUE ? m->value : 0;
}

static void model_write(void *arg, uint32_t offset, unsigned bytes, uint32_t value)
{
	struct model *m = arg;

	m->writes++;
	if (offset == WAKE) {
		ferry_sim_set_irq(m->dev, 1, value);
		return;
	}
	if (value > 3)
		ferry_sim_violation(m->dev, "%u is too much", value);
	m->value = value;
	ferry_sim_set_levels(m->dev, value);
}

static void model_drive(void *arg, unsigned pin, int level)
{
	struct model *m = arg;

	m->driven = (int)pin * 10 + level;
}

static struct ferry_sim_model kind = {
	.size = 8,
	.widths = 4,
	.pins = 2,
	.irqs = 2,
	.read = model_read,
	.write = model_write,
	.drive = model_drive,
};

/* ---- A driver. ---- */

struct device {
	struct fy_device *dev;
	struct fy_timer timer;
	struct fy_dma memory;
	unsigned interrupts;
	uint64_t next;
};

static void handle_interrupt(void *arg)
{
	struct device *d = arg;

	d->interrupts++;
	fy_write32(d->dev, WAKE, 0);
}

static uint64_t handle_timer(void *arg, uint64_t due)
{
	return ((struct device *)arg)->next;
}

static int device_probe(struct fy_device *dev)
{
	struct device *d = fy_state(dev);

	d->dev = dev;
	d->next = FY_TIMER_STOP;
	fy_timer_init(&d->timer, dev, handle_timer, d);
	return fy_irq_attach(dev, 1, handle_interrupt, d);
}

static void device_remove(struct fy_device *dev)
{
	fy_irq_detach(dev, 1);
}

static const char *const compatible[] = { "test,first", "test,second", NULL };
static const struct fy_driver driver = {
	.name = "device",
	.compatible = compatible,
	.state_size = sizeof(struct device),
	.probe = device_probe,
	.remove = device_remove,
};

static struct ferry_sim *sim;
static struct ferry_sim_device *device;
static struct model model;
static struct device *d;

static int setup(void **state)
{
	kind.compatible = NULL;
	kind.pins = 2;
	kind.irqs = 2;
	model = (struct model){ 0 };
	sim = ferry_sim_new();
	device = model.dev = ferry_sim_add_model(sim, &driver, "device", &kind, &model);
	assert_non_null(device);
	assert_int_equal(ferry_sim_probe(sim), 0);
	d = ferry_sim_state(device);
	return 0;
}

static int teardown(void **state)
{
	end_world(sim);
	return 0;
}

static void accesses_reach_it_and_faults_come_between(void **state)
{
	fy_write32(d->dev, VALUE, 2);
	assert_int_equal(model.value, 2);
	assert_int_equal(fy_read32(d->dev, VALUE), 2);
	assert_int_equal(ferry_sim_accesses(device), 2);
	assert_int_equal(ferry_sim_peek(device, VALUE), 2);
	ferry_sim_poke(device, VALUE, 3);
	assert_int_equal(model.value, 3);
	ferry_sim_inject(device, &(struct ferry_sim_fault){ .offset = VALUE, .flip = 1 });
	assert_int_equal(fy_read32(d->dev, VALUE), 2);
}

static void an_access_that_it_does_not_take_is_a_violation(void **state)
{
	fy_write8(d->dev, VALUE, 1);
	fy_write32(d->dev, 8, 1);
	assert_int_equal(fy_read32(d->dev, 6), UINT32_MAX);
	assert_int_equal(model.reads + model.writes, 0);
	assert_int_equal(ferry_sim_violations(sim), 3);
	ferry_sim_free(sim);
	sim = NULL;
}

static void its_own_violations_are_logged_and_counted(void **state)
{
	fy_write32(d->dev, VALUE, 4);
	assert_int_equal(ferry_sim_violations(sim), 1);
	assert_string_equal(ferry_sim_last_log(sim), "4 is too much");
	assert_int_equal(ferry_sim_log_line(sim, 0)->level, 'm');
	assert_string_equal(ferry_sim_log_line(sim, 0)->device, "device");
	ferry_sim_free(sim);
	sim = NULL;
}

static void its_interrupts_are_handled(void **state)
{
	ferry_sim_set_irq(device, 1, true);
	assert_int_equal(d->interrupts, 1);
	assert_int_equal(ferry_sim_irq_rises(device), 1);
	fy_write32(d->dev, WAKE, 1);
	assert_int_equal(d->interrupts, 2);
	ferry_sim_delay_irq(device, 5 * MS);
	ferry_sim_set_irq(device, 1, true);
	assert_int_equal(d->interrupts, 2);
	ferry_sim_run_for(sim, 5 * MS);
	assert_int_equal(d->interrupts, 3);
}

static void its_pins_are_like_others(void **state)
{
	const struct ferry_sim_edge *edges;

	assert_int_equal(ferry_sim_record(device, 1), 0);
	fy_write32(d->dev, VALUE, 2);
	ferry_sim_run_for(sim, MS);
	ferry_sim_set_levels(device, 1);
	assert_int_equal(ferry_sim_edges(device, 1, &edges), 2);
	assert_int_equal(edges[0].time, 0);
	assert_int_equal(edges[0].level, 1);
	assert_int_equal(edges[1].time, MS);
	assert_int_equal(ferry_sim_level(device, 0), 1);
	assert_int_equal(ferry_sim_drive(device, 1, 1), 0);
	assert_int_equal(model.driven, 11);
	assert_int_equal(ferry_sim_drive(device, 2, 1), FY_ERR_NOT_FOUND);
}

static void it_says_which_device_it_is(void **state)
{
	struct ferry_sim_device *second;

	assert_true(fy_is_compatible(d->dev, "test,first"));
	kind.compatible = "test,second";
	second = ferry_sim_add_model(sim, &driver, "second", &kind, &model);
	assert_int_equal(ferry_sim_probe(sim), 0);
	d = ferry_sim_state(second);
	assert_true(fy_is_compatible(d->dev, "test,second"));
}

static void what_cannot_be_is_refused(void **state)
{
	assert_null(ferry_sim_add_model(sim, &driver, "device", &kind, &model));
	kind.pins = 65;
	assert_null(ferry_sim_add_model(sim, &driver, "other", &kind, &model));
	kind.pins = 64;
	kind.irqs = 5;
	assert_null(ferry_sim_add_model(sim, &driver, "other", &kind, &model));
	kind.irqs = 4;
	assert_non_null(ferry_sim_add_model(sim, &driver, "other", &kind, &model));
}

static void memory_for_devices_has_an_end_where_the_test_says(void **state)
{
	ferry_sim_limit_dma(sim, 1000);
	assert_int_equal(fy_dma_alloc(d->dev, 1001, 1, &d->memory), FY_ERR_NO_MEMORY);
	assert_int_equal(fy_dma_alloc(d->dev, 1000, 1, &d->memory), 0);
	assert_int_equal(fy_dma_alloc(d->dev, 1, 1, &d->memory), FY_ERR_NO_MEMORY);
	assert_ptr_equal(ferry_sim_dma(sim, d->memory.bus, 1000), d->memory.memory);
	assert_null(ferry_sim_dma(sim, d->memory.bus, 1001));
	ferry_sim_remove(device);
	assert_null(ferry_sim_dma(sim, d->memory.bus, 1));
	assert_int_equal(ferry_sim_probe(sim), 0);
	assert_int_equal(fy_dma_alloc(d->dev, 1000, 1, &d->memory), 0);
}

static void a_timer_is_due_when_it_was_asked_for_however_late_it_comes(void **state)
{
	assert_int_equal(ferry_sim_timer_due(device), FERRY_SIM_NEVER);
	assert_true(ferry_sim_run_to_idle(sim, SECOND));
	assert_int_equal(ferry_sim_now(sim), 0);
	ferry_sim_delay_timers(sim, MS);
	fy_timer_start(&d->timer, 5 * MS);
	assert_int_equal(ferry_sim_timer_due(device), 5 * MS);
	d->next = 9 * MS;
	assert_false(ferry_sim_run_to_idle(sim, 6 * MS));
	assert_int_equal(ferry_sim_timer_due(device), 9 * MS);
	d->next = FY_TIMER_STOP;
	assert_true(ferry_sim_run_to_idle(sim, SECOND));
	assert_int_equal(ferry_sim_now(sim), 10 * MS);
}

static void a_timer_left_running_is_a_violation_and_stops(void **state)
{
	fy_timer_start(&d->timer, 5 * MS);
	ferry_sim_remove(device);
	assert_int_equal(ferry_sim_violations(sim), 1);
	assert_string_equal(ferry_sim_last_log(sim), "it leaves a timer running");
	assert_int_equal(ferry_sim_timer_due(device), FERRY_SIM_NEVER);
	ferry_sim_free(sim);
	sim = NULL;
}

static int teardown_violated(void **state)
{
	assert_null(sim);
	return 0;
}

#define TEST(f)		 cmocka_unit_test_setup_teardown(f, setup, teardown)
#define TEST_VIOLATED(f) cmocka_unit_test_setup_teardown(f, setup, teardown_violated)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(accesses_reach_it_and_faults_come_between),
		TEST_VIOLATED(an_access_that_it_does_not_take_is_a_violation),
		TEST_VIOLATED(its_own_violations_are_logged_and_counted),
		TEST(its_interrupts_are_handled),
		TEST(its_pins_are_like_others),
		TEST(it_says_which_device_it_is),
		TEST(what_cannot_be_is_refused),
		TEST(memory_for_devices_has_an_end_where_the_test_says),
		TEST(a_timer_is_due_when_it_was_asked_for_however_late_it_comes),
		TEST_VIOLATED(a_timer_left_running_is_a_violation_and_stops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
