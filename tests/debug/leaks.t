#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `make check-leaks`: our modules, many times loaded, used and unloaded, on a kernel with KASAN, lockdep, kmemleak and checks of
# sleeping; and then modules with faults, which that kernel and the counting of memory have to find.
# usage: leaks.t BUILD BOARD MODULE[+MODULE...]:ROUNDS...     BUILD holds kernel/BOARD/debug and stage/BOARD-debug
. tests/tap.sh
build=$1 board=$2
shift 2
kernel=$(realpath "$build/kernel/$board/debug/headers")
config=$(sed -n 's/^BOARD_IMAGE_CONFIG = //p' "boards/$board/board.mk")
read -r _ arch cross <<E
$(scripts/kernel-dir "$kernel")
E

# ---- The image. ----

cp -a "$build/stage/$board-debug/." "$dir/stage"
extra=$(echo "$dir/stage/root/lib/modules"/*/extra)

# Yours, Ferry's, or one for tests.
add_driver() { # NAME
	for source in "${DRIVER_DIR:-drivers}" drivers tests/drivers tests/debug; do
		[ ! -e "$source/$1.c" ] || break
	done
	ok "$1 becomes a module" scripts/build-module "$source/$1.c" "$kernel" "$dir/$1" "$dir/$1.ko"
	"${cross}objcopy" --strip-debug "$dir/$1.ko" "$extra/$1.ko"
}
for driver in $(echo "$*" | sed 's/:[0-9]*//g' | tr -s ' +' '\n' | sort -u) two-locks; do
	add_driver "$driver"
done

mkdir "$dir/faulty"
cp tests/debug/faulty.c "$dir/faulty"
echo 'obj-m := faulty.o' >"$dir/faulty/Kbuild"
ok "the faulty module compiles" make -s -C "$kernel" M="$dir/faulty" ARCH="$arch" CROSS_COMPILE="$cross" modules
cp "$dir/faulty/faulty.ko" "$extra"

cp tests/guest/leaks.sh "$dir/stage/root/root"
# KASAN reports once and is silent then, unless told.
sed -i 's/^[[:blank:]]*append .*/& kasan_multi_shot/' "$dir/stage/boot/extlinux/extlinux.conf"
run "$FERRY" image --rootpath "$dir/stage" --inputpath "$dir/stage" --outputpath "$dir" "$config"
is "the image is built" "$status$err" 0

# ---- The run. ----

# What KASAN, lockdep and kmemleak keep needs room; CPUs that run at once are four times as fast, and find more.
boot() { # QEMU-OPTION...
	run "$FERRY" boot --quiet --board "$board" --icount=off --script "$dir/script" --log "$dir/log" "$dir/$(basename "$config" .cfg).img" -- -m 1G "$@"
}
# QEMU's devicetree of virt gets users of pins.
boot_virt() {
	qemu-system-aarch64 -M "virt,dumpdtb=$dir/qemu.dtb" -cpu cortex-a53 -smp 4 -m 1G >/dev/null 2>&1
	{
		dtc -q -I dtb -O dts "$dir/qemu.dtb"
		cat tests/debug/virt.dtsi
	} >"$dir/virt.dts"
	ok "the devicetree is made" dtc -q -I dts -O dtb -o "$dir/virt.dtb" "$dir/virt.dts"
	boot -dtb "$dir/virt.dtb"
}

{
	cat <<E
timeout 3600
fail Kernel panic
expect ferry:/#
send cd /lib/modules/*/extra; insmod two-locks.ko; sh /root/leaks.sh $*; echo all\$((1+1))
E
	case "$* " in *pl061+*pin-watch*) for n in 1 2 3 4 5 6 7 8; do printf 'expect ^# press %d\npower\n' $n; done ;; esac
	cat <<E
expect all2
send sh /root/leaks.sh faulty:100; echo all\$((2+2))
expect all4
send insmod faulty.ko fault=sleep; rmmod faulty
expect BUG: sleeping function called from invalid context
expect extra#
send rmmod two-locks
expect WARNING: possible circular locking dependency detected
expect extra#
send insmod faulty.ko fault=overrun; rmmod faulty
expect BUG: KASAN: slab-out-of-bounds in overrun
expect extra#
send insmod faulty.ko fault=use-after-free; rmmod faulty
expect BUG: KASAN: slab-use-after-free in use_after_free
expect extra#
E
} >"$dir/script"
case $board in virt) boot_virt ;; *) boot ;; esac
is "the board does it all, and the kernel finds the faults that were put in" "$status" 0
[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'

# ---- What it said. ----

tr -d '\r' <"$dir/log" >"$dir/all"
sed '/^all2/,$d' "$dir/all" >"$dir/sound"
sed '1,/^all2/d; /^all4/,$d' "$dir/all" >"$dir/faulty.log"
grep -aE '^(ok|not ok) - ' "$dir/sound" >"$dir/guest.tap"
while IFS= read -r line; do
	case $line in
	"ok - "*) pass "guest: ${line#ok - }" ;;
	*) fail "guest: ${line#not ok - }" ;;
	esac
done <"$dir/guest.tap"
like "the guest's tests ran to the end" "$(grep '^# .* tests$' "$dir/sound")" "^# $(wc -l <"$dir/guest.tap") tests\$"
is "the kernel reported nothing" "$(grep -aE 'BUG:|WARNING:|INFO:|unreferenced|Call trace|ODEBUG' "$dir/sound")" ""
for what in "slab objects grew" "pages in use grew" "mappings grew" "memory of each CPU's grew" "nothing leaked"; do
	like "of a module that loses some of everything that is told: $what" "$(cat "$dir/faulty.log")" "^not ok - faulty: $what"
done
done_testing
