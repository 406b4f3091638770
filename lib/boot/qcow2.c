// SPDX-License-Identifier: GPL-2.0-only
/* Empty disks in QEMU's own format: see qcow2.h. */
#include "boot/qcow2.h"

#include <endian.h>
#include <stddef.h>
#include <unistd.h>

/*
 * The file: a header, a table of one block of reference counts, that block, and the empty L1
 * table.
 */
#define CLUSTER_BITS   16
#define CLUSTER	       ((size_t)1 << CLUSTER_BITS)
#define L2_ENTRIES     (CLUSTER / 8)
#define REFCOUNT_ORDER 4 /* 16 bits each */

/* Which cluster holds what. */
enum { AT_HEADER, AT_REFCOUNT_TABLE, AT_REFCOUNTS, AT_L1 };

struct qcow2_header {
	uint32_t magic;
	uint32_t version;
	uint64_t backing_name_offset;
	uint32_t backing_name_size;
	uint32_t cluster_bits;
	uint64_t size;
	uint32_t encryption;
	uint32_t l1_entries;
	uint64_t l1_offset;
	uint64_t refcount_table_offset;
	uint32_t refcount_table_clusters;
	uint32_t snapshots;
	uint64_t snapshots_offset;
	uint64_t incompatible_features;
	uint64_t compatible_features;
	uint64_t autoclear_features;
	uint32_t refcount_order;
	uint32_t header_length;
} __attribute__((packed));

int qcow2_write(const struct scratch *file, uint64_t size, struct error *err)
{
	size_t l2_span = CLUSTER * L2_ENTRIES;
	uint32_t l1_entries = (uint32_t)((size + l2_span - 1) / l2_span);
	uint32_t l1_clusters = (uint32_t)(((size_t)l1_entries * 8 + CLUSTER - 1) / CLUSTER);
	uint32_t clusters = AT_L1 + l1_clusters;
	struct qcow2_header header = {
		.magic = htobe32(0x514649fb), /* "QFI\xfb" */
		.version = htobe32(3),
		.cluster_bits = htobe32(CLUSTER_BITS),
		.size = htobe64(size),
		.l1_entries = htobe32(l1_entries),
		.l1_offset = htobe64(AT_L1 * CLUSTER),
		.refcount_table_offset = htobe64(AT_REFCOUNT_TABLE * CLUSTER),
		.refcount_table_clusters = htobe32(1),
		.refcount_order = htobe32(REFCOUNT_ORDER),
		.header_length = htobe32(sizeof(header)),
	};
	uint64_t refcounts_at = htobe64(AT_REFCOUNTS * CLUSTER);
	uint16_t one = htobe16(1);

	if (scratch_write(file, 0, &header, sizeof(header), err) < 0 ||
	    scratch_write(file, AT_REFCOUNT_TABLE * CLUSTER, &refcounts_at, sizeof(refcounts_at),
			  err) < 0)
		return -1;
	for (uint32_t i = 0; i < clusters; i++)
		if (scratch_write(file, AT_REFCOUNTS * CLUSTER + i * sizeof(one), &one, sizeof(one),
				  err) < 0)
			return -1;
	if (ftruncate(file->fd, (off_t)(clusters * CLUSTER)) < 0)
		return error_errno(err, "cannot write a temporary file");
	return 0;
}
