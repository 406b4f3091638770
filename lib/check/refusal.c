// SPDX-License-Identifier: GPL-2.0-only
/* Why a kernel would refuse a module: see refusal.h. */
#include "check/refusal.h"

#include <inttypes.h>
#include <string.h>

#define TOLD_MOST 8 /* symbols of one kind that are told one by one */

struct check {
	const struct module_file *module;
	const struct kernel *kernel;
	const char *place;
	struct findings *findings;
};

#define REFUSE(check, rule, ...) \
	findings_add((check)->findings, rule, FINDING_ERROR, (check)->place, __VA_ARGS__)

/* The part of a vermagic behind the kernel's release. */
static const char *settings(const char *vermagic)
{
	return vermagic + strcspn(vermagic, " ");
}

static bool check_machine(struct check *check)
{
	const struct kernel *kernel = check->kernel;

	if (!kernel->machine || kernel->machine == check->module->machine)
		return true;
	REFUSE(check, "machine",
	       "it is made for another processor (ELF machine %u) than the kernel %s (%u): "
	       "build with that kernel's KDIR=",
	       check->module->machine, kernel->release, kernel->machine);
	return false;
}

/* With checksums, the release may differ: they tell more. */
static void check_vermagic(struct check *check)
{
	const struct kernel *kernel = check->kernel;
	const char *own = module_file_info(check->module, "vermagic");
	const char *theirs =
		kernel->has_sample ? module_file_info(&kernel->sample, "vermagic") : NULL;
	size_t release = own ? strcspn(own, " ") : 0;

	if (!own && kernel->lenient)
		return;
	if (!own) {
		REFUSE(check, "vermagic",
		       "it does not say which kernel it is for (no vermagic): build it anew");
	} else if (!(kernel->versions && check->module->version_count) &&
		   (release != strlen(kernel->release) ||
		    strncmp(own, kernel->release, release) != 0)) {
		REFUSE(check, "release",
		       "it is for the kernel %.*s, not %s (vermagic): build with that kernel's "
		       "KDIR=",
		       (int)release, own, kernel->release);
	} else if (theirs && strcmp(settings(own), settings(theirs)) != 0) {
		REFUSE(check, "settings",
		       "its kernel was configured as \"%s\", the kernel %s as \"%s\" (vermagic): "
		       "build with that kernel's KDIR=",
		       settings(own) + (*settings(own) == ' '), kernel->release,
		       settings(theirs) + (*settings(theirs) == ' '));
	}
}

/* It differs with the kernel's version and settings. */
static void check_struct(struct check *check)
{
	const struct kernel *kernel = check->kernel;

	if (kernel->has_sample && kernel->sample.struct_size != check->module->struct_size)
		REFUSE(check, "struct-module",
		       "its struct module has %" PRIu64 " bytes, that of the kernel %s %" PRIu64
		       ": build with that kernel's KDIR=",
		       check->module->struct_size, kernel->release, kernel->sample.struct_size);
}

static void check_versions(struct check *check)
{
	const struct module_file *module = check->module;
	const struct kernel *kernel = check->kernel;
	size_t differ = 0;

	if (!kernel->versions)
		return;
	if (!module->version_count && kernel->lenient)
		return;
	if (!module->version_count) {
		REFUSE(check, "no-checksums",
		       "it has no checksums of the symbols it uses, and the kernel %s wants them "
		       "(CONFIG_MODVERSIONS): build with a KDIR= "
		       "that has a Module.symvers, that is, where the kernel was built whole",
		       kernel->release);
		return;
	}
	for (size_t i = 0; i < module->version_count; i++) {
		const struct module_version *version = &module->versions[i];
		const struct symver *symbol = symvers_find(&kernel->symvers, version->name);

		if (!symbol || symbol->crc == version->crc || differ++ >= TOLD_MOST)
			continue;
		REFUSE(check, "checksum",
		       "%s is another one in the kernel %s than where it was built (checksums "
		       "0x%08x "
		       "and 0x%08x): build with that "
		       "kernel's KDIR=",
		       version->name, kernel->release, symbol->crc, version->crc);
	}
	if (differ > TOLD_MOST)
		REFUSE(check, "checksum", "and so are %zu more symbols", differ - TOLD_MOST);
}

static void check_imports(struct check *check)
{
	const struct module_file *module = check->module;
	const struct kernel *kernel = check->kernel;
	size_t missing = 0;

	if (!kernel->has_symvers)
		return;
	for (size_t i = 0; i < module->import_count; i++) {
		const struct module_import *import = &module->imports[i];

		if (import->weak || symvers_find(&kernel->symvers, import->name) ||
		    missing++ >= TOLD_MOST)
			continue;
		REFUSE(check, "import",
		       "it needs %s, which the kernel %s and its modules do not export: use "
		       "another "
		       "function, or a kernel that has "
		       "this one",
		       import->name, kernel->release);
	}
	if (missing > TOLD_MOST)
		REFUSE(check, "import", "and %zu more symbols that are not exported",
		       missing - TOLD_MOST);
}

void refusal_find(struct findings *findings, const char *place, const struct module_file *module,
		  const struct kernel *kernel)
{
	struct check check = { module, kernel, place, findings };

	/* Of a module for another processor, nothing else can be said. */
	if (!check_machine(&check))
		return;
	check_vermagic(&check);
	check_struct(&check);
	check_versions(&check);
	check_imports(&check);
}
