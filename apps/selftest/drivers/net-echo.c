// SPDX-License-Identifier: MIT OR GPL-2.0-only
/*
 * net-echo: a network interface for tests, with one host behind it that answers ARP and ping at
 * 10.99.0.1 (property `host`: the last byte), and with a wire that is slow: four frames at a time
 * are under way, for 50 us each (property `wire`: as many microseconds). Asking by ARP for
 * 10.99.0.99 pulls the plug for a while.
 */
#include <ferry/driver.h>
#include <ferry/irq.h>
#include <ferry/net.h>
#include <ferry/time.h>

enum { UNDER_WAY = 4, UNPLUGGED_MS = 300 };
/*
 * Offsets in a frame; in ARP for IPv4 on Ethernet; in an IPv4 header without options, and an ICMP
 * header behind it.
 */
enum { TO = 0, FROM = 6, TYPE = 12, PAYLOAD = 14 };
enum {
	ARP_OPERATION = PAYLOAD + 6,
	ARP_FROM = PAYLOAD + 8,
	ARP_FROM_IP = PAYLOAD + 14,
	ARP_TO = PAYLOAD + 18,
	ARP_TO_IP = PAYLOAD + 24,
	ARP_END = PAYLOAD + 28
};
enum {
	IP_LENGTH = PAYLOAD,
	IP_PROTOCOL = PAYLOAD + 9,
	IP_FROM = PAYLOAD + 12,
	IP_TO = PAYLOAD + 16,
	ICMP = PAYLOAD + 20,
	ICMP_SUM = ICMP + 2,
	ICMP_END = ICMP + 8
};
enum { TYPE_IP = 0x0800, TYPE_ARP = 0x0806 };

static const uint8_t own_address[FY_NET_ADDRESS] = { 2, 0x66, 0x79, 0, 0, 2 };
static const uint8_t host_address[FY_NET_ADDRESS] = { 2, 0x66, 0x79, 0, 0, 1 };
static const uint8_t plug_ip[4] = { 10, 99, 0, 99 };

struct net_echo {
	struct fy_net net;
	struct fy_timer timer, plug;
	struct fy_lock lock;
	uint8_t host_ip[4];
	uint32_t wire_us;      /* that a frame is under way */
	uint32_t refused;      /* times that the wire was full */
	bool full;	       /* somebody was refused */
	uint32_t first, count; /* of frames[], which is a ring */
	uint32_t length[UNDER_WAY];
	uint8_t frame[UNDER_WAY][FY_NET_FRAME_MAX];
};

static void copy(uint8_t *to, const uint8_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = from[i];
}

static bool same(const uint8_t *a, const uint8_t *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

static uint32_t get16(const uint8_t *at)
{
	return (uint32_t)at[0] << 8 | at[1];
}

static void put16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

/*
 * Makes the frame, of at least ARP_END bytes, the answer to itself. Returns whether there is one.
 */
static bool answer_arp(const uint8_t *host_ip, uint8_t *frame)
{
	uint8_t asker[FY_NET_ADDRESS + 4];

	if (get16(frame + ARP_OPERATION) != 1 || !same(frame + ARP_TO_IP, host_ip, 4))
		return false;
	copy(asker, frame + ARP_FROM, sizeof(asker));
	put16(frame + ARP_OPERATION, 2);
	copy(frame + ARP_FROM, host_address, FY_NET_ADDRESS);
	copy(frame + ARP_FROM_IP, host_ip, 4);
	copy(frame + ARP_TO, asker, sizeof(asker));
	return true;
}

/*
 * The same of at least ICMP_END bytes. The request's type is 8, the answer's 0: the checksum grows
 * by the difference.
 */
static bool answer_ping(const uint8_t *host_ip, uint8_t *frame)
{
	uint32_t sum = get16(frame + ICMP_SUM) + 0x0800;

	if (frame[IP_LENGTH] != 0x45 || frame[IP_PROTOCOL] != 1 || frame[ICMP] != 8 ||
	    !same(frame + IP_TO, host_ip, 4))
		return false;
	copy(frame + IP_TO, frame + IP_FROM, 4);
	copy(frame + IP_FROM, host_ip, 4);
	frame[ICMP] = 0;
	put16(frame + ICMP_SUM, sum + (sum >> 16));
	return true;
}

static bool answer(const struct net_echo *e, uint8_t *frame, uint32_t len)
{
	uint32_t type = get16(frame + TYPE);
	bool answered = false;

	if (type == TYPE_ARP && len >= ARP_END)
		answered = answer_arp(e->host_ip, frame);
	else if (type == TYPE_IP && len >= ICMP_END)
		answered = answer_ping(e->host_ip, frame);
	copy(frame + TO, frame + FROM, FY_NET_ADDRESS);
	copy(frame + FROM, host_address, FY_NET_ADDRESS);
	return answered;
}

/* The first of the frames under way arrives. */
static uint64_t arrive(void *arg, uint64_t due)
{
	struct net_echo *e = arg;
	uint8_t *frame = e->frame[e->first];
	uint32_t len = e->length[e->first];
	fy_irqflags flags;
	bool more, full;

	if (len >= ARP_END && get16(frame + TYPE) == TYPE_ARP &&
	    same(frame + ARP_TO_IP, plug_ip, 4)) {
		fy_net_set_link(&e->net, false);
		fy_timer_start(&e->plug, fy_now_ns() + UNPLUGGED_MS * FY_NS_PER_MS);
	} else if (answer(e, frame, len)) {
		fy_net_received(&e->net, frame, len);
	}
	flags = fy_lock(&e->lock);
	e->first = (e->first + 1) % UNDER_WAY;
	more = --e->count;
	full = e->full;
	e->full = false;
	fy_unlock(&e->lock, flags);
	if (full)
		fy_net_ready(&e->net);
	return more ? due + e->wire_us * FY_NS_PER_US : FY_TIMER_STOP;
}

static uint64_t plug_in(void *arg, uint64_t due)
{
	struct net_echo *e = arg;

	fy_net_set_link(&e->net, true);
	return FY_TIMER_STOP;
}

static int send(struct fy_device *dev, const void *frame, size_t len)
{
	struct net_echo *e = fy_state(dev);
	fy_irqflags flags = fy_lock(&e->lock);
	uint32_t last = (e->first + e->count) % UNDER_WAY;
	bool first = !e->count;

	e->full = e->count == UNDER_WAY;
	if (e->full) {
		e->refused++;
	} else {
		copy(e->frame[last], frame, len);
		e->length[last] = (uint32_t)len;
		e->count++;
	}
	fy_unlock(&e->lock, flags);
	if (first)
		fy_timer_start(&e->timer, fy_now_ns() + e->wire_us * FY_NS_PER_US);
	return e->full ? FY_ERR_AGAIN : 0;
}

static int start(struct fy_device *dev, bool promiscuous)
{
	fy_info(dev, "started, for %s", promiscuous ? "all frames" : "its own");
	return 0;
}

static void stop(struct fy_device *dev)
{
	struct net_echo *e = fy_state(dev);

	fy_timer_stop(&e->timer);
	e->count = 0;
	fy_info(dev, "stopped, the wire was full %u times", (unsigned)e->refused);
}

static const struct fy_net_ops ops = { start, stop, send };

static int net_echo_probe(struct fy_device *dev)
{
	struct net_echo *e = fy_state(dev);
	uint32_t host = 1, trap = 0;

	e->wire_us = 50;
	fy_property_u32(dev, "wire", &e->wire_us);
	fy_property_u32(dev, "host", &host);
	fy_property_u32(dev, "trap", &trap);
	if (trap)
		__builtin_trap();
	copy(e->host_ip, plug_ip, 3);
	e->host_ip[3] = (uint8_t)host;
	fy_lock_init(&e->lock);
	fy_timer_init(&e->timer, dev, arrive, e);
	fy_timer_init(&e->plug, dev, plug_in, e);
	return fy_net_offer(dev, &e->net, own_address, &ops);
}

static void net_echo_remove(struct fy_device *dev)
{
	struct net_echo *e = fy_state(dev);

	fy_net_withdraw(&e->net);
	fy_timer_stop(&e->timer);
	fy_timer_stop(&e->plug);
}

FY_DESCRIPTION("Answers ARP and ping, for tests");
FY_DRIVER(net_echo) = {
	.name = "net-echo",
	.state_size = sizeof(struct net_echo),
	.probe = net_echo_probe,
	.remove = net_echo_remove,
};
