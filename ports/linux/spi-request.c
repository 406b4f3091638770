// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port: transfers on an SPI bus that nobody waits for, as messages of the kernel's SPI core.
 * It cannot take one back: who cancels a request waits for its end, which controllers see to.
 */
#include <linux/slab.h>
#include <ferry/spi-target.h>

#include "linux-error.h"

/*
 * The handler may submit the request again, which may then be over before the handler has returned:
 * so ends are counted.
 */
static void ended(void *context)
{
	struct fy_spi_request *request = context;
	int error = fy_linux_spi_error(request->message.status);
	unsigned long flags;
	bool cancelled;

	raw_spin_lock_irqsave(&request->lock, flags);
	cancelled = request->cancelled;
	request->queued = false;
	raw_spin_unlock_irqrestore(&request->lock, flags);
	if (!cancelled)
		request->handler(request->arg, error);
	raw_spin_lock_irqsave(&request->lock, flags);
	if (!--request->ends && request->cancelled)
		complete(&request->over);
	raw_spin_unlock_irqrestore(&request->lock, flags);
}

void fy_linux_spi_request_init(struct fy_spi_request *request)
{
	raw_spin_lock_init(&request->lock);
	init_completion(&request->over);
	request->queued = request->cancelled = false;
	request->ends = 0;
	request->transfers = devm_kcalloc(&request->target->spi->dev, request->count,
					  sizeof(*request->transfers), GFP_KERNEL);
}

/* Counts it, unless it may not be submitted. */
static int begin(struct fy_spi_request *request)
{
	unsigned long flags;
	int rc = 0;

	raw_spin_lock_irqsave(&request->lock, flags);
	if (request->cancelled) {
		rc = FY_ERR_GONE;
	} else if (request->queued) {
		rc = FY_ERR_BUSY;
	} else {
		request->queued = true;
		request->ends++;
	}
	raw_spin_unlock_irqrestore(&request->lock, flags);
	return rc;
}

static void take_back(struct fy_spi_request *request)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&request->lock, flags);
	request->queued = false;
	if (!--request->ends && request->cancelled)
		complete(&request->over);
	raw_spin_unlock_irqrestore(&request->lock, flags);
}

int fy_linux_spi_submit(struct fy_spi_request *request)
{
	int rc = request->transfers ? begin(request) : FY_ERR_NO_MEMORY;

	if (rc)
		return rc;
	rc = fy_linux_spi_fill(request->target, &request->message, request->transfers,
			       request->segments, request->count);
	request->message.complete = ended;
	request->message.context = request;
	if (!rc)
		rc = fy_linux_spi_error(spi_async(request->target->spi, &request->message));
	if (rc)
		take_back(request);
	return rc;
}

void fy_linux_spi_cancel(struct fy_spi_request *request)
{
	unsigned long flags;
	bool waits;

	if (!request->target)
		return;
	raw_spin_lock_irqsave(&request->lock, flags);
	request->cancelled = true;
	reinit_completion(&request->over);
	waits = request->ends;
	raw_spin_unlock_irqrestore(&request->lock, flags);
	if (waits)
		wait_for_completion(&request->over);
	raw_spin_lock_irqsave(&request->lock, flags);
	request->cancelled = false;
	raw_spin_unlock_irqrestore(&request->lock, flags);
}
