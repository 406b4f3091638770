// SPDX-License-Identifier: GPL-2.0-only
/* What a board is started with: see payload.h. */
#include "boot/payload.h"

#include <stdlib.h>

void payload_free(struct payload *payload)
{
	free(payload->kernel_name);
	free(payload->kernel);
	free(payload->dtb_name);
	free(payload->dtb);
	free(payload->initrd_name);
	free(payload->initrd);
	free(payload->cmdline);
	notices_free(&payload->notices);
	*payload = (struct payload){ 0 };
}
