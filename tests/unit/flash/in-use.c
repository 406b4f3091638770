// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who uses a block device or a part of it is found, and what nobody uses is free; told from a /proc
 * and a /sys of our own making.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "flash/in-use.h"

static char top[] = "/tmp/ferry-in-use-XXXXXX";
static char proc[64], sys[64];
static const struct flash_host host = { proc, sys };

/* Writes TEXT into a file below the directory, making the directories on the way. */
static void put(const char *name, const char *text)
{
	char path[PATH_MAX];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", top, name);
	for (char *slash = path + strlen(top) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		mkdir(path, 0700);
	}
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void point(const char *name, const char *target)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", top, name);
	assert_int_equal(symlink(target, path), 0);
}

/* A card reader's sdz with two partitions, the second of which may be held by LVM. */
static int make_host(void **state)
{
	assert_non_null(mkdtemp(top));
	snprintf(proc, sizeof(proc), "%s/proc", top);
	snprintf(sys, sizeof(sys), "%s/sys", top);
	put("sys/devices/usb/block/sdz/dev", "65:144\n");
	put("sys/devices/usb/block/sdz/removable", "1\n");
	put("sys/devices/usb/block/sdz/device/vendor", "Generic \n");
	put("sys/devices/usb/block/sdz/device/model", "  SD/MMC  \n");
	put("sys/devices/usb/block/sdz/sdz1/dev", "65:145\n");
	put("sys/devices/usb/block/sdz/sdz1/partition", "1\n");
	put("sys/devices/usb/block/sdz/sdz2/dev", "65:146\n");
	put("sys/devices/usb/block/sdz/sdz2/partition", "2\n");
	put("sys/devices/usb/block/sdz/queue/dev", "9:9\n");
	put("sys/dev/block/none", "");
	point("sys/dev/block/65:144", "../../devices/usb/block/sdz");
	point("sys/dev/block/65:145", "../../devices/usb/block/sdz/sdz1");
	point("sys/dev/block/65:146", "../../devices/usb/block/sdz/sdz2");
	put("proc/swaps", "Filename Type Size Used Priority\n");
	put("proc/self/mountinfo",
	    "22 1 65:1 / / rw - ext4 /dev/sda1 rw\n23 22 0:5 / /proc rw - proc proc rw\n");
	return 0;
}

static int remove_host(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	return system(command);
}

/* Checks sdz; the text is "" when nobody uses it. */
static const char *check(void)
{
	static struct error err;
	struct block_info info;
	int rc;

	assert_int_equal(block_info_read(&info, &host, makedev(65, 144), "/dev/sdz", &err), 0);
	rc = block_check_unused(&info, &host, "/dev/sdz", &err);
	block_info_free(&info);
	return rc ? err.text : "";
}

static void a_device_is_described_with_its_partitions(void **state)
{
	struct block_info info;

	assert_int_equal(block_info_read(&info, &host, makedev(65, 144), "/dev/sdz", NULL), 0);
	assert_string_equal(info.name, "sdz");
	assert_string_equal(info.model, "Generic SD/MMC");
	assert_string_equal(info.whole, "");
	assert_true(info.removable);
	assert_int_equal(info.count, 3);
	assert_true(info.devices[0] == makedev(65, 144));
	block_info_free(&info);
}

static void a_partition_is_known_with_its_device(void **state)
{
	struct block_info info;

	assert_int_equal(block_info_read(&info, &host, makedev(65, 146), "/dev/sdz2", NULL), 0);
	assert_string_equal(info.whole, "sdz");
	block_info_free(&info);
}

static void a_device_that_is_not_in_sys_is_an_error(void **state)
{
	struct block_info info;
	struct error err;

	assert_int_equal(block_info_read(&info, &host, makedev(1, 1), "/dev/x", &err), -1);
	assert_non_null(strstr(err.text, "/dev/x: the kernel tells nothing about it"));
}

static void what_nobody_uses_is_free(void **state)
{
	assert_string_equal(check(), "");
}

static void a_mounted_partition_is_found(void **state)
{
	put("proc/self/mountinfo", "22 1 65:1 / / rw - ext4 /dev/sda1 rw\n99 22 65:145 / "
				   "/media/card rw shared:1 - vfat /dev/x rw\n");
	assert_string_equal(
		check(),
		"/dev/sdz: is mounted on /media/card: unmount it first (umount /media/card)");
}

static void the_system_s_device_is_named_so(void **state)
{
	static const char *const places[] = { "/", "/boot", "/usr", "/boot/efi" };
	char line[128], want[128];

	for (size_t i = 0; i < 4; i++) {
		snprintf(line, sizeof(line), "22 1 65:146 / %s rw - ext4 /dev/root rw\n",
			 places[i]);
		snprintf(want, sizeof(want),
			 "/dev/sdz: holds the running system (it is mounted on %s): not written to",
			 places[i]);
		put("proc/self/mountinfo", line);
		assert_string_equal(check(), want);
	}
}

static void lines_that_are_not_understood_do_not_matter(void **state)
{
	put("proc/self/mountinfo", "\nx\n1 2\n22 1 65:x / / rw\n22 1 1:1 / /a rw - \n");
	assert_string_equal(check(), "");
}

static void no_list_of_mounts_is_an_error(void **state)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/self/mountinfo", proc);
	assert_int_equal(unlink(path), 0);
	assert_non_null(strstr(check(), "cannot read, so what is in use is not known"));
	put("proc/self/mountinfo", "22 1 65:1 / / rw - ext4 /dev/sda1 rw\n");
}

static void a_held_partition_is_found(void **state)
{
	put("proc/self/mountinfo", "22 1 65:1 / / rw - ext4 /dev/sda1 rw\n");
	put("sys/devices/usb/block/sdz/sdz2/holders/dm-0", "");
	assert_string_equal(check(),
			    "/dev/sdz: is part of dm-0 (LVM, RAID or encryption), which is in use");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_device_is_described_with_its_partitions),
		cmocka_unit_test(a_partition_is_known_with_its_device),
		cmocka_unit_test(a_device_that_is_not_in_sys_is_an_error),
		cmocka_unit_test(what_nobody_uses_is_free),
		cmocka_unit_test(a_mounted_partition_is_found),
		cmocka_unit_test(the_system_s_device_is_named_so),
		cmocka_unit_test(lines_that_are_not_understood_do_not_matter),
		cmocka_unit_test(no_list_of_mounts_is_an_error),
		cmocka_unit_test(a_held_partition_is_found),
	};

	return cmocka_run_group_tests_name("in-use", tests, make_host, remove_host);
}
