// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The address map, one to one: the board's regions in sections of 1 MiB, what holds the image in
 * pages of 4 KiB, so that code is read-only, data not executable, and address 0 and the stack's
 * guard not there. Runs with MMU and caches off. ARM1176JZF-S TRM (DDI 0301), 6.11.
 */
#include "bare.h"
#include "memory.h"

#define SECTIONS     4096u
#define SECTION_SIZE 0x100000u
#define PAGES	     256u
#define PAGE_SIZE    0x1000u
#define TABLES	     4u /* of pages: 4 MiB of image, stacks and what else is mapped by the page */

#define KIND_MASK    3u
#define KIND_TABLE   1u
#define KIND_SECTION 2u

/* A section's attributes; a page's are the same ones elsewhere, see page_attributes(). */
#define SECTION_BUFFERED  (1u << 2)
#define SECTION_CACHED	  (1u << 3)
#define SECTION_NO_EXEC	  (1u << 4)
#define SECTION_ACCESS	  (1u << 10) /* privileged only */
#define SECTION_ALLOCATE  (1u << 12) /* on writes too */
#define SECTION_READ_ONLY (1u << 15)

#define MEMORY \
	(KIND_SECTION | SECTION_ACCESS | SECTION_CACHED | SECTION_BUFFERED | SECTION_ALLOCATE)
#define CODE	  (MEMORY | SECTION_READ_ONLY)
#define DATA	  (MEMORY | SECTION_NO_EXEC)
#define CONSTANTS (MEMORY | SECTION_READ_ONLY | SECTION_NO_EXEC)
/* TEX 1, C and B 0 */
#define UNCACHED (KIND_SECTION | SECTION_ACCESS | SECTION_ALLOCATE | SECTION_NO_EXEC)
/* shared device */
#define DEVICE	(KIND_SECTION | SECTION_ACCESS | SECTION_BUFFERED | SECTION_NO_EXEC)
#define NOTHING 0u

extern char __text_start[], __text_end[], __rodata_start[], __rodata_end[], __dma_start[],
	__dma_end[];
extern char __stack_guard[], __stack_guard_end[];

uint32_t mmu_top_table[SECTIONS] __attribute__((aligned(16384)));
static uint32_t tables[TABLES][PAGES] __attribute__((aligned(1024)));
static unsigned tables_used;

static uint32_t page_attributes(uint32_t section)
{
	uint32_t page = section & (SECTION_BUFFERED | SECTION_CACHED);

	page |= 2 | (section & SECTION_NO_EXEC) >> 4;
	return page | (section & (SECTION_ACCESS | SECTION_ALLOCATE | SECTION_READ_ONLY)) >> 6;
}

/*
 * The table of the pages of a section; a new one when it has none yet, with pages like the section.
 */
static uint32_t *table_of(uint32_t *section)
{
	uint32_t old = *section;
	uint32_t *table;

	if ((old & KIND_MASK) == KIND_TABLE)
		return (uint32_t *)(old & ~0x3ffu);
	if (tables_used == TABLES)
		/* the image is larger than TABLES MiB: nothing works yet that could say so */
		arch_halt();
	table = tables[tables_used++];
	if ((old & KIND_MASK) == KIND_SECTION)
		for (unsigned i = 0; i < PAGES; i++)
			table[i] = ((old & ~(SECTION_SIZE - 1)) + i * PAGE_SIZE) |
				   page_attributes(old);
	*section = (uintptr_t)table | KIND_TABLE;
	return table;
}

static void map_pages(const void *start, const void *end, uint32_t attributes)
{
	for (uintptr_t at = (uintptr_t)start; at < (uintptr_t)end; at += PAGE_SIZE)
		table_of(&mmu_top_table[at >> 20])[at >> 12 & (PAGES - 1)] =
			attributes == NOTHING ? NOTHING : at | page_attributes(attributes);
}

void arch_mmu_init(const struct bare_region *regions)
{
	for (const struct bare_region *r = regions; r->size; r++)
		for (size_t offset = 0; offset < r->size; offset += SECTION_SIZE)
			mmu_top_table[(r->start + offset) >> 20] =
				(r->start + offset) | (r->device ? DEVICE : DATA);
	map_pages((void *)0, (void *)PAGE_SIZE, NOTHING);
	map_pages(__text_start, __text_end, CODE);
	map_pages(__rodata_start, __rodata_end, CONSTANTS);
	map_pages(__dma_start, __dma_end, UNCACHED);
	map_pages(__stack_guard, __stack_guard_end, NOTHING);
	for (unsigned i = 0; i < BARE_FIBERS; i++)
		map_pages(bare_fiber_stacks[i].guard, bare_fiber_stacks[i].stack, NOTHING);
}
