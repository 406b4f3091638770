// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Raspberry Pi 3 on the bare metal: BCM2837, which is the BCM2835 at another address, and "ARM Quad
 * A7 core" (QA7) around the cores. The firmware gives the ARM all memory but the top 76 MiB. The
 * console is the PL011, which gets GPIO 14 and 15 here, whatever the firmware had there. The green
 * LED hangs on a chip that only the firmware reaches, so the board's LED is one of your own on GPIO
 * 16.
 */
#include "bare.h"
#include "chips/arm-timer.h"
#include "chips/bcm2835-irq.h"
#include "chips/bcm2835-pins.h"
#include "chips/bcm2835-pm.h"
#include "chips/bcm2836-irq.h"
#include "chips/pl011.h"

#define PERIPHERALS 0x3f000000
#define INTERRUPTS  (PERIPHERALS + 0x00b200)
#define PM	    (PERIPHERALS + 0x100000)
/* of the channels, the firmware leaves 5 */
#define DMA(n) (PERIPHERALS + 0x007000 + 0x100 * (n))
#define RNG    (PERIPHERALS + 0x104000)
#define GPIO   (PERIPHERALS + 0x200000)
#define UART0  (PERIPHERALS + 0x201000)
#define I2C    (PERIPHERALS + 0x804000) /* BSC1, on pins 2 and 3 */
#define LOCAL  0x40000000

#define LED	16
#define UART_HZ 48000000

const struct bare_region bare_regions[] = {
	{ 0, 0x3b400000, false },
	{ PERIPHERALS, 0x01000000, true },
	{ LOCAL, 0x00200000, true },
	{ 0 },
};

const struct bare_device bare_devices[] = {
	{ .name = "gpio",
	  .compatible = "brcm,bcm2835-gpio",
	  .registers = GPIO,
	  .irqs = { 49, 50, 51, 52 } },
	{ .name = "rng", .compatible = "brcm,bcm2835-rng", .registers = RNG },
	{ .name = "i2c", .compatible = "brcm,bcm2835-i2c", .registers = I2C, .irqs = { 53 } },
	{ .name = "dma", .compatible = "ferry,dma-copy", .registers = DMA(5), .irqs = { 21 } },
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
	bcm2836_irq_init(LOCAL, INTERRUPTS);
	arm_timer_init();
	bcm2835_pm_init(PM);
}

const struct bare_board bare_board = {
	.name = "rpi-3",
	.init = init,
	.console_put = pl011_put,
	.console_get = pl011_get,
	.console_irq = 57,
	.irq_next = bcm2836_irq_next,
	.irq_done = bcm2835_irq_done,
	.irq_enable = bcm2836_irq_enable,
	.time_ns = arm_timer_ns,
	.timer_set = arm_timer_set,
	.timer_irq = BCM2836_IRQ_VIRTUAL_TIMER,
	.watchdog_start = bcm2835_pm_watchdog,
	.reset = bcm2835_pm_reset,
	.off = bcm2835_pm_off,
	/* memory, past the GPU's cache, as the ARM's accesses go */
	.bus_offset = 0xc0000000,
	.led_pin = LED,
};
