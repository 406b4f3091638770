// SPDX-License-Identifier: GPL-2.0-only
/*
 * The image type cpio: an archive in the "newc" format, as the kernel unpacks for an initramfs (the
 * kernel's Documentation/driver-api/early-userspace/buffer-format.rst), plain or through gzip.
 */
#include "image/image.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "image/copy.h"

#define BUFFER_SIZE  (1 << 20)
#define ARCHIVE_UNIT 512 /* archives end on a multiple of it, as GNU cpio's do */
#define FILE_MAX     UINT64_C(0xffffffff)

struct cpio {
	struct tree_node *tree;
	uint64_t plain_size; /* of the archive, not compressed */
	uint32_t inodes;
	int level;  /* of compression, or -1 for none */
	int packed; /* a memory file with the compressed archive, or -1 */
};

/* --- Where the archive goes --- */

struct sink {
	int fd;
	uint64_t offset;  /* in FD, of what comes next */
	uint64_t written; /* bytes of the plain archive */
	uint8_t *buf;	  /* of the plain archive, not yet passed on */
	size_t used;
	z_stream *z; /* NULL: plain */
	uint8_t *packed;
	struct progress *progress;
	uint64_t total;
	struct error *err;
};

static int pack(struct sink *s, int flush)
{
	int rc;

	s->z->next_in = s->buf;
	s->z->avail_in = (uInt)s->used;
	do {
		size_t n;

		s->z->next_out = s->packed;
		s->z->avail_out = BUFFER_SIZE;
		rc = deflate(s->z, flush);
		n = BUFFER_SIZE - s->z->avail_out;
		if (copy_bytes(s->fd, s->offset, s->packed, n, s->err) < 0)
			return -1;
		s->offset += n;
	} while (s->z->avail_out == 0);
	if (flush == Z_FINISH && rc != Z_STREAM_END)
		return error_set(s->err, "gzip: cannot compress");
	return 0;
}

static int flush_sink(struct sink *s, bool end)
{
	int rc;

	if (s->z) {
		rc = pack(s, end ? Z_FINISH : Z_NO_FLUSH);
	} else {
		rc = copy_bytes(s->fd, s->offset, s->buf, s->used, s->err);
		s->offset += s->used;
	}
	s->used = 0;
	progress_report(s->progress, "cpio", s->written, s->total);
	return rc;
}

static int put(struct sink *s, const void *bytes, size_t len)
{
	const uint8_t *from = bytes;

	s->written += len;
	while (len) {
		size_t n = BUFFER_SIZE - s->used < len ? BUFFER_SIZE - s->used : len;

		memcpy(s->buf + s->used, from, n);
		s->used += n;
		from += n;
		len -= n;
		if (s->used == BUFFER_SIZE && flush_sink(s, false) < 0)
			return -1;
	}
	return 0;
}

static int put_padding(struct sink *s, uint64_t unit)
{
	static const uint8_t zeros[ARCHIVE_UNIT];

	return put(s, zeros, (size_t)(image_round_up(s->written, unit) - s->written));
}

/* --- The archive --- */

static const struct tree_node *inode_of(const struct tree_node *node)
{
	return node->hardlink ? node->hardlink : node;
}

static int put_header(struct sink *s, const struct tree_node *node, const char *path, uint64_t size)
{
	const struct tree_node *inode = inode_of(node);
	char header[111];

	snprintf(header, sizeof(header),
		 "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X", inode->number,
		 (unsigned int)inode->mode, inode->uid, inode->gid, inode->links,
		 (unsigned int)inode->mtime, (unsigned int)size, 0U, 0U, inode->major, inode->minor,
		 (unsigned int)strlen(path) + 1, 0U);
	if (put(s, header, 110) < 0 || put(s, path, strlen(path) + 1) < 0)
		return -1;
	return put_padding(s, 4);
}

static int put_contents(struct sink *s, const struct tree_node *node)
{
	int fd = open(node->source, O_RDONLY | O_CLOEXEC), rc = 0;
	uint64_t left = node->size;

	if (fd < 0)
		return error_errno(s->err, "%s: cannot open", node->source);
	while (left && rc == 0) {
		size_t room = BUFFER_SIZE - s->used;
		ssize_t n = read(fd, s->buf + s->used, left < room ? (size_t)left : room);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			rc = n < 0 ? error_errno(s->err, "%s: cannot read", node->source) :
				     error_set(s->err, "%s: became shorter while it was being read",
					       node->source);
			break;
		}
		s->used += (size_t)n;
		s->written += (uint64_t)n;
		left -= (uint64_t)n;
		if (s->used == BUFFER_SIZE)
			rc = flush_sink(s, false);
	}
	close(fd);
	return rc;
}

/* Of a file with several names, the last one carries the contents; the others are empty. */
static int put_node(struct tree_node *node, void *arg)
{
	struct sink *s = arg;
	const struct tree_node *inode = inode_of(node);
	bool last = S_ISREG(node->mode) && node->line < 0;
	char path[4096];
	uint64_t size = last ? inode->size : 0;

	if (!node->parent)
		return 0;
	tree_path(node, path, sizeof(path));
	if (S_ISLNK(node->mode))
		size = strlen(inode->target);
	if (put_header(s, node, path + 1, size) < 0)
		return -1;
	if (S_ISLNK(node->mode) && put(s, inode->target, (size_t)size) < 0)
		return -1;
	if (last && inode->size && put_contents(s, inode) < 0)
		return error_prefix(s->err, "%s", path);
	return put_padding(s, 4);
}

static int put_archive(struct sink *s, const struct cpio *c)
{
	const struct tree_node end = { .mode = 0, .links = 1 };

	if (tree_walk(c->tree, put_node, s) != 0 || put_header(s, &end, "TRAILER!!!", 0) < 0 ||
	    put_padding(s, ARCHIVE_UNIT) < 0)
		return -1;
	return flush_sink(s, true);
}

/* Writes the archive to FD at OFFSET; *END is where it ends there. */
static int write_archive(const struct cpio *c, int fd, uint64_t offset, uint64_t *end,
			 struct progress *progress, struct error *err)
{
	z_stream z = { 0 };
	struct sink s = {
		.fd = fd,
		.offset = offset,
		.progress = progress,
		.total = c->plain_size,
		.err = err,
		.buf = malloc(BUFFER_SIZE),
		.packed = malloc(BUFFER_SIZE),
	};
	int rc = 0;

	if (!s.buf || !s.packed)
		rc = error_set(err, "out of memory");
	/*
	 * 15 bits of window, and 16 for the header of gzip, in which zlib leaves time and name
	 * empty.
	 */
	if (rc == 0 && c->level >= 0) {
		if (deflateInit2(&z, c->level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
			rc = error_set(err, "gzip: out of memory");
		else
			s.z = &z;
	}
	if (rc == 0)
		rc = put_archive(&s, c);
	if (s.z)
		deflateEnd(&z);
	*end = s.offset;
	free(s.buf);
	free(s.packed);
	return rc;
}

/* --- Planning --- */

struct count {
	struct cpio *cpio;
	struct error *err;
};

static int number_node(struct tree_node *node, void *arg)
{
	struct count *count = arg;
	struct tree_node *inode = node->hardlink ? node->hardlink : node;
	char path[256];

	node->line = 0;
	if (!node->hardlink) {
		node->links = 0;
		node->number = count->cpio->inodes++;
	}
	inode->links += S_ISDIR(node->mode) ? 2 : 1;
	if (S_ISREG(node->mode) && node->size > FILE_MAX)
		return error_set(count->err, "%s: a cpio archive holds no file of 4 GiB or more",
				 tree_path(node, path, sizeof(path)));
	return 0;
}

static int add_size(struct tree_node *node, void *arg)
{
	struct count *count = arg;
	uint64_t *size = &count->cpio->plain_size;
	const struct tree_node *inode = inode_of(node);
	char path[4096];

	if (!node->parent)
		return 0;
	*size = image_round_up(*size + 110 + strlen(tree_path(node, path, sizeof(path))), 4);
	if (S_ISLNK(node->mode))
		*size += strlen(inode->target);
	else if (!node->hardlink && S_ISREG(node->mode))
		*size += node->size;
	*size = image_round_up(*size, 4);
	return 0;
}

/* Marks the last name of each regular file, by a line number that no config has. */
struct last {
	struct tree_node **name; /* by inode number */
};

static int note_last(struct tree_node *node, void *arg)
{
	struct last *last = arg;

	last->name[inode_of(node)->number] = node;
	return 0;
}

static int mark_last(struct cpio *c, struct error *err)
{
	struct last last = { calloc(c->inodes + 1, sizeof(struct tree_node *)) };

	if (!last.name)
		return error_set(err, "out of memory");
	(void)tree_walk(c->tree, note_last, &last);
	for (uint32_t i = 0; i < c->inodes; i++)
		if (last.name[i])
			last.name[i]->line = -1;
	free(last.name);
	return 0;
}

static int count_archive(struct cpio *c, struct error *err)
{
	struct count count = { c, err };

	c->inodes = 1;
	if (tree_walk(c->tree, number_node, &count) != 0 || mark_last(c, err) < 0)
		return -1;
	(void)tree_walk(c->tree, add_size, &count);
	c->plain_size = image_round_up(c->plain_size + 110 + sizeof("TRAILER!!!"), 4);
	c->plain_size = image_round_up(c->plain_size, ARCHIVE_UNIT);
	return 0;
}

/* `gzip`, or with a level such as `gzip -9`, and with -n, which has no effect. */
static int read_compression(struct cpio *c, const struct image *image, struct error *err)
{
	const char *text = config_text(image->options, "compress", "");

	c->level = -1;
	if (!*text)
		return 0;
	if (strncmp(text, "gzip", 4) == 0) {
		c->level = Z_DEFAULT_COMPRESSION + 7; /* 6, as gzip itself */
		for (text += 4; *text; text++) {
			if (*text >= '1' && *text <= '9')
				c->level = *text - '0';
			else if (!strchr(" -n", *text))
				break;
		}
		if (!*text)
			return 0;
	}
	return config_error(config_place(image->options, "compress"), err,
			    "compress = '%s' is not supported: known is gzip, or \"\" for none",
			    config_text(image->options, "compress", ""));
}

static int read_options(struct cpio *c, const struct image *image, struct error *err)
{
	const char *format = config_text(image->options, "format", "newc");

	if (strcmp(format, "newc") != 0)
		return config_error(config_place(image->options, "format"), err,
				    "format '%s' is not supported: known is newc", format);
	if (*config_text(image->options, "extraargs", ""))
		return config_error(config_place(image->options, "extraargs"), err,
				    "no options of cpio are supported");
	return read_compression(c, image, err);
}

/*
 * What compression makes of it must be known before the size is, so it is done here, into memory.
 */
static int pack_archive(struct cpio *c, struct image *image, struct error *err)
{
	c->packed = memfd_create("cpio", MFD_CLOEXEC);
	if (c->packed < 0)
		return error_errno(err, "cannot make a file in memory");
	return write_archive(c, c->packed, 0, &image->size, image->job->progress, err);
}

static int choose_size(struct image *image, struct error *err)
{
	const char *text = config_text(image->section, "size", NULL);
	uint64_t size = image->size;
	bool percent = false;

	if (text)
		config_read_size(text, &size, &percent);
	if (percent || size < image->size)
		return config_error(config_place(image->section, "size"), err,
				    "the archive '%s' has %" PRIu64
				    " bytes: raise size, or leave it out",
				    image->name, image->size);
	image->size = size;
	return 0;
}

static int plan_cpio(struct image *image, struct error *err)
{
	struct cpio *c = calloc(1, sizeof(*c));

	if (!c)
		return error_set(err, "out of memory");
	c->packed = -1;
	image->plan = c;
	if (read_options(c, image, err) < 0 || image_tree(image, true, &c->tree, err) < 0)
		return -1;
	if (count_archive(c, err) < 0)
		return config_error_at(image->place, err);
	image->size = c->plain_size;
	if (c->level >= 0 && pack_archive(c, image, err) < 0)
		return config_error_at(image->place, err);
	return choose_size(image, err);
}

static int write_cpio(const struct image *image, int fd, uint64_t offset, struct progress *progress,
		      struct error *err)
{
	const struct cpio *c = image->plan;
	char path[32];
	uint64_t end;
	off_t size;

	if (c->packed < 0)
		return write_archive(c, fd, offset, &end, progress, err);
	size = lseek(c->packed, 0, SEEK_END);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", c->packed);
	return copy_file(path, 0, (uint64_t)size, fd, offset, progress, err);
}

static void release(struct image *image)
{
	struct cpio *c = image->plan;

	if (!c)
		return;
	if (c->packed >= 0)
		close(c->packed);
	tree_free(c->tree);
	free(c);
	image->plan = NULL;
}

static const struct config_key cpio_keys[] = {
	{ "format", CONFIG_TEXT, NULL },
	{ "extraargs", CONFIG_TEXT, NULL },
	{ "compress", CONFIG_TEXT, NULL },
	{ "spec", CONFIG_TEXT, NULL },
	{ 0 },
};

const struct image_type image_cpio = {
	.name = "cpio",
	.keys = cpio_keys,
	.plan = plan_cpio,
	.write = write_cpio,
	.release = release,
};
