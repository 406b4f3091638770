// SPDX-License-Identifier: GPL-2.0-only
/*
 * A fault at a register access does what it says and no more; Ferry's gpio drivers survive one at
 * each of their accesses; what a test refuses is refused.
 */
#include <ferry/dma.h>
#include <ferry/gpio-controller.h>
#include <ferry/gpio.h>
#include <ferry/i2c.h>
#include <ferry/interrupt.h>
#include <ferry/net.h>
#include <ferry/rng.h>
#include <ferry/stream.h>
#include <ferry/work.h>

#include "test.h"

static const struct gpio_driver {
	const struct fy_driver *driver;
	const char *model;
	unsigned pin;
} gpio_drivers[] = {
	{ &fy_driver_pl061, "pl061", 5 },
	{ &fy_driver_bcm2835_gpio, "bcm2835-gpio", 33 },
	{ &fy_driver_bcm2835_gpio, "bcm2711-gpio", 57 },
};

#define GPIO_DRIVERS (sizeof(gpio_drivers) / sizeof(gpio_drivers[0]))

static struct ferry_sim_device *make(struct ferry_sim **sim, const struct gpio_driver *d)
{
	*sim = ferry_sim_new();
	return ferry_sim_add(*sim, d->driver, "gpio", d->model);
}

static void a_device_that_is_another_is_not_served(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make(&sim, &gpio_drivers[0]);

	ferry_sim_inject(
		dev, &(struct ferry_sim_fault){ .offset = 0xfe0, .replace = true, .value = 0x31 });
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_NOT_FOUND);
	assert_string_equal(ferry_sim_last_log(sim),
			    "there is a PrimeCell 031 at its address, not 061");
	ferry_sim_heal(dev);
	assert_int_equal(ferry_sim_probe(sim), 0);
	end_world(sim);
}

static void bits_flip_and_stick_for_as_long_as_asked(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make(&sim, &gpio_drivers[0]);
	struct ferry_sim_gpio *pin;

	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = ferry_sim_gpio_take(dev, 3, NULL);
	assert_int_equal(ferry_sim_gpio_input(pin), 0);
	ferry_sim_inject(dev, &(struct ferry_sim_fault){ .offset = 8 << 2,
							 .accesses = FERRY_SIM_READS,
							 .skip = 2,
							 .count = 3,
							 .flip = 8 });
	for (unsigned i = 0; i < 8; i++)
		assert_int_equal(ferry_sim_gpio_get(pin), i >= 2 && i < 5);
	assert_int_equal(ferry_sim_faults(dev), 3);
	ferry_sim_inject(dev, &(struct ferry_sim_fault){ .offset = FERRY_SIM_ANY, .set = 8 });
	assert_int_equal(ferry_sim_gpio_get(pin), 1);
	ferry_sim_inject(dev, &(struct ferry_sim_fault){ .offset = FERRY_SIM_ANY, .clear = 8 });
	assert_int_equal(ferry_sim_gpio_get(pin), 0);
	ferry_sim_heal(dev);
	ferry_sim_drive(dev, 3, 1);
	assert_int_equal(ferry_sim_gpio_get(pin), 1);
	end_world(sim);
}

static void a_lost_write_is_seen_at_the_pin(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make(&sim, &gpio_drivers[1]);
	struct ferry_sim_gpio *pin;

	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = ferry_sim_gpio_take(dev, 33, NULL);
	assert_int_equal(ferry_sim_gpio_output(pin, 0), 0);
	ferry_sim_inject(dev, &(struct ferry_sim_fault){ .offset = 0x20,
							 .accesses = FERRY_SIM_WRITES,
							 .count = 1,
							 .lost = true });
	ferry_sim_gpio_set(pin, 1);
	assert_int_equal(ferry_sim_level(dev, 33), 0);
	ferry_sim_gpio_set(pin, 1);
	assert_int_equal(ferry_sim_level(dev, 33), 1);
	end_world(sim);
}

static void nothing(void *arg)
{
	(void)arg;
}

/* All that a gpio driver does. */
static void use(struct ferry_sim *sim, struct ferry_sim_device *dev, unsigned number)
{
	struct ferry_sim_gpio *pin;

	if (ferry_sim_probe(sim))
		return;
	pin = ferry_sim_gpio_take(dev, number, NULL);
	assert_non_null(pin);
	ferry_sim_gpio_output(pin, 1);
	ferry_sim_gpio_set(pin, 0);
	ferry_sim_gpio_input(pin);
	ferry_sim_gpio_bias(pin, 1);
	ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_RISING, nothing, NULL);
	ferry_sim_drive(dev, number, 0);
	ferry_sim_drive(dev, number, 1);
	ferry_sim_gpio_get(pin);
	ferry_sim_gpio_watch(pin, 0, NULL, NULL);
	ferry_sim_run_for(sim, SECOND);
	ferry_sim_gpio_release(pin);
	ferry_sim_remove(dev);
}

static unsigned long accesses_without_faults(const struct gpio_driver *d)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make(&sim, d);
	unsigned long accesses;

	use(sim, dev, d->pin);
	accesses = ferry_sim_accesses(dev);
	assert_in_range(accesses, 20, 200);
	end_world(sim);
	return accesses;
}

/*
 * A device may go mad; the driver has to come back, and when the device is well again, so is all.
 */
static void a_fault_at_any_access_is_survived(void **state)
{
	static const struct ferry_sim_fault faults[] = {
		{ .lost = true },
		{ .replace = true },
		{ .replace = true, .value = ~0u },
		{ .flip = 0x10101010 },
	};

	for (size_t i = 0; i < GPIO_DRIVERS; i++) {
		const struct gpio_driver *d = &gpio_drivers[i];
		unsigned long accesses = accesses_without_faults(d);

		for (unsigned long n = 0; n < 4 * accesses; n++) {
			struct ferry_sim_fault fault = faults[n % 4];
			struct ferry_sim *sim;
			struct ferry_sim_device *dev = make(&sim, d);

			fault.offset = FERRY_SIM_ANY;
			fault.skip = n / 4;
			fault.count = 1;
			ferry_sim_inject(dev, &fault);
			use(sim, dev, d->pin);
			assert_int_equal(ferry_sim_faults(dev), 1);
			ferry_sim_heal(dev);
			use(sim, dev, d->pin);
			assert_int_equal(ferry_sim_level(dev, d->pin), 1);
			ferry_sim_free(sim);
		}
	}
}

static void watch(void *arg, const struct ferry_sim_access *access)
{
	static const struct ferry_sim_access set_output[] = {
		/* GPFSEL3, bits 11:9: the level goes first, so that the pin never has another. */
		{ 0, 0x20, 2, true },
		{ 0, 0x0c, 0, false },
		{ 0, 0x0c, 0, false },
		{ 0, 0x0c, 0x200, true },
	};
	unsigned *count = arg;

	assert_in_range(*count, 0, 3);
	assert_int_equal(access->offset, set_output[*count].offset);
	assert_int_equal(access->value, set_output[*count].value);
	assert_int_equal(access->is_write, set_output[*count].is_write);
	(*count)++;
}

static void accesses_are_seen_in_their_order(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make(&sim, &gpio_drivers[1]);
	struct ferry_sim_gpio *pin;
	unsigned count = 0;

	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = ferry_sim_gpio_take(dev, 33, NULL);
	ferry_sim_on_access(dev, watch, &count);
	assert_int_equal(ferry_sim_gpio_output(pin, 1), 0);
	assert_int_equal(count, 4);
	ferry_sim_on_access(dev, NULL, NULL);
	end_world(sim);
}

/* ---- What a driver asks for, and what it leaves behind ---- */

#define CALLS (FERRY_SIM_THREAD_START + 1)

static int results[CALLS];
static bool leave;

static int ask_probe(struct fy_device *dev)
{
	static const struct fy_gpio_ops pin_ops;
	static const struct fy_stream_ops stream_ops;
	static const struct fy_rng_ops rng_ops;
	static const struct fy_i2c_ops i2c_ops;
	static const struct fy_net_ops net_ops;
	static const uint8_t address[FY_NET_ADDRESS] = { 2, 0, 0, 0, 0, 1 };
	static struct fy_gpio_controller controller;
	static struct fy_stream stream;
	static struct fy_gpio pin;
	static struct fy_rng rng;
	static struct fy_i2c_bus bus;
	static struct fy_net net;
	static struct fy_thread thread;
	struct fy_dma dma;

	results[FERRY_SIM_IRQ_ATTACH] = fy_irq_attach(dev, 0, nothing, NULL);
	results[FERRY_SIM_DMA_ALLOC] = fy_dma_alloc(dev, 4, 4, &dma);
	results[FERRY_SIM_GPIO_REQUEST] = fy_gpio_request(dev, "led", FY_GPIO_OUT_LOW, &pin);
	results[FERRY_SIM_GPIO_OFFER] = fy_gpio_offer(dev, &controller, 1, &pin_ops);
	results[FERRY_SIM_STREAM_OFFER] = fy_stream_offer(dev, &stream, "stream", &stream_ops);
	results[FERRY_SIM_RNG_OFFER] = fy_rng_offer(dev, &rng, &rng_ops);
	results[FERRY_SIM_I2C_OFFER] = fy_i2c_offer(dev, &bus, &i2c_ops);
	results[FERRY_SIM_NET_OFFER] = fy_net_offer(dev, &net, address, &net_ops);
	results[FERRY_SIM_THREAD_START] = fy_thread_start(&thread, dev, nothing, NULL);
	if (leave)
		return FY_ERR_IO;
	for (unsigned i = 0; i < CALLS; i++) {
		if (results[i])
			continue;
		switch (i) {
		case FERRY_SIM_IRQ_ATTACH:
			fy_irq_detach(dev, 0);
			break;
		case FERRY_SIM_GPIO_REQUEST:
			fy_gpio_release(&pin);
			break;
		case FERRY_SIM_GPIO_OFFER:
			fy_gpio_withdraw(&controller);
			break;
		case FERRY_SIM_STREAM_OFFER:
			fy_stream_withdraw(&stream);
			break;
		case FERRY_SIM_RNG_OFFER:
			fy_rng_withdraw(&rng);
			break;
		case FERRY_SIM_I2C_OFFER:
			fy_i2c_withdraw(&bus);
			break;
		case FERRY_SIM_NET_OFFER:
			fy_net_withdraw(&net);
			break;
		case FERRY_SIM_THREAD_START:
			fy_thread_stop(&thread);
			break;
		}
	}
	return FY_ERR_IO;
}
TEST_DRIVER(ask_probe);

static struct ferry_sim_device *make_asking(struct ferry_sim **sim)
{
	struct ferry_sim_device *gpio = make(sim, &gpio_drivers[0]),
				*dev = ferry_sim_add(*sim, &driver_ask_probe, "asking", "pl061");

	assert_non_null(gpio);
	ferry_sim_set_pin(dev, "led", "gpio", 2, false);
	leave = false;
	return dev;
}

static void what_a_driver_asks_for_is_refused_as_often_as_wanted(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make_asking(&sim);

	for (unsigned call = 0; call < CALLS; call++) {
		ferry_sim_refuse(dev, (enum ferry_sim_call)call, 1, FY_ERR_TIMEOUT);
		for (unsigned time = 0; time < 3; time++) {
			assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
			for (unsigned i = 0; i < CALLS; i++)
				assert_int_equal(results[i],
						 i == call && time > 0 ? FY_ERR_TIMEOUT : 0);
		}
		ferry_sim_refuse(dev, (enum ferry_sim_call)call, 0, 0);
	}
	end_world(sim);
}

static void a_driver_that_leaves_something_behind_is_reported(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make_asking(&sim);

	ferry_sim_refuse(dev, FERRY_SIM_GPIO_REQUEST, 0, FY_ERR_BUSY);
	ferry_sim_refuse(dev, FERRY_SIM_STREAM_OFFER, 0, FY_ERR_BUSY);
	ferry_sim_refuse(dev, FERRY_SIM_RNG_OFFER, 0, FY_ERR_BUSY);
	ferry_sim_refuse(dev, FERRY_SIM_I2C_OFFER, 0, FY_ERR_BUSY);
	ferry_sim_refuse(dev, FERRY_SIM_NET_OFFER, 0, FY_ERR_BUSY);
	leave = true;
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
	assert_int_equal(logged(sim, "it leaves interrupt 0 attached"), 1);
	assert_int_equal(logged(sim, "it leaves its pins offered"), 1);
	assert_int_equal(logged(sim, "it leaves a thread running"), 1);
	assert_int_equal(ferry_sim_violations(sim), 3);
	assert_false(ferry_sim_irq_attached(dev, 0));
	assert_null(ferry_sim_gpio_take(dev, 0, NULL));
	ferry_sim_free(sim);
}

static void a_device_has_as_many_interrupts_as_the_test_says(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make_asking(&sim);

	ferry_sim_set_irqs(dev, 0);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
	assert_int_equal(results[FERRY_SIM_IRQ_ATTACH], FY_ERR_NOT_FOUND);
	ferry_sim_set_irqs(dev, 1);
	assert_int_equal(ferry_sim_probe(sim), FY_ERR_IO);
	assert_int_equal(results[FERRY_SIM_IRQ_ATTACH], 0);
	end_world(sim);
}

static void an_interrupt_for_nothing_is_one_call_of_the_handler(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make(&sim, &gpio_drivers[1]);

	assert_int_equal(ferry_sim_probe(sim), 0);
	ferry_sim_spurious_irq(dev, 1);
	assert_int_equal(ferry_sim_irq_calls(dev), 1);
	assert_int_equal(ferry_sim_irq_rises(dev), 0);
	ferry_sim_spurious_irq(dev, 3);
	assert_int_equal(ferry_sim_irq_calls(dev), 1);
	end_world(sim);
}

static void interrupts_are_counted_and_so_are_the_rises_of_their_lines(void **state)
{
	struct ferry_sim *sim;
	struct ferry_sim_device *dev = make(&sim, &gpio_drivers[0]);
	struct ferry_sim_gpio *pin;

	assert_int_equal(ferry_sim_probe(sim), 0);
	pin = ferry_sim_gpio_take(dev, 5, NULL);
	assert_int_equal(ferry_sim_gpio_watch(pin, FY_GPIO_TRIGGER_RISING, nothing, NULL), 0);
	for (unsigned i = 1; i <= 3; i++) {
		ferry_sim_drive(dev, 5, 1);
		ferry_sim_drive(dev, 5, 0);
		assert_int_equal(ferry_sim_irq_calls(dev), i);
		assert_int_equal(ferry_sim_irq_rises(dev), i);
	}
	end_world(sim);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_device_that_is_another_is_not_served),
		cmocka_unit_test(bits_flip_and_stick_for_as_long_as_asked),
		cmocka_unit_test(a_lost_write_is_seen_at_the_pin),
		cmocka_unit_test(a_fault_at_any_access_is_survived),
		cmocka_unit_test(accesses_are_seen_in_their_order),
		cmocka_unit_test(what_a_driver_asks_for_is_refused_as_often_as_wanted),
		cmocka_unit_test(a_driver_that_leaves_something_behind_is_reported),
		cmocka_unit_test(a_device_has_as_many_interrupts_as_the_test_says),
		cmocka_unit_test(an_interrupt_for_nothing_is_one_call_of_the_handler),
		cmocka_unit_test(interrupts_are_counted_and_so_are_the_rises_of_their_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
