// SPDX-License-Identifier: GPL-2.0-only
/* The signs of Recommendation ITU-R M.1677-1, part I, section 1, and the distress signal. */
#include "pins/morse.h"

#include <string.h>

/*
 * Where one code stands for several signs (invitation to transmit is K, multiplication is X), the
 * letter is meant.
 */
static const struct {
	const char *code, *sign;
} signs[] = {
	{ ".-", "A" },
	{ "-...", "B" },
	{ "-.-.", "C" },
	{ "-..", "D" },
	{ ".", "E" },
	{ "..-..", "É" },
	{ "..-.", "F" },
	{ "--.", "G" },
	{ "....", "H" },
	{ "..", "I" },
	{ ".---", "J" },
	{ "-.-", "K" },
	{ ".-..", "L" },
	{ "--", "M" },
	{ "-.", "N" },
	{ "---", "O" },
	{ ".--.", "P" },
	{ "--.-", "Q" },
	{ ".-.", "R" },
	{ "...", "S" },
	{ "-", "T" },
	{ "..-", "U" },
	{ "...-", "V" },
	{ ".--", "W" },
	{ "-..-", "X" },
	{ "-.--", "Y" },
	{ "--..", "Z" },
	{ ".----", "1" },
	{ "..---", "2" },
	{ "...--", "3" },
	{ "....-", "4" },
	{ ".....", "5" },
	{ "-....", "6" },
	{ "--...", "7" },
	{ "---..", "8" },
	{ "----.", "9" },
	{ "-----", "0" },
	{ ".-.-.-", "." },
	{ "--..--", "," },
	{ "---...", ":" },
	{ "..--..", "?" },
	{ ".----.", "'" },
	{ "-....-", "-" },
	{ "-..-.", "/" },
	{ "-.--.", "(" },
	{ "-.--.-", ")" },
	{ ".-..-.", "\"" },
	{ "-...-", "=" },
	{ ".-.-.", "+" },
	{ ".--.-.", "@" },
	{ "...-.", "<SN>" },	  /* understood */
	{ "........", "<HH>" },	  /* error */
	{ ".-...", "<AS>" },	  /* wait */
	{ "...-.-", "<SK>" },	  /* end of work */
	{ "-.-.-", "<KA>" },	  /* starting signal */
	{ "...---...", "<SOS>" }, /* distress */
};

const char *morse_sign(const char *code)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (!strcmp(code, signs[i].code))
			return signs[i].sign;
	return NULL;
}
