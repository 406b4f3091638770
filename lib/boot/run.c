// SPDX-License-Identifier: GPL-2.0-only
/*
 * A board at work: see run.h. What comes from it is collected (run-wait.h) until the caller's next
 * step has told it.
 */
#include "boot/run.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "boot/ending.h"
#include "boot/run-wait.h"

#define MS_NS INT64_C(1000000)

int boot_start(struct boot *boot, struct error *err)
{
	if (qemu_start(&boot->process, &boot->qemu, err) < 0)
		goto fail;
	boot->pidfd = pidfd_open(boot->process.pid, 0);
	if (boot->pidfd < 0) {
		error_errno(err, "cannot watch a process");
		goto fail;
	}
	boot->start_ns = run_now();
	return 0;

fail:
	qemu_free(&boot->process);
	card_close(&boot->card);
	return -1;
}

void boot_stop(struct boot *boot)
{
	run_end(boot, BOOT_STOPPED);
}

void boot_kill(struct boot *boot)
{
	run_end(boot, BOOT_STOPPED);
	boot->kill_ns = run_now();
}

static uint64_t pins_moved(struct boot *boot)
{
	uint64_t moved = 0;

	for (uint64_t pins = boot->capture ? boot->watch_pins & PINS_ALL : 0; pins;
	     pins &= pins - 1) {
		unsigned int pin = (unsigned int)__builtin_ctzll(pins);
		uint64_t edges = boot_edges(boot, pin);

		if (edges != boot->edges[pin])
			moved |= UINT64_C(1) << pin;
		boot->edges[pin] = edges;
	}
	return moved;
}

static bool any_ready(const struct pollfd *more, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (more[i].revents)
			return true;
	return false;
}

/* Writes down what was collected. Returns whether there is anything. */
static bool tell(struct boot *boot, struct boot_events *events)
{
	events->console = boot->said.buf;
	events->len = boot->said.len;
	events->moved = pins_moved(boot);
	events->resets = (unsigned int)boot->qmp.resets - boot->resets;
	events->ended = boot->end != BOOT_RUNNING && !boot->process.pid;
	return events->len || events->taken || events->moved || events->resets || events->ended ||
	       boot->notices.count;
}

int boot_step(struct boot *boot, struct boot_events *events, struct pollfd *more, size_t count,
	      int timeout_ms, struct error *err)
{
	int64_t until = timeout_ms < 0 ? INT64_MAX : run_now() + timeout_ms * MS_NS;
	bool answered = boot->answered, ready = boot->qmp.ready;

	*events = (struct boot_events){ 0 };
	if (count > BOOT_MORE)
		return error_set(err, "more than %d descriptors to wait for", BOOT_MORE);
	if (!boot->told && (boot->said.len || boot->notices.count))
		until = 0; /* there is something to tell */
	do {
		if (run_wait(boot, events, more, count, until, err) < 0)
			return -1;
		if (boot->said.failed)
			return error_set(err, "out of memory");
	} while (!tell(boot, events) && boot->answered == answered && boot->qmp.ready == ready &&
		 !any_ready(more, count) && run_now() < until);
	boot->told = true;
	return 0;
}

int boot_type(struct boot *boot, const char *bytes, size_t len)
{
	return queue_add(&boot->typed, bytes, len);
}

size_t boot_typed_ahead(const struct boot *boot)
{
	return boot->typed.len;
}

static int press(struct boot *boot, const char *command)
{
	return boot->qmp.ready ? qmp_send(boot->process.qmp, command) : -1;
}

int boot_press_power(struct boot *boot)
{
	return press(boot, "system_powerdown");
}

int boot_press_reset(struct boot *boot)
{
	return press(boot, "system_reset");
}

uint64_t boot_edges(struct boot *boot, unsigned int pin)
{
	return boot->capture ? pins_capture_edges(boot->capture, pin) : 0;
}

void boot_unanswered(const struct boot *boot, struct error *why)
{
	ending_unanswered(boot->qemu.program, &boot->messages, why->text, sizeof(why->text));
}

int boot_record(struct boot *boot, const char *path, struct error *err)
{
	return pins_capture_finish(boot->capture, path, err);
}

int boot_recording(struct boot *boot, struct recording *rec, struct error *err)
{
	const char *name = boot->options.image;
	struct scratch file = SCRATCH_NONE;
	int rc = -1;

	if (scratch_file(&file, err) < 0)
		return -1;
	if (pins_capture_finish_fd(boot->capture, file.fd, name, err) == 0)
		rc = recording_open_fd(rec, file.fd, name, err);
	scratch_close(&file);
	return rc;
}

void boot_free(struct boot *boot)
{
	qemu_free(&boot->process);
	if (boot->pidfd >= 0)
		close(boot->pidfd);
	card_close(&boot->card);
	qmp_free(&boot->qmp);
	queue_free(&boot->typed);
	strbuf_free(&boot->said);
	pins_capture_free(boot->capture);
	scratch_close(&boot->raw_file);
	scratch_close(&boot->vmstate_file);
	free(boot->vmstate);
	for (size_t i = 0; i < boot->mark_count; i++)
		free(boot->marks[i].name);
	free(boot->marks);
	card_free(&boot->card);
	scratch_close(&boot->initrd_file);
	scratch_close(&boot->dtb_file);
	scratch_close(&boot->kernel_file);
	notices_free(&boot->notices);
	free(boot->cmdline);
	payload_free(&boot->payload);
}
