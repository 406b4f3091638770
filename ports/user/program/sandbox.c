// SPDX-License-Identifier: GPL-2.0-only
/*
 * The sandbox: what a hostile virtual machine would get that took the process over is a process
 * that can serve, and nothing else. It is closed once sockets, files and memory are open.
 */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/i2c-dev.h>
#include <pwd.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "user-program.h"

/* All that serving needs: waiting, messages, descriptors that come in them, memory, the end. */
static const int allowed[] = {
	/* waiting, time */
	SCMP_SYS(ppoll),
	SCMP_SYS(poll),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(restart_syscall),
	/* messages and descriptors */
	SCMP_SYS(accept4),
	SCMP_SYS(recvmsg),
	SCMP_SYS(sendmsg),
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(writev),
	SCMP_SYS(close),
	SCMP_SYS(getsockopt),
	SCMP_SYS(fcntl),
	SCMP_SYS(fstat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(lseek),
	SCMP_SYS(pwrite64),
	/* memory */
	SCMP_SYS(mmap),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(brk),
	SCMP_SYS(memfd_create),
	SCMP_SYS(ftruncate),
	SCMP_SYS(getrandom),
	SCMP_SYS(futex),
	/* signals, the end */
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(tgkill),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	/* the same, where numbers have 32 bits */
	SCMP_SYS(ppoll_time64),
	SCMP_SYS(clock_gettime64),
	SCMP_SYS(clock_nanosleep_time64),
	SCMP_SYS(fcntl64),
	SCMP_SYS(fstat64),
	SCMP_SYS(fstatat64),
	SCMP_SYS(statx),
	SCMP_SYS(_llseek),
	SCMP_SYS(mmap2),
	SCMP_SYS(ftruncate64),
	SCMP_SYS(futex_time64),
};

/*
 * What puts a recording in place. Without one, these do nothing: so a socket stays, and the next
 * process takes its place.
 */
static const int for_recording[] = {
	SCMP_SYS(fsync),    SCMP_SYS(fdatasync), SCMP_SYS(linkat), SCMP_SYS(rename),
	SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
};

/* A proxy makes the sockets between itself and its workers. */
static const int for_proxy[] = { SCMP_SYS(socketpair) };

/* The one call of a bus of the host's. */
static int allow_bus(scmp_filter_ctx filter)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
				SCMP_A1(SCMP_CMP_EQ, I2C_RDWR));
}

/* Memory is never made executable. */
static int forbid_executable(scmp_filter_ctx filter, int call)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
				SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0));
}

static int filter_calls(bool recording, bool bus, enum program_role role, struct error *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc = filter ? 0 : -ENOMEM;

	for (unsigned i = 0; i < sizeof(allowed) / sizeof(allowed[0]) && !rc; i++) {
		if (allowed[i] == SCMP_SYS(mmap) || allowed[i] == SCMP_SYS(mmap2))
			rc = forbid_executable(filter, allowed[i]);
		else
			rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	}
	for (unsigned i = 0; i < sizeof(for_recording) / sizeof(for_recording[0]) && !rc; i++)
		rc = seccomp_rule_add(filter, recording ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EPERM),
				      for_recording[i], 0);
	for (unsigned i = 0;
	     i < sizeof(for_proxy) / sizeof(for_proxy[0]) && !rc && role == PROGRAM_PROXY; i++)
		rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, for_proxy[i], 0);
	if (!rc && bus)
		rc = allow_bus(filter);
	if (!rc)
		rc = seccomp_load(filter);
	seccomp_release(filter);
	if (!rc)
		return 0;
	errno = -rc;
	return error_errno(err, "cannot filter system calls (--no-sandbox goes without)");
}

/* Becomes USER, for good. */
static int become(const char *user, struct error *err)
{
	const struct passwd *pw = getpwnam(user);

	if (!pw)
		return error_set(err, "--user: there is no user '%s'", user);
	if (setgroups(0, NULL) || setresgid(pw->pw_gid, pw->pw_gid, pw->pw_gid) ||
	    setresuid(pw->pw_uid, pw->pw_uid, pw->pw_uid))
		return error_errno(err, "--user: cannot become '%s'", user);
	return 0;
}

/* None can be gained any more. */
static int drop_bounding_set(struct error *err)
{
	for (int capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++)
		if (prctl(PR_CAPBSET_DROP, capability) && errno != EPERM)
			return error_errno(err, "cannot give up capabilities");
	return 0;
}

static int drop_capabilities(struct error *err)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { 0 };

	if (syscall(SYS_capset, &header, none))
		return error_errno(err, "cannot give up capabilities");
	return 0;
}

int program_sandbox(const struct program_options *options, enum program_role role,
		    struct error *err)
{
	/* A recording is put in place at the end, in a directory that may be root's alone. */
	const char *user = options->user ? options->user : options->record ? "" : "nobody";

	if (drop_bounding_set(err))
		return -1;
	if (geteuid() == 0 && *user && become(user, err))
		return -1;
	if (drop_capabilities(err))
		return -1;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return error_errno(err, "cannot give up privileges");
	return filter_calls(options->record && role == PROGRAM_SERVER, options->bus, role, err);
}
