# SPDX-License-Identifier: GPL-2.0-only
# TAP for shell tests in a guest, without numbers: those that tests/tap.sh relays (guest_tests) get theirs there. Lies beside them, in
# the guest's /bin.

pass() { echo "ok - $1"; }
fail() { echo "not ok - $1"; [ -z "$2" ] || echo "# $2" | tr "\n" " "; echo; }
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "got: $2; wanted: $3"; fi; }
like() { if echo "$2" | grep -q "$3"; then pass "$1"; else fail "$1" "got: $2; wanted: $3"; fi; }
ok() { name=$1; shift; if said=$("$@" 2>&1); then pass "$name"; else fail "$name" "said: $said"; fi; }
refused() { name=$1; shift; if said=$("$@" 2>&1); then fail "$name" "$* worked"; else pass "$name"; fi; }

# Waits until a command works. Not by the clock: it leaps ahead while the guest waits for the world outside.
until_works() {
	for _ in $(seq 3000); do
		! "$@" >/dev/null 2>&1 || return 0
		usleep 100000
	done
	return 1
}
