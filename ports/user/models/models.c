// SPDX-License-Identifier: GPL-2.0-only
/* The models that there are. */
#include "models.h"
#include "spi-models.h"

/* clang-format off */
const struct user_model_kind *const user_model_kinds[] = {
	&bcm2835_gpio_model,
	&bcm2711_gpio_model,
	&pl061_model,
	&pl031_model,
	&bcm2835_timer_model,
	&bcm2835_rng_model,
	&bcm2835_i2c_model,
	&pl022_model,
	&bcm2835_spi_model,
	/* on SPI buses */
	&m25p80_model,
	&hc595_model,
	/* on I2C buses */
	&tmp105_model,
	&at24c02_model,
	&pca9548_model,
	&pcf8574_model,
	NULL,
};
/* clang-format on */
