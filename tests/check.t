#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What ferry check prints of modules, as lines and as JSON, and how it ends. Module and kernel are made here: no more than is looked at.
# needs: ferry
. tests/tap.sh
cd "$dir" || exit 1

mkdir -p kernel/include/generated kernel/include/config
echo '#define UTS_RELEASE "6.12.1"' >kernel/include/generated/utsrelease.h
printf '#\nCONFIG_MODULES=y\n' >kernel/include/config/auto.conf
printf '0x00000000\t_printk\tvmlinux\tEXPORT_SYMBOL\t\n' >kernel/Module.symvers

# module NAME RELEASE SYMBOL...: a module that was built for a kernel and uses symbols
module() {
	name=$1 release=$2
	shift 2
	{
		printf '\t.section .modinfo, "a"\n\t.asciz "vermagic=%s SMP mod_unload "\n' "$release"
		printf '\t.section .gnu.linkonce.this_module, "aw"\n\t.zero 64\n\t.text\n'
		[ $# = 0 ] || printf '\t.long %s - .\n' "$@"
	} >"$name.s"
	gcc -c -o "$name.ko" "$name.s"
}
module fit 6.12.1 _printk
module old 6.1.0 _printk
module many 6.1.0 one two

run "$FERRY" check --kernel=kernel fit.ko
is "a module that is fit" "$status $out$err" "0 fit.ko: fit for the kernel 6.12.1"
run "$FERRY" check --kernel=kernel --quiet fit.ko
is "--quiet says nothing of it" "$status $out$err" "0 "
run "$FERRY" check --kernel=kernel many.ko
is "each reason is a line" "$status $out$err" "1 ferry check: many.ko: it is for the kernel 6.1.0, not 6.12.1 (vermagic): build with that kernel's KDIR=
ferry check: many.ko: it needs one, which the kernel 6.12.1 and its modules do not export: use another function, or a kernel that has this one
ferry check: many.ko: it needs two, which the kernel 6.12.1 and its modules do not export: use another function, or a kernel that has this one"
run "$FERRY" check --kernel=kernel fit.ko old.ko many.ko
is "the first module that is not fit is the last" "$status $out $err" \
	"1 fit.ko: fit for the kernel 6.12.1 ferry check: old.ko: it is for the kernel 6.1.0, not 6.12.1 (vermagic): build with that kernel's KDIR="
run "$FERRY" check --kernel=kernel none.ko
is "a module that is not there" "$status $out$err" "1 ferry check: none.ko: cannot open: No such file or directory"
run "$FERRY" check --kernel=none fit.ko
like "a kernel that is not there" "$status $out$err" "^1 ferry check: none: is no prepared kernel: "
run "$FERRY" check fit.ko
is "no kernel is wrong use" "$status $err" "2 ferry check: say for which kernel, with --kernel; \`ferry check --help\` tells more"
run "$FERRY" check --kernel=kernel
is "no module is wrong use" "$status $err" "2 ferry check: say which module; \`ferry check --help\` tells more"

# --- The same as JSON ---
run "$FERRY" check --json --kernel=kernel fit.ko many.ko old.ko
is "--json: each module" "$status $err$(echo "$out" | jq -c 'map([.module, .kernel, .fit, (.findings | length)])')" \
	'1 [["fit.ko","6.12.1",true,0],["many.ko","6.12.1",false,3],["old.ko","6.12.1",false,1]]'
is "each reason by its rule" "$(echo "$out" | jq -c '.[1].findings | map([.rule, .severity, .place])')" \
	'[["release","error","many.ko"],["import","error","many.ko"],["import","error","many.ko"]]'
texts=$(echo "$out" | jq -r '.[1].findings[] | "ferry check: \(.place): \(.text)"')
run "$FERRY" check --kernel=kernel many.ko
is "with the text that the lines have" "$texts" "$err"
run "$FERRY" check --json --quiet --kernel=kernel fit.ko old.ko
is "--quiet leaves out what is fit" "$status $(echo "$out" | jq -c 'map(.module)')" '1 ["old.ko"]'
run "$FERRY" check --json --kernel=kernel none.ko fit.ko
is "a module that cannot be read is an error, and the next one is checked" \
	"$status $err$(echo "$out" | jq -c 'map([.module, .fit, .findings[0].rule, .findings[0].text])')" \
	'1 [["none.ko",false,"unreadable","cannot open: No such file or directory"],["fit.ko",true,null,null]]'
done_testing
