// SPDX-License-Identifier: GPL-2.0-only
/* JUnit XML: see junit.h. The elements are those that Jenkins' and GitLab's readers agree on. */
#include "boot/junit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A UTF-8 sequence at TEXT that XML 1.0 allows, other than plain ASCII: its length, or 0. */
static size_t xml_character(const unsigned char *text)
{
	size_t n = text[0] >= 0xc2 && text[0] < 0xe0 ? 2 :
		   text[0] >= 0xe0 && text[0] < 0xf0 ? 3 :
		   text[0] >= 0xf0 && text[0] < 0xf5 ? 4 :
						       0;
	uint32_t code = n ? text[0] & (0xffu >> (n + 1)) : 0;

	for (size_t i = 1; i < n; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		code = code << 6 | (text[i] & 0x3f);
	}
	if ((n == 3 && code < 0x800) || (n == 4 && (code < 0x10000 || code > 0x10ffff)) ||
	    (code >= 0xd800 && code < 0xe000) || code == 0xfffe || code == 0xffff)
		return 0;
	return n;
}

static void escaped(FILE *f, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t n;

	for (; *p; p += n) {
		n = 1;
		if (*p == '&')
			fputs("&amp;", f);
		else if (*p == '<')
			fputs("&lt;", f);
		else if (*p == '>')
			fputs("&gt;", f);
		else if (*p == '"')
			fputs("&quot;", f);
		else if (*p == '\n' || *p == '\t' || (*p >= 0x20 && *p < 0x7f))
			fputc(*p, f);
		else if ((n = xml_character(p)))
			fwrite(p, 1, n, f);
		else if ((n = 1))
			fprintf(f, "\\x%02x", *p);
	}
}

static double seconds(int64_t from, int64_t to)
{
	return (double)(to - from) / 1e9;
}

/* Lines that wait are cases, and whichever failed. */
static bool is_case(const struct script_run *run, size_t i)
{
	enum script_op op = run->script->line[i].op;

	return op == SCRIPT_EXPECT || op == SCRIPT_PIN || op == SCRIPT_OFF ||
	       run->result[i].outcome == SCRIPT_MISSED;
}

static void print_case(FILE *f, const struct script_run *run, size_t i, const char *class,
		       const char *console)
{
	const struct script_line *line = &run->script->line[i];
	const struct script_result *result = &run->result[i];

	fputs("  <testcase classname=\"", f);
	escaped(f, class);
	fprintf(f, "\" name=\"line %d: ", line->number);
	escaped(f, line->source);
	fprintf(f, "\" time=\"%.3f\"", seconds(result->start_ns, result->end_ns));
	if (result->outcome == SCRIPT_NOT_REACHED) {
		fputs("><skipped/></testcase>\n", f);
	} else if (result->outcome == SCRIPT_MISSED) {
		fputs("><failure message=\"", f);
		escaped(f, run->error.text);
		fputs("\">", f);
		escaped(f, console ? console : "");
		fputs("</failure></testcase>\n", f);
	} else {
		fputs("/>\n", f);
	}
}

char *junit_report(const struct script_run *run, const char *class, const char *console)
{
	const struct script *script = run->script;
	size_t cases = 0, failures = 0, skipped = 0, size;
	char *report = NULL;
	FILE *f;

	for (size_t i = 0; i < script->lines; i++) {
		bool missed = run->result[i].outcome == SCRIPT_MISSED;

		if (!is_case(run, i))
			continue;
		cases++;
		failures += missed;
		skipped += run->result[i].outcome == SCRIPT_NOT_REACHED;
	}
	f = open_memstream(&report, &size);
	if (!f)
		return NULL;
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"", f);
	escaped(f, script->name);
	fprintf(f,
		"\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\" time=\"%.3f\">\n",
		cases, failures, skipped,
		seconds(run->result[0].start_ns, run->result[run->at].end_ns));
	for (size_t i = 0; i < script->lines; i++)
		if (is_case(run, i))
			print_case(f, run, i, class, console);
	fputs("</testsuite>\n", f);
	if (fclose(f) != 0) {
		free(report);
		return NULL;
	}
	return report;
}
