#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The tutorial in docs/drivers.md, done as a reader does it: each block with a comment before it is a file to write or to add to, commands to
# run, or what the commands before it print. Lines of output are found in this order, others may be between them; "..." is anything.
# The pieces of drivers in docs/sensors.md compile.
# needs: ferry tool image-of-rpi-zero
. tests/tap.sh
mkdir "$dir/bin" "$dir/work"
ln -s "$FERRY" "$dir/bin/ferry"
PATH=$dir/bin:$PATH FERRY=$root
export PATH
unset CMOCKA_MESSAGE_OUTPUT

# PAGE DIRECTORY: blocks become files N.KIND, with the argument of the comment in N.name.
blocks() {
	awk -v dir="$2" '
	/^<!-- (file|append|run|output|compile).* -->$/ { kind = $2; name = $3 == "-->" ? "" : $3; next }
	/^```/ && inside { inside = 0; kind = ""; close(block); next }
	/^```/ && kind {
		inside = 1
		block = sprintf("%s/%03d.%s", dir, ++n, kind)
		printf "" >block
		print name >sprintf("%s/%03d.name", dir, n)
		next
	}
	inside { print >block }
' "$1"
}
blocks docs/drivers.md "$dir"
mkdir "$dir/pieces"
blocks docs/sensors.md "$dir/pieces"

# A shell that stays where commands left it.
cd "$dir/work" || exit 1
do_block() { # FILE: its commands, as one would type them
	(
		set -e
		# shellcheck disable=SC1090 # it is made above
		. "$1"
		pwd >"$dir/where"
	) >"$dir/said" 2>&1 && return
	tail -n 40 "$dir/said"
	return 1
}

expected() { # FILE: whether its lines are among those of $dir/said, in their order
	awk -v said="$dir/said" '
		{
			wanted = $0
			gsub(/[][\\.^$*+?(){}|]/, "\\\\&", wanted)
			gsub(/\\\.\\\.\\\./, ".*", wanted)
			for (found = 0; !found && (getline line <said) > 0;)
				found = line ~ "^" wanted "$"
			if (!found) { print "not printed: " $0; exit 1 }
		}' "$1"
}

for block in $(find "$dir" -maxdepth 1 -name '[0-9]*.*' ! -name '*.name' | sort); do
	name=$(cat "${block%.*}.name")
	case $block in
	*.file) cat "$block" >"$name" ;;
	*.append) cat "$block" >>"$name" ;;
	*.run)
		what=$(head -n 1 "$block")
		ok "the commands from \`$what\` on" do_block "$block"
		[ ! -f "$dir/where" ] || cd "$(cat "$dir/where")" || exit 1
		;;
	*.output) ok "\`$what\` prints $(wc -l <"$block") lines as they are in the page" expected "$block" ;;
	esac
done
ok "the page has blocks of each kind" test "$tests" -ge 8

headers='driver gpio gpio-edge i2c-target interrupt irq sensor spi-target time work'
for piece in "$dir"/pieces/*.compile; do
	{
		for header in $headers; do
			echo "#include <ferry/$header.h>"
		done
		cat "$piece"
	} >"$piece.c"
	# shellcheck disable=SC2086 # several options
	ok "the piece with \`$(grep -m 1 '^struct\|^static' "$piece")\` compiles" ${CC:-cc} -std=gnu11 -fsyntax-only -Wall -Wextra -Werror \
		-Wno-unused-function -Wno-unused-parameter -Wno-unused-variable -Wno-unused-const-variable \
		-I"$root/include" -I"$root/ports/user/include" -I"$root/ports/common/include" -I"$root/ports/common" "$piece.c"
done
done_testing
