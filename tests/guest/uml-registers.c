// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preloaded into User Mode Linux by tests/uml.t, so that it runs on processors with large register
 * sets (AMX). It sets its processes' registers by PTRACE_SETREGSET with an XSAVE area of its own
 * size; a kernel of the host from 5.16 on takes only a whole one, and User Mode Linux 6.1 panics at
 * its first process. Here the rest of the area is filled in with what the process has.
 */
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

typedef long ptrace_fn(int request, int pid, void *addr, void *data);

long ptrace(enum __ptrace_request request, ...)
{
	static char area[64 << 10];
	static ptrace_fn *next;
	struct iovec whole = { area, sizeof(area) };
	const struct iovec *given;
	void *addr, *data;
	va_list ap;
	int pid;

	va_start(ap, request);
	pid = va_arg(ap, int);
	addr = va_arg(ap, void *);
	data = va_arg(ap, void *);
	va_end(ap);
	if (!next)
		next = (ptrace_fn *)dlsym(RTLD_NEXT, "ptrace");
	if (request != PTRACE_SETREGSET || (uintptr_t)addr != NT_X86_XSTATE)
		return next((int)request, pid, addr, data);
	given = data;
	if (next(PTRACE_GETREGSET, pid, addr, &whole) < 0)
		return -1;
	memcpy(area, given->iov_base,
	       given->iov_len < whole.iov_len ? given->iov_len : whole.iov_len);
	return next(PTRACE_SETREGSET, pid, addr, &whole);
}
