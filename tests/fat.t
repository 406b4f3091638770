#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# FAT volumes that `ferry image` writes are sound and whole to others: fsck.fat, mtools and, where it can mount them, the host's
# Linux.
# needs: ferry
. tests/tap.sh
export LC_ALL=C.UTF-8 TZ=UTC PATH="$PATH:/sbin:/usr/sbin"

mounted=
clean_up() { [ -z "$mounted" ] || umount "$dir/mnt"; }

# A tree with 300 long names at its top, names beyond ASCII, an empty file and an empty directory.
make_tree() { # DIRECTORY
	mkdir -p "$1/overlays/Deep Directory/down" "$1/empty"
	for n in $(seq 300); do echo "$n" >"$1/a name that is rather long, number $n.dtbo"; done
	head -c 300000 /dev/urandom >"$1/kernel.img"
	echo deep >"$1/overlays/Deep Directory/down/Größe und Ж.txt"
	: >"$1/Empty.Txt"
	find "$1" -exec touch -d '2020-02-29 12:34:56 UTC' {} +
}

write_image() { # SIZE EXTRAARGS: writes $dir/test.vfat
	cat >"$dir/config" <<-END
		image test.vfat {
			vfat { label = "TEST" extraargs = "$2" }
			size = $1
		}
	END
	run "$FERRY" image --config "$dir/config" --rootpath "$dir/tree" --inputpath "$dir" --outputpath "$dir"
}

mount_and_compare() {
	mkdir -p "$dir/mnt"
	mount -o loop,ro,utf8,tz=UTC -t vfat "$dir/test.vfat" "$dir/mnt" || return
	mounted=yes
	diff -r "$dir/tree" "$dir/mnt"
	result=$?
	umount "$dir/mnt" && mounted=
	return $result
}

can_mount() {
	[ "$(id -u)" = 0 ] || { why="needs root"; return 1; }
	grep -qw vfat /proc/filesystems || modprobe vfat 2>/dev/null || { why="this kernel has no vfat"; return 1; }
	losetup -f >/dev/null 2>&1 || { why="no loop device"; return 1; }
}

check_image() { # NAME BITS SIZE EXTRAARGS
	write_image "$3" "$4"
	is "$1: is written" "$status$err" 0
	ok "$1: fsck.fat finds no fault" fsck.fat -n "$dir/test.vfat"
	like "$1: FAT$2" "$(fsck.fat -nv "$dir/test.vfat")" " $2 bit entries"
	list=$(mdir -i "$dir/test.vfat" ::)
	like "$1: mdir sees the label" "$list" "Volume in drive : is TEST"
	like "$1: mdir sees the time, in UTC" "$list" "kernel +img +300000 2020-02-29 +12:34"
	is "$1: mtype reads a file" "$(mtype -i "$dir/test.vfat" '::overlays/Deep Directory/down/Größe und Ж.txt')" deep
	rm -rf "$dir/out" && mkdir "$dir/out"
	mcopy -s -i "$dir/test.vfat" :: "$dir/out" </dev/null
	ok "$1: mcopy reads all of it" diff -r "$dir/tree" "$dir/out"
	if can_mount; then ok "$1: Linux reads all of it" mount_and_compare; else skip "$1: Linux reads all of it" "$why"; fi
}

make_tree "$dir/tree"
check_image "a small volume" 12 8M ""
check_image "a medium volume" 16 20M ""
check_image "300 long names in 64M" 32 64M ""
check_image "a large volume" 32 600M ""
check_image "FAT16 by request" 16 64M "-F 16"

write_image 512K ""
is "too small: fails" "$status" 1
like "and names the size it needs" "$err" "config:[0-9]+: .*needs [0-9]+: raise the size"
: >"$dir/tree/EMPTY.TXT"
write_image 64M ""
is "names that differ in case: fail" "$status" 1
like "and names both" "$err" "/(Empty\.Txt|EMPTY\.TXT): FAT cannot tell this name from '(EMPTY\.TXT|Empty\.Txt)'"
mv "$dir/tree/EMPTY.TXT" "$dir/tree/a:b"
write_image 64M ""
is "a name FAT cannot hold: fails" "$status" 1
like "and says why" "$err" "/a:b: FAT names cannot have the character :"
done_testing
