// SPDX-License-Identifier: GPL-2.0-only
/* The program's command line. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ferry/parameter.h>

#include "user-program.h"

enum {
	MODEL = 256,
	MEM,
	UIO,
	BUS,
	COMPATIBLE,
	PIN,
	PROPERTY,
	PARAMETER,
	SOCKET,
	CONNECT,
	STATE,
	SUPERVISE,
	NO_PACKED,
	RECORD,
	SHELL,
	USER,
	NO_SANDBOX,
	JSON,
	SAMPLES,
	INTERVAL,
	HELP
};

static const struct option long_options[] = {
	{ "model", optional_argument, NULL, MODEL },
	{ "mem", required_argument, NULL, MEM },
	{ "uio", required_argument, NULL, UIO },
	{ "bus", required_argument, NULL, BUS },
	{ "compatible", required_argument, NULL, COMPATIBLE },
	{ "pin", required_argument, NULL, PIN },
	{ "property", required_argument, NULL, PROPERTY },
	{ "parameter", required_argument, NULL, PARAMETER },
	{ "socket", required_argument, NULL, SOCKET },
	/* as the conventions for vhost-user back ends have it */
	{ "socket-path", required_argument, NULL, SOCKET },
	{ "connect", required_argument, NULL, CONNECT },
	{ "state", required_argument, NULL, STATE },
	{ "supervise", no_argument, NULL, SUPERVISE },
	{ "no-packed", no_argument, NULL, NO_PACKED },
	{ "record", required_argument, NULL, RECORD },
	{ "shell", no_argument, NULL, SHELL },
	{ "json", no_argument, NULL, JSON },
	{ "samples", required_argument, NULL, SAMPLES },
	{ "interval", required_argument, NULL, INTERVAL },
	{ "user", required_argument, NULL, USER },
	{ "no-sandbox", no_argument, NULL, NO_SANDBOX },
	{ "help", no_argument, NULL, HELP },
	{ 0 },
};

static void help(void)
{
	printf("Usage: %s --model | --mem FILE[:OFFSET[:SIZE]] | --bus FILE:ADDRESS\n"
	       "          [OPTION]...\n"
	       "Runs the driver %s in a process, for virtual machines and for the terminal.\n"
	       "\n"
	       "What it drives:\n"
	       "      --model[=NAME]      a model of the device, made after its manual\n"
	       "      --mem FILE[:OFFSET[:SIZE]]\n"
	       "                          the registers in FILE: /dev/gpiomem, "
	       "/dev/mem:0x20200000, /dev/uio0\n"
	       "      --uio DEVICE        the UIO device that has its interrupt: /dev/uio0\n"
	       "      --bus FILE:ADDRESS  the device with that address on the host's I2C bus FILE: "
	       "/dev/i2c-1:0x48\n"
	       "      --compatible NAME   which of the devices that the driver serves it is: "
	       "ti,tmp105\n"
	       "      --pin NAME=NUMBER[:low]\n"
	       "                          the pin that the driver calls NAME (low: active low). "
	       "Model and registers are those of\n"
	       "                          the GPIO controller then, a Raspberry Pi's unless "
	       "--model=NAME says otherwise\n"
	       "      --property NAME=VALUE\n"
	       "                          a property, as the devicetree would have it: a whole "
	       "number\n"
	       "      --parameter NAME=VALUE\n"
	       "                          a parameter of the driver\n"
	       "\n"
	       "Who uses it:\n"
	       "      --socket PATH       virtual machines, over vhost-user; may be given several "
	       "times\n"
	       "      --connect PATH      one that listens itself (QEMU: -chardev "
	       "socket,server=on); the program ends with it\n"
	       "      --state FILE        keep there what the socket before it is in the middle "
	       "of, so that the next\n"
	       "                          process goes on with it\n"
	       "      --supervise         hold connections in a process of their own, and start "
	       "the one that serves\n"
	       "                          them again when it is killed: virtual machines do not "
	       "notice\n"
	       "      --no-packed         offer virtual machines split rings only\n"
	       "      --shell             commands from standard input: `help` lists them\n"
	       "      --json              what commands print of a sensor and so on is JSON, a "
	       "line "
	       "each\n"
	       "      --samples PATH      a unix socket: who connects gets each sample of the "
	       "sensor as a line of JSON\n"
	       "      --interval MS       how often it is measured for them; the default is the "
	       "device's own rate,\n"
	       "                          or a second\n"
	       "      --record FILE       record the model's pins, for `ferry pins`\n"
	       "\n"
	       "Otherwise:\n"
	       "      --user NAME         when started by root, go on as this user; the default is "
	       "nobody,\n"
	       "                          with --record root without capabilities\n"
	       "      --no-sandbox        keep privileges, and all system calls: for debugging\n"
	       "      --help              this text\n",
	       program_name, program_name);
}

/* FILE[:OFFSET[:SIZE]]; the argument is cut at the colons. */
static int parse_mem(struct program_options *options, char *text, struct error *err)
{
	char *offset = strchr(text, ':'), *size = offset ? strchr(offset + 1, ':') : NULL,
	     *end = NULL;

	options->mem = text;
	options->mem_size = 0x1000;
	if (offset) {
		*offset++ = 0;
		options->mem_offset = strtoull(offset, &end, 0);
		if (end == offset || (*end && end != size))
			return error_set(
				err, "--mem: '%s' is no offset: write a number, such as 0x20200000",
				offset);
	}
	if (size) {
		unsigned long value = strtoul(++size, &end, 0);

		if (end == size || *end || !value || value > UINT32_MAX)
			return error_set(
				err,
				"--mem: '%s' is no size: write a number of bytes, such as 0x1000",
				size);
		options->mem_size = (uint32_t)value;
	}
	return 0;
}

/* FILE:ADDRESS; the argument is cut at the colon. */
static int parse_bus(struct program_options *options, char *text, struct error *err)
{
	char *address = strrchr(text, ':'), *end = NULL;
	unsigned long value = address ? strtoul(address + 1, &end, 0) : 0;

	if (!address || end == address + 1 || *end || value > FY_I2C_ADDRESS_MAX)
		return error_set(err,
				 "--bus: '%s' is not a file, ':' and an address up to 0x7f, such "
				 "as /dev/i2c-1:0x48",
				 text);
	*address = 0;
	options->bus = text;
	options->address = (uint8_t)value;
	return 0;
}

/*
 * Cuts NAME=NUMBER at the equals sign. Returns what follows the number; NULL with ERR set: there is
 * none, or it is over 32 bits.
 */
static const char *parse_setting(const char *option, char *text, uint32_t *value, struct error *err)
{
	char *number = strchr(text, '='), *end = NULL;
	unsigned long long v = 0;

	if (number && number != text && number[1] >= '0' && number[1] <= '9')
		v = strtoull(number + 1, &end, 0);
	if (!end || v > UINT32_MAX) {
		error_set(err, "%s: '%s' is not a name, '=' and a number", option, text);
		return NULL;
	}
	*number = 0;
	*value = (uint32_t)v;
	return end;
}

static int add_pin(struct program_options *options, char *text, struct error *err)
{
	struct program_pin *pin = &options->pin[options->pins];
	const char *rest;
	uint32_t number;

	if (options->pins++ == PROGRAM_SETTINGS)
		return error_set(err, "--pin: more than %d are not possible", PROGRAM_SETTINGS);
	rest = parse_setting("--pin", text, &number, err);
	if (!rest)
		return -1;
	*pin = (struct program_pin){ text, number, strcmp(rest, ":low") == 0 };
	if (*rest && !pin->active_low)
		return error_set(err, "--pin: after the number comes nothing or ':low', not '%s'",
				 rest);
	for (const struct program_pin *other = options->pin; other < pin; other++)
		if (strcmp(other->function, text) == 0)
			return error_set(err, "--pin: '%s' is given twice", text);
	return 0;
}

static int add_property(struct program_options *options, char *text, struct error *err)
{
	struct program_property *property = &options->property[options->properties];
	const char *rest;

	if (options->properties++ == PROGRAM_SETTINGS)
		return error_set(err, "--property: more than %d are not possible",
				 PROGRAM_SETTINGS);
	property->name = text;
	rest = parse_setting("--property", text, &property->value, err);
	if (!rest)
		return -1;
	for (const struct program_property *other = options->property; other < property; other++)
		if (strcmp(other->name, text) == 0)
			return error_set(err, "--property: '%s' is given twice", text);
	return *rest ? error_set(err, "--property: after the number of '%s' comes '%s'", text,
				 rest) :
		       0;
}

/* The name of a parameter that the driver does not have; those that it has are listed. */
static int unknown_parameter(const char *name, struct error *err)
{
	const struct fy_parameter *parameter = program_driver->parameters;
	char list[160] = "";
	size_t used = 0;

	for (; parameter && parameter->name && used < sizeof(list); parameter++)
		used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", used ? ", " : "",
					 parameter->name);
	return error_set(err, "--parameter: the driver has none called '%s'; it has %s", name,
			 used ? list : "no parameters");
}

static int add_parameter(struct program_options *options, char *text, struct error *err)
{
	struct program_property *setting = &options->parameter[options->parameters];
	const struct fy_parameter *parameter;
	const char *rest;

	if (options->parameters++ == PROGRAM_SETTINGS)
		return error_set(err, "--parameter: more than %d are not possible",
				 PROGRAM_SETTINGS);
	setting->name = text;
	rest = parse_setting("--parameter", text, &setting->value, err);
	if (!rest)
		return -1;
	parameter = user_parameter_find(program_driver, text);
	if (!parameter)
		return unknown_parameter(text, err);
	if (*rest || setting->value < parameter->min || setting->value > parameter->max)
		return error_set(err, "--parameter: %s (%s) is a number from %u to %u", text,
				 parameter->description, parameter->min, parameter->max);
	return 0;
}

static int add_socket(struct program_options *options, const char *path, bool to_connect,
		      struct error *err)
{
	if (!*path)
		return error_set(err, "--socket, --connect: the path is empty");
	if (options->sockets == PROGRAM_SOCKETS)
		return error_set(err, "--socket, --connect: more than %d are not possible",
				 PROGRAM_SOCKETS);
	options->socket[options->sockets].connect = to_connect;
	options->socket[options->sockets++].path = path;
	return 0;
}

static int set_state(struct program_options *options, const char *path, struct error *err)
{
	if (!options->sockets)
		return error_set(
			err,
			"--state belongs to the --socket or --connect before it: there is none");
	for (unsigned i = 0; i < options->sockets; i++)
		if (options->socket[i].state && strcmp(options->socket[i].state, path) == 0)
			return error_set(
				err,
				"--state: '%s' is another socket's: each has a file of its own",
				path);
	options->socket[options->sockets - 1].state = path;
	return 0;
}

static int set_interval(struct program_options *options, const char *text, struct error *err)
{
	char *end;
	unsigned long ms = strtoul(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || !ms || ms > 86400000)
		return error_set(err, "--interval: '%s' is no number of milliseconds, up to a day",
				 text);
	options->interval = ms * FY_NS_PER_MS;
	return 0;
}

/* NAME is how the option was written. */
static int take(struct program_options *options, int option, const char *name, struct error *err)
{
	switch (option) {
	case MODEL:
		options->model = optarg ? optarg : "";
		return 0;
	case MEM:
		return parse_mem(options, optarg, err);
	case BUS:
		return parse_bus(options, optarg, err);
	case COMPATIBLE:
		options->compatible = optarg;
		return 0;
	case UIO:
		options->uio = optarg;
		return 0;
	case PIN:
		return add_pin(options, optarg, err);
	case PROPERTY:
		return add_property(options, optarg, err);
	case PARAMETER:
		return add_parameter(options, optarg, err);
	case SOCKET:
		return add_socket(options, optarg, false, err);
	case CONNECT:
		return add_socket(options, optarg, true, err);
	case STATE:
		return set_state(options, optarg, err);
	case SUPERVISE:
		options->supervise = true;
		return 0;
	case NO_PACKED:
		options->no_packed = true;
		return 0;
	case RECORD:
		options->record = optarg;
		return 0;
	case SHELL:
		options->shell = true;
		return 0;
	case JSON:
		options->json = true;
		return 0;
	case SAMPLES:
		options->samples = optarg;
		return *optarg ? 0 : error_set(err, "--samples: the path is empty");
	case INTERVAL:
		return set_interval(options, optarg, err);
	case USER:
		options->user = optarg;
		return 0;
	case NO_SANDBOX:
		options->sandbox = false;
		return 0;
	case ':':
		return error_set(err, "%s wants an argument: see --help", name);
	case '?':
		if (optopt > 0 && optopt < MODEL)
			return error_set(err, "-%c: there is no such option: see --help", optopt);
		__attribute__((fallthrough));
	default:
		return error_set(err,
				 "%s: there is no such option, or it takes no argument: see --help",
				 name);
	}
}

int program_options(struct program_options *options, int argc, char **argv, struct error *err)
{
	int option;

	*options = (struct program_options){ .sandbox = true };
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
		if (option == HELP) {
			help();
			return 1;
		}
		if (take(options, option, argv[optind - 1], err))
			return -1;
	}
	if (optind < argc)
		return error_set(err, "'%s' is no option: see --help", argv[optind]);
	/* A driver of no device in particular has no registers, unless it has pins. */
	if ((program_driver->compatible || options->pins || options->model) &&
	    !!options->model + !!options->mem + !!options->bus != 1)
		return error_set(err, "say what to drive: one of --model, --mem FILE and "
				      "--bus FILE:ADDRESS");
	if (options->uio && !options->mem)
		return error_set(err, "--uio goes with --mem: a model has interrupts of its own");
	if (options->record && !options->model)
		return error_set(err, "--record goes with --model: the pins of real registers "
				      "cannot be followed");
	if (options->interval && !options->samples)
		return error_set(err, "--interval goes with --samples");
	if (options->samples && options->supervise)
		return error_set(err, "--samples does not go with --supervise");
	if (options->supervise && !options->sockets)
		return error_set(err, "--supervise goes with --socket or --connect: it is for who "
				      "is connected there");
	if (!options->sockets && !options->shell && !options->samples)
		return error_set(err, "say who uses it: --socket PATH, --connect PATH, --shell, or "
				      "--samples PATH");
	return 0;
}
