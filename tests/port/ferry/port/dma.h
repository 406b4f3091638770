/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test port of <ferry/dma.h>: pieces of one block. A model gets at the memory with test_dma_at(),
 * which refuses what no piece has: so a driver that gives its device a pointer for a bus address,
 * or too long a length, ends the test.
 */
#include <assert.h>

/* bus address of the block: far from any of its addresses here */
#define TEST_DMA_BUS	    0xc0100000u
#define TEST_DMA_SIZE	    (2 * FY_DMA_SIZE_MAX)
#define TEST_DMA_PIECES_MAX 16

extern unsigned char test_dma_block[TEST_DMA_SIZE];
extern struct fy_dma test_dma_pieces[TEST_DMA_PIECES_MAX];
/* how many pieces there are; a test sets it to 0 when the device has gone */
extern unsigned test_dma_count;
extern int test_dma_result; /* what the next allocation returns, unless 0 */

static inline int fy_dma_alloc(struct fy_device *dev, size_t size, size_t align, struct fy_dma *dma)
{
	const struct fy_dma *last = test_dma_count ? &test_dma_pieces[test_dma_count - 1] : NULL;
	size_t start = last ? last->bus - TEST_DMA_BUS + last->size : 0;

	assert(test_dma_count < TEST_DMA_PIECES_MAX);
	if (!fy_dma_valid(size, align))
		return FY_ERR_INVALID;
	if (test_dma_result)
		return test_dma_result;
	align = align < 64 ? 64 : align;
	start = (start / align + 1) * align; /* with a gap, so that no piece is another's end */
	if (start + size > TEST_DMA_SIZE)
		return FY_ERR_NO_MEMORY;
	memset(test_dma_block + start, 0, size);
	*dma = (struct fy_dma){ test_dma_block + start, TEST_DMA_BUS + (uint32_t)start, size };
	test_dma_pieces[test_dma_count++] = *dma;
	return 0;
}

/* The SIZE bytes that a device finds at the bus address BUS. */
static inline void *test_dma_at(uint32_t bus, size_t size)
{
	for (unsigned i = 0; i < test_dma_count; i++) {
		const struct fy_dma *piece = &test_dma_pieces[i];

		if (bus >= piece->bus && bus - piece->bus <= piece->size &&
		    size <= piece->size - (bus - piece->bus))
			return (unsigned char *)piece->memory + (bus - piece->bus);
	}
	assert(!"memory that was allocated for devices");
	return NULL;
}
