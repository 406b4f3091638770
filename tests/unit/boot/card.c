// SPDX-License-Identifier: GPL-2.0-only
/*
 * An image becomes a card of a size that QEMU takes, and keeps what the guest wrote. What QEMU
 * makes of the overlay is seen in tests/boot.t.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "boot/card.h"

#define MIB (UINT64_C(1) << 20)

static char *make_image(uint64_t size)
{
	char *path = strdup("/tmp/card-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)size), 0);
	close(fd);
	return path;
}

static void drop_image(char *path)
{
	unlink(path);
	free(path);
}

static uint64_t size_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return (uint64_t)st.st_size;
}

static void open_card(struct card *card, const char *path, bool snapshot)
{
	struct error err = { "" };

	if (card_open(card, path, "sd", snapshot, &err) < 0)
		fail_msg("%s", err.text);
}

static void sizes_go_up_to_powers_of_two(void **state)
{
	assert_int_equal(card_round("sd", 0), MIB);
	assert_int_equal(card_round("sd", MIB), MIB);
	assert_int_equal(card_round("sd", 60 * MIB), 64 * MIB);
	assert_int_equal(card_round("sd", 64 * MIB), 64 * MIB);
	assert_int_equal(card_round("sd", 64 * MIB + 1), 128 * MIB);
	assert_int_equal(card_round("sd", 5000 * MIB), 8192 * MIB);
	assert_int_equal(card_round("virtio", 60 * MIB), 60 * MIB);
	assert_int_equal(card_round("virtio", 60 * MIB - 1), 60 * MIB);
}

static void a_snapshot_is_an_overlay_of_the_rounded_size(void **state)
{
	char *path = make_image(5 * MIB);
	uint8_t header[104];
	struct card card;

	open_card(&card, path, true);
	assert_int_equal(card.size, 8 * MIB);
	assert_int_equal(size_of(path), 5 * MIB);
	assert_int_equal(pread(card.overlay.fd, header, sizeof(header), 0), sizeof(header));
	assert_memory_equal(header, "QFI\xfb\0\0\0\3", 8);
	assert_memory_equal(header + 24, "\0\0\0\0\0\x80\0\0", 8);
	assert_non_null(strstr(card.drive, card.overlay.path));
	card_close(&card);
	card_free(&card);
	drop_image(path);
}

static void an_image_that_is_written_grows_and_shrinks_back(void **state)
{
	char *path = make_image(5 * MIB);
	struct card card;

	open_card(&card, path, false);
	assert_true(card.grown);
	assert_int_equal(size_of(path), 8 * MIB);
	card_close(&card);
	assert_false(card.grown);
	assert_int_equal(size_of(path), 5 * MIB);
	card_free(&card);
	drop_image(path);
}

static void what_was_written_behind_the_end_stays(void **state)
{
	char *path = make_image(5 * MIB);
	struct card card;
	int fd;

	open_card(&card, path, false);
	fd = open(path, O_WRONLY);
	assert_int_equal(pwrite(fd, "x", 1, 7 * MIB), 1);
	close(fd);
	card_close(&card);
	assert_true(card.grown);
	assert_int_equal(size_of(path), 8 * MIB);
	card_free(&card);
	drop_image(path);
}

static void a_comma_in_the_name_does_not_end_it(void **state)
{
	static const char path[] = "/tmp/card,with,commas";
	struct card card;
	int fd = open(path, O_CREAT | O_WRONLY, 0600);

	assert_true(fd >= 0);
	close(fd);
	open_card(&card, path, true);
	assert_non_null(strstr(card.drive, "backing.file.filename=/tmp/card,,with,,commas"));
	card_free(&card);
	unlink(path);
}

static void what_cannot_be_a_card_is_refused(void **state)
{
	struct error err = { "" };
	struct card card;

	assert_int_equal(card_open(&card, "/nonexistent/x.img", "sd", true, &err), -1);
	assert_string_equal(err.text, "/nonexistent/x.img: cannot open: No such file or directory");
	assert_int_equal(card_open(&card, "/", "sd", false, &err), -1);
	assert_string_equal(
		err.text,
		"/: cannot open for writing; --snapshot needs no writing: Is a directory");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_go_up_to_powers_of_two),
		cmocka_unit_test(a_snapshot_is_an_overlay_of_the_rounded_size),
		cmocka_unit_test(an_image_that_is_written_grows_and_shrinks_back),
		cmocka_unit_test(what_was_written_behind_the_end_stays),
		cmocka_unit_test(a_comma_in_the_name_does_not_end_it),
		cmocka_unit_test(what_cannot_be_a_card_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
