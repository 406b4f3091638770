/* SPDX-License-Identifier: GPL-2.0-only */
/* PSCI (ARM DEN 0022): the firmware's calls, by hvc, for reset and power off. */
#ifndef PORTS_BARE_CHIPS_PSCI_H
#define PORTS_BARE_CHIPS_PSCI_H

void psci_reset(void);
void psci_off(void);

#endif
