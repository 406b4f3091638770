#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A developer's minute: one test by its name, those that failed, changed flags, a clone that is copied and moved, two `make check` at
# once, and what editors read, in a copy of the tree in which nothing has to be built but what is changed here.
# needs: ferry tool
. tests/tap.sh
unset FERRY_TEST_LOGS FERRY_TEST_BUILD FERRY_TESTS_OF FERRY_IN_TURN T

# --- What is said of the version and of tests ---
version=$(cat VERSION)
is "the command has the version of VERSION" "$(build/tool/ferry --version)" "ferry $version"
for page in docs/man/*.1; do
	like "so has $page" "$(sed -n '/^\.TH /p' "$page")" "^\.TH [A-Z-]+ 1 \"\" \"ferry $version\" \"Ferry\"\$"
done
like "NEWS.md begins with it" "$(sed -n '/^## /{p;q}' NEWS.md)" "^## $version(, not yet released)?\$"
is "each test script says what it needs" "$(grep -L '^# needs: ' tests/*.t)" ""

means() { # NAME TEST...
	name=$1
	shift
	is "T=$name" "$(scripts/find-tests "$name" 2>&1 | tr '\n' ' ')" "$(printf '%s ' "$@")"
}
pins=$(ls tests/unit/pins/*.c | sed 's|\.c$||; s|^|asan/|')
fat=$(ls tests/unit/image/fat-*.c | sed 's|\.c$||; s|^|asan/|')
means fat-read asan/tests/unit/image/fat-read
means unit/image/fat-read asan/tests/unit/image/fat-read
means tests/unit/image/fat-read.c asan/tests/unit/image/fat-read
means "$PWD/tests/unit/image/fat-read.c" asan/tests/unit/image/fat-read
means build/asan/tests/unit/image/fat-read asan/tests/unit/image/fat-read
means lib/image/fat/fat-read.c asan/tests/unit/image/fat-read
means lib/boot/console.h asan/tests/unit/boot/console
means drivers/pl061.c asan/tests/unit/drivers/pl061
# shellcheck disable=SC2086
means pins tests/pins.t $pins
# shellcheck disable=SC2086
means tests/unit/pins/ $pins
# shellcheck disable=SC2086
means 'image/fat-*' $fat
means tests/boot.t tests/boot.t
means "guest/user""-gpio.sh" tests/user-gpio.t tests/user-restart.t
means fuzz/fat.c tests/fuzz.t
means fat-raed "there is no test 'fat-raed'; near it are: fat, image/fat-read, image/fat-name"
run make -s check T=nonsense-of-a-name
like "make says so of a name that means nothing" "$status $err" "^2 .*there is no test 'nonsense-of-a-name'"
run make -s check T="it's"
like "and of one with a quote in it" "$status $err" "^2 .*there is no test 'it's'"
# shellcheck disable=SC2016
printf '$(error $(words $(TESTS)) tests)\n' >"$dir/count.mk"
like "without a name it is all of them" "$(make -f Makefile -f "$dir/count.mk" check 2>&1)" ' [1-9][0-9]+ tests\.'
is "so it is with an empty one" "$(make -f Makefile -f "$dir/count.mk" check T= 2>&1)" \
	"$(make -f Makefile -f "$dir/count.mk" check 2>&1)"

# --- A copy: nothing is built again ---
tree=$dir/tree
mkdir -p "$tree/build"
tar -c --exclude=./build --exclude=./output --exclude=./.git --exclude=./compile_commands.json . | tar -x -C "$tree"
cp -a build/.setup-* build/how build/board-table.c build/asan build/tool "$tree/build"
cd "$tree" || exit 1
is "in a copy nothing is built again" "$(make tool 2>&1 | grep -v '^ln ')" ""
is "and the command finds the copy's files" "$(realpath build/tool/data)" "$tree"

# --- One test, and those that failed ---
passes() { # NAME GOAL...
	name=$1
	shift
	run make "$@"
	like "$name" "$status $(echo "$out" | tail -n 1)" '^0 [1-9][0-9]* passed, 0 failed'
}
passes "one test is built and run" check T=base/array
is "and no other" "$(echo "$out" | grep -o 'tests/unit/[^ ]*' | sort -u)" "tests/unit/base/array"
cp tests/unit/base/array.c saved
sed -i '0,/\tassert_int_equal(/s//\tassert_int_not_equal(/' tests/unit/base/array.c
run make check T='base/array base/strbuf'
is "a test that fails is a failure" "$status" 2
like "which is told" "$out" '^asan/tests/unit/base/array: not ok '
is "and kept" "$(cat build/failed-tests)" "asan/tests/unit/base/array"
run make check-failed
is "it alone is run again" "$status $(echo "$out" | grep -o 'asan/tests/unit/[a-z/]* \.\.' | sort -u)" "2 asan/tests/unit/base/array .."
passes "another one does not change that" check T=base/strbuf
is "it still is to be run" "$(cat build/failed-tests)" "asan/tests/unit/base/array"
mv saved tests/unit/base/array.c
touch tests/unit/base/array.c
passes "and when it passes, it is not kept" check-failed
run make check-failed
is "then there is none" "$status $out" "0 no test failed the last time"

# --- Flags and sources ---
object=build/tool/lib/base/array.o
builds() { make "$object" "$@" 2>&1 | grep -c '^  CC'; } # VARIABLE=VALUE...
is "another CFLAGS builds an object again" "$(builds CFLAGS=-DX)" 1
is "the same does not" "$(builds CFLAGS=-DX)" 0
is "nor does WERROR=1, which changes nothing in it" "$(builds CFLAGS=-DX WERROR=1)" 0
is "none is another one" "$(builds)" 1
printf '#!/bin/sh\n[ "$1" != --version ] || { echo "cc 99"; exit; }\nexec cc "$@"\n' >cc-99
chmod +x cc-99
is "so is another compiler" "$(builds CC=./cc-99)" 1
sed -i 's/99/100/' cc-99
is "or another version of it" "$(builds CC=./cc-99)" 1
is "and back" "$(builds)" 1
like "make -n tells what flags would build, and writes nothing" "$(make -n "$object" CFLAGS=-DX; builds)" ' -DX .*array\.c'
is "so that nothing is to be built after it" "$(builds)" 0
echo 'int extra_source; int extra_source = 1;' >lib/base/extra.c
ok "a source that is added" make -s build/tool/libferry.a
is "is in the library" "$(ar t build/tool/libferry.a | grep -x extra.o)" extra.o
rm lib/base/extra.c
ok "one that is removed" make -s build/tool/libferry.a
is "is in it no more" "$(ar t build/tool/libferry.a | grep -x extra.o)" ""

# --- A clone that is moved ---
ok "an app is built" make -s app APP=hello BOARD=virt
sum=$(sha256sum <output/virt/kernel8.img)
make -s tool >/dev/null
cd "$dir" || exit 1
mv tree moved
cd moved || exit 1
is "in a clone that was moved nothing is built again" "$(make tool 2>&1 | grep -v '^ln ')" ""
is "the command finds its files where they are" "$(realpath build/tool/data)" "$dir/moved"
is "an app is not built again" "$(make app APP=hello BOARD=virt 2>&1)" output/virt/kernel8.img
touch drivers/hello.c
is "and if it is, the image is the same" "$(make -s app APP=hello BOARD=virt >/dev/null; sha256sum <output/virt/kernel8.img)" "$sum"
is "what is built names no directory of this machine" "$(find build -name '*.d' -exec grep -lF "$dir" {} + ; grep -rlF "$dir" build/how)" ""

# --- Two at once ---
mkfifo "$dir/go"
scripts/in-turn "$dir/lock" 'make check' sh -c "echo begun; read -r _ <'$dir/go'" >"$dir/first" &
wait_until grep -q begun "$dir/first"
scripts/in-turn "$dir/lock" 'make check' echo second >"$dir/second" 2>&1 &
second=$!
wait_until grep -q waiting "$dir/second"
like "a second make check says that another one runs" "$(cat "$dir/second")" "^another make check runs here \(pid $$\): waiting\$"
echo >"$dir/go"
wait $second
is "and runs when that has ended" "$? $(tail -n 1 "$dir/second")" "0 second"
is "what runs in its turn may ask for one" "$(scripts/in-turn "$dir/lock" outer scripts/in-turn "$dir/lock" inner echo both)" both
scripts/in-turn "$dir/lock" 'make check' sh -c 'sleep 300 & echo $! >'"$dir/left"
is "a process that is left behind holds nobody up" "$(timeout 60 scripts/in-turn "$dir/lock" 'make check' echo third)" third
kill "$(cat "$dir/left")"
scripts/in-turn "$dir/lock" 'make check' sh -c 'echo $$; exec sleep 300' >"$dir/pid" &
turn=$!
wait_until test -s "$dir/pid"
kill $turn
wait $turn
is "one that is ended ends what it runs" "$? $(kill -0 "$(cat "$dir/pid")" 2>&1 | grep -c 'No such process')" "143 1"
is "a command's failure is its own" "$(scripts/in-turn "$dir/lock" 'make check' sh -c 'exit 7'; echo $?)" 7

# --- Signals that were ignored ---
printf '#!/bin/sh\nsh -c "kill -INT \\$\\$"\n[ $? = 130 ] && echo "ok 1 - ended"\necho 1..1\n' >"$dir/signal.t"
chmod +x "$dir/signal.t"
(trap '' INT HUP; scripts/run-tests build/test-logs build/failed-tests "$dir/signal.t" >"$dir/signal.out" 2>&1)
is "a test has no signals ignored, whatever make had" "$? $(tail -n 1 "$dir/signal.out")" "0 1 passed, 0 failed, 0 skipped"

# --- What editors read ---
ok "make compdb" make -s compdb
is "its files are there" "$(jq -r '.[].file' compile_commands.json | while read -r file; do [ -e "$file" ] || echo "$file"; done)" ""
ls lib/*/*.c lib/*/*/*.c | sort >"$dir/libraries"
command_of() { jq -r --arg file "$1" '.[] | select(.file == $file) | .command' compile_commands.json; }
like "the command's" "$(command_of lib/base/array.c)" '^[^ ]*cc .*-Ilib .*-c lib/base/array\.c$'
like "a driver's" "$(command_of drivers/beeper.c)" '-Iports/user/include '
like "the bare port's, for its architecture" "$(command_of ports/bare/arch/arm/mmu.c)" '^arm-linux-gnueabi-gcc .*-march='
is "each file once" "$(jq -r '.[].file' compile_commands.json | sort | uniq -d)" ""
is "all of the libraries" "$(jq -r '.[].file' compile_commands.json | sort | comm -13 - "$dir/libraries")" ""
done_testing
