// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which files the firmware takes: see os-files.h. The rules are those of "Boot options" in its
 * documentation.
 */
#include "boot/os-files.h"

#include <stdio.h>
#include <string.h>

/* Kernel names that say by themselves in which state the kernel starts. */
static const struct {
	const char *name;
	bool aarch64;
} known_kernels[] = {
	{ "kernel.img", false },
	{ "kernel7.img", false },
	{ "kernel7l.img", false },
	{ "kernel8.img", true },
};

int os_path(char path[OS_PATH], const char *prefix, const char *name, struct error *err)
{
	int len = *name == '/' ? snprintf(path, OS_PATH, "%s", name + 1) :
				 snprintf(path, OS_PATH, "%s%s", prefix, name);

	return len < OS_PATH ? 0 :
			       error_set(err, "config.txt: the file name '%s' is too long", name);
}

static void choose_state(struct os_files *os, const struct config_txt *config,
			 const struct board *board, struct notices *notices)
{
	const char *kernel = config_txt_text(config, "kernel", "");

	os->aarch64 = config_txt_number(config, "arm_64bit", board->arm_64bit) != 0;
	for (size_t i = 0; i < sizeof(known_kernels) / sizeof(known_kernels[0]); i++)
		if (strcmp(kernel, known_kernels[i].name) == 0)
			os->aarch64 = known_kernels[i].aarch64;
	if (!os->aarch64 || board->kernels64)
		return;
	os->aarch64 = false;
	notices_add(notices, "config.txt: asks for a 64-bit kernel, which a %s cannot run: ignored",
		    board->title);
}

/*
 * The first of NAMES that is there, from the last one when BACKWARDS. Returns 1, 0, or -1 with ERR
 * set.
 */
static int find(char path[OS_PATH], struct boot_files *files, const char *prefix,
		const char *const *names, bool backwards, struct error *err)
{
	size_t count = 0;
	int rc;

	while (names[count])
		count++;
	for (size_t i = 0; i < count; i++) {
		if (os_path(path, prefix, names[backwards ? count - 1 - i : i], err) < 0)
			return -1;
		rc = files->exists(files, path, err);
		if (rc)
			return rc;
	}
	*path = '\0';
	return 0;
}

struct wanted {
	const char *explicit_kernel[2];
	const char *explicit_dtb[2];
	const char *const *kernels;
	const char *const *dtbs; /* NULL: none is wanted */
	bool upstream;
};

static void choose_names(struct wanted *wanted, const struct os_files *os,
			 const struct config_txt *config, const struct board *board)
{
	memset(wanted, 0, sizeof(*wanted));
	wanted->upstream = config_txt_number(config, "upstream_kernel", 0) != 0;
	wanted->kernels = os->aarch64 ? board->kernels64 : board->kernels32;
	wanted->explicit_kernel[0] = config_txt_text(config, "kernel", "");
	if (*wanted->explicit_kernel[0])
		wanted->kernels = wanted->explicit_kernel;
	wanted->dtbs = board->dtbs;
	wanted->explicit_dtb[0] = config_txt_text(config, "device_tree", NULL);
	if (wanted->explicit_dtb[0])
		wanted->dtbs = *wanted->explicit_dtb[0] ? wanted->explicit_dtb : NULL;
}

/*
 * Looks for kernel and devicetree behind PREFIX. Returns 1 when all that is wanted is there, 0, or
 * -1.
 */
static int find_both(struct os_files *os, const struct wanted *wanted, struct boot_files *files,
		     const char *prefix, struct error *err)
{
	int kernel, dtb = 1;

	kernel = find(os->kernel, files, prefix, wanted->kernels, false, err);
	*os->dtb = '\0';
	if (kernel >= 0 && wanted->dtbs)
		dtb = find(os->dtb, files, prefix, wanted->dtbs, wanted->upstream, err);
	if (kernel < 0 || dtb < 0)
		return -1;
	return kernel && dtb;
}

/* An os_prefix counts only when it leads to a kernel and a devicetree. */
static int choose_files(struct os_files *os, const struct wanted *wanted,
			const struct config_txt *config, struct boot_files *files,
			struct notices *notices, struct error *err)
{
	const struct config_setting *set = config_txt_find(config, "os_prefix");
	const char *prefix = set ? set->value : wanted->upstream ? "upstream/" : "";
	int rc;

	*os->prefix = '\0';
	prefix += strspn(prefix, "/");
	if (*prefix) {
		rc = find_both(os, wanted, files, prefix, err);
		if (rc < 0)
			return -1;
		if (rc)
			return os_path(os->prefix, prefix, "", err);
		if (set)
			notices_add(notices,
				    "%s:%d: os_prefix '%s' does not lead to a kernel and a "
				    "devicetree: ignored",
				    set->file, set->line, prefix);
	}
	return find_both(os, wanted, files, "", err) < 0 ? -1 : 0;
}

/* Overlays are shared between systems unless there is a README beside a system's own. */
static int choose_overlays(struct os_files *os, const struct config_txt *config,
			   struct boot_files *files, struct error *err)
{
	const char *prefix = config_txt_text(config, "overlay_prefix", "overlays/");
	char readme[OS_PATH];
	int rc = 0;

	if (os_path(os->overlay_prefix, os->prefix, prefix, err) < 0)
		return -1;
	if (*os->prefix) {
		if (os_path(readme, os->overlay_prefix, "README", err) < 0)
			return -1;
		rc = files->exists(files, readme, err);
	}
	if (rc == 0 && os_path(os->overlay_prefix, "", prefix, err) < 0)
		return -1;
	return rc < 0 ? -1 : 0;
}

static bool is_upstream(const struct board *board, const char *dtb)
{
	const char *const *last = board->dtbs;

	while (last[1])
		last++;
	return strcmp(*last, dtb) == 0;
}

int os_files_choose(struct os_files *os, const struct config_txt *config, const struct board *board,
		    struct boot_files *files, struct notices *notices, struct error *err)
{
	struct wanted wanted;

	choose_state(os, config, board, notices);
	choose_names(&wanted, os, config, board);
	if (choose_files(os, &wanted, config, files, notices, err) < 0)
		return -1;
	if (!*os->kernel)
		return error_set(err,
				 "the boot partition has no kernel for a %s: '%s' is not there: "
				 "add it, or name another "
				 "with kernel= in config.txt",
				 board->title, wanted.kernels[0]);
	if (wanted.dtbs && !*os->dtb)
		notices_add(notices,
			    "devicetree '%s' is not on the boot partition: the kernel is "
			    "started without one",
			    wanted.dtbs[0]);
	os->upstream_overlay = wanted.upstream && !wanted.explicit_dtb[0] && *os->dtb &&
			       !is_upstream(board, os->dtb + strlen(os->prefix));
	return choose_overlays(os, config, files, err);
}
