// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs in a guest: loads and unloads a module COUNT times and prints the mean time of each, in
 * nanoseconds of the guest. usage: load COUNT FILE.ko NAME
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv)
{
	int count = argc == 4 ? atoi(argv[1]) : 0, fd = argc == 4 ? open(argv[2], O_RDONLY) : -1;
	long long load = 0, unload = 0, start, middle;

	for (int i = 0; i < count; i++) {
		start = now();
		if (syscall(SYS_finit_module, fd, "", 0) != 0) {
			perror(argv[2]);
			return 1;
		}
		middle = now();
		if (syscall(SYS_delete_module, argv[3], O_NONBLOCK) != 0) {
			perror(argv[3]);
			return 1;
		}
		load += middle - start;
		unload += now() - middle;
	}
	if (fd < 0 || !count)
		return 2;
	printf("load %lld unload %lld\n", load / count, unload / count);
	return 0;
}
