// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes recordings: see recording.h. The header is written last, when it is known how many edges
 * there are.
 */
#include "pins/recording.h"

#include <errno.h>
#include <ext2fs/ext2fs.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pins/recording-format.h"

#define BUFFER_SIZE 65536

struct recording_writer {
	struct outfile out; /* with a descriptor of -1 when the file is the caller's */
	int fd;
	const char *name; /* for messages */
	struct recording_info info;
	uint64_t time;
	uint64_t body_size; /* flushed bytes */
	uint32_t crc;
	size_t used;
	uint8_t buffer[BUFFER_SIZE];
};

static int write_at(struct recording_writer *w, const uint8_t *data, size_t len, uint64_t offset,
		    struct error *err)
{
	while (len) {
		ssize_t n = pwrite(w->fd, data, len, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, "%s: cannot write", w->name);
		data += n;
		offset += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

static int flush(struct recording_writer *w, struct error *err)
{
	if (write_at(w, w->buffer, w->used, RECORDING_HEADER_SIZE + w->body_size, err) < 0)
		return -1;
	w->crc = ext2fs_crc32c_le(w->crc, w->buffer, w->used);
	w->body_size += w->used;
	w->used = 0;
	return 0;
}

static struct recording_writer *new_writer(const struct recording_info *info)
{
	struct recording_writer *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->out.fd = -1;
	w->info = *info;
	w->info.edges = 0;
	w->crc = RECORDING_CRC_START;
	return w;
}

int recording_create(struct recording_writer **writer, const char *path,
		     const struct recording_info *info, struct error *err)
{
	struct recording_writer *w = new_writer(info);

	if (!w)
		return error_set(err, "out of memory");
	if (outfile_open(&w->out, path, err) < 0) {
		free(w);
		return -1;
	}
	w->fd = w->out.fd;
	w->name = w->out.path;
	*writer = w;
	return 0;
}

int recording_create_fd(struct recording_writer **writer, int fd, const char *name,
			const struct recording_info *info, struct error *err)
{
	struct recording_writer *w = new_writer(info);

	if (!w)
		return error_set(err, "out of memory");
	w->fd = fd;
	w->name = name;
	*writer = w;
	return 0;
}

int recording_add(struct recording_writer *w, const struct edge *edge, struct error *err)
{
	uint64_t delta = edge->time - w->time;

	if (edge->time < w->time)
		return error_set(err, "%s: an edge at %" PRIu64 " after one at %" PRIu64, w->name,
				 edge->time, w->time);
	if (w->used > BUFFER_SIZE - RECORDING_EDGE_MAX && flush(w, err) < 0)
		return -1;
	for (; delta >= 0x80; delta >>= 7)
		w->buffer[w->used++] = (uint8_t)(delta | 0x80);
	w->buffer[w->used++] = (uint8_t)delta;
	w->buffer[w->used++] = (uint8_t)(edge->pin | edge->state << 6);
	w->time = edge->time;
	w->info.edges++;
	return 0;
}

static void fill_header(const struct recording_writer *w, uint8_t *h)
{
	const struct recording_info *info = &w->info;

	memcpy(h + AT_MAGIC, RECORDING_MAGIC, 8);
	put_le(h + AT_VERSION, RECORDING_VERSION, 2);
	put_le(h + AT_HEADER_SIZE, RECORDING_HEADER_SIZE, 2);
	put_le(h + AT_FLAGS,
	       (info->instructions ? FLAG_INSTRUCTIONS : 0) |
		       (info->calibrated ? FLAG_CALIBRATED : 0),
	       4);
	h[AT_ICOUNT_SHIFT] =
		info->icount_shift < 0 ? RECORDING_NO_ICOUNT : (uint8_t)info->icount_shift;
	put_le(h + AT_PINS, info->pins, 8);
	for (int i = 0; i < PINS_SELECT_WORDS; i++)
		put_le(h + AT_SELECT + 4 * (size_t)i, info->start.select[i], 4);
	put_le(h + AT_LATCH, info->start.latch, 8);
	put_le(h + AT_END, info->end, 8);
	put_le(h + AT_EDGES, info->edges, 8);
	put_le(h + AT_BODY_SIZE, w->body_size, 8);
	put_le(h + AT_BODY_CRC, ~w->crc, 4);
	memcpy(h + AT_BOARD, info->board, strnlen(info->board, RECORDING_BOARD_MAX - 1));
	put_le(h + AT_HEADER_CRC, ~ext2fs_crc32c_le(RECORDING_CRC_START, h, AT_HEADER_CRC), 4);
}

int recording_commit(struct recording_writer *w, uint64_t end, struct error *err)
{
	uint8_t header[RECORDING_HEADER_SIZE] = { 0 };
	int rc = -1;

	w->info.end = end > w->time ? end : w->time;
	if (flush(w, err) < 0)
		goto out;
	fill_header(w, header);
	if (write_at(w, header, sizeof(header), 0, err) < 0)
		goto out;
	rc = w->out.fd < 0 ? 0 : outfile_commit(&w->out, err);
out:
	recording_abort(w);
	return rc;
}

void recording_abort(struct recording_writer *w)
{
	if (!w)
		return;
	outfile_abort(&w->out);
	free(w);
}
