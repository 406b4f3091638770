// SPDX-License-Identifier: GPL-2.0-only
/*
 * disassemble FILE...: says which instructions in ELF files do not belong into a kernel
 * (lib/check/kernel-code.h), for tests/disassembly.t. Ends with a line for each file: its name and
 * how many instructions it has. Exit status 1: there are some.
 */
#include <stdio.h>

#include "check/kernel-code.h"

int main(int argc, char **argv)
{
	struct findings findings = { 0 };
	size_t told = 0;
	int status;

	for (int i = 1; i < argc; i++) {
		struct error err;
		long instructions = kernel_code_check(argv[i], &findings, &err);

		for (; told < findings.count; told++)
			printf("  %s at %s\n", findings.finding[told].text,
			       findings.finding[told].place);
		if (instructions < 0) {
			fprintf(stderr, "disassemble: %s\n", err.text);
			findings_free(&findings);
			return 1;
		}
		printf("%s: %ld\n", argv[i], instructions);
	}
	status = findings.count != 0;
	findings_free(&findings);
	return status;
}
