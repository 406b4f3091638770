/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Devicetrees for tests: source text in, blob out (dtc does it), and what stands in a tree. Needs
 * cmocka.h first.
 */
#ifndef TESTS_UNIT_BOOT_DTS_H
#define TESTS_UNIT_BOOT_DTS_H

#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "boot/devicetree.h"

struct blob {
	char *data;
	size_t len;
};

/* Compiles SOURCE with labels kept. The caller frees the data. */
static inline struct blob dts_compile(const char *source)
{
	char in[] = "/tmp/dts-XXXXXX", out[64], command[256];
	struct blob blob = { NULL, 0 };
	int fd = mkstemp(in);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, source, strlen(source)), (ssize_t)strlen(source));
	close(fd);
	snprintf(out, sizeof(out), "%s.dtb", in);
	snprintf(command, sizeof(command), "dtc -q -@ -I dts -O dtb -o %s %s", out, in);
	assert_int_equal(system(command), 0);
	assert_int_equal(file_read(out, 1 << 20, &blob.data, &blob.len, NULL), 0);
	unlink(in);
	unlink(out);
	return blob;
}

static inline void dts_open(struct devicetree *tree, const char *source)
{
	struct blob blob = dts_compile(source);
	struct error err = { "" };

	if (devicetree_open(tree, blob.data, blob.len, &err) < 0)
		fail_msg("%s", err.text);
	free(blob.data);
}

/* The cell at INDEX of a property. */
static inline uint32_t cell(const struct devicetree *tree, const char *path, const char *property,
			    size_t index)
{
	int len, node = devicetree_node(tree, path);
	const uint8_t *data = node < 0 ? NULL : fdt_getprop(tree->blob, node, property, &len);

	if (!data || (size_t)len < 4 * index + 4)
		fail_msg("%s has no cell %zu in %s", path, index, property);
	data += 4 * index;
	return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | data[3];
}

static inline const char *text(const struct devicetree *tree, const char *path,
			       const char *property)
{
	int node = devicetree_node(tree, path);
	const char *value = node < 0 ? NULL : devicetree_string(tree, node, property);

	return value ? value : "(none)";
}

/* The length of a property, or -1 when there is none. */
static inline int length(const struct devicetree *tree, const char *path, const char *property)
{
	int len = -1, node = devicetree_node(tree, path);

	if (node < 0 || !fdt_getprop(tree->blob, node, property, &len))
		return -1;
	return len;
}

static inline uint32_t phandle(const struct devicetree *tree, const char *path)
{
	return fdt_get_phandle(tree->blob, devicetree_node(tree, path));
}

#endif
