/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The image in memory. LOAD_ADDRESS is the board's (boards/NAME/board.mk), memory.h the architecture's. The pages' rights are set by
 * mmu.c.
 */
#include "memory.h"

ENTRY(_start)
SECTIONS
{
	. = LOAD_ADDRESS;
	__image_start = .;
	.text : {
		__text_start = .;
		KEEP(*(.start))
		*(.text .text.*)
		. = ALIGN(4096);
		__text_end = .;
	}
	.rodata : {
		__rodata_start = .;
		*(.rodata .rodata.*)
		. = ALIGN(4);
	}
	.note.gnu.build-id : {
		KEEP(*(.note.gnu.build-id))
	}
	.symbols : {
		PROVIDE(bare_symbol_table = .);		/* the first link has no table yet (mk/app.mk) */
		PROVIDE(bare_build_id = .);
		KEEP(*(.symbols))
		. = ALIGN(4096);
		__rodata_end = .;
	}
	.data : {
		*(.data .data.*)
		. = ALIGN(16);
		KEEP(*(.mover))
		__image_end = .;
	}
	.bss (NOLOAD) : ALIGN(4096) {
		__bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(64);
		__bss_end = .;
	}
	/* Not cached: what devices access too. Cleared when it is given out (core/bare-dma.c). */
	.dma (NOLOAD) : ALIGN(4096) {
		__dma_start = .;
		*(.dma)
		. = ALIGN(4096);
		__dma_end = .;
	}
	/* Not cleared: page tables, stacks. */
	.late (NOLOAD) : ALIGN(65536) {
		__stack_guard = .;
		. += STACK_GUARD_SIZE;
		__stack_guard_end = .;
		. += STACK_SIZE;
		__stack_top = .;
		__exception_stacks = .;
		. += CORES * EXCEPTION_STACK_SIZE;
		__exception_stack_top = .;
		*(.late)
		*(.unset)	/* nor written before the caches are on */
	}
	/DISCARD/ : { *(.comment) *(.note.GNU-stack) *(.eh_frame*) *(.ARM.exidx* .ARM.extab*) }
}
