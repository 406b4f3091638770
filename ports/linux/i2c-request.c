// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linux port: transfers on an I2C bus that nobody waits for. The kernel's I2C core has none, so a
 * work item of the target's does its requests, one each time it runs.
 */
#include <ferry/i2c-target.h>

/* The first request leaves the list when its transfer is over, so that nobody submits it twice. */
static void do_request(struct work_struct *work)
{
	struct fy_i2c_target *target = container_of(work, struct fy_i2c_target, work);
	struct fy_i2c_request *request;
	unsigned long flags;
	bool cancelled, more;
	int rc;

	raw_spin_lock_irqsave(&target->lock, flags);
	request = target->first;
	raw_spin_unlock_irqrestore(&target->lock, flags);
	if (!request)
		return;
	rc = fy_linux_i2c_transact(target, request->messages, request->count);

	raw_spin_lock_irqsave(&target->lock, flags);
	target->first = request->next;
	request->queued = false;
	cancelled = request->cancelled;
	raw_spin_unlock_irqrestore(&target->lock, flags);
	if (!cancelled)
		request->handler(request->arg, rc);

	raw_spin_lock_irqsave(&target->lock, flags);
	more = target->first;
	raw_spin_unlock_irqrestore(&target->lock, flags);
	if (more)
		queue_work(system_highpri_wq, &target->work);
}

void fy_linux_i2c_request_init(struct fy_i2c_request *request)
{
	struct fy_i2c_target *target = request->target;

	if (target->has_requests)
		return;
	raw_spin_lock_init(&target->lock);
	INIT_WORK(&target->work, do_request);
	target->has_requests = true;
}

int fy_linux_i2c_submit(struct fy_i2c_request *request)
{
	struct fy_i2c_target *target = request->target;
	struct fy_i2c_request **at = &target->first;
	unsigned long flags;
	int rc = 0;

	if (!fy_i2c_valid(request->messages, request->count))
		return FY_ERR_INVALID;
	raw_spin_lock_irqsave(&target->lock, flags);
	if (request->cancelled) {
		rc = FY_ERR_GONE;
	} else if (request->queued) {
		rc = FY_ERR_BUSY;
	} else {
		while (*at)
			at = &(*at)->next;
		request->next = NULL;
		request->queued = true;
		*at = request;
	}
	raw_spin_unlock_irqrestore(&target->lock, flags);
	if (!rc)
		queue_work(system_highpri_wq, &target->work);
	return rc;
}

/*
 * The transfer that is under way, of this request or another one, is waited for: the core cannot
 * abort it, and controllers see to it that it ends.
 */
void fy_linux_i2c_cancel(struct fy_i2c_request *request)
{
	struct fy_i2c_target *target = request->target;
	struct fy_i2c_request **at;
	unsigned long flags;
	bool more;

	if (!target)
		return;
	raw_spin_lock_irqsave(&target->lock, flags);
	request->cancelled = true;
	raw_spin_unlock_irqrestore(&target->lock, flags);
	cancel_work_sync(&target->work);

	raw_spin_lock_irqsave(&target->lock, flags);
	for (at = &target->first; *at && *at != request;)
		at = &(*at)->next;
	if (*at)
		*at = request->next;
	request->queued = request->cancelled = false;
	more = target->first;
	raw_spin_unlock_irqrestore(&target->lock, flags);
	if (more)
		queue_work(system_highpri_wq, &target->work);
}
