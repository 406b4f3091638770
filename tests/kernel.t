#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# KERNEL=source applies the patch queue, checks that the configuration came true, and what was built boots, where it has been
# built.
# needs: ferry images-from-source
. tests/tap.sh

# Wrong use.

run make -s kernel KERNEL=nonsense
like "make names the kernels that there are" "$status $err" "^2 .*there is no kernel 'nonsense' for board 'rpi-zero'; kernels are: debian .*source debug"
run make -s kernel KERNEL=source BOARD=rpi-3
like "and the boards that have a configuration" "$status $err" "^2 .*no kernel.config to build its kernel with; boards that have one are:.* rpi-zero"

# The patch queue, on a small tree.

mkdir -p "$dir/source/drivers" "$dir/queue"
seq 1 20 >"$dir/source/drivers/a.c"
echo same >"$dir/source/b.c"
change() { # NUMBER TEXT FILE: a patch that puts TEXT in the place of line NUMBER
	(cd "$dir" && sed "$1s/.*/$2/" "source/$3" >changed && diff -u "source/$3" changed | sed "s|^+++ changed|+++ source/$3|")
}
change 3 three drivers/a.c >"$dir/queue/0001-three.patch"
change 18 eighteen drivers/a.c >"$dir/queue/0002-eighteen.patch"
printf -- '--- /dev/null\n+++ source/new.c\n@@ -0,0 +1 @@\n+new\n' >"$dir/queue/0003-new.patch"
sum=$(cd "$dir/source" && cat drivers/a.c b.c | sha256sum)
ok "a tree without patches" scripts/kernel-tree "$dir/source" "$dir/tree"
ok "is the source's" diff -r -x .patched "$dir/source" "$dir/tree"
touch -d '2001-01-01' "$dir/source/drivers/a.c" "$dir/source/b.c"
ok "patches apply, in order" scripts/kernel-tree "$dir/source" "$dir/tree" "$dir/queue"/*
is "all of them" "$(sed -n '3p;18p' "$dir/tree/drivers/a.c"; cat "$dir/tree/new.c")" "three
eighteen
new"
is "the source stays as it was" "$(cd "$dir/source" && cat drivers/a.c b.c | sha256sum)" "$sum"
is "only what was patched is new" "$(find "$dir/tree" -name '[ab].c' -newermt 2002-01-01)" "$dir/tree/drivers/a.c"
ok "without patches again" scripts/kernel-tree "$dir/source" "$dir/tree"
ok "the tree is the source's again" diff -r -x .patched "$dir/source" "$dir/tree"
is "and what had been patched is new" "$(find "$dir/tree" -name '[ab].c' -newermt 2002-01-01)" "$dir/tree/drivers/a.c"

change 3 four drivers/a.c >"$dir/queue/0004-four.patch"
run scripts/kernel-tree "$dir/source" "$dir/tree" "$dir/queue"/*
like "a patch that does not apply is named, with the place" "$status $err" "^1 kernel-tree: $dir/queue/0004-four.patch does not apply: drivers/a.c: Hunk #1 FAILED at [0-9]+"
change 4 four drivers/a.c | sed 's/^ 5$/ V/' >"$dir/queue/0004-four.patch"
run scripts/kernel-tree "$dir/source" "$dir/tree" "$dir/queue"/*
like "so is one that was made for other lines" "$status $err" "^1 kernel-tree: .*/0004-four.patch does not apply: drivers/a.c: Hunk #1 FAILED at [0-9]+"
echo 'no patch' >"$dir/queue/0004-four.patch"
run scripts/kernel-tree "$dir/source" "$dir/tree" "$dir/queue"/*
like "so is one that is none" "$status $err" "^1 kernel-tree: $dir/queue/0004-four.patch does not apply: .*[Oo]nly garbage"
change 1 one b.c | sed 's|source/b.c|source/c.c|' >"$dir/queue/0004-four.patch"
run scripts/kernel-tree "$dir/source" "$dir/tree" "$dir/queue"/*
like "and one for a file that is not there" "$status $err" "^1 kernel-tree: $dir/queue/0004-four.patch does not apply: "
ok "the tree is whole as it was" diff -r -x .patched "$dir/source" "$dir/tree"
ok "and no other is left" [ ! -e "$dir/tree.new" ]

# What was built is kept for all clones.

mkdir -p "$dir/packages/bin"
echo CONFIG_A=y >"$dir/one.config"
echo CONFIG_A=m >"$dir/other.config"
cat >"$dir/builds" <<'E'
mkdir -p "$1/own/root/boot" "$1/own/root/lib/modules/6" "$1/own/root/usr/lib/linux-image-6" "$1/own/headers"
echo kernel >"$1/own/root/boot/vmlinuz-6"
echo headers >"$1/own/headers/Makefile"
echo built
E
kept() { FERRY_CACHE=$dir/kept "$@"; }
take() { # CLONE CONFIG
	mkdir -p "$dir/$1"
	kept scripts/kernel-cache board-source "$dir/$1" "$dir/packages" image "$dir/$2" -- sh -e "$dir/builds" "$dir/$1"
}
is "a kernel is built" "$(take clone-1 one.config)" built
is "and taken by another clone" "$(take clone-2 one.config)" ""
is "which has the same" "$(stat -L -c %i "$dir/clone-1/root/boot/vmlinuz-6" "$dir/clone-1/headers/Makefile")" \
	"$(stat -L -c %i "$dir/clone-2/root/boot/vmlinuz-6" "$dir/clone-2/headers/Makefile")"
mv "$dir/clone-2" "$dir/moved"
is "also when it is moved" "$(cat "$dir/moved/root/boot/vmlinuz-6" "$dir/moved/headers/Makefile"; cd "$dir/moved" && ls root root/usr/lib)" \
	"$(cat "$dir/clone-1/root/boot/vmlinuz-6" "$dir/clone-1/headers/Makefile"; cd "$dir/clone-1" && ls root root/usr/lib)"
is "another configuration is another kernel" "$(take moved other.config; ls -d "$dir"/kept/kernels/board-source-* | wc -l)" "built
2"
like "make cache lists it" "$(kept scripts/cache list)" ' 1  kernels/board-source-'
rm -r "$dir/moved"
is "make cache-prune removes those that no clone has" "$(kept scripts/cache prune 0 | grep -c '^removed kernels/board-source-')" 1
is "and no other" "$(take clone-1 one.config)" ""
rm -r "$dir"/kept/kernels/*
is "one that went is built again" "$(take clone-1 one.config)" built

# Every line of a configuration takes effect.

if [ -e build/kernel/source/Kconfig ]; then
	config() { ARCH=arm CROSS_COMPILE=arm-linux-gnueabi- scripts/kernel-config "$root/build/kernel/source" "$dir/build" "$@"; }
	run config boards/kernel/base.config boards/rpi-zero/kernel.config
	is "the Pi Zero's configuration takes effect" "$status$err" 0
	printf 'CONFIG_WIRELESS=y \r\nCONFIG_BT=y' >"$dir/odd.config"
	echo 'CONFIG_NFC=y' >"$dir/more.config"
	run config boards/kernel/base.config boards/rpi-zero/kernel.config "$dir/odd.config" "$dir/more.config"
	is "spaces at the end of a line and a last line without an end do not matter" "$status$err" 0
	cat >"$dir/bad.config" <<-'E'
		# A comment.
		CONFIG_NO_SUCH_THING=y
		CONFIG_X86_MCE=y
		CONFIG_GPIO_PL061=m
		CONFIG_USB_STORAGE=y
		# CONFIG_NET is not set

		CONFIG_TTY
		CONFIG_HZ=99
	E
	run config boards/kernel/base.config boards/rpi-zero/kernel.config "$dir/bad.config"
	is "lines without effect fail" "$status" 1
	for why in '2: CONFIG_NO_SUCH_THING: this kernel has no such option' '3: CONFIG_X86_MCE: this kernel has no such option' \
		"5: CONFIG_USB_STORAGE=y has no effect: it is 'n'; it depends on SCSI and on .* \(drivers/usb/storage/Kconfig:[0-9]+\)" \
		'8: not a line of a kernel' "9: CONFIG_HZ=99 has no effect: it is '100'"; do
		like "line ${why%%:*} is named, with why" "$err" "^$dir/bad.config:$why"
	done
	like "so is one that a later line took away" "$err" "^boards/kernel/base.config:[0-9]+: CONFIG_UNIX=y has no effect"
	is "and no other" "$(printf '%s\n' "$err" | grep -v CONFIG_UNIX= | grep -Evc "^$dir.bad.config:[23589]: ")" 0
else
	skip "every line of a configuration takes effect" "no kernel source in build/kernel: run make image KERNEL=source"
fi

# What was built.

for board in $(scripts/boards kernel.config); do
	image=$(find "output/$board-source" -maxdepth 1 -name '*.img' 2>/dev/null | head -n 1)
	if [ -z "$image" ]; then
		skip "$board: a kernel from source boots" "not built: run make image BOARD=$board KERNEL=source"
		continue
	fi
	cat >"$dir/script" <<-'E'
		timeout 300
		fail Kernel panic|Oops|BUG:
		expect ferry:/#
		send echo kernel $(uname -r); ls /initrd* /modules
		expect ^kernel 6\.12\.[0-9]+-ferry
		expect ferry:/#
		send modprobe hello && rmmod hello
		expect hello: init
		expect hello: hello from C
		expect hello: exit
		expect ferry:/#
		send sleep 1 && mount | grep -cE 'ext4|vfat' && echo sle""pt
		expect ^2
		expect ^slept
		send poweroff -f
		off
	E
	run "$FERRY" boot --board "$board" --script "$dir/script" --log "$dir/log" "$image"
	is "$board: its kernel from source boots, loads modules, switches off" "$status" 0
	[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
	is "$board: and nothing failed on the way" "$(grep -ac '^modprobe: \|^mount: \|^init: ' "$dir/log")" 0
	# While a Pi's watchdog takes its time to switch off, Linux finds itself in do_exit() with interrupts off.
	is "$board: nor did the kernel warn, up to switching off" "$(sed '/poweroff -f/,$d' "$dir/log" | grep -a WARNING:)" ""
done
skip "modules are loaded and unloaded 1,000 times on a debug kernel" "it takes long: make check-leaks does it"
done_testing
