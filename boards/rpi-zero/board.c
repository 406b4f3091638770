// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Raspberry Pi Zero and Zero W on the bare metal: BCM2835. The console is the PL011, on GPIO 14 and
 * 15.
 */
#include "bare.h"
#include "board.h"
#include "chips/bcm2835-irq.h"
#include "chips/bcm2835-pins.h"
#include "chips/bcm2835-pm.h"
#include "chips/bcm2835-timer.h"
#include "chips/pl011.h"

#define TIMER_CHANNEL 1

const struct bare_region bare_regions[] = {
	{ 0, BOARD_MEMORY_SIZE, false },
	{ BOARD_PERIPHERALS, 0x01000000, true },
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
	{ .name = "gpio",
	  .compatible = "brcm,bcm2835-gpio",
	  .registers = BOARD_GPIO,
	  .irqs = { 49, 50, 51, 52 } },
	{ .name = "rng", .compatible = "brcm,bcm2835-rng", .registers = BOARD_RNG },
	{ .name = "i2c", .compatible = "brcm,bcm2835-i2c", .registers = BOARD_I2C, .irqs = { 53 } },
	{ .name = "spi", .compatible = "brcm,bcm2835-spi", .registers = BOARD_SPI, .irqs = { 54 } },
	{ .name = "flash", .compatible = "jedec,spi-nor", .bus = "spi", .address = 0 },
	{ .name = "dma",
	  .compatible = "ferry,dma-copy",
	  .registers = BOARD_DMA(5),
	  .irqs = { 21 } },
	{ .name = "blink", .compatible = "ferry,blink", .pins = led },
	{ .name = "beeper", .compatible = "ferry,beeper", .pins = speaker },
	{ 0 },
};

static void init(void)
{
	bcm2835_pins_uart(BOARD_GPIO, FUNCTION_ALT0);
	pl011_init(BOARD_UART0, BOARD_UART_HZ);
	bcm2835_irq_init(BOARD_INTERRUPTS);
	bcm2835_timer_init(BOARD_SYSTEM_TIMER, TIMER_CHANNEL);
	bcm2835_pm_init(BOARD_PM);
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
	.led_pin = BOARD_LED,
	.led_active_low = BOARD_LED_ACTIVE_LOW,
};
