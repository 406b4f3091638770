// SPDX-License-Identifier: GPL-2.0-only
/* ferry pins: shows a recording of GPIO pins, measures it, and writes it in other formats. */
#include <getopt.h>
#include <inttypes.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/outfile.h"
#include "cmd.h"
#include "pins/output.h"
#include "pins/parse.h"
#include "pins/text.h"

#define DEFAULT_RATE  48000
#define PARIS_UNIT_NS 1.2e9 /* a dot at one word per minute */

struct options {
	const char *recording;
	const char *pins, *from, *to;
	const char *svg, *vcd, *wav;
	bool text, measure, morse, json, ascii;
	unsigned int rate;
	double wpm;
};

enum {
	OPT_PIN = 256,
	OPT_FROM,
	OPT_TO,
	OPT_TEXT,
	OPT_SVG,
	OPT_VCD,
	OPT_WAV,
	OPT_RATE,
	OPT_JSON,
	OPT_MEASURE,
	OPT_MORSE,
	OPT_WPM,
	OPT_ASCII,
};

static const struct option long_options[] = {
	{ "pin", required_argument, NULL, OPT_PIN },
	{ "from", required_argument, NULL, OPT_FROM },
	{ "to", required_argument, NULL, OPT_TO },
	{ "text", no_argument, NULL, OPT_TEXT },
	{ "svg", required_argument, NULL, OPT_SVG },
	{ "vcd", required_argument, NULL, OPT_VCD },
	{ "wav", required_argument, NULL, OPT_WAV },
	{ "rate", required_argument, NULL, OPT_RATE },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "measure", no_argument, NULL, OPT_MEASURE },
	{ "morse", no_argument, NULL, OPT_MORSE },
	{ "wpm", required_argument, NULL, OPT_WPM },
	{ "ascii", no_argument, NULL, OPT_ASCII },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static const char help[] =
	"Usage: ferry pins [OPTION]... RECORDING\n"
	"Shows a recording of GPIO pins that `ferry boot --record` made. Without an option that\n"
	"asks for something else, draws the pins for the terminal and says what was measured.\n\n"
	"  --pin N[,M...]  only these pins, also as 0-27 (default: those whose level changes)\n"
	"  --from TIME     only from here: 1.5s, 250ms, 100us, 20ns (default: where something "
	"happens)\n"
	"  --to TIME       only up to here\n"
	"  --text          draw for the terminal\n"
	"  --measure       frequency, duty, jitter, tones\n"
	"  --morse         Morse messages\n"
	"  --json          everything measured, as JSON\n"
	"  --svg FILE      a drawing\n"
	"  --vcd FILE      a value change dump, for GTKWave or PulseView\n"
	"  --wav FILE      the level of one pin as sound\n"
	"  --rate HZ       samples a second of the sound (default 48000)\n"
	"  --wpm N         the speed of the Morse code, instead of an estimate\n"
	"  --ascii         draw without Unicode characters\n"
	"  -h, --help      this text\n\n"
	"FILE may be - for standard output.\n";

static int usage_error(const char *text)
{
	fprintf(stderr, "ferry pins: %s; `ferry pins --help` tells more\n", text);
	return EXIT_USAGE;
}

static int fail(const struct error *err)
{
	fprintf(stderr, "ferry pins: %s\n", err->text);
	return EXIT_FAILED;
}

/* A number within bounds, or 0. */
static double number(const char *text, double min, double max)
{
	char *end;
	double value = strtod(text, &end);

	return *text && !*end && value >= min && value <= max ? value : 0;
}

/* Returns EXIT_OK, EXIT_USAGE, or -1 when --help was given and shown. */
static int parse_options(int argc, char **argv, struct options *o)
{
	int c;

	while ((c = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
		switch (c) {
		/* clang-format off */
		case OPT_PIN: o->pins = optarg; break;
		case OPT_FROM: o->from = optarg; break;
		case OPT_TO: o->to = optarg; break;
		case OPT_TEXT: o->text = true; break;
		case OPT_SVG: o->svg = optarg; break;
		case OPT_VCD: o->vcd = optarg; break;
		case OPT_WAV: o->wav = optarg; break;
		case OPT_JSON: o->json = true; break;
		case OPT_MEASURE: o->measure = true; break;
		case OPT_MORSE: o->morse = true; break;
		case OPT_ASCII: o->ascii = true; break;
		/* clang-format on */
		case OPT_RATE:
			o->rate = (unsigned int)number(optarg, 8000, 192000);
			if (!o->rate)
				return usage_error("--rate takes a number from 8000 to 192000");
			break;
		case OPT_WPM:
			o->wpm = number(optarg, 1, 1000);
			if (o->wpm == 0)
				return usage_error("--wpm takes a number from 1 to 1000");
			break;
		case 'h':
			fputs(help, stdout);
			return -1;
		default:
			fputs("`ferry pins --help` tells more\n", stderr);
			return EXIT_USAGE;
		}
	}
	if (optind + 1 != argc)
		return usage_error(optind == argc ? "say which recording to show" :
						    "one recording at a time");
	o->recording = argv[optind];
	if (!o->text && !o->measure && !o->morse && !o->json && !o->svg && !o->vcd && !o->wav)
		o->text = o->measure = o->morse = true;
	return EXIT_OK;
}

static int choose_pins(const struct options *o, const struct recording *rec, uint64_t *pins,
		       struct error *err)
{
	uint64_t missing;

	if (!o->pins) {
		*pins = busy_pins(rec);
		return 0;
	}
	if (parse_pins(o->pins, pins, err) < 0)
		return -1;
	missing = *pins & ~rec->info.pins;
	if (missing)
		return error_set(err, "%s: pin %d was not recorded", o->recording,
				 __builtin_ctzll(missing));
	return 0;
}

static int choose_window(const struct options *o, const struct recording *rec, uint64_t pins,
			 struct window *window, struct error *err)
{
	bool instructions = rec->info.instructions;

	*window = (struct window){ 0, rec->info.end };
	if (!o->from && !o->to)
		*window = busy_window(rec, pins);
	if (o->from && parse_time(o->from, instructions, &window->from, err) < 0)
		return -1;
	if (o->to && parse_time(o->to, instructions, &window->to, err) < 0)
		return -1;
	if (window->to > rec->info.end)
		window->to = rec->info.end;
	if (window->from >= window->to)
		return error_set(err,
				 "%s: no time is left between --from and --to; the recording ends "
				 "at %.9g %s",
				 o->recording,
				 instructions ? (double)rec->info.end : (double)rec->info.end / 1e9,
				 instructions ? "instructions" : "s");
	return 0;
}

static struct text_style choose_style(const struct options *o)
{
	struct text_style style;

	setlocale(LC_CTYPE, "");
	style = text_style_of(STDOUT_FILENO);
	style.ascii |= o->ascii;
	return style;
}

/* One file to write: what writes it, and what it needs. */
struct job {
	const struct report *report;
	const struct options *options;
};

static int write_svg(FILE *out, const struct job *job, struct error *err)
{
	svg_write(out, job->report);
	return 0;
}

static int write_vcd(FILE *out, const struct job *job, struct error *err)
{
	vcd_write(out, job->report);
	return 0;
}

static int write_wav(FILE *out, const struct job *job, struct error *err)
{
	if (job->report->count != 1)
		return error_set(err,
				 "%s: sound is of one pin, this would be %zu: choose with --pin",
				 job->options->recording, job->report->count);
	return wav_write(out, job->report, job->report->pins[0].pin, job->options->rate, err);
}

typedef int (*writer)(FILE *out, const struct job *job, struct error *err);

static int close_stream(FILE *out, const char *path, int rc, struct error *err)
{
	bool bad = ferror(out);

	if (fclose(out) != 0 || bad)
		return rc < 0 ? rc : error_errno(err, "%s: cannot write", path);
	return rc;
}

static int write_file(const char *path, writer write, const struct job *job, struct error *err)
{
	struct outfile file;
	FILE *out;
	int fd;

	if (!strcmp(path, "-"))
		return write(stdout, job, err);
	if (outfile_open(&file, path, err) < 0)
		return -1;
	fd = dup(file.fd);
	out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (!out) {
		error_errno(err, "%s: cannot write", path);
		if (fd >= 0)
			close(fd);
		goto fail;
	}
	if (close_stream(out, path, write(out, job, err), err) < 0)
		goto fail;
	return outfile_commit(&file, err);

fail:
	outfile_abort(&file);
	return -1;
}

static int write_files(const struct job *job, struct error *err)
{
	const struct options *o = job->options;

	if (o->svg && write_file(o->svg, write_svg, job, err) < 0)
		return -1;
	if (o->vcd && write_file(o->vcd, write_vcd, job, err) < 0)
		return -1;
	if (o->wav && write_file(o->wav, write_wav, job, err) < 0)
		return -1;
	return 0;
}

static int print_json(const struct report *report, struct error *err)
{
	json_t *json = report_json(report);

	if (!json)
		return error_set(err, "out of memory");
	json_dumpf(json, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
	putchar('\n');
	json_decref(json);
	return 0;
}

static int print_report(const struct report *report, const struct options *o, struct error *err)
{
	struct text_parts parts = { .draw = o->text, .measure = o->measure, .morse = o->morse };
	struct text_style style = choose_style(o);

	text_report(stdout, report, &parts, &style);
	if (o->json && print_json(report, err) < 0)
		return -1;
	if (fflush(stdout) != 0 || ferror(stdout))
		return error_errno(err, "cannot write to standard output");
	return 0;
}

static int show(const struct recording *rec, const struct options *o, struct error *err)
{
	struct report report = { 0 };
	struct job job = { &report, o };
	struct window window;
	uint64_t pins;
	int rc = -1;

	if (choose_pins(o, rec, &pins, err) < 0 || choose_window(o, rec, pins, &window, err) < 0)
		return -1;
	if (report_make(&report, rec, pins, window, o->wpm > 0 ? PARIS_UNIT_NS / o->wpm : 0, err) <
	    0)
		goto out;
	report.name = o->recording;
	if (write_files(&job, err) == 0)
		rc = print_report(&report, o, err);
out:
	report_free(&report);
	return rc;
}

int cmd_pins(int argc, char **argv)
{
	struct options options = { .rate = DEFAULT_RATE };
	struct recording rec;
	struct error err;
	int rc = parse_options(argc, argv, &options);

	if (rc != EXIT_OK)
		return rc < 0 ? EXIT_OK : rc;
	if (recording_open(&rec, options.recording, &err) < 0)
		return fail(&err);
	rc = show(&rec, &options, &err);
	recording_close(&rec);
	return rc < 0 ? fail(&err) : EXIT_OK;
}
