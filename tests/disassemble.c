// SPDX-License-Identifier: GPL-2.0-only
/*
 * disassemble FILE...: says which instructions in ELF files do not belong into a kernel
 * (lib/check/kernel-code.h), for tests/disassembly.t. Ends with a line for each file: its name and
 * how many instructions it has. Exit status 1: there are some.
 */
#include <stdio.h>

#include "check/kernel-code.h"

static void print(void *arg, const struct kernel_code_finding *f)
{
	unsigned *count = arg;

	++*count;
	printf("  %s: %s at %s+0x%llx in %s\n", kernel_code_fault_text(f->fault), f->instruction,
	       f->section, (unsigned long long)f->address, f->function ? f->function : "?");
}

int main(int argc, char **argv)
{
	unsigned found = 0;

	for (int i = 1; i < argc; i++) {
		struct error err;
		long instructions = kernel_code_check(argv[i], print, &found, &err);

		if (instructions < 0) {
			fprintf(stderr, "disassemble: %s\n", err.text);
			return 1;
		}
		printf("%s: %ld\n", argv[i], instructions);
	}
	return found != 0;
}
