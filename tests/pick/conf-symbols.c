// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel's own parser of Kconfig knows of each symbol: its type, its prompts, and the
 * values of its dependencies for values of other symbols by chance. Built against scripts/kconfig
 * of a tree by tests/pick/judge-symbols, and run in the tree.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lkc.h"
#ifndef SYMBOLS_BY_INDEX
#include "internal.h"
#endif
#include "symbol-values.h"

static unsigned seed;

static const char *text_of(const struct symbol *sym)
{
	if (sym->flags & SYMBOL_CONST)
		return sym->name;
	switch (sym->type) {
	case S_BOOLEAN:
	case S_TRISTATE:
		return chance(sym->name, seed, sym->type == S_TRISTATE);
	case S_UNKNOWN:
		return "n";
	default:
		return "7";
	}
}

static int tristate_of(const char *text)
{
	return !strcmp(text, "y") ? 2 : !strcmp(text, "m");
}

static int value_of(const struct expr *e);

/* Its dependencies are those of its place in the menus. */
static int value_of_choice(struct symbol *sym)
{
	struct property *prop;

	for_all_prompts(sym, prop) return value_of(prop->menu->dep);
	return 2;
}

static int value_of(const struct expr *e)
{
	int a, b;

	if (!e)
		return 2;
	switch (e->type) {
	case E_SYMBOL:
		/* A choice, which its members depend on. */
		if (!e->left.sym->name)
			return value_of_choice(e->left.sym);
		return tristate_of(text_of(e->left.sym));
	case E_NOT:
		return 2 - value_of(e->left.expr);
	case E_AND:
		a = value_of(e->left.expr);
		b = value_of(e->right.expr);
		return a < b ? a : b;
	case E_OR:
		a = value_of(e->left.expr);
		b = value_of(e->right.expr);
		return a > b ? a : b;
	default:
		break;
	}
	/* What nothing defines stands for its own name in a comparison. */
	const struct symbol *l = e->left.sym, *r = e->right.sym;
	const char *x = l->type == S_UNKNOWN && l->name ? l->name : text_of(l);
	const char *y = r->type == S_UNKNOWN && r->name ? r->name : text_of(r);

	a = order(x, y);
	switch (e->type) {
	case E_EQUAL:
		return 2 * (a == 0);
	case E_UNEQUAL:
		return 2 * (a != 0);
	case E_LTH:
		return 2 * (a < 0);
	case E_LEQ:
		return 2 * (a <= 0);
	case E_GTH:
		return 2 * (a > 0);
	default:
		return 2 * (a >= 0);
	}
}

/* What it depends on; newer parsers keep that of a choice's member with its place in the menus. */
static int depends(struct symbol *sym)
{
#ifndef SYMBOLS_BY_INDEX
	struct menu *choice = sym_get_choice_menu(sym), *menu;
	int value, best = 0;

	if (choice) {
		list_for_each_entry (menu, &sym->menus, link) {
			value = value_of(menu->dep);
			best = value > best ? value : best;
		}
		value = value_of(choice->dep);
		return value < best ? value : best;
	}
#endif
	return value_of(sym->dir_dep.expr);
}

static void print(struct symbol *sym)
{
	struct property *prop;

	if (!sym->name || (sym->flags & SYMBOL_CONST) || sym->type == S_UNKNOWN)
		return;
	printf("%s\t%s\t", sym->name, sym_type_name(sym->type));
	for (seed = 0; seed < SEEDS; seed++)
		putchar('0' + depends(sym));
	for_all_prompts(sym, prop)
	{
		printf("\t%s", prop->text);
		break;
	}
	putchar('\n');
}

int main(int argc, char **argv)
{
	struct symbol *sym;

	(void)argc;
	conf_parse(argv[1]);
#ifdef SYMBOLS_BY_INDEX
	int i;

	for_all_symbols(i, sym)
#else
	for_all_symbols(sym)
#endif
		print(sym);
	return 0;
}
