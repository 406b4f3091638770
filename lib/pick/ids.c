// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables of devices: entries in braces, or macros that become such. Only the fields that identify a
 * device are evaluated.
 */
#include "pick/ids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pick/macro.h"

enum { ANY = 1 << 16, UNKNOWN, FIELDS = 4 };

/* What an entry has said so far; the meaning of the fields is the bus's. */
struct entry {
	uint64_t field[FIELDS];
	bool set[FIELDS];
	struct strbuf name;
	bool has_name;
	unsigned position; /* of the next field without a name */
};

/* The fields of struct pci_device_id; usb_device_id's are mapped to the same two. */
enum { VENDOR, DEVICE, CLASS, CLASS_MASK };

struct finder {
	struct macros macros;
	enum scan_bus bus;
	struct arena *arena;
	struct scan_id ***last;
	bool failed;
};

static void emit(struct finder *f, const char *text)
{
	struct scan_id *id = arena_alloc(f->arena, sizeof(*id));

	if (id)
		id->text = arena_copy(f->arena, text, strlen(text));
	if (!id || !id->text) {
		f->failed = true;
		return;
	}
	id->bus = f->bus;
	**f->last = id;
	*f->last = &id->next;
}

/* --- One entry --- */

static bool is_same(const char *text, size_t len, const char *name)
{
	return strlen(name) == len && !memcmp(text, name, len);
}

static void set_field(struct finder *f, struct entry *e, int field, const char *text, size_t len)
{
	uint64_t value;

	while (len && (*text == ' ' || *text == '\t' || *text == '\n')) {
		text++;
		len--;
	}
	if (is_same(text, len, "PCI_ANY_ID") || is_same(text, len, "VIRTIO_DEV_ANY_ID"))
		value = ANY;
	else if (!macro_number(&f->macros, text, len, &value))
		value = UNKNOWN;
	if (f->bus != SCAN_AMBA && (value == UINT64_MAX || value == UINT32_MAX))
		value = ANY;
	e->field[field] = value;
	e->set[field] = true;
}

static void set_name(struct finder *f, struct entry *e, const char *text, size_t len)
{
	if (!e->has_name)
		e->has_name = macro_text(&f->macros, text, len, &e->name);
}

/* PREFIX ## TEXT as a field. */
static void set_pasted(struct finder *f, struct entry *e, int field, const char *prefix,
		       const char *text, size_t len)
{
	char name[128];
	int n = snprintf(name, sizeof(name), "%s%.*s", prefix, (int)len, text);

	if (n < (int)sizeof(name))
		set_field(f, e, field, name, (size_t)n);
}

/* The macros of <linux/pci.h> and <linux/usb.h>. Whether NAME is one. */
static bool known_macro(struct finder *f, struct entry *e, const char *name, size_t name_len,
			const char *args, size_t len)
{
	static const struct {
		const char *name;
		int field[4]; /* of each argument, or -1 */
	} plain[] = {
		{ "PCI_DEVICE", { VENDOR, DEVICE, -1, -1 } },
		{ "PCI_DEVICE_SUB", { VENDOR, DEVICE, -1, -1 } },
		{ "PCI_DEVICE_CLASS", { CLASS, CLASS_MASK, -1, -1 } },
		{ "USB_DEVICE", { VENDOR, DEVICE, -1, -1 } },
		{ "USB_DEVICE_VER", { VENDOR, DEVICE, -1, -1 } },
		{ "USB_DEVICE_INTERFACE_CLASS", { VENDOR, DEVICE, -1, -1 } },
		{ "USB_DEVICE_INTERFACE_PROTOCOL", { VENDOR, DEVICE, -1, -1 } },
		{ "USB_DEVICE_INTERFACE_NUMBER", { VENDOR, DEVICE, -1, -1 } },
		{ "USB_DEVICE_AND_INTERFACE_INFO", { VENDOR, DEVICE, -1, -1 } },
		{ "USB_VENDOR_AND_INTERFACE_INFO", { VENDOR, -1, -1, -1 } },
		{ "USB_INTERFACE_INFO", { CLASS, -1, -1, -1 } },
		{ "USB_DEVICE_INFO", { CLASS, -1, -1, -1 } },
	};
	const char *at = args, *end = args + len, *part, *vendor;
	size_t n, vendor_len;

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (!is_same(name, name_len, plain[i].name))
			continue;
		for (int k = 0; k < 4 && macro_part(&at, end, &part, &n); k++)
			if (plain[i].field[k] >= 0)
				set_field(f, e, plain[i].field[k], part, n);
		/* They fill the fields up to driver_data. */
		e->position = 7;
		return true;
	}
	if (!is_same(name, name_len, "PCI_VDEVICE") &&
	    !is_same(name, name_len, "PCI_VDEVICE_SUB") &&
	    !is_same(name, name_len, "PCI_DEVICE_DATA"))
		return false;
	if (!macro_part(&at, end, &vendor, &vendor_len) || !macro_part(&at, end, &part, &n))
		return true;
	set_pasted(f, e, VENDOR, "PCI_VENDOR_ID_", vendor, vendor_len);
	if (is_same(name, name_len, "PCI_DEVICE_DATA")) {
		char prefix[96];

		snprintf(prefix, sizeof(prefix), "PCI_DEVICE_ID_%.*s_", (int)vendor_len, vendor);
		set_pasted(f, e, DEVICE, prefix, part, n);
	} else {
		set_field(f, e, DEVICE, part, n);
	}
	e->position = 7;
	return true;
}

static void designated(struct finder *f, struct entry *e, const char *name, size_t name_len,
		       const char *value, size_t len)
{
	static const struct {
		const char *name;
		int field; /* or -1: the name */
	} fields[] = {
		{ "vendor", VENDOR },	   { "device", DEVICE },
		{ "class", CLASS },	   { "class_mask", CLASS_MASK },
		{ "idVendor", VENDOR },	   { "idProduct", DEVICE },
		{ "bDeviceClass", CLASS }, { "bInterfaceClass", CLASS },
		{ "compatible", -1 },	   { "name", -1 },
		{ "mask", DEVICE },
	};

	if (is_same(name, name_len, "id")) {
		if (f->bus == SCAN_AMBA)
			set_field(f, e, VENDOR, value, len);
		else
			set_name(f, e, value, len);
		return;
	}
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (is_same(name, name_len, fields[i].name)) {
			if (fields[i].field < 0)
				set_name(f, e, value, len);
			else
				set_field(f, e, fields[i].field, value, len);
		}
}

static void positional(struct finder *f, struct entry *e, const char *value, size_t len)
{
	switch (f->bus) {
	case SCAN_PCI:
		if (e->position < 2)
			set_field(f, e, (int)e->position, value, len);
		else if (e->position == 4 || e->position == 5)
			set_field(f, e, CLASS + (int)e->position - 4, value, len);
		break;
	case SCAN_USB:
		if (e->position == 1 || e->position == 2)
			set_field(f, e, (int)e->position - 1, value, len);
		break;
	case SCAN_AMBA:
	case SCAN_VIRTIO:
		if (e->position < 2)
			set_field(f, e, (int)e->position, value, len);
		break;
	case SCAN_OF:
		break;
	default:
		if (e->position == 0)
			set_name(f, e, value, len);
	}
	e->position++;
}

static size_t name_length(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len &&
	       (text[n] == '_' || (text[n] >= '0' && text[n] <= '9') ||
		(text[n] >= 'a' && text[n] <= 'z') || (text[n] >= 'A' && text[n] <= 'Z')))
		n++;
	return n && (text[0] < '0' || text[0] > '9') ? n : 0;
}

static size_t blanks(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && (text[n] == ' ' || text[n] == '\t' || text[n] == '\n'))
		n++;
	return n;
}

/* Whether the next field without a name may identify the device: behind those is the driver's. */
static bool matters(const struct finder *f, const struct entry *e)
{
	static const unsigned last[SCAN_BUSES] = {
		[SCAN_PCI] = 6, [SCAN_USB] = 3, [SCAN_AMBA] = 2, [SCAN_VIRTIO] = 2
	};

	return e->position < (last[f->bus] ? last[f->bus] : 1);
}

/* NAME(ARGS) at TEXT, and nothing behind it: the length of NAME, or 0. */
static size_t call_at(const char *text, size_t len, const char **args, size_t *args_len)
{
	size_t n = name_length(text, len), gap = blanks(text + n, len - n);

	if (!n || n + gap >= len || text[n + gap] != '(' || text[len - 1] != ')')
		return 0;
	*args = text + n + gap + 1;
	*args_len = len - n - gap - 2;
	return n;
}

static void fields_of(struct finder *f, struct entry *e, const char *text, size_t len,
		      unsigned depth)
{
	const char *at = text, *end = text + len, *part, *args;
	size_t n, args_len, name;

	while (!f->failed && macro_part(&at, end, &part, &n)) {
		struct strbuf body = STRBUF_INIT;

		if (*part == '.') {
			size_t field = name_length(part + 1, n - 1);
			const char *equals = memchr(part, '=', n);

			if (equals)
				designated(f, e, part + 1, field, equals + 1,
					   (size_t)(part + n - equals - 1));
			continue;
		}
		name = call_at(part, n, &args, &args_len);
		if (name && known_macro(f, e, part, name, args, args_len))
			continue;
		/* A macro that stands for several fields. */
		if (depth < MACRO_DEPTH && matters(f, e) && (name || name_length(part, n) == n) &&
		    macro_expand(&f->macros, &body, part, name ? name : n, name ? args : NULL,
				 name ? args_len : 0) &&
		    body.len &&
		    (memchr(body.buf, ',', body.len) || memchr(body.buf, '.', body.len) ||
		     memmem(body.buf, body.len, "PCI_", 4) ||
		     memmem(body.buf, body.len, "USB_", 4)))
			fields_of(f, e, body.buf, body.len, depth + 1);
		else
			positional(f, e, part, n);
		strbuf_free(&body);
	}
}

static void emit_pair(struct finder *f, const struct entry *e)
{
	char text[32], part[2][8];

	for (int i = 0; i < 2; i++)
		if (e->set[i] && e->field[i] == UNKNOWN)
			snprintf(part[i], sizeof(part[i]), "?");
		else if (e->set[i] && e->field[i] != ANY)
			snprintf(part[i], sizeof(part[i]), "%04x", (unsigned)e->field[i] & 0xffff);
		else
			snprintf(part[i], sizeof(part[i]), "*");
	if (!e->set[VENDOR] || (e->field[VENDOR] == ANY && part[1][0] == '*')) {
		if (!e->set[CLASS] || !e->field[CLASS] || e->field[CLASS] == UNKNOWN)
			return;
		snprintf(text, sizeof(text), "class:%0*x", f->bus == SCAN_PCI ? 6 : 2,
			 (unsigned)e->field[CLASS] & 0xffffff);
	} else if (!e->field[VENDOR]) {
		return;
	} else {
		snprintf(text, sizeof(text), "%s:%s", part[0], part[1]);
	}
	emit(f, text);
}

static void emit_entry(struct finder *f, const struct entry *e)
{
	char text[32];

	switch (f->bus) {
	case SCAN_PCI:
	case SCAN_USB:
		emit_pair(f, e);
		break;
	case SCAN_AMBA:
		if (!e->set[VENDOR] || !e->field[VENDOR] || e->field[VENDOR] == UNKNOWN)
			break;
		snprintf(text, sizeof(text), "%08x/%08x", (unsigned)e->field[VENDOR],
			 e->set[DEVICE] && e->field[DEVICE] != UNKNOWN ?
				 (unsigned)e->field[DEVICE] :
				 0xffffffff);
		emit(f, text);
		break;
	case SCAN_VIRTIO:
		if (!e->set[VENDOR] || !e->field[VENDOR] || e->field[VENDOR] == UNKNOWN)
			break;
		snprintf(text, sizeof(text), "%u", (unsigned)e->field[VENDOR]);
		emit(f, text);
		break;
	default:
		if (e->has_name && e->name.len)
			emit(f, e->name.buf);
	}
}

/* --- A list of entries --- */

static void entries_of(struct finder *f, const char *text, size_t len, unsigned depth)
{
	const char *at = text, *end = text + len, *part, *args;
	size_t n, args_len, name;

	while (!f->failed && macro_part(&at, end, &part, &n)) {
		struct strbuf body = STRBUF_INIT;
		struct entry e = { 0 };

		/* `[BOARD] = { ... }` */
		if (*part == '[') {
			const char *brace = memchr(part, '{', n);

			if (!brace)
				continue;
			n -= (size_t)(brace - part);
			part = brace;
		}
		if (*part == '#') {
			const char *more;

			if (n > 3 && depth < 4 &&
			    (more = macro_included(&f->macros, part + 2, n - 3, &args_len)))
				entries_of(f, more, args_len, depth + 1);
			continue;
		}
		if (*part == '{') {
			fields_of(f, &e, part + 1, n > 1 ? n - 2 : 0, 0);
			emit_entry(f, &e);
			strbuf_free(&e.name);
			continue;
		}
		name = call_at(part, n, &args, &args_len);
		if (name && known_macro(f, &e, part, name, args, args_len))
			emit_entry(f, &e);
		else if (depth < MACRO_DEPTH && (name || name_length(part, n) == n) &&
			 macro_expand(&f->macros, &body, part, name ? name : n, name ? args : NULL,
				      name ? args_len : 0))
			entries_of(f, body.buf ? body.buf : "", body.len, depth + 1);
		else if (*part == '.') {
			/* The fields of a macro that stands for one entry. */
			fields_of(f, &e, part, (size_t)(end - part), 0);
			emit_entry(f, &e);
			at = end;
		}
		strbuf_free(&e.name);
		strbuf_free(&body);
	}
}

/* The second argument of CLK_OF_DECLARE(NAME, COMPATIBLE, ...), the first of others. */
static void compatible_of(struct finder *f, const struct scan_table *table)
{
	const char *at = table->text, *part;
	size_t n;

	while (macro_part(&at, table->text + table->len, &part, &n)) {
		struct strbuf name = STRBUF_INIT;
		bool found = memchr(part, '"', n) && macro_text(&f->macros, part, n, &name);

		if (found && name.len)
			emit(f, name.buf);
		strbuf_free(&name);
		if (found)
			return;
	}
}

/* struct platform_driver: the name is that of `.driver = { .name = ... }`. */
static void driver_name(struct finder *f, const struct scan_table *table)
{
	const char *at = memmem(table->text, table->len, ".name", 5), *part;
	const char *end = table->text + table->len;
	struct strbuf name = STRBUF_INIT;
	size_t n;

	at = at ? memchr(at, '=', (size_t)(end - at)) : NULL;
	if (!at)
		return;
	at++;
	if (!macro_part(&at, end, &part, &n))
		return;
	while (n && (part[n - 1] == '}' || part[n - 1] == ' ' || part[n - 1] == '\n' ||
		     part[n - 1] == '\t'))
		n--;
	if (macro_text(&f->macros, part, n, &name) && name.len)
		emit(f, name.buf);
	strbuf_free(&name);
}

/* MODULE_ALIAS("platform:NAME") */
static bool alias(struct finder *f, const struct scan_table *table)
{
	struct strbuf text = STRBUF_INIT;
	const char *colon;
	bool found = table->call && table->len && table->text[0] == '"';

	if (found && macro_text(&f->macros, table->text, table->len, &text) &&
	    (colon = strchr(text.buf, ':')))
		emit(f, colon + 1);
	strbuf_free(&text);
	return found;
}

static void table_found(void *arg, const struct scan_table *table)
{
	struct finder *f = arg;

	f->bus = table->bus;
	if (table->driver)
		driver_name(f, table);
	else if (table->bus == SCAN_OF && table->call)
		compatible_of(f, table);
	else if (!alias(f, table))
		entries_of(f, table->text, table->len, 0);
}

int ids_find(const struct scan_source *source, const char *folder, const char *module,
	     struct headers *headers, struct scan_id ***last)
{
	struct finder f = { .arena = headers->arena, .last = last };

	if (!source->tables && !source->foreign_tables)
		return 0;
	if (macros_open(&f.macros, source, folder, module, headers) < 0) {
		macros_close(&f.macros);
		return -1;
	}
	for (const struct scan_table *t = source->tables; t && !f.failed; t = t->next)
		table_found(&f, t);
	if (source->foreign_tables)
		macro_tables(&f.macros, table_found, &f);
	f.failed |= f.macros.failed;
	macros_close(&f.macros);
	return f.failed ? -1 : 0;
}

bool id_bus_is_known(const char *text)
{
	for (int bus = 0; bus < SCAN_BUSES; bus++) {
		const char *name = scan_bus_name((enum scan_bus)bus);

		if (!strncmp(text, name, strlen(name)) && text[strlen(name)] == ':')
			return true;
	}
	return false;
}

bool id_matches(const struct scan_id *id, const char *text)
{
	const char *bus = scan_bus_name(id->bus), *has = id->text;
	size_t len = strlen(bus);

	if (strncmp(text, bus, len) != 0 || text[len] != ':')
		return false;
	text += len + 1;
	if (id->bus == SCAN_AMBA) {
		unsigned long value = strtoul(has, NULL, 16), wanted = strtoul(text, NULL, 16);
		const char *slash = strchr(has, '/');

		return ((value ^ wanted) & (slash ? strtoul(slash + 1, NULL, 16) : ~0UL)) == 0;
	}
	if (id->bus != SCAN_PCI && id->bus != SCAN_USB)
		return !strcmp(has, text);
	/* 8086:100E is 8086:100e, and what the table says of any holds for it. */
	for (; *has; has++) {
		if (*has == '*') {
			text += strcspn(text, ":");
			continue;
		}
		if (*has != (*text >= 'A' && *text <= 'F' ? *text | 0x20 : *text))
			return false;
		text++;
	}
	return *text == '\0';
}
