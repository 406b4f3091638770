// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The address map, one to one: the board's regions in blocks of 2 MiB, what holds the image in
 * pages of 4 KiB, so that code is read-only, data not executable, and address 0 and the stack's
 * guard not there. Runs with MMU and caches off.
 */
#include "bare.h"
#include "memory.h"

#define ENTRIES	   512u
#define PAGE_SIZE  0x1000ull
#define BLOCK_SIZE 0x200000ull
#define TABLES	   16u
#define STACK_USED 4096 /* more than there is of it until the caches are on */

#define ENTRY_VALID	(1ull << 0)
#define ENTRY_TABLE	(1ull << 1) /* on level 1 and 2; on level 3 it is set for a page */
#define ENTRY_READ_ONLY (1ull << 7)
#define ENTRY_SHARED	(3ull << 8)
#define ENTRY_ACCESSED	(1ull << 10)
#define ENTRY_NO_EXEC	(3ull << 53) /* neither privileged nor user */
#define ENTRY_KIND(n)	((uint64_t)(n) << 2)
#define ENTRY_ADDRESS	0x0000fffffffff000ull

#define MEMORY	  (ENTRY_VALID | ENTRY_ACCESSED | ENTRY_SHARED | ENTRY_KIND(MAIR_NORMAL))
#define DATA	  (MEMORY | ENTRY_NO_EXEC)
#define CODE	  (MEMORY | ENTRY_READ_ONLY)
#define CONSTANTS (MEMORY | ENTRY_READ_ONLY | ENTRY_NO_EXEC)
#define UNCACHED \
	(ENTRY_VALID | ENTRY_ACCESSED | ENTRY_SHARED | ENTRY_KIND(MAIR_UNCACHED) | ENTRY_NO_EXEC)
#define DEVICE	(ENTRY_VALID | ENTRY_ACCESSED | ENTRY_KIND(MAIR_DEVICE) | ENTRY_NO_EXEC)
#define NOTHING 0ull

extern char __text_start[], __text_end[], __rodata_start[], __rodata_end[], __image_start[],
	__bss_end[];
extern char __dma_start[], __dma_end[], __stack_guard[], __stack_guard_end[], __stack_top[];

uint64_t mmu_top_table[ENTRIES] __attribute__((aligned(4096)));
static uint64_t tables[TABLES][ENTRIES] __attribute__((aligned(4096), section(".late")));
static unsigned tables_used;

static uint64_t *new_table(void)
{
	if (tables_used == TABLES)
		/*
		 * the board's regions are spread over more than TABLES GiB: nothing works yet that
		 * could say so
		 */
		arch_halt();
	return tables[tables_used++];
}

/*
 * The table that ENTRY leads to; a new one when it leads nowhere yet. A block becomes a table of
 * pages like it.
 */
static uint64_t *table_of(uint64_t *entry)
{
	uint64_t old = *entry;
	uint64_t page = old & ENTRY_VALID ? old | ENTRY_TABLE : NOTHING,
		 step = page ? PAGE_SIZE : 0;
	uint64_t *table;

	if (old & ENTRY_TABLE)
		return (uint64_t *)(uintptr_t)(old & ENTRY_ADDRESS);
	table = new_table();
	for (unsigned i = 0; i < ENTRIES; i++, page += step)
		table[i] = page;
	*entry = (uintptr_t)table | ENTRY_VALID | ENTRY_TABLE;
	return table;
}

static uint64_t *block_entry(uint64_t address)
{
	return &table_of(&mmu_top_table[address >> 30])[address >> 21 & (ENTRIES - 1)];
}

static uint64_t *page_entry(uint64_t address)
{
	return &table_of(block_entry(address))[address >> 12 & (ENTRIES - 1)];
}

static void map_blocks(uint64_t start, uint64_t end, uint64_t attributes)
{
	for (uint64_t at = start; at < end; at += BLOCK_SIZE)
		*block_entry(at) = at | attributes;
}

static void map_pages(const void *start, const void *end, uint64_t attributes)
{
	for (uint64_t at = (uintptr_t)start; at < (uintptr_t)end; at += PAGE_SIZE)
		*page_entry(at) = attributes == NOTHING ? NOTHING : at | attributes | ENTRY_TABLE;
}

/*
 * What the firmware or a speculating core may have left in the cache of memory that was written
 * without it.
 */
static void forget_cached(const void *start, const void *end)
{
	for (const char *at = start; at < (const char *)end; at += 64)
		__asm__ volatile("dc ivac, %0" : : "r"(at) : "memory");
	__asm__ volatile("dsb sy" : : : "memory");
}

void arch_mmu_init(const struct bare_region *regions)
{
	for (const struct bare_region *r = regions; r->size; r++)
		map_blocks(r->start, r->start + r->size, r->device ? DEVICE : DATA);
	if (*block_entry(0))
		map_pages((void *)0, (void *)PAGE_SIZE, NOTHING);
	map_pages(__text_start, __text_end, CODE);
	map_pages(__rodata_start, __rodata_end, CONSTANTS);
	map_pages(__dma_start, __dma_end, UNCACHED);
	map_pages(__stack_guard, __stack_guard_end, NOTHING);
	for (unsigned i = 0; i < BARE_FIBERS; i++)
		map_pages(bare_fiber_stacks[i].guard, bare_fiber_stacks[i].stack, NOTHING);
	for (unsigned i = 0; i < BARE_CORES - 1; i++)
		map_pages(bare_core_stacks[i].guard, bare_core_stacks[i].stack, NOTHING);
	forget_cached(__image_start, __bss_end);
	forget_cached(__stack_top - STACK_USED, __stack_top);
	forget_cached(tables, tables[tables_used]);
}
