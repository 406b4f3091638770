/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The part of QEMU's TCG plugin interface that the pin recorder uses, declared here because
 * distributions do not package QEMU's own header. Written from the documentation, "QEMU TCG
 * Plugins", in QEMU's developer manual. Version 4 of the interface (QEMU 9.2) is the first that
 * tells the value of a memory access; QEMU 10 speaks versions 2 to 4 or 5. What version 4 brought
 * is declared weak, so that an older QEMU loads the plugin and gets told.
 */
#ifndef LIB_PINS_QEMU_PLUGIN_ABI_H
#define LIB_PINS_QEMU_PLUGIN_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QEMU_EXPORT __attribute__((visibility("default")))
#define QEMU_WEAK   __attribute__((weak))

typedef uint64_t qemu_plugin_id_t;
typedef uint32_t qemu_plugin_meminfo_t;

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;
struct qemu_plugin_scoreboard;

typedef struct qemu_info_t {
	const char *target_name;
	struct {
		int min;
		int cur;
	} version;
	bool system_emulation;
	union {
		struct {
			int smp_vcpus;
			int max_vcpus;
		} system;
	};
} qemu_info_t;

/* One 64-bit counter for each virtual CPU. */
typedef struct {
	struct qemu_plugin_scoreboard *score;
	size_t offset;
} qemu_plugin_u64;

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_CB_R_REGS };
enum qemu_plugin_mem_rw { QEMU_PLUGIN_MEM_R = 1, QEMU_PLUGIN_MEM_W, QEMU_PLUGIN_MEM_RW };
enum qemu_plugin_op { QEMU_PLUGIN_INLINE_ADD_U64, QEMU_PLUGIN_INLINE_STORE_U64 };
enum qemu_plugin_cond { QEMU_PLUGIN_COND_NE = 3 };

typedef struct {
	int type; /* log2 of the size in bytes */
	union {
		uint8_t u8;
		uint16_t u16;
		uint32_t u32;
		uint64_t u64;
		struct {
			uint64_t low;
			uint64_t high;
		} u128;
	} data;
} qemu_plugin_mem_value;

/* What a plugin offers to QEMU. */
QEMU_EXPORT extern int qemu_plugin_version;
QEMU_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
				    char **argv);

/* Translation: called for each block before it runs, to attach callbacks and inline counters. */
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
					   void (*cb)(qemu_plugin_id_t id,
						      struct qemu_plugin_tb *tb));
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
size_t qemu_plugin_insn_data(const struct qemu_plugin_insn *insn, void *to, size_t len);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
					    void (*cb)(unsigned int vcpu, void *arg),
					    enum qemu_plugin_cb_flags flags, void *arg);
QEMU_WEAK void qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(struct qemu_plugin_insn *insn,
								   enum qemu_plugin_op op,
								   qemu_plugin_u64 entry,
								   uint64_t imm);
/* Called when the entry and IMM compare so. */
QEMU_WEAK void qemu_plugin_register_vcpu_insn_exec_cond_cb(struct qemu_plugin_insn *insn,
							   void (*cb)(unsigned int vcpu, void *arg),
							   enum qemu_plugin_cb_flags flags,
							   enum qemu_plugin_cond cond,
							   qemu_plugin_u64 entry, uint64_t imm,
							   void *arg);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn,
				      void (*cb)(unsigned int vcpu, qemu_plugin_meminfo_t info,
						 uint64_t vaddr, void *arg),
				      enum qemu_plugin_cb_flags flags, enum qemu_plugin_mem_rw rw,
				      void *arg);

/* A memory access, while its callback runs. */
bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
unsigned int qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t info);
QEMU_WEAK qemu_plugin_mem_value qemu_plugin_mem_get_value(qemu_plugin_meminfo_t info);
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info, uint64_t vaddr);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *hwaddr);
uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *hwaddr);

/*
 * Registers, while a callback runs that asked for them. The arrays are GLib's, which QEMU brings
 * along.
 */
struct qemu_plugin_register;

typedef struct {
	struct qemu_plugin_register *handle;
	const char *name;
	const char *feature;
} qemu_plugin_reg_descriptor;

struct glib_array {
	void *data;
	unsigned int len; /* elements */
};

QEMU_WEAK struct glib_array *qemu_plugin_get_registers(void);
/* Appends the register's bytes, little-endian for us. Returns how many, or -1. */
QEMU_WEAK int qemu_plugin_read_register(struct qemu_plugin_register *handle, struct glib_array *to);
QEMU_WEAK struct glib_array *g_byte_array_new(void);
QEMU_WEAK struct glib_array *g_byte_array_set_size(struct glib_array *array, unsigned int len);
QEMU_WEAK char *g_array_free(struct glib_array *array, int free_data);

/* Counters. */
QEMU_WEAK struct qemu_plugin_scoreboard *qemu_plugin_scoreboard_new(size_t element_size);
QEMU_WEAK uint64_t qemu_plugin_u64_sum(qemu_plugin_u64 entry);
QEMU_WEAK uint64_t qemu_plugin_u64_get(qemu_plugin_u64 entry, unsigned int vcpu);
QEMU_WEAK void qemu_plugin_u64_set(qemu_plugin_u64 entry, unsigned int vcpu, uint64_t value);

void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, void (*cb)(qemu_plugin_id_t id, void *arg),
				    void *arg);
void qemu_plugin_outs(const char *text);

#endif
