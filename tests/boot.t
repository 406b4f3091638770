#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `ferry boot` boots the Pi Zero's image ($FERRY_IMAGE, or what `make image` wrote: with Debian's kernel, and with one from source
# where it has been built), and says what is wrong with programs that are not QEMU and images that do not boot.
# needs: ferry image-of-rpi-zero image-of-virt images-from-source
. tests/tap.sh
images=${FERRY_IMAGE:-output/rpi-zero/sdcard.img}
[ "${FERRY_IMAGE:-}" ] || [ ! -e build/kernel/rpi-zero/source/ready ] || images="$images output/rpi-zero-source/sdcard.img"

# Processes whose command line has our directory in it: a QEMU that was left behind.
left_behind() {
	for file in $(grep -la -- "$dir" /proc/[0-9]*/cmdline 2>/dev/null); do
		{ tr '\0' ' ' <"$file" | grep -E '^(/bin/sh )?[^ ]*(qemu-system|fake|/sleep)'; } 2>/dev/null
	done
}

cp "$(command -v sleep)" "$dir/sleep"

nothing_runs() { [ -z "$(left_behind)" ]; }
nothing_left() { # NAME
	wait_until nothing_runs
	is "$1: no process is left" "$(left_behind)" ""
}

fake() { # NAME BODY: a program that is not QEMU
	printf '#!/bin/sh\n%s\n' "$2" >"$dir/$1"
	chmod +x "$dir/$1"
}

script() { # TEXT
	printf '%s\n' "$1" >"$dir/script"
}

# Use, and faults that come before any QEMU.

run "$FERRY" boot --help
is "--help is a success" "$status" 0
like "--help tells the options" "$out" '--script=FILE'
for use in '' 'a b' '--icount=x a' '--pins=54 --record=r a' '--pins=3-1 --record=r a' '--junit=j a' '--none a'; do
	# shellcheck disable=SC2086 # several words
	run "$FERRY" boot $use
	is "wrong use: '$use'" "$status" 2
done

script 'expec login'
run "$FERRY" boot --script "$dir/script" "$dir/none.img"
is "a bad script fails" "$status" 1
like "with its file and line" "$err" '^ferry boot: .*/script:1: .expec. is no command'
run "$FERRY" boot "$dir/none.img"
like "an image that is missing is named" "$err" 'none.img: cannot open: No such file'
head -c 3000000 /dev/urandom >"$dir/noise.img"
run "$FERRY" boot "$dir/noise.img"
like "noise is no image" "$err" 'noise.img: neither a partition table nor a FAT file system is in it'
mkfifo "$dir/fifo"
for short in fifo,'neither a regular file nor a block device' empty,'only 0 bytes long: no image of a card'; do
	[ "${short%%,*}" = fifo ] || : >"$dir/${short%%,*}"
	run timeout 300 "$FERRY" boot "$dir/${short%%,*}"
	is "no image: ${short%%,*}" "$err" "ferry boot: $dir/${short%%,*}: ${short#*,}"
done
truncate -s 8M "$dir/cut.img"
echo '2048,,c' | sfdisk -q "$dir/cut.img"
truncate -s 2M "$dir/cut.img"
run "$FERRY" boot "$dir/cut.img"
is "a card that is cut off" "$err" "ferry boot: $dir/cut.img: cut off: its boot partition ends at byte 8388608, the image at 2097152"
truncate -s 8M "$dir/linux.img"
echo '2048,,83' | sfdisk -q "$dir/linux.img"
run "$FERRY" boot "$dir/linux.img"
like "a table without a FAT partition is told" "$err" 'none of its 1 partitions is of a FAT type'
truncate -s 4M "$dir/empty.fat"
mkfs.vfat "$dir/empty.fat" >/dev/null
run "$FERRY" boot "$dir/empty.fat"
is "a card without a kernel fails" "$status" 1
like "and says so" "$err" 'kernel'
run "$FERRY" boot --board vax "$dir/empty.fat"
like "an unknown board is named, with those that are known" "$err" "no board is called 'vax'; there are rpi-zero"

# A card that needs no Debian: a program that prints on the PL011, in a FAT file system without a partition table.

make_bare_card() {
	cat >"$dir/hello.S" <<'S'
	ldr r0, =0x20201000
	adr r1, text
1:	ldrb r2, [r1], #1
	cmp r2, #0
	strne r2, [r0]
	bne 1b
2:	ldr r3, [r0, #0x18]	@ echo what is typed
	tst r3, #0x10
	ldreq r2, [r0]
	streq r2, [r0]
	b 2b
text:	.asciz "bare hello\r\nready> "
S
	arm-linux-gnueabi-gcc -nostdlib -static -Wl,-Ttext=0x8000 -o "$dir/hello" "$dir/hello.S" &&
		arm-linux-gnueabi-objcopy -O binary "$dir/hello" "$dir/kernel.img" &&
		truncate -s 5M "$dir/bare.img" && mkfs.vfat -F 12 "$dir/bare.img" >/dev/null &&
		mcopy -i "$dir/bare.img" "$dir/kernel.img" ::
}
ok "a bare-metal card is made" make_bare_card
sum=$(sha256sum <"$dir/bare.img")
script 'timeout 300
expect ^bare hello$
expect ready>
type a\x41\xff
expect a?A'
run "$FERRY" boot --script "$dir/script" --log "$dir/log" --junit "$dir/junit.xml" "$dir/bare.img"
is "a bare-metal program runs and answers" "$status" 0
like "the board and why are told" "$err" 'Raspberry Pi Zero \(rpi-zero, the first board'
like "the console is on standard output" "$out" '^bare hello'
like "and in the log, byte by byte" "$(od -An -c "$dir/log" | tr -d ' \n')" 'hello\\r\\nready>'
ok "the JUnit report is XML" xmllint --noout "$dir/junit.xml"
is "with a case for each wait" "$(xmllint --xpath 'string(/testsuite/@tests)' "$dir/junit.xml")" 3
is "a script leaves the image as it was" "$(sha256sum <"$dir/bare.img")" "$sum"
nothing_left "after a script"

run "$FERRY" boot --quiet --script "$dir/script" "$dir/bare.img"
is "--quiet is quiet" "$status:$out:$err" "0::"
run sh -c '"$FERRY" boot --quiet --script - "$1" <"$2"' - "$dir/bare.img" "$dir/script"
is "a script may come from standard input" "$status" 0
ok "the script goes on when nobody reads its output" sh -c \
	'{ "$FERRY" boot --quiet --script "$2" "$1"; echo $? >"$3"; } | true; grep -qx 0 "$3"' - "$dir/bare.img" "$dir/script" "$dir/status"

script 'expect ready>
timeout 2
expect never'
run "$FERRY" boot --script "$dir/script" --junit "$dir/junit.xml" "$dir/bare.img"
is "what does not come fails" "$status" 1
like "with file, line, and what was awaited" "$err" 'script:3: expect never: not seen within 2 s'
like "and the last console lines" "$err" '^  \| ready>'
is "the report has the failure" "$(xmllint --xpath 'count(//testcase/failure)' "$dir/junit.xml")" 1
nothing_left "after a failure"

script 'expect never'
env --default-signal=INT "$FERRY" boot --quiet --script "$dir/script" --log "$dir/interrupted" --junit "$dir/junit.xml" "$dir/bare.img" 2>"$dir/err" &
wait_until grep -q ready "$dir/interrupted"
kill -INT $!
wait $!
is "Ctrl-C ends a script" "$(grep -c 'expect never: interrupted by signal 2' "$dir/err")" 1
is "and the report is written" "$(xmllint --xpath 'count(//testcase/failure)' "$dir/junit.xml")" 1
nothing_left "after Ctrl-C"

"$FERRY" boot --quiet --script "$dir/script" --log "$dir/killed" "$dir/bare.img" &
victim=$!
wait_until grep -q ready "$dir/killed"
kill -9 $victim
wait $victim 2>/dev/null
nothing_left "after ferry was killed"
is "nor a file" "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'ferry-*' -newer "$dir/script" 2>/dev/null)" ""

for option in --record --junit; do
	run "$FERRY" boot --board rpi-zero --quiet --script "$dir/script" "$option=$dir/none/out" "$dir/bare.img"
	is "$option into no directory: told before the board runs" "$err" "ferry boot: $dir/none/out: cannot create: No such file or directory"
	run "$FERRY" boot --board rpi-zero --quiet --script "$dir/script" "$option=$dir/fifo" "$dir/bare.img"
	like "$option into a pipe: told" "$err" "fifo: is a device or a pipe, and only a file can be replaced"
	ok "$option: the pipe is still there" test -p "$dir/fifo"
done

# The user's console, on a pseudo-terminal of script(1).

type_slowly() {
	wait_until grep -q 'ready>' "$dir/tty"
	printf 'typed\001\001'
	wait_until grep -q "typed$(printf '\001')" "$dir/tty"
	printf '\001h\001x'
}
rm -f "$dir/tty"
type_slowly | timeout 300 script -qfec "'$FERRY' boot --snapshot '$dir/bare.img'; echo status=\$?; stty -a" "$dir/tty" >/dev/null
tty=$(tr -d '\r' <"$dir/tty")
like "what is typed reaches the board, Ctrl-A by typing it twice" "$tty" "typed$(printf '\001')"
like "Ctrl-A h helps" "$tty" 'Ctrl-A x leaves'
like "Ctrl-A x leaves with success, on a line of its own" "$tty" '^status=0'
like "the terminal is as before" "$tty" ' icanon.* echo '
nothing_left "after Ctrl-A x"
# A pipe: what is in it reaches the board, and its end is not the end.
"$FERRY" boot --quiet --snapshot "$dir/bare.img" >"$dir/piped" 2>/dev/null <<X &
piped
X
victim=$!
wait_until grep -q piped "$dir/piped"
kill $victim
status=0
wait $victim || status=$?
is "input that is no terminal is piped through, and SIGTERM ends it" "$status:$(tr -d '\r\0' <"$dir/piped" | tail -1)" "1:ready> piped"
nothing_left "after SIGTERM"

# Programs that are not QEMU.

script 'timeout 2
expect x'
try_fake() { # NAME BODY REGEX
	fake fake "$2"
	run "$FERRY" boot --quiet --script "$dir/script" --qemu "$dir/fake" --junit "$dir/junit.xml" "$dir/bare.img"
	is "QEMU that $1: a failure" "$status" 1
	like "QEMU that $1: told" "$err" "$3"
	is "QEMU that $1: in the report" "$(xmllint --xpath 'count(//testcase/failure)' "$dir/junit.xml")" 1
	nothing_left "QEMU that $1"
}
try_fake "dies at its start" 'echo "fake: no such machine" >&2; exit 3' 'QEMU ended at its start, with status 3: fake: no such machine \(QEMU 9 or newer is needed\)'
try_fake "crashes" 'kill -SEGV $$' 'QEMU ended at its start, by signal 11 and without a word'
try_fake "says nothing" "exec '$dir/sleep' 1000" 'not seen within 2 s; .*/fake does not answer on its control channel: is it QEMU'
try_fake "leaves children" "'$dir/sleep' 1000 & '$dir/sleep' 1000 & wait" 'does not answer on its control channel'
try_fake "will not end" "trap '' TERM INT HUP; while :; do sleep 1; done" 'does not answer on its control channel'
try_fake "prints garbage" "head -c 30000 /dev/urandom; exec '$dir/sleep' 1000" 'does not answer on its control channel and says'
for fault in "--log=$dir/none/log" "--qemu=$dir/no-such-qemu" "--board=vax" "--record=$dir/r --board=rpi-zero --qemu=$dir/fake"; do
	rm -f "$dir/junit.xml"
	# shellcheck disable=SC2086 # several words
	run "$FERRY" boot --quiet --script "$dir/script" --junit "$dir/junit.xml" $fault "$dir/bare.img"
	is "$fault: a failure that is in the report" "$status:$(xmllint --xpath 'count(//testcase/failure)' "$dir/junit.xml")" 1:1
done
run "$FERRY" boot --qemu "$dir/no-such-qemu" "$dir/bare.img"
like "QEMU that is missing: told" "$err" 'no-such-qemu: not found; install QEMU'
run "$FERRY" boot "$dir/bare.img" -- -no-such-option
like "QEMU's own complaint is shown" "$err" 'QEMU ended at its start, with status 1: .*no-such-option: invalid option'
printf 'not a kernel' >"$dir/kernel.img"
mcopy -o -i "$dir/bare.img" "$dir/kernel.img" ::
run "$FERRY" boot --script "$dir/script" "$dir/bare.img"
like "a kernel that is none fails with a word on the console" "$err" "the console said nothing|kernel"
nothing_left "a kernel that is none"

run "$FERRY" boot --print --board rpi-zero --device tmp105,bus=i2c-bus.1 --device b "$dir/bare.img" -- -d unimp
like "--device is QEMU's -device" "$out" '-device tmp105,bus=i2c-bus.1 -device b -d unimp$'
run "$FERRY" boot --print --board rpi-zero --overlay none.dtbo "$dir/bare.img"
is "an overlay needs a devicetree" "$status" 1
like "and that is said" "$err" '^ferry boot: --overlay: none.dtbo: there is no devicetree'
run "$FERRY" boot --print --board rpi-zero "$dir/bare.img" -- -d unimp
like "--print shows QEMU's command line" "$out" '^qemu-system-arm .*-M raspi0 .*-d unimp$'

# Linux on the emulated Pi Zero.

# One sum over the sums of all files, by name: the same on the card as before it was made.
sums() { (cd "$1" && find . -type f -exec md5sum {} + | LC_ALL=C sort -k 2 | md5sum | cut -d ' ' -f 1); }
space=' '

linux() { # IMAGE
	variant=$(basename "$(dirname "$1")")
	if [ ! -f "$1" ]; then
		skip "$variant: the Pi Zero's image boots" "no $1: make image writes it"
		return
	fi
	cp --sparse=always "$1" "$dir/card.img"
	size=$(stat -c %s "$dir/card.img")
	sum=$(sha256sum <"$dir/card.img")
	read_all=
	[ "${FERRY_IMAGE:-}" ] || read_all="expect ferry:/#$space
send (cd /boot && find . -type f -exec md5sum {} + | sort -k 2 | md5sum)
expect ^$(sums "build/stage/$variant/boot")
send (cd / && find . -xdev -type f -exec md5sum {} + | sort -k 2 | md5sum)
expect ^$(sums "build/stage/$variant/root")"
	script "timeout 600
expect ferry:/#$space
send echo kernel \$(uname -r) with \$(cat /proc/cmdline)
expect ^kernel 6.* with .*marked=yes
$read_all
expect ferry:/#$space
send reboot -f
expect Booting Linux
expect ferry:/#$space
send poweroff -f
off"
	run "$FERRY" boot --board rpi-zero --append marked=yes --reboot --script "$dir/script" --log "$dir/log" --dtb-out "$dir/dtb" "$dir/card.img"
	is "$variant: Linux boots, takes --append, reads both file systems as they were made, restarts with --reboot, and switches off" "$status" 0
	[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
	like "$variant: what QEMU lacks is announced" "$err" 'QEMU.*lacks'
	is "$variant: the card is untouched" "$(sha256sum <"$dir/card.img")" "$sum"
	like "$variant: --dtb-out writes the devicetree" "$(fdtget "$dir/dtb" / compatible)" 'brcm,bcm2835'

	script 'expect ferry:/# 
send echo WRITTEN | dd of=/dev/mmcblk0 bs=512 seek=2047 conv=sync 2>/dev/null && sync && echo o""k
expect ^ok
send reboot -f
off'
	run "$FERRY" boot --board rpi-zero --no-snapshot --dtb "$dir/dtb" --script "$dir/script" "$dir/card.img"
	is "$variant: with --no-snapshot the board writes to the card, and a restart ends it; the devicetree is that of --dtb" "$status" 0
	like "$variant: which is named" "$err" '^ferry boot: the devicetree is dtb, by --dtb'
	is "$variant: what it wrote is there" "$(dd if="$dir/card.img" bs=512 skip=2047 count=1 2>/dev/null | head -c 7)" WRITTEN
	is "$variant: the card has its old size again" "$(stat -c %s "$dir/card.img")" "$size"
	nothing_left "$variant: after Linux"
}
for image in $images; do
	linux "$image"
done

# On the board whose kernel is there soonest.
if [ "${FERRY_IMAGE:-}" ] || [ ! -f output/virt/disk.img ]; then
	skip "a kernel panic fails at once" "no output/virt/disk.img: make image BOARD=virt writes it"
else
	script 'timeout 300
expect ferry:/# 
send echo c >/proc/sysrq-trigger
expect login'
	run "$FERRY" boot --board virt --icount off --quiet --script "$dir/script" output/virt/disk.img -- -smp 1
	is "a kernel panic fails at once" "$status" 1
	like "with its reason" "$err" "script:4: expect login: the console said '.*Kernel panic - not syncing: sysrq triggered crash'"
	nothing_left "after a panic"
fi
done_testing
