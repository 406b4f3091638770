// SPDX-License-Identifier: GPL-2.0-only
/* A file appears whole, when it is committed, or not at all, even if the process is killed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/outfile.h"

static char dir[] = "/tmp/ferry-outfile-XXXXXX";
static char path[64];

static int make_dir(void **state)
{
	if (!mkdtemp(dir))
		return -1;
	snprintf(path, sizeof(path), "%s/out", dir);
	return 0;
}

static int remove_dir(void **state)
{
	return rmdir(dir);
}

static int files_in_dir(void)
{
	DIR *d = opendir(dir);
	int n = -2;

	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static void appears_at_the_commit_and_not_before(void **state)
{
	struct outfile out;
	struct error err;
	struct stat st;

	assert_int_equal(outfile_open(&out, path, &err), 0);
	assert_int_equal(write(out.fd, "new", 3), 3);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(outfile_commit(&out, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 3);
	assert_int_equal(files_in_dir(), 1);

	/* It replaces what is there. */
	assert_int_equal(outfile_open(&out, path, &err), 0);
	assert_int_equal(write(out.fd, "newer", 5), 5);
	assert_int_equal(outfile_commit(&out, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 5);
	assert_int_equal(files_in_dir(), 1);
	unlink(path);
}

static void an_abort_leaves_nothing(void **state)
{
	struct outfile out;
	struct error err;

	assert_int_equal(outfile_open(&out, path, &err), 0);
	assert_int_equal(write(out.fd, "new", 3), 3);
	outfile_abort(&out);
	assert_int_equal(files_in_dir(), 0);
	outfile_abort(&out);
}

static void a_killed_process_leaves_nothing(void **state)
{
	struct outfile out;
	struct error err;
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (outfile_open(&out, path, &err) < 0 || write(out.fd, "new", 3) != 3)
			_exit(1);
		raise(SIGKILL);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(files_in_dir(), 0);
}

static void a_directory_that_is_not_there_is_an_error(void **state)
{
	struct outfile out;
	struct error err;

	assert_int_equal(outfile_open(&out, "/nonexistent/out", &err), -1);
	assert_string_equal(err.text, "/nonexistent/out: cannot create: No such file or directory");
}

static void a_commit_over_a_directory_fails_and_cleans_up(void **state)
{
	struct outfile out;
	struct error err;

	assert_int_equal(outfile_open(&out, path, &err), 0);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(outfile_commit(&out, &err), -1);
	assert_non_null(strstr(err.text, "cannot write: Is a directory"));
	assert_int_equal(files_in_dir(), 1);
	rmdir(path);
}

static void only_files_are_replaced(void **state)
{
	struct outfile out;
	struct error err;
	struct stat st;

	assert_int_equal(mkfifo(path, 0666), 0);
	assert_int_equal(outfile_open(&out, path, &err), -1);
	assert_non_null(
		strstr(err.text, "out: is a device or a pipe, and only a file can be replaced"));
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	unlink(path);
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(outfile_open(&out, path, &err), -1);
	assert_non_null(strstr(err.text, "out: is a directory"));
	rmdir(path);
	assert_int_equal(files_in_dir(), 0);
}

static void a_link_stays_and_its_target_is_replaced(void **state)
{
	char target[80];
	struct outfile out;
	struct error err;
	struct stat st;

	snprintf(target, sizeof(target), "%s/target", dir);
	assert_int_equal(symlink("target", path), 0);
	fclose(fopen(target, "w"));
	assert_int_equal(outfile_open(&out, path, &err), 0);
	assert_int_equal(write(out.fd, "new", 3), 3);
	assert_int_equal(outfile_commit(&out, &err), 0);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(target, &st), 0);
	assert_int_equal(st.st_size, 3);
	unlink(path);
	unlink(target);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(appears_at_the_commit_and_not_before),
		cmocka_unit_test(an_abort_leaves_nothing),
		cmocka_unit_test(a_killed_process_leaves_nothing),
		cmocka_unit_test(a_directory_that_is_not_there_is_an_error),
		cmocka_unit_test(a_commit_over_a_directory_fails_and_cleans_up),
		cmocka_unit_test(only_files_are_replaced),
		cmocka_unit_test(a_link_stays_and_its_target_is_replaced),
	};

	return cmocka_run_group_tests_name("outfile", tests, make_dir, remove_dir);
}
