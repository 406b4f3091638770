// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's command line: see cmdline.h. */
#include "boot/cmdline.h"

#include <libfdt.h>
#include <string.h>

#include "base/strbuf.h"

static const struct {
	const char *compatible;
	const char *device;
} uarts[] = {
	{ "arm,pl011", "ttyAMA0" },
	{ "brcm,bcm2835-aux-uart", "ttyS0" },
};

/* The Linux device of the UART that ALIAS ("serial0") names, or NULL. */
static const char *uart_device(const struct devicetree *tree, const char *alias)
{
	int node = tree ? devicetree_node(tree, "/aliases") : -1;
	const char *path = node < 0 ? NULL : devicetree_string(tree, node, alias);

	node = path ? devicetree_node(tree, path) : -1;
	if (node < 0)
		return NULL;
	for (size_t i = 0; i < sizeof(uarts) / sizeof(uarts[0]); i++)
		if (fdt_node_check_compatible(tree->blob, node, uarts[i].compatible) == 0)
			return uarts[i].device;
	return NULL;
}

/* Adds one word, with the UART in "console=serial0,115200" replaced. */
static void add_word(struct strbuf *out, const struct devicetree *tree, const char *word,
		     size_t len)
{
	static const char *const options[] = { "console=", "kgdboc=" };
	char alias[] = "serial0";

	for (size_t i = 0; i < 2; i++) {
		size_t head = strlen(options[i]), tail = head + strlen(alias);
		const char *device;

		if (len < tail || strncmp(word, options[i], head) != 0 ||
		    strncmp(word + head, "serial", 6) != 0)
			continue;
		alias[6] = word[tail - 1];
		device = alias[6] == '0' || alias[6] == '1' ? uart_device(tree, alias) : NULL;
		if (device && (len == tail || word[tail] == ',')) {
			strbuf_addf(out, "%s%s%.*s", options[i], device, (int)(len - tail),
				    word + tail);
			return;
		}
	}
	strbuf_add(out, word, len);
}

/*
 * Adds the words up to the end of the line, one space between them. Returns what is behind the
 * line.
 */
static const char *add_line(struct strbuf *out, const struct devicetree *tree, const char *text)
{
	text += strspn(text, " \t\r\n");
	while (*text && *text != '\n') {
		size_t len = strcspn(text, " \t\r\n");

		if (out->len)
			strbuf_puts(out, " ");
		add_word(out, tree, text, len);
		text += len;
		text += strspn(text, " \t\r");
	}
	return text;
}

char *cmdline_build(const struct devicetree *tree, const char *text, struct notices *notices,
		    struct error *err)
{
	int chosen = tree ? devicetree_node(tree, "/chosen") : -1;
	const char *bootargs = chosen < 0 ? NULL : devicetree_string(tree, chosen, "bootargs");
	struct strbuf out = STRBUF_INIT;
	char *line;

	if (bootargs)
		add_line(&out, tree, bootargs);
	text = add_line(&out, tree, text);
	line = strbuf_detach(&out);
	if (!line) {
		error_set(err, "out of memory");
		return NULL;
	}
	if (text[strspn(text, " \t\r\n")])
		notices_add(notices,
			    "cmdline.txt: only its first line counts: what is below is ignored");
	return line;
}

bool cmdline_uses_mini_uart(const char *line)
{
	return strstr(line, "console=ttyS0") || strstr(line, "console=ttyS1");
}
