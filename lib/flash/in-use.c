// SPDX-License-Identifier: GPL-2.0-only
/* Facts about block devices from /sys and /proc: see in-use.h, and proc_pid_mountinfo(5). */
#include "flash/in-use.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/array.h"

const struct flash_host flash_host = { "/proc", "/sys" };

static bool __attribute__((format(printf, 2, 3))) join(char path[PATH_MAX], const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(path, PATH_MAX, fmt, ap);
	va_end(ap);
	return n >= 0 && n < PATH_MAX;
}

/* The first line of a small file, without blanks around it; "" when there is none. */
static void read_line(const char *dir, const char *name, char *line, size_t size)
{
	char path[PATH_MAX];
	size_t len;
	FILE *f = join(path, "%s/%s", dir, name) ? fopen(path, "re") : NULL;

	line[0] = '\0';
	if (!f)
		return;
	if (!fgets(line, (int)size, f))
		line[0] = '\0';
	fclose(f);
	len = strspn(line, " \t");
	memmove(line, line + len, strlen(line + len) + 1);
	for (len = strlen(line); len && strchr(" \t\n", line[len - 1]); len--)
		line[len - 1] = '\0';
}

/* "8:16". */
static bool parse_device(const char *text, dev_t *dev)
{
	char *colon, *end;
	unsigned long major_number = strtoul(text, &colon, 10), minor_number;

	if (colon == text || *colon != ':')
		return false;
	minor_number = strtoul(colon + 1, &end, 10);
	*dev = makedev((unsigned int)major_number, (unsigned int)minor_number);
	return end != colon + 1 && !*end;
}

static int add_device(struct block_info *info, const char *dir, struct error *err)
{
	char text[BLOCK_TEXT];
	dev_t dev, *added;

	read_line(dir, "dev", text, sizeof(text));
	if (!parse_device(text, &dev))
		return error_set(err, "%s/dev: does not tell a device number", dir);
	added = ARRAY_ADD(info->devices, info->count);
	if (!added)
		return error_set(err, "out of memory");
	*added = dev;
	return 0;
}

/* Partitions are the directories with a file "partition". */
static int add_partitions(struct block_info *info, const char *dir, struct error *err)
{
	DIR *entries = opendir(dir);
	struct dirent *entry;
	char path[PATH_MAX], mark[PATH_MAX];
	int rc = 0;

	if (!entries)
		return error_errno(err, "%s: cannot read", dir);
	while (rc == 0 && (entry = readdir(entries)))
		if (entry->d_name[0] != '.' && join(path, "%s/%s", dir, entry->d_name) &&
		    join(mark, "%s/partition", path) && access(mark, F_OK) == 0)
			rc = add_device(info, path, err);
	closedir(entries);
	return rc;
}

static void describe(struct block_info *info, const char *dir)
{
	char device[PATH_MAX], vendor[BLOCK_TEXT], model[BLOCK_TEXT], removable[BLOCK_TEXT];

	read_line(dir, "removable", removable, sizeof(removable));
	info->removable = !strcmp(removable, "1");
	if (!join(device, "%s/device", dir))
		return;
	read_line(device, "vendor", vendor, sizeof(vendor));
	read_line(device, "model", model, sizeof(model));
	/* Cards have a name in the place of a model. */
	if (!*model)
		read_line(device, "name", model, sizeof(model));
	if (!*model)
		read_line(dir, "loop/backing_file", model, sizeof(model));
	snprintf(info->model, sizeof(info->model), "%s%s%s", vendor, *vendor && *model ? " " : "",
		 model);
}

int block_info_read(struct block_info *info, const struct flash_host *host, dev_t dev,
		    const char *path, struct error *err)
{
	char link[PATH_MAX], dir[PATH_MAX], mark[PATH_MAX], *slash;

	*info = (struct block_info){ 0 };
	if (!join(link, "%s/dev/block/%u:%u", host->sys, major(dev), minor(dev)) ||
	    !realpath(link, dir))
		return error_errno(err, "%s: the kernel tells nothing about it in %s", path, link);
	slash = strrchr(dir, '/');
	snprintf(info->name, sizeof(info->name), "%.*s", BLOCK_TEXT - 1, slash + 1);
	if (join(mark, "%s/partition", dir) && access(mark, F_OK) == 0) {
		*slash = '\0';
		snprintf(info->whole, sizeof(info->whole), "%.*s", BLOCK_TEXT - 1,
			 strrchr(dir, '/') + 1);
		*slash = '/';
	}
	describe(info, dir);
	if (add_device(info, dir, err) == 0 && add_partitions(info, dir, err) == 0)
		return 0;
	block_info_free(info);
	return -1;
}

void block_info_free(struct block_info *info)
{
	free(info->devices);
	info->devices = NULL;
	info->count = 0;
}

static bool has_device(const struct block_info *info, dev_t dev)
{
	for (size_t i = 0; i < info->count; i++)
		if (info->devices[i] == dev)
			return true;
	return false;
}

/* Is FILE, the source of a mount or a swap space, the device or one of its partitions? */
static bool is_named(const struct block_info *info, const char *file)
{
	struct stat st;

	return file[0] == '/' && stat(file, &st) == 0 && S_ISBLK(st.st_mode) &&
	       has_device(info, st.st_rdev);
}

static bool is_system(const char *where)
{
	static const char *const places[] = { "/",    "/boot", "/boot/efi", "/boot/firmware",
					      "/usr", "/var",  "/etc",	    "/home" };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(where, places[i]) == 0)
			return true;
	return false;
}

/* Some file systems (btrfs) have a number of their own: their device is known by its name only. */
static int check_mount(const struct block_info *info, const char *line, const char *path,
		       struct error *err)
{
	char number[BLOCK_TEXT], where[PATH_MAX], source[PATH_MAX] = "";
	dev_t dev;
	const char *rest = strstr(line, " - ");

	if (sscanf(line, "%*s %*s %63s %*s %4095s", number, where) != 2 ||
	    !parse_device(number, &dev))
		return 0;
	if (rest && sscanf(rest, " - %*s %4095s", source) != 1)
		source[0] = '\0';
	if (!has_device(info, dev) && !is_named(info, source))
		return 0;
	if (is_system(where))
		return error_set(
			err, "%s: holds the running system (it is mounted on %s): not written to",
			path, where);
	return error_set(err, "%s: is mounted on %s: unmount it first (umount %s)", path, where,
			 where);
}

static int check_swap(const struct block_info *info, const char *line, const char *path,
		      struct error *err)
{
	char file[PATH_MAX];

	if (sscanf(line, "%4095s", file) != 1 || !is_named(info, file))
		return 0;
	return error_set(err, "%s: %s on it is swap space in use (swapoff %s)", path, file, file);
}

static int check_lines(const struct block_info *info, const char *proc, const char *name,
		       const char *path,
		       int (*check)(const struct block_info *info, const char *line,
				    const char *path, struct error *err),
		       struct error *err)
{
	char file[PATH_MAX], *line = NULL;
	size_t size = 0;
	FILE *f;
	int rc = 0;

	if (!join(file, "%s/%s", proc, name))
		return error_set(err, "%s: the path is too long", proc);
	f = fopen(file, "re");
	if (!f)
		return error_errno(err, "%s: cannot read, so what is in use is not known", file);
	while (rc == 0 && getline(&line, &size, f) > 0)
		rc = check(info, line, path, err);
	free(line);
	fclose(f);
	return rc;
}

static int check_holders(dev_t dev, const struct flash_host *host, const char *path,
			 struct error *err)
{
	char dir[PATH_MAX];
	DIR *entries;
	struct dirent *entry;
	int rc = 0;

	entries = join(dir, "%s/dev/block/%u:%u/holders", host->sys, major(dev), minor(dev)) ?
			  opendir(dir) :
			  NULL;
	if (!entries)
		return 0;
	while (rc == 0 && (entry = readdir(entries)))
		if (entry->d_name[0] != '.')
			rc = error_set(
				err, "%s: is part of %s (LVM, RAID or encryption), which is in use",
				path, entry->d_name);
	closedir(entries);
	return rc;
}

int block_check_unused(const struct block_info *info, const struct flash_host *host,
		       const char *path, struct error *err)
{
	/* A kernel without swap has no file that lists it. */
	char swaps[PATH_MAX];

	if (check_lines(info, host->proc, "self/mountinfo", path, check_mount, err) < 0)
		return -1;
	if (join(swaps, "%s/swaps", host->proc) && access(swaps, F_OK) == 0 &&
	    check_lines(info, host->proc, "swaps", path, check_swap, err) < 0)
		return -1;
	for (size_t i = 0; i < info->count; i++)
		if (check_holders(info->devices[i], host, path, err) < 0)
			return -1;
	return 0;
}
