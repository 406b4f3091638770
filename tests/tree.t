#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What holds for the tree as a whole: licences, file names and lengths, floors, the command that tries each driver, what each test
# promises, links between documents.
# needs: tool sim program-bcm2835-gpio
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
not_free=$(find include/ferry drivers apps virtio services ports/bare ports/common boards/*/board.[ch] boards/*/minimal.h templates \
	-name '*.[chS]' -exec grep -L 'SPDX-License-Identifier: MIT OR GPL-2.0-only' {} +)
is "what ends up in firmware may be had under the MIT licence" "$not_free" ""
long=$(find include drivers ports lib tool -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > ($2 ~ /^drivers/ ? 650 : 560) { print $2 }')
is "no source file is over 560 lines (a driver is one file: 650)" "$long" ""
is "what a driver may include stays free of host and kernel headers" \
	"$(grep -h '^#include' include/ferry/*.h | grep -v '^#include <ferry/' | sort -u)" ""
is "host code includes no kernel header" "$(grep -ln '^#include <linux/\(module\|kernel\|of\|slab\)\.h>' tool/*.c lib/*/*.[ch] lib/*/*/*.[ch])" ""
is "one header alone asks which version the kernel has" \
	"$(grep -rlE 'LINUX_VERSION_CODE|KERNEL_VERSION\(|linux/version\.h' include drivers ports apps services virtio templates tests/drivers tests/guest)" \
	ports/linux/kernel-compat.h

# The floors (scripts/floors.txt): includes and calls point down, files make no circles, libraries fill a struct error.
ok "a bare-metal app is built, for its objects" make -s app APP=hello BOARD=virt O="$dir/bare" APP_OUT="$dir/bare"
run scripts/check-floors build/tool "$dir/bare"
is "includes and calls point down, in no circle, and no library prints or exits" "$out$err" ""
is "docs/design.md shows the table of the floors as it is" \
	"$(sed -n '/^```floors$/,/^```$/p' docs/design.md | grep -v '^```')" "$(grep -v '^#' scripts/floors.txt)"

# It finds what it is for, in a tree made for it: a line for each fault, and no more.
fault_tree() (
	mkdir -p "$dir/floors/lib/base" "$dir/floors/lib/image" "$dir/floors/lib/pins" "$dir/floors/objects"
	cd "$dir/floors" || exit
	echo '#include "image/up.h"' >lib/base/low.c
	echo '#include "pins/side.h"' >lib/image/up.h
	echo '#include "pins/round.h"' >lib/pins/side.h
	echo '#include "pins/side.h"' >lib/pins/round.h
	printf 'void b(void);\nvoid a(void) { b(); }\n' >lib/pins/a.c
	printf 'void a(void);\nvoid b(void) { a(); }\n' >lib/pins/b.c
	printf 'int fprintf(void *, const char *, ...);\nextern void *stderr;\nvoid c(void) { /* exit(1) */\n\tfprintf(stderr, "exit(1)");\n}\n' \
		>lib/pins/c.c
	for file in a b c; do
		mkdir -p objects/lib/pins
		cc -c -o objects/lib/pins/$file.o lib/pins/$file.c
	done
	printf 'lib/image: lib/base\nlib/pins:\nlib/base:\n' >floors.txt
	"$root/scripts/check-floors" --floors floors.txt objects
)
is "faults that were put in are found, and nothing else" "$(fault_tree | sort)" \
	"    lib/pins/a.c calls lib/pins/b.c: b()
    lib/pins/b.c calls lib/pins/a.c: a()
files call each other in a circle: lib/pins/a.c lib/pins/b.c
files include each other in a circle: lib/pins/round.h lib/pins/side.h
lib/base/low.c:1: lib/base must not use lib/image (image/up.h)
lib/image/up.h:1: lib/image must not use lib/pins (pins/side.h)
lib/pins/c.c:4: a library must not: fprintf(stderr"
if [ -n "$files" ]; then
	is "git ignores nothing but what was built" \
		"$(git ls-files --others --ignored --exclude-standard | grep -v '^build/\|^output/\|^compile_commands\.json\|^\.')" ""
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

is "each test script can be run" "$(find tests -name '*.t' ! -perm -u+x)" ""
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
	END { close_file() }' $(find tests fuzz templates/*/tests -name '*.[ct]' -not -path 'tests/drivers/*' -not -path 'tests/pick/tree/*' | sort))
is "each test opens with what it promises" "$promises" ""

# Links between documents, and from them to files.
for doc in README.md docs/*.md; do
	for link in $(grep -oE '\]\([^)#: ]+' "$doc" | sed 's/^](//' | grep -v '^http'); do
		ok "$doc: link to $link" test -e "$(dirname "$doc")/$link"
	done
done
done_testing
