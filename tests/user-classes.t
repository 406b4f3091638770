#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A driver as a program is used by its class: by the shell, in text and JSON; a sensor by whoever connects to its socket, too.
# needs: program-test-climate program-test-motion program-test-nor program-test-lamps program-test-gadgets program-pl031 program-gpio-led
. tests/tap.sh
programs=${PROGRAMS:-$PWD/build/tool/programs}
daemon=
clean_up() { [ -z "$daemon" ] || kill -9 "$daemon" 2>/dev/null; }

# PROGRAM LINES OPTION...: what its shell says
shell() {
	program=$1
	printf '%s\n' "$2" >"$dir/in"
	shift 2
	run timeout 300 "$programs/test-$program" --shell --user "" "$@" <"$dir/in"
	said=$(printf '%s\n' "$out" | tr '\n' '|')
}
refuses() { # NAME REGEX OPTION...
	name=$1 regex=$2
	shift 2
	run timeout 300 "$programs/test-climate" "$@" </dev/null
	like "$name" "$status $(printf '%s\n' "$err" | tail -n 1)" "$regex"
}

# ---- The shell. ----

shell climate 'channels
measure
measure outside
measure nonsense'
is "a sensor's channels have names, labels and units; they are measured" "$status $said" \
	"0 temperature, in °C: outside|humidity, in %|outside temperature 21.5 °C|humidity 51.21994 %|outside temperature 21.5625 °C|there is no channel 'nonsense'|"
shell climate 'limit outside above
limit temperature above 10.5 0.25
limit outside above
measure
limit outside above 200
limit outside below 3
limit humidity above 3
limit outside above x
limit
rate
sample'
like "limits are shown, set, and told when they are passed" "$said" \
	'^on: 80.0, hysteresis 5.0\|on: 10.5, hysteresis 0.25\|temperature is above its limit at [0-9.]+ s\|outside temperature 21.5 .*%\|limit: that is not'
like "what the sensor has not is refused" "$said" \
	'\|limit: that is not possible for it as it is\|limit: the device cannot do that\|limit: the device cannot do that\|limit: that is not possible for it as it is\|limit: that is not [a-z ]*\|rate: the device cannot do that\|sample: the device cannot do that\|$'
shell motion 'channels
rate
rate 12.5
rate 13
rate
measure acceleration-z temperature' --json
is "in JSON, too" "$status $(printf '%s\n' "$out" | grep -v '^rate' | jq -c 'del(.time)' | sed 's/\.0\([],}]\)/\1/g' | tr '\n' '|')" \
	'0 {"channel":"acceleration-x","unit":"m/s²"}|{"channel":"acceleration-y","unit":"m/s²"}|{"channel":"acceleration-z","unit":"m/s²"}|{"channel":"temperature","unit":"°C"}|{"rate":100,"rates":[12.5,100,400]}|{"rate":12.5,"rates":[12.5,100,400]}|{"channel":"acceleration-z","value":0.11768,"unit":"m/s²","raw":3}|{"channel":"temperature","value":25,"unit":"°C","raw":4}|'
shell climate "$(for _ in $(seq 100); do echo measure humidity; done)"
is "a measurement that fails is told, and the next one is done" "$(printf '%s\n' "$out" | sort | uniq -c | sed 's/^ *//' | tr '\n' '|')" \
	"99 humidity 51.21994 %|1 measure: the sensor does not answer: error -7|"

shell nor 'geometry
erase 0x1000 0x1000
poke 0x1000 1 2 0xff
peek 0xfff 5
erase 1 1
poke 0
peek 65536'
is "a memory is erased, written and read" "$status $said" \
	"0 65536 bytes, written by 1, erased by 4096|00000fff: 00 01 02 ff ff|erase: that is not possible for it as it is|poke: that is not possible for it as it is|peek: that is not possible for it as it is|"
shell nor 'geometry
peek 0 2' --json
is "in JSON" "$said" '{"size":65536,"write_size":1,"erase_size":4096}|{"offset":0,"bytes":[0,0]}|'
shell lamps 'led
led lamp 120
led blink 10 20
led wait blink 1 1
led'
is "LEDs are set, and blink by themselves" "$status $said" \
	"0 lamp: 0 of 200|wait: 0 of 1|50 ms on, 50 ms off|led: the device cannot do that|lamp: 120 of 200|wait: 0 of 1|"
shell gadgets 'pwm 0 20000 5050
pwm 0
pwm 2
watchdog 5000
watchdog off
watchdog
watchdog 99999'
is "so are PWM outputs, and a watchdog" "$status $said" \
	"0 on: period 20000 ns, duty 5000 ns|pwm: there is no such pin|runs: false, 0 ms left of 16000 at the most; was reset by it: true|watchdog: that is not possible for it as it is|"
printf 'events\n' >"$dir/in"
{ cat "$dir/in"; wait_until sh -c "[ \"\$(grep -c 'key 30' '$dir/events')\" -ge 4 ]"; echo quit; } |
	timeout 300 "$programs/test-gadgets" --shell --user "" >"$dir/events" 2>/dev/null
is "keys and wheels are printed as they move" "$(grep -vEx 'key 30: [01]|relative 8: (1|-2)|switch 0: 1' "$dir/events")$(
	sed -n 's/^key 30: //p' "$dir/events" | awk 'NR > 1 && $1 == last { print } { last = $1 }')" ""
printf 'clock set 2030-02-28T23:59:59\nclock\nclock set 253402300800\nalarm +1000\nalarm\nalarm off\nalarm\n' >"$dir/in"
run timeout 300 "$programs/pl031" --model --shell --user "" <"$dir/in"
like "a clock is set, and has an alarm" "$status $(printf '%s\n' "$out" | tr '\n' '|')" \
	'^0 18985535[0-9]*: 2030-0[0-9-]* [0-9:]* UTC\|clock: that is not possible for it as it is\|[0-9]*: 2030-03-01 00:1[0-9:]* UTC\|no alarm\|$'
printf 'led 1\nget 17\nled 0\nget 17\n' >"$dir/in"
run timeout 300 "$programs/gpio-led" --model --pin led=17 --shell --user "" <"$dir/in"
is "a LED on a pin" "$status $(printf '%s\n' "$out" | tr '\n' '|')" "0 1|0|"

# ---- The socket. ----

# SOCKET SECONDS COUNT: reads COUNT lines there after as many seconds, and goes
client() {
	perl -MIO::Socket::UNIX -e '
		my $s = IO::Socket::UNIX->new(Peer => shift) or die "connect: $!";
		sleep(shift);
		my $count = shift;
		while ($count-- && defined(my $line = <$s>)) { print $line }' "$@"
}
serve() { # PROGRAM OPTION...
	program=$1
	shift
	"$programs/test-$program" --samples "$dir/samples" "$@" 2>"$dir/log" &
	daemon=$!
	ok "$program listens" wait_until listens "$dir/samples"
}
stop() {
	kill "$daemon"
	wait "$daemon"
	is "$program: it ends well" "$? $(grep -v removed "$dir/log")" "0 "
	daemon=
}

chmod 777 "$dir"
serve motion
client "$dir/samples" 0 400 >"$dir/one" &
first=$!
client "$dir/samples" 0 200 >"$dir/two"
wait "$first"
ordered() { jq -s '[.[] | select(.channel == "acceleration-x") | .raw] | . as $r | [range(1; length) | $r[.] - $r[. - 1]] | unique' -c "$1"; }
is "each who connects gets all samples, in order" "$(ordered "$dir/one") $(ordered "$dir/two")" "[1] [1]"
is "with their times" "$(jq -s -c '[.[] | select(.channel == "acceleration-x") | .time] | . as $t | [range(1; length) | ($t[.] - $t[. - 1]) * 1000 | round] | unique' "$dir/one")" "[10]"
stop

serve motion --shell <<'X'
rate 400
X
client "$dir/samples" 4 6000 >"$dir/slow"
like "who does not read is told how much it missed" "$(grep lost "$dir/slow" | head -n 1)" '^\{"lost":[0-9]+\}$'
is "and gets all lines whole" "$(jq -c 'keys' "$dir/slow" | sort -u | tr '\n' ' ')" '["channel","raw","time","unit","value"] ["lost"] '
stop

serve climate --interval 50
client "$dir/samples" 0 8 >"$dir/one"
is "a sensor without a clock is measured again and again" "$(jq -r '.label // .channel' "$dir/one" | tr '\n' ' ')" \
	"outside humidity outside humidity outside humidity outside humidity "
ok "every 50 ms" sh -c "jq -s -e '(.[6].time - .[0].time) as \$t | \$t > 0.145 and \$t < 2' '$dir/one'"
stop

refuses "an interval is a number" "^2 .*--interval: '0' is no number" --samples "$dir/s" --interval 0
refuses "and for a socket" '^2 .*--interval goes with --samples' --shell --interval 5
refuses "whose path is not empty" '^2 .*--samples: the path is empty' --samples ''
refuses "and possible" '^1 .*/nonsense/s: cannot listen: No such file' --samples /nonsense/s --user ''
refuses "virtual machines have no sensors" '^1 .*nothing that virtual machines can use' --socket "$dir/vm" --user ''
done_testing
