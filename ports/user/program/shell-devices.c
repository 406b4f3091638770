// SPDX-License-Identifier: GPL-2.0-only
/* The shell's commands for LEDs, PWM outputs, watchdogs and input devices. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shell-class.h"

/* ---- led ---- */

static bool has_led(struct user_world *world)
{
	return user_offer_next(world, NULL, FY_OFFER_LED) != NULL;
}

/* NULL: none is called NAME. */
static struct fy_led *find_led(const struct shell_class *c, const char *name)
{
	struct fy_offer *offer = user_offer_next(c->world, NULL, FY_OFFER_LED);

	while (offer && !(offer->name && !strcmp(offer->name, name)))
		offer = user_offer_next(c->world, offer, FY_OFFER_LED);
	return (struct fy_led *)offer;
}

static int list_leds(const struct shell_class *c)
{
	struct fy_offer *offer = user_offer_next(c->world, NULL, FY_OFFER_LED);

	for (; offer; offer = user_offer_next(c->world, offer, FY_OFFER_LED)) {
		const struct fy_led *led = (const struct fy_led *)offer;

		printf(c->json ? "{\"led\":\"%s\",\"brightness\":%u,\"highest\":%u}\n" :
				 "%s: %u of %u\n",
		       offer->name ? offer->name : offer->dev->name, led->brightness, led->highest);
	}
	return 0;
}

static int blink_led(const struct shell_class *c, struct fy_led *led, char *text)
{
	uint64_t on, off;
	uint32_t on_ms, off_ms;
	int error;

	if (!shell_number(shell_word(&text), UINT32_MAX, &on) ||
	    !shell_number(shell_word(&text), UINT32_MAX, &off))
		return FY_ERR_INVALID;
	on_ms = (uint32_t)on;
	off_ms = (uint32_t)off;
	error = fy_port_led_blink(led, &on_ms, &off_ms);
	if (!error)
		printf(c->json ? "{\"on_ms\":%u,\"off_ms\":%u}\n" : "%u ms on, %u ms off\n", on_ms,
		       off_ms);
	return error;
}

static int led(struct shell_class *c, char *text)
{
	const char *word = shell_word(&text);
	struct fy_led *found;
	uint64_t brightness;

	if (!word)
		return list_leds(c);
	found = find_led(c, word);
	if (found)
		word = shell_word(&text);
	else
		found = (struct fy_led *)user_offer_next(c->world, NULL, FY_OFFER_LED);
	if (!found)
		return FY_ERR_GONE;
	if (word && !strcmp(word, "blink"))
		return blink_led(c, found, text);
	return shell_number(word, UINT32_MAX, &brightness) ?
		       fy_port_led_set(found, (unsigned)brightness) :
		       FY_ERR_INVALID;
}

static const struct shell_command led_commands[] = {
	{ "led",
	  "led [NAME] [BRIGHTNESS|blink ON-MS OFF-MS]\n"
	  "                  sets it, or has it blink by itself; alone, lists LEDs",
	  led },
	{ 0 },
};

const struct shell_class_kind shell_led = { .commands = led_commands, .offered = has_led };

/* ---- pwm ---- */

static bool has_pwm(struct user_world *world)
{
	return user_offer_next(world, NULL, FY_OFFER_PWM) != NULL;
}

static int show_pwm(const struct shell_class *c, struct fy_pwm *output, unsigned channel)
{
	struct fy_pwm_state state;
	int error = fy_port_pwm_get(output, channel, &state);

	if (error)
		return error;
	printf(c->json ? "{\"enabled\":%s,\"period\":%" PRIu64 ",\"duty\":%" PRIu64 "}\n" :
			 "%s: period %" PRIu64 " ns, duty %" PRIu64 " ns\n",
	       c->json	     ? state.enabled ? "true" : "false" :
	       state.enabled ? "on" :
			       "off",
	       state.period, state.duty);
	return 0;
}

static int pwm(struct shell_class *c, char *text)
{
	struct fy_pwm *output = (struct fy_pwm *)user_offer_next(c->world, NULL, FY_OFFER_PWM);
	struct fy_pwm_state state = { .enabled = true };
	uint64_t channel;
	const char *word;

	if (!output)
		return FY_ERR_GONE;
	if (!shell_number(shell_word(&text), UINT32_MAX, &channel))
		return FY_ERR_INVALID;
	word = shell_word(&text);
	if (!word)
		return show_pwm(c, output, (unsigned)channel);
	if (!shell_number(word, UINT64_MAX, &state.period) ||
	    !shell_number(shell_word(&text), UINT64_MAX, &state.duty))
		return FY_ERR_INVALID;
	state.enabled = state.duty > 0;
	return fy_port_pwm_apply(output, (unsigned)channel, &state);
}

static const struct shell_command pwm_commands[] = {
	{ "pwm", "pwm CHANNEL [PERIOD DUTY]\n                  in ns; a duty of 0 switches it off",
	  pwm },
	{ 0 },
};

const struct shell_class_kind shell_pwm = { .commands = pwm_commands, .offered = has_pwm };

/* ---- watchdog ---- */

static bool has_watchdog(struct user_world *world)
{
	return user_offer_next(world, NULL, FY_OFFER_WATCHDOG) != NULL;
}

static int show_watchdog(const struct shell_class *c, struct fy_watchdog *dog)
{
	uint32_t left = 0;
	int error = fy_port_watchdog_left(dog, &left);

	if (error && error != FY_ERR_UNSUPPORTED)
		return error;
	printf(c->json ? "{\"runs\":%s,\"left_ms\":%u,\"longest_ms\":%u,\"was_reset\":%s}\n" :
			 "runs: %s, %u ms left of %u at the most; was reset by it: %s\n",
	       dog->runs ? "true" : "false", left, dog->ops->longest_ms,
	       dog->was_reset ? "true" : "false");
	return 0;
}

static int watchdog(struct shell_class *c, char *text)
{
	struct fy_watchdog *dog =
		(struct fy_watchdog *)user_offer_next(c->world, NULL, FY_OFFER_WATCHDOG);
	const char *word = shell_word(&text);
	uint64_t ms;

	if (!dog)
		return FY_ERR_GONE;
	if (!word)
		return show_watchdog(c, dog);
	if (!strcmp(word, "off"))
		return fy_port_watchdog_stop(dog);
	return shell_number(word, UINT32_MAX, &ms) ? fy_port_watchdog_start(dog, (uint32_t)ms) :
						     FY_ERR_INVALID;
}

static const struct shell_command watchdog_commands[] = {
	{ "watchdog", "watchdog [MS|off]  starts it, or sets it back", watchdog },
	{ 0 },
};

const struct shell_class_kind shell_watchdog = { .commands = watchdog_commands,
						 .offered = has_watchdog };

/* ---- input ---- */

static bool has_input(struct user_world *world)
{
	return user_offer_next(world, NULL, FY_OFFER_INPUT) != NULL;
}

static void show_event(void *arg, enum fy_input_type type, uint16_t code, int32_t value, bool last)
{
	static const char *const types[] = { [FY_INPUT_KEY] = "key",
					     [FY_INPUT_RELATIVE] = "relative",
					     [FY_INPUT_ABSOLUTE] = "absolute",
					     [FY_INPUT_SWITCH] = "switch" };
	const struct shell_class *c = arg;

	(void)last;
	printf(c->json ? "{\"%s\":%u,\"value\":%" PRId32 "}\n" : "%s %u: %" PRId32 "\n",
	       types[type], code, value);
	fflush(stdout);
}

static int events(struct shell_class *c, char *text)
{
	struct fy_input *input = (struct fy_input *)user_offer_next(c->world, NULL, FY_OFFER_INPUT);

	if (!input)
		return FY_ERR_GONE;
	fy_port_input_watch(input, strcmp(text, "off") != 0 ? show_event : NULL, c);
	return 0;
}

static void end_input(struct shell_class *c)
{
	struct fy_input *input = (struct fy_input *)user_offer_next(c->world, NULL, FY_OFFER_INPUT);

	if (input)
		fy_port_input_watch(input, NULL, NULL);
}

static const struct shell_command input_commands[] = {
	{ "events", "events [off]      prints what keys and so on report", events },
	{ 0 },
};

const struct shell_class_kind shell_input = { .commands = input_commands,
					      .offered = has_input,
					      .end = end_input };
