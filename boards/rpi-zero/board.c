// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Raspberry Pi Zero and Zero W on the bare metal: BCM2835 (BCM2835 ARM Peripherals). The firmware
 * gives the ARM all memory but the top 64 MiB (gpu_mem). The console is the PL011, on GPIO 14 and
 * 15, at the firmware's default of 48 MHz.
 */
#include "bare.h"
#include "chips/bcm2835-irq.h"
#include "chips/bcm2835-pins.h"
#include "chips/bcm2835-pm.h"
#include "chips/bcm2835-timer.h"
#include "chips/pl011.h"

#define PERIPHERALS 0x20000000
#define TIMER	    (PERIPHERALS + 0x003000)
#define INTERRUPTS  (PERIPHERALS + 0x00b200)
#define PM	    (PERIPHERALS + 0x100000)
/* of the channels, the firmware leaves 5 */
#define DMA(n) (PERIPHERALS + 0x007000 + 0x100 * (n))
#define RNG    (PERIPHERALS + 0x104000)
#define GPIO   (PERIPHERALS + 0x200000)
#define UART0  (PERIPHERALS + 0x201000)
#define I2C    (PERIPHERALS + 0x804000) /* BSC1, on pins 2 and 3 */

#define TIMER_CHANNEL 1
#define UART_HZ	      48000000

const struct bare_region bare_regions[] = {
	{ 0, 0x1c000000, false },
	{ PERIPHERALS, 0x01000000, true },
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
		.pins = (const struct bare_pin[]){ { "led", "gpio", 47, true }, { 0 } },
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
	bcm2835_irq_init(INTERRUPTS);
	bcm2835_timer_init(TIMER, TIMER_CHANNEL);
	bcm2835_pm_init(PM);
}

const struct bare_board bare_board = {
	.name = "rpi-zero",
	.init = init,
	.console_put = pl011_put,
	.console_get = pl011_get,
	.console_irq = 57,
	.irq_next = bcm2835_irq_next,
	.irq_done = bcm2835_irq_done,
	.irq_enable = bcm2835_irq_enable,
	.time_ns = bcm2835_timer_ns,
	.timer_set = bcm2835_timer_set,
	.timer_irq = TIMER_CHANNEL,
	.watchdog_start = bcm2835_pm_watchdog,
	.reset = bcm2835_pm_reset,
	.off = bcm2835_pm_off,
	/* memory by way of the GPU's cache, which the ARM's accesses take too */
	.bus_offset = 0x40000000,
	.led_pin = 47,
	.led_active_low = true,
};
