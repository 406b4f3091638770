// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why a kernel would refuse a module is told: of one module, and kernels that differ from its own
 * in one thing each.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/strbuf.h"
#include "check/refusal.h"
#include "module-elf.h"

#define MAGIC "6.12.1 SMP mod_unload modversions "

static const char info[] = "vermagic=" MAGIC;
static const struct elf_version versions[] = { { 1, "module_layout" }, { 2, "_printk" } };
static const char exports[] = "0x1\tmodule_layout\tvmlinux\n0x2\t_printk\tvmlinux\n";

static void read_module(struct module_file *file, const char *text, size_t text_len,
			size_t version_count)
{
	const struct module_elf module = {
		text, text_len, versions, version_count, { "_printk", "?maybe" }
	};
	struct error err;
	size_t len;
	char *bytes = module_elf_make(&module, &len);

	assert_int_equal(module_file_parse(file, bytes, len, &err), 0);
}

/* What differs from a kernel that takes the module. */
struct difference {
	const char *release, *exports, *sample;
	unsigned int machine;
	bool no_versions, module_has_none, lenient;
};

static void is_refused_for(struct difference change, const char *reasons)
{
	const char *text = change.exports ? change.exports : exports;
	struct kernel kernel = {
		.release = (char *)(change.release ? change.release : "6.12.1"),
		.machine = change.machine ? change.machine : EM_X86_64,
		.versions = !change.no_versions,
		.lenient = change.lenient,
		.has_symvers = true,
		.has_sample = true,
	};
	struct module_file module;
	struct error err;
	struct findings findings = { 0 };
	struct strbuf told = STRBUF_INIT;

	assert_int_equal(symvers_parse(&kernel.symvers, "x", strdup(text), strlen(text), &err), 0);
	read_module(&module, info, sizeof(info), change.module_has_none ? 0 : 2);
	read_module(&kernel.sample, change.sample ? change.sample : info,
		    change.sample ? strlen(change.sample) + 1 : sizeof(info), 2);
	refusal_find(&findings, "x", &module, &kernel);
	assert_int_equal(findings.count == 0, *reasons == '\0');
	for (size_t i = 0; i < findings.count; i++) {
		assert_int_equal(findings.finding[i].severity, FINDING_ERROR);
		strbuf_addf(&told, "%s: %s\n", findings.finding[i].place, findings.finding[i].text);
	}
	assert_string_equal(told.buf ? told.buf : "", reasons);
	strbuf_free(&told);
	findings_free(&findings);
	module_file_free(&module);
	module_file_free(&kernel.sample);
	symvers_free(&kernel.symvers);
}

static void its_own_kernel_takes_it(void **state)
{
	is_refused_for((struct difference){ 0 }, "");
}

static void another_release_is_taken_when_checksums_agree(void **state)
{
	is_refused_for((struct difference){ .release = "6.12.2" }, "");
}

static void without_checksums_the_release_counts(void **state)
{
	is_refused_for((struct difference){ .release = "6.12.2", .no_versions = true },
		       "x: it is for the kernel 6.12.1, not 6.12.2 (vermagic): build with that "
		       "kernel's KDIR=\n");
	is_refused_for((struct difference){ .release = "6.12.12", .no_versions = true },
		       "x: it is for the kernel 6.12.1, not 6.12.12 (vermagic): build with that "
		       "kernel's KDIR=\n");
}

static void other_settings_are_told(void **state)
{
	is_refused_for(
		(struct difference){
			.sample = "vermagic=6.12.1 SMP preempt mod_unload modversions " },
		"x: its kernel was configured as \"SMP mod_unload modversions \", the kernel "
		"6.12.1 as "
		"\"SMP preempt mod_unload modversions \" (vermagic): build with that kernel's "
		"KDIR=\n");
}

static void another_processor_is_told(void **state)
{
	is_refused_for((struct difference){ .machine = EM_AARCH64 },
		       "x: it is made for another processor (ELF machine 62) than the kernel "
		       "6.12.1 (183): build with that kernel's KDIR=\n");
}

static void a_changed_symbol_is_told(void **state)
{
	is_refused_for(
		(struct difference){
			.exports = "0x1\tmodule_layout\tvmlinux\n0x3\t_printk\tvmlinux\n" },
		"x: _printk is another one in the kernel 6.12.1 than where it was built (checksums "
		"0x00000003 and 0x00000002): "
		"build with that kernel's KDIR=\n");
}

static void a_missing_symbol_is_told(void **state)
{
	is_refused_for((struct difference){ .exports = "0x1\tmodule_layout\tvmlinux\n" },
		       "x: it needs _printk, which the kernel 6.12.1 and its modules do not "
		       "export: use another function, or a kernel that "
		       "has this one\n");
}

static void missing_checksums_are_told(void **state)
{
	is_refused_for((struct difference){ .module_has_none = true, .lenient = true }, "");
	is_refused_for((struct difference){ .module_has_none = true,
					    .lenient = true,
					    .release = "6.12.2" },
		       "x: it is for the kernel 6.12.1, not 6.12.2 (vermagic): build with that "
		       "kernel's KDIR=\n");
	is_refused_for(
		(struct difference){ .module_has_none = true },
		"x: it has no checksums of the symbols it uses, and the kernel 6.12.1 wants them "
		"(CONFIG_MODVERSIONS): build with a "
		"KDIR= that has a Module.symvers, that is, where the kernel was built whole\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_own_kernel_takes_it),
		cmocka_unit_test(another_release_is_taken_when_checksums_agree),
		cmocka_unit_test(without_checksums_the_release_counts),
		cmocka_unit_test(other_settings_are_told),
		cmocka_unit_test(another_processor_is_told),
		cmocka_unit_test(a_changed_symbol_is_told),
		cmocka_unit_test(a_missing_symbol_is_told),
		cmocka_unit_test(missing_checksums_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
