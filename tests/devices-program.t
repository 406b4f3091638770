#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A driver as a process: its parameters are options, the shell suspends and resumes it, and one that divides by zero is named. And
# in every port a function that is not declared is an error.
# needs: tool program-test-sleeper program-test-divide packages-of-rpi-zero bare-objects
. tests/tap.sh
programs=build/tool/programs

sleeper() { run "$programs/test-sleeper" --model=pl061 --shell "$@" </dev/null; }
sleeper --parameter period_ms=50
is "a parameter is an option" "$status $err" "0 sleeper: a tick in 50 ms"
sleeper --parameter period_ms=50 --property period-ms=9
is "which comes before the property" "$status $err" "0 sleeper: a tick in 50 ms"
sleeper --parameter period_ms=1001
is "one out of its range is refused" "$status $err" \
	"2 sleeper: --parameter: period_ms (time between two ticks) is a number from 1 to 1000"
sleeper --parameter speed=1
is "one that the driver lacks is told, with those that it has" "$status $err" \
	"2 sleeper: --parameter: the driver has none called 'speed'; it has period_ms, refuses"

is "the shell suspends and resumes" "$(printf 'suspend\nresume\n' | "$programs/test-sleeper" --model=pl061 --shell 2>&1 | sort | tr '\n' ' ')" \
	"resume: done sleeper: a tick in 20 ms sleeper: asleep sleeper: awake suspend: done "
is "a driver may refuse" "$(echo suspend | "$programs/test-sleeper" --model=pl061 --shell --parameter refuses=1 2>/dev/null)" "suspend: FY_ERR_BUSY"

printf 'feed -7000000000 %% 3\nfeed 5 / 0\nfeed 1 / 1\n' >"$dir/commands"
run "$programs/test-divide" --shell <"$dir/commands"
is "a division by zero ends the process, and names the driver" "$status $err" "1 divide: -7000000000 % 3 = -1
divide: the driver divides by zero; it ends"

# What is not declared.
mkdir -p "$dir/app/drivers"
sed 's/fy_info(dev, "init")/fy_nonsense(dev)/; s/hello/undeclared/g' drivers/hello.c >"$dir/app/drivers/undeclared.c"
printf 'int main(void);\nint main(void)\n{\n\treturn 0;\n}\n' >"$dir/app/main.c"
echo 'APP_DRIVERS = undeclared' >"$dir/app/app.mk"
bare_objects
run make -s app APP=undeclared APP_DIR="$dir/app" BOARD=virt APP_OUT="$dir/out" O="$dir/build"
like "bare: an undeclared function is an error" "$status $err" "^2 .*fy_nonsense|fy_nonsense.*error"
run scripts/build-module "$dir/app/drivers/undeclared.c" "$(kernel_headers rpi-zero)" "$dir/module" "$dir/undeclared.ko"
like "linux: likewise" "$status $(echo "$err" | tr '\n' ' ')" "^1 .*error: implicit declaration of function .fy_nonsense"
flags=$(make -s -f - print <<'E'
include mk/tool.mk
print: ; @echo $(CFLAGS_TOOL)
E
)
# shellcheck disable=SC2086 # words
run cc $flags -Iinclude -Iports/user/include -Iports/common/include -Iports/common -c -o "$dir/undeclared.o" "$dir/app/drivers/undeclared.c"
like "user: likewise" "$status $(echo "$err" | tr '\n' ' ')" "^1 .*error: implicit declaration of function .fy_nonsense"
done_testing
