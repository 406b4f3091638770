// SPDX-License-Identifier: GPL-2.0-only
/* Loads what extlinux.conf names: see extlinux.h. */
#include "boot/extlinux.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/devicetree.h"
#include "boot/kernel-image.h"

#define LARGEST_CONF	  (64u << 10)
#define LARGEST_TREE	  (2u << 20)
#define LARGEST_INITRAMFS (512u << 20)

/* Where it is looked for, in this order; paths in it start from its directory. */
static const struct {
	const char *directory, *file;
} places[] = {
	{ "extlinux/", "extlinux/extlinux.conf" },
	{ "boot/extlinux/", "boot/extlinux/extlinux.conf" },
};

struct loader {
	struct payload *payload;
	const struct board *board;
	struct boot_files *files;
	const char *directory, *conf;
	struct error *err;
};

/* Reads a file that ENTRY names as its WHAT. Sets *NAME to its path on the partition. */
static int read_named(struct loader *loader, const struct extlinux_entry *entry, const char *what,
		      const char *path, size_t max, char **name, uint8_t **data, size_t *len)
{
	const char *directory = *path == '/' ? "" : loader->directory;
	int rc;

	if (asprintf(name, "%s%s", directory, path + strspn(path, "/")) < 0) {
		*name = NULL;
		return error_set(loader->err, "out of memory");
	}
	rc = loader->files->read(loader->files, *name, max, data, len, loader->err);
	if (rc > 0 && *len)
		return 0;
	if (rc >= 0)
		error_set(loader->err, "its %s is %s", what, rc ? "empty" : "not there");
	if (rc > 0) {
		free(*data);
		*data = NULL;
	}
	return error_prefix(loader->err, "%s:%d: label '%s': %s", loader->conf, entry->line,
			    entry->label, *name);
}

static int check_kernel(struct loader *loader)
{
	const struct payload *payload = loader->payload;
	enum kernel_kind kind = kernel_identify(payload->kernel, payload->kernel_len);
	enum kernel_kind wanted = loader->board->x86 ? KERNEL_X86 : KERNEL_ARM64;

	if (kind == wanted || (kind == KERNEL_RAW && !loader->board->x86))
		return 0;
	return error_set(loader->err, "kernel %s is %s, which does not run on %s",
			 payload->kernel_name, kernel_kind_name(kind), loader->board->title);
}

static int load_kernel(struct loader *loader, const struct extlinux_entry *entry)
{
	struct payload *payload = loader->payload;
	uint8_t *unpacked;
	size_t len;

	if (read_named(loader, entry, "kernel", entry->kernel, KERNEL_LARGEST,
		       &payload->kernel_name, &payload->kernel, &payload->kernel_len) < 0)
		return -1;
	payload->aarch64 = !loader->board->x86;
	if (payload->aarch64 && kernel_is_gzip(payload->kernel, payload->kernel_len)) {
		if (kernel_gunzip(payload->kernel, payload->kernel_len, &unpacked, &len,
				  loader->err) < 0)
			return error_prefix(loader->err, "kernel %s", payload->kernel_name);
		free(payload->kernel);
		payload->kernel = unpacked;
		payload->kernel_len = len;
	}
	return check_kernel(loader);
}

/* Adds one file to the end of the initramfs. */
static int append_initramfs(struct loader *loader, const struct extlinux_entry *entry,
			    const char *path)
{
	struct payload *payload = loader->payload;
	uint8_t *data = NULL;
	char *name = NULL;
	size_t len = 0;
	int rc = read_named(loader, entry, "initramfs", path,
			    LARGEST_INITRAMFS - payload->initrd_len, &name, &data, &len);

	if (rc == 0 && payload_add_initrd(payload, data, len) < 0)
		rc = error_set(loader->err, "out of memory");
	free(data);
	free(name);
	return rc;
}

static int load_initramfs(struct loader *loader, const struct extlinux_entry *entry)
{
	char *list, *rest, *path;
	int rc = 0;

	if (!entry->initrd)
		return 0;
	list = strdup(entry->initrd);
	loader->payload->initrd_name = strdup(entry->initrd);
	if (!list || !loader->payload->initrd_name)
		rc = error_set(loader->err, "out of memory");
	for (rest = list; rc == 0 && (path = strsep(&rest, ","));)
		if (*path)
			rc = append_initramfs(loader, entry, path);
	free(list);
	return rc;
}

static int load_tree(struct loader *loader, const struct extlinux_entry *entry)
{
	struct payload *payload = loader->payload;
	struct devicetree tree;

	if (!entry->devicetree)
		return 0;
	if (loader->board->x86)
		return error_set(loader->err, "%s:%d: label '%s': %s has no devicetree",
				 loader->conf, entry->line, entry->label, loader->board->title);
	if (read_named(loader, entry, "devicetree", entry->devicetree, LARGEST_TREE,
		       &payload->dtb_name, &payload->dtb, &payload->dtb_len) < 0)
		return -1;
	if (devicetree_open(&tree, payload->dtb, payload->dtb_len, loader->err) < 0)
		return error_prefix(loader->err, "devicetree %s", payload->dtb_name);
	devicetree_close(&tree);
	return 0;
}

static int load_entry(struct loader *loader, const struct extlinux_entry *entry)
{
	if (entry->local || !entry->kernel)
		return error_set(loader->err, "%s:%d: label '%s' %s", loader->conf, entry->line,
				 entry->label,
				 entry->local ? "starts what is on a local disk, not a kernel" :
						"names no kernel");
	loader->payload->cmdline = strdup(entry->append ? entry->append : "");
	if (!loader->payload->cmdline)
		return error_set(loader->err, "out of memory");
	if (load_kernel(loader, entry) < 0 || load_initramfs(loader, entry) < 0)
		return -1;
	return load_tree(loader, entry);
}

int extlinux_is(struct boot_files *files, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(places) / sizeof(places[0]); i++)
		rc = files->exists(files, places[i].file, err);
	return rc;
}

/*
 * Reads the first configuration that is there. Returns 1, 0 when there is none, or -1 with ERR set.
 */
static int read_conf(struct loader *loader, uint8_t **text, size_t *len)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(places) / sizeof(places[0]); i++) {
		loader->directory = places[i].directory;
		loader->conf = places[i].file;
		rc = loader->files->read(loader->files, loader->conf, LARGEST_CONF, text, len,
					 loader->err);
	}
	return rc;
}

int extlinux_load(struct payload *payload, const struct board *board, struct boot_files *files,
		  struct error *err)
{
	struct loader loader = { .payload = payload, .board = board, .files = files, .err = err };
	struct extlinux conf;
	uint8_t *text;
	size_t len;
	int rc;

	*payload = (struct payload){ .kernel = NULL };
	rc = read_conf(&loader, &text, &len);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return error_set(err,
				 "the boot partition has no %s, which tells what to start on %s",
				 places[0].file, board->title);
	rc = extlinux_parse(&conf, loader.conf, (const char *)text, len, &payload->notices, err);
	if (rc == 0)
		rc = load_entry(&loader, conf.chosen);
	extlinux_free(&conf);
	free(text);
	return rc;
}
