#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `make install` gives a command that works away from the tree, with man pages for each subcommand.
# needs: tool sim
. tests/tap.sh
ok "make install" make -s install DESTDIR="$dir" PREFIX=/opt/ferry
installed=$dir/opt/ferry
is "the command runs" "$("$installed/bin/ferry" --version)" "ferry $(cat VERSION)"
run "$installed/bin/ferry"
is "without a command: wrong use" "$status" 2
run "$installed/bin/ferry" nonsense
is "an unknown command: wrong use" "$status $err" "2 ferry: no command 'nonsense'; \`ferry --help\` lists them"
for command in $("$installed/bin/ferry" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p'); do
	ok "ferry $command --help" "$installed/bin/ferry" "$command" --help
	run "$installed/bin/ferry" "$command" --no-such-option
	is "ferry $command with an unknown option: wrong use" "$status" 2
	like "ferry $command: the complaint says who complains" "$err" "^ferry $command: .*--no-such-option"
	run sh -c '"$0" "$1" --help >/dev/full' "$installed/bin/ferry" "$command"
	is "ferry $command --help on a full disk fails" "$status" 1
	page=$installed/share/man/man1/ferry-$command.1
	is "ferry-$command(1) is well-formed" "$(man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)" ""
	for option in $("$installed/bin/ferry" "$command" --help | grep -oE -- '--[a-z][a-z-]+' | sort -u); do
		escaped=$(echo "$option" | sed 's/-/\\\\-/g')
		ok "ferry-$command(1) has $option" grep -q -e "$escaped" -e "\\$option" "$page"
	done
done
complete=$(bash -c ". docs/completion/ferry.bash; COMP_WORDS=($installed/bin/ferry boot --sc); COMP_CWORD=2; _ferry 2>/dev/null; echo \"\${COMPREPLY[*]}\"")
is "completion knows the options" "$complete" "--script="
complete=$(bash -c ". docs/completion/ferry.bash; COMP_WORDS=($installed/bin/ferry boot --board = rpi-z); COMP_CWORD=4; _ferry 2>/dev/null; echo \"\${COMPREPLY[*]}\"")
is "and the boards" "$complete" "rpi-zero"
ok "make uninstall" make -s uninstall DESTDIR="$dir" PREFIX=/opt/ferry
is "leaves nothing" "$(find "$installed" -type f -o -type l | wc -l)" 0
done_testing
