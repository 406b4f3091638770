// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The board on the bare metal: its chips, by the drivers of ports/bare/chips, and its devices, for
 * the drivers of drivers/. ports/bare/bare.h tells what each field means.
 */
#include "bare.h"
#include "board.h"
#include "chips/arm-timer.h"
#include "chips/gic.h"
#include "chips/pl011.h"
#include "chips/psci.h"

#define SPI(n) (32 + (n)) /* the GIC's number of a peripheral's interrupt */

/* What is not named here faults. */
const struct bare_region bare_regions[] = {
	{ BOARD_GICD, 0x04000000, true },
	{ BOARD_MEMORY, BOARD_MEMORY_SIZE, false },
	{ 0 },
};

static const struct bare_pin led[] = {
	{ "led", "gpio", BOARD_LED, BOARD_LED_ACTIVE_LOW },
	{ 0 },
};

const struct bare_device bare_devices[] = {
	{ .name = "gpio", .compatible = "arm,pl061", .registers = BOARD_GPIO, .irqs = { SPI(7) } },
	{ .name = "blink", .compatible = "ferry,blink", .pins = led },
	{ 0 },
};

/* Is called first of all, before there is a console. */
static void init(void)
{
	pl011_init(BOARD_UART0, BOARD_UART_HZ);
	gic_init(BOARD_GICD, BOARD_GICC);
	arm_timer_init();
	psci_init(PSCI_HVC);
}

const struct bare_board bare_board = {
	.name = "template",
	.init = init,
	/* the console */
	.console_put = pl011_put,
	.console_get = pl011_get,
	.console_irq = SPI(1),
	/* the interrupt controller */
	.irq_next = gic_next,
	.irq_done = gic_done,
	.irq_enable = gic_enable,
	/* the clock */
	.time_ns = arm_timer_ns,
	.timer_set = arm_timer_set,
	.timer_irq = ARM_TIMER_IRQ,
	/* what ends a run */
	.reset = psci_reset,
	.off = psci_off,
	/* where the firmware leaves a devicetree, although it does not say so */
	.devicetree = BOARD_MEMORY,
	/* for the panic code */
	.led_pin = BOARD_LED,
	.led_active_low = BOARD_LED_ACTIVE_LOW,
};
