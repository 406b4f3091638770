#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Programs with --supervise that are killed while Debian guests use them: these go on, and nothing is lost. The one guest has packed rings and
# is reset, the other has split rings and reboots. Workers get SIGKILL during requests, while an event is waited for, during rngtest,
# and from a reset until the next kernel runs. QEMU is the stock one, which would end if a connection did.
# needs: ferry image-of-virt gpio-virtio gpiod-arm64 rng-tools-arm64 program-bcm2835-gpio program-bcm2835-rng
. tests/tap.sh
. tests/user-guest.sh

worker() { eval "worker_of \$daemon_$1"; } # NAME
kill_worker() { # NAME
	wait_until has_worker "$1" || return
	victim=$(worker "$1")
	kill -9 "$victim" 2>/dev/null
	wait_until is_gone "$victim"
}
has_worker() { [ "$(worker "$1")" ]; }

# NAME...: kills workers in turn, at odd moments, until the file $dir/spare-NAME of the first is there.
keep_killing() {
	rm -f "$dir/spare-$1"
	(
		while [ -d "$dir" ] && ! [ -e "$dir/spare-$1" ]; do
			for one; do
				kill_worker "$one"
				echo "$one" >>"$dir/killed"
				sleep 0.3
			done
		done
	) &
	eval "killer_$1=$!"
}
stop_killing() { # NAME
	: >"$dir/spare-$1"
	eval "wait \$killer_$1"
}

# A line that is driven high falls when its worker is killed, for the model starts anew.
answer() { # MACHINE WORD
	case $2 in
	kill) keep_killing "$1" rng ;;
	spare) stop_killing "$1" ;;
	rise) tell "$1" "get 17" "drive 5 1" ;;
	fall)
		kill_worker "$1"
		echo "$1" >>"$dir/killed"
		;;
	esac
}

script() { # NAME COMMAND
	cat >"$dir/$1.script" <<-EOS
		timeout 600
		fail Kernel panic
		expect ferry:/#
		send dmesg -n 1; user-gpio.sh restart
		expect ^# restart done
		send $2
		expect Booting Linux
		expect ferry:/#
		send dmesg -n 1; user-gpio.sh again
		expect ^# again done
	EOS
}

stage_guest
start_gpio packed 9 --supervise
start_gpio split 8 --supervise --no-packed
start_rng --supervise
script packed "echo b >/proc/sysrq-trigger"
script split "reboot -f"
# shellcheck disable=SC2046
start_machine packed $(device packed gpio) $(device rng rng)
# shellcheck disable=SC2046
start_machine split $(device split gpio) $(device rng rng)
answer_asks
for one in packed split; do
	judge_machine $one 8
	is "$one: the line that was held was high whenever it was looked at" "$(sort -u "$dir/$one.said")" 1
	ok "$one: that was 20 times" [ "$(wc -l <"$dir/$one.said")" = 20 ]
	count=$(grep -c $one "$dir/killed")
	ok "$one: the worker was killed 40 times and more" [ "$count" -ge 40 ]
	echo "# $count times"
done

# The end of all of them.
family=
for one in packed split rng; do
	family="$family $(eval "children_of \$daemon_$one")"
done
end_programs
for pid in $family; do
	ok "a process of theirs is gone" wait_until is_gone "$pid"
done
done_testing
