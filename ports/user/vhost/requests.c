// SPDX-License-Identifier: GPL-2.0-only
/*
 * The requests of the protocol, in one table: what each must look like, who serves it, and what
 * must have been negotiated for it. See requests.h and docs/interop/vhost-user.rst.
 */
#include "requests.h"

#define VHOST_PROTOCOL_F_NONE 0xff

/* Behind the protocol's own ones, the one of a proxy to its worker. */
enum { PLACE = VHOST_REQUESTS, ROWS };

struct request {
	const char *name;
	vhost_handler *serve;
	uint8_t feature; /* the protocol feature without which it may not come */
	/* of the payload, in bytes; of descriptors, whose kinds are the business of foreign.h */
	uint16_t size_least, size_most;
	uint8_t fds_least, fds_most;
	bool answers; /* it has an answer of its own */
};

enum { PLAIN = false, ANSWER = true };
#define ROW(request, handler, needs, size_least, size_most, fds_least, fds_most, answers) \
	[VHOST_##request] = { #request,	  vhost_##handler, VHOST_PROTOCOL_F_##needs,      \
			      size_least, size_most,	   fds_least,                     \
			      fds_most,	  answers }

/* Sizes of payloads that have a struct. */
enum {
	TABLE = sizeof(struct vhost_mem_table),
	REGIONS = VHOST_TABLE_REGIONS,
	CONFIG_HEADER = VHOST_CONFIG_HEADER,
	CONFIG = sizeof(struct vhost_config),
	INFLIGHT_MIN = VHOST_INFLIGHT_PAYLOAD,
	INFLIGHT = sizeof(struct vhost_inflight),
};

static const struct request requests[ROWS] = {
	ROW(GET_FEATURES, get_features, NONE, 0, 0, 0, 0, ANSWER),
	ROW(SET_FEATURES, set_features, NONE, 8, 8, 0, 0, PLAIN),
	ROW(SET_OWNER, set_owner, NONE, 0, 0, 0, 0, PLAIN),
	ROW(RESET_OWNER, reset_owner, NONE, 0, 0, 0, 0, PLAIN),
	ROW(SET_MEM_TABLE, set_mem_table, NONE, 8, TABLE, 0, REGIONS, PLAIN),
	ROW(SET_VRING_NUM, set_vring_num, NONE, 8, 8, 0, 0, PLAIN),
	ROW(SET_VRING_ADDR, set_vring_addr, NONE, 40, 40, 0, 0, PLAIN),
	ROW(SET_VRING_BASE, set_vring_base, NONE, 8, 8, 0, 0, PLAIN),
	ROW(GET_VRING_BASE, get_vring_base, NONE, 8, 8, 0, 0, ANSWER),
	ROW(SET_VRING_KICK, set_vring_kick, NONE, 8, 8, 0, 1, PLAIN),
	ROW(SET_VRING_CALL, set_vring_call, NONE, 8, 8, 0, 1, PLAIN),
	ROW(SET_VRING_ERR, set_vring_err, NONE, 8, 8, 0, 1, PLAIN),
	ROW(GET_PROTOCOL_FEATURES, get_protocol_features, NONE, 0, 0, 0, 0, ANSWER),
	ROW(SET_PROTOCOL_FEATURES, set_protocol_features, NONE, 8, 8, 0, 0, PLAIN),
	ROW(GET_QUEUE_NUM, get_queue_num, NONE, 0, 0, 0, 0, ANSWER),
	ROW(SET_VRING_ENABLE, set_vring_enable, NONE, 8, 8, 0, 0, PLAIN),
	ROW(SET_BACKEND_REQ_FD, set_backend_req_fd, BACKEND_REQ, 0, 0, 1, 1, PLAIN),
	ROW(GET_CONFIG, get_config, CONFIG, CONFIG_HEADER, CONFIG, 0, 0, ANSWER),
	ROW(SET_CONFIG, set_config, CONFIG, CONFIG_HEADER, CONFIG, 0, 0, PLAIN),
	ROW(GET_INFLIGHT_FD, get_inflight_fd, INFLIGHT_SHMFD, INFLIGHT_MIN, INFLIGHT, 0, 0, ANSWER),
	ROW(SET_INFLIGHT_FD, set_inflight_fd, INFLIGHT_SHMFD, INFLIGHT_MIN, INFLIGHT, 1, 1, PLAIN),
	ROW(RESET_DEVICE, reset_device, RESET_DEVICE, 0, 0, 0, 0, PLAIN),
	ROW(GET_MAX_MEM_SLOTS, get_max_mem_slots, CONFIGURE_MEM_SLOTS, 0, 0, 0, 0, ANSWER),
	ROW(ADD_MEM_REG, add_mem_reg, CONFIGURE_MEM_SLOTS, 40, 40, 1, 1, PLAIN),
	/* Some front ends send a descriptor, which is closed. */
	ROW(REM_MEM_REG, rem_mem_reg, CONFIGURE_MEM_SLOTS, 40, 40, 0, 1, PLAIN),
	ROW(SET_STATUS, set_status, STATUS, 8, 8, 0, 0, PLAIN),
	ROW(GET_STATUS, get_status, STATUS, 0, 0, 0, 0, ANSWER),
	[PLACE] = {
		.name = "SET_VRING_PLACE",
		.serve = vhost_set_vring_place,
		.feature = VHOST_PROTOCOL_F_NONE,
		.size_least = sizeof(struct vhost_vring_place),
		.size_most = sizeof(struct vhost_vring_place),
	},
};

static const struct request *find_request(uint32_t number)
{
	if (number == VHOST_SET_VRING_PLACE)
		return &requests[PLACE];
	return number < VHOST_REQUESTS && requests[number].name ? &requests[number] : NULL;
}

const char *vhost_request_name(uint32_t number)
{
	const struct request *request = find_request(number);

	return request ? request->name : "an unknown request";
}

bool vhost_request_answers(uint32_t number)
{
	const struct request *request = find_request(number);

	return request && request->answers;
}

const char *vhost_request_check(const struct vhost_message *message)
{
	const struct request *request = find_request(message->header.request);

	if ((message->header.flags & VHOST_VERSION_MASK) != VHOST_VERSION)
		return "another version of the protocol";
	if (message->header.flags & VHOST_REPLY)
		return "an answer that nobody asked for";
	if (!request)
		return NULL;
	if (message->header.size < request->size_least || message->header.size > request->size_most)
		return "wrong size";
	if (message->fds < request->fds_least)
		return "no file descriptor";
	if (message->fds > request->fds_most)
		return "too many file descriptors";
	return NULL;
}

/* The request that SESSION's front end may make by that number; NULL: nobody knows it. */
static const struct request *find_for(const struct vhost_session *session, uint32_t number)
{
	return number == VHOST_SET_VRING_PLACE && !session->proxied ? NULL : find_request(number);
}

static bool was_negotiated(const struct vhost_session *session, const struct request *request)
{
	return request->feature == VHOST_PROTOCOL_F_NONE ||
	       session->protocol_features & BIT(request->feature);
}

const char *vhost_serve_request(struct vhost_session *session)
{
	struct vhost_message *message = &session->message;
	const struct request *request = find_for(session, message->header.request);
	const char *why = vhost_request_check(message);
	bool wants_ack;

	if (why)
		return why;
	if (request && !was_negotiated(session, request))
		return "its protocol feature was not negotiated";
	why = request ? request->serve(session, message) : "nobody knows it";
	/* Checked afterwards: the request may be the one that switches acknowledgements on. */
	wants_ack = message->header.flags & VHOST_NEED_REPLY &&
		    session->protocol_features & BIT(VHOST_PROTOCOL_F_REPLY_ACK);
	if ((request && request->answers) || !wants_ack)
		return why;
	/*
	 * The front end gets the failure as an answer, and may go on without the requested feature.
	 */
	if (why)
		vhost_session_log(session, USER_LOG_WARN, "%s: %s",
				  vhost_request_name(message->header.request), why);
	return vhost_answer_u64(session, why ? 1 : 0);
}
