#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What holds for the tree as a whole: licences, file names and lengths, floors, the command that tries each driver, what each test
# promises, links between documents.
# needs: nothing
. tests/tap.sh
files=$(git ls-files 2>/dev/null)
if [ -n "$files" ] && command -v reuse >/dev/null; then
	run reuse lint
	is "licences: REUSE" "$status" 0
	[ "$status" = 0 ] || echo "$out" | sed 's/^/# /'
else
	skip "licences: REUSE" "not a git checkout, or no reuse tool"
fi
no_spdx=$(find include drivers ports lib tool tests/unit tests/guest fuzz -name '*.[ch]' -exec grep -L SPDX-License-Identifier {} +)
is "every C file names its licence" "$no_spdx" ""
long=$(find include drivers ports lib tool -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > ($2 ~ /^drivers/ ? 650 : 560) { print $2 }')
is "no source file is over 560 lines (a driver is one file: 650)" "$long" ""
is "what a driver may include stays free of host and kernel headers" \
	"$(grep -h '^#include' include/ferry/*.h | grep -v '^#include <ferry/' | sort -u)" ""
is "host code includes no kernel header" "$(grep -ln '^#include <linux/\(module\|kernel\|of\|slab\)\.h>' tool/*.c lib/*/*.[ch] lib/*/*/*.[ch])" ""
is "the tool's libraries neither print nor exit" \
	"$(grep -nE '(^|[^a-z_])(printf|puts|perror|exit|abort) ?\(' lib/*/*.c lib/*/*/*.c | grep -v 'fprintf\|_exit' |
		grep -v '^lib/pins/plugin\.c')" ""
if [ -n "$files" ]; then
	is "git ignores nothing but what was built" \
		"$(git ls-files --others --ignored --exclude-standard | grep -v '^build/\|^output/\|^\.')" ""
else
	skip "git ignores nothing but what was built" "not a git checkout"
fi
for script in $(sed -n 's/^[^#]*:\(\/etc\/[^ ]*\).*/\1/p' boards/busybox/root/etc/inittab); do
	ok "BusyBox's inittab: $script is there" test -x "boards/busybox/root$script"
done

# Each driver opens with the command that tries it, of make; one that names a driver or an app names one that is there, and the
# driver's own.
untried=$(for driver in drivers/*.c templates/*/drivers/*.c; do
	sed '/\*\//q' "$driver" | grep -q "^ \*	make \(check\|app\|program\|module\|demo\)" || echo "$driver"
done)
is "each driver opens with the command that tries it" "$untried" ""
foreign=$(for driver in drivers/*.c; do
	name=$(basename "$driver" .c)
	sed '/\*\//q' "$driver" | sed -n 's/^ \*	make .*\(DRIVER\|APP\)=\([a-z0-9-]*\).*/\1 \2/p' | while read -r kind what; do
		case $kind in
		DRIVER) [ "$what" = "$name" ] ;;
		APP) grep -q "APP_DRIVERS.*[ =]$name\b" "apps/$what/app.mk" ;;
		esac || echo "$driver: $kind=$what"
	done
done)
is "and it is that driver which is tried" "$foreign" ""

# Each test opens with what it promises: a sentence or two, not "Tests of" a file.
promises=$(awk '
	FNR == 1 { close_file(); file = FILENAME; text = ""; done = 0 }
	done || /^#!/ || /SPDX/ { next }
	/^(\/\*| \*|# )/ { text = text " " $0; if (/\*\//) done = 1; next }
	{ done = 1 }
	function close_file() {
		gsub(/[\/*#]/, " ", text)
		if (file && (split(text, words, " ") < 6 || text ~ /^ *Tests of/))
			print file
	}
	END { close_file() }' $(find tests fuzz templates/*/tests -name '*.[ct]' -not -path 'tests/drivers/*' | sort))
is "each test opens with what it promises" "$promises" ""

# Links between documents, and from them to files.
for doc in README.md docs/*.md; do
	for link in $(grep -oE '\]\([^)#: ]+' "$doc" | sed 's/^](//' | grep -v '^http'); do
		ok "$doc: link to $link" test -e "$(dirname "$doc")/$link"
	done
done
done_testing
