// SPDX-License-Identifier: GPL-2.0-only
/*
 * The choice of FAT type and cluster size. Candidates are laid out one after the other until one is
 * valid and holds the contents. See fat-geometry.h.
 */
#include "image/fat/fat-geometry.h"

#include <inttypes.h>
#include <stdbool.h>

#define KIB		   1024u
#define MIB		   (1024ull * KIB)
#define FAT32_FROM	   (512 * MIB) /* the size from which FAT32 is the usual type */
#define SMALL_CLUSTER	   (2 * KIB)   /* of FAT12 and FAT16, to start with */
#define CLUSTER_MAX	   (64 * KIB)
#define ROOT_ENTRIES	   512u
#define ROOT_ENTRIES_MAX   65024u /* the largest multiple of 512 that 16 bits hold */
#define FAT32_RESERVED	   32u
#define FAT32_CLUSTERS_MIN (FAT16_CLUSTERS_MAX + 1)

/* The cluster sizes of FAT32, by the size of the volume, as mkfs.fat and Windows choose them. */
static const struct {
	uint64_t up_to; /* bytes */
	uint32_t cluster;
} fat32_clusters[] = {
	{ 260 * MIB, 512 },	      { 8 * KIB * MIB, 4 * KIB }, { 16 * KIB * MIB, 8 * KIB },
	{ 32 * KIB * MIB, 16 * KIB }, { UINT64_MAX, 32 * KIB },
};
#define FAT32_ROWS (sizeof(fat32_clusters) / sizeof(fat32_clusters[0]))

enum verdict {
	FITS,
	TOO_SMALL, /* a larger size would do */
	INVALID,   /* nothing would do */
};

/* One search: what is asked, and the candidates' common limits. */
struct search {
	const struct fat_contents *contents;
	const struct fat_options *options;
	uint32_t sector_size;
	uint64_t size; /* bytes; 0 for the smallest that fits */
	/* FAT32 with fewer clusters than the specification wants, as many users ask for it */
	bool small_fat32;
	bool leave_rest; /* a candidate with a few clusters too many may leave them unused */
	bool grow;	 /* some candidate was TOO_SMALL */
};

static uint64_t divide_up(uint64_t value, uint64_t by)
{
	return value / by + (value % by != 0);
}

static uint32_t clusters_max(int bits)
{
	return bits == 12 ? FAT12_CLUSTERS_MAX :
	       bits == 16 ? FAT16_CLUSTERS_MAX :
			    FAT32_CLUSTERS_MAX;
}

static uint32_t clusters_min(int bits, bool small_fat32)
{
	if (bits == 12 || (bits == 32 && small_fat32))
		return 1;
	return bits == 16 ? FAT12_CLUSTERS_MAX + 1 : FAT32_CLUSTERS_MIN;
}

static uint64_t clusters_needed(const struct search *search, const struct fat_geometry *geometry)
{
	const struct fat_contents *contents = search->contents;
	uint32_t cluster = fat_cluster_size(geometry);
	uint64_t needed = 0;

	for (size_t i = 0; i < contents->count; i++)
		needed += divide_up(contents->bytes[i], cluster);
	if (geometry->bits == 32)
		needed += divide_up(
			contents->root_slots ? contents->root_slots * FAT_DIR_ENTRY_SIZE : 1,
			cluster);
	return needed;
}

/*
 * Entries of the root directory of FAT12 and FAT16, whole sectors of them; 0 when it cannot have as
 * many as needed.
 */
static uint32_t root_entries(const struct search *search)
{
	uint32_t given = search->options->root_entries,
		 per_sector = search->sector_size / FAT_DIR_ENTRY_SIZE;
	uint64_t needed = search->contents->root_slots;

	if (given)
		return (given + per_sector - 1) / per_sector * per_sector;
	if (needed > ROOT_ENTRIES_MAX)
		return 0;
	return needed ? (uint32_t)divide_up(needed, ROOT_ENTRIES) * ROOT_ENTRIES : ROOT_ENTRIES;
}

/* Enlarges the reserved part so that the first cluster is at a multiple of the cluster size. */
static void align_data(struct fat_geometry *geometry)
{
	uint32_t over = (uint32_t)(fat_data_sector(geometry) % geometry->cluster_sectors);

	if (over)
		geometry->reserved_sectors += geometry->cluster_sectors - over;
}

/* Lays out a volume of the size that is asked for, with all the clusters that it has room for. */
static enum verdict lay_out_size(const struct search *search, struct fat_geometry *geometry,
				 uint64_t needed)
{
	uint64_t total = search->size / geometry->sector_size;
	/* table entries */
	uint32_t per_sector = geometry->sector_size * 8 / (uint32_t)geometry->bits;
	uint64_t before, clusters, rest;

	geometry->fat_sectors = 0;
	before = fat_data_sector(geometry);
	if (total > UINT32_MAX || total <= before)
		return total > UINT32_MAX ? INVALID : TOO_SMALL;
	/* The smallest F with F * per_sector >= (total - before - 2 * F) / cluster_sectors + 2. */
	geometry->fat_sectors =
		(uint32_t)divide_up(total - before + FAT_FIRST_CLUSTER * geometry->cluster_sectors,
				    (uint64_t)per_sector * geometry->cluster_sectors + FAT_COPIES);
	align_data(geometry);
	before = fat_data_sector(geometry);
	if (total <= before)
		return TOO_SMALL;
	clusters = (total - before) / geometry->cluster_sectors;
	rest = clusters > clusters_max(geometry->bits) ? clusters - clusters_max(geometry->bits) :
							 0;
	if (rest && search->leave_rest && rest <= clusters / 64) {
		clusters -= rest;
		total = before + clusters * geometry->cluster_sectors;
	}
	if (clusters > clusters_max(geometry->bits))
		return INVALID;
	if (clusters < clusters_min(geometry->bits, search->small_fat32))
		return TOO_SMALL;
	geometry->total_sectors = (uint32_t)total;
	geometry->clusters = (uint32_t)clusters;
	return clusters < needed ? TOO_SMALL : FITS;
}

/* Lays out the smallest volume with the clusters that are needed. */
static enum verdict lay_out_smallest(const struct search *search, struct fat_geometry *geometry,
				     uint64_t needed)
{
	uint32_t least = clusters_min(geometry->bits, search->small_fat32);
	uint64_t total;

	if (needed > clusters_max(geometry->bits))
		return INVALID;
	geometry->clusters = needed > least ? (uint32_t)needed : least;
	geometry->fat_sectors =
		(uint32_t)divide_up(geometry->clusters + FAT_FIRST_CLUSTER,
				    geometry->sector_size * 8 / (uint32_t)geometry->bits);
	align_data(geometry);
	total = fat_data_sector(geometry) +
		(uint64_t)geometry->clusters * geometry->cluster_sectors;
	if (total > UINT32_MAX)
		return INVALID;
	geometry->total_sectors = (uint32_t)total;
	return FITS;
}

static enum verdict try_candidate(struct search *search, struct fat_geometry *geometry, int bits,
				  uint32_t cluster)
{
	enum verdict verdict;
	uint64_t needed;

	*geometry = (struct fat_geometry){
		.bits = bits,
		.sector_size = search->sector_size,
		.cluster_sectors = cluster / search->sector_size,
		.reserved_sectors = bits == 32 ? FAT32_RESERVED : 1,
		.root_entries = bits == 32 ? 0 : root_entries(search),
	};
	if (bits != 32 && !geometry->root_entries)
		return INVALID;
	needed = clusters_needed(search, geometry);
	verdict = search->size ? lay_out_size(search, geometry, needed) :
				 lay_out_smallest(search, geometry, needed);
	if (verdict == TOO_SMALL)
		search->grow = true;
	return verdict;
}

/* Is BITS open to the choice, or the type that was asked for? */
static bool allowed(const struct search *search, int bits)
{
	return !search->options->bits || search->options->bits == bits;
}

static bool try_fat12_and_16(struct search *search, struct fat_geometry *geometry)
{
	uint32_t given = search->options->sectors_per_cluster * search->sector_size;
	uint32_t first = SMALL_CLUSTER > search->sector_size ? SMALL_CLUSTER : search->sector_size;

	for (uint32_t cluster = given ? given : first; cluster <= (given ? given : CLUSTER_MAX);
	     cluster *= 2) {
		for (int bits = 12; bits <= 16; bits += 4) {
			if (!allowed(search, bits) ||
			    try_candidate(search, geometry, bits, cluster) != FITS)
				continue;
			/* The smallest volume follows the rule for its size as well. */
			if (!search->size && !search->options->bits && !given &&
			    (uint64_t)geometry->total_sectors * search->sector_size >= FAT32_FROM)
				continue;
			return true;
		}
	}
	return false;
}

static bool try_fat32(struct search *search, struct fat_geometry *geometry)
{
	uint32_t given = search->options->sectors_per_cluster * search->sector_size;

	if (!allowed(search, 32))
		return false;
	if (given)
		return try_candidate(search, geometry, 32, given) == FITS;
	for (size_t i = 0; i < FAT32_ROWS; i++) {
		uint32_t cluster = fat32_clusters[i].cluster;

		if (search->size && search->size > fat32_clusters[i].up_to)
			continue;
		if (cluster < search->sector_size)
			cluster = search->sector_size;
		if (try_candidate(search, geometry, 32, cluster) == FITS &&
		    (uint64_t)geometry->total_sectors * search->sector_size <=
			    fat32_clusters[i].up_to)
			return true;
		if (search->size)
			break;
	}
	return false;
}

static bool find(struct search *search, struct fat_geometry *geometry)
{
	bool fat32_first =
		search->size >= FAT32_FROM || (search->size && !search->options->root_entries &&
					       search->contents->root_slots > ROOT_ENTRIES);

	for (int pass = 0; pass < 2; pass++) {
		search->leave_rest = pass == 1;
		if (fat32_first && try_fat32(search, geometry))
			return true;
		if (try_fat12_and_16(search, geometry))
			return true;
		if (!fat32_first && try_fat32(search, geometry))
			return true;
	}
	return false;
}

static bool is_power_of_two(uint32_t value)
{
	return value && !(value & (value - 1));
}

static int check_options(const struct fat_options *options, uint32_t sector_size, struct error *err)
{
	uint32_t cluster = options->sectors_per_cluster;

	if (options->bits && options->bits != 12 && options->bits != 16 && options->bits != 32)
		return error_set(err, "there is no FAT%d: use 12, 16 or 32", options->bits);
	if (!is_power_of_two(sector_size) || sector_size < 512 || sector_size > 4096)
		return error_set(
			err, "a sector of %u bytes is not possible: use 512, 1024, 2048 or 4096",
			sector_size);
	if (cluster &&
	    (!is_power_of_two(cluster) || cluster > 128 || cluster * sector_size > CLUSTER_MAX))
		return error_set(
			err,
			"%u sectors per cluster are not possible: use a power of two, up to %u",
			cluster, CLUSTER_MAX / sector_size < 128 ? CLUSTER_MAX / sector_size : 128);
	if (options->root_entries > 65536 - sector_size / FAT_DIR_ENTRY_SIZE)
		return error_set(err, "%u root directory entries are not possible: use up to %u",
				 options->root_entries, 65536 - sector_size / FAT_DIR_ENTRY_SIZE);
	if (options->size % sector_size)
		return error_set(err,
				 "a size of %" PRIu64
				 " bytes is not a multiple of the sector size %u",
				 options->size, sector_size);
	if (options->size / sector_size > UINT32_MAX)
		return error_set(err,
				 "FAT has at most %u sectors of %u bytes: choose a smaller size",
				 UINT32_MAX, sector_size);
	return 0;
}

/* Says why no candidate would do; SEARCH is the one that found none. */
static int explain(struct search *search, struct error *err)
{
	const struct fat_options *options = search->options;
	struct search larger = *search;
	struct fat_geometry geometry;

	if (search->contents->root_slots > ROOT_ENTRIES_MAX && options->bits && options->bits != 32)
		return error_set(err,
				 "the root directory needs %" PRIu64
				 " entries, more than FAT%d has: use FAT32",
				 search->contents->root_slots, options->bits);
	larger.size = 0;
	if (search->size && search->grow && find(&larger, &geometry))
		return error_set(err,
				 "the size is %" PRIu64
				 " bytes but FAT%d with these files needs %" PRIu64
				 ": raise the size",
				 search->size, geometry.bits,
				 (uint64_t)geometry.total_sectors * geometry.sector_size);
	if (search->size && options->bits)
		return error_set(
			err,
			"FAT%d does not go with a size of %" PRIu64 " bytes%s: leave the type open",
			options->bits, search->size,
			options->sectors_per_cluster ? " and these sectors per cluster" : "");
	if (search->size)
		return error_set(err,
				 "%u sectors per cluster do not go with a size of %" PRIu64
				 " bytes: leave them open",
				 options->sectors_per_cluster, search->size);
	return error_set(err, "the files need more clusters than FAT%s can have",
			 options->bits == 12 ? "12" :
			 options->bits == 16 ? "16" :
					       "32");
}

int fat_geometry_choose(struct fat_geometry *geometry, const struct fat_contents *contents,
			const struct fat_options *options, struct error *err)
{
	struct search search = {
		.contents = contents,
		.options = options,
		.sector_size = options->sector_size ? options->sector_size : 512,
		.size = options->size,
		.small_fat32 = options->bits == 32 && options->size,
	};

	if (check_options(options, search.sector_size, err) < 0)
		return -1;
	if (options->root_entries && contents->root_slots > options->root_entries &&
	    options->bits != 32)
		return error_set(err,
				 "the root directory needs %" PRIu64
				 " entries but has %u: raise or drop root-entries",
				 contents->root_slots, options->root_entries);
	if (find(&search, geometry))
		return 0;
	return explain(&search, err);
}
