// SPDX-License-Identifier: GPL-2.0-only
/* ELF files for boards: see elf-flat.h. System V ABI, chapters 4 and 5. */
#include "boot/elf-flat.h"

#include <elf.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "boot/kernel-image.h"

struct segment {
	uint32_t type;
	uint64_t offset, address, size; /* in the file, in memory, bytes in the file */
};

struct headers {
	const uint8_t *data;
	size_t len;
	bool wide; /* 64-bit */
	uint64_t entry, table;
	unsigned int count, entry_size;
};

static int damaged(struct error *err)
{
	return error_set(err, "is a damaged ELF file");
}

static int read_header(struct headers *elf, const uint8_t *data, size_t len, struct error *err)
{
	*elf = (struct headers){ .data = data, .len = len };
	if (len < sizeof(Elf32_Ehdr) || memcmp(data, ELFMAG, SELFMAG) != 0 ||
	    data[EI_DATA] != ELFDATA2LSB)
		return damaged(err);
	elf->wide = data[EI_CLASS] == ELFCLASS64;
	if (elf->wide) {
		Elf64_Ehdr header;

		if (len < sizeof(header))
			return damaged(err);
		memcpy(&header, data, sizeof(header));
		elf->entry = le64toh(header.e_entry);
		elf->table = le64toh(header.e_phoff);
		elf->count = le16toh(header.e_phnum);
		elf->entry_size = sizeof(Elf64_Phdr);
	} else {
		Elf32_Ehdr header;

		memcpy(&header, data, sizeof(header));
		elf->entry = le32toh(header.e_entry);
		elf->table = le32toh(header.e_phoff);
		elf->count = le16toh(header.e_phnum);
		elf->entry_size = sizeof(Elf32_Phdr);
	}
	if (elf->table > len || (len - elf->table) / elf->entry_size < elf->count)
		return damaged(err);
	return 0;
}

static struct segment read_segment(const struct headers *elf, unsigned int index)
{
	const uint8_t *at = elf->data + elf->table + (size_t)index * elf->entry_size;
	Elf64_Phdr wide;
	Elf32_Phdr narrow;

	if (elf->wide) {
		memcpy(&wide, at, sizeof(wide));
		return (struct segment){ le32toh(wide.p_type), le64toh(wide.p_offset),
					 le64toh(wide.p_paddr), le64toh(wide.p_filesz) };
	}
	memcpy(&narrow, at, sizeof(narrow));
	return (struct segment){ le32toh(narrow.p_type), le32toh(narrow.p_offset),
				 le32toh(narrow.p_paddr), le32toh(narrow.p_filesz) };
}

/* The segments with contents, from the lowest address on to END. */
static int find_extent(const struct headers *elf, uint64_t *start, uint64_t *end, struct error *err)
{
	*start = UINT64_MAX;
	*end = 0;
	for (unsigned int i = 0; i < elf->count; i++) {
		struct segment segment = read_segment(elf, i);

		if (segment.type != PT_LOAD || !segment.size)
			continue;
		if (segment.offset > elf->len || segment.size > elf->len - segment.offset ||
		    segment.address > UINT64_MAX - segment.size)
			return damaged(err);
		if (segment.address < *start)
			*start = segment.address;
		if (segment.address + segment.size > *end)
			*end = segment.address + segment.size;
	}
	if (*end == 0)
		return error_set(err, "is an ELF file with nothing to load: link it to a program");
	if (*end - *start > KERNEL_LARGEST)
		return error_set(err, "is an ELF file whose parts lie more than %u MiB apart",
				 KERNEL_LARGEST >> 20);
	return 0;
}

int elf_flatten(struct elf_flat *flat, const uint8_t *data, size_t len, struct error *err)
{
	struct headers elf;
	uint64_t start, end;

	if (read_header(&elf, data, len, err) < 0 || find_extent(&elf, &start, &end, err) < 0)
		return -1;
	*flat = (struct elf_flat){ .address = start,
				   .entry = elf.entry,
				   .len = (size_t)(end - start) };
	flat->bytes = calloc(1, flat->len);
	if (!flat->bytes)
		return error_set(err, "out of memory");
	for (unsigned int i = 0; i < elf.count; i++) {
		struct segment segment = read_segment(&elf, i);

		if (segment.type != PT_LOAD || !segment.size)
			continue;
		memcpy(flat->bytes + (segment.address - start), data + segment.offset,
		       (size_t)segment.size);
		flat->headers |= segment.address == start && segment.offset == 0;
	}
	return 0;
}

int elf_make(uint8_t **data, size_t *len, uint32_t entry, const struct elf_part *parts,
	     size_t count, struct error *err)
{
	Elf32_Ehdr header = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32, ELFDATA2LSB,
			     EV_CURRENT },
		.e_type = htole16(ET_EXEC),
		.e_machine = htole16(EM_ARM),
		.e_version = htole32(EV_CURRENT),
		.e_entry = htole32(entry),
		.e_phoff = htole32(sizeof(header)),
		.e_flags = htole32(EF_ARM_EABI_VER5),
		.e_ehsize = htole16(sizeof(header)),
		.e_phentsize = htole16(sizeof(Elf32_Phdr)),
		.e_phnum = htole16((uint16_t)count),
	};
	size_t at = sizeof(header) + count * sizeof(Elf32_Phdr);
	uint8_t *file;

	*len = at;
	for (size_t i = 0; i < count; i++)
		*len += parts[i].len;
	file = malloc(*len);
	if (!file)
		return error_set(err, "out of memory");
	memcpy(file, &header, sizeof(header));
	for (size_t i = 0; i < count; at += parts[i++].len) {
		Elf32_Phdr segment = {
			.p_type = htole32(PT_LOAD),
			.p_offset = htole32((uint32_t)at),
			.p_vaddr = htole32(parts[i].address),
			.p_paddr = htole32(parts[i].address),
			.p_filesz = htole32((uint32_t)parts[i].len),
			.p_memsz = htole32((uint32_t)parts[i].len),
			.p_flags = htole32(PF_R | PF_W | PF_X),
			.p_align = htole32(1),
		};

		memcpy(file + sizeof(header) + i * sizeof(segment), &segment, sizeof(segment));
		memcpy(file + at, parts[i].bytes, parts[i].len);
	}
	*data = file;
	return 0;
}

int elf_make_wide(uint8_t **data, size_t *len, uint64_t address, const void *bytes, size_t count,
		  struct error *err)
{
	struct {
		Elf64_Ehdr header;
		Elf64_Phdr segment;
	} head = {
		.header = {
			.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB,
				     EV_CURRENT },
			.e_type = htole16(ET_EXEC),
			.e_machine = htole16(EM_AARCH64),
			.e_version = htole32(EV_CURRENT),
			.e_entry = htole64(address),
			.e_phoff = htole64(sizeof(head.header)),
			.e_ehsize = htole16(sizeof(head.header)),
			.e_phentsize = htole16(sizeof(head.segment)),
			.e_phnum = htole16(1),
		},
		.segment = {
			.p_type = htole32(PT_LOAD),
			.p_flags = htole32(PF_R | PF_W | PF_X),
			.p_offset = htole64(sizeof(head)),
			.p_vaddr = htole64(address),
			.p_paddr = htole64(address),
			.p_filesz = htole64(count),
			.p_memsz = htole64(count),
			.p_align = htole64(1),
		},
	};

	*data = malloc(sizeof(head) + count);
	if (!*data)
		return error_set(err, "out of memory");
	*len = sizeof(head) + count;
	memcpy(*data, &head, sizeof(head));
	memcpy(*data + sizeof(head), bytes, count);
	return 0;
}
