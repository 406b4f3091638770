// SPDX-License-Identifier: GPL-2.0-only
/* What a board is started with: see payload.h. */
#include "boot/payload.h"

#include <stdlib.h>
#include <string.h>

int payload_add_initrd(struct payload *payload, const void *bytes, size_t len)
{
	/* Of hundreds of MiB, so no more than needed; and of few files. */
	uint8_t *grown = realloc(payload->initrd, payload->initrd_len + len + 1);

	if (!grown)
		return -1;
	if (len)
		memcpy(grown + payload->initrd_len, bytes, len);
	payload->initrd = grown;
	payload->initrd_len += len;
	return 0;
}

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
