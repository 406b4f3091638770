#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Runs on the board, on a debug kernel: loads and unloads modules many times, and tells, as lines of TAP, what that left behind.
# usage: leaks.sh MODULE[+MODULE...]:ROUNDS...
# `# press N` asks for the board's power button to be pressed: eight times, if a driver watches it.
leaks=/sys/kernel/debug/kmemleak
button=/sys/bus/platform/devices/watch-button
presses=0
cd /lib/modules/*/extra || exit 1
mount -t debugfs debug /sys/kernel/debug 2>/dev/null
dmesg -n 5

tests=0
say() { # NAME CONDITION...
	name=$1
	shift
	tests=$((tests + 1))
	if [ "$@" ]; then echo "ok - $name"; else echo "not ok - $name"; fi
}

# ---- Loads, users, unloads. ----

# How often pins have told pin-watch of an edge, since it was loaded.
events() { awk 'NR == 1 { cpus = NF } $NF == "pin_watch" { for (i = 2; i <= cpus + 1; i++) n += $i } END { print n + 0 }' /proc/interrupts; }
press() {
	presses=$((presses + 1)) before=$(events)
	echo "# press $presses"
	while [ "$(events)" = "$before" ]; do usleep 20000; done
}
# Has the drivers that are there use their pins.
use() {
	[ ! -e /dev/beeper ] || echo t440 5000 >/dev/beeper
	[ ! -e $button/driver ] || [ $presses = 8 ] || press
	case $group in *pin-watch*)
		usleep 20000
		told=$((told + $(events)))
	esac
}
# Modules are unloaded last first.
cycle() { # ROUNDS: leaves in $n how many went well
	n=0
	while [ $n -lt "$1" ]; do
		for module in $forwards; do insmod "$module.ko" || return; done
		use || return
		# shellcheck disable=SC2086
		rmmod $backwards || return
		n=$((n + 1))
	done
}

# ---- Memory, in KiB, after all that can be given back was. ----

give_back() {
	sync
	for cache in /sys/kernel/slab/*/shrink; do echo 1 >"$cache"; done
	sleep 2
	echo 3 >/proc/sys/vm/drop_caches
}
# Objects that modules may have: not those of processes and files, which come and go.
slab() { awk '$1 ~ /kmalloc|kernfs/ { n += $2 * $4 } END { printf "%d", n / 1024 }' /proc/slabinfo; }
meminfo() { awk -v key="$1:" '$1 == key { print $2 }' /proc/meminfo; }
# Pages in use for nothing that has a count of its own. Free are also those that a CPU keeps (count); KASAN has pools of stack traces,
# where it keeps each that is new for good. Counts that CPUs have not yet handed in are (stat_refresh), and pages that they would give
# back later (drop_caches).
read_pages() {
	awk 'BEGIN { drop = "/proc/sys/vm/drop_caches"; print 1 >drop; close(drop) }
		$1 == "MemTotal:" { n += $2 }
		/^(MemFree|Buffers|Cached|AnonPages|Slab|KernelStack|PageTables|VmallocUsed|Percpu):/ { n -= $2 }
		$1 == "count:" { n -= 4 * $2 }
		$1 == "pools:" { n -= 16 * $2 }
		END { print n }' /proc/sys/vm/stat_refresh /proc/meminfo /proc/zoneinfo /sys/kernel/debug/stackdepot/stats
}
# Now and then it is some hundred off: so the middle one of nine.
pages() { for _ in 1 2 3 4 5 6 7 8 9; do read_pages; done | sort -n | sed -n 5p; }

# A Linux driver that is built in leaves its device to ours.
[ ! -e /sys/bus/amba/drivers/pl061_gpio/9030000.pl061 ] || echo 9030000.pl061 >/sys/bus/amba/drivers/pl061_gpio/unbind

for each; do
	rounds=${each#*:} group=${each%:*} told=0
	forwards=$(echo "$group" | tr + ' ') backwards=
	for module in $forwards; do backwards="$module $backwards"; done
	cycle 20
	give_back
	echo clear >$leaks
	slab=$(slab) mapped=$(meminfo VmallocUsed) percpu=$(meminfo Percpu) pages=$(pages)
	cycle "$rounds"
	say "$group: $rounds loads and unloads" $n = "$rounds"
	case $group in *pin-watch*) say "$group: pins told of $told edges" $told -ge 8 ;; esac
	give_back
	slab=$(($(slab) - slab)) mapped=$(($(meminfo VmallocUsed) - mapped)) percpu=$(($(meminfo Percpu) - percpu))
	pages=$(($(pages) - pages))
	say "$group: slab objects grew by $slab KiB" $slab -lt 64
	# A page lost in each of 100 rounds is too much.
	say "$group: pages in use grew by $pages KiB" $pages -lt 400
	say "$group: mappings grew by $mapped KiB" $mapped -lt 64
	say "$group: memory of each CPU's grew by $percpu KiB" $percpu -lt 64
	# What nothing points to is told when it is some seconds old and two scans have missed it.
	sleep 6
	echo scan >$leaks
	sleep 1
	echo scan >$leaks
	say "$group: nothing leaked" -z "$(cat $leaks)"
	head -n 40 $leaks
done
say "the locks are still watched" "$(awk '$1 == "debug_locks:" { print $2 }' /proc/lockdep_stats)" = 1
# Nothing but a module from outside of the kernel's tree.
say "the kernel is sound" $(($(cat /proc/sys/kernel/tainted) & ~4096)) = 0
echo "# $tests tests"
