#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The tests that run on the board (apps/selftest) pass on every emulated board. Their lines become lines of this test.
# needs: bare-objects ferry
. tests/tap.sh
bare_objects

# BOARD QEMU-OPTION...: what the board says in TAP, as many tests as its board.mk says at least
selftest() {
	board=$1
	shift
	image=$(scripts/boards BARE_IMAGE "$board")
	least=$(scripts/boards TEST_SELFTESTS "$board")
	ok "selftest for $board" make -s app APP=selftest BOARD="$board" O="$dir/build" APP_OUT="$dir/$board"
	printf 'timeout 300\nexpect ^# selftest: [0-9]+ failed\n' >"$dir/script"
	run "$FERRY" boot --board "$board" --script "$dir/script" --log "$dir/$board.log" "$dir/$board/$image" -- "$@"
	is "$board: it runs to its end" "$status" 0
	[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
	tr -d '\r' <"$dir/$board.log" >"$dir/$board.tap"
	while IFS= read -r line; do
		case $line in
		'ok '*' # SKIP '*) line=${line#ok } && skip "$board: ${line%% # SKIP *}" "${line##* # SKIP }" ;;
		'ok '*) pass "$board: ${line#ok }" ;;
		'not ok '*) fail "$board: ${line#not ok }" ;;
		'# got '*) echo "$line" ;;
		esac
	done <"$dir/$board.tap"
	count=$(grep -cE '^(not )?ok [0-9]+ - ' "$dir/$board.tap")
	is "$board: as many tests as planned" "$count" "$(sed -n 's/^1\.\.//p' "$dir/$board.tap")"
	ok "$board: at least $least" test "$count" -ge "$least"
}

for board in $(scripts/boards BARE_ARCH); do
	# shellcheck disable=SC2046 # several options
	selftest "$board" $(scripts/boards TEST_SELFTEST_OPTIONS "$board")
done
done_testing
