// SPDX-License-Identifier: GPL-2.0-only
/*
 * The firmware's part of a boot: see firmware.h. Each step is a file of its own; here they are put
 * in order.
 */
#include "boot/firmware.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/os-files.h"
#include "boot/boot-tree.h"
#include "boot/cmdline.h"
#include "boot/config-report.h"
#include "boot/kernel-image.h"

#define LARGEST_INITRAMFS (512u << 20)
#define LARGEST_CMDLINE	  (64u << 10)

struct loader {
	struct payload *payload;
	struct config_txt config;
	struct os_files os;
	struct boot_files *files;
};

static int set_name(char **name, const char *text, struct error *err)
{
	*name = strdup(text);
	return *name ? 0 : error_set(err, "out of memory");
}

/* A kernel that would be started in the wrong state would only hang: that is an error here. */
static int check_kernel(struct payload *payload, struct error *err)
{
	enum kernel_kind kind = kernel_identify(payload->kernel, payload->kernel_len);

	if (payload->aarch64 && (kind == KERNEL_ARM || kind == KERNEL_ELF_ARM))
		return error_set(err,
				 "kernel %s is a 32-bit one, to be started in 64-bit state: set "
				 "arm_64bit=0 in "
				 "config.txt",
				 payload->kernel_name);
	if (!payload->aarch64 && (kind == KERNEL_ARM64 || kind == KERNEL_ELF_ARM64))
		return error_set(err,
				 "kernel %s is a 64-bit one, to be started in 32-bit state: set "
				 "arm_64bit=1 in "
				 "config.txt, if the board has it",
				 payload->kernel_name);
	if (kind == KERNEL_ELF_OTHER)
		return error_set(err, "kernel %s is an ELF file for another processor",
				 payload->kernel_name);
	if (kind == KERNEL_ELF_ARM || kind == KERNEL_ELF_ARM64)
		notices_add(&payload->notices,
			    "kernel %s is an ELF file: the emulated board starts it, a real "
			    "one needs a raw image "
			    "(objcopy -O binary)",
			    payload->kernel_name);
	return 0;
}

static int load_kernel(struct loader *loader, struct error *err)
{
	struct payload *payload = loader->payload;
	uint8_t *unpacked;
	size_t len;
	int rc;

	payload->aarch64 = loader->os.aarch64;
	payload->kernel_address = (uint64_t)config_txt_number(&loader->config, "kernel_address", 0);
	payload->kernel_old = config_txt_number(&loader->config, "kernel_old", 0) != 0;
	payload->no_tags = config_txt_number(&loader->config, "disable_commandline_tags", 0) != 0;
	if (set_name(&payload->kernel_name, loader->os.kernel, err) < 0)
		return -1;
	rc = loader->files->read(loader->files, payload->kernel_name, KERNEL_LARGEST,
				 &payload->kernel, &payload->kernel_len, err);
	if (rc < 0)
		return -1;
	if (rc == 0 || payload->kernel_len == 0)
		return error_set(err, "kernel %s is %s", payload->kernel_name,
				 rc ? "empty" : "not on the boot partition");
	if (kernel_is_gzip(payload->kernel, payload->kernel_len)) {
		if (!payload->aarch64)
			return error_set(err,
					 "kernel %s is packed with gzip, which the firmware "
					 "unpacks for 64-bit kernels "
					 "only",
					 payload->kernel_name);
		if (kernel_gunzip(payload->kernel, payload->kernel_len, &unpacked, &len, err) < 0)
			return error_prefix(err, "kernel %s", payload->kernel_name);
		free(payload->kernel);
		payload->kernel = unpacked;
		payload->kernel_len = len;
	}
	return check_kernel(payload, err);
}

/* Adds a file to the end of the initramfs. */
static int append_initramfs(struct loader *loader, const char *name, struct error *err)
{
	struct payload *payload = loader->payload;
	char path[OS_PATH];
	uint8_t *data;
	size_t len;
	int rc;

	if (os_path(path, loader->os.prefix, name, err) < 0)
		return -1;
	rc = loader->files->read(loader->files, path, LARGEST_INITRAMFS, &data, &len, err);
	if (rc < 0)
		return -1;
	if (rc == 0) {
		notices_add(&payload->notices,
			    "initramfs '%s' is not on the boot partition: left out", path);
		return 0;
	}
	if (len > LARGEST_INITRAMFS - payload->initrd_len) {
		free(data);
		return error_set(err, "the initramfs files are larger than %u MiB",
				 LARGEST_INITRAMFS >> 20);
	}
	rc = payload_add_initrd(payload, data, len);
	free(data);
	return rc < 0 ? error_set(err, "out of memory") : 0;
}

/* auto_initramfs=1: initramfs8 goes with kernel8.img, and so on. */
static int automatic_initramfs(const struct loader *loader, char name[OS_PATH])
{
	const char *kernel = loader->os.kernel, *dot = strrchr(kernel, '.');
	size_t prefix = strlen(loader->os.prefix);

	if (strncmp(kernel, loader->os.prefix, prefix) == 0)
		kernel += prefix;
	if (!config_txt_number(&loader->config, "auto_initramfs", 0) ||
	    strncmp(kernel, "kernel", 6) != 0 || !dot)
		return 0;
	snprintf(name, OS_PATH, "initramfs%.*s", (int)(dot - kernel - 6), kernel + 6);
	return 1;
}

/* "FILE,FILE ADDRESS": the address has no meaning here. */
static int load_initramfs(struct loader *loader, struct error *err)
{
	const char *names = config_txt_text(&loader->config, "ramfsfile", NULL);
	char found[OS_PATH], *list, *rest, *name;
	int rc = 0;

	names = config_txt_text(&loader->config, "initramfs", names);
	if (!names && automatic_initramfs(loader, found))
		names = found;
	if (!names)
		return 0;
	list = strndup(names, strcspn(names, " \t"));
	if (!list || set_name(&loader->payload->initrd_name, list, err) < 0) {
		free(list);
		return error_set(err, "out of memory");
	}
	rest = list;
	while (rc == 0 && (name = strsep(&rest, ",")))
		if (*name)
			rc = append_initramfs(loader, name, err);
	free(list);
	if (!loader->payload->initrd) {
		free(loader->payload->initrd_name);
		loader->payload->initrd_name = NULL;
	}
	return rc;
}

/* The primary UART of boards with Bluetooth is the mini UART, which is off unless enable_uart=1. */
static void check_uart(struct loader *loader)
{
	if (cmdline_uses_mini_uart(loader->payload->cmdline) &&
	    !config_txt_number(&loader->config, "enable_uart", 0))
		notices_add(&loader->payload->notices,
			    "cmdline.txt: its console is the mini UART: a real "
			    "board needs enable_uart=1 in "
			    "config.txt");
}

static int load_cmdline(struct loader *loader, const struct devicetree *tree, struct error *err)
{
	const char *name = config_txt_text(&loader->config, "cmdline", "cmdline.txt");
	uint8_t *text = NULL;
	char path[OS_PATH];
	size_t len;
	int rc;

	if (os_path(path, loader->os.prefix, name, err) < 0)
		return -1;
	rc = loader->files->read(loader->files, path, LARGEST_CMDLINE, &text, &len, err);
	if (rc < 0)
		return -1;
	if (rc == 0)
		notices_add(&loader->payload->notices,
			    "command line '%s' is not on the boot partition: it is empty then",
			    path);
	loader->payload->cmdline =
		cmdline_build(tree, rc ? (const char *)text : "", &loader->payload->notices, err);
	if (rc)
		free(text);
	if (!loader->payload->cmdline)
		return -1;
	check_uart(loader);
	return 0;
}

static int load_tree_and_cmdline(struct loader *loader, struct error *err)
{
	struct payload *payload = loader->payload;
	struct devicetree tree;

	if (!*loader->os.dtb)
		return load_cmdline(loader, NULL, err);
	if (set_name(&payload->dtb_name, loader->os.dtb, err) < 0 ||
	    boot_tree_load(&tree, &loader->os, &loader->config, loader->files, &payload->notices,
			   err) < 0)
		return -1;
	if (load_cmdline(loader, &tree, err) == 0 &&
	    devicetree_finish(&tree, &payload->dtb, &payload->dtb_len, err) == 0)
		return 0;
	devicetree_close(&tree);
	return -1;
}

int firmware_load(struct payload *payload, const struct board *board, struct boot_files *files,
		  struct error *err)
{
	struct loader loader = { .payload = payload, .files = files };
	int rc = -1;

	memset(payload, 0, sizeof(*payload));
	if (config_txt_read(&loader.config, files, board, &payload->notices, err) == 0 &&
	    config_report(&loader.config, &payload->notices, err) == 0 &&
	    os_files_choose(&loader.os, &loader.config, board, files, &payload->notices, err) ==
		    0 &&
	    load_kernel(&loader, err) == 0 && load_tree_and_cmdline(&loader, err) == 0 &&
	    load_initramfs(&loader, err) == 0)
		rc = 0;
	config_txt_free(&loader.config);
	return rc;
}
