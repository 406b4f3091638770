#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ferry pick on a little tree that has each form of Kconfig and makefile once, on trees that lie, and what it prints. GNU make is the
# judge of the little tree as of whole ones (make check-pick).
# needs: ferry
. tests/tap.sh
unset LINUX_SRC
tree=$root/tests/pick/tree

# NAME FIELD: a field of a driver in the list
"$FERRY" pick --linux-src "$tree" --list >"$dir/list"
field() {
	awk -F '\t' -v name="$1" -v field="$2" \
		'NR == 1 { for (i = 1; i <= NF; i++) if ($i == field) column = i } $1 == name { print $column }' "$dir/list"
}
is "the list has a header" "$(head -n 1 "$dir/list" | cut -f 1-7 | tr '\t' ' ')" "name symbol kind subsystem prompt depends sources"
is "each driver of the tree is in it" "$(sed 1d "$dir/list" | cut -f 1 | tr '\n' ' ')" \
	"old board fast both bus chosen debug demo neither pair-1 pair-2 shared two card only-module class rtc-low rtc-pl031 snd-card snd-lib "
is "a composite has its parts" "$(field demo sources)" "drivers/demo/core.c drivers/demo/sub/low.c drivers/demo/extra.c"
is "addprefix, addsuffix, and -objs-\$(CONFIG_X) by its variable" "$(field bus sources)" \
	"drivers/demo/bus-a.c drivers/demo/bus-b.c drivers/demo/bus-debug.c"
is "an object may have two symbols" "$(field shared symbol)" "DEMO_BUS DEMO_PLAIN"
is "what an ifeq asks for is the symbol of obj-y" "$(field debug symbol) $(field two symbol)" "DEMO_DEBUG DEMO_TWO"
is "obj-y in a folder belongs to the folder's symbol" "$(field card symbol) $(field class symbol)" "NET_CARD RTC_CLASS"
is "obj-m is a module" "$(field only-module kind)" module
is "eval and call define" "$(field pair-2 symbol)" DEMO_PLAIN
is "an architecture's makefile goes on to its folders" "$(field board symbol) $(field old symbol)" "MACH_OLD MACH_OLD"
is "menus, ifs and depends are one expression" "$(field rtc-pl031 depends)" \
	"HAS_IOMEM && RTC_CLASS && ARM && (!SOUND || EXPERT && SOUND = y)"
is "what only an architecture has depends on it" "$(field old depends)" "SRCARCH = arm"
is "a macro is not run" "$(field fast depends)" '$(cc-option,-mfast)'

is "tables, macros, headers: what a network card is for" "$(field card ids)" "pci:1af5:100e pci:1af5:1002 pci:1af5:2000 pci:1af5:2001 \
pci:1af5:* pci:class:0c0330 pci:1af5:? usb:0bda:8150 usb:0bda:8151 virtio:1"
is "what a clock is for" "$(field rtc-low ids)" \
	"of:demo,low of:demo,lower i2c:low i2c:lower acpi:DEMO0001 platform:rtc-low spi:low-spi"
is "AMBA's numbers have a mask" "$(field rtc-pl031 ids)" "amba:00041031/000fffff"
is "a table in a header, and a declaration" "$(field only-module ids)" "of:demo,clock of:demo,only"
is "licence, lines and services" "$(field rtc-pl031 licence) $(field rtc-pl031 lines) $(field rtc-pl031 services)" \
	"GPL-2.0-only OR MIT 16 irq amba rtc"
is "--no-sources reads none" "$("$FERRY" pick --linux-src "$tree" --no-sources rtc-low | sed 1d | cut -f 8-11)" "$(printf '\t\t\t')"

"$FERRY" pick --linux-src "$tree" --json >"$dir/json"
is "JSON has the devices by bus" "$(jq -c '.[] | select(.name == "rtc-low").ids.of' "$dir/json")" '["demo,low","demo,lower"]'
is "and what the driver says of itself" "$(jq -r '.[] | select(.name == "rtc-pl031").description' "$dir/json")" "A clock in a little tree"
is "and the folders' symbols, up to the root" "$(jq -c '[.[] | select(.name == "rtc-low").folders[].symbol]' "$dir/json")" '["RTC_CLASS",null]'
is "JSON has all of them, too" "$(jq length "$dir/json")" "$(sed 1d "$dir/list" | wc -l)"
is "JSON tells the symbol of a part" "$(jq -r '.[] | select(.name == "demo").objects[2].symbol' "$dir/json")" DEMO_EXTRA
is "and by what condition an object is built" "$(jq -r '.[] | select(.name == "two").symbols[0].condition' "$dir/json")" \
	'$(CONFIG_DEMO_TWO) != "" && !($(CONFIG_DEMO_DEBUG) = y)'
is "and two symbols together" "$(jq -r '.[] | select(.name == "both").symbols[0] | .name + " " + .with' "$dir/json")" \
	"DEMO_PLAIN DEMO_DEBUG"
is "and which symbols select one" "$(jq -r '.[] | select(.name == "snd-lib").symbols[0].selected_by' "$dir/json")" SOUND_CARD
jq -r -f tests/pick/objects.jq "$dir/json" >"$dir/objects"
run tests/pick/judge "$tree" "$dir/objects" drivers sound crypto
is "GNU make says the same of each object" "$status $(printf '%s\n' "$out" | tail -n 1)" \
	"0 23 objects: 19 agree, 4 besides with the symbols of a condition set, 0 do not: 100.000 %"

# --- Which drivers ---
names() { "$FERRY" pick --linux-src "$tree" "$@" | sed 1d | cut -f 1 | tr '\n' ' '; }
is "a driver by its symbol" "$(names RTC_PL031)" "rtc-pl031 "
is "by its symbol with CONFIG_" "$(names CONFIG_RTC_PL031)" "rtc-pl031 "
is "by its module, either way" "$(names rtc_pl031 --driver snd-lib.ko)" "snd-lib rtc-pl031 "
is "by a file" "$(names extra.c)$(names drivers/demo/sub/low.c)" "demo demo "
is "a subsystem" "$(names --subsystem net)$(names --subsystem net/card)$(names -s rtc)" \
	"card only-module card only-module class rtc-low rtc-pl031 "
is "by a device of the devicetree" "$(names --compatible demo,lower)" "rtc-low "
is "by a PCI device, whatever its case; a table may take any" "$(names --id pci:1AF5:100E)$(names --id pci:1af5:beef)" "card card "
is "by an AMBA number, of which some bits count" "$(names --id amba:00341031)" "rtc-pl031 "
is "by other buses" "$(names --id usb:0bda:8151)$(names --id acpi:DEMO0001)$(names --id platform:rtc-low)$(names --id virtio:1)" \
	"card rtc-low rtc-low card "
run "$FERRY" pick --linux-src "$tree" --compatible demo,none
is "a device that no driver is for" "$status $err" "1 ferry pick: no driver is for 'demo,none'"
run "$FERRY" pick --linux-src "$tree" --id isa:1
is "a bus that is none" "$status $err" \
	"1 ferry pick: 'isa:1' is no BUS:ID; buses are of, pci, usb, acpi, platform, i2c, spi, amba and virtio"
run "$FERRY" pick --linux-src "$tree" DEMO_PLAIN
is "several that are meant are listed" "$status $err" "1 ferry pick: 5 drivers are called 'DEMO_PLAIN': drivers/demo/both, \
drivers/demo/chosen, drivers/demo/pair-1, drivers/demo/pair-2, drivers/demo/shared: name one of them by its file"
run "$FERRY" pick --linux-src "$tree" rtc-pl013
is "of none, the nearest are told" "$status $err" \
	"1 ferry pick: no driver is called 'rtc-pl013'; nearest are rtc-pl031, RTC_PL031 and RTC_CLASS"
run "$FERRY" pick --linux-src "$tree" --subsystem gpio
is "a subsystem without drivers" "$status $err" "1 ferry pick: no driver in the subsystem 'gpio'"

# --- A tarball ---
mkdir "$dir/linux-6.12"
cp -r "$tree/." "$dir/linux-6.12"
tar -C "$dir" -cf "$dir/plain.tar" linux-6.12
tar -C "$dir" -cJf "$dir/linux.tar.xz" linux-6.12
"$FERRY" pick --linux-src "$tree" --list >"$dir/list"
is "a tarball has the same drivers as what it unpacks to" "$("$FERRY" pick --linux-src "$dir/plain.tar" --list | diff - "$dir/list")" ""
is "one with xz, too" "$("$FERRY" pick --linux-src "$dir/linux.tar.xz" --list | diff - "$dir/list")" ""
is "and without its sources" "$("$FERRY" pick --linux-src "$dir/linux.tar.xz" --no-sources --list | cut -f 1-7)" "$(cut -f 1-7 "$dir/list")"
head -c 2000 "$dir/linux.tar.xz" >"$dir/cut.tar.xz"
run "$FERRY" pick --linux-src "$dir/cut.tar.xz"
like "one that is cut short" "$status $err" "^1 ferry pick: $dir/cut.tar.xz: "
run "$FERRY" pick --linux-src "$dir/list"
like "a file that is no tarball" "$status $err" "^1 ferry pick: $dir/list: Unrecognized archive format"
tar -C "$tree" -cf "$dir/other.tar" drivers
run "$FERRY" pick --linux-src "$dir/other.tar"
is "a tarball of something else" "$status $err" "1 ferry pick: $dir/other.tar: no Linux kernel tree: it has no drivers/Kconfig"

# --- Which tree ---
run env LINUX_SRC="$tree" "$FERRY" pick --list snd-lib
is "LINUX_SRC is the tree" "$status $(echo "$out" | sed 1d | cut -f 1)" "0 snd-lib"
run "$FERRY" pick
is "no tree is wrong use" "$status $err" "2 ferry pick: which tree: --linux-src=DIR, or LINUX_SRC"
run "$FERRY" pick --linux-src "$dir"
is "what is no tree" "$status $err" "1 ferry pick: $dir: no Linux kernel tree: it has no Kconfig"
run "$FERRY" pick --linux-src "$dir/none"
is "a tree that is not there" "$status $err" "1 ferry pick: $dir/none: No such file or directory"
mkdir "$dir/home"
ln -s "$tree" "$dir/home/a tree"
cat >"$dir/kept" <<'CONFIG'
# What I work with.
LINUX_SRC=~/'a tree' # beside the rest
DRIVER="rtc-pl031 DEMO"

export DRIVER=snd-lib
CONFIG
is "--config has tree and drivers" "$(HOME=$dir/home "$FERRY" pick --config "$dir/kept" | sed 1d | cut -f 1 | tr '\n' ' ')" \
	"rtc-pl031 demo snd-lib "
is "a driver on the command line wins" "$(HOME=$dir/home "$FERRY" pick --config "$dir/kept" card | sed 1d | cut -f 1)" card
echo 'KERNEL=x' >"$dir/kept"
run "$FERRY" pick --config "$dir/kept"
is "another name in it is an error" "$status $err" "1 ferry pick: $dir/kept:1: 'KERNEL' is neither LINUX_SRC nor DRIVER"
printf 'DRIVER="a\n' >"$dir/kept"
run "$FERRY" pick --config "$dir/kept"
is "and so is an open quote" "$status $err" "1 ferry pick: $dir/kept:1: a quote without an end"
mkdir "$dir/module"
printf 'ifneq ($(KERNELRELEASE),)\nobj-m := mine.o\nmine-y := a.o b.o\nelse\nall:\n\t$(MAKE) -C /lib/modules\nendif\n' >"$dir/module/Makefile"
touch "$dir/module/a.c" "$dir/module/b.c"
is "a driver outside the tree" "$("$FERRY" pick --linux-src "$tree" --module-src "$dir/module" | sed 1d | cut -f 1,3,7 | tr '\t' ' ')" \
	"mine module a.c b.c"
run "$FERRY" pick --linux-src "$tree" --module-src "$dir/home"
is "a folder without a makefile" "$status $err" "1 ferry pick: $dir/home: has neither a Kbuild nor a Makefile"

# --- A board ---
cat >"$dir/config" <<'CONFIG'
# A configuration.
CONFIG_ARM=y
CONFIG_HAS_IOMEM=y
CONFIG_RTC_CLASS=y
CONFIG_RTC_LOW=m
# CONFIG_EXPERT is not set
CONFIG_SOUND=y
CONFIG_NAME="text"
CONFIG
"$FERRY" pick --linux-src "$tree" --kernel-config "$dir/config" --list >"$dir/list"
is "what the configuration builds" "$(field rtc-low state) $(field class state) $(field rtc-pl031 state) $(field card state)" "m y n n"
is "what is missing for a driver" "$(field rtc-pl031 missing)" "(!SOUND || EXPERT && SOUND = y)"
is "nothing for another" "$(field rtc-low missing)$(field snd-lib missing)" ""
is "another architecture" "$(field old missing)$(field board missing)" ""
"$FERRY" pick --linux-src "$tree" --kernel-config "$dir/config" --json rtc-pl031 >"$dir/json"
is "JSON has it too" "$(jq -r '.[0].state + " " + .[0].missing' "$dir/json")" "n (!SOUND || EXPERT && SOUND = y)"
cat >"$dir/board.dts" <<'DTS'
/dts-v1/;
/ {
	compatible = "demo,machine";
	soc {
		clock@1000 { compatible = "arm,pl031", "arm,primecell"; };
		clock@2000 { compatible = "demo,new", "demo,lower"; status = "disabled"; };
		clock@3000 { compatible = "demo,device", "arm,primecell"; arm,primecell-periphid = <0x00341031>; };
		other { compatible = "demo,nobody"; };
		plain { };
	};
};
DTS
dtc -q -O dtb -o "$dir/board.dtb" "$dir/board.dts"
is "which driver serves each node, and which have none" \
	"$("$FERRY" pick --linux-src "$tree" --dtb "$dir/board.dtb" --kernel-config "$dir/config" | tr '\t' ' ')" \
	"node compatible status driver symbol state file
/soc/clock@1000 arm,pl031 okay rtc-pl031 RTC_PL031 n drivers/rtc/rtc-pl031
/soc/clock@2000 demo,lower disabled rtc-low RTC_LOW m drivers/rtc/rtc-low
/soc/clock@3000 demo,device okay rtc-pl031 RTC_PL031 n drivers/rtc/rtc-pl031
/soc/other demo,nobody okay - -  "
is "the same as JSON" "$("$FERRY" pick --linux-src "$tree" --dtb "$dir/board.dtb" --json |
	jq -c '[.[] | [.node, (.drivers | map(.name))]]')" \
	'[["/soc/clock@1000",["rtc-pl031"]],["/soc/clock@2000",["rtc-low"]],["/soc/clock@3000",["rtc-pl031"]],["/soc/other",[]]]'
run "$FERRY" pick --linux-src "$tree" --dtb "$dir/config"
is "what is no devicetree" "$status $err" "1 ferry pick: $dir/config: no devicetree"
run "$FERRY" pick --linux-src "$tree" --kernel-config "$dir/board.dts"
is "what is no configuration" "$status $err" "1 ferry pick: $dir/board.dts: no kernel configuration: it has no CONFIG_X="
run "$FERRY" pick --linux-src "$tree" --board rpi-nought
is "a board that is none" "$status $err" "1 ferry pick: there is no board 'rpi-nought'"

# --- Trees that lie ---
liar() { rm -rf "$dir/liar"; cp -r "$tree" "$dir/liar"; }
lie() { run timeout 120 "$FERRY" pick --linux-src "$dir/liar" --list; }
liar; echo 'source "drivers/Kconfig"' >>"$dir/liar/drivers/rtc/Kconfig"; lie
is "Kconfig that includes itself" "$status $err" "1 ferry pick: $dir/liar: drivers/rtc/Kconfig:16: sources drivers/Kconfig, which sources this file"
liar; rm "$dir/liar/drivers/rtc/Kconfig"; mkfifo "$dir/liar/drivers/rtc/Kconfig"; lie
is "a FIFO for a Kconfig file" "$status $(sed 1d "$dir/list" | wc -l) $err" \
	"0 20 ferry pick: left out: drivers/Kconfig:5: sources what is not there"
liar; ln -sf /dev/zero "$dir/liar/drivers/rtc/Makefile"; lie
is "a device for a makefile" "$status" 0
liar; { cat "$dir/liar/drivers/demo/Makefile"; echo 'include drivers/demo/Makefile'; } >"$dir/m"; cp "$dir/m" "$dir/liar/drivers/demo/Makefile"; lie
like "a makefile that includes itself" "$status $err" "^0 .*drivers/demo/Makefile:[0-9]*: more than 32 makefiles include one another"
is "costs the drivers of its folder alone" "$(echo "$out" | cut -f 1 | grep -c 'rtc-pl031\|snd-card')" 2
liar; printf 'a = $(b)$(b)\nb = $(a)\nobj-y = $(a)\n' >"$dir/liar/sound/Makefile"; lie
like "a variable that refers to itself" "$err" "sound/Makefile:3: '[ab]' refers to itself"
liar
awk 'BEGIN { print "v0 = xxxxxxxxxx"; for (i = 1; i < 60; i++) print "v" i " = $(v" i - 1 ")$(v" i - 1 ")"; print "obj-y = $(v59) x.o" }' >"$dir/liar/sound/Makefile"
lie
like "one that doubles sixty times" "$err" "sound/Makefile:.*: expands to more than can be meant"
liar; truncate -s 100M "$dir/liar/sound/Makefile"; lie
like "a makefile of 100 MB" "$err" "sound/Makefile: has 100 MiB, and at most 4 MiB are read"
liar; awk 'BEGIN { for (i = 0; i < 1000; i++) print "if A" i }' >>"$dir/liar/drivers/rtc/Kconfig"; lie
like "a thousand levels of if" "$status $err" "^1 .*drivers/rtc/Kconfig:[0-9]*: menus and ifs more than 128 deep"
liar; printf 'config A\n\tbool\n\tdepends on %s' "$(awk 'BEGIN { for (i = 0; i < 1000; i++) printf "(" }')" >>"$dir/liar/drivers/rtc/Kconfig"; lie
like "a thousand parentheses" "$status $err" "^1 .*: an expression more than 100 deep"
liar; echo 'if SOUND' >>"$dir/liar/Kconfig"; lie
like "an if without its end" "$status $err" "^1 .*Kconfig:[0-9]*: its 'endif' is missing"
liar; printf 'config\n' >>"$dir/liar/Kconfig"; lie
like "a file that is cut short" "$status $err" "^1 .*Kconfig:[0-9]*: a symbol's name is missing"
liar; ln -sf ../../../../../../../etc/passwd "$dir/liar/drivers/rtc/Kconfig"; lie
like "a link out of the tree" "$status $err" "^1 .*drivers/rtc/Kconfig: a symbolic link out of the tree, which is not followed"
done_testing
