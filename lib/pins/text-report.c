// SPDX-License-Identifier: GPL-2.0-only
/* A whole report for a terminal, and what that terminal can show: see text.h. */
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "pins/text.h"

#define DEFAULT_COLUMNS 80
#define FEWEST_COLUMNS	40
#define MOST_COLUMNS	1000

/* A number within bounds, or 0. */
static unsigned int columns_in(const char *text)
{
	char *end;
	double columns = strtod(text, &end);

	return *text && !*end && columns >= FEWEST_COLUMNS && columns <= MOST_COLUMNS ?
		       (unsigned int)columns :
		       0;
}

struct text_style text_style_of(int fd)
{
	struct text_style style = { .columns = DEFAULT_COLUMNS };
	const char *no_color = getenv("NO_COLOR"), *columns = getenv("COLUMNS"),
		   *term = getenv("TERM");
	bool tty = isatty(fd);
	struct winsize size;

	style.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	style.colour = tty && !(no_color && *no_color) && !(term && !strcmp(term, "dumb"));
	if (columns && columns_in(columns))
		style.columns = columns_in(columns);
	else if (tty && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= FEWEST_COLUMNS)
		style.columns = size.ws_col;
	return style;
}

void text_report(FILE *out, const struct report *report, const struct text_parts *parts,
		 const struct text_style *style)
{
	if (report->count == 0 && (parts->draw || parts->measure))
		fprintf(out, "%s: no pin changes in this recording\n", report->name);
	if (parts->draw && report->count)
		text_draw(out, report, style);
	if (parts->draw && parts->measure && report->count)
		fputc('\n', out);
	if (parts->measure)
		text_measure(out, report, style);
	if (parts->morse)
		text_morse(out, report, style);
}
