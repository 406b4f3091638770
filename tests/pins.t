#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A pin is followed from the guest's store to the decoded Morse: a bare-metal program on a card, `ferry boot --record`, `ferry
# pins`.
# needs: ferry
. tests/tap.sh
export LC_ALL=C.UTF-8 COLUMNS=100

# A card that boots a bare-metal program: what a Pi Zero's firmware does with it, ferry does.
make_card() { # SOURCE CARD
	arm-linux-gnueabi-gcc -nostdlib -static -Wl,-Ttext=0x8000 -o "$dir/program" "$1" &&
		arm-linux-gnueabi-objcopy -O binary "$dir/program" "$dir/kernel.img" &&
		rm -f "$2" && truncate -s 32M "$2" &&
		echo '2048,,c' | sfdisk -q "$2" &&
		mkfs.vfat --offset 2048 -F 16 "$2" 15360 >/dev/null &&
		mcopy -i "$2"@@1M "$dir/kernel.img" ::
}

record() { # RECORDING
	"$FERRY" boot --board rpi-zero --script "$dir/script" --pins 17,47 --record "$1" "$dir/card.img"
}

ok "a card with a program is made" make_card tests/bare/morse-arm.S "$dir/card.img"
echo 'pin 18 within 120' >"$dir/script"
echo 'quit' >>"$dir/script"
ok "the board runs until the program is done" record "$dir/r1"
ok "it runs a second time" record "$dir/r2"
ok "both runs drew the same edges" sh -c '"$FERRY" pins --from 0 --to 3s --vcd - "$1" >"$1.vcd" &&
	"$FERRY" pins --from 0 --to 3s --vcd - "$2" | cmp - "$1.vcd"' - "$dir/r1" "$dir/r2"

run "$FERRY" pins --morse "$dir/r1"
like "the keyed tone reads as Morse" "$out" '^gpio 17: Morse at .*: "HI PI", 24\.0 words per minute, 1\.000 kHz$'
like "and so does the plain level" "$out" '^gpio 47: Morse at .*: "HI PI", 24\.0 words per minute$'

"$FERRY" pins --json "$dir/r1" >"$dir/json"
is "the first tone is 440 Hz" "$(jq '.pins[0].tones[0].frequency_hz * 100 | round' "$dir/json")" 44014
is "it lasts for 220 periods of 2272 us" "$(jq '.pins[0].tones[0] | (.end - .start) / 1000 | round' "$dir/json")" 499840
# The first edge of a mark takes another way through the program, six instructions longer.
is "the Morse tone is 1 kHz, exact to the instruction" \
	"$(jq -c '.pins[0].tones[1].periods | [.count, .min, .max]' "$dir/json")" '[49,999952,1000000]'
is "the recording names the board" "$(jq -r .board "$dir/json")" rpi-zero
is "its times are calibrated" "$(jq .calibrated "$dir/json")" true

run "$FERRY" pins "$dir/r1"
like "the default is a drawing" "$out" '^gpio 17 .*█+'
like "with the measurements" "$out" '^  tone at .*: 440\.141 Hz for 499\.8 ms'
is "the drawing is as wide as the terminal, but for one column" "$(printf '%s\n' "$out" | grep -E '─|█' | wc -L)" 99
run env LC_ALL=C "$FERRY" pins "$dir/r1"
is "in another locale all is ASCII" "$(printf '%s' "$out" | LC_ALL=C tr -d '\000-\177' | wc -c)" 0
like "and drawn all the same" "$out" '^gpio 17 .*#+'

ok "SVG, VCD and WAV are written at once" "$FERRY" pins --pin 17 --svg "$dir/s.svg" --vcd "$dir/v.vcd" --wav "$dir/w.wav" "$dir/r1"
ok "the SVG is well-formed XML" xmllint --noout "$dir/s.svg"
like "it tells the Morse text" "$(cat "$dir/s.svg")" 'HI PI.* in Morse'
like "sigrok reads the VCD" "$(sigrok-cli -I vcd:downsample=100000 -i "$dir/v.vcd" -O bits 2>&1)" 'gpio17:.*1'
like "sox reads the WAV" "$(soxi "$dir/w.wav" 2>&1)" 'Sample Rate *: 48000'
freq=$(sox "$dir/w.wav" -n trim 0.1 0.4 stat 2>&1 | awk '/Rough +frequency/ { print $3 }')
ok "which sounds at 440 Hz or its harmonics" test "$freq" -ge 400 -a "$freq" -le 2500
ok "a window of 100 ms has 45 rises" sh -c '"$FERRY" pins --pin 17 --from 0 --to 100ms --vcd - "$1" |
	grep -c "^1!" | grep -qx 45' - "$dir/r1"

# Faults.
for bad in "" "--pin x r" "--rate 1 r" "--wpm 0 r" "--what r" "a b"; do
	# shellcheck disable=SC2086
	run "$FERRY" pins $bad
	if [ "$bad" = "--pin x r" ]; then want=1; else want=2; fi
	is "status $want for: ferry pins $bad" "$status" "$want"
done
run "$FERRY" pins --pin 5 "$dir/r1"
is "a pin that was not recorded is an error" "$err" "ferry pins: $dir/r1: pin 5 was not recorded"
run "$FERRY" pins --wav "$dir/none.wav" "$dir/r1"
like "sound of several pins is an error" "$err" 'sound is of one pin, this would be 3: choose with --pin'
ok "which leaves no file behind" test ! -e "$dir/none.wav"
run "$FERRY" pins --from 9s --to 8s "$dir/r1"
like "a window of nothing is an error" "$err" 'no time is left between --from and --to'
head -c 200 "$dir/r1" >"$dir/cut"
run "$FERRY" pins --svg "$dir/cut.svg" "$dir/cut"
like "a cut-off recording is an error" "$err" '/cut: cut off: [0-9]+ bytes are missing at its end$'
ok "which leaves no file behind, either" test ! -e "$dir/cut.svg"
run "$FERRY" pins README.md
like "another file is an error" "$err" 'not a recording of pins|cannot open'
run sh -c '"$FERRY" pins --vcd - "$1" >/dev/full' - "$dir/r1"
like "a full disk is an error" "$err" '^ferry pins: .*No space left'
is "with status 1" "$status" 1
is "QEMU finds in the plugin what it looks for, and nothing else" \
	"$(nm -D --defined-only "${FERRY%/*}/ferry-pins.so" | sed 's/.* //' | tr '\n' ' ')" "qemu_plugin_install qemu_plugin_version "
run "$FERRY" pins --help
like "--help tells" "$out" '^Usage: ferry pins'
done_testing
