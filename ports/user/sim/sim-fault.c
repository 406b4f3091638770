// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry-sim: the accesses of a driver to its device's registers, and what goes wrong with them, its
 * interrupts, and its port.
 */
#include <stdlib.h>

#include "sim.h"

static bool matches(const struct ferry_sim_fault *fault, const struct user_access *access)
{
	unsigned which = access->is_write ? FERRY_SIM_WRITES : FERRY_SIM_READS;

	return (fault->offset == FERRY_SIM_ANY || fault->offset == access->offset) &&
	       (!fault->accesses || fault->accesses & which);
}

static bool hits(struct sim_fault *f, const struct user_access *access)
{
	unsigned long n;

	if (!matches(&f->fault, access))
		return false;
	n = f->seen++;
	return n >= f->fault.skip && (!f->fault.count || n - f->fault.skip < f->fault.count);
}

static void spoil(const struct ferry_sim_fault *fault, struct user_access *access)
{
	if (fault->lost && access->is_write)
		access->lost = true;
	else if (fault->lost)
		access->value = UINT32_MAX;
	if (fault->replace)
		access->value = fault->value;
	access->value = ((access->value ^ fault->flip) & ~fault->clear) | fault->set;
	if (access->bytes == 1)
		access->value &= 0xff;
}

static void tap_access(void *arg, struct fy_device *fy, struct user_access *access)
{
	struct ferry_sim_device *dev = arg;
	bool faulty = false;

	(void)fy;
	dev->accesses++;
	for (struct sim_fault *f = dev->faults; f; f = f->next) {
		if (!hits(f, access))
			continue;
		spoil(&f->fault, access);
		faulty = true;
	}
	dev->faulty += faulty;
	if (dev->seen) {
		const struct ferry_sim_access seen = { access->time, access->offset, access->value,
						       access->is_write };

		dev->seen(dev->seen_arg, &seen);
	}
}

void sim_tap(struct ferry_sim_device *dev)
{
	dev->tap = (struct user_tap){ .access = tap_access, .arg = dev };
	dev->dev->tap = &dev->tap;
}

void ferry_sim_inject(struct ferry_sim_device *dev, const struct ferry_sim_fault *fault)
{
	struct sim_fault *f = sim_memory(sizeof(*f)), **at = &dev->faults;

	f->fault = *fault;
	while (*at)
		at = &(*at)->next;
	*at = f;
}

void ferry_sim_heal(struct ferry_sim_device *dev)
{
	while (dev->faults) {
		struct sim_fault *f = dev->faults;

		dev->faults = f->next;
		free(f);
	}
}

void ferry_sim_refuse(struct ferry_sim_device *dev, enum ferry_sim_call call, unsigned skip,
		      int error)
{
	static const enum user_call calls[] = {
		[FERRY_SIM_IRQ_ATTACH] = USER_IRQ_ATTACH,
		[FERRY_SIM_DMA_ALLOC] = USER_DMA_ALLOC,
		[FERRY_SIM_GPIO_REQUEST] = USER_GPIO_REQUEST,
		[FERRY_SIM_GPIO_OFFER] = USER_GPIO_OFFER,
		[FERRY_SIM_STREAM_OFFER] = USER_STREAM_OFFER,
		[FERRY_SIM_RNG_OFFER] = USER_RNG_OFFER,
		[FERRY_SIM_I2C_OFFER] = USER_I2C_OFFER,
		[FERRY_SIM_I2C_TARGET_GET] = USER_I2C_TARGET_GET,
		[FERRY_SIM_NET_OFFER] = USER_NET_OFFER,
		[FERRY_SIM_SENSOR_OFFER] = USER_SENSOR_OFFER,
		[FERRY_SIM_RTC_OFFER] = USER_RTC_OFFER,
		[FERRY_SIM_CLASS_OFFER] = USER_CLASS_OFFER,
		[FERRY_SIM_THREAD_START] = USER_THREAD_START,
		[FERRY_SIM_SPI_OFFER] = USER_SPI_OFFER,
		[FERRY_SIM_SPI_TARGET_GET] = USER_SPI_TARGET_GET,
	};

	user_device_refuse(dev->dev, calls[call], skip, error);
}

/* ---- Interrupts ---- */

bool ferry_sim_irq_attached(const struct ferry_sim_device *dev, unsigned index)
{
	return index < USER_IRQS && dev->dev->irq[index].handler;
}

unsigned long ferry_sim_irq_calls(const struct ferry_sim_device *dev)
{
	return dev->dev->irq_calls;
}

unsigned long ferry_sim_irq_rises(const struct ferry_sim_device *dev)
{
	return dev->model ? dev->model->rises : 0;
}

void ferry_sim_spurious_irq(struct ferry_sim_device *dev, unsigned index)
{
	user_interrupt(dev->dev, index);
}

void ferry_sim_delay_irq(struct ferry_sim_device *dev, uint64_t ns)
{
	if (dev->model)
		dev->model->irq_delay = ns;
}

/* ---- Accesses ---- */

unsigned long ferry_sim_accesses(const struct ferry_sim_device *dev)
{
	return dev->accesses;
}

unsigned long ferry_sim_faults(const struct ferry_sim_device *dev)
{
	return dev->faulty;
}

void ferry_sim_on_access(struct ferry_sim_device *dev,
			 void (*seen)(void *arg, const struct ferry_sim_access *access), void *arg)
{
	dev->seen = seen;
	dev->seen_arg = arg;
}

static bool has_registers(const struct ferry_sim_device *dev)
{
	return dev->model && dev->model->kind->window;
}

uint32_t ferry_sim_peek(struct ferry_sim_device *dev, uint32_t offset)
{
	return has_registers(dev) ? user_model_read(dev->model, offset, 4) : UINT32_MAX;
}

void ferry_sim_poke(struct ferry_sim_device *dev, uint32_t offset, uint32_t value)
{
	if (has_registers(dev))
		user_model_write(dev->model, offset, 4, value);
}
