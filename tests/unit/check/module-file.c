// SPDX-License-Identifier: GPL-2.0-only
/*
 * A kernel module is read, and damage and other files are told as what they are. tests/modules.t
 * reads real ones.
 */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "check/module-file.h"
#include "module-elf.h"

static const char info[] = "license=GPL\0vermagic=6.12 SMP \0depends=\0name=x";
static const struct elf_version versions[] = { { 0x12345678, "module_layout" },
					       { 0xffffffff, "_printk" } };
static const struct module_elf sound = { info, sizeof(info), versions, 2, { "_printk", "?maybe" } };
static struct module_file file;
static struct error err;

static int clean_up(void **state)
{
	module_file_free(&file);
	return 0;
}

static int parse(const struct module_elf *module)
{
	size_t len;
	char *bytes = module_elf_make(module, &len);

	return module_file_parse(&file, bytes, len, &err);
}

static void a_module_is_read(void **state)
{
	assert_int_equal(parse(&sound), 0);
	assert_int_equal(file.machine, EM_X86_64);
	assert_string_equal(module_file_info(&file, "vermagic"), "6.12 SMP ");
	assert_string_equal(module_file_info(&file, "depends"), "");
	assert_string_equal(module_file_info(&file, "name"), "x");
	assert_null(module_file_info(&file, "nam"));
	assert_null(module_file_info(&file, "author"));
	assert_int_equal(file.version_count, 2);
	assert_string_equal(file.versions[1].name, "_printk");
	assert_int_equal(file.versions[0].crc, 0x12345678);
	assert_int_equal(file.import_count, 2);
	assert_string_equal(file.imports[0].name, "_printk");
	assert_false(file.imports[0].weak);
	assert_string_equal(file.imports[1].name, "maybe");
	assert_true(file.imports[1].weak);
}

static void one_without_checksums_is_read(void **state)
{
	struct module_elf module = sound;

	module.version_count = 0;
	assert_int_equal(parse(&module), 0);
	assert_int_equal(file.version_count, 0);
}

static void damage_is_told(void **state)
{
	struct elf_version endless = { .crc = 1 };
	struct module_elf module = sound;

	module.info_len--;
	assert_int_equal(parse(&module), -1);
	assert_string_equal(err.text, "is damaged: the last text of .modinfo has no end");
	module_file_free(&file);
	module = sound;
	memset(endless.name, 'x', sizeof(endless.name));
	module.versions = &endless;
	module.version_count = 1;
	assert_int_equal(parse(&module), -1);
	assert_string_equal(err.text, "is damaged: a name in __versions has no end");
}

static void other_files_are_no_modules(void **state)
{
	size_t len;
	char *bytes;

	assert_int_equal(module_file_parse(&file, strdup("no ELF"), 6, &err), -1);
	assert_string_equal(err.text, "is no ELF file, as a kernel module is");
	module_file_free(&file);
	bytes = module_elf_make(&sound, &len);
	((Elf64_Ehdr *)bytes)->e_type = ET_EXEC;
	assert_int_equal(module_file_parse(&file, bytes, len, &err), -1);
	assert_string_equal(err.text, "is an ELF file, but no kernel module: it is linked already");
	module_file_free(&file);
	bytes = module_elf_make(&sound, &len);
	((Elf64_Shdr *)(bytes + sizeof(Elf64_Ehdr)))[ELF_MODINFO].sh_name = 0;
	assert_int_equal(module_file_parse(&file, bytes, len, &err), -1);
	assert_string_equal(err.text, "is no kernel module: it has no .modinfo");
	module_file_free(&file);
	assert_int_equal(module_file_read(&file, "/nonexistent/x.ko", &err), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_module_is_read, clean_up),
		cmocka_unit_test_teardown(one_without_checksums_is_read, clean_up),
		cmocka_unit_test_teardown(damage_is_told, clean_up),
		cmocka_unit_test_teardown(other_files_are_no_modules, clean_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
