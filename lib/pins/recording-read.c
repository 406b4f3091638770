// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads recordings: see recording.h. All that a damaged file could say wrong is found when it is
 * opened.
 */
#include "pins/recording.h"

#include <ext2fs/ext2fs.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pins/recording-format.h"

/* Takes one edge off the front of the bytes from *AT to END. False when they are no whole edge. */
static bool take_edge(const uint8_t **at, const uint8_t *end, uint64_t *delta, uint8_t *what)
{
	const uint8_t *p = *at;
	int shift = 0;

	*delta = 0;
	do {
		if (p == end || shift > 63 || (shift == 63 && *p > 1))
			return false;
		*delta |= (uint64_t)(*p & 0x7f) << shift;
		shift += 7;
	} while (*p++ & 0x80);
	if (p == end)
		return false;
	*what = *p++;
	*at = p;
	return true;
}

struct recording_cursor recording_begin(const struct recording *rec)
{
	return (struct recording_cursor){ .at = rec->body, .end = rec->body + rec->body_len };
}

bool recording_next(struct recording_cursor *cursor, struct edge *edge)
{
	uint64_t delta;
	uint8_t what;

	if (cursor->at == cursor->end || !take_edge(&cursor->at, cursor->end, &delta, &what))
		return false;
	cursor->time += delta;
	*edge = (struct edge){ .time = cursor->time, .pin = what & 0x3f, .state = what >> 6 };
	return true;
}

/* Every edge decodes, is in order, of a recorded pin, and changes its state. */
static int check_edges(const struct recording *rec, const char *name, struct error *err)
{
	const struct recording_info *info = &rec->info;
	const uint8_t *at = rec->body, *end = rec->body + rec->body_len;
	uint8_t state[PINS_COUNT];
	uint64_t time = 0, n = 0, delta;
	uint8_t what;

	for (unsigned int pin = 0; pin < PINS_COUNT; pin++)
		state[pin] = (uint8_t)levels_state(&info->start, pin);
	for (; at < end; n++) {
		unsigned int pin;

		if (!take_edge(&at, end, &delta, &what))
			return error_set(err, "%s: damaged: edge %" PRIu64 " is not whole", name,
					 n);
		pin = what & 0x3f;
		if (delta > info->end - time)
			return error_set(err, "%s: damaged: edge %" PRIu64 " is after the end",
					 name, n);
		if (pin >= PINS_COUNT || !(info->pins >> pin & 1))
			return error_set(err,
					 "%s: damaged: edge %" PRIu64
					 " is of pin %u, which was not recorded",
					 name, n, pin);
		if (state[pin] == what >> 6)
			return error_set(err,
					 "%s: damaged: edge %" PRIu64 " of pin %u changes nothing",
					 name, n, pin);
		state[pin] = what >> 6;
		time += delta;
	}
	if (n != info->edges)
		return error_set(err,
				 "%s: damaged: has %" PRIu64 " edges, not %" PRIu64
				 " as its header says",
				 name, n, info->edges);
	return 0;
}

static int parse_header(struct recording *rec, const uint8_t *h, size_t len, const char *name,
			struct error *err)
{
	struct recording_info *info = &rec->info;
	uint32_t flags;

	if (len < 8 || memcmp(h, RECORDING_MAGIC, 8) != 0)
		return error_set(err,
				 "%s: not a recording of pins; `ferry boot --pins ... --record "
				 "FILE` makes one",
				 name);
	if (len < RECORDING_HEADER_SIZE)
		return error_set(err, "%s: cut off: %zu bytes are less than its header", name, len);
	if (get_le(h + AT_VERSION, 2) != RECORDING_VERSION)
		return error_set(err,
				 "%s: version %" PRIu64
				 " of the format; this ferry reads version %d",
				 name, get_le(h + AT_VERSION, 2), RECORDING_VERSION);
	if (get_le(h + AT_HEADER_CRC, 4) !=
	    (uint32_t)~ext2fs_crc32c_le(RECORDING_CRC_START, h, AT_HEADER_CRC))
		return error_set(err, "%s: damaged: the header's checksum does not match", name);
	flags = (uint32_t)get_le(h + AT_FLAGS, 4);
	info->pins = get_le(h + AT_PINS, 8);
	info->end = get_le(h + AT_END, 8);
	info->edges = get_le(h + AT_EDGES, 8);
	if (get_le(h + AT_HEADER_SIZE, 2) != RECORDING_HEADER_SIZE ||
	    flags & ~(uint32_t)FLAGS_KNOWN || info->pins & ~PINS_ALL || info->end > INT64_MAX)
		return error_set(err, "%s: damaged: the header makes no sense", name);
	info->instructions = flags & FLAG_INSTRUCTIONS;
	info->calibrated = flags & FLAG_CALIBRATED;
	info->icount_shift = h[AT_ICOUNT_SHIFT] == RECORDING_NO_ICOUNT ? -1 : h[AT_ICOUNT_SHIFT];
	for (int i = 0; i < PINS_SELECT_WORDS; i++)
		info->start.select[i] = (uint32_t)get_le(h + AT_SELECT + 4 * (size_t)i, 4);
	info->start.latch = get_le(h + AT_LATCH, 8) & PINS_ALL;
	levels_update(&info->start);
	memcpy(info->board, h + AT_BOARD, RECORDING_BOARD_MAX);
	info->board[RECORDING_BOARD_MAX - 1] = '\0';
	return 0;
}

int recording_parse(struct recording *rec, const uint8_t *data, size_t len, const char *name,
		    struct error *err)
{
	uint64_t body_size;

	*rec = (struct recording){ 0 };
	if (parse_header(rec, data, len, name, err) < 0)
		return -1;
	rec->body = data + RECORDING_HEADER_SIZE;
	rec->body_len = len - RECORDING_HEADER_SIZE;
	body_size = get_le(data + AT_BODY_SIZE, 8);
	if (body_size > rec->body_len)
		return error_set(err, "%s: cut off: %" PRIu64 " bytes are missing at its end", name,
				 body_size - rec->body_len);
	if (body_size < rec->body_len)
		return error_set(err, "%s: damaged: %" PRIu64 " bytes too many at its end", name,
				 rec->body_len - body_size);
	if (get_le(data + AT_BODY_CRC, 4) !=
	    (uint32_t)~ext2fs_crc32c_le(RECORDING_CRC_START, rec->body, rec->body_len))
		return error_set(err, "%s: damaged: the checksum of the edges does not match",
				 name);
	return check_edges(rec, name, err);
}

int recording_open_fd(struct recording *rec, int fd, const char *name, struct error *err)
{
	struct stat st;
	size_t len;
	void *map;

	*rec = (struct recording){ 0 };
	if (fstat(fd, &st) < 0)
		return error_errno(err, "%s: cannot read", name);
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return error_set(err, "%s: %s", name,
				 S_ISREG(st.st_mode) ? "empty" : "not a regular file");
	len = (size_t)st.st_size;
	map = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		return error_errno(err, "%s: cannot map", name);
	if (recording_parse(rec, map, len, name, err) < 0) {
		munmap(map, len);
		return -1;
	}
	rec->map = map;
	rec->map_len = len;
	return 0;
}

int recording_open(struct recording *rec, const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc;

	*rec = (struct recording){ 0 };
	if (fd < 0)
		return error_errno(err, "%s: cannot open", path);
	rc = recording_open_fd(rec, fd, path, err);
	close(fd);
	return rc;
}

void recording_close(struct recording *rec)
{
	if (rec->map)
		munmap(rec->map, rec->map_len);
	*rec = (struct recording){ 0 };
}
