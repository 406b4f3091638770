// SPDX-License-Identifier: GPL-2.0-only
/*
 * A tree's children are sorted, its paths are found, and a host directory is read as it is
 * (image/tree/tree.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include <cmocka.h>

#include "image/tree/tree.h"

#define NEWEST 1000000000

static int make_directory(void **state)
{
	char template[] = "/tmp/tree-test.XXXXXX";

	if (!mkdtemp(template) || chdir(template) < 0)
		return -1;
	*state = strdup(template);
	return *state ? 0 : -1;
}

static int remove_directory(void **state)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", (char *)*state);
	free(*state);
	return chdir("/") < 0 ? -1 : system(command);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void children_are_sorted_by_bytes(void **state)
{
	static const char *const names[] = { "b", "a", "\303\244", "B", "ab", "a.b", "c", "0" };
	static const char *const sorted[] = { "0", "B", "a", "a.b", "ab", "b", "c", "\303\244" };
	struct tree_node *root = tree_new(5);

	for (size_t i = 0; i < 8; i++)
		assert_non_null(tree_add(root, names[i], S_IFREG | 0644, NULL));
	assert_int_equal(root->children, 8);
	for (size_t i = 0; i < 8; i++) {
		assert_string_equal(root->child[i]->name, sorted[i]);
		assert_ptr_equal(tree_child(root, sorted[i], strlen(sorted[i])), root->child[i]);
	}
	assert_null(tree_child(root, "abc", 3));
	assert_ptr_equal(tree_child(root, "abc", 1), root->child[2]);
	tree_free(root);
}

static void a_name_twice_is_an_error_but_for_directories(void **state)
{
	struct tree_node *root = tree_new(0), *dir = tree_add(root, "d", S_IFDIR | 0755, NULL);
	struct error err;

	assert_ptr_equal(tree_add(root, "d", S_IFDIR | 0700, &err), dir);
	assert_non_null(tree_add(dir, "f", S_IFREG | 0644, &err));
	assert_null(tree_add(dir, "f", S_IFREG | 0644, &err));
	assert_string_equal(err.text, "/d/f is there twice");
	tree_free(root);
}

static void paths_are_cut_at_the_start(void **state)
{
	struct tree_node *root = tree_new(0),
			 *dir = tree_add(root, "directory", S_IFDIR | 0755, NULL);
	struct tree_node *file = tree_add(dir, "file", S_IFREG | 0644, NULL);
	char buf[64], small[10];

	assert_string_equal(tree_path(root, buf, sizeof(buf)), "/");
	assert_string_equal(tree_path(file, buf, sizeof(buf)), "/directory/file");
	assert_string_equal(tree_path(file, small, sizeof(small)), ".../file");
	tree_free(root);
}

static void removal_keeps_the_others(void **state)
{
	struct tree_node *root = tree_new(0);
	char name[16];

	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "n%02d", i);
		assert_non_null(tree_add(root, name, S_IFREG | 0644, NULL));
	}
	while (root->children > 3)
		tree_remove(root->child[1]);
	assert_string_equal(root->child[0]->name, "n00");
	assert_string_equal(root->child[1]->name, "n18");
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "m%02d", i);
		assert_non_null(tree_add(root, name, S_IFREG | 0644, NULL));
	}
	assert_int_equal(root->children, 23);
	tree_free(root);
}

static void a_directory_is_read_as_it_is(void **state)
{
	struct tree_node *root = tree_new(NEWEST), *file;
	struct timeval old[2] = { { 500000000, 0 }, { 500000000, 0 } };
	struct error err;

	assert_int_equal(mkdir("sub", 0755), 0);
	write_file("sub/old", "12345");
	assert_int_equal(chmod("sub/old", 04750), 0);
	assert_int_equal(utimes("sub/old", old), 0);
	write_file("new", "1");
	assert_int_equal(link("sub/old", "sub/same"), 0);
	assert_int_equal(symlink("../new", "sub/link"), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(tree_add_directory(root, ".", NEWEST, &err), 0);
	assert_int_equal(root->children, 3);
	assert_int_equal(tree_child(root, "new", 3)->mtime, NEWEST);
	assert_true(S_ISFIFO(tree_child(root, "pipe", 4)->mode));
	root->child[0]->uid = 1;
	file = tree_child(tree_child(root, "sub", 3), "old", 3);
	assert_int_equal(file->mode, S_IFREG | 04750);
	assert_int_equal(file->size, 5);
	assert_int_equal(file->uid, 0);
	assert_int_equal(file->mtime, 500000000);
	assert_string_equal(file->source, "./sub/old");
	assert_int_equal(file->parent->mtime, NEWEST);
	assert_ptr_equal(tree_child(file->parent, "same", 4)->hardlink, file);
	assert_string_equal(tree_child(file->parent, "link", 4)->target, "../new");
	tree_free(root);
}

static void a_socket_is_refused(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "socket" };
	struct tree_node *root = tree_new(0);
	struct error err;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(tree_add_directory(root, ".", NEWEST, &err), -1);
	assert_string_equal(err.text, "./socket: a socket cannot be put into an image: remove it");
	close(fd);
	tree_free(root);
}

static void a_digest_is_of_attributes(void **state)
{
	struct tree_node *a = tree_new(0), *b = tree_new(0);

	tree_add(a, "x", S_IFREG | 0644, NULL);
	tree_add(b, "x", S_IFREG | 0644, NULL);
	assert_true(tree_digest(a, 1) == tree_digest(b, 1));
	assert_true(tree_digest(a, 1) != tree_digest(b, 2));
	b->child[0]->uid = 1;
	assert_true(tree_digest(a, 1) != tree_digest(b, 1));
	tree_free(a);
	tree_free(b);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(children_are_sorted_by_bytes),
		cmocka_unit_test(a_name_twice_is_an_error_but_for_directories),
		cmocka_unit_test(paths_are_cut_at_the_start),
		cmocka_unit_test(removal_keeps_the_others),
		IN_DIRECTORY(a_directory_is_read_as_it_is),
		IN_DIRECTORY(a_socket_is_refused),
		cmocka_unit_test(a_digest_is_of_attributes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
