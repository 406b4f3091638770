#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A driver as a program is used by its class: a sensor by the shell, in text and JSON, and by whoever connects to its socket.
# needs: program-test-climate program-test-motion
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
