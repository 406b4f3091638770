#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ferry new: a project of each class builds for every port and passes its own tests as it is, from the tree and from an installed
# Ferry; one of them runs on emulated boards, with Linux and without. What cannot be made is refused, and leaves nothing.
# needs: ferry tool sim image-of-rpi-zero
. tests/tap.sh
# In a project, FERRY is where Ferry is; tests/tap.sh means the command.
ferry=$FERRY
unset FERRY
export CMOCKA_MESSAGE_OUTPUT=TAP
board=rpi-zero
cd "$dir" || exit 1

classes=$(ls "$root/templates" | grep -v '^project$' | sort | tr '\n' ' ')
is "the classes are those that have templates" "$("$ferry" new --help | sed -n 's/^       \([a-z0-9-]*\) .*/\1/p' | sort | tr '\n' ' ')" "$classes"

# What Ferry's own sources become is the same in all projects: the first compiles it, and the others have a copy of that. A header that
# is newer, or another way to compile it, would have them do it all the same.
first=''
take_from() { # PROJECT
	[ "$1" ] || return 0
	mkdir -p build/bare
	cp -a "../$1/build/sim" "../$1/build/program" "../$1/build/how" build
	rm -rf build/program/own build/program/program-*
	for parts in "../$1"/build/bare/*/ferry; do
		to=build/bare/$(basename "$(dirname "$parts")")
		mkdir -p "$to"
		cp -a "$parts" "$to"
	done
}
for class in $classes; do
	run "$ferry" new --class $class my-$class
	is "ferry new --class $class" "$status" 0
	like "says what to do next" "$out" "^  cd my-$class\$"
	cd my-$class
	is "no marker is left" "$(grep -rE '@[A-Z]+@' . ; find . -name '*@*')" ""
	is "every file names its licence" "$(grep -rL SPDX-License-Identifier .)" ""
	is "the driver includes nothing but the contract" "$(grep '^#include' drivers/*.c | grep -v '^#include <ferry/[a-z0-9-]*\.h>')" ""
	take_from "$first"
	run make -s check WERROR=1
	is "make check passes" "$status" 0
	wanted=$(grep -c '^		TEST(' tests/my-$class.c)
	is "each of its $wanted tests" "$(echo "$out" | grep -c '^ok ')" "$wanted"
	[ "$status" = 0 ] || echo "$err" | sed 's/^/# /'
	ok "make module BOARD=$board" make -s module BOARD=$board KDIR=
	ok "leaves the module" test -s output/$board/modules/my-$class.ko
	ok "make app BOARD=rpi-4" make -s app BOARD=rpi-4 WERROR=1
	ok "leaves the image" test -s output/rpi-4/kernel8.img
	ok "make program" make -s program WERROR=1
	like "it is the driver's" "$(output/user/my-$class --help)" "Runs the driver my-$class in a process"
	like "another compiler counts" "$(make -s module BOARD=$board CROSS_COMPILE=none- 2>&1)" 'there is no compiler none-gcc for arm'
	cd ..
	first=${first:-my-$class}
done

# Everything at once, and what the tests of a project are worth: a driver that is broken fails them.
cd my-stream
ok "make builds for every port" make -s BOARD=$board
ok "a board may have another's kernel" make -s module BOARD=rpi-3 KDIR=
ok "the module for it is there" test -s output/rpi-3/modules/my-stream.ko
is "an image for each board" "$(ls output/*/kernel*.img | wc -l)" "$("$root/scripts/boards" BARE_ARCH | wc -l)"
run make -s BOARD=$board
is "and nothing a second time" "$(echo "$out" | grep -v '^output/')" ""
cp drivers/my-stream.c saved
sed -i 's/session->len = 0;/session->len = 1;/' drivers/my-stream.c
run make -s check
is "a broken driver fails its tests" "$status" 2
like "and they say which" "$out$err" 'not ok .* - '
mv saved drivers/my-stream.c

like "for the Linux of a board it is made with that board's compiler, and linked statically" \
	"$(make -n program BOARD=rpi-3)" '^aarch64-linux-gnu-gcc .* -static .*-o output/rpi-3/program/my-stream '
run make program BOARD=virt-armv7
like "which not all boards have" "$status $err" "^2 .*there is no Linux for board 'virt-armv7'"

# A sensor's process measures with the model that its tests have.
is "the process of the driver of a sensor measures" "$(printf 'channels\nmeasure\n' | ../my-i2c-sensor/output/user/my-i2c-sensor --model --shell)" \
	"temperature, in °C
temperature 21.5 °C"

# On boards: the card that the whole tests use, with the module put on it; the image without Linux.
cp "$root/output/$board/sdcard.img" .
start=$(sfdisk -d sdcard.img | sed -n "s/.*start= *\([0-9]*\).*/\1/p" | head -n 1)
ok "the module goes onto the card" mcopy -i "sdcard.img@@${start}S" output/$board/modules/my-stream.ko \
	"$root/scripts/load-module" ::
cat >script <<'E'
timeout 300
expect ferry:/# 
send cd /boot; sh load-module insmod my-stream.ko; sh load-module insmod my-stream.ko
expect my_stream: ready
expect ^insmod: my_stream$
expect ^insmod: my_stream is loaded already
send exec 3>/dev/my-stream; echo hello from a user >&3; sh load-module rmmod my-stream
expect my_stream: hello from a user
expect ^rmmod: my_stream is in use 1 times
send exec 3>&-; sh load-module rmmod my-stream; sh load-module rmmod my-stream
expect ^rmmod: my_stream$
expect ^rmmod: my_stream is not loaded
E
run "$ferry" boot --script script sdcard.img
is "the module works on $board, loaded and taken out by Ferry's script" "$status" 0
[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
cat >script <<'E'
timeout 300
expect my-stream: ready
expect my-stream: hello from main.c
expect my-stream: the image is up; write returned 0
E
run "$ferry" boot --board virt --script script output/virt/kernel8.img
is "the image works on virt" "$status" 0
[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
cd ..

# What cannot be made.
refused() { # NAME TEXT ARGUMENT...
	name=$1 text=$2
	shift 2
	ls -AR >before
	run "$ferry" new "$@"
	like "refused: $name" "$status $err" "^$text"
	ls -AR >after
	is "and nothing is left: $name" "$(diff before after | grep -v 'before$\|after$')" ""
}
mkdir full empty 'with space'
touch full/file a-file before after
refused 'a name that C does not have' "1 ferry new: '9p': a driver's name begins with a letter" 9p
refused 'a path' "1 ferry new: '/x/y' is a path: say the driver's name, and where it goes with -d: ferry new -d /x/y NAME" /x/y
refused 'a word of C' "1 ferry new: 'int' means something in C" int
refused "one of Ferry's own" "1 ferry new: 'beeper' is one of Ferry's own drivers, .*/drivers/beeper.c: choose another name" beeper
refused 'no name' "2 ferry new: say the driver's name"
refused 'two names' '2 ferry new: one driver at a time' a b
refused 'no such class' "2 ferry new: there is no class 'net'; classes are: plain stream gpio gpio-consumer i2c-target spi-target i2c-sensor spi-sensor\$" --class net x
refused 'a directory with something in it' "1 ferry new: $dir/full: is there already, and not empty: choose" -d full x
refused 'a file of that name' "1 ferry new: $dir/a-file: is there already, and no directory: choose" -d a-file x
refused 'no directory above' '1 ferry new: nowhere/x: cannot create: No such file' -d nowhere/x x
refused 'the working directory' "1 ferry new: '\.': a new directory is made: say its name" -d . x
refused 'a path with a space' "1 ferry new: $dir/with space/x: make cannot build in a path that has a space in it: choose" -d 'with space/x' x
ok "an empty directory will do" "$ferry" new -d empty/ x
ok "and becomes the project" test -f empty/drivers/x.c
mkdir -p data/templates/project data/templates/plain/drivers
echo '@NAME@ @NONSENSE@' >data/templates/plain/drivers/@NAME@.c
FERRY_DATA=$dir/data refused 'a template that is not right' "1 ferry new: .*/drivers/@NAME@.c: there is no marker @NONSENSE@" y
FERRY_DATA=$dir/nowhere refused 'no templates' "1 ferry new: $dir/nowhere: Ferry's files are not there; FERRY_DATA may name" y
out=$( (trap '' XFSZ; ulimit -f 0; "$ferry" new no-room) 2>&1)
like "refused: no room for the files" "$out" '^ferry new: .*: cannot write: File too large$'
is "and nothing is left: no room for the files" "$(ls -d no-room* 2>/dev/null)" ""
(umask 027 && "$ferry" new masked >/dev/null)
is "the umask says who may read it" "$(stat -c %a masked masked/Makefile masked/drivers | tr '\n' ' ')" "750 640 750 "

# Ferry installed elsewhere, and no longer where it was.
ok "make install" make -s -C "$root" install DESTDIR="$dir/inst" PREFIX=/opt/ferry
ok "the installed command makes a project" "$dir/inst/opt/ferry/bin/ferry" new -c stream from-installed
for class in $classes; do
	"$dir/inst/opt/ferry/bin/ferry" new -c $class installed-$class >/dev/null
	run make -s -C installed-$class check
	is "with an installed Ferry, the tests of a project of class $class pass" "$status" 0
	[ "$status" = 0 ] || echo "$out$err" | sed 's/^/# /'
done
is "by its library: nothing of it is built there" "$(find installed-* -name '*.a')" ""
cd from-installed
like "that uses the installed Ferry" "$(cat Makefile)" "^FERRY \?= $dir/inst/opt/ferry/share/ferry\$"
ok "its module builds" make -s module KDIR="$(echo "$root"/build/cache/$board/root/usr/src/linux-headers-*-rpi)"
ok "its image builds" make -s app BOARD=virt
mv "$dir/inst" "$dir/moved"
run make -s check
like "where there is no Ferry, make says so" "$status $err" "^2 .*Ferry is not in $dir/inst/opt/ferry/share/ferry: say where it is"
echo "FERRY = $dir/moved/opt/ferry/share/ferry # a comment" >config.mk
ok "config.mk may say where" make -s check
done_testing
