/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test port of <ferry/interrupt.h>: the test calls the handlers, as it finds the model's lines
 * raised.
 */
#include <assert.h>

#define TEST_INTERRUPTS_MAX 4

struct test_interrupt {
	fy_irq_handler *handler; /* NULL: none attached */
	void *arg;
};

extern struct test_interrupt test_interrupts[TEST_INTERRUPTS_MAX];

static inline int fy_irq_attach(struct fy_device *dev, unsigned index, fy_irq_handler *handler,
				void *arg)
{
	assert(handler);
	if (index >= dev->interrupts)
		return FY_ERR_NOT_FOUND;
	assert(index < TEST_INTERRUPTS_MAX);
	if (test_interrupts[index].handler)
		return FY_ERR_BUSY;
	test_interrupts[index] = (struct test_interrupt){ handler, arg };
	return 0;
}

static inline void fy_irq_detach(struct fy_device *dev, unsigned index)
{
	assert(index < dev->interrupts && test_interrupts[index].handler);
	test_interrupts[index].handler = NULL;
}
