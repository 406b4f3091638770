/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* PSCI (ARM DEN 0022): the firmware's calls for reset and power off. */
#ifndef PORTS_BARE_CHIPS_PSCI_H
#define PORTS_BARE_CHIPS_PSCI_H

/* How the firmware is called: the devicetree's `method`. */
enum psci_method {
	PSCI_NONE, /* not at all: it has no such calls */
	PSCI_HVC,
	PSCI_SMC,
};

void psci_init(enum psci_method how);
/* Both return when the firmware does not do it. */
void psci_reset(void);
void psci_off(void);

#endif
