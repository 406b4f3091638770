// SPDX-License-Identifier: GPL-2.0-only
/* What lib/pick knows of each symbol, for one architecture, as conf-symbols.c prints it. */
#include <stdio.h>

#include "pick/kconfig.h"
#include "symbol-values.h"

struct values {
	struct expr_values of;
	unsigned seed;
	const char *arch;
};

static const char *value(const struct expr_values *of, const struct pick_symbol *symbol)
{
	const struct values *v = (const struct values *)of;

	if (!strcmp(symbol->name, "SRCARCH") || !strcmp(symbol->name, "ARCH"))
		return v->arch;
	if (symbol->type == PICK_BOOL || symbol->type == PICK_TRISTATE)
		return chance(symbol->name, v->seed, symbol->type == PICK_TRISTATE);
	return symbol->type == PICK_UNKNOWN ? NULL : "7";
}

static int by_macro(const struct expr *expr)
{
	struct strbuf text = STRBUF_INIT;
	int found;

	if (!expr)
		return 0;
	expr_print(&text, expr);
	found = strstr(text.buf, "$(") != NULL;
	strbuf_free(&text);
	return found;
}

int main(int argc, char **argv)
{
	struct values v = { .of = { value } };
	struct arena arena = { 0 };
	struct tree_files files;
	struct kconfig kconfig;
	struct error err;

	if (argc < 3 || files_open(&files, argv[1], &err) < 0 ||
	    kconfig_read(&kconfig, &files, "Kconfig", argv[2], &arena, &err) < 0) {
		fprintf(stderr, "our-symbols: %s\n", argc < 3 ? "TREE ARCH" : err.text);
		return 1;
	}
	v.arch = argv[2];
	for (struct pick_symbol *s = kconfig.first; s; s = s->next) {
		const struct expr *depends = pick_symbol_depends(s, &arena);
		const char *prompt = pick_symbol_prompt(s);

		if (s->type == PICK_UNKNOWN || !s->entries)
			continue;
		/* conf calls hexadecimal integers so. */
		printf("%s\t%s\t", s->name,
		       s->type == PICK_INT ? "integer" : pick_type_name(s->type));
		for (v.seed = 0; v.seed < SEEDS; v.seed++)
			putchar(by_macro(depends) ? '$' : '0' + expr_value(depends, &v.of));
		printf("%s%s\n", prompt ? "\t" : "", prompt ? prompt : "");
	}
	return 0;
}
