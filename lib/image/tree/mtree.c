// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applies a specification in mtree format to a tree: see mtree.h. The keywords' meanings are in
 * mtree-keywords.c.
 */
#include "image/tree/mtree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "image/tree/mtree-keywords.h"

#define PATH_SIZE 4096

struct spec {
	struct tree_node *root;
	const char *name, *prefix, *directory;
	int64_t newest;
	struct error *err;
	int line;		     /* of the entry, counted from 1 */
	char cwd[PATH_SIZE];	     /* of entries without a slash, "" for the root */
	int dots;		     /* `.` entries that a `..` can close */
	struct mtree_attributes set; /* by /set */
};

static int at_line(struct spec *s)
{
	return error_prefix(s->err, "%s:%d", s->name, s->line);
}

/* --- Finding and making nodes --- */

/*
 * Goes from the root to the directory of PATH; *NAME is its last part. NULL with ERR set where it
 * is not there.
 */
static struct tree_node *find_parent(struct spec *s, const char *path, const char **name)
{
	struct tree_node *dir = s->root;
	const char *slash;

	for (; (slash = strchr(path, '/')) != NULL; path = slash + 1) {
		struct tree_node *next = tree_child(dir, path, (size_t)(slash - path));

		if (!next || !S_ISDIR(next->mode)) {
			error_set(s->err,
				  "its directory is not there: list that before it, with type=dir");
			return NULL;
		}
		dir = next;
	}
	*name = path;
	return dir;
}

static const char *type_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "file";
	case S_IFDIR:
		return "dir";
	case S_IFLNK:
		return "link";
	case S_IFCHR:
		return "char";
	case S_IFBLK:
		return "block";
	default:
		return "fifo";
	}
}

/* What a new entry must say beyond its type. */
static int check_new(const struct mtree_attributes *a, struct error *err)
{
	if (!a->type)
		return error_set(err, "it is not in the directory, and has no type= to make it by");
	if (a->type == S_IFLNK && !a->link)
		return error_set(err, "a new link needs link=TARGET");
	if ((a->type == S_IFCHR || a->type == S_IFBLK) && !a->has_device)
		return error_set(err, "a new device node needs device=MAJOR,MINOR");
	if (a->type == S_IFREG && !a->contents && !(a->has_size && a->size == 0))
		return error_set(err,
				 "there is no such file; contents=FILE or size=0 would make it");
	return 0;
}

static int replace_text(char **to, const char *text, struct error *err)
{
	char *copy = strdup(text);

	if (!copy)
		return error_set(err, "out of memory");
	free(*to);
	*to = copy;
	return 0;
}

static int set_contents(struct spec *s, struct tree_node *node, const char *contents)
{
	struct stat st;
	char *path;
	int rc;

	if (asprintf(&path, "%s%s%s", contents[0] == '/' ? "" : s->directory,
		     contents[0] == '/' ? "" : "/", contents) < 0)
		return error_set(s->err, "out of memory");
	if (stat(path, &st) < 0) {
		rc = error_errno(s->err, "contents: %s", path);
	} else if (!S_ISREG(st.st_mode)) {
		rc = error_set(s->err, "contents: %s: not a regular file", path);
	} else {
		node->size = node->stored = (uint64_t)st.st_size;
		node->mtime = st.st_mtime < s->newest ? st.st_mtime : s->newest;
		rc = replace_text(&node->source, path, s->err);
	}
	free(path);
	return rc;
}

static int set_attributes(struct spec *s, struct tree_node *node, const struct mtree_attributes *a)
{
	if (node->hardlink)
		node = node->hardlink;
	if (a->contents && S_ISREG(node->mode) && set_contents(s, node, a->contents) < 0)
		return -1;
	if (a->link && S_ISLNK(node->mode) && replace_text(&node->target, a->link, s->err) < 0)
		return -1;
	if (a->has_mode && !S_ISLNK(node->mode))
		node->mode = (node->mode & S_IFMT) | a->mode;
	if (a->has_uid)
		node->uid = a->uid;
	if (a->has_gid)
		node->gid = a->gid;
	if (a->has_time)
		node->mtime = a->time;
	if (a->has_device && (S_ISCHR(node->mode) || S_ISBLK(node->mode))) {
		node->major = a->major;
		node->minor = a->minor;
	}
	return 0;
}

static mode_t default_mode(mode_t type)
{
	if (type == S_IFLNK)
		return S_IFLNK | 0777;
	return type | (type == S_IFDIR ? 0755 : type == S_IFREG ? 0644 : 0600);
}

/* Applies an entry whose path is relative to the tree's root; "" is the root. */
static int apply_entry(struct spec *s, const char *path, const struct mtree_attributes *a)
{
	struct tree_node *dir, *node = s->root;
	const char *name;

	if (*path) {
		dir = find_parent(s, path, &name);
		if (!dir)
			return a->optional ? 0 : -1;
		node = tree_child(dir, name, strlen(name));
		if (!node && a->optional)
			return 0;
		if (!node) {
			if (check_new(a, s->err) < 0)
				return -1;
			node = tree_add(dir, name, default_mode(a->type), s->err);
			if (!node)
				return -1;
		}
	}
	if (a->type && (node->mode & S_IFMT) != a->type)
		return error_set(s->err, "it is there as type=%s, not type=%s",
				 type_name(node->mode), type_name(a->type));
	if (!node->line)
		node->line = s->line;
	return set_attributes(s, node, a);
}

/* --- Paths --- */

/* The part of PATH below the prefix, or NULL where it is outside. */
static const char *below_prefix(const struct spec *s, const char *path)
{
	size_t len = strlen(s->prefix);

	if (!len)
		return path;
	if (strncmp(path, s->prefix, len) != 0 || (path[len] && path[len] != '/'))
		return NULL;
	return path + len + (path[len] == '/');
}

/* Writes PATH without `.` and empty parts; a `..` in it is refused. */
static int clean_path(const char *path, char out[PATH_SIZE], struct error *err)
{
	size_t n = 0;

	for (;;) {
		size_t len = strcspn(path, "/");

		if (len == 2 && path[0] == '.' && path[1] == '.')
			return error_set(err, "a path with `..` in it");
		if (len > 0 && !(len == 1 && path[0] == '.')) {
			if (n + len + 2 > PATH_SIZE)
				return error_set(err, "a path of more than %d bytes",
						 PATH_SIZE - 2);
			if (n)
				out[n++] = '/';
			memcpy(out + n, path, len);
			n += len;
		}
		if (!path[len])
			break;
		path += len + 1;
	}
	out[n] = '\0';
	return 0;
}

/* `..` leaves the directory that an entry without a slash has entered. */
static int leave_directory(struct spec *s)
{
	char *slash = strrchr(s->cwd, '/');

	if (slash)
		*slash = '\0';
	else if (*s->cwd)
		*s->cwd = '\0';
	else if (s->dots > 0)
		s->dots--;
	else
		return error_set(s->err, "a `..` too many");
	return 0;
}

/*
 * Sets PATH to the full path of an entry called WORD. An entry with a slash is a full path already.
 */
static int entry_path(struct spec *s, const char *word, char path[PATH_SIZE])
{
	char full[2 * PATH_SIZE];

	if (strchr(word, '/'))
		return clean_path(word, path, s->err);
	snprintf(full, sizeof(full), "%s/%s", s->cwd, word);
	return clean_path(full, path, s->err);
}

/* --- Lines --- */

static int do_entry(struct spec *s, const char *word, char *rest)
{
	struct mtree_attributes a = s->set;
	char path[PATH_SIZE] = { 0 };
	const char *below;
	int rc;

	if (strcmp(word, "..") == 0)
		return leave_directory(s);
	if (strlen(word) >= PATH_SIZE)
		return error_set(s->err, "a path of more than %d bytes", PATH_SIZE - 2);
	if (entry_path(s, word, path) < 0)
		return -1;
	rc = mtree_keywords_read(&a, rest, s->err);
	below = below_prefix(s, path);
	if (rc == 0 && below)
		rc = apply_entry(s, below, &a);
	if (rc < 0)
		return error_prefix(s->err, "%s", *path ? path : ".");
	if (a.type == S_IFDIR && !strchr(word, '/')) {
		if (!*path)
			s->dots++;
		else
			memcpy(s->cwd, path, sizeof(path));
	}
	return 0;
}

static int do_line(struct spec *s, char *line)
{
	char *word = mtree_next_word(&line);
	int rc;

	if (!word || word[0] == '#')
		return 0;
	if (strcmp(word, "/set") == 0)
		rc = mtree_keywords_read(&s->set, line, s->err);
	else if (strcmp(word, "/unset") == 0)
		rc = mtree_keywords_unset(&s->set, line, s->err);
	else if (word[0] == '/')
		rc = error_set(s->err, "'%s' is neither /set nor /unset, and paths start with ./",
			       word);
	else
		rc = mtree_decode(word, s->err) < 0 ? -1 : do_entry(s, word, line);
	return rc < 0 ? at_line(s) : 0;
}

/* Joins a line with those that it continues on, in place; *LINES is how many they are. */
static char *join_lines(char *text, int *lines)
{
	char *from = text, *to = text;

	*lines = 1;
	for (; *from && *from != '\n'; from++) {
		if (from[0] == '\\' && from[1] == '\n') {
			*to++ = ' ';
			from++;
			(*lines)++;
		} else {
			*to++ = *from;
		}
	}
	if (*from)
		from++;
	*to = '\0';
	return from;
}

int mtree_apply(struct tree_node *root, const char *text, size_t len, const char *name,
		const char *prefix, const char *directory, int64_t newest, struct error *err)
{
	struct spec *s = calloc(1, sizeof(*s));
	char *copy = strndup(text, len), *at = copy;
	struct error own = { "" };
	int lines = 1, rc = 0;

	if (!s || !copy) {
		free(s);
		free(copy);
		return error_set(err, "out of memory");
	}
	s->root = root;
	s->name = name;
	s->prefix = prefix;
	s->directory = directory;
	s->newest = newest;
	s->err = err ? err : &own;
	s->line = 1;
	if (strlen(copy) != len)
		rc = error_set(err, "%s: a zero byte in it: this is no text file", name);
	for (; rc == 0 && *at; s->line += lines) {
		char *line = at;

		at = join_lines(line, &lines);
		rc = do_line(s, line);
	}
	free(copy);
	free(s);
	return rc;
}
