// SPDX-License-Identifier: GPL-2.0-only
/* What QEMU gets for a boot: files without a name, the card, the recorder of pins. See run.h. */
#include "boot/run.h"

#include <inttypes.h>
#include <stdio.h>

#include "boot/qcow2.h"

#define VMSTATE_DISK (UINT64_C(1) << 20) /* bytes; snapshots lie behind them */

static void inherit(struct boot *boot, int fd)
{
	size_t n = 0;

	while (boot->inherit[n] >= 0)
		n++;
	boot->inherit[n] = fd;
	boot->inherit[n + 1] = -1;
}

/* Puts what the firmware loaded where QEMU can open it. */
static int hand_over(struct boot *boot, struct scratch *scratch, const char *name, const void *data,
		     size_t len, const char **path, struct error *err)
{
	if (!name)
		return 0;
	if (scratch_bytes(scratch, name, data, len, err) < 0)
		return -1;
	*path = scratch->path;
	inherit(boot, scratch->fd);
	return 0;
}

static int prepare_files(struct boot *boot, struct error *err)
{
	const struct payload *payload = &boot->payload;
	struct qemu_options *qemu = &boot->qemu;

	if (hand_over(boot, &boot->kernel_file, payload->kernel_name, payload->kernel,
		      payload->kernel_len, &qemu->kernel, err) < 0 ||
	    hand_over(boot, &boot->dtb_file, payload->kernel_holds_dtb ? NULL : payload->dtb_name,
		      payload->dtb, payload->dtb_len, &qemu->dtb, err) < 0 ||
	    hand_over(boot, &boot->initrd_file, payload->initrd_name, payload->initrd,
		      payload->initrd_len, &qemu->initrd, err) < 0)
		return -1;
	return 0;
}

static int prepare_card(struct boot *boot, struct error *err)
{
	const struct boot_options *options = &boot->options;
	struct card *card = &boot->card;

	if (!boot->has_card)
		return 0;
	if (card_open(card, options->image, boot->board->drive, options->snapshot, err) < 0)
		return -1;
	boot->qemu.drive = card->drive;
	if (options->snapshot)
		inherit(boot, card->overlay.fd);
	else if (card->grown)
		notices_add(&boot->notices,
			    "%s is %" PRIu64 " MiB long while the board runs, as the emulated "
			    "card's size must be a power of two",
			    options->image, card->size >> 20);
	return 0;
}

/* Snapshots of the machine go to the card, or where there is none to a disk of their own. */
static int prepare_vmstate(struct boot *boot, struct error *err)
{
	struct scratch *file = &boot->vmstate_file;

	if (!boot->options.restorable || boot->has_card)
		return 0;
	if (scratch_file(file, err) < 0 || qcow2_write(file, VMSTATE_DISK, err) < 0)
		return -1;
	inherit(boot, file->fd);
	if (asprintf(&boot->vmstate, "if=none,format=qcow2,file.driver=file,file.filename=%s",
		     file->path) < 0) {
		boot->vmstate = NULL;
		return error_set(err, "out of memory");
	}
	boot->qemu.vmstate = boot->vmstate;
	return 0;
}

static int prepare_capture(struct boot *boot, struct error *err)
{
	const struct boot_options *options = &boot->options;
	bool pl061 = boot->board->gpio == GPIO_PL061;
	unsigned int count = pl061 ? RAW_PL061_PINS : PINS_COUNT;
	uint64_t all = (UINT64_C(1) << count) - 1;
	struct pins_capture_options capture = {
		.block = pl061 ? RAW_PL061 : RAW_BCM2835,
		.gpio_base = boot->board->gpio_base,
		.systimer_base = boot->board->systimer_base,
		.icount_shift = boot->qemu.icount_shift,
		.pins = options->pins | (options->all_pins ? all : 0),
		.board = boot->board->name,
	};

	if (!capture.pins)
		return 0;
	if (capture.pins & ~all)
		return error_set(err, "%s has only the pins 0 to %u", boot->board->title,
				 count - 1);
	if (boot->board->gpio == GPIO_NONE)
		return error_set(err, "the pins of %s cannot be recorded", boot->board->title);
	if (scratch_file(&boot->raw_file, err) < 0 ||
	    pins_capture_create(&boot->capture, boot->raw_file.path, &capture, err) < 0)
		return -1;
	inherit(boot, boot->raw_file.fd);
	boot->qemu.plugin = pins_capture_plugin(boot->capture);
	return 0;
}

int boot_prepare(struct boot *boot, struct error *err)
{
	if (prepare_files(boot, err) < 0 || prepare_vmstate(boot, err) < 0 ||
	    prepare_capture(boot, err) < 0)
		return -1;
	return prepare_card(boot, err);
}
