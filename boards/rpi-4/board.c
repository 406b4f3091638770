// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Raspberry Pi 4 on the bare metal: BCM2711. The peripherals' interrupts of the BCM2835 have the
 * GIC's INTID 96 and up. The console is the PL011, which gets GPIO 14 and 15 here, whatever the
 * firmware had there.
 */
#include "bare.h"
#include "board.h"
#include "chips/arm-timer.h"
#include "chips/bcm2835-pins.h"
#include "chips/bcm2835-pm.h"
#include "chips/gic.h"
#include "chips/pl011.h"

#define IRQ(n) (96 + (n)) /* the number in the BCM2835's manual */

const struct bare_region bare_regions[] = {
	{ 0, BOARD_MEMORY_SIZE, false },
	{ 0xfc000000, 0x04000000, true },
	{ 0 },
};

static const struct bare_pin led[] = {
	{ "led", "gpio", BOARD_LED, BOARD_LED_ACTIVE_LOW },
	{ 0 },
};
static const struct bare_pin speaker[] = {
	{ "speaker", "gpio", BOARD_SPEAKER, false },
	{ 0 },
};

const struct bare_device bare_devices[] = {
	{
		.name = "gpio",
		.compatible = "brcm,bcm2711-gpio",
		.registers = BOARD_GPIO,
		.irqs = { IRQ(49), IRQ(50), IRQ(51), IRQ(52) },
	},
	{ .name = "dma",
	  .compatible = "ferry,dma-copy",
	  .registers = BOARD_DMA(5),
	  .irqs = { IRQ(21) } },
	{ .name = "blink", .compatible = "ferry,blink", .pins = led },
	{ .name = "beeper", .compatible = "ferry,beeper", .pins = speaker },
	{ 0 },
};

static void init(void)
{
	bcm2835_pins_uart(BOARD_GPIO, FUNCTION_ALT0);
	pl011_init(BOARD_UART0, BOARD_UART_HZ);
	gic_init(BOARD_GICD, BOARD_GICC);
	arm_timer_init();
	bcm2835_pm_init(BOARD_PM);
}

const struct bare_board bare_board = {
	.name = "rpi-4",
	.init = init,
	.console_put = pl011_put,
	.console_get = pl011_get,
	.console_irq = IRQ(57),
	.irq_next = gic_next,
	.irq_done = gic_done,
	.irq_enable = gic_enable,
	.time_ns = arm_timer_ns,
	.timer_set = arm_timer_set,
	.timer_irq = ARM_TIMER_IRQ,
	.watchdog_start = bcm2835_pm_watchdog,
	.reset = bcm2835_pm_reset,
	.off = bcm2835_pm_off,
	/* the first GiB of memory, for the DMA controller of the BCM2835 */
	.bus_offset = 0xc0000000,
	.led_pin = BOARD_LED,
	.led_active_low = BOARD_LED_ACTIVE_LOW,
};
