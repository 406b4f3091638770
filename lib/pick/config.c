// SPDX-License-Identifier: GPL-2.0-only
/* A kernel's configuration: lines CONFIG_X=VALUE, and what a driver's dependencies make of them. */
#include "pick/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum { MAX_FILE = 16 << 20 };

static const char *find(const struct pick_config *config, const char *name)
{
	return names_find(&config->values, name, strlen(name));
}

static const char *value_of(const struct expr_values *values, const struct pick_symbol *symbol)
{
	const struct pick_config *config =
		(const struct pick_config *)((const char *)values -
					     offsetof(struct pick_config, of));

	if (!strcmp(symbol->name, "SRCARCH") || !strcmp(symbol->name, "ARCH"))
		return config->arch;
	return find(config, symbol->name);
}

static void set_arch(struct pick_config *config)
{
	static const char *const arch[][2] = {
		{ "ARM64", "arm64" }, { "ARM", "arm" },
		{ "X86", "x86" },     { "RISCV", "riscv" },
		{ "PPC", "powerpc" }, { "MIPS", "mips" },
		{ "S390", "s390" },   { "LOONGARCH", "loongarch" },
	};

	for (size_t i = 0; i < sizeof(arch) / sizeof(arch[0]) && !config->arch; i++) {
		const char *value = find(config, arch[i][0]);

		if (value && !strcmp(value, "y"))
			config->arch = arch[i][1];
	}
}

int pick_config_read(struct pick_config *config, const char *path, struct error *err)
{
	char *text, *line, *next;
	size_t len;

	*config = (struct pick_config){ .of = { value_of } };
	if (file_read(path, MAX_FILE, &text, &len, err) < 0)
		return -1;
	for (line = text; line; line = next) {
		char *equals;
		size_t name_len, value_len;
		void **place;

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		equals = strncmp(line, "CONFIG_", 7) ? NULL : strchr(line, '=');
		if (!equals)
			continue;
		name_len = (size_t)(equals - line) - 7;
		value_len = strcspn(++equals, "\r");
		if (value_len >= 2 && *equals == '"') {
			equals++;
			value_len -= 2;
		}
		line = arena_copy(&config->arena, line + 7, name_len);
		place = line ? names_add(&config->values, line, name_len) : NULL;
		if (place)
			*place = arena_copy(&config->arena, equals, value_len);
		if (!place || !*place) {
			free(text);
			return error_set(err, "out of memory");
		}
	}
	free(text);
	if (!config->values.count)
		return error_set(err, "%s: no kernel configuration: it has no CONFIG_X=", path);
	set_arch(config);
	return 0;
}

void pick_config_free(struct pick_config *config)
{
	names_free(&config->values);
	arena_free(&config->arena);
}

/* 0, 1 or 2 */
static int symbol_value(const struct pick_config *config, const struct pick_symbol *symbol)
{
	const struct expr expr = { .op = EXPR_SYMBOL, .symbol = (struct pick_symbol *)symbol };

	return expr_value(&expr, &config->of);
}

/* The least of what leads into a folder, for the best way there. */
static int folder_value(const struct pick_config *config, const struct kbuild_folder *folder,
			int depth)
{
	int best = 0;

	if (!folder || !folder->gates || depth > 32)
		return 2;
	for (const struct kbuild_gate *gate = folder->gates; gate; gate = gate->next) {
		int value = gate->owner && gate->owner->symbol ?
				    symbol_value(config, gate->owner->symbol) :
				    2;
		int above = folder_value(config, gate->from, depth + 1);

		/* A folder that m leads into may have objects that are y. */
		value = value && above ? 2 : 0;
		best = value > best ? value : best;
	}
	return best;
}

const char *pick_config_state(const struct pick_config *config, const struct pick_driver *driver)
{
	int best = 0;

	for (const struct pick_owner *owner = driver->owners; owner; owner = owner->next) {
		int value = owner->symbol ? symbol_value(config, owner->symbol) : 2;

		if (owner->with && symbol_value(config, owner->with) < value)
			value = symbol_value(config, owner->with);
		if (owner->module && value)
			value = 1;
		best = value > best ? value : best;
	}
	if (!folder_value(config, driver->within, 0))
		best = 0;
	return best == 2 ? "y" : best ? "m" : "n";
}

void pick_config_missing(const struct pick_config *config, const struct pick_driver *driver,
			 struct arena *arena, struct strbuf *text)
{
	const struct pick_symbol *own = NULL;
	const struct kbuild_folder *folder = driver->within;
	const struct expr *missing = NULL;

	for (const struct pick_owner *owner = driver->owners; owner && !own; owner = owner->next)
		own = owner->symbol;
	if (own)
		missing = pick_symbol_depends(own, arena);
	for (int depth = 0; folder && folder->gates && depth < 32; depth++) {
		struct pick_symbol *symbol =
			folder->gates->owner ? folder->gates->owner->symbol : NULL;

		if (symbol && symbol != own && !expr_uses(missing, symbol))
			missing = expr_and(arena, missing, expr_symbol(arena, symbol));
		folder = folder->gates->from;
	}
	expr_print_missing(text, missing, &config->of, !own || own->type != PICK_BOOL);
}
