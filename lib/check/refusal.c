// SPDX-License-Identifier: GPL-2.0-only
/* Why a kernel would refuse a module: see refusal.h. */
#include "check/refusal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#define TOLD_MOST 8 /* symbols of one kind that are told one by one */

struct report {
	FILE *out;
	const char *prefix;
	const struct module_file *module;
	const struct kernel *kernel;
	size_t count;
};

static void __attribute__((format(printf, 2, 3))) tell(struct report *report, const char *fmt, ...)
{
	va_list ap;

	fprintf(report->out, "%s ", report->prefix);
	va_start(ap, fmt);
	vfprintf(report->out, fmt, ap);
	va_end(ap);
	fputc('\n', report->out);
	report->count++;
}

/* The part of a vermagic behind the kernel's release. */
static const char *settings(const char *vermagic)
{
	return vermagic + strcspn(vermagic, " ");
}

static void check_machine(struct report *report)
{
	const struct kernel *kernel = report->kernel;

	if (kernel->machine && kernel->machine != report->module->machine)
		tell(report,
		     "it is made for another processor (ELF machine %u) than the kernel %s (%u): "
		     "build with that kernel's KDIR=",
		     report->module->machine, kernel->release, kernel->machine);
}

/* With checksums, the release may differ: they tell more. */
static void check_vermagic(struct report *report)
{
	const struct kernel *kernel = report->kernel;
	const char *own = module_file_info(report->module, "vermagic");
	const char *theirs =
		kernel->has_sample ? module_file_info(&kernel->sample, "vermagic") : NULL;
	size_t release = own ? strcspn(own, " ") : 0;

	if (!own && kernel->lenient)
		return;
	if (!own) {
		tell(report, "it does not say which kernel it is for (no vermagic): build it anew");
	} else if (!(kernel->versions && report->module->version_count) &&
		   (release != strlen(kernel->release) ||
		    strncmp(own, kernel->release, release) != 0)) {
		tell(report,
		     "it is for the kernel %.*s, not %s (vermagic): build with that kernel's KDIR=",
		     (int)release, own, kernel->release);
	} else if (theirs && strcmp(settings(own), settings(theirs)) != 0) {
		tell(report,
		     "its kernel was configured as \"%s\", the kernel %s as \"%s\" (vermagic): "
		     "build with that kernel's KDIR=",
		     settings(own) + (*settings(own) == ' '), kernel->release,
		     settings(theirs) + (*settings(theirs) == ' '));
	}
}

/* It differs with the kernel's version and settings. */
static void check_struct(struct report *report)
{
	const struct kernel *kernel = report->kernel;

	if (kernel->has_sample && kernel->sample.struct_size != report->module->struct_size)
		tell(report,
		     "its struct module has %" PRIu64 " bytes, that of the kernel %s %" PRIu64
		     ": build with that kernel's KDIR=",
		     report->module->struct_size, kernel->release, kernel->sample.struct_size);
}

static void check_versions(struct report *report)
{
	const struct module_file *module = report->module;
	const struct kernel *kernel = report->kernel;
	size_t differ = 0;

	if (!kernel->versions)
		return;
	if (!module->version_count && kernel->lenient)
		return;
	if (!module->version_count) {
		tell(report,
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
		tell(report,
		     "%s is another one in the kernel %s than where it was built (checksums 0x%08x "
		     "and 0x%08x): build with that "
		     "kernel's KDIR=",
		     version->name, kernel->release, symbol->crc, version->crc);
	}
	if (differ > TOLD_MOST)
		tell(report, "and so are %zu more symbols", differ - TOLD_MOST);
}

static void check_imports(struct report *report)
{
	const struct module_file *module = report->module;
	const struct kernel *kernel = report->kernel;
	size_t missing = 0;

	if (!kernel->has_symvers)
		return;
	for (size_t i = 0; i < module->import_count; i++) {
		const struct module_import *import = &module->imports[i];

		if (import->weak || symvers_find(&kernel->symvers, import->name) ||
		    missing++ >= TOLD_MOST)
			continue;
		tell(report,
		     "it needs %s, which the kernel %s and its modules do not export: use another "
		     "function, or a kernel that has "
		     "this one",
		     import->name, kernel->release);
	}
	if (missing > TOLD_MOST)
		tell(report, "and %zu more symbols that are not exported", missing - TOLD_MOST);
}

size_t refusal_explain(FILE *out, const char *prefix, const struct module_file *module,
		       const struct kernel *kernel)
{
	struct report report = { out, prefix, module, kernel, 0 };

	check_machine(&report);
	if (report.count)
		return report.count;
	check_vermagic(&report);
	check_struct(&report);
	check_versions(&report);
	check_imports(&report);
	return report.count;
}
