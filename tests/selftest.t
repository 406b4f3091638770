#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The tests that run on the board (apps/selftest) pass on every emulated board. Their lines become lines of this test.
# needs: ferry
. tests/tap.sh

# BOARD IMAGE LEAST QEMU-OPTION...: what the board says in TAP, at least LEAST tests
selftest() {
	board=$1 image=$2 least=$3
	shift 3
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

thermometer=tmp105,bus=i2c-bus.1,address=0x48
selftest rpi-zero kernel.img 150 -device "$thermometer"
selftest rpi-3 kernel8.img 150 -device "$thermometer"
selftest rpi-4 kernel8.img 138
selftest virt kernel8.img 187
selftest virt-armv7 kernel7.img 187
done_testing
