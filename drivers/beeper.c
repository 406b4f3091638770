// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * beeper: plays tones and Morse code on a GPIO pin.
 *
 *	make program DRIVER=beeper
 *	echo 'feed msos' | output/user/beeper --model --pin speaker=17 --shell --record /tmp/sos
 *	build/ferry pins /tmp/sos
 *
 * Or `make demo`, on an emulated board under Linux. It plays the lines that are written to its
 * stream:
 *
 *	t440 500000	a tone of 440 Hz for 500,000 us
 *	msos		the text in Morse code
 *	p1000000	a pause of 1,000,000 us
 *
 * A line with a fault is refused whole, and its first bad column goes to the log. Lines wait in a
 * queue; each is played when its turn comes. All timing comes from one timer, which toggles the
 * pin: nothing ever waits in a loop. A driver is one file, so language and player stand in one.
 *
 * Devicetree node (also docs/drivers.md):
 *	compatible = "ferry,beeper";
 *	speaker-gpios = <&gpio 17 0>;	the pin
 *	words-per-minute = <20>;	of Morse code, 1 to 60; PARIS is a word
 *	tone-hz = <700>;		of Morse code, 1 to 20,000
 */
#include <ferry/driver.h>
#include <ferry/gpio.h>
#include <ferry/irq.h>
#include <ferry/stream.h>
#include <ferry/time.h>

#define LINE_MAX      255	/* characters */
#define QUEUE_SIZE    512	/* items; a line makes LINE_MAX at the most */
#define FREQUENCY_MAX 20000	/* Hz */
#define DURATION_MAX  600000000 /* us */
#define WPM_MAX	      60

/*
 * Rec. ITU-R M.1677-1, part I, section 2: a dash is three dots long; the space between the signals
 * of a letter is one dot, between letters three, between words seven. "PARIS " is 50 dots long,
 * which makes a dot 1.2 s / words per minute.
 */
#define DASH_DOTS	3
#define LETTER_GAP_DOTS 3
#define WORD_GAP_DOTS	7
#define DOT_US_AT_1_WPM 1200000

enum item_kind {
	ITEM_TONE,   /* frequency for duration */
	ITEM_PAUSE,  /* silence for duration */
	ITEM_LETTER, /* Morse signals, then the space after a letter */
	ITEM_SPACE,  /* what makes the space after a letter one after a word */
};

struct item {
	uint8_t kind;
	uint8_t signals; /* ITEM_LETTER: how many */
	uint8_t dashes;	 /* bit N: signal N is a dash */
	uint32_t session;
	uint32_t frequency; /* Hz */
	uint32_t duration;  /* us */
};

struct session {
	uint32_t id; /* 0 until the first write */
	uint32_t len;
	/* the unfinished one; a byte more, to notice a line that is too long */
	char line[LINE_MAX + 1];
};

struct beeper {
	struct fy_device *dev;
	struct fy_gpio speaker;
	struct fy_timer timer;
	struct fy_stream stream;
	struct fy_lock lock; /* of all that follows */
	uint32_t tone_hz, dot_us;
	uint32_t last_session;
	uint32_t first, count; /* of the queue; the first item is the one being played */
	struct item queue[QUEUE_SIZE];
	bool running;	     /* the timer is, or will be when nobody is cancelling any more */
	uint32_t cancelling; /* how many threads have stopped the timer, or are about to */
	uint8_t signal;	     /* of the letter being played: the next one */
	int level;
	uint64_t edges;	      /* still to come in this sound; they alternate from high */
	uint64_t half_period; /* ns */
	uint64_t end;	      /* of this sound or silence, fy_now_ns() */
};

/* The signals of a character, as text: the tables of Rec. ITU-R M.1677-1, part I, section 1. */
struct morse {
	char character;
	char signals[8];
};

static const struct morse morse_table[] = {
	{ 'a', ".-" },	    { 'b', "-..." },   { 'c', "-.-." },	  { 'd', "-.." },
	{ 'e', "." },	    { 'f', "..-." },   { 'g', "--." },	  { 'h', "...." },
	{ 'i', ".." },	    { 'j', ".---" },   { 'k', "-.-" },	  { 'l', ".-.." },
	{ 'm', "--" },	    { 'n', "-." },     { 'o', "---" },	  { 'p', ".--." },
	{ 'q', "--.-" },    { 'r', ".-." },    { 's', "..." },	  { 't', "-" },
	{ 'u', "..-" },	    { 'v', "...-" },   { 'w', ".--" },	  { 'x', "-..-" },
	{ 'y', "-.--" },    { 'z', "--.." },   { '0', "-----" },  { '1', ".----" },
	{ '2', "..---" },   { '3', "...--" },  { '4', "....-" },  { '5', "....." },
	{ '6', "-...." },   { '7', "--..." },  { '8', "---.." },  { '9', "----." },
	{ '.', ".-.-.-" },  { ',', "--..--" }, { ':', "---..." }, { '?', "..--.." },
	{ '\'', ".----." }, { '-', "-....-" }, { '/', "-..-." },  { '(', "-.--." },
	{ ')', "-.--.-" },  { '"', ".-..-." }, { '=', "-...-" },  { '+', ".-.-." },
	{ '@', ".--.-." },
};

static const struct morse *morse_find(char c)
{
	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	for (size_t i = 0; i < sizeof(morse_table) / sizeof(morse_table[0]); i++)
		if (morse_table[i].character == c)
			return &morse_table[i];
	return NULL;
}

/* ---- The player: runs in the timer's handler, with the lock held. ---- */

static struct item *playing(struct beeper *b)
{
	return &b->queue[b->first];
}

static void drop_first(struct beeper *b)
{
	b->first = (b->first + 1) % QUEUE_SIZE;
	b->count--;
	b->signal = 0;
}

/*
 * A sound of whole periods from START on, then silence until its time is over: no tone ends in a
 * sliver of a period.
 */
static void start_sound(struct beeper *b, uint64_t start, uint32_t frequency, uint64_t duration_us)
{
	b->half_period = (uint32_t)FY_NS_PER_SEC / 2 / frequency;
	b->edges = 2 * fy_div_u64(duration_us * frequency, 1000000);
	b->end = start + duration_us * FY_NS_PER_US;
}

static void start_silence(struct beeper *b, uint64_t start, uint64_t duration_us)
{
	b->edges = 0;
	b->end = start + duration_us * FY_NS_PER_US;
}

/* The next signal of a letter with the space behind it. Returns whether it was the last. */
static bool start_signal(struct beeper *b, const struct item *letter, uint64_t start)
{
	uint32_t dots = (letter->dashes >> b->signal) & 1 ? DASH_DOTS : 1;
	bool last = ++b->signal == letter->signals;

	start_sound(b, start, b->tone_hz, (uint64_t)dots * b->dot_us);
	b->end += (last ? LETTER_GAP_DOTS : 1) * (uint64_t)b->dot_us * FY_NS_PER_US;
	return last;
}

/*
 * What comes next in the queue, from the time START on. An item leaves the queue when it is over.
 */
static void start_item(struct beeper *b, uint64_t start)
{
	const struct item *item = playing(b);

	switch ((enum item_kind)item->kind) {
	case ITEM_TONE:
		start_sound(b, start, item->frequency, item->duration);
		break;
	case ITEM_PAUSE:
		start_silence(b, start, item->duration);
		break;
	case ITEM_LETTER:
		start_signal(b, item, start);
		break;
	case ITEM_SPACE:
		start_silence(b, start, (uint64_t)(WORD_GAP_DOTS - LETTER_GAP_DOTS) * b->dot_us);
		break;
	}
}

static bool item_is_over(struct beeper *b)
{
	const struct item *item = playing(b);

	return item->kind != ITEM_LETTER || b->signal == item->signals;
}

/*
 * One edge, or the end of a sound or silence. A timer that cannot keep up stretches the sound
 * rather than hurry after it.
 */
static uint64_t play(struct beeper *b, uint64_t due)
{
	if (b->edges) {
		uint64_t now = fy_now_ns();

		if (now > due + b->half_period)
			due = now;
		b->level = !b->level;
		fy_gpio_set(&b->speaker, b->level);
		b->edges--;
		return b->edges ? due + b->half_period : b->end;
	}
	if (item_is_over(b))
		drop_first(b);
	if (!b->count) {
		b->running = false;
		return FY_TIMER_STOP;
	}
	start_item(b, due);
	return b->edges ? due : b->end;
}

static uint64_t beeper_timer(void *arg, uint64_t due)
{
	struct beeper *b = arg;
	fy_irqflags flags = fy_lock(&b->lock);
	uint32_t before = b->count;
	uint64_t next = FY_TIMER_STOP;

	if (b->running)
		next = play(b, due);
	before -= b->count;
	fy_unlock(&b->lock, flags);
	if (before)
		fy_stream_ready(&b->stream);
	return next;
}

/*
 * Starts what is first in the queue, or goes on with what was stopped in the middle. With the lock
 * held.
 */
static void start_playing(struct beeper *b)
{
	uint64_t now = fy_now_ns();

	if (b->cancelling || !b->count)
		return;
	if (!b->running)
		start_item(b, now);
	b->running = true;
	fy_timer_start(&b->timer, b->edges ? now : b->end);
}

/* ---- The language: a line becomes items. ---- */

struct parser {
	const char *text;
	uint32_t len, at;
	const char *fault; /* what was expected at column `at` + 1 */
};

static bool parse_number(struct parser *p, uint32_t max, const char *fault, uint32_t *value)
{
	uint32_t start = p->at, n = 0;

	while (p->at < p->len && p->text[p->at] >= '0' && p->text[p->at] <= '9' && n <= max) {
		n = n * 10 + (uint32_t)(p->text[p->at] - '0');
		p->at++;
	}
	if (p->at > start && n >= 1 && n <= max) {
		*value = n;
		return true;
	}
	/*
	 * A number out of range is the fault of its first digit; no number at all, of what stands
	 * there instead.
	 */
	p->at = start;
	p->fault = fault;
	return false;
}

static bool parse_end(struct parser *p)
{
	if (p->at == p->len)
		return true;
	p->fault = "expected the end of the line";
	return false;
}

static bool parse_tone(struct parser *p, struct item *item)
{
	item->kind = ITEM_TONE;
	if (!parse_number(p, FREQUENCY_MAX, "expected a frequency, 1 to 20000 Hz",
			  &item->frequency))
		return false;
	if (p->at == p->len || p->text[p->at] != ' ') {
		p->fault = "expected a space and a duration";
		return false;
	}
	p->at++;
	return parse_number(p, DURATION_MAX, "expected a duration, 1 to 600000000 us",
			    &item->duration) &&
	       parse_end(p);
}

static bool parse_pause(struct parser *p, struct item *item)
{
	item->kind = ITEM_PAUSE;
	return parse_number(p, DURATION_MAX, "expected a duration, 1 to 600000000 us",
			    &item->duration) &&
	       parse_end(p);
}

/* One character of a text. Several spaces are one. */
static void make_letter(const struct morse *morse, struct item *item)
{
	item->kind = ITEM_LETTER;
	while (morse->signals[item->signals]) {
		if (morse->signals[item->signals] == '-')
			item->dashes |= (uint8_t)(1u << item->signals);
		item->signals++;
	}
}

static bool check_text(struct parser *p)
{
	uint32_t letters = 0;

	for (; p->at < p->len; p->at++) {
		if (p->text[p->at] == ' ')
			continue;
		if (!morse_find(p->text[p->at])) {
			p->fault = "no Morse code for this character";
			return false;
		}
		letters++;
	}
	if (!letters)
		p->fault = "expected a text";
	return letters;
}

/* With the lock held, and room for it. */
static void put_item(struct beeper *b, const struct item *item)
{
	b->queue[(b->first + b->count) % QUEUE_SIZE] = *item;
	b->count++;
}

static void put_text(struct beeper *b, const char *text, uint32_t len, uint32_t session)
{
	bool space = false, some = false;

	for (uint32_t i = 0; i < len; i++) {
		struct item item = { .session = session };

		if (text[i] == ' ') {
			space = some;
			continue;
		}
		if (space) {
			item.kind = ITEM_SPACE;
			put_item(b, &item);
			item.kind = 0;
			space = false;
		}
		make_letter(morse_find(text[i]), &item);
		put_item(b, &item);
		some = true;
	}
}

/*
 * Takes a whole line: all of it or nothing. Returns 0, FY_ERR_INVALID with the fault in P, or
 * FY_ERR_AGAIN when the queue has no room for all of it.
 */
static int take_line(struct beeper *b, struct parser *p, uint32_t session)
{
	struct item item = { .session = session };
	bool valid = false;
	fy_irqflags flags;
	int rc = 0;

	if (!p->len)
		return 0;
	p->at = 1;
	switch (p->text[0]) {
	case 't':
		valid = parse_tone(p, &item);
		break;
	case 'p':
		valid = parse_pause(p, &item);
		break;
	case 'm':
		valid = check_text(p);
		break;
	default:
		p->at = 0;
		p->fault = "expected t, m or p";
	}
	if (!valid)
		return FY_ERR_INVALID;

	flags = fy_lock(&b->lock);
	if (QUEUE_SIZE - b->count < p->len) {
		rc = FY_ERR_AGAIN;
	} else {
		if (p->text[0] == 'm')
			put_text(b, p->text + 1, p->len - 1, session);
		else
			put_item(b, &item);
		if (!b->running)
			start_playing(b);
	}
	fy_unlock(&b->lock, flags);
	return rc;
}

/* Logs what is wrong with a line, which the session is about to forget. */
static void report(struct beeper *b, const struct parser *p, struct session *session)
{
	for (uint32_t i = 0; i < session->len; i++)
		if (session->line[i] < ' ' || session->line[i] > '~')
			session->line[i] = '?';
	fy_warn(b->dev, "column %u: %s: %.*s", p->at + 1, p->fault, (int)session->len,
		session->line);
}

/*
 * The session's line is complete. On FY_ERR_AGAIN it stays; otherwise the session is ready for the
 * next one. A QUIET refusal is one that will come again.
 */
static int finish_line(struct beeper *b, struct session *session, bool quiet)
{
	struct parser p = { .text = session->line, .len = session->len };
	int rc;

	if (p.len > LINE_MAX) {
		p.at = LINE_MAX;
		p.fault = "the line is too long";
		rc = FY_ERR_INVALID;
	} else {
		rc = take_line(b, &p, session->id);
	}
	if (rc == FY_ERR_INVALID && !quiet)
		report(b, &p, session);
	if (rc != FY_ERR_AGAIN)
		session->len = 0;
	return rc;
}

/* ---- The stream. ---- */

static void identify(struct beeper *b, struct session *session)
{
	fy_irqflags flags;

	if (session->id)
		return;
	flags = fy_lock(&b->lock);
	if (!++b->last_session)
		b->last_session = 1;
	session->id = b->last_session;
	fy_unlock(&b->lock, flags);
}

/*
 * Takes whole lines, as far as they are valid and have room, and the start of an unfinished one. A
 * bad line is refused when nothing stands before it, so that the writer learns which one it was.
 */
static long beeper_write(struct fy_device *dev, void *arg, const char *data, size_t len)
{
	struct beeper *b = fy_state(dev);
	struct session *session = arg;
	size_t taken = 0;

	identify(b, session);
	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n') {
			int rc = finish_line(b, session, taken);

			/*
			 * The newline is not taken then; what came before it is, and waits in the
			 * session.
			 */
			if (rc == FY_ERR_AGAIN)
				return i ? (long)i : rc;
			if (rc)
				return taken ? (long)taken : rc;
			taken = i + 1;
		} else if (session->len <= LINE_MAX) {
			session->line[session->len++] = data[i];
		}
	}
	return (long)len;
}

static bool beeper_drained(struct fy_device *dev, void *arg)
{
	struct beeper *b = fy_state(dev);
	struct session *session = arg;
	fy_irqflags flags = fy_lock(&b->lock);
	bool drained = true;

	for (uint32_t i = 0; i < b->count && drained; i++)
		drained = b->queue[(b->first + i) % QUEUE_SIZE].session != session->id;
	fy_unlock(&b->lock, flags);
	return drained;
}

/*
 * Takes a session's items out of the queue, but not the first, which is being played. With the lock
 * held.
 */
static void drop_waiting(struct beeper *b, uint32_t session)
{
	uint32_t kept = 1;

	for (uint32_t i = 1; i < b->count; i++) {
		const struct item *item = &b->queue[(b->first + i) % QUEUE_SIZE];

		if (item->session != session)
			b->queue[(b->first + kept++) % QUEUE_SIZE] = *item;
	}
	if (b->count)
		b->count = kept;
}

/*
 * An item that is being played can be dropped only while the timer is stopped. Until then new lines
 * may come, and do not start the timer (cancelling). If the timer has gone on to another session's
 * item by then, that item is resumed.
 */
static void beeper_cancel(struct fy_device *dev, void *arg)
{
	struct beeper *b = fy_state(dev);
	struct session *session = arg;
	fy_irqflags flags = fy_lock(&b->lock);

	session->len = 0;
	drop_waiting(b, session->id);
	b->cancelling++;
	fy_unlock(&b->lock, flags);
	fy_timer_stop(&b->timer);

	flags = fy_lock(&b->lock);
	if (b->count && playing(b)->session == session->id) {
		b->edges = 0;
		b->level = 0;
		fy_gpio_set(&b->speaker, 0);
		drop_first(b);
		b->running = false;
	}
	b->cancelling--;
	start_playing(b);
	fy_unlock(&b->lock, flags);
	fy_stream_ready(&b->stream);
}

static void beeper_close(struct fy_device *dev, void *arg)
{
	struct beeper *b = fy_state(dev);
	struct session *session = arg;

	if (session->len && finish_line(b, session, false) == FY_ERR_AGAIN)
		fy_warn(dev, "no room for the unfinished line: %.*s", (int)session->len,
			session->line);
}

static const struct fy_stream_ops beeper_stream = {
	.session_size = sizeof(struct session),
	.write = beeper_write,
	.drained = beeper_drained,
	.cancel = beeper_cancel,
	.close = beeper_close,
};

/* ---- The device. ---- */

static int read_property(struct fy_device *dev, const char *name, uint32_t max, uint32_t *value)
{
	int rc = fy_property_u32(dev, name, value);

	if (rc == FY_ERR_NOT_FOUND)
		return 0;
	if (rc || *value < 1 || *value > max) {
		fy_error(dev, "property %s: expected 1 to %u", name, max);
		return FY_ERR_INVALID;
	}
	return 0;
}

static int beeper_probe(struct fy_device *dev)
{
	struct beeper *b = fy_state(dev);
	uint32_t wpm = 20;
	int rc;

	b->dev = dev;
	b->tone_hz = 700;
	rc = read_property(dev, "words-per-minute", WPM_MAX, &wpm);
	if (!rc)
		rc = read_property(dev, "tone-hz", FREQUENCY_MAX, &b->tone_hz);
	if (rc)
		return rc;
	b->dot_us = DOT_US_AT_1_WPM / wpm;

	rc = fy_gpio_request(dev, "speaker", FY_GPIO_OUT_LOW, &b->speaker);
	if (rc) {
		if (rc == FY_ERR_DEFER)
			fy_info(dev, "waiting for the pin that speaker-gpios names; is there such "
				     "a pin?");
		else
			fy_error(dev, "cannot have the speaker's pin: %s", fy_error_name(rc));
		return rc;
	}
	fy_lock_init(&b->lock);
	fy_timer_init(&b->timer, dev, beeper_timer, b);
	rc = fy_stream_offer(dev, &b->stream, "beeper", &beeper_stream);
	if (rc) {
		fy_error(dev, "cannot offer the stream 'beeper': %s", fy_error_name(rc));
		goto release;
	}
	fy_info(dev, "ready: %u words per minute at %u Hz", wpm, b->tone_hz);
	return 0;

release:
	fy_gpio_release(&b->speaker);
	return rc;
}

static void beeper_remove(struct fy_device *dev)
{
	struct beeper *b = fy_state(dev);

	fy_stream_withdraw(&b->stream);
	fy_timer_stop(&b->timer);
	fy_gpio_set(&b->speaker, 0);
	fy_gpio_release(&b->speaker);
	fy_info(dev, "removed");
}

FY_DESCRIPTION("Tones and Morse code on a GPIO pin");
FY_COMPATIBLE("ferry,beeper");
FY_DRIVER(beeper) = {
	.name = "beeper",
	.compatible = fy_compatible,
	.state_size = sizeof(struct beeper),
	.probe = beeper_probe,
	.remove = beeper_remove,
};
