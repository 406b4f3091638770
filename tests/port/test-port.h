/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the test port needs once in a program: its variables, and the passing of time. Include it
 * after the driver.
 */
#ifndef TEST_PORT_H
#define TEST_PORT_H

uint64_t test_now;

#ifdef FERRY_GPIO_H
uint64_t test_rises, test_first_rise, test_last_fall;
int test_level, test_gpio_result;
unsigned test_triggers = FY_GPIO_TRIGGER_ALL;
#endif

#ifdef FERRY_STREAM_H
int test_offer_result, test_ready_calls;
#endif

#ifdef FERRY_IO_H
struct test_write test_writes[TEST_WRITES_MAX];
unsigned test_write_count;
#endif

#ifdef FERRY_DMA_H
unsigned char test_dma_block[TEST_DMA_SIZE] __attribute__((aligned(FY_DMA_ALIGN_MAX)));
struct fy_dma test_dma_pieces[TEST_DMA_PIECES_MAX];
unsigned test_dma_count;
int test_dma_result;
#endif

#ifdef FERRY_INTERRUPT_H
struct test_interrupt test_interrupts[TEST_INTERRUPTS_MAX];
#endif

#ifdef FERRY_GPIO_CONTROLLER_H
struct fy_gpio_controller *test_controller;
int test_gpio_offer_result;
unsigned test_events[TEST_PINS_MAX];
void (*test_on_event)(unsigned pin);
#endif

#ifdef FERRY_TIME_H
struct fy_timer *test_timer;

/* Lets the time pass until the timer stops or the time is END. */
static inline void test_run_until(uint64_t end)
{
	while (test_timer->running && test_timer->when <= end) {
		uint64_t next;

		if (test_timer->when > test_now)
			test_now = test_timer->when;
		next = test_timer->handler(test_timer->arg, test_timer->when);
		test_timer->running = next != FY_TIMER_STOP;
		test_timer->when = next;
	}
	if (end != UINT64_MAX && test_now < end)
		test_now = end;
}
#endif

#endif
