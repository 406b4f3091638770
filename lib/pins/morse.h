/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reads Morse code, Recommendation ITU-R M.1677-1, from a pin: keyed tones, or a pin that is simply
 * high for a mark. The length of a dot is estimated for each message.
 */
#ifndef LIB_PINS_MORSE_H
#define LIB_PINS_MORSE_H

#include <stddef.h>

#include "pins/tones.h"

/* A time that the key is down. */
struct mark {
	uint64_t start, end;
	double frequency; /* Hz; 0 for a plain level */
};

struct morse_message {
	uint64_t start, end;
	double frequency; /* mean over the marks */
	size_t marks;	  /* how many it is made of */
	double unit;	  /* length of a dot, in the recording's unit */
	char *text; /* capital letters; `<SK>` and the like for signals without a letter; `?` for no
		       known sign */
};

/* The words per minute that a dot of UNIT ns gives ("PARIS " is 50 units). */
double morse_wpm(double unit);

/*
 * Reads the marks, which are in order, as messages. UNIT is the length of a dot, or 0 to estimate
 * it; then a message needs dots and dashes both, of lengths that fit. The caller passes *MESSAGES
 * to morse_free. Returns 0, or -1 with ERR set when out of memory.
 */
int morse_read(struct morse_message **messages, size_t *count, const struct mark *marks,
	       size_t mark_count, double unit, struct error *err);
void morse_free(struct morse_message *messages, size_t count);

/* The sign for a string of dots and dashes, or NULL. */
const char *morse_sign(const char *code);

/*
 * The marks of a pin: its tones, joined where one follows another of the same frequency; when there
 * are no tones, the times that it is high. The caller frees *MARKS.
 */
int morse_marks(struct mark **marks, size_t *count, const struct recording *rec, unsigned int pin,
		struct window window, const struct tone *tones, size_t tone_count,
		struct error *err);

#endif
