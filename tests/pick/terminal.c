// SPDX-License-Identifier: GPL-2.0-only
/*
 * A terminal for tests of what draws on one: runs a program on a pty and keeps the screen that a
 * VT100 would show. Its own standard input says what to do, a line each:
 *
 *     size ROWS COLUMNS    before `run`, or while it runs: the window is made another size
 *     run PROGRAM ARG...   words are separated by blanks
 *     type TEXT            as it is, with \e, \r, \t, \xNN
 *     wait TEXT            until it is somewhere on the screen; fails after two minutes
 *     gone TEXT            until it is nowhere
 *     line N               prints that line of the screen, the first is 0
 *     screen               prints all of it
 *     end                  waits for the program's end and prints its exit status
 *
 * What the program prints after it has left the screen is on the screen, too.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_ROWS = 100, MAX_COLUMNS = 300, WAIT_SECONDS = 120 };

static char cell[MAX_ROWS][MAX_COLUMNS];
static int rows = 24, columns = 80;
static int y, x, saved_y, saved_x, top, bottom;
static bool wrap; /* the next character goes to the next line */
static int terminal = -1;
static pid_t child;
static char escape[64];
static size_t escape_len;

/* --- The screen --- */

static void clear(int from_y, int from_x, int to_y, int to_x)
{
	for (int r = from_y; r <= to_y; r++)
		for (int c = r == from_y ? from_x : 0; c < (r == to_y ? to_x : columns); c++)
			cell[r][c] = ' ';
}

static void scroll(int by)
{
	for (; by > 0; by--) {
		memmove(cell[top], cell[top + 1], (size_t)(bottom - top) * MAX_COLUMNS);
		clear(bottom, 0, bottom, columns);
	}
	for (; by < 0; by++) {
		memmove(cell[top + 1], cell[top], (size_t)(bottom - top) * MAX_COLUMNS);
		clear(top, 0, top, columns);
	}
}

static int limit(int value, int most)
{
	return value < 0 ? 0 : value > most ? most : value;
}

static void line_feed(void)
{
	if (y == bottom)
		scroll(1);
	else if (y < rows - 1)
		y++;
}

/* ESC [ ... LETTER */
static void control(const char *text, char letter)
{
	int n[4] = { 0 }, count = 0, one;

	for (const char *c = text; *c && count < 4; count++) {
		n[count] = atoi(c);
		c += strcspn(c, ";");
		c += *c == ';';
	}
	one = n[0] ? n[0] : 1;
	wrap = false;
	switch (letter) {
	case 'H':
	case 'f':
		y = limit((n[0] ? n[0] : 1) - 1, rows - 1);
		x = limit((n[1] ? n[1] : 1) - 1, columns - 1);
		break;
	case 'A':
		y = limit(y - one, rows - 1);
		break;
	case 'B':
		y = limit(y + one, rows - 1);
		break;
	case 'C':
		x = limit(x + one, columns - 1);
		break;
	case 'D':
		x = limit(x - one, columns - 1);
		break;
	case 'J':
		clear(n[0] == 0 ? y : 0, n[0] == 0 ? x : 0, n[0] == 1 ? y : rows - 1,
		      n[0] == 1 ? x + 1 : columns);
		break;
	case 'K':
		clear(y, n[0] == 0 ? x : 0, y, n[0] == 1 ? x + 1 : columns);
		break;
	case 'G':
		x = limit(one - 1, columns - 1);
		break;
	case 'd':
		y = limit(one - 1, rows - 1);
		break;
	case 'X':
		clear(y, x, y, limit(x + one, columns));
		break;
	case 'b':
		for (; one > 0 && x < columns - 1; one--, x++)
			cell[y][x] = x ? cell[y][x - 1] : ' ';
		break;
	case 'S':
		scroll(one);
		break;
	case 'T':
		scroll(-one);
		break;
	case 'r':
		top = limit(n[0] - 1, rows - 1);
		bottom = n[1] ? limit(n[1] - 1, rows - 1) : rows - 1;
		y = x = 0;
		break;
	}
}

/* One byte of a sequence that ESC has begun. False: it has ended. */
static bool sequence(char c)
{
	if (escape_len + 1 < sizeof(escape))
		escape[escape_len++] = c;
	escape[escape_len] = '\0';
	if (escape[0] == '[') {
		if (escape_len == 1 || (c >= ' ' && c < '@'))
			return true;
		escape[escape_len - 1] = '\0';
		control(escape + 1, c);
		return false;
	}
	if (escape[0] == '(' || escape[0] == ')' || escape[0] == '#')
		return escape_len < 2;
	if (c == 'M' && y == top)
		scroll(-1);
	else if (c == 'M')
		y = limit(y - 1, rows - 1);
	else if (c == 'D')
		line_feed();
	else if (c == 'E') {
		x = 0;
		line_feed();
	} else if (c == '7') {
		saved_y = y;
		saved_x = x;
	} else if (c == '8') {
		y = saved_y;
		x = saved_x;
	}
	return false;
}

static void output(char c)
{
	static bool in_escape;

	if (in_escape) {
		in_escape = sequence(c);
	} else if (c == '\033') {
		in_escape = true;
		escape_len = 0;
	} else if (c == '\r') {
		x = 0;
		wrap = false;
	} else if (c == '\n') {
		line_feed();
	} else if (c == '\b') {
		x = limit(x - 1, columns - 1);
		wrap = false;
	} else if (c == '\t') {
		x = limit((x | 7) + 1, columns - 1);
	} else if ((unsigned char)c >= ' ') {
		if (wrap) {
			x = 0;
			line_feed();
		}
		cell[y][x] = c;
		wrap = x == columns - 1;
		x += !wrap;
	}
}

static const char *line_text(int row)
{
	static char text[MAX_COLUMNS + 1];
	int len = columns;

	while (len && cell[row][len - 1] == ' ')
		len--;
	memcpy(text, cell[row], (size_t)len);
	text[len] = '\0';
	return text;
}

static bool is_shown(const char *wanted)
{
	for (int row = 0; row < rows; row++)
		if (strstr(line_text(row), wanted))
			return true;
	return false;
}

/* --- The program --- */

static void set_size(int new_rows, int new_columns)
{
	struct winsize size = { .ws_row = (unsigned short)new_rows,
				.ws_col = (unsigned short)new_columns };

	rows = limit(new_rows, MAX_ROWS);
	columns = limit(new_columns, MAX_COLUMNS);
	top = 0;
	bottom = rows - 1;
	y = limit(y, rows - 1);
	x = limit(x, columns - 1);
	if (terminal >= 0)
		ioctl(terminal, TIOCSWINSZ, &size);
}

static void run(char *command)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
	char *argv[32];
	int argc = 0;

	for (char *word = strtok(command, " "); word && argc < 31; word = strtok(NULL, " "))
		argv[argc++] = word;
	argv[argc] = NULL;
	clear(0, 0, rows - 1, columns);
	child = forkpty(&terminal, NULL, NULL, &size);
	if (child == 0) {
		execvp(argv[0], argv);
		perror(argv[0]);
		_exit(127);
	}
}

/* Takes what the program has drawn, waiting so many ms for more. False: it has ended. */
static bool take(int ms)
{
	struct pollfd fd = { .fd = terminal, .events = POLLIN };
	char buffer[4096];
	ssize_t n;

	if (poll(&fd, 1, ms) <= 0)
		return true;
	n = read(terminal, buffer, sizeof(buffer));
	for (ssize_t i = 0; i < n; i++)
		output(buffer[i]);
	return n > 0;
}

/* Whether the program waits for something: it has drawn all that it is going to draw. */
static bool is_waiting(void)
{
	char path[64], text[256] = "";
	const char *state;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child);
	f = fopen(path, "r");
	if (!f)
		return true;
	if (!fgets(text, sizeof(text), f))
		text[0] = '\0';
	fclose(f);
	state = strrchr(text, ')'); /* after the program's name */
	return !state || (state[1] == ' ' && (state[2] == 'S' || state[2] == 'Z'));
}

/* Takes the rest of what is being drawn: on a busy machine it may be long in coming. */
static void settle(void)
{
	struct pollfd fd = { .fd = terminal, .events = POLLIN };
	time_t start = time(NULL);

	do {
		while (poll(&fd, 1, 100) > 0 && take(0))
			;
	} while (!is_waiting() && time(NULL) - start < WAIT_SECONDS);
}

static bool wait_for(const char *text, bool shown)
{
	time_t start = time(NULL);

	while (is_shown(text) != shown) {
		bool alive = take(100);

		if (is_shown(text) == shown)
			return true;
		if (!alive || time(NULL) - start > WAIT_SECONDS)
			return false;
	}
	return true;
}

static void type(const char *text)
{
	char bytes[512];
	size_t len = 0;

	for (; *text && len < sizeof(bytes); text++) {
		if (*text != '\\') {
			bytes[len++] = *text;
			continue;
		}
		text++;
		if (*text == 'x') {
			char hex[3] = { text[1], text[1] ? text[2] : '\0', '\0' };

			bytes[len++] = (char)strtol(hex, NULL, 16);
			text += strlen(hex);
		} else {
			bytes[len++] = *text == 'e' ? '\033' :
				       *text == 'r' ? '\r' :
				       *text == 't' ? '\t' :
						      *text;
		}
		if (!*text)
			break;
	}
	if (write(terminal, bytes, len) != (ssize_t)len)
		perror("terminal: cannot type");
}

static int command(char *line)
{
	char *text = line + strcspn(line, " ");
	int status, a, b;

	if (*text)
		*text++ = '\0';
	if (!strcmp(line, "size") && sscanf(text, "%d %d", &a, &b) == 2) {
		if (terminal >= 0)
			settle(); /* what comes now is for the old size */
		set_size(a, b);
	} else if (!strcmp(line, "run")) {
		run(text);
	} else if (!strcmp(line, "type")) {
		type(text);
	} else if (!strcmp(line, "wait") || !strcmp(line, "gone")) {
		if (!wait_for(text, *line == 'w')) {
			printf("terminal: %s %s: in vain. The screen:\n", line, text);
			for (int row = 0; row < rows; row++)
				puts(line_text(row));
			return -1;
		}
	} else if (!strcmp(line, "line")) {
		settle();
		puts(line_text(limit(atoi(text), rows - 1)));
	} else if (!strcmp(line, "screen")) {
		for (int row = 0; row < rows; row++)
			puts(line_text(row));
	} else if (!strcmp(line, "end")) {
		while (take(WAIT_SECONDS * 1000))
			;
		waitpid(child, &status, 0);
		printf("status %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128);
	} else {
		printf("terminal: '%s' is no command\n", line);
		return -1;
	}
	return 0;
}

int main(void)
{
	char line[512];

	memset(cell, ' ', sizeof(cell));
	set_size(rows, columns);
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] && command(line) < 0)
			return 1;
	}
	return 0;
}
