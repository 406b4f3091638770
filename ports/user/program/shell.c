// SPDX-License-Identifier: GPL-2.0-only
/* Commands from standard input: pins, and streams, by hand. */
#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "user-program.h"
#include "shell-class.h"
#include "shell-feed.h"
#include "shell-i2c.h"
#include "waves.h"

enum { WORDS = 8, LINE = 512, TEXT = WORDS };

struct shell_pin {
	struct program_shell *shell;
	bool taken, watched;
	int level; /* as it was shown last */
	struct fy_gpio pin;
};

struct program_shell {
	struct user_world *world;
	struct user_model *model;
	struct fy_gpio_controller *controller; /* or NULL */
	bool alone;			       /* nobody else uses the driver */
	uint64_t start, seen;		       /* seen: pins that changed, a bit each */
	struct user_fd input;
	struct user_pin_watch watch;
	struct shell_pin *pin;
	struct waves waves;
	struct text_style style;
	struct shell_i2c i2c;
	struct shell_feed feed;
	struct shell_classes classes;
	bool reading; /* lines, as they come */
	bool ended;   /* no more input will come */
	char line[LINE];
	size_t length;
	bool too_long; /* the line that is coming: its end is waited for */
};

static const char *fault_text(int error)
{
	switch (error) {
	case FY_ERR_BUSY:
		return "somebody else has it";
	case FY_ERR_NOT_FOUND:
		return "there is no such pin";
	case FY_ERR_INVALID:
		return "that is not possible for it as it is";
	case FY_ERR_UNSUPPORTED:
		return "the device cannot do that";
	default:
		return "it did not work";
	}
}

/* "pin 17 1 at 12.345678 s" */
static void show_change(struct program_shell *shell, unsigned pin, int level, uint64_t time)
{
	uint64_t us = (time - shell->start) / 1000;

	printf("pin %u %d at %" PRIu64 ".%06" PRIu64 " s\n", pin, level, us / 1000000,
	       us % 1000000);
	fflush(stdout);
}

/* ---- What pins do ---- */

/* A model tells of every pin, */
static void changed(void *arg, unsigned pin, int level, uint64_t time)
{
	struct program_shell *shell = arg;

	if (pin < 64) {
		waves_add(&shell->waves, pin, level, time);
		shell->seen |= UINT64_C(1) << pin;
	}
	if (shell->controller && pin < shell->controller->pins && shell->pin[pin].watched)
		show_change(shell, pin, level, time);
}

/* a real device of those that are taken. */
static void event(void *arg)
{
	struct shell_pin *pin = arg;
	int level = fy_gpio_read(&pin->pin);

	if (level != pin->level)
		show_change(pin->shell, pin->pin.pin, level, user_world_now(pin->shell->world));
	pin->level = level;
}

static int take(struct shell_pin *pin, unsigned number)
{
	int error = pin->taken ? 0 : user_gpio_take(pin->shell->controller, number, &pin->pin);

	pin->taken = pin->taken || !error;
	return error;
}

static void give_back(struct shell_pin *pin)
{
	if (pin->taken)
		fy_gpio_release(&pin->pin);
	pin->taken = pin->watched = false;
}

/*
 * ---- Commands ---- Each gets the pin that its first word names, where it has one, and its last
 * word, or the rest of the line. Returns an error or 0.
 */

typedef int command(struct program_shell *shell, unsigned number, const char *word);

static int set_pin(struct program_shell *shell, unsigned number, const char *word)
{
	struct shell_pin *pin = &shell->pin[number];
	int level = *word == '1', error;

	if (strcmp(word, "0") != 0 && strcmp(word, "1") != 0)
		return FY_ERR_INVALID;
	error = take(pin, number);
	if (!error && pin->pin.is_input)
		return user_gpio_set_mode(&pin->pin, level ? FY_GPIO_OUT_HIGH : FY_GPIO_OUT_LOW);
	return error ? error : fy_gpio_write(&pin->pin, level);
}

static int get_pin(struct program_shell *shell, unsigned number, const char *word)
{
	int level = shell->model ? user_model_level(shell->model, number) :
				   user_gpio_level(shell->controller, number);

	if (level < 0)
		return level;
	printf("%d\n", level);
	return 0;
}

static int drive_pin(struct program_shell *shell, unsigned number, const char *word)
{
	int level = strcmp(word, "open") == 0 ? USER_PIN_OPEN : *word == '1';

	if (!shell->model)
		return FY_ERR_UNSUPPORTED;
	if (level != USER_PIN_OPEN && strcmp(word, "0") != 0 && strcmp(word, "1") != 0)
		return FY_ERR_INVALID;
	return user_model_drive(shell->model, number, level);
}

static int watch_pin(struct program_shell *shell, unsigned number, const char *word)
{
	struct shell_pin *pin = &shell->pin[number];
	int error = 0;

	if (!shell->model) {
		error = take(pin, number);
		if (!error)
			error = fy_gpio_watch(&pin->pin,
					      FY_GPIO_TRIGGER_RISING | FY_GPIO_TRIGGER_FALLING,
					      event, pin);
		if (!error)
			pin->level = fy_gpio_read(&pin->pin);
	}
	pin->watched = !error;
	return error;
}

static int release_pin(struct program_shell *shell, unsigned number, const char *word)
{
	give_back(&shell->pin[number]);
	return 0;
}

static int wave(struct program_shell *shell, unsigned number, const char *word)
{
	if (!shell->model)
		return FY_ERR_UNSUPPORTED;
	waves_draw(&shell->waves, shell->seen, user_world_now(shell->world), &shell->style, stdout);
	return 0;
}

static int feed(struct program_shell *shell, unsigned number, const char *text)
{
	return shell_feed_line(&shell->feed, text);
}

static int scan(struct program_shell *shell, unsigned number, const char *word)
{
	return shell_i2c_scan(&shell->i2c);
}

static int transfer(struct program_shell *shell, unsigned number, const char *text)
{
	return shell_i2c_transfer(&shell->i2c, text);
}

static int quit(struct program_shell *shell, unsigned number, const char *word)
{
	user_quit(shell->world, 0);
	return 0;
}

static command help;

/* Guests, which do not sleep, would go on with their requests. */
static int suspend(struct program_shell *shell, unsigned number, const char *word)
{
	int error;

	if (!shell->alone) {
		printf("suspend: others use the device; that is for --shell alone\n");
		return 0;
	}
	error = user_suspend(shell->world, NULL);
	printf("suspend: %s\n", error ? fy_error_name(error) : "done");
	return 0;
}

static int resume(struct program_shell *shell, unsigned number, const char *word)
{
	int error = user_resume(shell->world, NULL);

	printf("resume: %s\n", error ? fy_error_name(error) : "done");
	return 0;
}

static const struct {
	const char *name, *usage;
	command *run;
	unsigned words; /* that it takes; TEXT: the rest of the line */
	bool pin;	/* the first of them is a pin */
} commands[] = {
	{ "set",
	  "set PIN 0|1       makes the pin an output at that level; it is the shell's until "
	  "released",
	  set_pin, 2, true },
	{ "get", "get PIN           its level", get_pin, 1, true },
	{ "watch", "watch PIN         prints each change", watch_pin, 1, true },
	{ "release", "release PIN       gives it back, and ends watch", release_pin, 1, true },
	{ "drive", "drive PIN 0|1|open  drives the model's pin from outside", drive_pin, 2, true },
	{ "wave", "wave              draws what pins did", wave, 0, false },
	{ "feed", "feed TEXT         writes TEXT as a line to the driver's stream", feed, TEXT,
	  false },
	{ "scan", "scan              the addresses on the I2C bus that acknowledge", scan, 0,
	  false },
	{ "transfer",
	  "transfer ADDRESS [BYTE]... [rCOUNT]\n"
	  "                  writes bytes to a target on the bus, then reads some from it",
	  transfer, TEXT, false },
	{ "suspend", "suspend           suspends the device, as a machine that goes to sleep",
	  suspend, 0, false },
	{ "resume", "resume            resumes it", resume, 0, false },
	{ "help", "help              this list", help, 0, false },
	{ "quit", "quit              ends the program", quit, 0, false },
};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static int help(struct program_shell *shell, unsigned number, const char *word)
{
	for (unsigned i = 0; i < COMMANDS; i++)
		printf("%s\n", commands[i].usage);
	shell_classes_help(&shell->classes);
	return 0;
}

static const char blanks[] = " \t\r";

/* Splits LINE at blanks. Returns the number of words. */
static unsigned split(char *line, const char **word)
{
	unsigned words = 0;
	char *rest = NULL;

	for (char *at = strtok_r(line, blanks, &rest); at && words < WORDS;
	     at = strtok_r(NULL, blanks, &rest))
		word[words++] = at;
	return words;
}

/* What comes after the first word of LINE. */
static const char *rest_of(const char *line)
{
	line += strspn(line, blanks);
	line += strcspn(line, blanks);
	return line + strspn(line, blanks);
}

static void run(struct program_shell *shell, char *line)
{
	const char *word[WORDS] = { 0 };
	char text[LINE];
	unsigned words, which = 0;
	unsigned long pin = 0;
	char *end;
	int error;

	snprintf(text, sizeof(text), "%s", rest_of(line));
	words = split(line, word);
	if (!words)
		return;
	while (which < COMMANDS && strcmp(word[0], commands[which].name) != 0)
		which++;
	if (which == COMMANDS && shell_classes_run(&shell->classes, word[0], text, &error)) {
		if (error)
			printf("%s: %s\n", word[0], fault_text(error));
		return;
	}
	if (which == COMMANDS) {
		printf("there is no command '%s': `help` lists them\n", word[0]);
		return;
	}
	if (commands[which].words == TEXT ? !*text : words != commands[which].words + 1) {
		printf("usage: %s\n", commands[which].usage);
		return;
	}
	if (commands[which].pin && word[1]) {
		pin = strtoul(word[1], &end, 10);
		if (*end || !shell->controller || pin >= shell->controller->pins) {
			printf("%s: there is no pin '%s'\n", word[0], word[1]);
			return;
		}
	}
	error = commands[which].run(shell, (unsigned)pin,
				    commands[which].words == TEXT ? text :
				    words > 1			  ? word[words - 1] :
								    "");
	if (error)
		printf("%s: %s\n", word[0], fault_text(error));
}

/* ---- Input ---- */

/* A command takes its time. */
static bool busy(const struct program_shell *shell)
{
	return shell->i2c.busy || shell->feed.busy || shell_classes_busy(&shell->classes);
}

static void run_lines(struct program_shell *shell)
{
	char *start = shell->line, *end;

	while (!busy(shell) &&
	       (end = memchr(start, '\n', (size_t)(shell->line + shell->length - start)))) {
		*end = 0;
		if (!shell->too_long)
			run(shell, start);
		shell->too_long = false;
		start = end + 1;
	}
	shell->length -= (size_t)(start - shell->line);
	memmove(shell->line, start, shell->length);
	if (!busy(shell) && shell->length == sizeof(shell->line)) {
		if (!shell->too_long)
			printf("a line has more than %d characters: it is left out\n", LINE - 1);
		shell->too_long = true;
		shell->length = 0;
	}
	fflush(stdout);
	if (busy(shell))
		return;
	if (shell->ended && shell->alone && shell_feed_drained(&shell->feed))
		user_quit(shell->world, 0);
}

/* Reads on, or does not while a command takes its time. */
static void read_on(struct program_shell *shell)
{
	const bool reading = !shell->ended && !busy(shell);

	if (reading == shell->reading)
		return;
	shell->reading = reading;
	if (!reading)
		user_unwatch_fd(shell->world, &shell->input);
	else if (user_watch_fd(shell->world, &shell->input))
		user_quit(shell->world, 1);
}

/*
 * A command that took its time is over, or something has taken effect: goes on with what comes
 * after it.
 */
static void go_on(void *arg)
{
	struct program_shell *shell = arg;

	run_lines(shell);
	read_on(shell);
}

/* What comes last is a line, too, if nothing ends it. */
static void end_input(struct program_shell *shell)
{
	shell->ended = true;
	if (shell->length)
		shell->line[shell->length++] = '\n';
}

static void input(void *arg, short revents)
{
	struct program_shell *shell = arg;
	ssize_t count = read(STDIN_FILENO, shell->line + shell->length,
			     sizeof(shell->line) - shell->length);

	if (count > 0)
		shell->length += (size_t)count;
	else
		end_input(shell);
	go_on(shell);
}

struct program_shell *program_shell(struct user_world *world, struct user_model *model, bool alone,
				    bool json)
{
	static char output[BUFSIZ];
	struct program_shell *shell = calloc(1, sizeof(*shell));

	if (!shell)
		return NULL;
	shell->world = world;
	shell->model = model;
	shell->alone = alone;
	/*
	 * What the C library makes by itself, at the first output, begins with questions to the
	 * terminal: the sandbox forbids them then.
	 */
	setvbuf(stdout, output, _IOFBF, sizeof(output));
	setlocale(LC_CTYPE, "");
	shell->style.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	shell->controller = user_gpio_first(world);
	shell_i2c_init(&shell->i2c, world, go_on, shell);
	shell_feed_init(&shell->feed, world, go_on, shell);
	shell->start = shell->waves.start = user_world_now(world);
	shell->input = (struct user_fd){
		.fd = STDIN_FILENO, .events = POLLIN, .ready = input, .arg = shell
	};
	shell->watch = (struct user_pin_watch){ .changed = changed, .arg = shell };
	if (shell->controller)
		shell->pin = calloc(shell->controller->pins, sizeof(*shell->pin));
	if ((shell->controller && !shell->pin) ||
	    shell_classes_init(&shell->classes, world, json, go_on, shell) ||
	    user_watch_fd(world, &shell->input)) {
		shell_classes_end(&shell->classes);
		free(shell->pin);
		free(shell);
		return NULL;
	}
	shell->reading = true;
	for (unsigned i = 0; shell->controller && i < shell->controller->pins; i++)
		shell->pin[i].shell = shell;
	if (model) {
		shell->waves.levels = model->levels;
		user_model_watch(model, &shell->watch);
	}
	return shell;
}

void program_shell_free(struct program_shell *shell)
{
	if (!shell)
		return;
	if (shell->model)
		user_model_unwatch(shell->model, &shell->watch);
	for (unsigned i = 0; shell->controller && i < shell->controller->pins; i++)
		give_back(&shell->pin[i]);
	shell_feed_end(&shell->feed);
	shell_i2c_end(&shell->i2c);
	shell_classes_end(&shell->classes);
	user_unwatch_fd(shell->world, &shell->input);
	free(shell->pin);
	free(shell);
}
