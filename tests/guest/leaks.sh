#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Runs on the board, on a debug kernel: loads and unloads each module many times, and tells, as lines of TAP, what that left behind.
# usage: leaks.sh MODULE:LOADS...
leaks=/sys/kernel/debug/kmemleak
cd /lib/modules/*/extra || exit 1
mount -t debugfs debug /sys/kernel/debug 2>/dev/null
dmesg -n 5

say() { # NAME CONDITION...
	name=$1
	shift
	if [ "$@" ]; then echo "ok - $name"; else echo "not ok - $name"; fi
}
cycle() { # MODULE TIMES: prints how often it went well
	n=0
	while [ $n -lt "$2" ] && insmod "$1.ko" && rmmod "$1"; do n=$((n + 1)); done
	echo $n
}
# Memory in use, in KiB, when all that can be given back was: slab objects, pages, mappings.
settle() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	for cache in /sys/kernel/slab/*/shrink; do echo 1 >"$cache"; done
	sleep 1
}
slab() { awk 'NR > 2 { n += $2 * $4 } END { printf "%d", n / 1024 }' /proc/slabinfo; }
meminfo() { awk -v key="$1:" '$1 == key { print $2 }' /proc/meminfo; }

# A Linux driver that is built in leaves its device to ours.
[ ! -e /sys/bus/amba/drivers/pl061_gpio/9030000.pl061 ] || echo 9030000.pl061 >/sys/bus/amba/drivers/pl061_gpio/unbind

for module; do
	loads=${module#*:} module=${module%:*}
	cycle "$module" 50 >/dev/null
	settle
	echo clear >$leaks
	slab=$(slab) free=$(meminfo MemFree) mapped=$(meminfo VmallocUsed)
	say "$module: $loads loads and unloads" "$(cycle "$module" "$loads")" = "$loads"
	settle
	slab=$(($(slab) - slab)) free=$((free - $(meminfo MemFree))) mapped=$(($(meminfo VmallocUsed) - mapped))
	# A byte lost a load is a KiB.
	say "$module: slab objects grew by $slab KiB" $slab -lt 64
	say "$module: memory in use grew by $free KiB" $free -lt 1024
	say "$module: mappings grew by $mapped KiB" $mapped -lt 64
	# What nothing points to is told when it is some seconds old and two scans have missed it.
	sleep 6
	echo scan >$leaks
	sleep 1
	echo scan >$leaks
	say "$module: nothing leaked" -z "$(cat $leaks)"
	head -n 40 $leaks
done
say "the locks are still watched" "$(awk '$1 == "debug_locks:" { print $2 }' /proc/lockdep_stats)" = 1
# A module from outside of the kernel's tree, and nothing worse.
say "the kernel is sound" "$(cat /proc/sys/kernel/tainted)" = 4096
