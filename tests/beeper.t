#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A card with real modules and our test program boots on the emulated Pi Zero: the beeper does what it should, and the recorder saw
# the pin do it. (That the kernel reads the whole card as it was made: tests/boot.t.) $FERRY_KERNEL=-source: with the kernel built
# from source (beeper-source.t).
# needs: ferry image-of-rpi-zero
. tests/tap.sh
board=rpi-zero
stage=build/stage/$board${FERRY_KERNEL:-}

# The card of `make image`, and in its root file system the test program.
cp -a "$stage/." "$dir/stage"
arm-linux-gnueabi-gcc -static -O2 -Wall -Wextra -Werror -o "$dir/stage/root/bin/guest-test" tests/guest/beeper.c ||
	fail "the test program compiles"
run "$FERRY" image --rootpath "$dir/stage" --inputpath "$dir/stage" --outputpath "$dir" boards/$board/sdcard.cfg
is "the card is built" "$status$err" 0

cat >"$dir/script" <<'E'
timeout 600
fail Kernel panic
expect ferry:/#
send touch /root/written && sync && echo write$((1+1))
expect write2
send dmesg -n 1; guest-test
expect # done
E
run "$FERRY" boot --board $board --script "$dir/script" --log "$dir/log" --junit "$dir/junit.xml" \
	--pins 17 --record "$dir/rec" "$dir/sdcard.img"
is "the kernel writes to the card, and the tests run" "$status" 0
[ "$status" = 0 ] || echo "$err" | sed 's/^/# /'

# What the program in the guest found, renumbered.
tr -d '\r' <"$dir/log" | grep -aE '^(ok|not ok) - ' >"$dir/guest.tap"
while IFS= read -r line; do
	case $line in
	"ok - "*) pass "guest: ${line#ok - }" ;;
	*) fail "guest: ${line#not ok - }" ;;
	esac
done <"$dir/guest.tap"
like "the guest's tests ran to the end" "$(wc -l <"$dir/guest.tap")" '^[5-9][0-9]$'
ok "the JUnit report is well-formed" xmllint --noout "$dir/junit.xml"

# What the recorder saw: the tone, then the text.
run "$FERRY" pins --json "$dir/rec"
is "the recording can be read" "$status$err" 0
tone=$(echo "$out" | jq -r '[.pins[] | select(.pin == 17) | .tones[]][0] | "\(.frequency_hz) \((.end - .start) / 1e9)"')
ok "440 Hz is within 1% ($tone)" awk -v tone="$tone" 'BEGIN { split(tone, t, " "); exit !(t[1] > 435.6 && t[1] < 444.4) }'
ok "and lasts a second, within 1%" awk -v tone="$tone" 'BEGIN { split(tone, t, " "); exit !(t[2] > 0.99 && t[2] < 1.01) }'
run "$FERRY" pins --morse "$dir/rec"
like "the Morse code reads as the text that was sent" "$out" '"THE QUICK BROWN FOX, 0123456789"'
like "at 20 words per minute" "$out" '(19\.9|20\.0)[0-9]* words per minute'
done_testing
