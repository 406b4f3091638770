#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every driver builds as a module, without a warning, for Debian's oldest kernel that Ferry supports, for its newest, and for those
# between, and loads where it was booted. FERRY_KERNELS names others: BOARD-KERNEL each; `make check-kernels` tries all there are.
# needs: ferry tool image-of-pc-5.10 image-of-pc-newest headers-of-virt-6.1 packages-of-virt
. tests/tap.sh

# The first two are started. The default kernel, 6.12, is that of `virt`.
kernels=${FERRY_KERNELS:-pc-5.10 pc-newest virt-6.1 virt}
started=${FERRY_KERNELS_STARTED-pc-5.10 pc-newest}

board_of() { scripts/boards BOARD_IMAGE_CONFIG | while read -r board; do case $1 in "$board" | "$board"-*) echo "$board" ;; esac; done; }
drivers=$(for driver in drivers/*.c; do basename "$driver" .c; done)

for variant in $kernels; do
	board=$(board_of "$variant")
	kernel=${variant#"$board"}
	run make -s modules BOARD="$board" KERNEL="debian$kernel"
	is "$variant: every driver builds, and its kernel would load it" "$status$err" 0
	is "$variant: which makes these modules" "$(cd "output/$variant/modules" && ls ./*.ko | sed 's|./||; s|\.ko$||')" "$drivers"
done

for variant in $started; do
	board=$(board_of "$variant")
	disk=$(ls "output/$variant"/sdcard.img "output/$variant"/disk.img 2>/dev/null | head -n 1)
	own=$root/build/cache/$variant-image/root/lib/modules
	mkdir "$dir/$variant"
	cp "output/$variant"/modules/*.ko "$dir/$variant"
	# Of the kernel's own modules, those that ours need.
	needed=$(for module in "$dir/$variant"/*.ko; do modinfo -F depends "$module"; done | tr ', ' '\n\n' | sort -u)
	mkdir "$dir/$variant/own"
	for module in $needed; do
		file=$(find -L "$own" -name "$module.ko" -o -name "$module.ko.xz" -o -name "$(echo "$module" | tr _ -).ko*" | head -n 1)
		case $file in
		*.xz) xz -dc "$file" >"$dir/$variant/own/$module.ko" ;;
		?*) cp "$file" "$dir/$variant/own/$module.ko" ;;
		esac
	done
	cp --sparse=always "$disk" "$dir/$variant.img"
	start=$(sfdisk -J "$disk" | jq '.partitiontable.partitions[0].start * 512')
	mcopy -s -i "$dir/$variant.img@@$start" "$dir/$variant"/* ::
	cat >"$dir/script" <<E
timeout 300
fail Kernel panic|Oops|BUG:|WARNING:|Call Trace
expect ferry:/#
send uname -r; for i in /boot/own/*.ko; do [ ! -e \$i ] || insmod \$i; done; for i in /boot/*.ko; do insmod \$i && rmmod \$(basename \$i .ko) && echo \$(basename \$i .ko) is done; done; echo all d""one
expect ^all done
quit
E
	run "$FERRY" boot --quiet --board "$board" --icount off --script "$dir/script" --log "$dir/log" "$dir/$variant.img"
	is "$variant: it boots, and no module gives it trouble" "$status$err" 0
	is "$variant: each is loaded and taken out" "$(tr -d '\r' <"$dir/log" | sed -n 's/^\(.*\) is done$/\1/p')" "$drivers"
	like "$variant: hello says what it says" "$(tr -d '\r' <"$dir/log")" 'hello: hello from C'
	rm "$dir/$variant.img"
done
done_testing
