#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What holds for the tree as a whole: licences, file names and lengths, the include firewall, links between documents.
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

# Links between documents, and from them to files.
for doc in README.md docs/*.md; do
	for link in $(grep -oE '\]\([^)#: ]+' "$doc" | sed 's/^](//' | grep -v '^http'); do
		ok "$doc: link to $link" test -e "$(dirname "$doc")/$link"
	done
done
done_testing
