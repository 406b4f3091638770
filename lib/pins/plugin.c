// SPDX-License-Identifier: GPL-2.0-only
/*
 * The pin recorder, a TCG plugin that QEMU loads: -plugin ferry-pins.so,out=FILE. FILE is a raw
 * capture that ferry has made (raw.h); it says which GPIO block to watch. Each store to it is
 * recorded with the exact number of instructions that the guest had started, and so is what tells
 * the virtual clock afterwards (calibrate.h): reads of the system timer or of a 64-bit processor's
 * counter, and the places where the guest goes idle.
 *
 * Nearly all memory accesses are none of these, so the callback is made to leave early: an MMU does
 * not change the low 12 bits of an address, and only 1 % of all accesses have the low bits of a
 * register that matters.
 */
#include "pins/arm-insn.h"
#include "pins/raw.h"
#include "pins/qemu-plugin-abi.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define STACK_POINTER 31 /* behind x0 to x30 */
#define REGISTERS     32

#define PAGE_MASK 0xfffu /* the smallest page of an ARM MMU */
#define CLOCK_LOW \
	4u /* the system timer's counter, low word: BCM2835 ARM Peripherals, section 12.1 */
#define US_NS	      1000
#define NS_PER_SECOND UINT64_C(1000000000)
#define GPIO_BYTES    (UINT64_C(4) * RAW_GPIO_WORDS)

/* The PL061's registers: ARM DDI 0190B, section 3.3. */
#define PL061_DATA  0x000u /* to 0x3fc: bits 9 to 2 of the address say which pins a store changes */
#define PL061_DIR   0x400u /* bit N: pin N is an output */
#define PL061_BYTES UINT64_C(0x404)

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
	int fd;
	struct raw_header *header;
	struct raw_event *chunk;      /* the mapped one, which the next event goes into */
	uint64_t gpio_low, clock_low; /* addresses, of which the low bits matter */
	uint64_t gpio_bytes;	      /* from gpio_low on */
	uint32_t outputs;	      /* of a PL061 */
	uint64_t events;
	qemu_plugin_u64 started; /* instructions started, by CPU */
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

	enum raw_kind last;	    /* of the last event, 0 when there is none */
	uint32_t idles;		    /* that the last event stands for */
	int64_t bias_min, bias_max; /* virtual time - instructions * 2^shift, by the clock reads
				       since the jump */
} rec = { .fd = -1 };

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

/*
 * Makes room for one chunk more. Space is allocated now, since a full disk would later be a signal
 * that kills QEMU.
 */
static int next_chunk(void)
{
	off_t at = (off_t)(RAW_HEADER_SIZE + rec.events / RAW_CHUNK_EVENTS * RAW_CHUNK_SIZE);

	if (rec.chunk)
		munmap(rec.chunk, RAW_CHUNK_SIZE);
	rec.chunk = NULL;
	if (posix_fallocate(rec.fd, at, RAW_CHUNK_SIZE))
		return -1;
	rec.chunk = mmap(NULL, RAW_CHUNK_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, rec.fd, at);
	if (rec.chunk == MAP_FAILED)
		rec.chunk = NULL;
	return rec.chunk ? 0 : -1;
}

static void append(enum raw_kind kind, uint64_t count, uint32_t reg, uint32_t value)
{
	uint64_t index = rec.events % RAW_CHUNK_EVENTS;

	if (rec.header->fault)
		return;
	if (index == 0 && next_chunk() < 0) {
		__atomic_store_n(&rec.header->fault, RAW_NO_SPACE, __ATOMIC_RELEASE);
		return;
	}
	rec.chunk[index] = (struct raw_event){
		.count = count, .value = value, .kind = kind, .reg = (uint8_t)reg
	};
	rec.events++;
	__atomic_store_n(&rec.header->events, rec.events, __ATOMIC_RELEASE);
	rec.last = kind;
}

/*
 * A PL061's pins that become outputs or inputs: GPFSEL0 has three bits a pin, of which 1 is an
 * output.
 */
static void pl061_direction(uint64_t count, uint32_t outputs)
{
	uint32_t select = 0;

	for (unsigned int pin = 0; pin < RAW_PL061_PINS; pin++)
		select |= (outputs >> pin & 1) << (3 * pin);
	rec.outputs = outputs;
	append(RAW_STORE, count, RAW_GPFSEL0, select);
}

/* Levels: those of inputs stay as they are. */
static void pl061_data(uint64_t count, uint32_t pins, uint32_t value)
{
	pins &= rec.outputs;
	if (pins & value)
		append(RAW_STORE, count, RAW_GPSET0, pins & value);
	if (pins & ~value)
		append(RAW_STORE, count, RAW_GPCLR0, pins & ~value);
}

static void pl061_store(uint64_t count, uint64_t offset, uint32_t value)
{
	if (offset == PL061_DIR)
		pl061_direction(count, value & 0xff);
	else if (offset < PL061_DIR && offset % 4 == 0)
		pl061_data(count, (uint32_t)(offset - PL061_DATA) >> 2, value);
}

/* One word stored. What is not a register that drives pins is of no interest. */
static void store_word(uint64_t count, uint64_t offset, uint32_t value)
{
	uint32_t reg = (uint32_t)(offset / 4);

	if (rec.header->block == RAW_PL061)
		pl061_store(count, offset, value);
	else if (offset % 4 == 0 && reg < RAW_GPIO_WORDS && reg != RAW_GPSET0 - 1 &&
		 reg != RAW_GPCLR0 - 1)
		append(RAW_STORE, count, reg, value);
}

/* An access of up to 16 bytes, as the bus sees it: a word at a time. */
static void store(uint64_t count, uint64_t offset, unsigned int size, qemu_plugin_mem_value value)
{
	switch (size) {
	case 0:
		store_word(count, offset, value.data.u8);
		return;
	case 1:
		store_word(count, offset, value.data.u16);
		return;
	case 2:
		store_word(count, offset, value.data.u32);
		return;
	case 3:
		value.data.u128.high = 0;
		value.data.u128.low = value.data.u64;
		break;
	}
	for (uint64_t word = 0; word < 1u << (size - 2); word++) {
		uint64_t half = word < 2 ? value.data.u128.low : value.data.u128.high;

		store_word(count, offset + word * 4, (uint32_t)(half >> (word % 2 * 32)));
	}
}

/*
 * A read of the clock is worth an event when it tells something: the first one after a store or an
 * idle, one that shows that the clock has jumped, and one that halves the uncertainty. Loops that
 * poll the timer add nothing.
 */
static void clock_read(uint64_t count, uint32_t value)
{
	int64_t spent, min, max;

	if (rec.header->icount_shift < 0)
		return;
	spent = (int64_t)(count << rec.header->icount_shift);
	min = (int64_t)value * US_NS - spent;
	max = min + US_NS - 1;
	if (rec.last == RAW_CLOCK && min <= rec.bias_max && max >= rec.bias_min) {
		int64_t low = min > rec.bias_min ? min : rec.bias_min;
		int64_t high = max < rec.bias_max ? max : rec.bias_max;

		if (high - low > (rec.bias_max - rec.bias_min) / 2 || high == low)
			return;
		min = low;
		max = high;
	}
	rec.bias_min = min;
	rec.bias_max = max;
	append(RAW_CLOCK, count, 0, value);
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
		clock_read(count, qemu_plugin_mem_get_value(info).data.u32);
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

/*
 * Many idles in a row, with nothing else happening, are two events: the first one and, kept up to
 * date, the last.
 */
static void on_idle(unsigned int vcpu, void *arg)
{
	uint64_t count;

	lock();
	count = started();
	rec.idles = rec.last == RAW_IDLE ? rec.idles + 1 : 1;
	if (rec.idles <= 2)
		append(RAW_IDLE, count, 0, 0);
	else if (rec.chunk)
		rec.chunk[(rec.events - 1) % RAW_CHUNK_EVENTS].count = count;
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
			clock_read(started(), (uint32_t)(value * rec.tick_ns / US_NS));
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

static int open_capture(const char *path)
{
	rec.fd = open(path, O_RDWR | O_CLOEXEC);
	if (rec.fd < 0)
		return refuse(path, strerror(errno));
	rec.header = mmap(NULL, RAW_HEADER_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, rec.fd, 0);
	if (rec.header == MAP_FAILED)
		return refuse(path, strerror(errno));
	if (lseek(rec.fd, 0, SEEK_END) < RAW_HEADER_SIZE || rec.header->magic != RAW_MAGIC)
		return refuse(path, "not a capture made by this build of ferry");
	return 0;
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	if (argc != 1 || strncmp(argv[0], "out=", 4) != 0)
		return refuse("arguments",
			      "out=FILE is the only one, and needed; `ferry boot --pins` gives it");
	if (open_capture(argv[0] + 4) < 0)
		return -1;
	if (!qemu_plugin_mem_get_value || !qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu ||
	    !qemu_plugin_scoreboard_new || !qemu_plugin_u64_sum) {
		rec.header->fault = RAW_OLD_QEMU;
		return refuse(argv[0] + 4, "recording pins needs QEMU 9.2 or newer");
	}
	rec.gpio_low = rec.header->gpio_base;
	rec.gpio_bytes = rec.header->block == RAW_PL061 ? PL061_BYTES : GPIO_BYTES;
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
