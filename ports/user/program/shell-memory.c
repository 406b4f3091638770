// SPDX-License-Identifier: GPL-2.0-only
/* The shell's commands for memories. */
#include <inttypes.h>
#include <stdio.h>

#include "shell-class.h"

enum { LINE = 16, BYTES = 256 };

static struct fy_memory *memory_of(const struct shell_class *c)
{
	return (struct fy_memory *)user_offer_next(c->world, NULL, FY_OFFER_MEMORY);
}

static bool offered(struct user_world *world)
{
	return user_offer_next(world, NULL, FY_OFFER_MEMORY) != NULL;
}

static int geometry(struct shell_class *c, char *text)
{
	const struct fy_memory *memory = memory_of(c);

	(void)text;
	if (!memory)
		return FY_ERR_GONE;
	printf(c->json ? "{\"size\":%" PRIu64 ",\"write_size\":%u,\"erase_size\":%u}\n" :
			 "%" PRIu64 " bytes, written by %u, erased by %u\n",
	       memory->geometry.size, memory->geometry.write_size, memory->geometry.erase_size);
	return 0;
}

static void print_line(const struct shell_class *c, uint64_t offset, const uint8_t *bytes, size_t n)
{
	printf(c->json ? "{\"offset\":%" PRIu64 ",\"bytes\":[" : "%08" PRIx64 ":", offset);
	for (size_t i = 0; i < n; i++)
		if (c->json)
			printf(i ? ",%u" : "%u", bytes[i]);
		else
			printf(" %02x", bytes[i]);
	printf(c->json ? "]}\n" : "\n");
}

static int peek(struct shell_class *c, char *text)
{
	struct fy_memory *memory = memory_of(c);
	uint64_t offset, count = 1;
	uint8_t bytes[LINE];
	const char *word;

	if (!memory)
		return FY_ERR_GONE;
	if (!shell_number(shell_word(&text), UINT64_MAX, &offset))
		return FY_ERR_INVALID;
	word = shell_word(&text);
	if (word && !shell_number(word, UINT32_MAX, &count))
		return FY_ERR_INVALID;
	while (count) {
		const size_t n = count < LINE ? (size_t)count : LINE;
		int error = fy_port_memory_read(memory, offset, bytes, n);

		if (error)
			return error;
		print_line(c, offset, bytes, n);
		offset += n;
		count -= n;
	}
	return 0;
}

static int poke(struct shell_class *c, char *text)
{
	struct fy_memory *memory = memory_of(c);
	uint8_t bytes[BYTES];
	uint64_t offset, byte;
	size_t count = 0;
	const char *word;

	if (!memory)
		return FY_ERR_GONE;
	if (!shell_number(shell_word(&text), UINT64_MAX, &offset))
		return FY_ERR_INVALID;
	while ((word = shell_word(&text))) {
		if (count == BYTES || !shell_number(word, 0xff, &byte))
			return FY_ERR_INVALID;
		bytes[count++] = (uint8_t)byte;
	}
	return count ? fy_port_memory_write(memory, offset, bytes, count) : FY_ERR_INVALID;
}

static int erase(struct shell_class *c, char *text)
{
	struct fy_memory *memory = memory_of(c);
	uint64_t offset, count;

	if (!memory)
		return FY_ERR_GONE;
	if (!shell_number(shell_word(&text), UINT64_MAX, &offset) ||
	    !shell_number(shell_word(&text), UINT64_MAX, &count))
		return FY_ERR_INVALID;
	return fy_port_memory_erase(memory, offset, count);
}

static const struct shell_command commands[] = {
	{ "geometry", "geometry          how large the memory is, and what is erased", geometry },
	{ "peek", "peek OFFSET [COUNT]  bytes of the memory", peek },
	{ "poke", "poke OFFSET BYTE...  writes them", poke },
	{ "erase", "erase OFFSET COUNT", erase },
	{ 0 },
};

const struct shell_class_kind shell_memory = { .commands = commands, .offered = offered };
