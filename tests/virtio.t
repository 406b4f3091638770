#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# virtio/ is free of everything: it compiles without any C library, for small and large machines, and needs of one only what
# compilers themselves call; and the vhost-user and L4Re ports get the same files.
# needs: nothing
. tests/tap.sh

compile() {	# $1: name; the rest: compiler and its flags
	name=$1
	shift
	mkdir -p "$dir/$name"
	for source in virtio/*.c; do
		"$@" -std=gnu11 -O2 -Wall -Wextra -Werror -ffreestanding -nostdinc -isystem "$("$1" -print-file-name=include)" \
			-c -o "$dir/$name/$(basename "$source" .c).o" "$source" || return 1
	done
}

# What all objects of $1 together leave undefined, but for the ones that are allowed.
undefined() {
	nm -g "$dir/$1"/*.o | awk 'NF == 3 { have[$3] } NF == 2 && $1 == "U" { want[$2] }
		END { for (s in want) if (!(s in have) && s !~ /^(memcpy|memmove|memset)$/) print s }'
}

try() {
	ok "compiles without a C library for $1" compile "$@"
	is "needs nothing else there: $1" "$(undefined "$1")" ""
}

try host "${CC:-cc}"
try arm64 aarch64-linux-gnu-gcc -mno-outline-atomics
try armv6 arm-linux-gnueabi-gcc -march=armv6k -marm -mfloat-abi=soft
like "includes nothing but its own and the compiler's headers" "$(sed -n 's/^#include //p' virtio/*.[ch] | sort -u | tr '\n' ' ')" \
	'^("[a-z0-9-]*\.h" )*(<std(bool|def|int)\.h> )*$'
done_testing
