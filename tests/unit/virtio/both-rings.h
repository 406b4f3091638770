/* SPDX-License-Identifier: GPL-2.0-only */
/* Tests that are run with a split and with a packed ring. */
#ifndef TESTS_VIRTIO_BOTH_RINGS_H
#define TESTS_VIRTIO_BOTH_RINGS_H

#include "guest.h"

#define PACKED	    VIRTIO_FEATURE(VIRTIO_F_RING_PACKED)
#define EVENT	    VIRTIO_FEATURE(VIRTIO_F_EVENT_IDX)
#define INDIRECTION VIRTIO_FEATURE(VIRTIO_F_INDIRECT_DESC)

static struct virtio_segment segments[64];
static struct virtio_chain chain = { .segment = segments, .capacity = 64 };

/* The test is run for each kind of ring: its features are the state. */
static inline uint64_t features_of(void **state)
{
	return *(const uint64_t *)*state;
}

/* Each test with a split and with a packed ring. */
static const uint64_t split_features, packed_features = PACKED;
#define BOTH(test)                                                                      \
	{ "split: " #test, test, NULL, NULL, (void *)(uintptr_t)&split_features },      \
	{                                                                               \
		"packed: " #test, test, NULL, NULL, (void *)(uintptr_t)&packed_features \
	}

#endif
