/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * The inside of the bare port: what its parts (architecture, chips, core, board) offer each other.
 * Drivers never see this.
 *
 * Order of a start: the firmware enters _start (arch/ARCH/start.S) on every core. Core 0 goes on,
 * the others wait. start.S drops to EL1 or SVC, sets the stack, clears bss, turns on MMU and caches
 * (arch_mmu_init with the board's regions) and calls bare_start(); that brings up console,
 * interrupts, timers and drivers, and calls the app's main().
 */
#ifndef PORTS_BARE_BARE_H
#define PORTS_BARE_BARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fy_device;
#include <ferry/port/resource.h>

/* ---- By the board (boards/NAME/board.c) ---- */

/*
 * A part of the physical address space, mapped one to one. What no region covers faults, address 0
 * among it.
 */
struct bare_region {
	uintptr_t start;
	/* bytes; start and size are multiples of 1 MiB (32-bit) or 2 MiB (64-bit) */
	size_t size;
	/* registers: not cached, not executed, in order; otherwise cached memory */
	bool device;
};
extern const struct bare_region bare_regions[]; /* ended by one of size 0 */

/*
 * A property, in the bytes that a devicetree has for it. These write one:
 *	BARE_FLAG("wakeup"), BARE_CELLS("on-ms", BARE_CELL(500)), BARE_TEXT("label", "front door")
 * A reference to another device of the table is a text, its name.
 */
struct bare_property {
	const char *name;
	const void *bytes;
	uint32_t len;
};
#define BARE_FLAG(name)       \
	{                     \
		(name), "", 0 \
	}
#define BARE_TEXT(name, text)                \
	{                                    \
		(name), (text), sizeof(text) \
	}
#define BARE_CELL(value) \
	((value) >> 24) & 0xffu, ((value) >> 16) & 0xffu, ((value) >> 8) & 0xffu, (value)&0xffu
#define BARE_CELLS(name, ...)                                                                      \
	{                                                                                          \
		(name), (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }) \
	}

/*
 * A clock, a reset line, a supply or a state of pins, for <ferry/clock.h> and the like: its number
 * (a clock's Hz, a supply's microvolts), and what turns it on and off; NULL: it is always on. SET
 * returns 0 or an error of the contract.
 */
struct bare_resource {
	enum fy_resource_kind kind; /* FY_RESOURCE_NONE ends a list */
	const char *name;	    /* or NULL */
	uint32_t value;
	int (*set)(bool on);
};

/* A child of a device, as the children of a devicetree node. */
struct bare_child {
	const char *name;
	const struct bare_property *properties; /* as the device's */
};

/* A device of the board, and which driver's `compatible` it has. */

struct bare_device {
	const char *name; /* "gpio", for pins; names of devices are unique */
	/* a driver that is not in the build leaves the device alone */
	const char *compatible;
	uintptr_t registers; /* 0: none */
	/* all windows, the first one as above; ended by one of size 0; NULL: there is but that */
	const struct bare_window {
		const char *name; /* or NULL */
		uintptr_t address;
		uint32_t size;
	} * windows;
	/*
	 * of a device on a bus: the device that offers that, and the address (I2C) or the number of
	 * the chip select (SPI); NULL: on none
	 */
	const char *bus;
	uint32_t address;
	/* numbers of the interrupt controller, in order; ended by 0 (which no device has) */
	int irqs[4];
	const struct bare_property *properties; /* ended by one without a name, or NULL */
	const struct bare_child *children;	/* likewise */
	const struct bare_resource *resources;	/* or NULL */
	/* pins it uses: "speaker" on controller "gpio", number 17 */
	const struct bare_pin {
		const char *function, *controller;
		unsigned pin;
		bool active_low;
	} * pins; /* ended by one without a function, or NULL */
};
extern const struct bare_device bare_devices[]; /* ended by one without a name */
/*
 * Likewise, by the app: what it has on the board's buses and pins beside the board's own devices.
 * None, unless it defines them.
 */
extern const struct bare_device bare_app_devices[] __attribute__((weak));

/* The chips that the board has. Each may be the function of a chip driver (chips/). */
struct bare_board {
	const char *name;
	/* of all chips: console, interrupt controller, clock, what resets the board */
	void (*init)(void);
	void (*console_put)(char c); /* waits for room */
	/* a byte, or -1: none there; that ends what console_irq asks for */
	int (*console_get)(void);
	/* comes when there is a byte; 0: none, the core asks now and then */
	int console_irq;
	/* the interrupt to handle now, or -1: none (it was spurious) */
	int (*irq_next)(void);
	void (*irq_done)(int irq);
	void (*irq_enable)(int irq, bool enable);
	uint64_t (*time_ns)(void);
	/* one interrupt at that time, or at once when past; UINT64_MAX: none */
	void (*timer_set)(uint64_t when_ns);
	int timer_irq;
	/* resets the board unless called again; 0 stops it; NULL: none */
	void (*watchdog_start)(unsigned ms);
	void (*reset)(void); /* returns when it cannot */
	void (*off)(void);   /* likewise; NULL: the board has no such thing */
	/* where one may lie although the firmware names none; 0: nowhere */
	uintptr_t devicetree;
	/* a device finds memory at its physical address plus this */
	uint32_t bus_offset;
	/* for the panic code, on the first gpio controller; -1: none */
	int led_pin;
	bool led_active_low;
};
extern const struct bare_board bare_board;

/* ---- By the architecture (arch/ARCH/) ---- */

/* With the processor's interrupts: off and what they were; back to that. */
unsigned long arch_irq_save(void);
void arch_irq_restore(unsigned long flags);
#define ARCH_IRQ_OFF 0x80 /* in what they were: off; the same bit of CPSR and DAIF */
void arch_irq_on(void);
/* Sleeps until an interrupt is pending, even when interrupts are off. */
void arch_idle(void);
void arch_halt(void) __attribute__((noreturn)); /* interrupts off, sleeps for good */
void arch_mmu_init(const struct bare_region *regions);
/* Cleans and invalidates a range of the data cache, for memory that a device accesses too. */
void arch_cache_flush(const void *start, size_t size);
void arch_cache_invalidate(void *start, size_t size);
/* The other cores' stacks, 1's first. What is below each is not mapped. */
#define BARE_CORES 4
struct bare_core_stack {
	unsigned char guard[4096] __attribute__((aligned(4096)));
	unsigned char stack[16 * 1024];
};
extern struct bare_core_stack bare_core_stacks[BARE_CORES - 1];
/*
 * Core N (1 and up) runs FN(ARG) on a stack of its own. Returns false where there is no such core.
 */
bool arch_core_start(unsigned n, void (*fn)(void *arg), void *arg, void *stack_top);
unsigned arch_core(void);
/*
 * Saves the registers of the running fiber on its stack and its stack pointer in *FROM, and goes on
 * with the fiber whose stack pointer was saved as TO. Interrupts are off.
 */
void arch_switch(uintptr_t *from, uintptr_t to);
/* What arch_switch() needs on a new stack below TOP to go on in ENTRY. Returns the TO for it. */
uintptr_t arch_switch_prepare(void *top, void (*entry)(void));
/* Stacks of fibers, each with a guard below it that is not mapped. */
#ifndef BARE_FIBERS
#define BARE_FIBERS 8
#endif
extern struct bare_core_stack bare_fiber_stacks[BARE_FIBERS];
/* One step up from a frame; returns false at the end of the chain. FP and PC are updated. */
bool arch_unwind(uintptr_t *fp, uintptr_t *pc);

/* What a panic was about: the LED's number of blinks between two pauses. */
enum bare_code {
	BARE_CODE_PANIC = 2, /* bare_panic() */
	BARE_CODE_ASSERTION, /* fy_assert() */
	BARE_CODE_FAULT,     /* an access to an address that is not there, or not so */
	BARE_CODE_UNDEFINED, /* an instruction that is none, or any other exception */
	BARE_CODE_STACK,     /* stack overflow */
	BARE_CODE_DIVISION,  /* division by zero */
	BARE_CODE_INTERRUPT, /* an interrupt that nobody asked for */
};

/* What the exception entry hands to bare_fault(). */
struct bare_fault {
	enum bare_code code; /* 0: BARE_CODE_FAULT */
	const char *cause;   /* in words: "data abort: translation fault, write" */
	uintptr_t pc, sp, fp, lr;
	uintptr_t address; /* that was accessed */
	bool has_address;
	uint64_t status;   /* ESR or DFSR/IFSR */
	uintptr_t reg[31]; /* x0 to x30, or r0 to r12 */
	unsigned regs;
};

/* ---- By the core ---- */

/*
 * The entry from start.S, on core 0, with MMU and caches on. DTB: what the firmware passed,
 * physical address or 0.
 */
void bare_start(uintptr_t dtb) __attribute__((noreturn));
/*
 * Whether the first node of the firmware's devicetree with COMPATIBLE has TEXT in its property
 * NAME.
 */
bool bare_firmware_says(const char *compatible, const char *name, const char *text);
/* Called by the exception vectors, interrupts off. */
void bare_interrupt(void);

void bare_fault(const struct bare_fault *fault) __attribute__((noreturn));
/*
 * Fills code and cause for an ACCESS (", write") to the address AT that failed. KIND begins the
 * cause ("data abort: "), WHY goes on; KIND NULL: the address was no multiple of the access' width.
 */
void bare_fault_access(struct bare_fault *fault, uintptr_t at, const char *access, const char *kind,
		       const char *why);
/* The panic screen, then the LED blinks the code, for good. Context: any. */
void bare_panic(enum bare_code code, const char *fmt, ...)
	__attribute__((noreturn, format(printf, 2, 3)));
/*
 * printf without heap and floating point: %s %c %d %i %u %x %p %%, l, ll, z, width, precision,
 * flags.
 */
void bare_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * The name of the function that holds PC, and how far into it; NULL when unknown. From a table that
 * the build adds.
 */
const char *bare_symbol(uintptr_t pc, uintptr_t *offset);

/* ---- By the build ---- */

/* The drivers chosen (the app's DRIVERS and the board's), ended by NULL: a generated file that says
 *	extern const struct fy_driver fy_driver_hello; ...
 *	const struct fy_driver *const bare_drivers[] = { &fy_driver_hello, ..., NULL };
 */
struct fy_driver;
extern const struct fy_driver *const bare_drivers[];
/* Names the build, for the panic screen: "blink rpi-zero 3f2a..." */
extern const char bare_build_id[];

/* The app. What it returns is logged; timers and interrupts go on. */
int main(void);

#endif
