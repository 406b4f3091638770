// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzes the disassembly of ELF files (lib/check/kernel-code.c): whatever the file is, it is
 * checked or refused.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check/kernel-code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	struct findings findings = { 0 };
	struct error err;
	char path[32];

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	kernel_code_check(path, &findings, &err);
	findings_free(&findings);
	close(fd);
	return 0;
}
