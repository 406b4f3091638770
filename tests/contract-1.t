#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Drivers that were written for the first contract, copies in tests/contract-1 which nobody changes, build on every port of today
# without a warning; and a driver that needs a newer contract than there is learns both numbers.
# needs: tool packages-of-rpi-zero sim bare-objects
. tests/tap.sh
headers=$(kernel_headers rpi-zero)
old=tests/contract-1
names=$(basename -s .c $old/*.c | sort)

# The bare metal, 32 and 64 bits: an app of all of them, under names of their own beside the board's drivers. Class net came later.
bare=
mkdir -p "$dir/app/drivers"
for driver in $names; do
	[ "$driver" != net-echo ] || continue
	bare="$bare old-$driver"
	sed 's/^FY_DRIVER(/&old_/' "$old/$driver.c" >"$dir/app/drivers/old-$driver.c"
done
echo "APP_DRIVERS =$bare" >"$dir/app/app.mk"
printf 'int main(void);\nint main(void)\n{\n\treturn 0;\n}\n' >"$dir/app/main.c"
bare_objects
for board in rpi-zero rpi-4; do
	run make -s app APP=old APP_DIR="$dir/app" BOARD=$board APP_OUT="$dir/out" O="$dir/build" WERROR=1
	is "$board: an app of them is built, without a warning" "$status$err" 0
	is "$board: all of them are in it" "$(sed -n 's/.* fy_driver_old_//p' "$dir"/out/*.sym | tr _ - | sort)" \
		"$(echo "$names" | grep -vx net-echo)"
	rm -r "$dir/out"
done

# Linux.
for driver in $names; do
	[ "$driver" != net-echo ] || continue
	run scripts/build-module "$old/$driver.c" "$headers" "$dir/$driver" "$dir/$driver.ko"
	is "$driver: a module, without a word" "$status$out$err" 0
done

# The user port.
flags="-std=gnu11 -O2 -Wall -Wextra -Wno-unused-parameter -Werror -Iinclude -Iports/user/include -Iports/common/include -Iports/common"
symbols=$(echo "$names" | tr - _)
{
	printf '#include <ferry-sim.h>\n#include <ferry/driver.h>\n#include <stdio.h>\n'
	for symbol in $symbols; do echo "extern const struct fy_driver fy_driver_$symbol;"; done
	echo 'int main(void) { struct ferry_sim *sim = ferry_sim_new();'
	for symbol in $symbols; do
		echo "if (ferry_sim_add(sim, &fy_driver_$symbol, \"$symbol\", NULL)) puts(fy_driver_$symbol.name);"
	done
	echo 'ferry_sim_free(sim); return 0; }'
} >"$dir/all.c"
objects=
for driver in $names; do
	# shellcheck disable=SC2086 # words
	ok "$driver: an object of the user port" cc $flags -c -o "$dir/$driver.o" "$old/$driver.c"
	objects="$objects $dir/$driver.o"
done
# shellcheck disable=SC2086
ok "they are linked with ferry-sim" cc $flags -o "$dir/all" "$dir/all.c" $objects build/tool/libferry-sim.a
is "and each has its device" "$("$dir/all" | tr _ - | sort)" "$names"

# The number.
number=$(sed -n 's/^#define FERRY_CONTRACT \([0-9]*\)$/\1/p' include/ferry/driver.h)
needs() { printf '#include <ferry/driver.h>\n#if FERRY_CONTRACT < 2\n#error old\n#endif\nFY_NEEDS_CONTRACT(%s);\n' "$1" >"$dir/needs.c"; }
needs "$number"
# shellcheck disable=SC2086
ok "a driver that needs today's contract is built" cc $flags -c -o "$dir/needs.o" "$dir/needs.c"
needs 999
# shellcheck disable=SC2086
run cc $flags -c -o "$dir/needs.o" "$dir/needs.c"
like "one that needs more learns both numbers" "$status $err" "needs contract 999; this Ferry has contract $number"
done_testing
