// SPDX-License-Identifier: GPL-2.0-only
/* The functions of makefiles on texts and words. Words keep the tags of their conditions. */
#include "pick/make-words.h"

#include <stdlib.h>
#include <string.h>

const char *make_arg(const struct make_args *a, size_t i)
{
	return i < a->count && a->text[i].buf ? a->text[i].buf : "";
}

size_t make_arg_len(const struct make_args *a, size_t i)
{
	return i < a->count ? a->text[i].len : 0;
}

struct make_words_of make_words_of(const struct make_args *a, size_t i)
{
	const char *text = make_arg(a, i);

	return (struct make_words_of){ .at = text, .end = text + make_arg_len(a, i) };
}

bool make_next(struct make_words_of *w)
{
	w->tag = make_next_word(&w->at, w->end, &w->len);
	if (!w->tag)
		return false;
	w->tag_len = make_tag(w->tag, w->len);
	w->word = w->tag + w->tag_len;
	w->len -= w->tag_len;
	return true;
}

static void add_word(struct strbuf *out, size_t start, const struct make_words_of *w,
		     const char *text, size_t len)
{
	if (out->len > start)
		strbuf_puts(out, " ");
	strbuf_add(out, w->tag, w->tag_len);
	strbuf_add(out, text, len);
}

/* --- Patterns with one % --- */

static bool match(const char *pattern, size_t pattern_len, const struct make_words_of *w,
		  size_t *stem, size_t *stem_len)
{
	const char *percent = memchr(pattern, '%', pattern_len);
	size_t head = percent ? (size_t)(percent - pattern) : pattern_len;
	size_t tail = percent ? pattern_len - head - 1 : 0;

	*stem = head;
	*stem_len = 0;
	if (!percent)
		return w->len == pattern_len && !memcmp(w->word, pattern, pattern_len);
	if (w->len < head + tail || memcmp(w->word, pattern, head) != 0 ||
	    memcmp(w->word + w->len - tail, percent + 1, tail) != 0)
		return false;
	*stem_len = w->len - head - tail;
	return true;
}

static void do_patsubst(struct make *make, struct strbuf *out, struct make_args *a)
{
	const char *to = make_arg(a, 1), *percent = strchr(to, '%');
	size_t start = out->len, stem, stem_len;

	for (struct make_words_of w = make_words_of(a, 2); make_next(&w);) {
		if (!match(make_arg(a, 0), make_arg_len(a, 0), &w, &stem, &stem_len)) {
			add_word(out, start, &w, w.word, w.len);
		} else if (!percent) {
			add_word(out, start, &w, to, make_arg_len(a, 1));
		} else {
			add_word(out, start, &w, to, (size_t)(percent - to));
			strbuf_add(out, w.word + stem, stem_len);
			strbuf_puts(out, percent + 1);
		}
	}
}

static void filter(struct strbuf *out, const struct make_args *a, bool keep)
{
	size_t start = out->len, stem, stem_len;

	for (struct make_words_of w = make_words_of(a, 1); make_next(&w);) {
		bool found = false;

		for (struct make_words_of p = make_words_of(a, 0); !found && make_next(&p);)
			found = match(p.word, p.len, &w, &stem, &stem_len);
		if (found == keep)
			add_word(out, start, &w, w.word, w.len);
	}
}

static void do_filter(struct make *make, struct strbuf *out, struct make_args *a)
{
	filter(out, a, true);
}

static void do_filter_out(struct make *make, struct strbuf *out, struct make_args *a)
{
	filter(out, a, false);
}

/* --- Texts --- */

static void do_subst(struct make *make, struct strbuf *out, struct make_args *a)
{
	const char *from = make_arg(a, 0), *at = make_arg(a, 2), *end = at + make_arg_len(a, 2);
	size_t from_len = make_arg_len(a, 0);

	while (at < end) {
		const char *found =
			from_len ? memmem(at, (size_t)(end - at), from, from_len) : NULL;

		strbuf_add(out, at, (size_t)((found ? found : end) - at));
		if (!found)
			break;
		strbuf_puts(out, make_arg(a, 1));
		at = found + from_len;
		if (out->len > make->budget) {
			make_fail(make, "expands to more than can be meant");
			break;
		}
	}
}

static void do_strip(struct make *make, struct strbuf *out, struct make_args *a)
{
	size_t start = out->len;

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);)
		add_word(out, start, &w, w.word, w.len);
}

static void do_findstring(struct make *make, struct strbuf *out, struct make_args *a)
{
	if (memmem(make_arg(a, 1), make_arg_len(a, 1), make_arg(a, 0), make_arg_len(a, 0)))
		strbuf_puts(out, make_arg(a, 0));
}

/* --- Words --- */

static void affix(struct strbuf *out, const struct make_args *a, bool before)
{
	size_t start = out->len;

	for (struct make_words_of w = make_words_of(a, 1); make_next(&w);) {
		add_word(out, start, &w, make_arg(a, 0), before ? make_arg_len(a, 0) : 0);
		strbuf_add(out, w.word, w.len);
		if (!before)
			strbuf_puts(out, make_arg(a, 0));
	}
}

static void do_addprefix(struct make *make, struct strbuf *out, struct make_args *a)
{
	affix(out, a, true);
}

static void do_addsuffix(struct make *make, struct strbuf *out, struct make_args *a)
{
	affix(out, a, false);
}

/* The parts of a path that `dir`, `notdir`, `basename` and `suffix` take. */
static void do_dir(struct make *make, struct strbuf *out, struct make_args *a)
{
	size_t start = out->len;

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);) {
		const char *slash = memrchr(w.word, '/', w.len);

		add_word(out, start, &w, slash ? w.word : "./",
			 slash ? (size_t)(slash - w.word) + 1 : 2);
	}
}

static void do_notdir(struct make *make, struct strbuf *out, struct make_args *a)
{
	size_t start = out->len;

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);) {
		const char *slash = memrchr(w.word, '/', w.len);
		const char *name = slash ? slash + 1 : w.word;

		add_word(out, start, &w, name, (size_t)(w.word + w.len - name));
	}
}

static const char *suffix_of(const struct make_words_of *w)
{
	const char *dot = memrchr(w->word, '.', w->len), *slash = memrchr(w->word, '/', w->len);

	return dot && (!slash || dot > slash) ? dot : NULL;
}

static void do_basename(struct make *make, struct strbuf *out, struct make_args *a)
{
	size_t start = out->len;

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);) {
		const char *dot = suffix_of(&w);

		add_word(out, start, &w, w.word, dot ? (size_t)(dot - w.word) : w.len);
	}
}

static void do_suffix(struct make *make, struct strbuf *out, struct make_args *a)
{
	size_t start = out->len;

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);) {
		const char *dot = suffix_of(&w);

		if (dot)
			add_word(out, start, &w, dot, (size_t)(w.word + w.len - dot));
	}
}

static void do_firstword(struct make *make, struct strbuf *out, struct make_args *a)
{
	struct make_words_of w = make_words_of(a, 0);

	if (make_next(&w))
		add_word(out, out->len, &w, w.word, w.len);
}

static void do_lastword(struct make *make, struct strbuf *out, struct make_args *a)
{
	struct make_words_of last = { 0 };

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);)
		last = w;
	if (last.word)
		add_word(out, out->len, &last, last.word, last.len);
}

static void do_word(struct make *make, struct strbuf *out, struct make_args *a)
{
	long wanted = strtol(make_arg(a, 0), NULL, 10);

	for (struct make_words_of w = make_words_of(a, 1); make_next(&w);)
		if (--wanted == 0)
			add_word(out, out->len, &w, w.word, w.len);
}

static void do_wordlist(struct make *make, struct strbuf *out, struct make_args *a)
{
	long first = strtol(make_arg(a, 0), NULL, 10), last = strtol(make_arg(a, 1), NULL, 10);
	size_t start = out->len;
	long i = 0;

	for (struct make_words_of w = make_words_of(a, 2); make_next(&w);)
		if (++i >= first && i <= last)
			add_word(out, start, &w, w.word, w.len);
}

static void do_words(struct make *make, struct strbuf *out, struct make_args *a)
{
	size_t count = 0;

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);)
		count++;
	strbuf_addf(out, "%zu", count);
}

static int compare_words(const void *a, const void *b)
{
	const struct make_words_of *x = a, *y = b;
	int order = memcmp(x->word, y->word, x->len < y->len ? x->len : y->len);

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static void do_sort(struct make *make, struct strbuf *out, struct make_args *a)
{
	size_t count = 0, start = out->len;
	struct make_words_of *all;

	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);)
		count++;
	all = calloc(count + 1, sizeof(*all));
	if (!all) {
		make_fail(make, "out of memory");
		return;
	}
	count = 0;
	for (struct make_words_of w = make_words_of(a, 0); make_next(&w);)
		all[count++] = w;
	qsort(all, count, sizeof(*all), compare_words);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || compare_words(&all[i - 1], &all[i]) != 0 || all[i].tag_len)
			add_word(out, start, &all[i], all[i].word, all[i].len);
	free(all);
}

static void do_join(struct make *make, struct strbuf *out, struct make_args *a)
{
	struct make_words_of x = make_words_of(a, 0), y = make_words_of(a, 1);
	size_t start = out->len;

	for (;;) {
		bool left = make_next(&x), right = make_next(&y);

		if (!left && !right)
			break;
		add_word(out, start, left ? &x : &y, left ? x.word : "", left ? x.len : 0);
		if (right)
			strbuf_add(out, y.word, y.len);
	}
}

const struct make_function make_word_functions[] = {
	{ "patsubst", 3, false, 2, do_patsubst },
	{ "addprefix", 2, false, 1, do_addprefix },
	{ "subst", 3, false, 2, do_subst },
	{ "filter", 2, false, 1, do_filter },
	{ "filter-out", 2, false, 1, do_filter_out },
	{ "addsuffix", 2, false, 1, do_addsuffix },
	{ "strip", 1, false, 0, do_strip },
	{ "findstring", 2, false, 2, do_findstring },
	{ "sort", 1, false, 0, do_sort },
	{ "word", 2, false, 1, do_word },
	{ "wordlist", 3, false, 2, do_wordlist },
	{ "words", 1, false, 0, do_words },
	{ "firstword", 1, false, 0, do_firstword },
	{ "lastword", 1, false, 0, do_lastword },
	{ "dir", 1, false, 0, do_dir },
	{ "notdir", 1, false, 0, do_notdir },
	{ "basename", 1, false, 0, do_basename },
	{ "suffix", 1, false, 0, do_suffix },
	{ "join", 2, false, 0, do_join },
	{ 0 },
};
