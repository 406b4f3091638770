// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * Raspberry Pi 3 on the bare metal: BCM2837. The console is the PL011, which gets GPIO 14 and 15
 * here, whatever the firmware had there.
 */
#include "bare.h"
#include "board.h"
#include "chips/arm-timer.h"
#include "chips/bcm2835-irq.h"
#include "chips/bcm2835-pins.h"
#include "chips/bcm2835-pm.h"
#include "chips/bcm2836-irq.h"
#include "chips/pl011.h"

const struct bare_region bare_regions[] = {
	{ 0, BOARD_MEMORY_SIZE, false },
	{ BOARD_PERIPHERALS, 0x01000000, true },
	{ BOARD_LOCAL, 0x00200000, true },
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
	bcm2836_irq_init(BOARD_LOCAL, BOARD_INTERRUPTS);
	arm_timer_init();
	bcm2835_pm_init(BOARD_PM);
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
	.led_pin = BOARD_LED,
	.led_active_low = BOARD_LED_ACTIVE_LOW,
};
