// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine code in an ELF file: see code-file.h. On ARM, mapping symbols say what is data
 * between the instructions ($d), and where code goes on ($a, $t, $x): ELF for the Arm Architecture,
 * section 5.5.5.
 */
#include "check/code-file.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"

struct code_file {
	int fd;
	Elf *elf;
	enum code_machine machine;
	bool relocatable;
	struct code_range *ranges;
	size_t count;
};

/* A place in a section where something begins. */
struct mark {
	uint64_t offset;
	const char *function; /* or NULL: a mapping symbol */
	char kind;	      /* a, t, x: code; d: data; 0: a function */
};

struct marks {
	struct mark *marks;
	size_t count;
};

static int identify(struct code_file *file, const char *path, struct error *err)
{
	static const struct {
		unsigned char class;
		Elf64_Half number;
		enum code_machine machine;
	} machines[] = {
		{ ELFCLASS32, EM_ARM, CODE_ARM },
		{ ELFCLASS64, EM_AARCH64, CODE_AARCH64 },
		{ ELFCLASS64, EM_X86_64, CODE_X86_64 },
	};
	GElf_Ehdr header;

	if (elf_kind(file->elf) != ELF_K_ELF || !gelf_getehdr(file->elf, &header))
		return error_set(err, "%s: is no ELF file", path);
	file->relocatable = header.e_type == ET_REL;
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++) {
		if (header.e_machine == machines[i].number &&
		    header.e_ident[EI_CLASS] == machines[i].class &&
		    header.e_ident[EI_DATA] == ELFDATA2LSB) {
			file->machine = machines[i].machine;
			return 0;
		}
	}
	return error_set(err, "%s: is for a machine (ELF number %d) that is not known here", path,
			 header.e_machine);
}

/* What a symbol marks: the letter of a mapping symbol, 0 for a function, -1 for anything else. */
static int mark_kind(const struct code_file *file, const GElf_Sym *symbol, const char *name)
{
	if (GELF_ST_TYPE(symbol->st_info) == STT_FUNC)
		return 0;
	if (file->machine != CODE_X86_64 && name[0] == '$' && name[1] && strchr("atxd", name[1]) &&
	    (!name[2] || name[2] == '.'))
		return name[1];
	return -1;
}

/* By place; what a function's start is comes before what its first bytes are. */
static int compare_marks(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return (x->kind != 0) - (y->kind != 0);
}

static int add_marks(struct code_file *file, Elf_Scn *table, size_t section, uint64_t base,
		     struct marks *marks, struct error *err)
{
	Elf_Data *data = elf_getdata(table, NULL);
	GElf_Shdr header;
	size_t symbols;

	if (!data || !gelf_getshdr(table, &header) || !header.sh_entsize)
		return error_set(err, "the table of symbols cannot be read: %s", elf_errmsg(-1));
	symbols = header.sh_size / header.sh_entsize;
	marks->marks = calloc(symbols + 1, sizeof(*marks->marks));
	if (!marks->marks)
		return error_set(err, "out of memory");
	for (size_t i = 0; i < symbols; i++) {
		const char *name;
		GElf_Sym symbol;
		int kind;

		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx != section)
			continue;
		name = elf_strptr(file->elf, header.sh_link, symbol.st_name);
		kind = name ? mark_kind(file, &symbol, name) : -1;
		if (kind < 0)
			continue;
		/* On ARM, bit 0 of a function's address says that it is Thumb code. */
		if (file->machine == CODE_ARM)
			symbol.st_value &= ~1ULL;
		marks->marks[marks->count++] = (struct mark){
			.offset = symbol.st_value - base,
			.function = kind ? NULL : name,
			.kind = (char)kind,
		};
	}
	qsort(marks->marks, marks->count, sizeof(*marks->marks), compare_marks);
	return 0;
}

static Elf_Scn *find_symbols(struct code_file *file)
{
	GElf_Shdr header;

	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(file->elf, scn));)
		if (gelf_getshdr(scn, &header) && header.sh_type == SHT_SYMTAB)
			return scn;
	return NULL;
}

static int add_range(struct code_file *file, const struct code_range *range, struct error *err)
{
	struct code_range *added;

	if (!range->size)
		return 0;
	added = ARRAY_ADD(file->ranges, file->count);
	if (!added)
		return error_set(err, "out of memory");
	*added = *range;
	return 0;
}

/* Cuts a section's SIZE bytes at the marks. WHOLE is the range that there would be without. */
static int cut(struct code_file *file, const struct code_range *whole, const struct marks *marks,
	       struct error *err)
{
	struct code_range range = *whole;
	uint64_t at = 0;
	char kind = 'a';

	range.starts_function = true;
	for (size_t i = 0; i <= marks->count; i++) {
		const struct mark *mark = i < marks->count ? &marks->marks[i] : NULL;
		uint64_t end = mark && mark->offset < whole->size ? mark->offset : whole->size;

		range.address = whole->address + at;
		range.bytes = whole->bytes + at;
		range.size = (size_t)(end - at);
		range.thumb = kind == 't';
		if (kind != 'd' && add_range(file, &range, err) < 0)
			return -1;
		if (range.size)
			range.starts_function = false;
		at = end;
		if (mark && mark->kind) {
			kind = mark->kind;
		} else if (mark) {
			range.function = mark->function;
			range.starts_function = true;
		}
	}
	return 0;
}

static int add_section(struct code_file *file, Elf_Scn *scn, Elf_Scn *symbols, struct error *err)
{
	struct code_range whole = { 0 };
	struct marks marks = { 0 };
	GElf_Shdr header;
	Elf_Data *data;
	size_t names;
	int rc = 0;

	if (!gelf_getshdr(scn, &header) || elf_getshdrstrndx(file->elf, &names) < 0)
		return error_set(err, "a section cannot be read: %s", elf_errmsg(-1));
	if (header.sh_type != SHT_PROGBITS || !(header.sh_flags & SHF_EXECINSTR) || !header.sh_size)
		return 0;
	data = elf_rawdata(scn, NULL);
	whole.section = elf_strptr(file->elf, names, header.sh_name);
	if (!data || !data->d_buf || !whole.section)
		return error_set(err, "a section of code cannot be read: %s", elf_errmsg(-1));
	whole.address = file->relocatable ? 0 : header.sh_addr;
	whole.bytes = data->d_buf;
	whole.size = data->d_size;
	if (symbols)
		rc = add_marks(file, symbols, elf_ndxscn(scn), whole.address, &marks, err);
	if (rc == 0)
		rc = cut(file, &whole, &marks, err);
	free(marks.marks);
	return rc;
}

struct code_file *code_file_open(const char *path, struct error *err)
{
	struct code_file *file = calloc(1, sizeof(*file));
	Elf_Scn *symbols;

	if (!file) {
		error_set(err, "out of memory");
		return NULL;
	}
	elf_version(EV_CURRENT);
	file->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (file->fd < 0) {
		error_errno(err, "%s: cannot open", path);
		goto fail;
	}
	file->elf = elf_begin(file->fd, ELF_C_READ, NULL);
	if (!file->elf) {
		error_set(err, "%s: %s", path, elf_errmsg(-1));
		goto fail;
	}
	if (identify(file, path, err) < 0)
		goto fail;
	symbols = find_symbols(file);
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(file->elf, scn));) {
		if (add_section(file, scn, symbols, err) < 0) {
			error_prefix(err, "%s", path);
			goto fail;
		}
	}
	return file;

fail:
	code_file_close(file);
	return NULL;
}

enum code_machine code_file_machine(const struct code_file *file)
{
	return file->machine;
}

const struct code_range *code_file_ranges(const struct code_file *file, size_t *count)
{
	*count = file->count;
	return file->ranges;
}

void code_file_close(struct code_file *file)
{
	if (!file)
		return;
	if (file->elf)
		elf_end(file->elf);
	if (file->fd >= 0)
		close(file->fd);
	free(file->ranges);
	free(file);
}
