#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Modules load on their kernels, hello for ARMv6, 64-bit ARM and PCs, with debug information and without, on the emulated boards;
# and kernels refuse others for the reasons that were told before.
# needs: ferry tool images images-from-source headers-of-pc-6.1
. tests/tap.sh

# Each has been built by `make check`. VARIANT, BOARD, the compiler's prefix, more for make, the kernel's release: an extended regular
# expression, of the pattern by which the list of packages names the kernel.
variants=
for board in $(scripts/boards BOARD_IMAGE_CONFIG); do
	packages=boards/$(scripts/boards BOARD_PACKAGES "$board" | grep . || echo "$board")/packages
	kernel=$(scripts/kernel-packages "$packages" | head -n 1)
	variants="$variants
$board:$board:$(scripts/boards BOARD_CROSS_COMPILE "$board")::$(
		scripts/kernel-packages "$packages" "$(scripts/boards BOARD_KERNEL_FLAVOUR "$board")" "$kernel" image |
			sed -n 's/[.+]/[&]/g; s/[*]/.*/g; s/^target linux-image-//p')"
done

has_section() { "${2}objdump" -h "$1" | grep -q "$3"; }
image_of() { ls "output/$1"/sdcard.img "output/$1"/disk.img 2>/dev/null | head -n 1; }
# A copy of VARIANT's image with these files on its boot partition.
image_with() { # VARIANT FILE...
	cp --sparse=always "$(image_of "$1")" "$dir/$1.img"
	image=$dir/$1.img
	shift
	start=$(sfdisk -J "$image" | jq '.partitiontable.partitions[0].start * 512')
	mcopy -i "$image@@$start" "$@" ::
}
# In virtual time, ferry boot's default for a script, the PC takes half as much of the processor again as in real time, and virt with its
# four cores twice as much. The Pis' cores that wait are cheaper in virtual time.
try() { # BOARD IMAGE COMMAND: what the console says in reply
	printf 'timeout 300\nfail Kernel panic|Oops|BUG:|WARNING:\nexpect ferry:/# \nsend %s; echo all d""one\nexpect ^all done\nquit\n' \
		"$3" >"$dir/script"
	case $1 in
	pc) set -- "$1" "$2" --icount off ;;
	virt) set -- "$1" "$2" --icount off -- -smp 1 ;;
	*) set -- "$1" "$2" ;;
	esac
	tried=$1 card=$2
	shift 2
	run "$FERRY" boot --quiet --board "$tried" --script "$dir/script" --log "$dir/log" "$card" "$@"
	said=$(tr -d '\r' <"$dir/log" | sed -n '/ferry:\/# /,$p' | sed 's/^\[[ 0-9.]*\] //')
}

three='hello: init
hello: hello from C
hello: exit'

# Kernels from source, where they have been built.
for ready in build/kernel/*/source/ready; do
	[ -e "$ready" ] || continue
	board=$(echo "$ready" | cut -d / -f 3)
	variants="$variants
$board-source:$board:$(scripts/boards BOARD_CROSS_COMPILE "$board"):KERNEL=source:6[.]12[.].*-ferry"
done

# Modules that the PC's kernel refuses: `make module` says why, and so will that kernel.

headers() { echo "$root/build/cache/$1/root/usr/src"/linux-headers-*-amd64; }
other=$dir/headers/other
mkdir -p "$dir/drivers" "$other"
sed 's/^static int hello_probe/int fy_no_such_symbol(void);\n&/; s/return 0/return fy_no_such_symbol()/; s/hello/refused/g' \
	drivers/hello.c >"$dir/drivers/refused.c"
cp -R "$(headers pc)/." "$other"
ln -s "$(headers pc)"/../linux-headers-*-common "$dir/headers"
for tools in scripts tools; do
	rm "$other/$tools"
	ln -s "$(headers pc)/$tools" "$other/$tools"
done
build() { # DRIVER KDIR [VARIABLE]
	rm -rf "$dir/out"
	run make -s module DRIVER="$1" KDIR="$2" BOARD=pc OUTPUT="$dir/out" O="$root/build" DRIVER_DIR="${3:-drivers}"
}

build hello "$(headers pc)"
is "headers of the image's own kernel: nothing is said" "$status$err" 0

build hello "$(headers pc-6.1)"
like "another kernel's headers: fails" "$status" 2
like "for what is different in that kernel" "$err" 'hello.ko: its struct module has [0-9]+ bytes, that of the kernel 6.12.* [0-9]+'
like "and for the checksums of symbols" "$err" 'hello.ko: module_layout is another one in the kernel 6.12.* than where it was built'
cp "$dir"/out/linux-6.1.0-*/modules/hello.ko "$dir/layout.ko"

printf '0x12345678\tfy_no_such_symbol\tvmlinux\tEXPORT_SYMBOL_GPL\t\n' >>"$other/Module.symvers"
build refused "$other" "$dir/drivers"
like "a symbol that the kernel has not: told" "$status $err" '^2 .*refused.ko: it needs fy_no_such_symbol, which the kernel 6.12.* not export'
cp "$dir"/out/linux-6.12.*/modules/refused.ko "$dir/symbol.ko"

cp "$(headers pc)/Module.symvers" "$other/Module.symvers"
sed -i 's/^0x[0-9a-f]*\t_printk\t/0x00000bad\t_printk\t/' "$other/Module.symvers"
build hello "$other"
like "a symbol that has changed: told" "$status $err" '^2 .*hello.ko: _printk is another one in the kernel 6.12.*0x00000bad'
cp "$dir"/out/linux-6.12.*/modules/hello.ko "$dir/changed.ko"

sed -i '/CONFIG_MODVERSIONS/d' "$other/include/config/auto.conf" "$other/include/generated/autoconf.h"
touch "$other/include/config/MODVERSIONS"
build hello "$other"
like "a kernel of other settings: told" "$status $err" '^2 .*its kernel was configured as "SMP preempt mod_unload ", the kernel 6.12.* as ".*modversions "'
cp "$dir"/out/linux-6.12.*/modules/hello.ko "$dir/settings.ko"

echo '#define UTS_RELEASE "6.12.0-other"' >"$other/include/generated/utsrelease.h"
build hello "$other"
like "another release: told" "$status $err" '^2 .*hello.ko: it is for the kernel 6.12.0-other, not 6.12.*amd64 \(vermagic\)'
cp "$dir"/out/linux-6.12.0-other/modules/hello.ko "$dir/release.ko"
refused='layout symbol changed settings release'

for line in $variants; do
	IFS=: read -r variant board cross more release <<X
$line
X
	debug=output/$variant/modules/hello.ko
	small=output/$variant/modules/release/hello.ko
	# shellcheck disable=SC2086 # none, or one word
	ok "$variant: builds" make -s module DRIVER=hello BOARD="$board" $more
	# shellcheck disable=SC2086
	ok "$variant: builds for release" make -s module DRIVER=hello BOARD="$board" $more RELEASE=1
	ok "$variant: has debug information" has_section "$debug" "$cross" ' [.]debug_info '
	ok "$variant: has none for release" sh -c "! ${cross}objdump -h '$small' | grep -q debug"
	ok "$variant: but what modinfo shows" has_section "$small" "$cross" ' [.]modinfo '
	ok "$variant: and relocations" sh -c "${cross}objdump -r '$small' | grep -q printk"
	cp "$debug" "$dir/debug.ko"
	cp "$small" "$dir/small.ko"
	set -- "$dir/debug.ko" "$dir/small.ko"
	command='uname -r; for i in debug small; do insmod /boot/$i.ko && rmmod hello; done; modprobe hello && rmmod hello'
	if [ "$variant" = pc ]; then
		for module in $refused; do set -- "$@" "$dir/$module.ko"; done
		command="$command; for i in $refused; do insmod /boot/\$i.ko && echo \$i is in; done"
	fi
	image_with "$variant" "$@"
	try "$board" "$image" "$command"
	is "$variant: boots" "$status$err" 0
	like "$variant: its kernel" "$said" "^$release\$"
	is "$variant: three times the three lines in order" "$(echo "$said" | grep '^hello: [ieh][nex]' | grep -v tain)" "$three
$three
$three"
	[ "$variant" != pc ] || said_of_refused=$said
done

is "pc: its kernel takes none of the refused modules" "$(echo "$said_of_refused" | grep ' is in$')" ""
for reason in 'module hello: .gnu.linkonce.this_module section size must match' \
	'refused: Unknown symbol fy_no_such_symbol [(]err -2[)]' \
	'hello: disagrees about version of symbol _printk' \
	"hello: version magic '6.12.*amd64 SMP preempt mod_unload ' should be '6.12.*amd64 SMP preempt mod_unload modversions '" \
	"hello: version magic '6.12.0-other SMP"; do
	like "it says: $reason" "$said_of_refused" "^$reason"
done
done_testing
