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
static uint64_t load_address(const struct payload *payload, const struct board *board)
{
	if (payload->kernel_old)
		return 0;
	return payload->kernel_address ? payload->kernel_address :
					 entry_address(board, payload->aarch64);
}

/* For a raw kernel. */
static int check_address(const struct payload *payload, uint64_t address, struct error *err)
{
	if (!payload->kernel_old &&
	    (address % 4 || address < FIRST_ADDRESS || address >= DTB_ADDRESS))
		return error_set(err,
				 "kernel_address=0x%llx: expected a multiple of 4 from 0x%x to "
				 "0x%x (for 0: kernel_old=1)",
				 (unsigned long long)address, FIRST_ADDRESS, DTB_ADDRESS - 4);
	if (payload->kernel_len > DTB_ADDRESS - address)
		return error_set(
			err,
			"kernel %s is larger than %llu KiB, the room from 0x%llx to the devicetree",
			payload->kernel_name, (unsigned long long)(DTB_ADDRESS - address) >> 10,
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
static int complete_dtb(struct payload *payload, const struct board *board, const char *cmdline,
			struct error *err)
{
	uint32_t memory[2] = { htobe32((uint32_t)board->ram), htobe32((uint32_t)board->ram_size) };
	struct devicetree tree;
	int node, rc = -1;

	if (devicetree_open(&tree, payload->dtb, payload->dtb_len, err) < 0)
		return error_prefix(err, "devicetree");
	if (fdt_address_cells(tree.blob, 0) != 1 || fdt_size_cells(tree.blob, 0) != 1) {
		error_set(err,
			  "devicetree %s: its #address-cells and #size-cells are not 1, as a "
			  "32-bit board's are",
			  payload->dtb_name);
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
	free(payload->dtb);
	payload->dtb = NULL;
	rc = devicetree_finish(&tree, &payload->dtb, &payload->dtb_len, err);
out:
	devicetree_close(&tree);
	return rc;
}

static void set_kernel(struct payload *payload, uint8_t *kernel, size_t len)
{
	free(payload->kernel);
	payload->kernel = kernel;
	payload->kernel_len = len;
}

/* kernel_old: the kernel is at 0, and the tags go over it, unless there are none. */
static int overwrite(struct payload *payload, const struct start *start, struct error *err)
{
	size_t end = start->count * sizeof(start->words[0]);

	if (!end)
		return 0;
	if (payload->kernel_len < end) {
		uint8_t *grown = realloc(payload->kernel, end);

		if (!grown)
			return error_set(err, "out of memory");
		memset(grown + payload->kernel_len, 0, end - payload->kernel_len);
		payload->kernel = grown;
		payload->kernel_len = end;
	}
	memcpy(payload->kernel + ATAGS_ADDRESS, &start->words[ATAGS_ADDRESS / 4],
	       end - ATAGS_ADDRESS);
	notices_add(&payload->notices,
		    "kernel_old=1: the firmware's tags overwrite the kernel from 0x%x on, but "
		    "for disable_commandline_tags=1",
		    ATAGS_ADDRESS);
	return 0;
}

/* Raw, 32-bit: what the firmware leaves in memory. */
static int make_start(struct start *start, struct payload *payload, const struct board *board,
		      const char *cmdline, struct error *err)
{
	if (!payload->kernel_old)
		add_code(start, board, payload->dtb != NULL,
			 (uint32_t)load_address(payload, board));
	if (payload->dtb)
		return complete_dtb(payload, board, cmdline, err);
	if (!payload->no_tags && add_tags(start, board, cmdline, err) < 0)
		return -1;
	return payload->kernel_old ? overwrite(payload, start, err) : 0;
}

static int wrap(struct payload *payload, const struct board *board, const char *cmdline,
		struct error *err)
{
	uint64_t address = load_address(payload, board);
	struct start start = { .count = 0 };
	struct elf_part parts[3];
	size_t count = 0, len;
	uint8_t *kernel;

	if (check_address(payload, address, err) < 0 ||
	    make_start(&start, payload, board, cmdline, err) < 0)
		return -1;
	if (!payload->kernel_old)
		parts[count++] = (struct elf_part){ START_ADDRESS, start.words,
						    start.count * sizeof(start.words[0]) };
	parts[count++] =
		(struct elf_part){ (uint32_t)address, payload->kernel, payload->kernel_len };
	if (payload->dtb)
		parts[count++] = (struct elf_part){ DTB_ADDRESS, payload->dtb, payload->dtb_len };
	if (elf_make(&kernel, &len, START_ADDRESS, parts, count, err) < 0)
		return -1;
	set_kernel(payload, kernel, len);
	payload->kernel_holds_dtb = payload->dtb != NULL;
	if (payload->initrd_name)
		notices_add(&payload->notices, "kernel %s is not Linux: it gets no initramfs",
			    payload->kernel_name);
	return 0;
}

/*
 * kernel_address, 64-bit: the kernel behind a jump, which is at the address where QEMU loads raw
 * kernels.
 */
static int put_behind_jump(struct payload *payload, const struct board *board, uint64_t usual,
			   struct error *err)
{
	struct {
		uint32_t load, jump;
		uint64_t address;
	} jump = {
		htole32(0x58000044), /* ldr x4, .+8 */
		htole32(0xd61f0080), /* br x4 */
		htole64(payload->kernel_address),
	};
	size_t before;
	uint8_t *kernel;

	if (payload->kernel_address < usual + sizeof(jump))
		return error_set(err,
				 "kernel_address=0x%llx: on QEMU's %s, 64-bit kernels can be at "
				 "0x%llx or from 0x%llx on",
				 (unsigned long long)payload->kernel_address, board->machine,
				 (unsigned long long)usual,
				 (unsigned long long)usual + sizeof(jump));
	before = (size_t)(payload->kernel_address - usual);
	kernel = calloc(1, before + payload->kernel_len);
	if (!kernel)
		return error_set(err, "out of memory");
	memcpy(kernel, &jump, sizeof(jump));
	memcpy(kernel + before, payload->kernel, payload->kernel_len);
	set_kernel(payload, kernel, before + payload->kernel_len);
	return 0;
}

/*
 * Raw, 64-bit. At 0, in the place of the firmware's own start, the kernel becomes an ELF file,
 * which QEMU enters as the processor comes out of reset: on all cores, at EL3.
 */
static int place(struct payload *payload, const struct board *board, struct error *err)
{
	uint64_t address = load_address(payload, board), usual = entry_address(board, true);
	uint8_t *kernel;
	size_t len;

	if (address == usual)
		return 0;
	if (check_address(payload, address, err) < 0)
		return -1;
	if (!payload->kernel_old)
		return put_behind_jump(payload, board, usual, err);
	if (elf_make_wide(&kernel, &len, address, payload->kernel, payload->kernel_len, err) < 0)
		return -1;
	set_kernel(payload, kernel, len);
	return 0;
}

/* Returns 1 when the kernel became a raw one, 0 when it stays as it is, -1 with ERR set. */
static int unwrap(struct payload *payload, const struct board *board, struct error *err)
{
	uint64_t address = load_address(payload, board);
	struct elf_flat flat;

	if (elf_flatten(&flat, payload->kernel, payload->kernel_len, err) < 0)
		return error_prefix(err, "kernel %s", payload->kernel_name);
	if (flat.headers && flat.entry == address && flat.address < address &&
	    address - flat.address < flat.len) {
		flat.len -= (size_t)(address - flat.address);
		memmove(flat.bytes, flat.bytes + (address - flat.address), flat.len);
		flat.address = address;
	}
	if (flat.address == address && flat.entry == address) {
		set_kernel(payload, flat.bytes, flat.len);
		return 1;
	}
	free(flat.bytes);
	notices_add(&payload->notices,
		    "kernel %s: its first byte belongs at 0x%llx and it is entered at 0x%llx; "
		    "a raw kernel is loaded and entered "
		    "at 0x%llx. QEMU starts the ELF file%s",
		    payload->kernel_name, (unsigned long long)flat.address,
		    (unsigned long long)flat.entry, (unsigned long long)address,
		    board->firmware && board->cpus > 1 ? ", on all cores at once" : "");
	return 0;
}

int entry_prepare(struct payload *payload, const struct board *board, const char *cmdline,
		  struct error *err)
{
	enum kernel_kind kind = kernel_identify(payload->kernel, payload->kernel_len);
	bool is_linux = kind == KERNEL_ARM || kind == KERNEL_ARM64 || kind == KERNEL_X86;
	int rc = 1;

	if (is_linux && (payload->kernel_old || payload->kernel_address))
		notices_add(&payload->notices,
			    "kernel %s is Linux: QEMU chooses its address, whatever kernel_old "
			    "and kernel_address say",
			    payload->kernel_name);
	if (kind == KERNEL_ARM && board->firmware && !board->kernels64)
		return firmware_pins(payload, board, err);
	if (is_linux)
		return 0;
	if (!payload->aarch64 && (board->arm_64bit || board->kernels64))
		return error_set(err,
				 "kernel %s is a 32-bit one and not Linux: QEMU's %s starts it in "
				 "64-bit state",
				 payload->kernel_name, board->machine);
	if (kind != KERNEL_RAW)
		rc = unwrap(payload, board, err);
	if (rc <= 0)
		return rc;
	if (!board->firmware)
		return 0;
	return payload->aarch64 ? place(payload, board, err) : wrap(payload, board, cmdline, err);
}
