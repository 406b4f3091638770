#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `make check-leaks`: our modules, many times loaded and unloaded, on a kernel with KASAN, lockdep, kmemleak and checks of sleeping; and
# then a module whose faults that kernel has to find.
# usage: leaks.t BUILD BOARD MODULE:LOADS...     BUILD holds kernel/BOARD/debug and stage/BOARD-debug
. tests/tap.sh
build=$1 board=$2
shift 2
kernel=$(realpath "$build/kernel/$board/debug/build")
config=$(sed -n 's/^BOARD_IMAGE_CONFIG = //p' "boards/$board/board.mk")
read -r _ arch cross <<E
$(scripts/kernel-dir "$kernel")
E

mkdir "$dir/faulty"
cp tests/debug/faulty.c "$dir/faulty"
echo 'obj-m := faulty.o' >"$dir/faulty/Kbuild"
ok "the faulty module compiles" make -s -C "$kernel" M="$dir/faulty" ARCH="$arch" CROSS_COMPILE="$cross" modules
cp -a "$build/stage/$board-debug/." "$dir/stage"
extra=$(echo "$dir/stage/root/lib/modules"/*/extra)
cp "$dir/faulty/faulty.ko" "$extra"
for module; do
	"${cross}objcopy" --strip-debug "output/$board-debug/modules/${module%:*}.ko" "$extra/${module%:*}.ko"
done
cp tests/guest/leaks.sh "$dir/stage/root/root"
# KASAN reports once and is silent then, unless told.
sed -i 's/^[[:blank:]]*append .*/& kasan_multi_shot/' "$dir/stage/boot/extlinux/extlinux.conf"
run "$FERRY" image --rootpath "$dir/stage" --inputpath "$dir/stage" --outputpath "$dir" "$config"
is "the image is built" "$status$err" 0

cat >"$dir/script" <<E
timeout 3600
fail Kernel panic
expect ferry:/#
send sh /root/leaks.sh $*; echo all\$((1+1))
expect all2
send cd /lib/modules/*/extra
expect extra#
send insmod faulty.ko fault=sleep; rmmod faulty
expect BUG: sleeping function called from invalid context
expect extra#
send insmod faulty.ko fault=lock-order; rmmod faulty
expect WARNING: possible circular locking dependency detected
expect extra#
send insmod faulty.ko fault=overrun; rmmod faulty
expect BUG: KASAN: slab-out-of-bounds in overrun
expect extra#
send insmod faulty.ko fault=use-after-free; rmmod faulty
expect BUG: KASAN: slab-use-after-free in use_after_free
expect extra#
send insmod faulty.ko fault=leak; rmmod faulty; sleep 6; echo scan >/sys/kernel/debug/kmemleak; sleep 1; echo scan >/sys/kernel/debug/kmemleak; cat /sys/kernel/debug/kmemleak
expect unreferenced object .*size 1024
E
# What KASAN, lockdep and kmemleak keep needs room; CPUs that run at once are four times as fast, and find more.
run "$FERRY" boot --quiet --board "$board" --icount=off --script "$dir/script" --log "$dir/log" "$dir/$(basename "$config" .cfg).img" -- -m 1G
is "the board does it all, and finds the faults that were put in" "$status" 0
[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'

tr -d '\r' <"$dir/log" | sed '/^all2/,$d' >"$dir/before"
grep -aE '^(ok|not ok) - ' "$dir/before" >"$dir/guest.tap"
while IFS= read -r line; do
	case $line in
	"ok - "*) pass "guest: ${line#ok - }" ;;
	*) fail "guest: ${line#not ok - }" ;;
	esac
done <"$dir/guest.tap"
is "the guest's tests ran to the end" "$(wc -l <"$dir/guest.tap")" $(($# * 5 + 2))
is "the kernel reported nothing" "$(grep -aE 'BUG:|WARNING:|INFO:|unreferenced|Call trace|ODEBUG' "$dir/before")" ""
done_testing
