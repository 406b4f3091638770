// SPDX-License-Identifier: GPL-2.0-only
/*
 * A TCG plugin for QEMU that counts the instructions of the first core: -plugin
 * count.so,out=FILE,NAME=ADDRESS,... At the first arrival at each address it writes the name into
 * FILE, and how many instructions the core has done until then.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pins/qemu-plugin-abi.h"

#define PLACES 8

int qemu_plugin_version = 4;

static struct place {
	char name[32];
	uint64_t address;
	bool reached;
} places[PLACES];
static size_t place_count;
static qemu_plugin_u64 done;
static FILE *out;

static void arrive(unsigned int vcpu, void *arg)
{
	struct place *place = arg;

	if (vcpu != 0 || place->reached)
		return;
	place->reached = true;
	fprintf(out, "%s %" PRIu64 "\n", place->name, qemu_plugin_u64_get(done, 0));
	fflush(out);
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		uint64_t address = qemu_plugin_insn_vaddr(insn);

		for (size_t j = 0; j < place_count; j++)
			if (places[j].address == address)
				qemu_plugin_register_vcpu_insn_exec_cb(
					insn, arrive, QEMU_PLUGIN_CB_NO_REGS, &places[j]);
		qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
			insn, QEMU_PLUGIN_INLINE_ADD_U64, done, 1);
	}
}

int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
	if (argc < 1 || strncmp(argv[0], "out=", 4) || !(out = fopen(argv[0] + 4, "w"))) {
		fprintf(stderr,
			"count: the first argument is out=FILE, a file that can be written\n");
		return -1;
	}
	for (int i = 1; i < argc && place_count < PLACES; i++) {
		struct place *place = &places[place_count++];

		if (sscanf(argv[i], "%31[^=]=%" SCNx64, place->name, &place->address) != 2) {
			fprintf(stderr, "count: '%s' is not NAME=ADDRESS\n", argv[i]);
			return -1;
		}
	}
	done.score = qemu_plugin_scoreboard_new(sizeof(uint64_t));
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
