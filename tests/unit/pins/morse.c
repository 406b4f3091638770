// SPDX-License-Identifier: GPL-2.0-only
/*
 * Morse code is read back: every sign, at any speed, sloppily keyed; and tones that are no Morse
 * are none.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "edges.h"
#include "pins/morse.h"

#define UNIT (60 * MS) /* 20 words per minute */

/* Marks keyed from text in codes: "... --- ..." with "/ " between words. */
struct keyer {
	struct mark marks[2000];
	size_t count;
	double now;
	double frequency;
	double slop; /* marks longer, gaps shorter by this share of a unit in turn */
};

static struct keyer k;

static void key(const char *codes, double unit)
{
	for (; *codes; codes++) {
		double length;

		if (*codes == ' ' || *codes == '/') {
			k.now += (*codes == ' ' ? 2 : 4) * unit;
			continue;
		}
		length = (*codes == '.' ? 1 : 3) * unit;
		length += k.slop * unit * (k.count % 2 ? 1 : -1);
		k.marks[k.count++] =
			(struct mark){ (uint64_t)k.now, (uint64_t)(k.now + length), k.frequency };
		k.now += length + unit;
	}
}

static void begin(void)
{
	memset(&k, 0, sizeof(k));
	k.now = 1e9;
}

static struct morse_message *messages;
static size_t count;

static void read_marks(double unit)
{
	struct error err;

	assert_int_equal(morse_read(&messages, &count, k.marks, k.count, unit, &err), 0);
}

static void sos_is_read(void **state)
{
	begin();
	k.frequency = 600;
	key("... --- ...", UNIT);
	read_marks(0);
	assert_int_equal(count, 1);
	assert_string_equal(messages[0].text, "SOS");
	assert_int_equal(messages[0].start, 1000 * MS);
	assert_float_equal(messages[0].unit, UNIT, 1);
	assert_float_equal(morse_wpm(messages[0].unit), 20, 1e-6);
	assert_float_equal(messages[0].frequency, 600, 1e-9);
	assert_int_equal(messages[0].marks, 9);
	morse_free(messages, count);
}

static void every_sign_is_read(void **state)
{
	begin();
	key(".- -... -.-. -.. . ..-../ ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... "
	    "- ..- ...- .-- -..- "
	    "-.-- --..",
	    UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, "ABCDEÉ FGHIJKLMNOPQRSTUVWXYZ");
	morse_free(messages, count);
	begin();
	key(".---- ..--- ...-- ....- ..... -.... --... ---.. ----. -----", UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, "1234567890");
	morse_free(messages, count);
	begin();
	key(".-.-.- --..-- ---... ..--.. .----. -....- -..-. -.--. -.--.- .-..-. -...- .-.-. "
	    ".--.-.",
	    UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, ".,:?'-/()\"=+@");
	morse_free(messages, count);
	begin();
	key("...-. ........ .-... ...-.- -.-.- ...---...", UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, "<SN><HH><AS><SK><KA><SOS>");
	morse_free(messages, count);
}

static void words_are_parted(void **state)
{
	begin();
	key(".--. .- .-. .. .../ .--. .- .-. .. ...", UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, "PARIS PARIS");
	morse_free(messages, count);
}

static void any_speed_is_estimated(void **state)
{
	for (double wpm = 5; wpm <= 60; wpm += 5) {
		begin();
		key("-.-. --.-/ -.. ./ ..-. .", 1.2e9 / wpm);
		read_marks(0);
		assert_int_equal(count, 1);
		assert_string_equal(messages[0].text, "CQ DE FE");
		assert_float_equal(morse_wpm(messages[0].unit), wpm, wpm * 0.01);
		morse_free(messages, count);
	}
}

static void sloppy_keying_is_read(void **state)
{
	begin();
	k.slop = 0.3;
	key("-- --- .-. ... ./ -.-. --- -.. .", UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, "MORSE CODE");
	morse_free(messages, count);
}

static void an_unknown_sign_is_a_question_mark(void **state)
{
	begin();
	key("... ..-.-.. ---", UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, "S?O");
	morse_free(messages, count);
	begin();
	key(".................... .-", UNIT);
	read_marks(0);
	assert_string_equal(messages[0].text, "?A");
	morse_free(messages, count);
}

static void a_long_tone_is_no_morse(void **state)
{
	begin();
	k.frequency = 600;
	k.marks[k.count++] = (struct mark){ 0, 1000 * MS, 600 };
	k.now = 1300e6;
	key("... --- ...", UNIT);
	read_marks(0);
	assert_int_equal(count, 1);
	assert_string_equal(messages[0].text, "SOS");
	morse_free(messages, count);
}

static void each_frequency_and_each_pause_begins_a_message(void **state)
{
	begin();
	k.frequency = 600;
	key(".- -...", UNIT);
	k.now += 200e6;
	k.frequency = 900;
	key("-.-. -..", UNIT / 2);
	k.now += 5e9;
	key("..-. --.", UNIT);
	read_marks(0);
	assert_int_equal(count, 3);
	assert_string_equal(messages[0].text, "AB");
	assert_string_equal(messages[1].text, "CD");
	assert_float_equal(morse_wpm(messages[1].unit), 40, 1e-3);
	assert_string_equal(messages[2].text, "FG");
	morse_free(messages, count);
}

static void one_mark_needs_a_given_unit(void **state)
{
	begin();
	key("-", UNIT);
	read_marks(0);
	assert_int_equal(count, 0);
	morse_free(messages, count);
	read_marks(UNIT);
	assert_int_equal(count, 1);
	assert_string_equal(messages[0].text, "T");
	morse_free(messages, count);
}

/*
 * Even marks, few and many, and a group of them between pauses, are a blink; with a given unit they
 * are dots.
 */
static void a_blink_is_no_morse(void **state)
{
	static const char *const blinks[] = { "..", "... ... ...", "--", "................" };

	for (size_t i = 0; i < sizeof(blinks) / sizeof(blinks[0]); i++) {
		begin();
		key(blinks[i], UNIT);
		read_marks(0);
		assert_int_equal(count, 0);
		morse_free(messages, count);
	}
	read_marks(UNIT);
	assert_int_equal(count, 1);
	morse_free(messages, count);
}

/* Short and long, but never one to three. */
static void other_lengths_are_no_morse(void **state)
{
	begin();
	for (int i = 0; i < 10; i++) {
		double length = (i % 2 ? 1.9 : 1) * UNIT;

		k.marks[k.count++] =
			(struct mark){ (uint64_t)k.now, (uint64_t)(k.now + length), 0 };
		k.now += length + 1.9 * UNIT;
	}
	k.marks[4].end += (uint64_t)UNIT;
	read_marks(0);
	assert_int_equal(count, 0);
	morse_free(messages, count);
}

static void nothing_is_no_message(void **state)
{
	begin();
	read_marks(0);
	assert_int_equal(count, 0);
	morse_free(messages, count);
	k.marks[k.count++] = (struct mark){ 5, 5, 0 };
	k.marks[k.count++] = (struct mark){ 5, 5, 0 };
	read_marks(0);
	assert_int_equal(count, 0);
	morse_free(messages, count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sos_is_read),
		cmocka_unit_test(every_sign_is_read),
		cmocka_unit_test(words_are_parted),
		cmocka_unit_test(any_speed_is_estimated),
		cmocka_unit_test(sloppy_keying_is_read),
		cmocka_unit_test(an_unknown_sign_is_a_question_mark),
		cmocka_unit_test(a_long_tone_is_no_morse),
		cmocka_unit_test(each_frequency_and_each_pause_begins_a_message),
		cmocka_unit_test(one_mark_needs_a_given_unit),
		cmocka_unit_test(a_blink_is_no_morse),
		cmocka_unit_test(other_lengths_are_no_morse),
		cmocka_unit_test(nothing_is_no_message),
	};

	return cmocka_run_group_tests_name("pins/morse", tests, NULL, NULL);
}
