# SPDX-License-Identifier: GPL-2.0-only
# TAP for shell tests: `. tests/tap.sh`, then tests, then done_testing. A test works in its own directory, $dir, which goes
# when the test ends. Failures say what was got and what was wanted.
: "${FERRY:=build/asan/ferry}"
case $FERRY in /*) ;; *) FERRY=$PWD/$FERRY ;; esac
export FERRY
root=$PWD
# A test sets what it needs itself.
# The judges (e2fsck, sfdisk, fsck.fat) are where a user's PATH need not go.
PATH=$PATH:/usr/sbin:/sbin
unset SOURCE_DATE_EPOCH MAKEFLAGS MAKELEVEL COLUMNS NO_COLOR
dir=$(mktemp -d) || exit 1
tests=0
failures=0

clean_up() { :; } # a test may define its own
trap 'clean_up; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

pass() { # NAME
	tests=$((tests + 1))
	echo "ok $tests - $1"
}

fail() { # NAME [TEXT]: the text becomes a diagnosis
	tests=$((tests + 1))
	failures=$((failures + 1))
	echo "not ok $tests - $1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/# /'
}

ok() { # NAME COMMAND...: passes when the command succeeds
	name=$1
	shift
	if output=$("$@" 2>&1); then pass "$name"; else fail "$name" "status $? of: $*
$output"; fi
}

is() { # NAME GOT WANTED
	if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "got:    $2
wanted: $3"; fi
}

like() { # NAME TEXT EXTENDED-REGEX
	if printf '%s\n' "$2" | grep -Eq -- "$3"; then pass "$1"; else fail "$1" "got:    $2
wanted: /$3/"; fi
}

skip() { # NAME WHY
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# Runs a command and leaves its standard output, its standard error and its status in $out, $err and $status.
run() {
	status=0
	out=$("$@" 2>"$dir/.stderr") || status=$?
	err=$(cat "$dir/.stderr")
}

# COMMAND...: waits until it succeeds, for five minutes at most
wait_until() {
	for _ in $(seq 6000); do
		! "$@" 2>/dev/null || return 0
		sleep 0.05
	done
	return 1
}
# SOCKET: whether a process listens there
listens() { grep -q " 00010000 .* $1\$" /proc/net/unix; }

# PID: a supervisor's children, the proxy first; and the worker alone, if there is one
children_of() { tr ' ' '\n' 2>/dev/null <"/proc/$1/task/$1/children" | sed '/^$/d'; }
worker_of() { children_of "$1" | sed -n 2p; }
is_gone() { ! kill -0 "$1" 2>/dev/null; }

# LOG N: the words of a guest's lines `# ask WORD` but for the first N. A line is whole once its \r is there.
asks_after() { sed -n 's/^# ask \([a-z0-9-]*\)\r$/\1/p' "$1" | tail -n "+$(($2 + 1))"; }

# PID: of `ferry boot`, whose console goes to $dir/log and whose words to $dir/out: until it ends, calls answer WORD for each line
# `# ask WORD` of the guest's; then judges its end
attend_machine() {
	asked=0
	while kill -0 "$1" 2>/dev/null; do
		for word in $(asks_after "$dir/log" "$asked"); do
			asked=$((asked + 1))
			answer "$word"
		done
		sleep 0.1
	done
	status=0
	wait "$1" || status=$?
	is "the machine runs to its end" "$status" 0
	[ "$status" = 0 ] || tail -n 40 "$dir/out" | sed 's/^/# /'
}

# LOG [PREFIX]: what a guest's tests said on its console becomes ours; sets $guest_passed to how many passed
guest_tests() {
	tr -d '\r' <"$1" | grep -aE '^(ok|not ok) - |^# (got|said)' >"$dir/guest.tap"
	while IFS= read -r line; do
		case $line in
		'ok - '*) pass "${2-}${line#ok - }" ;;
		'not ok - '*) fail "${2-}${line#not ok - }" ;;
		*) echo "$line" ;;
		esac
	done <"$dir/guest.tap"
	guest_passed=$(grep -c '^ok' "$dir/guest.tap")
}
done_testing() {
	echo "1..$tests"
	[ "$failures" = 0 ]
}

# A test of a board's kernel runs with Debian's; with FERRY_KERNEL=-source (NAME-source.t), or -debug, with one built from source.
kernel_root() { # BOARD: where its modules are, as in Debian's package
	if [ "${FERRY_KERNEL:-}" ]; then echo "$root/build/kernel/$1/${FERRY_KERNEL#-}/root"; else echo "$root/build/cache/$1/root"; fi
}
kernel_headers() { # BOARD: for kbuild
	if [ "${FERRY_KERNEL:-}" ]; then echo "$root/build/kernel/$1/${FERRY_KERNEL#-}/headers"
	else echo "$root/build/cache/$1/root/usr/src"/linux-headers-*[!n]; fi
}

# Ferry's part of bare-metal images for every board, as `make check` has built it (# needs: bare-objects), so that O=$dir/build has it,
# too
bare_objects() {
	mkdir -p "$dir/build/how"
	for objects in build/bare/*/ferry; do
		board=$(basename "$(dirname "$objects")")
		mkdir -p "$dir/build/bare/$board"
		cp -a "$objects" "$dir/build/bare/$board"
		cp -a "build/how/bare-$board"-* "$dir/build/how"
	done
}
