#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What boards/NAME/ says of each board is complete and goes together; and docs/boards.md, "Add a board", followed to the letter in a
# copy of the tree, leads to a board that builds, boots and is in every list.
# needs: ferry tool packages-of-virt
# usage: tests/boards.t [BOARD...]     with names: what is said of these boards, and no walk
. tests/tap.sh

fact() { scripts/boards "$1" "$board"; }
missing() { # FILE...: those that are not there
	for file; do [ -e "$file" ] || printf '%s ' "$file"; done
}
unset_facts() { # VARIABLE...: those that the board does not set
	for variable; do [ -n "$(fact "$variable")" ] || printf '%s ' "$variable"; done
}
# DIRECTORY SUFFIX NAME...: files of these names that are not there
without() {
	where=$1 suffix=$2
	shift 2
	for name; do missing "$where/$name$suffix"; done
}
# FILE WORDS: on one line, with its macros replaced, from WORDS on
preprocess() {
	gcc -E -P -Iinclude -Iports/bare/include -Iports/bare -Iports/common/include "$1" | tr -s '\n\t ' ' ' | sed "s/.*\($2\)/\1/"
}

facts() {
	is "$board: board.mk is comments and lines NAME = VALUE" "$(grep -vnE '^(#.*|[A-Z][A-Z0-9_]* = [^$ ][^$]*)?$' "boards/$board/board.mk")" ""
	set_here=$(sed -n 's/^\([A-Z0-9_]*\) =.*/\1/p' "boards/$board/board.mk")
	is "$board: each variable is explained in the template" \
		"$(for v in $set_here; do grep -q "^#\{0,1\}$v = " boards/template/board.mk || echo "$v"; done)" ""
	is "$board: none is set twice" "$(printf '%s\n' "$set_here" | sort | uniq -d)" ""
	like "$board: has a rank" "$(fact BOARD_RANK)" '^[0-9]+$'
	is "$board: that no other board has" "$(grep -lx "BOARD_RANK = $(fact BOARD_RANK)" boards/*/board.mk | grep -v /template/)" \
		"boards/$board/board.mk"
	ok "$board: something runs on it" [ -n "$(fact BOARD_IMAGE_CONFIG)$(fact BARE_ARCH)" ]
}

linux_facts() {
	is "$board: Linux has all that it needs" \
		"$(unset_facts BOARD_CROSS_COMPILE BOARD_KERNEL_FLAVOUR BOARD_INITRAMFS_MODULES BOARD_ROOT_MODULES BOARD_DRIVERS)" ""
	packages=boards/$(fact BOARD_PACKAGES | grep . || echo "$board")/packages
	overlays=$(fact BOARD_OVERLAY_DIR | grep . || echo "boards/$board")
	# shellcheck disable=SC2046
	is "$board: the files that it names are there" "$(missing "$(fact BOARD_IMAGE_CONFIG)" "$packages"
		without drivers .c $(fact BOARD_DRIVERS)
		without "$overlays" .dts $(fact BOARD_OVERLAYS))" ""
	if [ -n "$(fact BOARD_FIRMWARE)" ]; then
		is "$board: so are those that its firmware reads" "$(missing "boards/$board/config.txt" "boards/$board/cmdline.txt")" ""
	else
		is "$board: so is the one that its firmware reads" "$(missing "boards/$board/extlinux.conf")" ""
	fi
	is "$board: a demo has a pin and a script" "$(unset_facts BOARD_DEMO_PIN)" \
		"$([ -e "boards/$board/demo.script" ] || echo 'BOARD_DEMO_PIN ')"
	ok "$board: make setup installs its compiler" grep -qx "build gcc-$(fact BOARD_CROSS_COMPILE | sed 's/-$//' | tr _ -)" scripts/packages
	is "$board: its list of packages is one" "$(grep -vnE '^(#.*|(arch|target) [^ ].*)?$' "$packages")" ""
	like "$board: of the compiler's architecture" "$(sed -n 's/^arch //p' "$packages") $(fact BOARD_CROSS_COMPILE)" \
		'^(armel arm-linux-gnueabi|arm64 aarch64-linux-gnu|amd64 x86_64-linux-gnu)-$'
	flavour=$(fact BOARD_KERNEL_FLAVOUR)
	for kernel in $(scripts/kernel-packages "$packages"); do
		is "$board: kernel $kernel: headers of its flavour" \
			"$(scripts/kernel-packages "$packages" "$flavour" "$kernel" headers | grep -cE "^target linux-headers-.*-($flavour|common)\$")" 2
		like "$board: kernel $kernel: an image" \
			"$(scripts/kernel-packages "$packages" "$flavour" "$kernel" image)" "^target linux-(image|binary)-.*-$flavour\$"
	done
}

bare_facts() {
	is "$board: the bare metal has all that it needs" \
		"$(unset_facts BARE_LOAD_ADDRESS BARE_IMAGE BARE_DRIVERS TEST_SELFTESTS)" ""
	# shellcheck disable=SC2046
	is "$board: its files are there" "$(missing "ports/bare/arch/$(fact BARE_ARCH)" "boards/$board/board.c" "boards/$board/board.h"
		without drivers .c $(fact BARE_DRIVERS))" ""
	like "$board: 32-bit code says for which processor" "$(fact BARE_ARCH):$(fact BARE_MARCH)" '^(arm:arm.*|aarch64:)$'
	like "$board: the image has a name that ferry boot takes for a kernel's" "$(fact BARE_IMAGE)" '^kernel[0-9a-z]*\.img$'
	bare=$(preprocess "boards/$board/board.c" 'struct bare_device bare_devices.. =')
	like "$board: board.c has the board's name" "$bare" "bare_board = \{ \.name = \"$board\","
	[ -z "$(fact BOARD_FIRMWARE)" ] || is "$board: a card with an app names the image" \
		"$(grep -s '^kernel=' "boards/$board/app-config.txt")" "kernel=$(fact BARE_IMAGE)"
}

# What a field of board.c or emulation.c is, as a number. TEXT FIELD
number() {
	value=$(printf '%s\n' "$1" | sed -n "s/.*$2 = \([^,}]*\).*/\1/p")
	echo $((${value:-0}))
}

emulation_facts() {
	emulated=$(preprocess "boards/$board/emulation.c" 'struct board board_')
	like "$board: emulation.c has the board's name" "$emulated" \
		"struct board board_$(echo "$board" | tr - _) = \{ \.name = \"$board\", \.title = \"[^\"]+\","
	like "$board: ferry boot has it" "$("$FERRY" boot --help)" "^  -b, --board=NAME.*[ ,]$board[,;]"
	qemu=$(printf '%s\n' "$emulated" | sed 's/.*\.qemu = "\([^"]*\)".*/\1/')
	machine=$(printf '%s\n' "$emulated" | sed 's/.*\.machine = "\([^"]*\)".*/\1/')
	like "$board: QEMU has such a machine" "$("$qemu" -M help)" "^$machine "
	[ -n "$(fact BARE_ARCH)" ] || return 0
	is "$board: its GPIO controller is where the app looks for it" "$(number "$emulated" '\.gpio_base')" \
		"$(number "$bare" '\.name = "gpio",[^}]*\.registers')"
	[ -z "$(fact BOARD_FIRMWARE)" ] ||
		like "$board: its firmware looks for the app's name" "$emulated" "\.kernels(32|64) = [^}]*\"$(fact BARE_IMAGE)\""
}

check_board() {
	board=$1
	facts
	[ -z "$(fact BOARD_IMAGE_CONFIG)" ] || linux_facts
	[ -z "$(fact BARE_ARCH)" ] || bare_facts
	[ ! -e "boards/$board/emulation.c" ] || emulation_facts
}

if [ $# -gt 0 ]; then
	for name; do check_board "$name"; done
	done_testing
	exit
fi
for name in $(scripts/boards); do check_board "$name"; done
is "ferry boot has the boards in the order of their ranks" \
	"$("$FERRY" boot --help | sed -n 's/^  -b, --board=NAME *\(.*\); else .*/\1/p' | tr -d ,)" \
	"$(scripts/boards emulation.c | tr '\n' ' ' | sed 's/ $//')"
is "the template is no board" "$(scripts/boards | grep template)" ""

# The walk, in a copy of the tree: of what is built here, only what the new board changes is built again.

tree=$dir/tree
mkdir -p "$tree/build"
tar -c --exclude=./build --exclude=./output --exclude=./.git . | tar -x -C "$tree"
cp -a build/.setup-* build/how build/tool "$tree/build"
[ ! -d build/cache ] || ln -s "$root/build/cache" "$tree/build/cache"
sed -n '/^## Add a board/,/^## /s/^       //p' docs/boards.md >"$dir/walk"
cd "$tree" || exit 1
ok "the walk has its steps" [ "$(wc -l <"$dir/walk")" -ge 10 ]
while read -r step <&3; do
	case $step in
	'make check '*) ;; # of all boards: that is for those who walk
	*) ok "$step" env WERROR=1 sh -c "$step" </dev/null ;;
	esac
done 3<"$dir/walk"

own_checks() { FERRY=$tree/build/tool/ferry run sh tests/boards.t my-virt; }
own_checks
is "the new board's facts are complete and go together" "$status $(printf '%s\n' "$out" | grep '^not ok')" "0 "
is "it is the last in the lists, by its rank" "$(scripts/boards | tail -n 1) $(scripts/boards BARE_ARCH | tail -n 1)" "my-virt my-virt"
like "make names it" "$(make -s app APP=hello BOARD=none 2>&1)" 'boards are: .* my-virt'
like "so does ferry boot" "$(build/tool/ferry boot --board=none output/my-virt/kernel8.img 2>&1)" 'there are rpi-zero, .*, my-virt'
like "and a kernel that several boards run may be its" \
	"$(cp output/my-virt/kernel8.img . && build/tool/ferry boot kernel8.img 2>&1)" 'which board the kernel is for: .*, my-virt$'

# WHAT SED-EXPRESSION FILE REGEX: with such a fault in it, the check says so
fault() {
	cp "boards/my-virt/$3" "$dir/whole"
	sed -i "$2" "boards/my-virt/$3"
	own_checks
	like "the check sees $1" "$status $(printf '%s\n' "$out" | grep '^not ok')" "^1 not ok [0-9]+ - my-virt: $4"
	cp "$dir/whole" "boards/my-virt/$3"
}
fault "a variable that make would work out" 's/^BARE_IMAGE = .*/BARE_IMAGE = $(NAME).img/' board.mk 'board.mk is comments'
fault "a variable that nobody knows" '$aBOARD_COLOUR = green' board.mk 'each variable is explained'
fault "a rank that is taken" 's/^\(BOARD_RANK =\).*/\1 10/' board.mk 'that no other board has'
fault "a driver that is not there" 's/^BOARD_DRIVERS = /&none /' board.mk 'the files that it names'
fault "a list of packages of another architecture" 's/^BOARD_PACKAGES = .*/BOARD_PACKAGES = pc/' board.mk 'of the compiler.s architecture'
fault "no load address" '/^BARE_LOAD_ADDRESS/d' board.mk 'the bare metal has all'
fault "another board's name" 's/"my-virt"/"virt"/' board.c "board.c has the board's name"
fault "another address for the recorder" 's/\.gpio_base = .*/.gpio_base = 0x09000000,/' emulation.c 'its GPIO controller is where'
fault "a machine that QEMU does not have" 's/\.machine = .*/.machine = "vax",/' emulation.c 'QEMU has such a machine'
done_testing
