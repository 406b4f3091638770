/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requests of front ends: what the protocol has of each is in the table of requests.c, what they do
 * in request-device.c and request-queue.c.
 */
#ifndef PORTS_USER_VHOST_REQUESTS_H
#define PORTS_USER_VHOST_REQUESTS_H

#include "vhost-session.h"

/*
 * Checks a whole message: version, size, number of descriptors. Returns NULL or what is wrong with
 * it: a request that is known, but not as this one stands. Of an unknown request nothing but the
 * version is checked.
 */
const char *vhost_request_check(const struct vhost_message *message);
/*
 * Whether request NUMBER always has an answer of its own, besides the acknowledgement that any may
 * have.
 */
bool vhost_request_answers(uint32_t number);
/* "SET_MEM_TABLE", or "an unknown request". */
const char *vhost_request_name(uint32_t number);
/* Serves the session's message. Returns NULL, or what is wrong: "the queue runs". */
const char *vhost_serve_request(struct vhost_session *session);

/* ---- For what serves them ---- */

/*
 * How it ends: NULL, or what is wrong. It has answered the request itself if that is one that
 * always has an answer.
 */
typedef const char *vhost_handler(struct vhost_session *session, struct vhost_message *message);

vhost_handler vhost_get_features, vhost_set_features, vhost_get_protocol_features,
	vhost_set_protocol_features, vhost_get_queue_num, vhost_set_owner, vhost_reset_owner,
	vhost_reset_device, vhost_set_status, vhost_get_status, vhost_get_config, vhost_set_config,
	vhost_set_mem_table, vhost_get_max_mem_slots, vhost_add_mem_reg, vhost_rem_mem_reg,
	vhost_set_vring_num, vhost_set_vring_addr, vhost_set_vring_base, vhost_set_vring_place,
	vhost_get_vring_base, vhost_set_vring_enable, vhost_set_backend_req_fd,
	vhost_set_vring_kick, vhost_set_vring_call, vhost_set_vring_err, vhost_get_inflight_fd,
	vhost_set_inflight_fd;

#define BIT(n) (UINT64_C(1) << (n))

static const char vhost_no_answer[] = "it does not read its answers";

/* Answers with SIZE bytes of the message's payload. Returns NULL, or what is wrong. */
static inline const char *vhost_answer(struct vhost_session *session, uint32_t size)
{
	return vhost_message_reply(&session->message, session->socket.fd, size, -1) ?
		       NULL :
		       vhost_no_answer;
}

static inline const char *vhost_answer_u64(struct vhost_session *session, uint64_t value)
{
	session->message.u64 = value;
	return vhost_answer(session, sizeof(value));
}

/* Takes the message's descriptor NUMBER; it is the caller's then. */
static inline int vhost_take_fd(struct vhost_message *message, unsigned number)
{
	int fd = message->fd[number];

	message->fd[number] = -1;
	return fd;
}

#endif
