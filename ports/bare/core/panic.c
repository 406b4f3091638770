// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * The end of a program that went wrong: what, where, how it got there and in which build, on the
 * console; then the LED blinks the code, for boards without anybody at the console. Nothing here
 * relies on interrupts, locks or drivers' states.
 */
#include <stdarg.h>
#include <ferry/app.h>

#include "core.h"
#include "format.h"

#define LINES	   24 /* of the backtrace */
#define BLINK_MS   200
#define PAUSE_MS   1200
#define REGS_A_ROW 4

static bool in_panic;

/* A panic in the panic goes no further than its name. */
static void begin(void)
{
	arch_irq_save();
	bare_print_unlock();
	if (in_panic) {
		bare_print("\npanic in the panic screen\n");
		arch_halt();
	}
	in_panic = true;
	bare_print("\n\n==== PANIC ====\n");
	if (arch_core())
		bare_print("core: %u\n", arch_core());
}

static void print_place(const char *what, uintptr_t pc)
{
	uintptr_t offset;
	const char *name = bare_symbol(pc, &offset);

	if (name)
		bare_print("%s %p  %s+%#lx\n", what, (void *)pc, name, (unsigned long)offset);
	else
		bare_print("%s %p\n", what, (void *)pc);
}

/* A recursive function is printed once, with its number of frames; its first caller comes next. */
static void print_backtrace(uintptr_t fp, uintptr_t pc)
{
	bool more = arch_unwind(&fp, &pc);

	bare_print("backtrace:\n");
	for (int line = 0; more && line < LINES; line++) {
		uintptr_t from = pc, last;
		unsigned times = 0;

		print_place("  from", from);
		do {
			last = fp;
			times++;
			more = arch_unwind(&fp, &pc);
		} while (more && pc == from && fp > last);
		if (times > 1)
			bare_print("    (%u times)\n", times);
	}
	if (more)
		bare_print("  ...\n");
}

static void delay_ms(unsigned ms)
{
	uint64_t end = fy_now_ns() + ms * FY_NS_PER_MS;

	while (fy_now_ns() < end)
		;
}

static bool led(bool on)
{
	return bare_board.led_pin >= 0 &&
	       bare_gpio_force((unsigned)bare_board.led_pin, on != bare_board.led_active_low);
}

static void __attribute__((noreturn)) end(enum bare_code code)
{
	bare_print("build: %s\ncode: %d\n==== halted ====\n", bare_build_id, (int)code);
	while (led(false)) {
		delay_ms(PAUSE_MS);
		for (int i = 0; i < (int)code; i++) {
			led(true);
			delay_ms(BLINK_MS);
			led(false);
			delay_ms(BLINK_MS);
		}
	}
	arch_halt();
}

void bare_fault(const struct bare_fault *fault)
{
	begin();
	bare_print("cause: %s\n", fault->cause);
	if (fault->has_address)
		bare_print("address: %p\n", (void *)fault->address);
	print_place("at", fault->pc);
	/* the caller, when the function has no frame of its own yet */
	print_place("lr", fault->lr);
	bare_print("status %#llx  sp %p\n", (unsigned long long)fault->status, (void *)fault->sp);
	for (unsigned i = 0; i < fault->regs; i++)
		bare_print("%c%-2u %0*lx%s", sizeof(void *) == 8 ? 'x' : 'r', i,
			   (int)sizeof(void *) * 2, (unsigned long)fault->reg[i],
			   i % REGS_A_ROW == REGS_A_ROW - 1 || i + 1 == fault->regs ? "\n" : "  ");
	print_backtrace(fault->fp, fault->pc);
	end(fault->code ? fault->code : BARE_CODE_FAULT);
}

static void put(void *arg, char c)
{
	(void)arg;
	bare_print("%c", c);
}

void bare_panic(enum bare_code code, const char *fmt, ...)
{
	va_list args;

	begin();
	bare_print("cause: ");
	va_start(args, fmt);
	format(put, NULL, fmt, args);
	va_end(args);
	bare_print("\n");
	print_backtrace((uintptr_t)__builtin_frame_address(0),
			(uintptr_t)__builtin_return_address(0));
	end(code);
}

void fy_assertion(const char *expression, const char *file, int line, const char *function)
{
	bare_panic(BARE_CODE_ASSERTION, "assertion: %s\nin %s(), %s:%d", expression, function, file,
		   line);
}
