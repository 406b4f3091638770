// SPDX-License-Identifier: GPL-2.0-only
/* ferry pick: drivers as lines with tabs, and as JSON. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cmd-pick.h"

/* --- As lines --- */

/* A field: no tab and no line break gets into it. */
static void put_field(const char *text)
{
	for (; *text; text++)
		putchar((unsigned char)*text < ' ' ? ' ' : *text);
}

/* One of several in a field, without a blank in it. */
static void put_word(const char *text)
{
	for (; *text; text++)
		putchar((unsigned char)*text <= ' ' ? '_' : *text);
}

static void put_expression(const struct expr *expr, struct strbuf *text)
{
	text->len = 0;
	if (expr)
		expr_print(text, expr);
	put_field(expr && !text->failed ? text->buf : "");
}

static void put_symbols(const struct pick_driver *driver)
{
	const char *between = "";

	for (const struct pick_owner *owner = driver->owners; owner; owner = owner->next) {
		if (!owner->symbol)
			continue;
		printf("%s%s", between, owner->symbol->name);
		between = " ";
	}
}

static void put_sources(const struct pick_driver *driver)
{
	const char *between = "";

	for (const struct pick_object *o = driver->objects; o; o = o->next) {
		printf("%s", between);
		put_field(o->source ? o->source : o->path);
		between = " ";
	}
}

static void put_facts(const struct driver_facts *facts)
{
	const char *between = "", *name;

	if (!facts) {
		fputs("\t\t\t\t", stdout);
		return;
	}
	putchar('\t');
	put_field(facts->licences ? facts->licences : "");
	printf("\t%u\t", facts->lines);
	for (const struct scan_id *id = facts->ids; id; id = id->next) {
		printf("%s%s:", between, scan_bus_name(id->bus));
		put_word(id->text);
		between = " ";
	}
	putchar('\t');
	between = "";
	for (unsigned bit = 0; (name = scan_service_name(bit)); bit++)
		if (facts->services >> bit & 1) {
			printf("%s%s", between, name);
			between = " ";
		}
}

void pick_print_lines(struct pick_tree *tree, const struct pick_list *list)
{
	struct strbuf text = STRBUF_INIT;

	puts("name\tsymbol\tkind\tsubsystem\tprompt\tdepends\tsources\tlicence\tlines\tids\tservice"
	     "s\tcarry");
	for (size_t i = 0; i < list->count; i++) {
		const struct pick_driver *driver = list->driver[i];
		const struct pick_symbol *symbol = pick_driver_symbol(driver);
		const char *prompt = symbol ? pick_symbol_prompt(symbol) : NULL;

		put_field(driver->name);
		putchar('\t');
		put_symbols(driver);
		printf("\t%s\t", pick_driver_kind(driver));
		put_field(pick_subsystem(driver));
		putchar('\t');
		put_field(prompt ? prompt : "");
		putchar('\t');
		put_expression(symbol ? pick_symbol_depends(symbol, &tree->arena) : NULL, &text);
		putchar('\t');
		put_sources(driver);
		put_facts(driver->facts);
		/* Whether Ferry can carry it: to come. */
		fputs("\t-\n", stdout);
	}
	strbuf_free(&text);
}

/* --- As JSON --- */

/* JSON is UTF-8; what is in a tree need not be. */
static json_t *json_text(const char *text)
{
	json_t *json = text ? json_string(text) : json_null();
	char *copy;

	if (json)
		return json;
	copy = strdup(text);
	for (char *c = copy; c && *c; c++)
		if ((unsigned char)*c >= 0x80)
			*c = '?';
	json = copy ? json_string(copy) : NULL;
	free(copy);
	return json;
}

/* Takes what is in TEXT, and empties it. */
static json_t *json_buffer(struct strbuf *text)
{
	json_t *json = json_text(text->len && !text->failed ? text->buf : NULL);

	text->len = 0;
	return json;
}

static json_t *json_expression(const struct expr *expr)
{
	struct strbuf text = STRBUF_INIT;
	json_t *json;

	if (expr)
		expr_print(&text, expr);
	json = json_buffer(&text);
	strbuf_free(&text);
	return json;
}

static json_t *json_condition(const struct make_condition *condition)
{
	struct strbuf text = STRBUF_INIT;
	json_t *json;

	if (condition)
		make_condition_print(&text, condition);
	json = json_buffer(&text);
	strbuf_free(&text);
	return json;
}

/* Where a symbol is named: in the makefile's list, its conditional, or that of a folder above. */
static const char *place_of(const struct pick_owner *owner)
{
	return owner->from_folder ? "folder" : owner->from_condition ? "condition" : "list";
}

static json_t *json_owner(const struct pick_owner *owner, struct arena *arena)
{
	struct pick_symbol *symbol = owner->symbol;
	struct strbuf help = STRBUF_INIT;
	json_t *json;

	if (symbol)
		pick_symbol_help(symbol, &help);
	json = json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "name",
			 json_text(symbol ? symbol->name : NULL), "with",
			 json_text(owner->with ? owner->with->name : NULL), "place",
			 place_of(owner), "condition", json_condition(owner->condition), "type",
			 json_text(symbol ? pick_type_name(symbol->type) : NULL), "prompt",
			 json_text(symbol ? pick_symbol_prompt(symbol) : NULL), "depends",
			 json_expression(symbol ? pick_symbol_depends(symbol, arena) : NULL),
			 "selected_by", json_expression(symbol ? symbol->selected_by : NULL),
			 "help", json_buffer(&help));
	strbuf_free(&help);
	return json;
}

static json_t *json_object_file(const struct pick_object *object)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "object", json_text(object->path), "source",
			 json_text(object->source), "symbol",
			 json_text(object->symbol ? object->symbol->name : NULL), "condition",
			 json_condition(object->condition));
}

/* The folders from the driver's up, each with what the makefile above asks for. */
static json_t *json_folders(const struct pick_driver *driver)
{
	const struct kbuild_folder *folder = driver->within;
	json_t *list = json_array();

	for (int depth = 0; folder && folder->gates && folder->gates->owner && depth < 32;
	     depth++) {
		const struct pick_owner *owner = folder->gates->owner;

		json_array_append_new(
			list,
			json_pack("{s:o, s:o, s:o}", "folder", json_text(folder->path), "symbol",
				  json_text(owner->symbol ? owner->symbol->name : NULL),
				  "condition", json_condition(owner->condition)));
		folder = folder->gates->from;
	}
	return list;
}

/* Adds licence, lines, what it is for and what it uses to DRIVER. */
static void add_facts(json_t *driver, const struct driver_facts *facts)
{
	json_t *ids = json_object(), *services = json_array();
	const char *name;

	for (const struct scan_id *id = facts->ids; id; id = id->next) {
		json_t *list = json_object_get(ids, scan_bus_name(id->bus));

		if (!list) {
			list = json_array();
			json_object_set_new(ids, scan_bus_name(id->bus), list);
		}
		json_array_append_new(list, json_text(id->text));
	}
	for (unsigned bit = 0; (name = scan_service_name(bit)); bit++)
		if (facts->services >> bit & 1)
			json_array_append_new(services, json_string(name));
	json_object_set_new(driver, "description", json_text(facts->description));
	json_object_set_new(driver, "licence", json_text(facts->licences));
	json_object_set_new(driver, "lines", json_integer(facts->lines));
	json_object_set_new(driver, "ids", ids);
	json_object_set_new(driver, "services", services);
}

static json_t *json_driver(struct pick_tree *tree, const struct pick_driver *driver)
{
	json_t *symbols = json_array(), *objects = json_array(), *json;

	for (const struct pick_owner *o = driver->owners; o; o = o->next)
		json_array_append_new(symbols, json_owner(o, &tree->arena));
	for (const struct pick_object *o = driver->objects; o; o = o->next)
		json_array_append_new(objects, json_object_file(o));
	json = json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o}", "name", json_text(driver->name),
			 "folder", json_text(driver->folder), "subsystem",
			 json_text(pick_subsystem(driver)), "kind", pick_driver_kind(driver),
			 "symbols", symbols, "folders", json_folders(driver), "objects", objects);
	if (json && driver->facts)
		add_facts(json, driver->facts);
	return json;
}

/* One driver after the other: all of a tree at once would be hundreds of megabytes. */
int pick_print_json(struct pick_tree *tree, const struct pick_list *list)
{
	putchar('[');
	for (size_t i = 0; i < list->count; i++) {
		json_t *json = json_driver(tree, list->driver[i]);

		fputs(i ? ",\n" : "\n", stdout);
		if (!json || json_dumpf(json, stdout, JSON_INDENT(2)) < 0) {
			json_decref(json);
			return -1;
		}
		json_decref(json);
	}
	return fputs("\n]\n", stdout) == EOF ? -1 : 0;
}
