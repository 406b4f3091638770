// SPDX-License-Identifier: GPL-2.0-only
/*
 * bench/virtqueue: DPDK's librte_vhost takes the same frames: this process is its front end too,
 * over a socket. usage: dpdk KIND ROUNDS SOCKET
 */
#define _GNU_SOURCE
#include <rte_eal.h>
#include <rte_mbuf.h>
#include <rte_vhost.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ring.h"

enum { BURST = 32, TRANSMIT = 1 };
enum {
	GET_FEATURES = 1,
	SET_FEATURES = 2,
	SET_OWNER = 3,
	SET_MEM_TABLE = 5,
	SET_VRING_NUM = 8,
	SET_VRING_ADDR = 9,
	SET_VRING_BASE = 10,
	SET_VRING_KICK = 12,
	SET_VRING_CALL = 13
};

static struct rte_mempool *pool;
static volatile int ready = -1;

static int new_device(int vid)
{
	ready = vid;
	return 0;
}

static void destroy_device(int vid)
{
	(void)vid;
}

static const struct rte_vhost_device_ops ops = { .new_device = new_device,
						 .destroy_device = destroy_device };

unsigned take_all(void *device, uint64_t *sum)
{
	int vid = *(int *)device;
	struct rte_mbuf *frame[BURST];
	unsigned count = 0, n;

	while ((n = rte_vhost_dequeue_burst(vid, TRANSMIT, pool, frame, BURST))) {
		for (unsigned i = 0; i < n; i++)
			*sum += rte_pktmbuf_mtod(frame[i], unsigned char *)[FRAME - HEADER - 1];
		rte_pktmbuf_free_bulk(frame, n);
		count += n;
	}
	return count;
}

/* Sends a vhost-user message of SIZE bytes with a file descriptor, unless FD is -1. */
static void send_message(int socket, uint32_t request, const void *payload, uint32_t size, int fd)
{
	uint32_t header[3] = { request, 1, size };
	struct iovec part[2] = { { header, sizeof(header) }, { (void *)(uintptr_t)payload, size } };
	char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct msghdr message = { .msg_iov = part, .msg_iovlen = 2 };

	if (fd >= 0) {
		message.msg_control = control;
		message.msg_controllen = sizeof(control);
		struct cmsghdr *c = CMSG_FIRSTHDR(&message);
		*c = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof(int)),
				       .cmsg_level = SOL_SOCKET,
				       .cmsg_type = SCM_RIGHTS };
		memcpy(CMSG_DATA(c), &fd, sizeof(int));
	}
	if (sendmsg(socket, &message, 0) < 0)
		exit(1);
}

static void set_up_queue(int socket, const struct ring *ring, uint32_t index, size_t at)
{
	uint64_t here = (uint64_t)(uintptr_t)ring->memory + at, number = index;
	uint32_t size[2] = { index, SIZE }, base[2] = { index, ring->packed ? 0x8000 : 0 };
	struct {
		uint32_t index, flags;
		uint64_t descriptors, device, driver, log;
	} address = { index, 0, here + DESCRIPTORS, here + DEVICE, here + DRIVER, 0 };

	send_message(socket, SET_VRING_NUM, size, sizeof(size), -1);
	send_message(socket, SET_VRING_BASE, base, sizeof(base), -1);
	send_message(socket, SET_VRING_ADDR, &address, sizeof(address), -1);
	send_message(socket, SET_VRING_CALL, &number, sizeof(number), eventfd(0, 0));
	send_message(socket, SET_VRING_KICK, &number, sizeof(number), eventfd(0, 0));
}

static void connect_front_end(const char *path, const struct ring *ring, int memory)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	unsigned char reply[20];
	struct {
		uint32_t regions, padding;
		uint64_t guest, size, here, offset;
	} table = { 1, 0, GUEST, MEMORY_SIZE, (uint64_t)(uintptr_t)ring->memory, 0 };

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
		exit(1);
	send_message(fd, GET_FEATURES, NULL, 0, -1);
	if (recv(fd, reply, sizeof(reply), MSG_WAITALL) != sizeof(reply))
		exit(1);
	send_message(fd, SET_OWNER, NULL, 0, -1);
	send_message(fd, SET_FEATURES, &ring->features, sizeof(ring->features), -1);
	send_message(fd, SET_MEM_TABLE, &table, sizeof(table), memory);
	set_up_queue(fd, ring, 0, OTHER);
	set_up_queue(fd, ring, TRANSMIT, 0);
}

int main(int argc, char **argv)
{
	char *eal[] = {
		"dpdk", "--no-huge", "--no-pci", "--no-telemetry",	    "--no-shconf", "-m",
		"64",	"-l",	     "0",	 "--log-level=lib.*:error", NULL
	};
	int memory = memfd_create("guest", 0), vid;
	struct ring ring;
	unsigned char *bytes;

	if (argc != 4 || ftruncate(memory, MEMORY_SIZE))
		return 2;
	bytes = mmap(NULL, MEMORY_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	ring = prepare(argv[1], bytes);
	if (rte_eal_init(sizeof(eal) / sizeof(eal[0]) - 1, eal) < 0)
		return 1;
	pool = rte_pktmbuf_pool_create("frames", 1023, 128, 0, RTE_MBUF_DEFAULT_BUF_SIZE, 0);
	if (!pool || rte_vhost_driver_register(argv[3], 0) ||
	    rte_vhost_driver_callback_register(argv[3], &ops) || rte_vhost_driver_start(argv[3]))
		return 1;
	connect_front_end(argv[3], &ring, memory);
	while (ready < 0)
		usleep(1000);
	vid = ready;
	return measure(&ring, &vid, (unsigned)atoi(argv[2]));
}
