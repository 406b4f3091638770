// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a kernel that is not Linux is entered: see entry.h. The addresses are the firmware's ("kernel_address" in the
 * documentation of config.txt); ATAGs are described in Linux's arch/arm/include/uapi/asm/setup.h.
 */
#include "boot/entry.h"

#include <endian.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "boot/devicetree.h"
#include "boot/elf-flat.h"
#include "boot/firmware-pins.h"
#include "boot/kernel-image.h"

#define START_ADDRESS 0u		/* as the firmware's own: the processor's reset vector */
#define ATAGS_ADDRESS 0x100u
#define ATAGS_WORDS   160		/* QEMU keeps something of its own from 0x400 on */
#define DTB_ADDRESS   0x07000000u

enum { ATAG_NONE = 0, ATAG_CORE = 0x54410001, ATAG_MEM = 0x54410002, ATAG_CMDLINE = 0x54410009 };

uint64_t entry_address(const struct board *board, bool aarch64)
{
	return board->ram + (aarch64 ? 0x80000 : 0x8000);
}

/* The code that the firmware runs on the ARM before it enters the kernel, and the ATAGs behind it. */
struct start {
	uint32_t words[ATAGS_ADDRESS / 4 + ATAGS_WORDS];
	size_t count;
};

static void add_word(struct start *start, uint32_t word)
{
	start->words[start->count++] = htole32(word);
}

static int make_start(struct start *start, const struct board *board, bool dtb, const char *cmdline, struct error *err)
{
	size_t text = strlen(cmdline) + 1, words = (text + 3) / 4;

	if (words > ATAGS_WORDS - 16)
		return error_set(err, "the command line has %zu characters: too many for a kernel that is not Linux", text - 1);
	add_word(start, 0xe3a00000);	/* mov r0, #0 */
	add_word(start, 0xe59f1004);	/* ldr r1, =machine_type */
	add_word(start, 0xe59f2004);	/* ldr r2, =what to read */
	add_word(start, 0xe59ff004);	/* ldr pc, =kernel */
	add_word(start, board->machine_type);
	add_word(start, dtb ? DTB_ADDRESS : ATAGS_ADDRESS);
	add_word(start, (uint32_t)entry_address(board, false));

	start->count = ATAGS_ADDRESS / 4;
	add_word(start, 2);
	add_word(start, ATAG_CORE);
	add_word(start, 4);
	add_word(start, ATAG_MEM);
	add_word(start, (uint32_t)board->ram_size);
	add_word(start, (uint32_t)board->ram);
	if (*cmdline) {
		add_word(start, (uint32_t)words + 2);
		add_word(start, ATAG_CMDLINE);
		memcpy(&start->words[start->count], cmdline, text);
		start->count += words;
	}
	add_word(start, 0);
	add_word(start, ATAG_NONE);
	return 0;
}

static int node_of(struct devicetree *tree, const char *path, const char *alternative, const char *name, struct error *err)
{
	int node = devicetree_node(tree, path);

	if (node < 0 && alternative)
		node = devicetree_node(tree, alternative);
	return node < 0 ? devicetree_add_node(tree, 0, name, err) : node;
}

/* What the firmware writes into every devicetree, and QEMU into those that it loads itself. */
static int complete_dtb(struct firmware_boot *boot, const struct board *board, const char *cmdline, struct error *err)
{
	uint32_t memory[2] = { htobe32((uint32_t)board->ram), htobe32((uint32_t)board->ram_size) };
	struct devicetree tree;
	int node, rc = -1;

	if (devicetree_open(&tree, boot->dtb, boot->dtb_len, err) < 0)
		return error_prefix(err, "devicetree");
	if (fdt_address_cells(tree.blob, 0) != 1 || fdt_size_cells(tree.blob, 0) != 1) {
		error_set(err, "devicetree %s: its #address-cells and #size-cells are not 1, as a 32-bit board's are",
			  boot->dtb_name);
		goto out;
	}
	node = node_of(&tree, "/memory@0", "/memory", "memory@0", err);
	if (node < 0 || devicetree_set(&tree, node, "device_type", "memory", sizeof("memory"), err) < 0 ||
	    devicetree_set(&tree, node, "reg", memory, sizeof(memory), err) < 0)
		goto out;
	node = node_of(&tree, "/chosen", NULL, "chosen", err);
	if (node < 0 || devicetree_set(&tree, node, "bootargs", cmdline, strlen(cmdline) + 1, err) < 0)
		goto out;
	free(boot->dtb);
	boot->dtb = NULL;
	rc = devicetree_finish(&tree, &boot->dtb, &boot->dtb_len, err);
out:
	devicetree_close(&tree);
	return rc;
}

static void set_kernel(struct firmware_boot *boot, uint8_t *kernel, size_t len)
{
	free(boot->kernel);
	boot->kernel = kernel;
	boot->kernel_len = len;
}

/* Raw, 32-bit. */
static int wrap(struct firmware_boot *boot, const struct board *board, const char *cmdline, struct error *err)
{
	uint32_t address = (uint32_t)entry_address(board, false);
	struct start start = { .count = 0 };
	struct elf_part parts[3];
	size_t count = 2, len;
	uint8_t *kernel;

	if (boot->kernel_len > DTB_ADDRESS - address)
		return error_set(err, "kernel %s is larger than %u MiB", boot->kernel_name, (DTB_ADDRESS - address) >> 20);
	if (make_start(&start, board, boot->dtb != NULL, cmdline, err) < 0 ||
	    (boot->dtb && complete_dtb(boot, board, cmdline, err) < 0))
		return -1;
	parts[0] = (struct elf_part){ START_ADDRESS, start.words, start.count * sizeof(start.words[0]) };
	parts[1] = (struct elf_part){ address, boot->kernel, boot->kernel_len };
	if (boot->dtb)
		parts[count++] = (struct elf_part){ DTB_ADDRESS, boot->dtb, boot->dtb_len };
	if (elf_make(&kernel, &len, START_ADDRESS, parts, count, err) < 0)
		return -1;
	set_kernel(boot, kernel, len);
	boot->kernel_holds_dtb = boot->dtb != NULL;
	if (boot->initrd_name)
		firmware_notice(boot, "kernel %s is not Linux: it gets no initramfs", boot->kernel_name);
	return 0;
}

/* Returns 1 when the kernel became a raw one, 0 when it stays as it is, -1 with ERR set. */
static int unwrap(struct firmware_boot *boot, const struct board *board, struct error *err)
{
	uint64_t address = entry_address(board, boot->aarch64);
	struct elf_flat flat;

	if (elf_flatten(&flat, boot->kernel, boot->kernel_len, err) < 0)
		return error_prefix(err, "kernel %s", boot->kernel_name);
	if (flat.headers && flat.entry == address && flat.address < address && address - flat.address < flat.len) {
		flat.len -= (size_t)(address - flat.address);
		memmove(flat.bytes, flat.bytes + (address - flat.address), flat.len);
		flat.address = address;
	}
	if (flat.address == address && flat.entry == address) {
		set_kernel(boot, flat.bytes, flat.len);
		return 1;
	}
	free(flat.bytes);
	firmware_notice(boot,
			"kernel %s: its first byte belongs at 0x%llx and it is entered at 0x%llx; a raw kernel is loaded and entered "
			"at 0x%llx. QEMU starts the ELF file%s", boot->kernel_name, (unsigned long long)flat.address,
			(unsigned long long)flat.entry, (unsigned long long)address,
			board->firmware && board->cpus > 1 ? ", on all cores at once" : "");
	return 0;
}

int entry_prepare(struct firmware_boot *boot, const struct board *board, const char *cmdline, struct error *err)
{
	enum kernel_kind kind = kernel_identify(boot->kernel, boot->kernel_len);
	int rc = 1;

	if (kind == KERNEL_ARM && board->firmware && !board->kernels64)
		return firmware_pins(boot, board, err);
	if (kind == KERNEL_ARM || kind == KERNEL_ARM64 || kind == KERNEL_X86)
		return 0;
	if (!boot->aarch64 && (board->arm_64bit || board->kernels64))
		return error_set(err, "kernel %s is a 32-bit one and not Linux: QEMU's %s starts it in 64-bit state",
				 boot->kernel_name, board->machine);
	if (kind != KERNEL_RAW)
		rc = unwrap(boot, board, err);
	if (rc <= 0)
		return rc;
	return boot->aarch64 ? 0 : wrap(boot, board, cmdline, err);
}
