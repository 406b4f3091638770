// SPDX-License-Identifier: GPL-2.0-only
/*
 * How a kernel that is not Linux is entered: see entry.h. The addresses are the firmware's
 * ("kernel_address" in the documentation of config.txt); ATAGs are described in Linux's
 * arch/arm/include/uapi/asm/setup.h.
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

#define START_ADDRESS 0u /* as the firmware's own: the processor's reset vector */
#define ATAGS_ADDRESS 0x100u
#define ATAGS_WORDS   160	  /* QEMU keeps something of its own from 0x400 on */
#define DTB_ADDRESS   0x07000000u /* kernels end before it */
#define FIRST_ADDRESS 0x1000u	  /* for kernel_address: what is below is the firmware's */

enum { ATAG_NONE = 0, ATAG_CORE = 0x54410001, ATAG_MEM = 0x54410002, ATAG_CMDLINE = 0x54410009 };

/*
 * Where the firmware loads a kernel that is not Linux: 0x8000 or, in 64-bit state, 0x80000 behind
 * the start of the memory; QEMU, on a board without firmware, 0x10000 or 0x80000.
 */
static uint64_t entry_address(const struct board *board, bool aarch64)
{
	return board->ram + (aarch64 ? 0x80000 : board->firmware ? 0x8000 : 0x10000);
}

/* Where config.txt wants the kernel, or where it is otherwise. */
static uint64_t load_address(const struct firmware_boot *boot, const struct board *board)
{
	if (boot->kernel_old)
		return 0;
	return boot->kernel_address ? boot->kernel_address : entry_address(board, boot->aarch64);
}

/* For a raw kernel. */
static int check_address(const struct firmware_boot *boot, uint64_t address, struct error *err)
{
	if (!boot->kernel_old && (address % 4 || address < FIRST_ADDRESS || address >= DTB_ADDRESS))
		return error_set(err,
				 "kernel_address=0x%llx: expected a multiple of 4 from 0x%x to "
				 "0x%x (for 0: kernel_old=1)",
				 (unsigned long long)address, FIRST_ADDRESS, DTB_ADDRESS - 4);
	if (boot->kernel_len > DTB_ADDRESS - address)
		return error_set(
			err,
			"kernel %s is larger than %llu KiB, the room from 0x%llx to the devicetree",
			boot->kernel_name, (unsigned long long)(DTB_ADDRESS - address) >> 10,
			(unsigned long long)address);
	return 0;
}

/*
 * The code that the firmware runs on the ARM before it enters the kernel, and the ATAGs behind it.
 */
struct start {
	uint32_t words[ATAGS_ADDRESS / 4 + ATAGS_WORDS];
	size_t count;
};

static void add_word(struct start *start, uint32_t word)
{
	start->words[start->count++] = htole32(word);
}

static void add_code(struct start *start, const struct board *board, bool dtb, uint32_t address)
{
	add_word(start, 0xe3a00000); /* mov r0, #0 */
	add_word(start, 0xe59f1004); /* ldr r1, =machine_type */
	add_word(start, 0xe59f2004); /* ldr r2, =what to read */
	add_word(start, 0xe59ff004); /* ldr pc, =kernel */
	add_word(start, board->machine_type);
	add_word(start, dtb ? DTB_ADDRESS : ATAGS_ADDRESS);
	add_word(start, address);
}

static int add_tags(struct start *start, const struct board *board, const char *cmdline,
		    struct error *err)
{
	size_t text = strlen(cmdline) + 1, words = (text + 3) / 4;

	if (words > ATAGS_WORDS - 16)
		return error_set(err,
				 "the command line has %zu characters: too many for a kernel that "
				 "is not Linux",
				 text - 1);
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

static int node_of(struct devicetree *tree, const char *path, const char *alternative,
		   const char *name, struct error *err)
{
	int node = devicetree_node(tree, path);

	if (node < 0 && alternative)
		node = devicetree_node(tree, alternative);
	return node < 0 ? devicetree_add_node(tree, 0, name, err) : node;
}

/* What the firmware writes into every devicetree, and QEMU into those that it loads itself. */
static int complete_dtb(struct firmware_boot *boot, const struct board *board, const char *cmdline,
			struct error *err)
{
	uint32_t memory[2] = { htobe32((uint32_t)board->ram), htobe32((uint32_t)board->ram_size) };
	struct devicetree tree;
	int node, rc = -1;

	if (devicetree_open(&tree, boot->dtb, boot->dtb_len, err) < 0)
		return error_prefix(err, "devicetree");
	if (fdt_address_cells(tree.blob, 0) != 1 || fdt_size_cells(tree.blob, 0) != 1) {
		error_set(err,
			  "devicetree %s: its #address-cells and #size-cells are not 1, as a "
			  "32-bit board's are",
			  boot->dtb_name);
		goto out;
	}
	node = node_of(&tree, "/memory@0", "/memory", "memory@0", err);
	if (node < 0 ||
	    devicetree_set(&tree, node, "device_type", "memory", sizeof("memory"), err) < 0 ||
	    devicetree_set(&tree, node, "reg", memory, sizeof(memory), err) < 0)
		goto out;
	node = node_of(&tree, "/chosen", NULL, "chosen", err);
	if (node < 0 ||
	    devicetree_set(&tree, node, "bootargs", cmdline, strlen(cmdline) + 1, err) < 0)
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

/* kernel_old: the kernel is at 0, and the tags go over it, unless there are none. */
static int overwrite(struct firmware_boot *boot, const struct start *start, struct error *err)
{
	size_t end = start->count * sizeof(start->words[0]);

	if (!end)
		return 0;
	if (boot->kernel_len < end) {
		uint8_t *grown = realloc(boot->kernel, end);

		if (!grown)
			return error_set(err, "out of memory");
		memset(grown + boot->kernel_len, 0, end - boot->kernel_len);
		boot->kernel = grown;
		boot->kernel_len = end;
	}
	memcpy(boot->kernel + ATAGS_ADDRESS, &start->words[ATAGS_ADDRESS / 4], end - ATAGS_ADDRESS);
	firmware_notice(boot,
			"kernel_old=1: the firmware's tags overwrite the kernel from 0x%x on, but "
			"for disable_commandline_tags=1",
			ATAGS_ADDRESS);
	return 0;
}

/* Raw, 32-bit: what the firmware leaves in memory. */
static int make_start(struct start *start, struct firmware_boot *boot, const struct board *board,
		      const char *cmdline, struct error *err)
{
	if (!boot->kernel_old)
		add_code(start, board, boot->dtb != NULL, (uint32_t)load_address(boot, board));
	if (boot->dtb)
		return complete_dtb(boot, board, cmdline, err);
	if (!boot->no_tags && add_tags(start, board, cmdline, err) < 0)
		return -1;
	return boot->kernel_old ? overwrite(boot, start, err) : 0;
}

static int wrap(struct firmware_boot *boot, const struct board *board, const char *cmdline,
		struct error *err)
{
	uint64_t address = load_address(boot, board);
	struct start start = { .count = 0 };
	struct elf_part parts[3];
	size_t count = 0, len;
	uint8_t *kernel;

	if (check_address(boot, address, err) < 0 ||
	    make_start(&start, boot, board, cmdline, err) < 0)
		return -1;
	if (!boot->kernel_old)
		parts[count++] = (struct elf_part){ START_ADDRESS, start.words,
						    start.count * sizeof(start.words[0]) };
	parts[count++] = (struct elf_part){ (uint32_t)address, boot->kernel, boot->kernel_len };
	if (boot->dtb)
		parts[count++] = (struct elf_part){ DTB_ADDRESS, boot->dtb, boot->dtb_len };
	if (elf_make(&kernel, &len, START_ADDRESS, parts, count, err) < 0)
		return -1;
	set_kernel(boot, kernel, len);
	boot->kernel_holds_dtb = boot->dtb != NULL;
	if (boot->initrd_name)
		firmware_notice(boot, "kernel %s is not Linux: it gets no initramfs",
				boot->kernel_name);
	return 0;
}

/*
 * kernel_address, 64-bit: the kernel behind a jump, which is at the address where QEMU loads raw
 * kernels.
 */
static int put_behind_jump(struct firmware_boot *boot, const struct board *board, uint64_t usual,
			   struct error *err)
{
	struct {
		uint32_t load, jump;
		uint64_t address;
	} jump = {
		htole32(0x58000044), /* ldr x4, .+8 */
		htole32(0xd61f0080), /* br x4 */
		htole64(boot->kernel_address),
	};
	size_t before;
	uint8_t *kernel;

	if (boot->kernel_address < usual + sizeof(jump))
		return error_set(err,
				 "kernel_address=0x%llx: on QEMU's %s, 64-bit kernels can be at "
				 "0x%llx or from 0x%llx on",
				 (unsigned long long)boot->kernel_address, board->machine,
				 (unsigned long long)usual,
				 (unsigned long long)usual + sizeof(jump));
	before = (size_t)(boot->kernel_address - usual);
	kernel = calloc(1, before + boot->kernel_len);
	if (!kernel)
		return error_set(err, "out of memory");
	memcpy(kernel, &jump, sizeof(jump));
	memcpy(kernel + before, boot->kernel, boot->kernel_len);
	set_kernel(boot, kernel, before + boot->kernel_len);
	return 0;
}

/*
 * Raw, 64-bit. At 0, in the place of the firmware's own start, the kernel becomes an ELF file,
 * which QEMU enters as the processor comes out of reset: on all cores, at EL3.
 */
static int place(struct firmware_boot *boot, const struct board *board, struct error *err)
{
	uint64_t address = load_address(boot, board), usual = entry_address(board, true);
	uint8_t *kernel;
	size_t len;

	if (address == usual)
		return 0;
	if (check_address(boot, address, err) < 0)
		return -1;
	if (!boot->kernel_old)
		return put_behind_jump(boot, board, usual, err);
	if (elf_make_wide(&kernel, &len, address, boot->kernel, boot->kernel_len, err) < 0)
		return -1;
	set_kernel(boot, kernel, len);
	return 0;
}

/* Returns 1 when the kernel became a raw one, 0 when it stays as it is, -1 with ERR set. */
static int unwrap(struct firmware_boot *boot, const struct board *board, struct error *err)
{
	uint64_t address = load_address(boot, board);
	struct elf_flat flat;

	if (elf_flatten(&flat, boot->kernel, boot->kernel_len, err) < 0)
		return error_prefix(err, "kernel %s", boot->kernel_name);
	if (flat.headers && flat.entry == address && flat.address < address &&
	    address - flat.address < flat.len) {
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
			"kernel %s: its first byte belongs at 0x%llx and it is entered at 0x%llx; "
			"a raw kernel is loaded and entered "
			"at 0x%llx. QEMU starts the ELF file%s",
			boot->kernel_name, (unsigned long long)flat.address,
			(unsigned long long)flat.entry, (unsigned long long)address,
			board->firmware && board->cpus > 1 ? ", on all cores at once" : "");
	return 0;
}

int entry_prepare(struct firmware_boot *boot, const struct board *board, const char *cmdline,
		  struct error *err)
{
	enum kernel_kind kind = kernel_identify(boot->kernel, boot->kernel_len);
	bool is_linux = kind == KERNEL_ARM || kind == KERNEL_ARM64 || kind == KERNEL_X86;
	int rc = 1;

	if (is_linux && (boot->kernel_old || boot->kernel_address))
		firmware_notice(boot,
				"kernel %s is Linux: QEMU chooses its address, whatever kernel_old "
				"and kernel_address say",
				boot->kernel_name);
	if (kind == KERNEL_ARM && board->firmware && !board->kernels64)
		return firmware_pins(boot, board, err);
	if (is_linux)
		return 0;
	if (!boot->aarch64 && (board->arm_64bit || board->kernels64))
		return error_set(err,
				 "kernel %s is a 32-bit one and not Linux: QEMU's %s starts it in "
				 "64-bit state",
				 boot->kernel_name, board->machine);
	if (kind != KERNEL_RAW)
		rc = unwrap(boot, board, err);
	if (rc <= 0)
		return rc;
	if (!board->firmware)
		return 0;
	return boot->aarch64 ? place(boot, board, err) : wrap(boot, board, cmdline, err);
}
