// SPDX-License-Identifier: GPL-2.0-only
/* Variables of makefiles and their expansion, and the conditions that words are tagged with. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "pick/make.h"

enum {
	MAX_DEPTH = 100,       /* of references in references */
	MAX_CONDITIONS = 4000, /* of one folder's makefiles */
};

void make_fail(struct make *make, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (make->failed)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	error_set(make->err, "%s:%u: %s", make->path ? make->path : "make", make->line, text);
	make->failed = true;
}

const char *make_next_word(const char **at, const char *end, size_t *len)
{
	const char *start = *at, *c;

	while (start < end && (*start == ' ' || *start == '\t' || *start == '\n'))
		start++;
	for (c = start; c < end && *c != ' ' && *c != '\t' && *c != '\n';)
		c++;
	*at = c;
	*len = (size_t)(c - start);
	return c > start ? start : NULL;
}

/* --- Conditions --- */

static const struct make_condition *condition_of(const struct make *make, uint16_t id)
{
	return id && id <= make->condition_count ? make->conditions[id - 1] : NULL;
}

static struct make_condition *new_condition(struct make *make)
{
	struct make_condition *condition = NULL;
	const struct make_condition **place;

	if (make->failed)
		return NULL;
	if (make->condition_count == MAX_CONDITIONS) {
		make_fail(make, "more than %d conditions", MAX_CONDITIONS);
		return NULL;
	}
	condition = arena_alloc(make->keep, sizeof(*condition));
	place = condition ? ARRAY_ADD(make->conditions, make->condition_count) : NULL;
	if (!place) {
		make_fail(make, "out of memory");
		return NULL;
	}
	*place = condition;
	condition->id = (uint16_t)make->condition_count;
	return condition;
}

/* The symbols that TEXT, an ifeq's words, refers to: those that must be set where it holds. */
static void find_symbols(const struct make *make, struct make_condition *condition)
{
	size_t count = 0;

	for (const char *c = condition->text;
	     (c = strstr(c, "CONFIG_")) && count < MAKE_CONDITION_SYMBOLS;) {
		size_t len;

		c += strlen("CONFIG_");
		len = strcspn(c, "), \t");
		condition->symbol[count] = kconfig_find(make->kconfig, c, len);
		count += condition->symbol[count] != NULL;
		c += len;
	}
}

uint16_t make_condition(struct make *make, uint16_t outer, const char *text, bool positive,
			bool negated, bool taken)
{
	struct make_condition *condition = new_condition(make);

	if (!condition)
		return 0;
	condition->outer = condition_of(make, outer);
	condition->text = text;
	condition->negated = negated;
	condition->taken = taken && (!condition->outer || condition->outer->taken);
	if (positive)
		find_symbols(make, condition);
	return condition->id;
}

static bool is_within(const struct make_condition *a, const struct make_condition *b)
{
	for (; a; a = a->outer)
		if (a == b || a->also == b)
			return true;
	return false;
}

uint16_t make_both(struct make *make, uint16_t a, uint16_t b)
{
	const struct make_condition *x = condition_of(make, a), *y = condition_of(make, b);
	struct make_condition *both;

	if (!x || !y)
		return x ? a : b;
	if (is_within(x, y))
		return a;
	if (is_within(y, x))
		return b;
	for (size_t i = make->condition_count; i > 0; i--)
		if (!make->conditions[i - 1]->text && make->conditions[i - 1]->outer == x &&
		    make->conditions[i - 1]->also == y)
			return (uint16_t)i;
	both = new_condition(make);
	if (!both)
		return 0;
	both->outer = x;
	both->also = y;
	both->taken = x->taken && y->taken;
	return both->id;
}

/* --- Tags --- */

static void add_tag(struct strbuf *out, uint16_t condition)
{
	char tag[MAKE_TAG_LEN] = { MAKE_TAG };

	for (int i = 0; i < 4; i++)
		tag[1 + i] = (char)(MAKE_DIGIT + ((condition >> (4 * i)) & 15));
	strbuf_add(out, tag, sizeof(tag));
}

static uint16_t read_tag(const char *tag)
{
	unsigned condition = 0;

	for (int i = 0; i < 4; i++)
		condition |= (unsigned)((tag[1 + i] - MAKE_DIGIT) & 15) << (4 * i);
	return (uint16_t)condition;
}

void make_untag(struct strbuf *text)
{
	char *to = text->buf;

	if (!text->len || !memchr(text->buf, MAKE_TAG, text->len))
		return;
	for (size_t i = 0; i < text->len;) {
		size_t tag = make_tag(text->buf + i, text->len - i);

		if (tag)
			i += tag;
		else
			*to++ = text->buf[i++];
	}
	text->len = (size_t)(to - text->buf);
	*to = '\0';
}

uint16_t make_take_tags(struct make *make, struct strbuf *text)
{
	uint16_t condition = 0;

	for (size_t i = 0; i < text->len; i++)
		if (make_tag(text->buf + i, text->len - i))
			condition = make_both(make, condition, read_tag(text->buf + i));
	make_untag(text);
	return condition;
}

/* Adds TEXT with CONDITION on each of its words, beside the one that a word may have. */
static void add_tagged(struct make *make, struct strbuf *out, const char *text, size_t text_len,
		       uint16_t condition)
{
	const char *at = text, *word;
	size_t len;

	if (!condition) {
		strbuf_add(out, text, text_len);
		return;
	}
	for (bool first = true; (word = make_next_word(&at, text + text_len, &len));
	     first = false) {
		size_t tag = make_tag(word, len);

		if (!first)
			strbuf_puts(out, " ");
		add_tag(out, tag ? make_both(make, condition, read_tag(word)) : condition);
		strbuf_add(out, word + tag, len - tag);
	}
}

/* --- Variables --- */

struct make_variable *make_variable(const struct make *make, const char *name, size_t len)
{
	return names_find(&make->variables, name, len);
}

static struct make_variable *get_variable(struct make *make, const char *name, size_t len)
{
	struct make_variable *variable = make_variable(make, name, len);
	const char *choice;
	void **place;

	if (variable)
		return variable;
	variable = arena_alloc(make->arena, sizeof(*variable));
	if (!variable)
		return NULL;
	variable->name = arena_copy(make->arena, name, len);
	variable->name_len = len;
	place = variable->name ? names_add(&make->variables, variable->name, len) : NULL;
	if (!place)
		return NULL;
	*place = variable;
	if (make->last)
		make->last->next = variable;
	else
		make->first = variable;
	make->last = variable;
	/* What `foo-$(CONFIG_X)` adds, `foo-y` has when X is set. */
	choice = strstr(variable->name, "-@");
	if (choice) {
		char base[256];
		int n = snprintf(base, sizeof(base), "%.*s-y", (int)(choice - variable->name),
				 variable->name);
		struct make_variable *chosen =
			n < (int)sizeof(base) ? get_variable(make, base, (size_t)n) : NULL;
		struct make_variable **last = chosen ? &chosen->choices : NULL;

		while (last && *last)
			last = &(*last)->next_choice;
		if (last)
			*last = variable;
	}
	return variable;
}

static struct make_segment *add_segment(struct make *make, struct make_variable *variable,
					const char *text, size_t len, uint16_t condition)
{
	struct make_segment *segment = arena_alloc(make->arena, sizeof(*segment));

	if (!segment)
		return NULL;
	segment->text = arena_copy(make->arena, text, len);
	if (!segment->text)
		return NULL;
	segment->len = len;
	segment->condition = condition;
	if (variable->last)
		variable->last->next = segment;
	else
		variable->first = segment;
	variable->last = segment;
	return segment;
}

void make_assign(struct make *make, const char *name, size_t name_len, char operator,
		 const char * text, size_t len, uint16_t condition)
{
	struct make_variable *variable = get_variable(make, name, name_len);
	struct strbuf expanded = STRBUF_INIT;
	bool expand, symbolic;

	if (!variable) {
		make_fail(make, "out of memory");
		return;
	}
	if (operator== '?' && variable->first)
		return;
	/* Under a condition, what was there before may be what counts. */
	if (operator!= '+' && !(condition && variable->first)) {
		variable->first = variable->last = NULL;
		variable->simple = operator== ':';
	}
	expand = operator== ':' || variable->simple;
	symbolic = make->symbolic;
	if (expand)
		make_expand(make, &expanded, text, len);
	/* Whether a condition depends on a symbol is asked of what it expands itself. */
	make->symbolic = symbolic;
	if (expanded.failed ||
	    !add_segment(make, variable, expand ? expanded.buf ? expanded.buf : "" : text,
			 expand ? expanded.len : len, condition))
		make_fail(make, "out of memory");
	strbuf_free(&expanded);
}

int make_set(struct make *make, const char *name, const char *value)
{
	struct make_variable *variable = get_variable(make, name, strlen(name));

	if (!variable)
		return -1;
	variable->first = variable->last = NULL;
	variable->preset = variable->simple = true;
	return add_segment(make, variable, value, strlen(value), 0) ? 0 : -1;
}

/* --- Expansion --- */

static bool has_symbol(const struct make *make, const char *name, size_t len)
{
	const struct pick_symbol *symbol = kconfig_find(make->kconfig, name, len);

	return symbol && symbol->entries;
}

static void add_segments(struct make *make, struct strbuf *out, struct make_variable *variable,
			 uint16_t condition, bool glued)
{
	struct strbuf value = STRBUF_INIT;

	if (variable->visited) {
		make_fail(make, "'%s' refers to itself", variable->name);
		return;
	}
	variable->visited = true;
	for (struct make_segment *s = variable->first; s && !make->failed; s = s->next) {
		const struct make_condition *of = condition_of(make, s->condition);

		/* A part of a word has one value: that which make would take. */
		if (glued && of && !of->taken)
			continue;
		if (s != variable->first && out->len)
			strbuf_puts(out, " ");
		value.len = 0;
		if (variable->simple)
			strbuf_add(&value, s->text, s->len);
		else
			make_expand(make, &value, s->text, s->len);
		if (value.failed)
			make_fail(make, "out of memory");
		if (value.len)
			add_tagged(make, out, value.buf, value.len,
				   glued ? 0 : make_both(make, condition, s->condition));
	}
	variable->visited = false;
	strbuf_free(&value);
}

/* `$(foo-y)`: what `foo-$(CONFIG_X)` has is a part of it, for make only when X is y. */
static void add_choices(struct make *make, struct strbuf *out, struct make_variable *variable)
{
	for (struct make_variable *v = variable->choices; v && !make->failed; v = v->next_choice) {
		const char *symbol = strstr(v->name, "-@") + 2;
		char text[256];
		const char *kept;

		snprintf(text, sizeof(text), "$(CONFIG_%s) = y", symbol);
		kept = arena_copy(make->keep, text, strlen(text));
		if (!kept) {
			make_fail(make, "out of memory");
			return;
		}
		strbuf_puts(out, " ");
		add_segments(make, out, v, make_condition(make, 0, kept, true, false, false),
			     false);
	}
}

void make_value(struct make *make, struct strbuf *out, const char *name, size_t len, bool glued)
{
	struct make_variable *variable;

	for (const struct make_binding *b = make->bindings; b; b = b->outer)
		if (b->name_len == len && !memcmp(b->name, name, len)) {
			strbuf_add(out, b->value, b->value_len);
			return;
		}
	variable = make_variable(make, name, len);
	if (variable) {
		add_segments(make, out, variable, 0, glued);
		if (variable->choices && !glued)
			add_choices(make, out, variable);
	} else if (len > 7 && !memcmp(name, "CONFIG_", 7)) {
		if (has_symbol(make, name + 7, len - 7)) {
			make->symbolic = true;
			strbuf_puts(out, "@");
			strbuf_add(out, name + 7, len - 7);
		}
	} else {
		make->symbolic = true;
	}
}

/* `$(name:.o=.c)` */
static void add_replaced(struct make *make, struct strbuf *out, const char *text, size_t len,
			 size_t colon)
{
	const char *equals = memchr(text + colon, '=', len - colon);
	struct strbuf call = STRBUF_INIT;

	strbuf_addf(&call, "%s%.*s,%s%.*s,$(%.*s)",
		    memchr(text + colon, '%', len - colon) ? "" : "%",
		    (int)(equals - text - (long)colon - 1), text + colon + 1,
		    memchr(text + colon, '%', len - colon) ? "" : "%",
		    (int)(text + len - equals - 1), equals + 1, (int)colon, text);
	if (call.failed)
		make_fail(make, "out of memory");
	else
		make->function(make, out, "patsubst", 8, call.buf, call.len);
	strbuf_free(&call);
}

static void add_reference(struct make *make, struct strbuf *out, const char *text, size_t len,
			  bool glued)
{
	size_t word = 0, colon;
	struct strbuf name = STRBUF_INIT;

	while (word < len && text[word] != ' ' && text[word] != '\t' && text[word] != '$')
		word++;
	if (word < len && text[word] != '$' &&
	    make->function(make, out, text, word, text + word + 1, len - word - 1))
		return;
	colon = 0;
	while (colon < len && text[colon] != ':' && text[colon] != '$')
		colon++;
	if (colon < len && text[colon] == ':' && memchr(text + colon, '=', len - colon)) {
		add_replaced(make, out, text, len, colon);
		return;
	}
	if (!memchr(text, '$', len)) {
		make_value(make, out, text, len, glued);
		return;
	}
	make_expand(make, &name, text, len);
	make_untag(&name);
	if (name.len)
		make_value(make, out, name.buf, name.len, glued);
	strbuf_free(&name);
}

/* The end of the reference whose bracket is at TEXT: behind its closing one, or NULL. */
static const char *reference_end(const char *text, const char *end)
{
	char open = *text, close = open == '(' ? ')' : '}';
	int depth = 0;

	for (const char *c = text; c < end; c++) {
		if (*c == open)
			depth++;
		else if (*c == close && --depth == 0)
			return c + 1;
	}
	return NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

void make_expand(struct make *make, struct strbuf *out, const char *text, size_t len)
{
	const char *at = text, *end = text + len, *close;
	size_t before = out->len;

	if (make->failed)
		return;
	if (++make->depth > MAX_DEPTH)
		make_fail(make, "references more than %d deep", MAX_DEPTH);
	while (at < end && !make->failed) {
		const char *dollar = memchr(at, '$', (size_t)(end - at));

		strbuf_add(out, at, (size_t)((dollar ? dollar : end) - at));
		if (!dollar || dollar + 1 == end)
			break;
		at = dollar + 2;
		if (dollar[1] == '$') {
			strbuf_puts(out, "$");
		} else if (dollar[1] != '(' && dollar[1] != '{') {
			make_value(make, out, dollar + 1, 1, true);
		} else {
			close = reference_end(dollar + 1, end);
			if (!close) {
				make_fail(make, "a reference has no end");
				break;
			}
			add_reference(make, out, at, (size_t)(close - at) - 1,
				      (dollar > text && !is_blank(dollar[-1])) ||
					      (close < end && !is_blank(*close)));
			at = close;
		}
		if (out->len - before > make->budget)
			make_fail(make, "expands to more than can be meant");
	}
	if (out->failed)
		make_fail(make, "out of memory");
	if (make->depth == 1 && !make->failed)
		make->budget -= out->len - before < make->budget ? out->len - before : make->budget;
	make->depth--;
}

int make_words(struct make *make, struct make_variable *variable, make_word_fn *word, void *arg)
{
	struct strbuf value = STRBUF_INIT;
	const char *at, *start;
	size_t len;

	add_segments(make, &value, variable, 0, false);
	at = value.buf;
	while (at && !make->failed && (start = make_next_word(&at, value.buf + value.len, &len))) {
		size_t tag = make_tag(start, len);

		if (len > tag)
			word(arg, start + tag, len - tag,
			     tag ? condition_of(make, read_tag(start)) : NULL);
	}
	strbuf_free(&value);
	return make->failed ? -1 : 0;
}
