// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry pick on a terminal: the drivers on the left, what is known of the one at the cursor on the
 * right, a line on top with the search and one at the bottom with the keys. Nothing but reverse and
 * bold is used, so it looks the same without colours.
 */
#include <curses.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cmd-pick-terminal.h"
#include "cmd-pick.h"
#include "pick/browse.h"

enum {
	MIN_LINES = 6,
	MIN_COLUMNS = 24,
	TWO_PANES = 60, /* columns; with fewer, F2 goes from one to the other */
	KEY_ESCAPE = 27,
	KEY_CTRL_C = 3,
	KEY_CTRL_N = 14,
	KEY_CTRL_P = 16,
	KEY_CTRL_U = 21,
};

struct screen {
	struct pick_view *view;
	struct browse browse;
	size_t top;	 /* the first row that is shown */
	size_t text_top; /* the first line of the text that is shown */
	size_t text_lines;
	const struct browse_item *shown; /* whose text that is */
	bool right_only;		 /* where there is room for one pane */
	bool leaving;			 /* Escape was pressed once */
	int left;			 /* columns of the left pane; 0: it is not shown */
};

/* --- The text on the right --- */

static void add_label(struct strbuf *text, const char *label, const char *value)
{
	if (value && *value)
		strbuf_addf(text, "%s: %s\n", label, value);
}

static void add_expression(struct strbuf *text, const char *label, const struct expr *expr)
{
	if (!expr)
		return;
	strbuf_addf(text, "%s: ", label);
	expr_print(text, expr);
	strbuf_puts(text, "\n");
}

static void add_facts(struct strbuf *text, const struct driver_facts *facts)
{
	const char *name;

	add_label(text, "Description", facts->description);
	add_label(text, "Licence", facts->licences);
	strbuf_addf(text, "Lines: %u\n", facts->lines);
	if (facts->services) {
		strbuf_puts(text, "Uses:");
		for (unsigned bit = 0; (name = scan_service_name(bit)); bit++)
			if (facts->services >> bit & 1)
				strbuf_addf(text, " %s", name);
		strbuf_puts(text, "\n");
	}
	if (facts->ids) {
		strbuf_puts(text, "Devices:");
		for (const struct scan_id *id = facts->ids; id; id = id->next)
			strbuf_addf(text, " %s:%s", scan_bus_name(id->bus), id->text);
		strbuf_puts(text, "\n");
	}
}

static void add_symbol(struct strbuf *text, struct pick_view *view,
		       const struct pick_driver *driver)
{
	const struct pick_symbol *symbol = pick_driver_symbol(driver);

	if (!symbol)
		return;
	strbuf_addf(text, "Symbol: %s (%s)\n", symbol->name, pick_driver_kind(driver));
	add_expression(text, "Depends on", pick_symbol_depends(symbol, &view->tree.arena));
	add_expression(text, "Selected by", symbol->selected_by);
}

static void describe_driver(struct strbuf *text, struct pick_view *view,
			    const struct pick_driver *driver)
{
	const struct pick_symbol *symbol = pick_driver_symbol(driver);
	const char *prompt = symbol ? pick_symbol_prompt(symbol) : NULL;

	strbuf_addf(text, "%s\n", driver->name);
	if (prompt)
		strbuf_addf(text, "%s\n", prompt);
	strbuf_puts(text, "\n");
	add_symbol(text, view, driver);
	if (view->has_config) {
		strbuf_addf(text, "Configured: %s\n", pick_config_state(&view->config, driver));
		strbuf_puts(text, "Missing: ");
		pick_config_missing(&view->config, driver, &view->tree.arena, text);
		strbuf_puts(text, "\n");
	}
	strbuf_puts(text, "Files:");
	for (const struct pick_object *o = driver->objects; o; o = o->next)
		strbuf_addf(text, " %s", o->source ? o->source : o->path);
	strbuf_puts(text, "\n");
	if (driver->facts)
		add_facts(text, driver->facts);
	strbuf_puts(text, "\n");
	if (symbol)
		pick_symbol_help(symbol, text);
}

static void describe(struct strbuf *text, struct screen *s)
{
	const struct browse_item *item = browse_at(&s->browse);

	if (!item)
		strbuf_puts(text,
			    "Nothing has all of these words: Backspace, or Ctrl-U for all.\n");
	else if (item->driver)
		describe_driver(text, s->view, item->driver);
	else
		strbuf_addf(text, "%s\n\n%zu drivers\n", item->text, item->drivers);
}

/* --- Drawing --- */

/* Puts LEN bytes of TEXT, cut or filled to WIDTH. What is not plain becomes a question mark. */
static void put(int y, int x, int width, const char *text, size_t len)
{
	move(y, x);
	for (int i = 0; i < width; i++) {
		unsigned char c = (size_t)i < len ? (unsigned char)text[i] : ' ';

		addch(c >= ' ' && c < 127 ? c : c == '\t' ? ' ' : '?');
	}
}

/* The text in lines of WIDTH, broken at blanks; those from s->text_top on are drawn. */
static void draw_text(struct screen *s, int x, int width, int height)
{
	struct strbuf text = STRBUF_INIT;
	const char *at;
	size_t line = 0;

	describe(&text, s);
	for (at = text.buf ? text.buf : ""; *at;) {
		size_t len = strcspn(at, "\n"), used = len;

		if (len > (size_t)width) {
			used = (size_t)width;
			while (used > (size_t)width / 2 && at[used] != ' ' && at[used - 1] != ' ')
				used--;
		}
		if (line >= s->text_top && line - s->text_top < (size_t)height) {
			if (line == 0)
				attron(A_BOLD);
			put(1 + (int)(line - s->text_top), x, width, at, used);
			attroff(A_BOLD);
		}
		line++;
		at += used;
		while (used < len && *at == ' ') {
			at++;
			len--;
		}
		at += *at == '\n' && used >= len;
	}
	s->text_lines = line;
	for (; line < s->text_top + (size_t)height; line++)
		put(1 + (int)(line - s->text_top), x, width, "", 0);
	strbuf_free(&text);
}

static void draw_row(const struct screen *s, size_t row, int y)
{
	const struct browse_item *item = &s->browse.item[s->browse.row[row]];
	bool open = item->open || s->browse.search[0];
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%*s%s%s", (int)item->depth * 2, "",
		    item->driver ? item->marked ? "* " : "  " :
		    open	 ? "- " :
				   "+ ",
		    item->driver ? item->driver->name : item->text);
	if (!item->driver)
		strbuf_addf(&text, " (%zu)", item->drivers);
	if (row == s->browse.cursor)
		attron(A_REVERSE);
	put(y, 0, s->left, text.buf ? text.buf : "", text.len);
	attroff(A_REVERSE);
	strbuf_free(&text);
}

static void draw_list(struct screen *s, int height)
{
	if (s->browse.cursor < s->top)
		s->top = s->browse.cursor;
	if (s->browse.cursor >= s->top + (size_t)height)
		s->top = s->browse.cursor - (size_t)height + 1;
	for (int y = 0; y < height; y++)
		if (s->top + (size_t)y < s->browse.row_count)
			draw_row(s, s->top + (size_t)y, 1 + y);
		else
			put(1 + y, 0, s->left, "", 0);
}

static void draw_top(const struct screen *s)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "Search: %s", s->browse.search);
	put(0, 0, COLS, text.buf ? text.buf : "", text.len);
	text.len = 0;
	strbuf_addf(&text, "%zu found, %zu marked  Linux %s", s->browse.found, s->browse.marked,
		    s->view->tree.version);
	if ((int)text.len + 30 < COLS)
		put(0, COLS - (int)text.len, (int)text.len, text.buf, text.len);
	strbuf_free(&text);
	move(0, 8 + (int)strlen(s->browse.search) < COLS ? 8 + (int)strlen(s->browse.search) :
							   COLS - 1);
}

static void draw_help(const struct screen *s)
{
	const char *text =
		COLS > 84 ? "Type to search, Left/Right close/open, Tab mark, Enter take, ^N/^P "
			    "text, Esc leave" :
		COLS >= TWO_PANES ? "Type to search, Tab mark, Enter take, ^N ^P text, Esc leave" :
				    "Tab mark, Enter take, F2 text, Esc leave";

	if (s->leaving)
		text = "Esc again leaves; any other key goes on";
	attron(A_REVERSE);
	put(LINES - 1, 0, COLS - 1, text, strlen(text));
	attroff(A_REVERSE);
}

static void draw(struct screen *s)
{
	bool two = COLS >= TWO_PANES;
	int height = LINES - 2;

	if (browse_at(&s->browse) != s->shown) {
		s->shown = browse_at(&s->browse);
		s->text_top = 0;
	}
	erase();
	if (LINES < MIN_LINES || COLS < MIN_COLUMNS) {
		put(0, 0, COLS, "Too small", 9);
		refresh();
		return;
	}
	s->left = two ? COLS * 2 / 5 : s->right_only ? 0 : COLS;
	if (s->left)
		draw_list(s, height);
	if (two)
		for (int y = 0; y < height; y++)
			mvaddch(1 + y, s->left, '|');
	if (two || s->right_only)
		draw_text(s, two ? s->left + 2 : 0, two ? COLS - s->left - 2 : COLS, height);
	draw_help(s);
	draw_top(s);
	refresh();
}

/* --- Keys --- */

static void type(struct screen *s, int key)
{
	char search[sizeof(s->browse.search)];
	size_t len = strlen(s->browse.search);

	memcpy(search, s->browse.search, sizeof(search));
	if (key == KEY_CTRL_U)
		search[0] = '\0';
	else if (key == KEY_BACKSPACE && len)
		search[len - 1] = '\0';
	else if (key != KEY_BACKSPACE && len + 1 < sizeof(search)) {
		search[len] = (char)key;
		search[len + 1] = '\0';
	}
	browse_search(&s->browse, search);
}

static void scroll_text(struct screen *s, int lines)
{
	size_t most = s->text_lines > (size_t)LINES - 2 ? s->text_lines - ((size_t)LINES - 2) : 0;

	if (lines < 0)
		s->text_top -= s->text_top < (size_t)-lines ? s->text_top : (size_t)-lines;
	else
		s->text_top =
			s->text_top + (size_t)lines < most ? s->text_top + (size_t)lines : most;
}

static void mouse(struct screen *s)
{
	bool on_list;
	MEVENT event;
	size_t row;

	if (getmouse(&event) != OK)
		return;
	on_list = event.x < s->left;
	if (event.bstate & BUTTON4_PRESSED) {
		on_list ? browse_move(&s->browse, -3) : scroll_text(s, -3);
	} else if (event.bstate & BUTTON5_PRESSED) {
		on_list ? browse_move(&s->browse, 3) : scroll_text(s, 3);
	} else if (on_list && event.y >= 1 && event.y < LINES - 1) {
		row = s->top + (size_t)event.y - 1;
		if (row >= s->browse.row_count)
			return;
		/* A click selects; one on what is selected opens, closes or marks. */
		if (row != s->browse.cursor)
			s->browse.cursor = row;
		else if (browse_at(&s->browse)->driver)
			browse_mark(&s->browse);
		else if (!browse_open_folder(&s->browse))
			browse_close_folder(&s->browse);
	}
}

enum result { GO_ON, TAKE, LEAVE };

static enum result press(struct screen *s, int key)
{
	bool leaving = s->leaving;

	s->leaving = false;
	switch (key) {
	case KEY_ESCAPE:
		s->leaving = true;
		return leaving ? LEAVE : GO_ON;
	case KEY_CTRL_C:
	case ERR:
		return LEAVE;
	case '\r':
	case '\n':
	case KEY_ENTER:
		if (browse_at(&s->browse) && !browse_at(&s->browse)->driver && !s->browse.marked) {
			if (!browse_open_folder(&s->browse))
				browse_close_folder(&s->browse);
			return GO_ON;
		}
		return browse_at(&s->browse) || s->browse.marked ? TAKE : GO_ON;
	case '\t':
		browse_mark(&s->browse);
		browse_move(&s->browse, 1);
		return GO_ON;
	case KEY_UP:
	case KEY_DOWN:
		browse_move(&s->browse, key == KEY_UP ? -1 : 1);
		return GO_ON;
	case KEY_PPAGE:
	case KEY_NPAGE:
		browse_move(&s->browse, key == KEY_PPAGE ? 2 - LINES : LINES - 2);
		return GO_ON;
	case KEY_HOME:
	case KEY_END:
		browse_move(&s->browse, (long)s->browse.row_count * (key == KEY_HOME ? -1 : 1));
		return GO_ON;
	case KEY_RIGHT:
		if (!browse_open_folder(&s->browse))
			browse_move(&s->browse, 1);
		return GO_ON;
	case KEY_LEFT:
		browse_close_folder(&s->browse);
		return GO_ON;
	case KEY_CTRL_N:
	case KEY_CTRL_P:
		scroll_text(s, key == KEY_CTRL_N ? 4 : -4);
		return GO_ON;
	case KEY_F(2):
		s->right_only = !s->right_only;
		return GO_ON;
	case KEY_MOUSE:
		mouse(s);
		return GO_ON;
	case KEY_CTRL_U:
		type(s, key);
		return GO_ON;
	case KEY_BACKSPACE:
	case 127:
	case '\b':
		type(s, KEY_BACKSPACE);
		return GO_ON;
	default:
		if (key >= ' ' && key < 127)
			type(s, key);
		return GO_ON;
	}
}

/* --- The whole --- */

static enum result run(struct screen *s)
{
	enum result result;

	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	set_escdelay(50);
	mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	mouseinterval(0);
	do {
		draw(s);
		result = press(s, getch());
	} while (result == GO_ON);
	return result;
}

int pick_screen(struct pick_view *view, struct error *err)
{
	struct screen s = { .view = view };
	struct pick_list chosen = { 0 };
	enum result result = LEAVE;
	SCREEN *terminal;
	int status = 0;

	setlocale(LC_ALL, "");
	if (browse_start(&s.browse, &view->list, err) < 0) {
		browse_free(&s.browse);
		return -1;
	}
	terminal = pick_terminal_has_cursor() ? newterm(NULL, stdout, stdin) : NULL;
	if (!terminal) {
		browse_free(&s.browse);
		return 1;
	}
	result = run(&s);
	endwin();
	delscreen(terminal);
	if (result == TAKE)
		status = browse_chosen(&s.browse, &chosen, err);
	browse_free(&s.browse);
	pick_list_free(&view->list);
	view->list = chosen;
	return status;
}
