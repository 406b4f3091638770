/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages of the vhost-user protocol as they are on the wire (QEMU, docs/interop/vhost-user.rst),
 * all numbers in the machine's own order, and how they are received and answered over a socket that
 * never blocks.
 */
#ifndef PORTS_USER_VHOST_MESSAGE_H
#define PORTS_USER_VHOST_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fds.h"

#define VHOST_MESSAGE_FDS     VHOST_FDS_MAX
#define VHOST_TABLE_REGIONS   8 /* in one SET_MEM_TABLE */
#define VHOST_CONFIG_SIZE_MAX 256

enum vhost_request {
	VHOST_GET_FEATURES = 1,
	VHOST_SET_FEATURES = 2,
	VHOST_SET_OWNER = 3,
	VHOST_RESET_OWNER = 4,
	VHOST_SET_MEM_TABLE = 5,
	VHOST_SET_VRING_NUM = 8,
	VHOST_SET_VRING_ADDR = 9,
	VHOST_SET_VRING_BASE = 10,
	VHOST_GET_VRING_BASE = 11,
	VHOST_SET_VRING_KICK = 12,
	VHOST_SET_VRING_CALL = 13,
	VHOST_SET_VRING_ERR = 14,
	VHOST_GET_PROTOCOL_FEATURES = 15,
	VHOST_SET_PROTOCOL_FEATURES = 16,
	VHOST_GET_QUEUE_NUM = 17,
	VHOST_SET_VRING_ENABLE = 18,
	VHOST_SET_BACKEND_REQ_FD = 21,
	VHOST_GET_CONFIG = 24,
	VHOST_SET_CONFIG = 25,
	VHOST_GET_INFLIGHT_FD = 31,
	VHOST_SET_INFLIGHT_FD = 32,
	VHOST_RESET_DEVICE = 34,
	VHOST_GET_MAX_MEM_SLOTS = 36,
	VHOST_ADD_MEM_REG = 37,
	VHOST_REM_MEM_REG = 38,
	VHOST_SET_STATUS = 39,
	VHOST_GET_STATUS = 40,
	VHOST_REQUESTS,
	/* Of a proxy to its worker alone (relay.h), in the place of SET_VRING_BASE. */
	VHOST_SET_VRING_PLACE = 1 << 30,
};

/* What a back end asks for, by the socket of SET_BACKEND_REQ_FD. */
enum { VHOST_BACKEND_CONFIG_CHANGED = 2 };

/* Bits of a header's flags. */
enum {
	VHOST_VERSION = 1,
	VHOST_VERSION_MASK = 3,
	VHOST_REPLY = 4,
	VHOST_NEED_REPLY = 8,
};

/*
 * The virtio feature bit that says that there are protocol features, and those, as numbers of bits.
 */
#define VHOST_F_PROTOCOL_FEATURES 30
enum {
	VHOST_PROTOCOL_F_MQ = 0,
	VHOST_PROTOCOL_F_REPLY_ACK = 3,
	VHOST_PROTOCOL_F_BACKEND_REQ = 5,
	VHOST_PROTOCOL_F_CONFIG = 9,
	VHOST_PROTOCOL_F_INFLIGHT_SHMFD = 12,
	VHOST_PROTOCOL_F_RESET_DEVICE = 13,
	VHOST_PROTOCOL_F_CONFIGURE_MEM_SLOTS = 15,
	VHOST_PROTOCOL_F_STATUS = 16,
};

/* Of the number in SET_VRING_KICK, _CALL and _ERR. */
#define VHOST_VRING_INDEX_MASK UINT64_C(0xff)
#define VHOST_VRING_NO_FD      UINT64_C(0x100)

/* Payloads. They are laid out alike with and without packing. */
struct vhost_vring_state {
	uint32_t index, num;
};
struct vhost_vring_place {
	uint32_t index, base;
	uint64_t start; /* counts the ring's starts, from 1 on */
};
struct vhost_vring_addr {
	uint32_t index, flags;
	uint64_t descriptors, used, available, log; /* addresses in the front end's address space */
};
struct vhost_region {
	uint64_t guest, size, user, offset;
};
struct vhost_mem_table {
	uint32_t regions, padding;
	struct vhost_region region[VHOST_TABLE_REGIONS];
};
struct vhost_mem_reg {
	uint64_t padding;
	struct vhost_region region;
};
struct vhost_config {
	uint32_t offset, size, flags;
	unsigned char bytes[VHOST_CONFIG_SIZE_MAX];
};
enum { VHOST_CONFIG_HEADER = 12, VHOST_CONFIG_MIGRATION = 1 };
struct vhost_inflight {
	uint64_t size, offset;
	uint16_t queues, queue_size;
	uint32_t padding; /* not on the wire */
};
enum { VHOST_INFLIGHT_PAYLOAD = 20 };

struct vhost_header {
	uint32_t request, flags, size;
};

/*
 * A message, as far as it has come. The file descriptors are the message's until a handler takes
 * one and puts -1 in its place.
 */
struct vhost_message {
	struct vhost_header header;
	union {
		uint64_t u64;
		struct vhost_vring_state state;
		struct vhost_vring_place place;
		struct vhost_vring_addr addr;
		struct vhost_mem_table table;
		struct vhost_mem_reg reg;
		struct vhost_config config;
		struct vhost_inflight inflight;
		unsigned char bytes[sizeof(struct vhost_config)];
	};
	size_t received; /* bytes, the header's included */
	unsigned fds;
	int fd[VHOST_MESSAGE_FDS];
};

enum vhost_received {
	VHOST_RECEIVED,	  /* a whole message */
	VHOST_INCOMPLETE, /* call again when there is more to read */
	VHOST_ENDED,	  /* the other side has closed the connection */
	VHOST_BROKEN,	  /* it sent what is no message; *WHY says so */
};

/*
 * Makes *MESSAGE empty, so that the next can be received; closes the descriptors that it still has.
 */
void vhost_message_clear(struct vhost_message *message);
/* Makes it so without looking at it: before its first use. */
void vhost_message_init(struct vhost_message *message);
/*
 * Reads more of *MESSAGE from SOCKET. Each request's size and number of descriptors is the business
 * of vhost_request_check().
 */
enum vhost_received vhost_message_receive(struct vhost_message *message, int socket,
					  const char **why);
/*
 * Sends SIZE bytes of MESSAGE's payload as the answer to it, with descriptor FD unless that is -1.
 * False: the other side does not read its answers, or is gone.
 */
bool vhost_message_reply(struct vhost_message *message, int socket, uint32_t size, int fd);
/*
 * Sends MESSAGE as it stands, with its descriptors, which stay the message's. False: the other side
 * does not read, or is gone.
 */
bool vhost_message_send(const struct vhost_message *message, int socket);

#endif
