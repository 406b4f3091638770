/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel module in memory, for tests: an ELF file with what the module loader looks at, and no
 * code.
 */
#ifndef TESTS_UNIT_CHECK_MODULE_ELF_H
#define TESTS_UNIT_CHECK_MODULE_ELF_H

#include <elf.h>
#include <stdlib.h>
#include <string.h>

enum { ELF_NULL, ELF_MODINFO, ELF_VERSIONS, ELF_SYMTAB, ELF_STRTAB, ELF_SHSTRTAB, ELF_SECTIONS };

struct elf_version {
	uint64_t crc;
	char name[56];
};

struct module_elf {
	const char *info; /* INFO_LEN bytes */
	size_t info_len;
	const struct elf_version *versions;
	size_t version_count;
	const char *imports[4]; /* ended by NULL; a '?' before a name makes it weak */
};

static inline size_t elf_put(char *file, size_t at, Elf64_Shdr *section, const void *bytes,
			     size_t len)
{
	memcpy(file + at, bytes, len);
	section->sh_offset = at;
	section->sh_size = len;
	return (at + len + 7) & ~(size_t)7;
}

/* Returns the file, of *LEN bytes, for free(). */
static inline char *module_elf_make(const struct module_elf *module, size_t *len)
{
	static const char names[] = "\0.modinfo\0__versions\0.symtab\0.strtab\0.shstrtab";
	static const Elf64_Word name_at[] = { 0, 1, 10, 21, 29, 37 };
	static const Elf64_Word type[] = { SHT_NULL,   SHT_PROGBITS, SHT_PROGBITS,
					   SHT_SYMTAB, SHT_STRTAB,   SHT_STRTAB };
	char *file = calloc(1, 8192), strings[256] = "";
	Elf64_Ehdr *header = (Elf64_Ehdr *)file;
	Elf64_Shdr *sections = (Elf64_Shdr *)(file + sizeof(*header));
	Elf64_Sym symbols[5] = { { 0 } };
	size_t at = sizeof(*header) + ELF_SECTIONS * sizeof(*sections), strings_len = 1, count = 1;

	memcpy(header->e_ident, ELFMAG, SELFMAG);
	header->e_ident[EI_CLASS] = ELFCLASS64;
	header->e_ident[EI_DATA] = ELFDATA2LSB;
	header->e_ident[EI_VERSION] = EV_CURRENT;
	header->e_type = ET_REL;
	header->e_machine = EM_X86_64;
	header->e_version = EV_CURRENT;
	header->e_ehsize = sizeof(*header);
	header->e_shoff = sizeof(*header);
	header->e_shentsize = sizeof(*sections);
	header->e_shnum = ELF_SECTIONS;
	header->e_shstrndx = ELF_SHSTRTAB;
	for (; module->imports[count - 1]; count++) {
		const char *name = module->imports[count - 1];

		symbols[count].st_name = (Elf64_Word)strings_len;
		symbols[count].st_info =
			ELF64_ST_INFO(*name == '?' ? STB_WEAK : STB_GLOBAL, STT_NOTYPE);
		strcpy(strings + strings_len, name + (*name == '?'));
		strings_len += strlen(strings + strings_len) + 1;
	}
	for (size_t i = 0; i < ELF_SECTIONS; i++) {
		sections[i].sh_name = name_at[i];
		sections[i].sh_type = type[i];
		sections[i].sh_addralign = 1;
	}
	at = elf_put(file, at, &sections[ELF_MODINFO], module->info, module->info_len);
	at = elf_put(file, at, &sections[ELF_VERSIONS], module->versions,
		     module->version_count * sizeof(struct elf_version));
	at = elf_put(file, at, &sections[ELF_SYMTAB], symbols, count * sizeof(symbols[0]));
	at = elf_put(file, at, &sections[ELF_STRTAB], strings, strings_len);
	at = elf_put(file, at, &sections[ELF_SHSTRTAB], names, sizeof(names));
	sections[ELF_SYMTAB].sh_link = ELF_STRTAB;
	sections[ELF_SYMTAB].sh_entsize = sizeof(symbols[0]);
	sections[ELF_SYMTAB].sh_addralign = 8;
	*len = at;
	return file;
}

#endif
