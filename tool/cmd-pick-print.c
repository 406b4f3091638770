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

/* How the configuration has the driver, and what is missing for it. */
static void put_config(struct pick_view *view, const struct pick_driver *driver,
		       struct strbuf *text)
{
	if (!view->has_config) {
		fputs("\t\t", stdout);
		return;
	}
	text->len = 0;
	pick_config_missing(&view->config, driver, &view->tree.arena, text);
	printf("\t%s\t", pick_config_state(&view->config, driver));
	put_field(text->len && !text->failed ? text->buf : "");
}

void pick_print_lines(struct pick_view *view)
{
	struct strbuf text = STRBUF_INIT;
	struct pick_tree *tree = &view->tree;
	const struct pick_list *list = &view->list;

	puts("name\tsymbol\tkind\tsubsystem\tprompt\tdepends\tsources\tlicence\tlines\tids\t"
	     "services\tstate\tmissing\tcarry");
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
		put_config(view, driver, &text);
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

	if (json || !text)
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

static void add_config(json_t *json, struct pick_view *view, const struct pick_driver *driver)
{
	struct strbuf text = STRBUF_INIT;

	pick_config_missing(&view->config, driver, &view->tree.arena, &text);
	json_object_set_new(json, "state", json_string(pick_config_state(&view->config, driver)));
	json_object_set_new(json, "missing", json_buffer(&text));
	strbuf_free(&text);
}

static json_t *json_driver(struct pick_view *view, const struct pick_driver *driver)
{
	json_t *symbols = json_array(), *objects = json_array(), *json;

	for (const struct pick_owner *o = driver->owners; o; o = o->next)
		json_array_append_new(symbols, json_owner(o, &view->tree.arena));
	for (const struct pick_object *o = driver->objects; o; o = o->next)
		json_array_append_new(objects, json_object_file(o));
	json = json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o}", "name", json_text(driver->name),
			 "folder", json_text(driver->folder), "subsystem",
			 json_text(pick_subsystem(driver)), "kind", pick_driver_kind(driver),
			 "symbols", symbols, "folders", json_folders(driver), "objects", objects);
	if (json && driver->facts)
		add_facts(json, driver->facts);
	if (json && view->has_config)
		add_config(json, view, driver);
	return json;
}

/* One driver after the other: all of a tree at once would be hundreds of megabytes. */
int pick_print_json(struct pick_view *view)
{
	const struct pick_list *list = &view->list;

	putchar('[');
	for (size_t i = 0; i < list->count; i++) {
		json_t *json = json_driver(view, list->driver[i]);

		fputs(i ? ",\n" : "\n", stdout);
		if (!json || json_dumpf(json, stdout, JSON_INDENT(2)) < 0) {
			json_decref(json);
			return -1;
		}
		json_decref(json);
	}
	return fputs("\n]\n", stdout) == EOF ? -1 : 0;
}

/* --- The nodes of a devicetree --- */

static const char *state_of(const struct pick_view *view, const struct pick_driver *driver)
{
	return view->has_config ? pick_config_state(&view->config, driver) : "";
}

void pick_print_nodes(const struct pick_view *view)
{
	puts("node\tcompatible\tstatus\tdriver\tsymbol\tstate\tfile");
	for (const struct pick_node *node = view->nodes.first; node; node = node->next) {
		size_t i = 0;

		do {
			const struct pick_driver *driver =
				i < node->drivers.count ? node->drivers.driver[i] : NULL;
			const struct pick_symbol *symbol =
				driver ? pick_driver_symbol(driver) : NULL;

			put_field(node->path);
			putchar('\t');
			put_field(node->matched ? node->matched : node->compatible);
			printf("\t%s\t%s\t%s\t%s\t", node->disabled ? "disabled" : "okay",
			       driver ? driver->name : "-", symbol ? symbol->name : "-",
			       driver ? state_of(view, driver) : "");
			if (driver)
				printf("%s/%s", driver->folder, driver->name);
			putchar('\n');
		} while (++i < node->drivers.count);
	}
}

int pick_print_nodes_json(const struct pick_view *view)
{
	json_t *nodes = json_array();
	int result;

	for (const struct pick_node *node = view->nodes.first; node; node = node->next) {
		json_t *drivers = json_array();

		for (size_t i = 0; i < node->drivers.count; i++) {
			const struct pick_driver *driver = node->drivers.driver[i];
			const struct pick_symbol *symbol = pick_driver_symbol(driver);

			json_array_append_new(drivers,
					      json_pack("{s:o, s:o, s:o, s:s}", "name",
							json_text(driver->name), "folder",
							json_text(driver->folder), "symbol",
							json_text(symbol ? symbol->name : NULL),
							"state", state_of(view, driver)));
		}
		json_array_append_new(nodes, json_pack("{s:o, s:o, s:o, s:b, s:o}", "node",
						       json_text(node->path), "compatible",
						       json_text(node->compatible), "matched",
						       json_text(node->matched), "disabled",
						       node->disabled, "drivers", drivers));
	}
	result = json_dumpf(nodes, stdout, JSON_INDENT(2)) < 0 || putchar('\n') == EOF ? -1 : 0;
	json_decref(nodes);
	return result;
}
