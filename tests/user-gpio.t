#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The user port serves real clients: Debian's kernel in two virtual machines at once, with its gpio-virtio driver and libgpiod's
# tools, on lines of our bcm2835-gpio driver with its model, and its virtio-rng driver and rngtest on our bcm2835-rng. The first
# one reboots; lines go from one to the other. (Processes that are killed: tests/user-restart.t.)
# needs: ferry image-of-virt gpio-virtio gpiod-arm64 rng-tools-arm64 program-bcm2835-gpio program-bcm2835-rng
. tests/tap.sh
. tests/user-guest.sh

# What a guest asks to have done outside. The machines hear of each other by lines 50 to 53.
answer() { # MACHINE WORD
	case $1-$2 in
	first-high) tell gpio "drive 4 1" ;;
	second-high) tell gpio "drive 24 1" ;;
	first-release) tell gpio "release 20" ;;
	second-release) tell gpio "release 40" ;;
	first-edge*) tell gpio "drive 5 $((${2#edge} % 2))" ;;
	second-edge*) tell gpio "drive 25 $((${2#edge} % 2))" ;;
	first-taken) tell gpio "drive 50 1" ;;
	second-tried) tell gpio "drive 51 1" ;;
	first-released) tell gpio "drive 52 1" ;;
	second-end)
		wait_for_machine second
		tell gpio "drive 53 1"
		;;
	esac
}

stage_guest
cat >"$dir/first.script" <<'EOS'
	timeout 600
	fail Kernel panic
	expect ferry:/#
	send dmesg -n 1; user-gpio.sh first
	expect ^# first done
	send reboot -f
	expect Booting Linux
	expect ferry:/#
	send dmesg -n 1; user-gpio.sh rebooted
	expect ^# rebooted done
EOS
cat >"$dir/second.script" <<'EOS'
	timeout 600
	fail Kernel panic
	expect ferry:/#
	send dmesg -n 1; user-gpio.sh second
	expect ^# second done
EOS
start_gpio gpio 9
start_rng --no-packed
tell gpio "watch 17" "watch 37" "set 20 0" "set 40 0"
# shellcheck disable=SC2046
start_machine first $(device gpio gpio) $(device rng rng)
# shellcheck disable=SC2046
start_machine second $(device gpio gpio) $(device rng rng)
answer_asks
judge_machine first 20
judge_machine second 19
# Levels: up and down, 20 changes of traffic, up after the reboot.
levels() { sed -n "s/^pin $1 \([01]\) .*/\1/p" "$dir/gpio.said" | uniq | tr -d '\n'; }
is "the process saw what the first guest did to a line, and nothing else" "$(levels 17)" 10101010101010101010101
is "and what the second one did" "$(levels 37)" 1010101010101010101010
end_programs
done_testing
