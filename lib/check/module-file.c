// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel modules as files: see module-file.h. The formats of .modinfo and __versions are those of
 * Linux's kernel/module.
 */
#include "check/module-file.h"

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* bytes of an entry of __versions: a checksum of the size of a pointer, then the name */
#define VERSION_ENTRY 64

/* The contents of a section, inside the file, or NULL. */
static const char *contents(const struct module_file *file, Elf_Scn *section, size_t *len)
{
	GElf_Shdr header;

	if (!gelf_getshdr(section, &header) || header.sh_type == SHT_NOBITS ||
	    header.sh_offset > file->len || header.sh_size > file->len - header.sh_offset)
		return NULL;
	*len = header.sh_size;
	return file->bytes + header.sh_offset;
}

static const char *section_name(const struct module_file *file, const GElf_Shdr *header)
{
	size_t strings;
	const char *name = elf_getshdrstrndx(file->elf, &strings) < 0 ?
				   NULL :
				   elf_strptr(file->elf, strings, header->sh_name);

	return name ? name : "";
}

static Elf_Scn *find(const struct module_file *file, const char *name, GElf_Word type)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	while ((section = elf_nextscn(file->elf, section)))
		if (gelf_getshdr(section, &header) && header.sh_type == type &&
		    (!name || strcmp(section_name(file, &header), name) == 0))
			return section;
	return NULL;
}

/* The loader takes only a struct module of the size that the kernel's own has. */
static void take_struct(struct module_file *file)
{
	Elf_Scn *section = find(file, ".gnu.linkonce.this_module", SHT_PROGBITS);
	GElf_Shdr header;

	if (section && gelf_getshdr(section, &header))
		file->struct_size = header.sh_size;
}

static int take_info(struct module_file *file, struct error *err)
{
	Elf_Scn *section = find(file, ".modinfo", SHT_PROGBITS);

	file->info = section ? contents(file, section, &file->info_len) : NULL;
	if (!file->info)
		return error_set(err, "is no kernel module: it has no .modinfo");
	if (!file->info_len || file->info[file->info_len - 1])
		return error_set(err, "is damaged: the last text of .modinfo has no end");
	return 0;
}

static int take_versions(struct module_file *file, struct error *err)
{
	bool wide = gelf_getclass(file->elf) == ELFCLASS64;
	Elf_Scn *section = find(file, "__versions", SHT_PROGBITS);
	size_t len = 0, name_at = wide ? 8 : 4;
	const char *bytes = section ? contents(file, section, &len) : NULL;

	if (!bytes || !len)
		return 0;
	file->versions = calloc(len / VERSION_ENTRY + 1, sizeof(*file->versions));
	if (!file->versions)
		return error_set(err, "out of memory");
	for (; len >= VERSION_ENTRY; bytes += VERSION_ENTRY, len -= VERSION_ENTRY) {
		const uint8_t *crc = (const uint8_t *)bytes;
		const char *name = bytes + name_at;

		if (!memchr(name, '\0', VERSION_ENTRY - name_at))
			return error_set(err, "is damaged: a name in __versions has no end");
		file->versions[file->version_count++] = (struct module_version){
			.name = name,
			.crc = crc[0] | (uint32_t)crc[1] << 8 | (uint32_t)crc[2] << 16 |
			       (uint32_t)crc[3] << 24,
		};
	}
	return 0;
}

static int take_imports(struct module_file *file, struct error *err)
{
	Elf_Scn *section = find(file, NULL, SHT_SYMTAB);
	Elf_Data *data = section ? elf_getdata(section, NULL) : NULL;
	GElf_Shdr header;
	size_t count;

	if (!data || !gelf_getshdr(section, &header) || !header.sh_entsize)
		return error_set(err, "is no kernel module: it has no table of symbols");
	count = data->d_size / header.sh_entsize;
	file->imports = calloc(count + 1, sizeof(*file->imports));
	if (!file->imports)
		return error_set(err, "out of memory");
	for (size_t i = 1; i < count; i++) {
		GElf_Sym symbol;
		const char *name;

		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx != SHN_UNDEF)
			continue;
		name = elf_strptr(file->elf, header.sh_link, symbol.st_name);
		if (!name)
			return error_set(err, "is damaged: a symbol's name lies outside");
		if (*name)
			file->imports[file->import_count++] =
				(struct module_import){ name,
							GELF_ST_BIND(symbol.st_info) == STB_WEAK };
	}
	return 0;
}

int module_file_parse(struct module_file *file, char *bytes, size_t len, struct error *err)
{
	GElf_Ehdr header;

	*file = (struct module_file){ .bytes = bytes, .len = len };
	elf_version(EV_CURRENT);
	file->elf = elf_memory(bytes, len);
	if (!file->elf || elf_kind(file->elf) != ELF_K_ELF || !gelf_getehdr(file->elf, &header))
		return error_set(err, "is no ELF file, as a kernel module is");
	if (header.e_type != ET_REL)
		return error_set(err, "is an ELF file, but no kernel module: it is linked already");
	file->machine = header.e_machine;
	take_struct(file);
	if (take_info(file, err) < 0 || take_versions(file, err) < 0)
		return -1;
	return take_imports(file, err);
}

int module_file_read(struct module_file *file, const char *path, struct error *err)
{
	char *bytes;
	size_t len;

	*file = (struct module_file){ .bytes = NULL };
	if (file_read(path, MODULE_LARGEST, &bytes, &len, err) < 0)
		return -1;
	return module_file_parse(file, bytes, len, err) < 0 ? error_prefix(err, "%s", path) : 0;
}

void module_file_free(struct module_file *file)
{
	if (file->elf)
		elf_end(file->elf);
	free(file->versions);
	free(file->imports);
	free(file->bytes);
	*file = (struct module_file){ .bytes = NULL };
}

const char *module_file_info(const struct module_file *file, const char *key)
{
	const char *end = file->info + file->info_len;
	size_t len = strlen(key);

	for (const char *text = file->info; text < end; text += strlen(text) + 1)
		if (strncmp(text, key, len) == 0 && text[len] == '=')
			return text + len + 1;
	return NULL;
}
