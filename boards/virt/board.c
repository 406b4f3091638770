// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * QEMU's virt machine on the bare metal (docs/system/arm/virt; addresses of hw/arm/virt.c), with a
 * GICv2 and 128 MiB, its default. QEMU leaves a devicetree at the start of the memory when it
 * starts what is not Linux. Of the PL061's eight pins, 3 is the power button; 0 is the board's LED,
 * 1 the speaker.
 */
#include <ferry/app.h>

#include "bare.h"
#include "chips/arm-timer.h"
#include "chips/gic.h"
#include "chips/pl011.h"
#include "chips/psci.h"

#ifndef BOARD_NAME
#define BOARD_NAME "virt"
#endif

#define GICD   0x08000000
#define GICC   0x08010000
#define UART0  0x09000000
#define FW_CFG 0x09020000
#define GPIO   0x09030000
#define MEMORY 0x40000000
#define SPI(n) (32 + (n))

#define LED	0
#define SPEAKER 1

const struct bare_region bare_regions[] = {
	{ GICD, 0x04000000, true },
	{ MEMORY, 0x08000000, false },
	{ 0 },
};

const struct bare_device bare_devices[] = {
	{ .name = "gpio", .compatible = "arm,pl061", .registers = GPIO, .irqs = { SPI(7) } },
	{ .name = "fw-cfg", .compatible = "qemu,fw-cfg-mmio", .registers = FW_CFG },
	{
		.name = "blink",
		.compatible = "ferry,blink",
		.pins = (const struct bare_pin[]){ { "led", "gpio", LED, false }, { 0 } },
	},
	{
		.name = "beeper",
		.compatible = "ferry,beeper",
		.pins = (const struct bare_pin[]){ { "speaker", "gpio", SPEAKER, false }, { 0 } },
	},
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
	pl011_init(UART0, 0);
	gic_init(GICD, GICC);
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
	.devicetree = MEMORY,
	.led_pin = LED,
};
