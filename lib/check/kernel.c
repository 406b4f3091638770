// SPDX-License-Identifier: GPL-2.0-only
/* A kernel's directory: see kernel.h. */
#include "check/kernel.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define LARGEST_CONFIG (4u << 20)

/* A kernel for one of these may have the setting of a later one as well. */
static const struct {
	const char *config;
	unsigned int machine;
} machines[] = {
	{ "X86_64", EM_X86_64 }, { "X86_32", EM_386 },	{ "ARM64", EM_AARCH64 },
	{ "ARM", EM_ARM },	 { "RISCV", EM_RISCV },
};

/* Reads DIR/NAME. Returns 1, 0 when there is no such file, or -1 with ERR set. */
static int read_in(const char *dir, const char *name, size_t max, char **text, size_t *len,
		   struct error *err)
{
	char *path;
	int rc = 1;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return error_set(err, "out of memory");
	if (access(path, F_OK) < 0 && errno == ENOENT)
		rc = 0;
	else if (file_read(path, max, text, len, err) < 0)
		rc = -1;
	free(path);
	return rc;
}

/* What the kernel and its modules call it: not always what include/config/kernel.release says. */
static int read_release(struct kernel *kernel, const char *dir, struct error *err)
{
	static const char file[] = "include/generated/utsrelease.h",
			  define[] = "#define UTS_RELEASE \"";
	const char *release;
	char *text = NULL;
	size_t len;
	int rc = read_in(dir, file, 4096, &text, &len, err);

	if (rc < 0)
		return -1;
	release = rc && text ? strstr(text, define) : NULL;
	if (release) {
		release += strlen(define);
		kernel->release = strndup(release, strcspn(release, "\"\n"));
	}
	free(text);
	return kernel->release ?
		       0 :
		       error_set(err, "%s: is no prepared kernel: %s does not tell its release",
				 dir, file);
}

static bool is_set(const char *text, const char *config)
{
	char line[64];

	snprintf(line, sizeof(line), "\nCONFIG_%s=y\n", config);
	return strstr(text, line) != NULL;
}

static int read_config(struct kernel *kernel, const char *dir, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	int rc = read_in(dir, "include/config/auto.conf", LARGEST_CONFIG, &text, &len, err);

	if (rc == 0)
		return error_set(
			err, "%s: is no prepared kernel: it has no include/config/auto.conf", dir);
	if (rc < 0 || !text)
		return -1;
	kernel->versions = is_set(text, "MODVERSIONS");
	kernel->lenient = is_set(text, "MODULE_FORCE_LOAD");
	for (size_t i = 0; !kernel->machine && i < sizeof(machines) / sizeof(machines[0]); i++)
		if (is_set(text, machines[i].config))
			kernel->machine = machines[i].machine;
	free(text);
	return 0;
}

static int read_symvers(struct kernel *kernel, const char *dir, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	int rc = read_in(dir, "Module.symvers", SYMVERS_LARGEST, &text, &len, err);

	if (rc <= 0 || !text)
		return rc;
	kernel->has_symvers = true;
	return symvers_parse(&kernel->symvers, "Module.symvers", text, len, err) < 0 ?
		       error_prefix(err, "%s", dir) :
		       0;
}

int kernel_read(struct kernel *kernel, const char *dir, const char *sample, struct error *err)
{
	*kernel = (struct kernel){ .has_sample = sample != NULL };
	if (read_release(kernel, dir, err) < 0 || read_config(kernel, dir, err) < 0 ||
	    read_symvers(kernel, dir, err) < 0)
		return -1;
	return sample ? module_file_read(&kernel->sample, sample, err) : 0;
}

void kernel_free(struct kernel *kernel)
{
	module_file_free(&kernel->sample);
	symvers_free(&kernel->symvers);
	free(kernel->release);
	*kernel = (struct kernel){ .release = NULL };
}
