#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A driver as a program (make program) keeps its promises: options, shell, recordings, registers in a file, and what it gives up.
# needs: ferry program-beeper program-bcm2835-gpio program-bcm2835-i2c program-74hc595 program-test-net-echo
. tests/tap.sh
program=${PROGRAM:-$PWD/build/tool/programs/bcm2835-gpio}
daemon=
clean_up() { [ -z "$daemon" ] || kill -9 "$daemon" 2>/dev/null; }

refuses() { # NAME REGEX OPTION...
	name=$1 regex=$2
	shift 2
	run timeout 300 "$program" "$@" </dev/null
	like "$name" "$status $(printf '%s\n' "$err" | grep -v 'removed$' | tail -n 1)" "$regex"
}

# ---- Building. ----

run make -s program DRIVER=
like "make program wants a driver" "$status $err" '^2 .*say which driver: make program DRIVER=NAME; drivers are: .*beeper'
run make -s program DRIVER=nonsense
like "that there is" "$status $err" "^2 .*there is no driver 'nonsense'; drivers are: .*beeper"

# ---- The command line. ----

run "$program" --help
is "--help succeeds" "$status$err" 0
like "and shows the options" "$out" '--socket PATH'
refuses "it says what to drive" '^2 bcm2835-gpio: say what to drive' --shell
refuses "one thing" '^2 .*say what to drive' --model --mem x --shell
refuses "and for whom" '^2 .*say who uses it' --model
refuses "an unknown option is refused" '^2 .*--nonsense: there is no such option' --nonsense
refuses "of letters, too" '^2 .*: -h: there is no such option' --model -help
refuses "one that takes no argument" '^2 .*--shell=x: .*takes no argument' --model --shell=x
refuses "and one without its argument" '^2 .*--mem wants an argument' --mem
refuses "a word is no option" "^2 .*'word' is no option" --model --shell word
refuses "an offset is a number" "^2 .*'x' is no offset" --mem "$dir/f:x" --shell
refuses "a size is one, too" "^2 .*'0' is no size" --mem "$dir/f:0:0" --shell
refuses "a state file belongs to a socket" '^2 .*--state belongs to' --model --state "$dir/state"
refuses "of its own" "^2 .*$dir/state' is another socket's" --model --socket "$dir/a" --state "$dir/state" --socket "$dir/b" --state "$dir/state"
printf 'a text that somebody wants to keep\n' >"$dir/text"
refuses "a state file is not anything" '^1 .*--state .*/text: it holds something else' --model --socket "$dir/a" --state "$dir/text"
is "which stays" "$(cat "$dir/text")" 'a text that somebody wants to keep'
exec 8>>"$dir/taken"
flock 8
refuses "nor another process' one" '^1 .*--state .*/taken: another process has it' --model --socket "$dir/a" --state "$dir/taken"
exec 8>&-
printf 'ferry state 1: rng of bcm2835-rng, 0 bytes\n' >"$dir/rng"
refuses "nor another device's" "^1 .*--state .*/rng: it is of 'ferry state 1: rng of bcm2835-rng.*this is .*: gpio of bcm2835-gpio, .*: name another" --model \
	--socket "$dir/a" --state "$dir/rng"
refuses "with --supervise, too" "^1 .*--state .*/rng: it is of 'ferry state 1: rng of" --model --socket "$dir/a" --state "$dir/rng" --supervise
refuses "where that is no state file at all, too" '^1 .*--state .*/text: it holds something else' --model --socket "$dir/a" --state "$dir/text" --supervise
run timeout 300 sh -c '"$0" --model --shell <&-' "$program"
is "no standard input is an empty one" "$status" 0
refuses "a socket has a path" '^2 .*path is empty' --model --socket ''
refuses "--supervise is for those who are connected" '^2 .*--supervise goes with' --model --shell --supervise
refuses "an unknown model is named" "^1 .*there is no model 'nonsense'" --model=nonsense --shell
refuses "registers that are not there" "^1 .*$dir/none: cannot map" --mem "$dir/none" --shell
truncate -s 4096 "$dir/short"
refuses "registers that the file does not have" "^1 .*$dir/short: the file has no 0x1000 bytes at 0x1000" --mem "$dir/short:4096" --shell
refuses "an interrupt that is not there" "^1 .*--uio $dir/none: cannot open: No such file" --mem "$dir/short" --uio "$dir/none" --shell
refuses "nor is a file one" "^1 .*--uio $dir/short: cannot open: No such device" --mem "$dir/short" --uio "$dir/short" --shell
refuses "a file is no socket" "^1 .*$dir/short: cannot listen: Address already in use" --model --socket "$dir/short"
is "and stays" "$(stat -c '%F %s' "$dir/short")" "regular file 4096"
refuses "a socket that cannot be" "^1 .*/nonsense/s: cannot listen: No such file" --model --socket /nonsense/s
refuses "a path too long for a socket" "^1 .*cannot listen: File name too long" --model --socket "$dir/$(printf '%0120d' 0)"
refuses "nobody listens there" "^1 .*cannot connect" --model --connect "$dir/nobody"
refuses "a recording that cannot be" "^1 .*/nonsense/r" --model --shell --record /nonsense/r
[ "$(id -u)" != 0 ] || refuses "a user that is not there" "^1 .*there is no user 'nobody-such'" --model --shell --user nobody-such

# ---- The shell, and a recording. ----

printf '%s\n' 'set 17 1' 'get 17' 'drive 4 1' 'get 4' 'watch 17' 'set 17 0' wave 'release 17' 'drive 17 1' 'get 17' quit >"$dir/in"
run env LC_ALL=C timeout 300 "$program" --model --shell --record "$dir/pins" <"$dir/in"
is "the shell ends well" "$status" 0
like "it sets, reads, drives and watches pins" "$(echo "$out" | tr '\n' '|')" '^1\|1\|pin 17 0 at [0-9.]* s\|.*\|0\|$'
like "and draws them, from the first edge on" "$out" '^gpio 17 [|#][ _|#]{63}$'
like "with the time" "$out" '^ *0(\.0)? [um]?s '
run "$FERRY" pins --from 0 --measure "$dir/pins"
like "ferry pins reads the recording" "$status $out" 'gpio 17: 2 edges, low at the start, low at the end'
printf 'xx %01200d get 4\nget 4\n' 0 >"$dir/in"
run timeout 300 "$program" --model --shell <"$dir/in"
is "a line too long is left out, whole" "$status $(echo "$out" | tr '\n' '|')" "0 a line has more than 511 characters: it is left out|0|"
printf 'drive 4 1\nget 4' >"$dir/in"
run timeout 300 "$program" --model --shell <"$dir/in"
is "a last line without an end is one" "$status $out" "0 1"
run sh -c 'echo help | timeout 300 "$1" --model --shell >/dev/null' sh "$program"
is "output may go to any device" "$status" 0
printf '%s\n' 'set' 'set 54 1' 'get 4294967296' 'set 17 2' 'set x 1' nonsense 'feed x' help quit >"$dir/in"
run timeout 300 "$program" --model --shell <"$dir/in"
like "wrong commands are told" "$(echo "$out" | tr '\n' '|')" "usage: set PIN 0.1.*no pin '54'.*no pin '4294967296'.*not possible.*no pin 'x'.*no command 'nonsense'.*cannot do that.*drive PIN"

i2c_program=${I2C_PROGRAM:-$PWD/build/tool/programs/bcm2835-i2c}
{
	printf '%s\n' scan 'transfer 0x48 0 r2' 'transfer 0x33 r1' 'transfer 0x48 0 300' 'transfer 0x50 r257'
	for _ in $(seq 100); do echo 'transfer 0x48 3 r2'; done
	printf '%s\n' 'transfer 80 r1'
} >"$dir/in"
run timeout 300 "$i2c_program" --model --shell <"$dir/in"
is "the shell scans an I2C bus and has transfers done, one after the other" "$status $(echo "$out" | uniq -c | sed 's/^ *//' | tr '\n' '|')" \
	"0 1 0x48|1 0x50|1 0x15 0x80|1 transfer: nobody acknowledges|2 transfer: that is not possible for it as it is|100 0x50 0x00|1 0xff|"

# ---- A driver that uses pins. ----

echoes=${ECHOES:-$(dirname "$program")/test-net-echo}
uses_pins=${BEEPER:-$(dirname "$program")/beeper}
refuses_pins() { # NAME REGEX OPTION...
	name=$1 regex=$2
	shift 2
	run timeout 300 "$uses_pins" "$@" </dev/null
	like "$name" "$status $(printf '%s\n' "$err" | grep -v 'removed$' | tail -n 1)" "$regex"
}
played() { [ "$(grep -c '^pin 17' "$dir/out")" -ge 10 ]; }
: >"$dir/out"
{
	printf '%s\n' 'watch 17' 'feed t1000 5000' 'feed x' 'set 17 1'
	wait_until played
	echo quit
} | timeout 300 "$uses_pins" --model --pin speaker=17 --property tone-hz=900 --shell --record "$dir/beeps" >"$dir/out" 2>"$dir/err"
like "the beeper takes lines, refuses wrong ones, keeps its pin" "$(grep -v '^pin' "$dir/out" | tr '\n' '|')" \
	'^feed: that is not.*\|set: somebody else has it\|$'
err=$(cat "$dir/err")
like "and has its properties" "$err" 'ready: 20 words per minute at 900 Hz'
run "$FERRY" pins --from 0 --measure "$dir/beeps"
like "the tone is on the controller's pin" "$out" 'gpio 17: 10 edges'
# More than its queue of 512 holds; and no quit.
for _ in $(seq 700); do echo 'feed t1000 1000'; done |
	timeout 300 "$uses_pins" --model --pin speaker=17 --shell --record "$dir/beeps" >"$dir/out" 2>"$dir/err"
is "it takes more than it has room for at once, and plays it to the end" \
	"$? $("$FERRY" pins --from 0 --measure "$dir/beeps" | grep -o '[0-9]* edges')" "0 1400 edges"
run timeout 300 sh -c 'echo wave | "$1" --model=pl061 --pin speaker=3:low --shell' sh "$uses_pins"
like "another controller will do" "$status $(echo "$err" | tr '\n' '|')" '^0 pl061: 8 pins\|beeper: ready'
refuses_pins "it says that pins are missing" '^1 .*say with --pin which pins it uses' --model --shell
refuses_pins "one that the driver asks for" '^1 .*a pin is given to it with --pin' --model --pin loud=17 --shell
refuses_pins "a pin that is not there" '^1 .*--pin speaker=54: there is no such pin; the controller has 54' --model --pin speaker=54 --shell
refuses_pins "a pin given twice" "^2 .*'speaker' is given twice" --model --pin speaker=1 --pin speaker=2 --shell
refuses_pins "a property given twice" "^2 .*'words-per-minute' is given twice" --model --pin speaker=1 --property words-per-minute=20 --property words-per-minute=21 --shell
refuses_pins "a property that the driver does not have" '^1 .*--property loudness: the driver has no such' --model --pin speaker=1 \
	--property loudness=3 --shell
refuses_pins "a controller that is none" "^1 .*no GPIO controller with the model 'pl031'" --model=pl031 --pin speaker=1 --shell
refuses_pins "pins are numbers" "^2 .*'speaker=x' is not a name" --model --pin speaker=x --shell
refuses_pins "active low, or nothing" "^2 .*not ':high'" --model --pin speaker=1:high --shell
refuses_pins "properties are, too" "^2 .*'tone-hz=' is not a name" --model --property tone-hz= --shell
refuses_pins "of 32 bits" "^2 .*'tone-hz=4294967296'" --model --property tone-hz=4294967296 --shell
refuses "a controller has pins itself" '^1 .*is a GPIO controller itself' --model --pin speaker=1 --shell

# ---- Registers in a file, as those of a Raspberry Pi are in /dev/gpiomem. ----

truncate -s 4096 "$dir/gpiomem"
chmod 666 "$dir/gpiomem"
printf '%s\n' 'set 17 1' 'set 17 0' quit >"$dir/in"
run timeout 300 "$program" --mem "$dir/gpiomem" --shell <"$dir/in"
is "a file can stand for registers" "$status" 0
word() { od -An -tx4 -j "$1" -N 4 "$dir/gpiomem" | tr -d ' '; }
is "GPFSEL1 makes pin 17 an output" "$(word 4)" 00200000
is "GPSET0 set it" "$(word 28)" 00020000
is "GPCLR0 cleared it" "$(word 40)" 00020000

# ---- What it gives up. ----

given_up() { grep -q '^Seccomp:.*2' "/proc/$daemon/status"; }
field() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$daemon/status"; }
chmod 777 "$dir"
"$program" --model --socket "$dir/socket" 2>"$dir/log" &
daemon=$!
ok "system calls are filtered" wait_until given_up
is "no privileges can be gained" "$(field NoNewPrivs)" 1
is "no capability is left" "$(field CapEff) $(field CapPrm) $(field CapInh)" '0000000000000000 0000000000000000 0000000000000000'
if [ "$(id -u)" = 0 ]; then
	is "it is no longer root" "$(field Uid | cut -f 1)" "$(id -u nobody)"
else
	skip "it is no longer root" "the tests do not run as root"
fi
kill "$daemon"
wait "$daemon"
is "a signal ends it well" $? 0
daemon=
"$program" --model --socket "$dir/socket" --no-sandbox 2>"$dir/log" &
daemon=$!
ok "the next one takes the socket that was left" wait_until listens "$dir/socket"
refuses "but not one that is in use" '^1 .*cannot listen: Address already in use' --model --socket "$dir/socket"
kill "$daemon"
wait "$daemon"
daemon=
ok "without the sandbox the socket goes" [ ! -e "$dir/socket" ]

# ---- Three processes. ----

proxy() { children_of "$daemon" | head -n 1; }
worker() { worker_of "$daemon"; }
state_of() { sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status" 2>/dev/null; }
is_in_sandbox() { [ "$(state_of "$1" Seccomp)" = 2 ]; }
are_ready() { [ "$(worker)" ] && is_in_sandbox "$(proxy)" && is_in_sandbox "$(worker)"; }
supervise() { # OPTION...
	"$program" --model --socket "$dir/supervised" --supervise "$@" 2>"$dir/log" &
	daemon=$!
	ok "proxy and worker are ready, in their sandboxes" wait_until are_ready
	family=$(children_of "$daemon")
}
all_gone() { # NAME
	for pid in $family; do
		ok "$1: a process is gone" wait_until is_gone "$pid"
	done
}

supervise
for who in proxy worker; do
	pid=$($who)
	is "the $who can gain no privileges, and has no capability" "$(state_of "$pid" NoNewPrivs) $(state_of "$pid" CapEff)" '1 0000000000000000'
	[ "$(id -u)" != 0 ] || is "the $who is no longer root" "$(state_of "$pid" Uid | cut -f 1)" "$(id -u nobody)"
done
old=$(worker) old_proxy=$(proxy)
kill -9 "$old"
has_another() { are_ready && [ "$(worker)" != "$old" ]; }
ok "a worker that is killed has a successor" wait_until has_another
is "the proxy is the same" "$(proxy)" "$old_proxy"
kill "$daemon"
wait "$daemon"
is "a signal ends all well" $? 0
all_gone "a signal"

supervise
kill -9 "$(proxy)"
status=0
wait "$daemon" || status=$?
is "without its proxy it fails" "$status" 1
all_gone "the proxy"

supervise
kill -9 "$daemon"
wait "$daemon" 2>/dev/null
all_gone "the supervisor"

# Guests may make workers die; that never ends all.
supervise
for n in $(seq 15); do
	old=$(worker)
	kill -9 "$old"
	wait_until has_another || break
done
is "it goes on after many deaths of workers that served" "$n $(grep -c 'Killed ended the worker; another starts' "$dir/log")" "15 15"
kill "$daemon"
wait "$daemon"
is "and ends well" $? 0
run timeout 300 "$echoes" --property trap=1 --supervise --socket "$dir/supervised"
like "it gives up when none gets that far" "$status $(printf '%s\n' "$err" | tail -n 1) $(printf '%s\n' "$err" | grep -c 'another starts')" \
	'^1 error: supervisor: .* ended the worker as it started, 10 times in a row 9$'

mkfifo "$dir/fifo"
exec 8<>"$dir/fifo"
"$program" --model --socket "$dir/supervised" --supervise --shell <"$dir/fifo" >"$dir/out" 2>"$dir/log" &
daemon=$!
ok "with a shell, too" wait_until are_ready
echo "get 17" >&8
old=$(worker)
said() { [ "$(cat "$dir/out")" = "$1" ]; }
ok "which reads" wait_until said 0
kill -9 "$old"
ok "and dies" wait_until has_another
printf 'set 17 1\nget 17\nquit\n' >&8
wait "$daemon"
is "and the next one goes on reading, and ends all" "$? $(tr '\n' ' ' <"$dir/out")" "0 0 1 "
daemon=
run timeout 300 "$program" --model --socket /nonsense/s --supervise
# The worker may have said something before.
like "a socket that cannot be ends all" "$status $(echo "$err" | tr '\n' '|')" '^1 .*/nonsense/s: cannot listen: No such file'
run timeout 300 "$program" --model=nonsense --socket "$dir/supervised" --supervise
like "and so does a worker that cannot start" "$status $err" "^1 .*there is no model 'nonsense'"
# A device on an SPI bus: that of its model.
run sh -c "printf 'set 3 1\\nget 3\\nset 3 0\\nget 3\\n' | timeout 300 $PWD/build/tool/programs/74hc595 --model --shell"
is "a driver of an SPI target runs on a bus of models" "$status $out" "0 1
0"

done_testing
