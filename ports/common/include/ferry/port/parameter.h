/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/* <ferry/parameter.h> where drivers are linked: the port finds the list in the driver's struct. */
#ifndef FERRY_PORT_PARAMETER_H
#define FERRY_PORT_PARAMETER_H

#define FY_PORT_PARAMETERS(...)

int fy_port_parameter(struct fy_device *dev, const struct fy_parameter *parameter, uint32_t *value);

#endif
