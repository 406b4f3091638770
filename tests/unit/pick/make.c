// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makefiles are read as GNU make would with @X for each symbol X, and what a conditional or a
 * $(foo-y) may add remembers its condition.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pick/make.h"

static const char symbols[] = "config A\n\ttristate\nconfig B\n\tbool\n";

struct fixture {
	struct tree_file kconfig_file, file;
	struct tree_files files;
	struct arena keep, scratch;
	struct kconfig kconfig;
	struct make make;
	struct error err;
	struct strbuf words;
};

static int set_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){
		.kconfig_file = { .path = "Kconfig", .data = symbols, .len = sizeof(symbols) - 1 },
		.file = { .path = "Makefile" }
	};
	files_in_memory(&f.files);
	assert_int_equal(files_add(&f.files, &f.kconfig_file), 0);
	assert_int_equal(files_add(&f.files, &f.file), 0);
	assert_int_equal(files_sort(&f.files), 0);
	assert_int_equal(kconfig_read(&f.kconfig, &f.files, "Kconfig", NULL, &f.keep, &f.err), 0);
	f.make = (struct make){ .files = &f.files,
				.kconfig = &f.kconfig,
				.keep = &f.keep,
				.arena = &f.scratch,
				.err = &f.err };
	make_begin(&f.make);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	make_free(&f->make);
	kconfig_free(&f->kconfig);
	files_close(&f->files);
	arena_free(&f->keep);
	arena_free(&f->scratch);
	strbuf_free(&f->words);
	return 0;
}

static void read(struct fixture *f, const char *text)
{
	f->file.data = text;
	f->file.len = strlen(text);
	assert_int_equal(make_read(&f->make, "Makefile"), 1);
}

/* WORD; WORD?SYMBOL for one whose condition asks for a symbol; WORD! where make does not come. */
static void add_word(void *arg, const char *word, size_t len,
		     const struct make_condition *condition)
{
	struct fixture *f = arg;

	strbuf_addf(&f->words, "%s%.*s", f->words.len ? " " : "", (int)len, word);
	if (condition && condition->symbol[0])
		strbuf_addf(&f->words, "?%s", condition->symbol[0]->name);
	if (condition && !condition->taken)
		strbuf_puts(&f->words, "!");
}

static void assert_words(struct fixture *f, const char *name, const char *wanted)
{
	struct make_variable *variable = make_variable(&f->make, name, strlen(name));

	assert_non_null(variable);
	f->words.len = 0;
	strbuf_puts(&f->words, "");
	assert_int_equal(make_words(&f->make, variable, add_word, f), 0);
	assert_string_equal(f->words.buf, wanted);
}

static void assigns(void **state)
{
	read(*state, "a = $(b) x\nb := 1\nb += 2 \\\n  3 # 4\na ?= no\nc := $(a)\nb = 5\n");
	assert_words(*state, "a", "5 x");
	assert_words(*state, "b", "5");
	assert_words(*state, "c", "1 2 3 x");
}

static void names_symbols(void **state)
{
	read(*state, "obj-$(CONFIG_A) += a.o\nobj-$(CONFIG_A)$(CONFIG_B) := "
		     "b.o\nobj-$(CONFIG_NONE) = c.o\n");
	assert_words(*state, "obj-@A", "a.o");
	assert_words(*state, "obj-@A@B", "b.o");
	assert_words(*state, "obj-", "c.o");
}

static void calls_functions(void **state)
{
	read(*state, "l = b.c a.c b.c d/e.h\n"
		     "f1 = $(patsubst %.c,x-%.o,$(l)) $(l:.h=.i)\nf2 = $(sort $(filter %.c,$(l)))\n"
		     "f3 = $(addprefix p/,a b) $(addsuffix .o,a) $(join a b,1 2)\n"
		     "f4 = $(notdir $(l)) $(dir d/e.h) $(basename d/e.h) $(suffix d/e.h)\n"
		     "f5 = $(words $(l)) $(word 2,$(l)) $(firstword $(l)) $(lastword $(l)) "
		     "$(wordlist 2,3,$(l))\n"
		     "f6 = $(if $(l),y,n)$(if ,y,n) $(or ,a,b) $(and a,b) $(subst a,oo,banana) "
		     "$(findstring na,banana)\n"
		     "f7 = $(foreach v,1 2,$(v)$(v)) $(strip  a   b ) $(filter-out b%,a b bc)\n"
		     "swap = $(2)-$(1)\nf8 = $(call swap,a,b) $(shell ls)\n");
	assert_words(*state, "f1", "x-b.o x-a.o x-b.o d/e.h b.c a.c b.c d/e.i");
	assert_words(*state, "f2", "a.c b.c");
	assert_words(*state, "f3", "p/a p/b a.o a1 b2");
	assert_words(*state, "f4", "b.c a.c b.c e.h d/ d/e .h");
	assert_words(*state, "f5", "4 a.c b.c d/e.h a.c b.c");
	assert_words(*state, "f6", "yn a b boonoonoo na");
	assert_words(*state, "f7", "11 22 a b a");
	assert_words(*state, "f8", "b-a");
}

static void keeps_conditions(void **state)
{
	read(*state,
	     "ifeq ($(CONFIG_A),y)\no += a\nelse ifdef CONFIG_B\no += b\nelse\no += c\nendif\n"
	     "ifeq (x,x)\no += d\nelse\no += e\nendif\nifndef CONFIG_NONE\no += f\nendif\n");
	assert_words(*state, "o", "a?A! b?B c! d f");
}

static void carries_conditions_along(void **state)
{
	read(*state, "f-y := 1\nf-$(CONFIG_B) += 2\np = $(addprefix d/,$(f-y))\n"
		     "define make_one\nq += $(1).o\nendef\n$(foreach v,$(f-y),$(eval $(call "
		     "make_one,$(v))))\n"
		     "ifdef CONFIG_A\ndir = x\nelse\ndir = y\nendif\nr = $(dir)/z\n");
	assert_words(*state, "p", "d/1 d/2?B!");
	assert_words(*state, "q", "1.o 2.o?B!");
	/* A part of a word is what make would take. */
	assert_words(*state, "r", "x/z");
}

static void passes_rules_over(void **state)
{
	read(*state, "all: b\n\ta = 1\n\nc: d = 2\na = 3\n\ta += 4\n");
	assert_words(*state, "a", "3 4");
	assert_null(make_variable(&((struct fixture *)*state)->make, "d", 1));
}

static void refuse(struct fixture *f, const char *text, const char *why)
{
	make_begin(&f->make);
	f->file.data = text;
	f->file.len = strlen(text);
	assert_int_equal(make_read(&f->make, "Makefile"), -1);
	assert_string_equal(f->err.text, why);
}

static void refuses_what_is_no_makefile(void **state)
{
	refuse(*state, "ifeq (a,b)\n", "Makefile:1: an 'endif' is missing");
	refuse(*state, "a = b\nendif\n", "Makefile:2: 'endif' without an 'ifeq'");
	refuse(*state, "else\n", "Makefile:1: 'else' without an 'ifeq'");
	refuse(*state, "a := $(b\n", "Makefile:1: a reference has no end");
	refuse(*state, "a = $(a)\nb := $(a)\n", "Makefile:2: 'a' refers to itself");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(assigns, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_symbols, set_up, tear_down),
		cmocka_unit_test_setup_teardown(calls_functions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keeps_conditions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(carries_conditions_along, set_up, tear_down),
		cmocka_unit_test_setup_teardown(passes_rules_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refuses_what_is_no_makefile, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
