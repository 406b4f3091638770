// SPDX-License-Identifier: GPL-2.0-only
/*
 * Snapshots of a board that runs: see run.h. QEMU's monitor keeps and loads them (savevm, loadvm)
 * in the qcow2 file of the card, or of a disk for snapshots alone. The board is stopped during
 * that, so that each byte of output and each change is either before or after the snapshot.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "boot/registers.h"
#include "boot/run-wait.h"
#include "boot/run.h"

#define ANSWER_NS (INT64_C(120) * 1000000000) /* a state that is written to a slow disk */

/* Waits for *DONE. */
static int await(struct boot *boot, const bool *done, const char *what, struct error *err)
{
	int64_t until = run_now() + ANSWER_NS;
	struct boot_events events = { 0 };
	bool held = boot->hold_console;

	/* A board that has something to say does not stop before it could. */
	boot->hold_console = false;
	while (!*done && boot->process.pid && run_now() < until)
		if (run_wait(boot, &events, NULL, 0, until, err) < 0)
			return -1;
	boot->hold_console = held;
	if (*done)
		return 0;
	if (boot->process.pid)
		return error_set(err, "%s: QEMU does not answer", what);
	return error_set(err, "%s: the board has ended%s%s", what, *boot->why.text ? ": " : "",
			 boot->why.text);
}

/* Gives QEMU a command, and waits for its answer, which is in boot->qmp then. */
static int ask(struct boot *boot, const char *command, json_t *arguments, struct error *err)
{
	struct qmp *qmp = &boot->qmp;

	if (qmp_ask(qmp, boot->process.qmp, command, arguments) < 0)
		return error_set(err, "%s: QEMU is gone", command);
	if (await(boot, &qmp->replied, command, err) < 0)
		return -1;
	return qmp->reply ? 0 : error_set(err, "%s: QEMU refuses: %s", command, qmp->refusal);
}

/* The same with a line of the monitor for people, which says what is wrong and nothing else. */
static int ask_monitor(struct boot *boot, const char *command, const char *name, struct error *err)
{
	char line[128];
	const char *answer;

	snprintf(line, sizeof(line), "%s %s", command, name);
	if (ask(boot, "human-monitor-command", json_pack("{s:s}", "command-line", line), err) < 0)
		return -1;
	answer = json_string_value(boot->qmp.reply);
	if (!answer || !*answer)
		return 0;
	return error_set(err, "%s: QEMU says: %.*s", line, (int)strcspn(answer, "\r\n"), answer);
}

/* The guest's time in the snapshot NAME, as the disk says that holds it. */
static int ask_time(struct boot *boot, const char *name, uint64_t *time, struct error *err)
{
	json_t *node, *snapshot;
	size_t i, j;

	if (ask(boot, "query-named-block-nodes", json_pack("{s:b}", "flat", 1), err) < 0)
		return -1;
	json_array_foreach(boot->qmp.reply, i, node)
	{
		json_array_foreach(json_object_get(json_object_get(node, "image"), "snapshots"), j,
				   snapshot)
		{
			const char *its = json_string_value(json_object_get(snapshot, "name"));
			json_t *s = json_object_get(snapshot, "vm-clock-sec");
			json_t *ns = json_object_get(snapshot, "vm-clock-nsec");

			if (!its || strcmp(its, name) != 0)
				continue;
			*time = (uint64_t)json_integer_value(s) * 1000000000 +
				(uint64_t)json_integer_value(ns);
			return 0;
		}
	}
	return error_set(err, "savevm %s: QEMU kept nothing by that name", name);
}

/*
 * A Pi's card is on one of two controllers, as the functions of its pins say: BCM2835 ARM
 * Peripherals, section 6.1, GPFSEL4 and 5. QEMU moves the card when they change. Before QEMU loads
 * a snapshot, it resets the board, which moves the card to the first controller; then it loads the
 * registers, which does not move the card. So the registers are written again.
 */
static int route_card(struct boot *boot, struct error *err)
{
	static const uint64_t selects[] = { 0x10, 0x14 };
	static const uint32_t pins[] = { 077u << 24, 07777u }; /* 48 and 49, 50 to 53 */
	uint64_t gpio = boot->board->gpio_base;
	int fd = boot->process.registers;
	uint32_t before[2];

	if (fd < 0)
		return 0;
	for (int i = 0; i < 2; i++)
		if (registers_read(fd, gpio + selects[i], &before[i], err) < 0 ||
		    registers_write(fd, gpio + selects[i], before[i] & ~pins[i], err) < 0)
			return -1;
	for (int i = 0; i < 2; i++)
		if (registers_write(fd, gpio + selects[i], before[i], err) < 0)
			return -1;
	return 0;
}

static struct boot_mark *find_mark(const struct boot *boot, const char *name)
{
	for (size_t i = 0; i < boot->mark_count; i++)
		if (strcmp(boot->marks[i].name, name) == 0)
			return &boot->marks[i];
	return NULL;
}

/* The mark by that name, made if there is none. */
static struct boot_mark *mark_of(struct boot *boot, const char *name, struct error *err)
{
	struct boot_mark *mark = find_mark(boot, name);
	char *copy;

	if (mark)
		return mark;
	copy = strdup(name);
	mark = copy ? ARRAY_ADD(boot->marks, boot->mark_count) : NULL;
	if (!mark) {
		free(copy);
		error_set(err, "out of memory");
		return NULL;
	}
	mark->name = copy;
	return mark;
}

static int check(struct boot *boot, const char *name, struct error *err)
{
	if (!boot->options.restorable)
		return error_set(err, "the board was not started for snapshots");
	if (!isalpha((unsigned char)*name) || strlen(name) > 64 ||
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")])
		return error_set(err,
				 "'%s' is no name for a snapshot: up to 64 letters, digits, - and "
				 "_, a letter first",
				 name);
	return await(boot, &boot->qmp.ready, "snapshot", err);
}

int boot_snapshot(struct boot *boot, const char *name, struct error *err)
{
	struct boot_mark *mark;
	uint64_t time = 0;

	if (check(boot, name, err) < 0 || ask(boot, "stop", NULL, err) < 0)
		return -1;
	if (ask_monitor(boot, "savevm", name, err) < 0 || ask_time(boot, name, &time, err) < 0)
		goto fail;
	mark = mark_of(boot, name, err);
	if (!mark)
		goto fail;
	mark->time = time;
	if (boot->capture)
		pins_capture_mark(boot->capture, &mark->pins);
	return ask(boot, "cont", NULL, err);

fail:
	ask(boot, "cont", NULL, NULL);
	return -1;
}

int boot_restore(struct boot *boot, const char *name, struct error *err)
{
	const struct boot_mark *mark;

	if (check(boot, name, err) < 0)
		return -1;
	mark = find_mark(boot, name);
	if (!mark)
		return error_set(err, "there is no snapshot '%s'", name);
	if (ask(boot, "stop", NULL, err) < 0)
		return -1;
	if (ask_monitor(boot, "loadvm", name, err) < 0 || route_card(boot, err) < 0) {
		ask(boot, "cont", NULL, NULL);
		return -1;
	}
	run_forget(boot);
	if (boot->capture)
		pins_capture_restart(boot->capture, &mark->pins, mark->time);
	return ask(boot, "cont", NULL, err);
}
