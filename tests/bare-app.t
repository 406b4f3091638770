#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Apps on the bare metal, on every emulated board: drivers start and log, timers keep time on the pins, and a program that goes
# wrong says so. The last is built outside this tree, from the template.
# needs: bare-objects ferry
. tests/tap.sh
bare_objects

boards=$(scripts/boards BARE_ARCH)
image() { scripts/boards BARE_IMAGE "$1"; }
led() { echo BOARD_LED | gcc -E -P -include "boards/$1/board.h" -; }

build() { # APP BOARD
	make -s app APP="$1" BOARD="$2" O="$dir/build" APP_OUT="$dir/$1/$2"
}

# NAME APP BOARD OPTION...: the script on standard input passes
plays() {
	name=$1 app=$2 board=$3
	shift 3
	{ echo timeout 300; cat; } >"$dir/script"
	run "$FERRY" boot --board "$board" --script "$dir/script" "$dir/$app/$board/$(image "$board")" "$@"
	is "$name" "$status" 0
	[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
}

for board in $boards; do
	ok "hello for $board" build hello "$board"
	plays "$board: hello says so" hello "$board" <<-'E'
		expect ^\[ +[0-9]+\.[0-9]{6}\] hello: init$
		expect ^\[ +[0-9]+\.[0-9]{6}\] hello: hello from C$
		expect ^hello from the app$
		expect main returned 0$
	E
done

for board in $boards; do
	pin=$(led $board)
	ok "blink for $board" build blink $board
	# Without cores that wait and are emulated all the same, which is fast enough to look at.
	plays "$board: the LED blinks" blink $board --pins "$pin" --record "$dir/pins" <<-E
		expect blink: 500 ms on, 500 ms off
		pin $pin within 20
		pin $pin within 20
		pin $pin within 20
	E
	case $board in rpi-[34])
		like "$board: on one core" "$("$FERRY" boot --print "$dir/blink/$board/kernel8.img" 2>"$dir/notices")" ' -global bcm283[78]\.enabled-cpus=1 '
	esac
done

# The same blink with nothing of the port but what is inline.
for board in $(scripts/boards minimal.h); do
	pin=$(led $board)
	ok "blink-minimal for $board" build blink-minimal $board
	image=$dir/blink-minimal/$board/$(image $board)
	ok "$board: it is no larger than 200 bytes" test "$(stat -c %s "$image")" -le 200
	# It polls the time: the slower the instructions, the fewer to emulate.
	plays "$board: the LED blinks" blink-minimal $board --icount 8 --pins "$pin" --record "$dir/pins" <<-E
		pin $pin within 20
		pin $pin within 20
		pin $pin within 20
		pin $pin within 20
	E
	run "$FERRY" pins --measure "$dir/pins"
	like "$board: every half a second" "$out" 'period (1(\.0000[0-9]*)? s|999\.99[0-9]* ms) mean'
	run "$FERRY" pins --morse "$dir/pins"
	is "$board: which is no Morse code" "$out" ""
done

# Pins that another core sets. QEMU emulates the cores in turn, so the first one sleeps.
mkdir "$dir/src"
cp tests/guest/core-toggle.c "$dir/src"
for board in rpi-4 virt; do
	ok "an app of two cores for $board" make -s app APP=core-toggle APP_DIR="$dir/src" BOARD=$board WERROR=1 O="$dir/build" \
		APP_OUT="$dir/core-toggle/$board"
	plays "$board: the other core sets the pin" core-toggle $board --pins 3 --record "$dir/pins" <<-'E'
		expect ^toggled$
	E
	run "$FERRY" pins --measure "$dir/pins"
	like "$board: every millisecond" "$out" 'period (2(\.00[0-9]*)? ms|1\.99[0-9]* ms) mean over 9, duty'
done

ok "beep for rpi-zero" build beep rpi-zero
plays "rpi-zero: the beeper plays what is typed" beep rpi-zero --pins 17 --record "$dir/pins" <<'E'
expect beep> 
type t1000 100000\r
expect beep> 
type nonsense\r
expect beeper: column 1: expected t, m or p: nonsense$
expect beep> 
type p50000\r
expect beep> 
type mX\x7fsos\r
expect beep> 
type \r
expect ^played$
E
run "$FERRY" pins --measure --morse "$dir/pins"
# Its edges are whole microseconds of the system timer, and a handler comes when it can.
like "the tone has its frequency and length" "$out" 'tone at .*: (1\.0000[0-9]*|999\.9[0-9]*) k?Hz for (99\.9[89][0-9]*|100(\.0[01][0-9]*)?) ms'
like "the Morse code is right, a typing error corrected" "$out" '"SOS", 20\.0 words per minute, 700\.[0-9] Hz'

# A program of somebody's own.
mkdir "$dir/crash"
cp apps/template/* tests/guest/crash.c "$dir/crash"
rm "$dir/crash/main.c"

# NAME LETTER CAUSE CODE OPTION...: what the console says
panics() {
	name=$1 letter=$2 cause=$3 code=$4
	shift 4
	plays "$board: $name" crash "$board" "$@" <<-E
		expect ^   42\|42   \|-0042\|\+42\|beef\|0xbeef\|text\|te\|c\|%\|18446744073709551615\|-9223372036854775808\$
		expect ^ready\$
		type $letter
		expect ==== PANIC ====
		expect ^cause: $cause
		expect crash\+0x
		expect ^  from 0x[0-9a-f]+  bare_start\+0x
		expect ^build: my-app $board [0-9a-f]{40}\$
		expect ^code: $code\$
	E
}

# NAME OPTION...: told to, the board turns itself off
off() {
	name=$1
	shift
	printf '%s\n' 'timeout 300' 'expect ^ready$' 'type o' 'expect never' >"$dir/script"
	run "$FERRY" boot --board "$board" --script "$dir/script" "$dir/crash/$board/$(image "$board")" "$@"
	like "$name" "$err" 'the board switched itself off'
}

for board in $boards; do
	ok "the template is built elsewhere for $board" make -s -C "$dir/crash" app FERRY="$root" BOARD="$board" \
		APP_CFLAGS="-I$root/boards/$board" O="$dir/build" APP_OUT="$dir/crash/$board"
	panics "division by zero" d 'division by zero' 7
	panics "64-bit division by zero" l 'division by zero' 7
	panics "null pointer" n 'null pointer, read' 4
	# Under -icount, QEMU's 64-bit machines let it pass.
	panics "unaligned register" u 'unaligned access, read' 4 --icount off
	panics "assertion" a "assertion: how == 'b'" 3
	plays "$board: stack overflow" crash "$board" <<-'E'
		expect ^ready$
		type s
		expect ^cause: stack overflow
		expect overflow\+0x
		expect ^    \([0-9]+ times\)$
		expect ^  from 0x[0-9a-f]+  main\+0x
		expect ^code: 6$
	E
	plays "$board: stray interrupt" crash "$board" <<-'E'
		expect ^ready$
		type i
		expect ^cause: interrupt [0-9]+ has no handler$
		expect ^code: 8$
	E
	plays "$board: memory is zero although it was not before a reset" crash "$board" --reboot <<-'E'
		expect ^ready$
		type f
		expect ^ready$
		type z
		expect ^done: 0$
	E
	plays "$board: reset" crash "$board" --reboot <<-'E'
		expect ^ready$
		type r
		expect ^ready$
	E
	off "$board: power off"
	# With an EL2 or HYP mode, QEMU's PSCI is called by smc.
	el2=$(scripts/boards TEST_EL2_OPTIONS "$board")
	[ -n "$el2" ] || continue
	# shellcheck disable=SC2086 # several options
	plays "$board with an EL2: reset" crash "$board" --reboot -- $el2 <<-'E'
		expect ^ready$
		type r
		expect ^ready$
	E
	# shellcheck disable=SC2086
	off "$board with an EL2: power off" -- $el2
done

# The code on the LED, for those without a console: 3 blinks of 200 ms between two pauses.
plays "rpi-zero: the LED blinks the code" crash rpi-zero --icount 8 --pins 47 --record "$dir/pins" <<'E'
expect ^ready$
type a
expect ^==== halted
pin 47 within 20
pin 47 within 20
pin 47 within 20
pin 47 within 20
pin 47 within 20
pin 47 within 20
pin 47 within 20
pin 47 within 20
E
run "$FERRY" pins --pin 47 --vcd - "$dir/pins"
# The LED is active low: each fall is a blink, and begins a new group after a second of dark.
groups=$(printf '%s\n' "$out" | awk '/^#/ { time = substr($0, 2) }
	/^1!/ { dark = time }
	/^0!/ { if (dark && time - dark > 1e9) group++; blinks[group]++ }
	END { print blinks[1], blinks[2] + 0 }')
is "three times, then a pause" "$groups" "3 1"
done_testing
