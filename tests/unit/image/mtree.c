// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entries of a specification change and add nodes of a tree, and every fault has its line
 * (image/tree/mtree.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "image/tree/mtree.h"

#define NEWEST 1000

/* /etc with the file motd, and /bin. */
static int make_tree(void **state)
{
	struct tree_node *root = tree_new(0), *etc = tree_add(root, "etc", S_IFDIR | 0755, NULL);

	*state = root;
	tree_add(root, "bin", S_IFDIR | 0755, NULL);
	return tree_add(etc, "motd", S_IFREG | 0644, NULL) ? 0 : -1;
}

static int free_tree(void **state)
{
	tree_free(*state);
	return 0;
}

static int apply(struct tree_node *root, const char *prefix, const char *text, struct error *err)
{
	return mtree_apply(root, text, strlen(text), "s", prefix, "/etc", NEWEST, err);
}

static struct tree_node *get(struct tree_node *root, const char *dir, const char *name)
{
	struct tree_node *d = tree_child(root, dir, strlen(dir));

	return d ? tree_child(d, name, strlen(name)) : NULL;
}

static void entries_change_what_is_there(void **state)
{
	struct tree_node *motd = get(*state, "etc", "motd");
	struct error err;

	assert_int_equal(
		apply(*state, "",
		      "# comment\n\n./etc/motd mode=0600 uid=7 gname=root time=55.9 # end\n", &err),
		0);
	assert_int_equal(motd->mode, S_IFREG | 0600);
	assert_int_equal(motd->uid, 7);
	assert_int_equal(motd->gid, 0);
	assert_int_equal(motd->mtime, 55);
}

static void entries_add_what_is_not(void **state)
{
	struct tree_node *node;
	struct error err;

	assert_int_equal(apply(*state, "",
			       "/set uid=3 mode=0711\n./dev type=dir\n./dev/null type=char "
			       "device=native,1,3 mode=0666\n"
			       "./dev/sda type=block device=8,0\n./dev/log type=fifo\n./etc/l "
			       "type=link link=a\\040b\n"
			       "/unset uid mode\n./etc/e type=file size=0\n./etc/p contents=passwd "
			       "type=file\n",
			       &err),
			 0);
	node = tree_child(*state, "dev", 3);
	assert_int_equal(node->mode, S_IFDIR | 0711);
	assert_int_equal(node->uid, 3);
	node = get(*state, "dev", "null");
	assert_int_equal(node->mode, S_IFCHR | 0666);
	assert_int_equal(node->major, 1);
	assert_int_equal(node->minor, 3);
	assert_int_equal(get(*state, "dev", "sda")->mode, S_IFBLK | 0711);
	assert_int_equal(get(*state, "dev", "log")->mode, S_IFIFO | 0711);
	assert_string_equal(get(*state, "etc", "l")->target, "a b");
	node = get(*state, "etc", "e");
	assert_int_equal(node->mode, S_IFREG | 0644);
	assert_int_equal(node->uid, 0);
	node = get(*state, "etc", "p");
	assert_string_equal(node->source, "/etc/passwd");
	assert_true(node->size > 0);
	assert_int_equal(node->mtime, NEWEST);
}

static void names_without_slash_follow_directories(void **state)
{
	struct error err;

	assert_int_equal(apply(*state, "",
			       ". type=dir\n    etc type=dir\n\tmotd mode=0400\n\tsub type=dir\n  "
			       "x size=0 type=file\n..\n"
			       "y size=0 type=file\n ..\nbin mode=0700\n..\n",
			       &err),
			 0);
	assert_int_equal(get(*state, "etc", "motd")->mode, S_IFREG | 0400);
	assert_non_null(tree_child(get(*state, "etc", "sub"), "x", 1));
	assert_non_null(get(*state, "etc", "y"));
	assert_int_equal(tree_child(*state, "bin", 3)->mode, S_IFDIR | 0700);
}

static void a_prefix_selects(void **state)
{
	struct tree_node *root = tree_new(0);
	struct error err;

	assert_non_null(root);
	assert_int_equal(apply(root, "boot/fw",
			       "./boot type=dir\n./boot/fw type=dir mode=0700\n./boot/fw/x "
			       "type=file size=0\n"
			       "./boot/fwother type=dir\n./etc/nothing mode=0600\n",
			       &err),
			 0);
	assert_int_equal(root->mode, S_IFDIR | 0700);
	assert_int_equal(root->children, 1);
	assert_string_equal(root->child[0]->name, "x");
	tree_free(root);
}

static void lines_go_on_after_a_backslash(void **state)
{
	struct error err;

	assert_int_equal(apply(*state, "", "./etc/motd \\\n mode=0640 \\\n uid=9\n./none mode=1\n",
			       &err),
			 -1);
	assert_string_equal(
		err.text, "s:4: none: it is not in the directory, and has no type= to make it by");
	assert_int_equal(get(*state, "etc", "motd")->mode, S_IFREG | 0640);
	assert_int_equal(get(*state, "etc", "motd")->uid, 9);
}

static void faults_name_the_line(void **state)
{
	static const struct {
		const char *text, *message;
	} faults[] = {
		{ "\n./etc/motd mode=0999",
		  "s:2: etc/motd: mode: '0999' is no octal mode such as 0755" },
		{ "./etc/motd mode=u+x",
		  "s:1: etc/motd: mode: 'u+x' is no octal mode such as 0755" },
		{ "./etc/motd uid=x", "s:1: etc/motd: uid: 'x' is no number from 0 to 4294967294" },
		{ "./etc/motd uname=pi",
		  "s:1: etc/motd: uname: only 'root' has a known number: give uid= for 'pi'" },
		{ "./etc/motd color=red",
		  "s:1: etc/motd: 'color' is no keyword of mtree that ferry knows" },
		{ "./etc/motd mode", "s:1: etc/motd: mode= needs a value" },
		{ "./etc/motd type=dir", "s:1: etc/motd: it is there as type=file, not type=dir" },
		{ "./x type=sock",
		  "s:1: x: type: 'sock' is no type; known are file, dir, link, char, block, fifo" },
		{ "./x type=link", "s:1: x: a new link needs link=TARGET" },
		{ "./x type=char", "s:1: x: a new device node needs device=MAJOR,MINOR" },
		{ "./x type=char device=5",
		  "s:1: x: device: '5' is no device such as 5,1 or native,5,1" },
		{ "./x type=file",
		  "s:1: x: there is no such file; contents=FILE or size=0 would make it" },
		{ "./x type=file contents=nosuch",
		  "s:1: x: contents: /etc/nosuch: No such file or directory" },
		{ "./a/b type=dir",
		  "s:1: a/b: its directory is not there: list that before it, with type=dir" },
		{ "./etc/../x type=dir", "s:1: a path with `..` in it" },
		{ "..", "s:1: a `..` too many" },
		{ "/etc/motd mode=0644",
		  "s:1: '/etc/motd' is neither /set nor /unset, and paths start with ./" },
		{ "./a\\400 type=dir", "s:1: a bad escape sequence in a name: \\400" },
		{ "/set size", "s:1: size= needs a value" },
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct error err;

		assert_int_equal(apply(*state, "", faults[i].text, &err), -1);
		assert_string_equal(err.text, faults[i].message);
	}
}

static void attributes_of_a_hard_link_are_the_files(void **state)
{
	struct tree_node *link = tree_add(tree_child(*state, "bin", 3), "m", S_IFREG | 0644, NULL);
	struct error err;

	assert_non_null(link);
	link->hardlink = get(*state, "etc", "motd");
	assert_int_equal(apply(*state, "", "./bin/m uid=12\n", &err), 0);
	assert_int_equal(link->hardlink->uid, 12);
}

#define WITH_TREE(test) cmocka_unit_test_setup_teardown(test, make_tree, free_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TREE(entries_change_what_is_there),
		WITH_TREE(entries_add_what_is_not),
		WITH_TREE(names_without_slash_follow_directories),
		WITH_TREE(a_prefix_selects),
		WITH_TREE(lines_go_on_after_a_backslash),
		WITH_TREE(faults_name_the_line),
		WITH_TREE(attributes_of_a_hard_link_are_the_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
