// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Raspberry Pi 4 on the bare metal: BCM2711 (BCM2711 ARM Peripherals), addresses as in its "low
 * peripheral" mode. The peripherals' interrupts of the BCM2835 have the GIC's INTID 96 and up. The
 * console is the PL011, which gets GPIO 14 and 15 here, whatever the firmware had there. Of the
 * memory only what every model has is used, below the firmware's.
 */
#include "bare.h"
#include "chips/arm-timer.h"
#include "chips/bcm2835-pins.h"
#include "chips/bcm2835-pm.h"
#include "chips/gic.h"
#include "chips/pl011.h"

#define PERIPHERALS 0xfe000000
#define PM	    (PERIPHERALS + 0x100000)
/* of the channels, the firmware leaves 5 */
#define DMA(n) (PERIPHERALS + 0x007000 + 0x100 * (n))
#define GPIO   (PERIPHERALS + 0x200000)
#define UART0  (PERIPHERALS + 0x201000)
#define GIC    0xff840000
#define IRQ(n) (96 + (n)) /* the number in the BCM2835's manual */

#define LED	42
#define UART_HZ 48000000

const struct bare_region bare_regions[] = {
	{ 0, 0x3b400000, false },
	{ 0xfc000000, 0x04000000, true },
	{ 0 },
};

const struct bare_device bare_devices[] = {
	{
		.name = "gpio",
		.compatible = "brcm,bcm2711-gpio",
		.registers = GPIO,
		.irqs = { IRQ(49), IRQ(50), IRQ(51), IRQ(52) },
	},
	{ .name = "dma", .compatible = "ferry,dma-copy", .registers = DMA(5), .irqs = { IRQ(21) } },
	{
		.name = "blink",
		.compatible = "ferry,blink",
		.pins = (const struct bare_pin[]){ { "led", "gpio", LED, false }, { 0 } },
	},
	{
		.name = "beeper",
		.compatible = "ferry,beeper",
		.pins = (const struct bare_pin[]){ { "speaker", "gpio", 17, false }, { 0 } },
	},
	{ 0 },
};

static void init(void)
{
	bcm2835_pins_uart(GPIO, FUNCTION_ALT0);
	pl011_init(UART0, UART_HZ);
	gic_init(GIC + 0x1000, GIC + 0x2000);
	arm_timer_init();
	bcm2835_pm_init(PM);
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
	.led_pin = LED,
};
