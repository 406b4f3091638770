// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pin recorder, a TCG plugin that QEMU loads: -plugin ferry-pins.so,out=FILE. FILE is a raw
 * capture that ferry has made (raw.h); it says which GPIO block to watch. Each store to it is
 * recorded (plugin-events.h) with the exact number of instructions that the guest had started, and
 * so is what tells the virtual clock afterwards (calibrate.h): reads of the system timer or of a
 * 64-bit processor's counter, and the places where the guest goes idle.
 *
 * Nearly all memory accesses are none of these, so the callback is made to leave early: an MMU does
 * not change the low 12 bits of an address, and only 1 % of all accesses have the low bits of a
 * register that matters.
 */
#include "pins/arm-insn.h"
#include "pins/plugin-events.h"
#include "pins/qemu-plugin-abi.h"

#include <stdio.h>
#include <string.h>

#define STACK_POINTER 31 /* behind x0 to x30 */
#define REGISTERS     32

#define PAGE_MASK 0xfffu /* the smallest page of an ARM MMU */
#define CLOCK_LOW \
	4u /* the system timer's counter, low word: BCM2835 ARM Peripherals, section 12.1 */
#define NS_PER_SECOND UINT64_C(1000000000)

int qemu_plugin_version = 4;

/*
 * QEMU 9.0 and 9.1 would refuse version 4 in words of their own; so they get to call the
 * installation, which says why.
 */
static void __attribute__((constructor)) accept_old_qemu(void)
{
	if (!qemu_plugin_mem_get_value)
		qemu_plugin_version = 2;
}

static struct {
	struct raw_header *header;
	uint64_t gpio_low, clock_low; /* addresses, of which the low bits matter */
	uint64_t gpio_bytes;	      /* from gpio_low on */
	qemu_plugin_u64 started;      /* instructions started, by CPU */
	/* by CPU: clock_code() of a read of the counter that has just been done, or 0 */
	qemu_plugin_u64 clock;
	bool by_calls; /* these two are not used, but those below: see count_by_calls() */
	uint64_t called_started, called_clock, called_sp;
	/* of the counter; 0 as long as the guest did not ask for its frequency */
	uint64_t tick_ns;
	/* the general registers and the stack pointer, once they are needed */
	struct qemu_plugin_register *x[REGISTERS];
	struct glib_array *bytes; /* of a register */
	bool lock;		  /* CPUs may run on threads of their own, without -icount */
	bool aarch64;
} rec;

static void lock(void)
{
	while (__atomic_test_and_set(&rec.lock, __ATOMIC_ACQUIRE))
		;
}

static void unlock(void)
{
	__atomic_clear(&rec.lock, __ATOMIC_RELEASE);
}

/*
 * QEMU's code for counters goes wrong where several CPUs share one thread, which they do under
 * -icount: as of 10.0 it is made for the CPU that it is first translated on, and changes a constant
 * in place. Calls cost more, and do not.
 */
static bool count_by_calls(const qemu_info_t *info)
{
	return info->system_emulation && info->system.smp_vcpus > 1 &&
	       rec.header->icount_shift >= 0;
}

static uint64_t started(void)
{
	return rec.by_calls ? rec.called_started : qemu_plugin_u64_sum(rec.started);
}

static void on_started(unsigned int vcpu, void *arg)
{
	rec.called_started += (uintptr_t)arg;
}

/* A number as a callback's argument. */
static void *carried(uintptr_t number)
{
	void *arg;

	memcpy(&arg, &number, sizeof(arg));
	return arg;
}

/* Has INSN count N instructions as started. */
static void count_instructions(struct qemu_plugin_insn *insn, size_t n)
{
	if (rec.by_calls)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_started, QEMU_PLUGIN_CB_NO_REGS,
						       carried(n));
	else
		qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
			insn, QEMU_PLUGIN_INLINE_ADD_U64, rec.started, n);
}

/* What was stored, as the bus sees it. */
static void store(uint64_t count, uint64_t offset, unsigned int size, qemu_plugin_mem_value value)
{
	const uint64_t values[] = { value.data.u8, value.data.u16, value.data.u32, value.data.u64 };

	if (size < sizeof(values) / sizeof(values[0]))
		events_store(count, offset, size, values[size], 0);
	else
		events_store(count, offset, size, value.data.u128.low, value.data.u128.high);
}

static void memory_io(qemu_plugin_meminfo_t info, uint64_t vaddr)
{
	const struct raw_header *header = rec.header;
	struct qemu_plugin_hwaddr *hwaddr = qemu_plugin_get_hwaddr(info, vaddr);
	unsigned int size = qemu_plugin_mem_size_shift(info);
	uint64_t address, count;

	if (!hwaddr || !qemu_plugin_hwaddr_is_io(hwaddr))
		return;
	address = qemu_plugin_hwaddr_phys_addr(hwaddr);
	lock();
	count = started();
	if (qemu_plugin_mem_is_store(info)) {
		if (address - header->gpio_base < rec.gpio_bytes)
			store(count, address - header->gpio_base, size,
			      qemu_plugin_mem_get_value(info));
	} else if (header->systimer_base && address == header->systimer_base + CLOCK_LOW &&
		   size >= 2) {
		events_clock(count, qemu_plugin_mem_get_value(info).data.u32);
	}
	rec.header->last_count = count;
	unlock();
}

static void on_store(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *arg)
{
	if (((vaddr - rec.gpio_low) & PAGE_MASK) < rec.gpio_bytes)
		memory_io(info, vaddr);
}

static void on_load(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *arg)
{
	if (((vaddr - rec.clock_low) & PAGE_MASK) == 0)
		memory_io(info, vaddr);
}

static void on_idle(unsigned int vcpu, void *arg)
{
	uint64_t count;

	lock();
	count = started();
	events_idle(count);
	rec.header->last_count = count;
	unlock();
}

/*
 * A 64-bit processor's counter goes by the virtual clock, too. What was read is known when the next
 * block begins.
 */
static uint64_t clock_code(enum arm_clock clock, unsigned int target)
{
	return (uint64_t)clock << 8 | target;
}

static void find_registers(void)
{
	struct glib_array *all = qemu_plugin_get_registers();
	const qemu_plugin_reg_descriptor *reg = all->data;
	char name[8];

	for (unsigned int i = 0; i < all->len; i++)
		for (unsigned int n = 0; n < REGISTERS; n++) {
			snprintf(name, sizeof(name), n == STACK_POINTER ? "sp" : "x%u", n);
			if (!strcmp(reg[i].name, name))
				rec.x[n] = reg[i].handle;
		}
	g_array_free(all, 1);
	rec.bytes = g_byte_array_new();
}

static bool read_register(unsigned int n, uint64_t *value)
{
	if (!rec.bytes)
		find_registers();
	g_byte_array_set_size(rec.bytes, 0);
	if (!rec.x[n] || qemu_plugin_read_register(rec.x[n], rec.bytes) != (int)sizeof(*value))
		return false;
	memcpy(value, rec.bytes->data, sizeof(*value));
	return true;
}

static void clock_was_read(uint64_t code)
{
	uint64_t value;

	lock();
	if ((code & 31) != STACK_POINTER && read_register(code & 31, &value)) {
		if (code >> 8 == ARM_COUNTER_FREQUENCY && value)
			rec.tick_ns = NS_PER_SECOND / value;
		else if (code >> 8 == ARM_COUNTER && rec.tick_ns)
			events_clock(started(), (uint32_t)(value * rec.tick_ns / EVENTS_US_NS));
	}
	unlock();
}

static void on_clock(unsigned int vcpu, void *arg)
{
	uint64_t code = qemu_plugin_u64_get(rec.clock, vcpu);

	qemu_plugin_u64_set(rec.clock, vcpu, 0);
	clock_was_read(code);
}

/*
 * Another CPU, or an interrupt that came, has another stack: then what was read is not to be had.
 */
static void on_maybe_clock(unsigned int vcpu, void *arg)
{
	uint64_t code = rec.called_clock, sp;

	rec.called_clock = 0;
	if (code && read_register(STACK_POINTER, &sp) && sp == rec.called_sp)
		clock_was_read(code);
}

static void on_counter(unsigned int vcpu, void *arg)
{
	rec.called_clock = read_register(STACK_POINTER, &rec.called_sp) ? (uintptr_t)arg : 0;
}

static bool watches_counter(void)
{
	return rec.aarch64 && rec.header->icount_shift >= 0;
}

static void watch_counter(struct qemu_plugin_insn *insn, struct arm_insn arm)
{
	unsigned int target;
	enum arm_clock clock = arm_reads_clock(arm, &target);

	if (!clock || !watches_counter())
		return;
	if (rec.by_calls)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_counter, QEMU_PLUGIN_CB_R_REGS,
						       carried(clock_code(clock, target)));
	else
		qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
			insn, QEMU_PLUGIN_INLINE_STORE_U64, rec.clock, clock_code(clock, target));
}

/* Has INSN, before it counts, look whether the counter was read by the one before. */
static void look_for_clock(struct qemu_plugin_insn *insn)
{
	if (rec.by_calls)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_maybe_clock, QEMU_PLUGIN_CB_R_REGS,
						       NULL);
	else
		qemu_plugin_register_vcpu_insn_exec_cond_cb(insn, on_clock, QEMU_PLUGIN_CB_R_REGS,
							    QEMU_PLUGIN_COND_NE, rec.clock, 0,
							    NULL);
}

static struct arm_insn decode(const struct qemu_plugin_insn *insn)
{
	struct arm_insn arm = { .aarch64 = rec.aarch64,
				.size = (unsigned int)qemu_plugin_insn_size(insn) };

	qemu_plugin_insn_data(insn, &arm.code,
			      arm.size < sizeof(arm.code) ? arm.size : sizeof(arm.code));
	return arm;
}

static void watch_memory(struct qemu_plugin_insn *insn)
{
	qemu_plugin_register_vcpu_mem_cb(insn, on_store, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_W,
					 NULL);
	if (rec.header->systimer_base)
		qemu_plugin_register_vcpu_mem_cb(insn, on_load, QEMU_PLUGIN_CB_NO_REGS,
						 QEMU_PLUGIN_MEM_R, NULL);
}

/*
 * Counts instructions at the places where a block can be left, and so exactly, with few additions:
 * the count at an instruction that may leave the block includes itself and all before it.
 */
static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb), uncounted = 0;
	bool after_clock = false;
	unsigned int target;

	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		struct arm_insn arm = decode(insn);

		/*
		 * Before anything of this instruction counts. Reading the counter ends a block, but
		 * reading its frequency not.
		 */
		if (watches_counter() && (i == 0 || after_clock))
			look_for_clock(insn);
		after_clock = arm_reads_clock(arm, &target) != ARM_NO_CLOCK;
		uncounted++;
		if (i + 1 == n || !arm_goes_on(arm)) {
			count_instructions(insn, uncounted);
			uncounted = 0;
		}
		if (arm_waits(arm))
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_idle,
							       QEMU_PLUGIN_CB_NO_REGS, NULL);
		watch_counter(insn, arm);
		if (!arm_on_stack(arm))
			watch_memory(insn);
	}
}

static void on_exit(qemu_plugin_id_t id, void *arg)
{
	lock();
	rec.header->last_count = started();
	unlock();
}

static int refuse(const char *path, const char *why)
{
	char text[512];

	snprintf(text, sizeof(text), "ferry-pins: %s: %s\n", path, why);
	qemu_plugin_outs(text);
	fputs(text, stderr);
	return -1;
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	const char *why;

	if (argc != 1 || strncmp(argv[0], "out=", 4) != 0)
		return refuse("arguments",
			      "out=FILE is the only one, and needed; `ferry boot --pins` gives it");
	rec.header = events_open(argv[0] + 4, &why);
	if (!rec.header)
		return refuse(argv[0] + 4, why);
	if (!qemu_plugin_mem_get_value || !qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu ||
	    !qemu_plugin_scoreboard_new || !qemu_plugin_u64_sum) {
		rec.header->fault = RAW_OLD_QEMU;
		return refuse(argv[0] + 4, "recording pins needs QEMU 9.2 or newer");
	}
	rec.gpio_low = rec.header->gpio_base;
	rec.gpio_bytes = events_gpio_bytes();
	rec.clock_low = rec.header->systimer_base + CLOCK_LOW;
	rec.by_calls = count_by_calls(info);
	rec.aarch64 = !strcmp(info->target_name, "aarch64");
	rec.started.score = qemu_plugin_scoreboard_new(sizeof(uint64_t));
	rec.clock.score = qemu_plugin_scoreboard_new(sizeof(uint64_t));
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	qemu_plugin_register_atexit_cb(id, on_exit, NULL);
	__atomic_store_n(&rec.header->attached, 1, __ATOMIC_RELEASE);
	return 0;
}
