#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `make module` says in one line what to do about a kernel's directory, a compiler or a tree that will not do, before kbuild is
# started. Needs Debian's headers, which `make check` has fetched.
# needs: tool packages-of-virt
. tests/tap.sh
headers() { echo "$root/build/cache/$1/root/usr/src"/linux-headers-*-"$2"; }
virt=$(headers virt arm64)

# Environment of a kernel developer must not count here.
unset ARCH CROSS_COMPILE CC KDIR BOARD HOSTCC

says() { # NAME REGEX VARIABLE=VALUE...: make module fails with one line
	name=$1 regex=$2
	shift 2
	run make -s module DRIVER=hello OUTPUT="$dir/out" "$@"
	like "$name" "$status $err" "^2 .*$regex"
	[ "$(printf '%s\n' "$err" | grep -vc '^make')" = 1 ] || fail "$name: one line" "$err"
}
# The headers of virt with every file a link, for changes.
copy_headers() { # NAME
	mkdir "$dir/$1"
	cp -Rs "$virt/." "$dir/$1"
	rm "$dir/$1/scripts" "$dir/$1/tools"
	ln -s "$virt/scripts" "$dir/$1/scripts"
}
# A tree of Ferry's, elsewhere.
tree_at() { # DIRECTORY
	mkdir "$1"
	for name in Makefile VERSION mk include drivers ports services scripts boards lib tool virtio; do ln -s "$root/$name" "$1/$name"; done
}
replace() { rm "$1" && cat >"$1"; }

says "the running kernel without headers" "headers of the running kernel are not there \($dir/none/.*/build\): install them .*KDIR=.*BOARD=" \
	LIB_MODULES="$dir/none"
says "a KDIR that is not there" "there is no directory $dir/none: is the kernel's headers package installed\?" KDIR="$dir/none"
says "one with a space" "KDIR=$dir/a b: a path must not have a space or a quote" KDIR="$dir/a b"
says "one with a quote" "KDIR=$dir/a'b: a path must not have a space or a quote" KDIR="$dir/a'b"
says "an output directory with a space" "OUTPUT=$dir/a b: a path must not have a space or a quote" BOARD=virt OUTPUT="$dir/a b"
mkdir "$dir/empty"
says "one that is empty" "$dir/empty is no kernel build or headers directory: it has no Makefile" KDIR="$dir/empty"
touch "$dir/empty/Makefile"
says "one of something else" "$dir/empty is no kernel build or headers directory: it has no include/config/auto.conf" KDIR="$dir/empty"
touch "$dir/empty/Kconfig"
says "a kernel's source without a configuration" 'is a kernel tree without a configuration: there, run `make defconfig`' KDIR="$dir/empty"

copy_headers unprepared
rm "$dir/unprepared/include/generated/utsrelease.h"
says "one that is not prepared" 'is a kernel tree that is not prepared: there, run `make modules`' KDIR="$dir/unprepared"
copy_headers tools
rm "$dir/tools/scripts"
says "headers without their tools" 'has no scripts/mod/modpost: run `make modules_prepare` there, or install' KDIR="$dir/tools"
mkdir -p "$dir/tools/scripts/mod"
cp build/cache/virt/root/bin/busybox "$dir/tools/scripts/mod/modpost"
says "headers whose tools are another machine's" 'do not run on this machine: its headers are for one of another architecture' KDIR="$dir/tools"
copy_headers prepared
rm "$dir/prepared/Module.symvers"
says "one that is only prepared" 'has no Module.symvers, which lists what its kernel exports: run `make modules` there' KDIR="$dir/prepared"
copy_headers static
sed '/CONFIG_MODULES=y/d' "$virt/include/config/auto.conf" | replace "$dir/static/include/config/auto.conf"
says "a kernel without modules" 'takes no modules: its configuration has no CONFIG_MODULES' KDIR="$dir/static"

says "headers of another architecture" "the kernel of .* is for arm64, and ARCH asks for arm: leave ARCH out" KDIR="$virt" ARCH=arm
says "clang, for a kernel that gcc has built" 'was built by gcc, whose options clang does not know: leave CC out' KDIR="$virt" CC=clang
# A kernel whose gcc is newer than any there is.
if aarch64-linux-gnu-gcc -fmin-function-alignment=8 -x c -c -o /dev/null /dev/null 2>/dev/null; then
	skip "a compiler older than the kernel's" "this one knows all options"
	skip "and none that will do" "this one knows all options"
else
	copy_headers newer
	{ sed 's/^CONFIG_GCC_VERSION=.*/CONFIG_GCC_VERSION=990000/' "$virt/include/config/auto.conf"; echo CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=y; } |
		replace "$dir/newer/include/config/auto.conf"
	ln -s "$virt"/../linux-headers-*-common "$dir"
	older='was built by gcc 99 and asks for -fmin-function-alignment=8, which aarch64-linux-gnu-gcc \([0-9]+\) does not know:'
	says "a compiler older than the kernel's" "$older leave CC out, or name another" KDIR="$dir/newer" CC=aarch64-linux-gnu-gcc
	says "and none that will do" "$older install gcc 99 \(Debian: gcc-99-aarch64-linux-gnu\), or set CC=" KDIR="$dir/newer"
fi
says "no compiler" 'there is no compiler no-such-linux-gcc for arm64: install it .*set CROSS_COMPILE= or CC=' KDIR="$virt" CROSS_COMPILE=no-such-linux-
says "a compiler for another machine" 'the compiler arm-linux-gnueabi-gcc makes code for arm, and the kernel of .* is for arm64: set CROSS_COMPILE=aarch64-linux-gnu-' \
	KDIR="$virt" CC=arm-linux-gnueabi-gcc
says "the same from the environment of make" 'makes code for arm, .* is for arm64' BOARD=virt CROSS_COMPILE=arm-linux-gnueabi-
tree_at "$dir/tree"
printf 'CC = arm-linux-gnueabi-gcc\nBOARD = virt # with a comment\n' >"$dir/tree/config.mk"
says "and from config.mk" 'the compiler arm-linux-gnueabi-gcc makes code for arm' -C "$dir/tree" O="$root/build"

says "a RELEASE that says nothing" "RELEASE is 0 or 1, not 'yes'" BOARD=virt RELEASE=yes

touch "$dir/file"
says "an output directory that cannot be" "$dir/file/virt/modules cannot be written \(Not a directory\): O= and OUTPUT= name other" \
	BOARD=virt OUTPUT="$dir/file"
mkdir "$dir/readonly"
clean_up() { umount "$dir/readonly" 2>/dev/null; }
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o ro none "$dir/readonly" 2>/dev/null; then
	says "a read-only tree" "readonly/virt/modules cannot be written \(Read-only file system\)" BOARD=virt OUTPUT="$dir/readonly"
else
	skip "a read-only tree" "mounting is not allowed here"
fi

# A tree whose name has a space.
tree_at "$dir/my tree"
run make -s -C "$dir/my tree" module DRIVER=hello KDIR="$virt" O="$root/build" OUTPUT="$dir/out"
like "a tree whose name has a space" "$status $err" "^2 .*$dir/my tree: neither make nor kbuild can work where a path has a space"

# What does work: ARCH that says the same in another word, a compiler with a helper before it, the running kernel.
for with in ARCH=arm64 'CC=env aarch64-linux-gnu-gcc' CROSS_COMPILE=aarch64-linux-gnu-; do
	run make -s module DRIVER=hello KDIR="$virt" OUTPUT="$dir/out" "$with"
	is "$with: builds" "$status $err" "0 "
done
mkdir -p "$dir/lib/$(uname -r)"
ln -s "$virt" "$dir/lib/$(uname -r)/build"
run make -s module DRIVER=hello LIB_MODULES="$dir/lib" OUTPUT="$dir/out"
is "the running kernel's headers are found" "$status $err $(echo "$out" | tail -n 1)" \
	"0  $dir/out/linux-$(basename "$virt" | sed 's/linux-headers-//')/modules/hello.ko"
run make -s module DRIVER=hello KDIR="$virt" OUTPUT="$dir/out" V=1 CC=aarch64-linux-gnu-gcc
like "V=1 shows the compiler's command lines" "$out" '^ *aarch64-linux-gnu-gcc .*-c -o '
done_testing
