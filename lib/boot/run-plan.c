// SPDX-License-Identifier: GPL-2.0-only
/* The plan of a boot: what is in the image, and how QEMU is called for it. See run.h. */
#include "boot/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/disk.h"
#include "boot/bootpart.h"
#include "boot/choose.h"
#include "boot/entry.h"
#include "boot/extlinux.h"
#include "boot/fat-files.h"
#include "boot/firmware.h"
#include "boot/given-tree.h"
#include "boot/kernel-file.h"
#include "boot/kernel-image.h"
#include "boot/quirks.h"

static int add_to_cmdline(struct boot *boot, struct error *err)
{
	const char *given = boot->payload.cmdline ? boot->payload.cmdline : "";
	const char *more = boot->options.append;

	if (asprintf(&boot->cmdline, "%s%s%s", given, *given && more ? " " : "", more ? more : "") <
	    0) {
		boot->cmdline = NULL;
		return error_set(err, "out of memory");
	}
	return 0;
}

/* A kernel instead of a card: the firmware has nothing to choose. */
static int load_kernel(struct boot *boot, struct error *err)
{
	const char *why;

	boot->board = kernel_file_load(&boot->payload, boot->options.image, boot->options.board,
				       &why, err);
	if (!boot->board)
		return -1;
	notices_add(&boot->notices, "%s (%s, %s), %s, no card", boot->board->title,
		    boot->board->name, why, boot->payload.kernel_name);
	return 0;
}

/* The firmware's part, and what the emulated board lacks. */
static int load_files(struct boot *boot, struct boot_files *files, struct error *err)
{
	const char *image = boot->options.image;
	struct payload *payload = &boot->payload;
	const char *why;
	int rc = 0;

	boot->board = board_choose(boot->options.board, image, files, &why, err);
	if (!boot->board)
		return -1;
	notices_add(&boot->notices, "%s (%s, %s)", boot->board->title, boot->board->name, why);
	if (!boot->board->drive)
		return error_set(err, "%s: is a card, and %s takes kernels only", image,
				 boot->board->title);
	if (!boot->board->firmware)
		rc = extlinux_load(payload, boot->board, files, err);
	else
		rc = firmware_load(payload, boot->board, files, err);
	if (rc < 0)
		return error_prefix(err, "%s", image);
	notices_add(&boot->notices, "%s, %s%s%s", payload->kernel_name,
		    payload->dtb_name	  ? payload->dtb_name :
		    boot->board->firmware ? "no devicetree" :
					    "devices as QEMU tells them",
		    payload->initrd_name ? ", " : "",
		    payload->initrd_name ? payload->initrd_name : "");
	return 0;
}

static int load_card(struct boot *boot, struct error *err)
{
	struct disk image = { .fd = -1 }, slice;
	struct fat_volume *volume = NULL;
	struct fat_files files;
	int rc = -1;

	boot->has_card = true;
	if (disk_open(&image, boot->options.image, err) < 0 ||
	    bootpart_open(&volume, &slice, &image, err) < 0)
		goto out;
	files = fat_files_on(volume);
	rc = load_files(boot, &files.files, err);
out:
	fat_close(volume);
	disk_close(&image);
	return rc;
}

/* What the user adds to the image's devicetree, or has in its place. */
static int add_given_trees(struct boot *boot, struct error *err)
{
	const struct boot_options *options = &boot->options;
	struct payload *payload = &boot->payload;

	if (options->dtb && given_tree_load(payload, options->dtb, err) < 0)
		return error_prefix(err, "--dtb");
	if (options->dtb)
		notices_add(&boot->notices, "the devicetree is %s, by --dtb", payload->dtb_name);
	for (size_t i = 0; i < options->overlay_count; i++)
		if (given_tree_overlay(payload, options->overlays[i], err) < 0)
			return error_prefix(err, "--overlay");
	return 0;
}

static int load(struct boot *boot, struct error *err)
{
	const struct boot_options *options = &boot->options;
	struct payload *payload = &boot->payload;
	bool kernel = kernel_file_is(options->image, options->board);

	if ((kernel ? load_kernel(boot, err) : load_card(boot, err)) < 0 ||
	    add_given_trees(boot, err) < 0 || add_to_cmdline(boot, err) < 0)
		return -1;
	if (boot->board->firmware && quirks_apply(boot->board, payload, err) < 0)
		return error_prefix(err, "%s", options->image);
	boot->kernel_len = payload->kernel_len;
	if (entry_prepare(payload, boot->board, boot->cmdline, err) < 0)
		return error_prefix(err, "%s", options->image);
	return notices_move(&boot->notices, &payload->notices) < 0 ?
		       error_set(err, "out of memory") :
		       0;
}

static void choose_qemu(struct boot *boot)
{
	const struct boot_options *options = &boot->options;
	/*
	 * Time by instructions repeats, and a busy host cannot make a guest miss its own timer,
	 * which hangs Linux on the BCM2835. But it runs the CPUs in turn: not for a user who has
	 * several.
	 */
	bool by_instructions =
		options->unattended || options->pins || options->all_pins || boot->board->cpus == 1;
	int icount = options->icount;

	if (icount == BOOT_ICOUNT_AUTO)
		icount = by_instructions ? boot->board->icount_shift : BOOT_ICOUNT_OFF;
	boot->qemu = (struct qemu_options){
		.program = options->qemu ? options->qemu : boot->board->qemu,
		.board = boot->board,
		.cmdline = boot->cmdline,
		.icount_shift = icount,
		/* A script need not wait for a guest that sleeps; a user would be surprised. */
		.icount_sleep = !options->unattended,
		.one_core = kernel_has_one_core(boot->payload.kernel, boot->payload.kernel_len),
		/* See run-snapshot.c. */
		.registers =
			options->restorable && boot->has_card && boot->board->gpio == GPIO_BCM2835,
		.restart = options->restart,
		.devices = options->devices,
		.device_count = options->device_count,
		.extra = options->extra,
		.inherit = boot->inherit,
	};
}

int boot_plan(struct boot *boot, const struct boot_options *options, struct error *err)
{
	*boot = (struct boot){
		.options = *options,
		.card = { .overlay = SCRATCH_NONE },
		.kernel_file = SCRATCH_NONE,
		.dtb_file = SCRATCH_NONE,
		.initrd_file = SCRATCH_NONE,
		.raw_file = SCRATCH_NONE,
		.vmstate_file = SCRATCH_NONE,
		.inherit = { -1 },
		.process = QEMU_NONE,
		.pidfd = -1,
	};
	boot->options.snapshot |= options->restorable;
	if (load(boot, err) < 0)
		return -1;
	choose_qemu(boot);
	return 0;
}
