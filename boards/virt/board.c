// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * QEMU's virt machine on the bare metal, with a GICv2. QEMU leaves a devicetree at the start of the
 * memory when it starts what is not Linux.
 */
#include <ferry/app.h>

#include "bare.h"
#include "board.h"
#include "chips/arm-timer.h"
#include "chips/gic.h"
#include "chips/pl011.h"
#include "chips/psci.h"

#ifndef BOARD_NAME
#define BOARD_NAME "virt"
#endif

#define SPI(n) (32 + (n))

const struct bare_region bare_regions[] = {
	{ BOARD_GICD, 0x04000000, true },
	{ BOARD_MEMORY, BOARD_MEMORY_SIZE, false },
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
	{ .name = "gpio", .compatible = "arm,pl061", .registers = BOARD_GPIO, .irqs = { SPI(7) } },
	{ .name = "rtc", .compatible = "arm,pl031", .registers = BOARD_RTC, .irqs = { SPI(2) } },
	{ .name = "fw-cfg", .compatible = "qemu,fw-cfg-mmio", .registers = BOARD_FW_CFG },
	{ .name = "blink", .compatible = "ferry,blink", .pins = led },
	{ .name = "beeper", .compatible = "ferry,beeper", .pins = speaker },
	{ 0 },
};

/*
 * QEMU's own PSCI is called by hvc, or by smc when there is an EL2; a firmware in its place may
 * have none.
 */
static enum psci_method psci_method(void)
{
	if (bare_firmware_says("arm,psci-0.2", "method", "smc"))
		return PSCI_SMC;
	return bare_firmware_says("arm,psci-0.2", "method", "hvc") || !fy_devicetree() ? PSCI_HVC :
											 PSCI_NONE;
}

static void init(void)
{
	pl011_init(BOARD_UART0, 0);
	gic_init(BOARD_GICD, BOARD_GICC);
	arm_timer_init();
	psci_init(psci_method());
}

const struct bare_board bare_board = {
	.name = BOARD_NAME,
	.init = init,
	.console_put = pl011_put,
	.console_get = pl011_get,
	.console_irq = SPI(1),
	.irq_next = gic_next,
	.irq_done = gic_done,
	.irq_enable = gic_enable,
	.time_ns = arm_timer_ns,
	.timer_set = arm_timer_set,
	.timer_irq = ARM_TIMER_IRQ,
	.reset = psci_reset,
	.off = psci_off,
	.devicetree = BOARD_MEMORY,
	.led_pin = BOARD_LED,
	.led_active_low = BOARD_LED_ACTIVE_LOW,
};
