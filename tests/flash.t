#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `ferry flash` writes what it should and spares what it must: on regular files everywhere; on loop devices, mounted, partitioned,
# read-only and failing, where the user is root and the machine has them. Faults that no loop device has come from
# tests/fault/disk-fault.c.
# needs: ferry
. tests/tap.sh

loop=
mounted=
clean_up() {
	for place in $mounted; do umount "$place" 2>/dev/null; done
	[ -z "$loop" ] || { partx -d "$loop"; losetup -d "$loop"; } 2>/dev/null
}

attach() { # LOSETUP-ARGUMENT...: sets $loop
	[ -z "$loop" ] || losetup -d "$loop"
	loop=$(losetup -f --show "$@" 2>/dev/null)
}

# NAME REGEX ARGUMENT...: refused with that text, and nothing was written to $dir/card
refused() {
	name=$1 regex=$2
	shift 2
	before=$(sha256sum <"$dir/card")
	run "$FERRY" flash --yes "$@"
	is "$name: refused" "$status" 1
	like "$name: told" "$err" "$regex"
	is "$name: nothing was written" "$(sha256sum <"$dir/card")" "$before"
}

same() { # NAME FILE: begins with the image
	is "$1" "$(head -c "$(stat -c %s "$dir/image")" "$2" | sha256sum)" "$(sha256sum <"$dir/image")"
}

# 9 MB of data, a hole, data at the end that does not fill a sector; the card is full of other things, and larger.
head -c 9000000 /dev/urandom >"$dir/image"
truncate -s 20M "$dir/image"
head -c 1001 /dev/urandom >>"$dir/image"
head -c 33554432 /dev/urandom >"$dir/old"
cp "$dir/old" "$dir/card"

# Wrong use.
for use in '' 'a' 'a b c' '--none a b'; do
	# shellcheck disable=SC2086 # several words
	run "$FERRY" flash $use
	is "wrong use: '$use'" "$status" 2
done
unasked() { run sh -c '"$FERRY" flash "$1" "$2" </dev/null' - "$1" "$2"; }
unasked "$dir/image" "$dir/card"
like "without a terminal, --yes is needed" "$status $err" '^1 .*give --yes'
is "and nothing is written" "$(sha256sum <"$dir/card")" "$(sha256sum <"$dir/old")"
unasked "$dir/none" "$dir/card"
like "but an image that is not there is told first" "$status $err" '^1 ferry flash: .*/none: cannot open'
unasked "$dir/image" /dev/none
like "and so is a device" "$status $err" '^1 ferry flash: /dev/none: cannot open: No such file'

# Regular files.
run "$FERRY" flash --yes "$dir/image" "$dir/card"
is "a regular file is written" "$status" 0
like "and verified" "$err" 'read back .*it is the image$'
same "it holds the image, holes as zeros" "$dir/card"
is "what is behind the image stays" "$(tail -c +20972522 "$dir/card" | sha256sum)" "$(tail -c +20972522 "$dir/old" | sha256sum)"
run "$FERRY" flash --yes --json --no-verify "$dir/image" "$dir/card"
is "--json tells what was done" "$(printf '%s' "$out" | jq -c '[.ok, .image_bytes, .verified, .written_bytes + .zeroed_bytes]')" '[true,20972521,false,20972521]'
run "$FERRY" flash --yes --quiet "$dir/image" "$dir/card"
is "--quiet is quiet" "$status:$out:$err" "0::"
refused "a missing file" "none: cannot open \(--create" "$dir/image" "$dir/none"
refused "a missing device" "/dev/none: cannot open: No such file" --create "$dir/image" /dev/none
run "$FERRY" flash --yes --create "$dir/image" "$dir/new"
same "--create makes a file" "$dir/new"
is "no longer than the image" "$(stat -c %s "$dir/new")" 20972521
truncate -s 1M "$dir/new"
refused "a file that is too small" 'its 1048576 bytes .* are too few .*--create' "$dir/image" "$dir/new"
run "$FERRY" flash --yes --create "$dir/image" "$dir/new"
same "--create makes a file longer" "$dir/new"
refused "the image itself" 'is the image itself' "$dir/card" "$dir/card"
ln -s image "$dir/link"
refused "the image by another name" 'is the image itself' "$dir/image" "$dir/link"
refused "a character device" 'neither a block device nor a regular file' "$dir/image" /dev/null
refused "a directory" 'neither a block device nor a regular file' "$dir/image" "$dir"
: >"$dir/nothing"
refused "an empty image" 'nothing: is empty' "$dir/nothing" "$dir/card"
gzip -c "$dir/nothing" >"$dir/packed"
refused "a packed image" 'is packed with gzip: unpack it first' "$dir/packed" "$dir/card"
refused "arguments the wrong way round" 'the image comes first' /dev/null "$dir/card"
truncate -s 257G "$dir/huge"
refused "more than 256 GiB" 'has 257 GiB, more than a card has: .*--force' "$dir/image" "$dir/huge"
ok "--force writes to it" "$FERRY" flash --yes --force --quiet "$dir/image" "$dir/huge"
rm "$dir/huge"
run sh -c 'exec 9<>"$2"; flock 9; "$FERRY" flash --yes "$1" "$2"' - "$dir/image" "$dir/card"
is "a lock of flock(1), which is about something else, does not matter" "$status" 0

# The question, on a pseudo-terminal.
ask() { # ANSWER
	cp "$dir/old" "$dir/card"
	printf '%s\n' "$1" | timeout 300 script -qfec "'$FERRY' flash '$dir/image' '$dir/card'; echo status=\$?" /dev/null | tr -d '\r'
}
like "a no ends it" "$(ask n)" 'status=1'
is "and nothing is written" "$(sha256sum <"$dir/card")" "$(sha256sum <"$dir/old")"
asked=$(ask y)
like "the question names device and image" "$asked" 'all that is on it will be lost. Write .*/image \(20.0 MiB\) to .*/card'
like "a yes goes on" "$asked" 'status=0'
same "and the image is written" "$dir/card"

# Faults.
ok "the faulty disk is compiled" cc -O1 -Wall -Wextra -Werror -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -shared -fPIC -o "$dir/fault.so" tests/fault/disk-fault.c -ldl
faulty() { # NAME FAULTS REGEX [TARGET]
	cp "$dir/old" "$dir/card"
	run env ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD="$dir/fault.so" FAULT="$2" FAULT_PATH="$(realpath "${4:-$dir/card}")" \
		CHANGED="$dir/image" "$FERRY" flash --yes --create "$dir/image" "${4:-$dir/card}"
	is "$1: a failure" "$status" 1
	like "$1: told" "$err" "$3"
}
no_table() { # NAME FILE
	is "$1: nothing boots from what is there" "$(head -c 65536 "$2" | tr -d '\0' | wc -c)" 0
}
faulty "a device that goes away half way" write=5000000 'cannot write at byte 4259840: Input/output error; .*/card is incomplete now: write it anew'
no_table "a device that goes away half way" "$dir/card"
faulty "one that goes away at once" write=0 'cannot write at byte 0: Input/output error; .* incomplete'
faulty "one that loses what it took" sync 'cannot bring the data onto the medium: Input/output error; .* incomplete'
faulty "one that goes away while being read back" gone=9000000 'cannot read back at byte 8388608: Input/output error'
for byte in 0 4500000 12000000 20972520; do
	faulty "wrong data at byte $byte" read=$byte "byte $byte reads back as 0x.., and 0x.. was written: do not use it"
done
faulty "Ctrl-C half way" signal=5000000 'interrupted by signal 2; .* is incomplete now: write it anew'
no_table "Ctrl-C half way" "$dir/card"
rm "$dir/new"
faulty "Ctrl-C with a file of our own making" signal=5000000 'interrupted by signal 2' "$dir/new"
ok "which is removed" test ! -e "$dir/new"
cp --sparse=always "$dir/image" "$dir/image.old"
faulty "an image that is changed meanwhile" change=5000000 'image: was changed meanwhile; .*incomplete'
mv "$dir/image.old" "$dir/image"
run env ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD="$dir/fault.so" FAULT=short FAULT_PATH="$dir/card" "$FERRY" flash --yes "$dir/image" "$dir/card"
is "writes and reads by halves are no fault" "$status" 0
same "and all arrives" "$dir/card"
run "$FERRY" flash --yes --json "$dir/image" /dev/null
is "--json tells of a failure, too" "$(printf '%s' "$out" | jq -c '[.ok, .error]')" '[false,"/dev/null: is neither a block device nor a regular file"]'

# Devices.
cp "$dir/old" "$dir/card"
if [ "$(id -u)" != 0 ] || [ ! -d /sys/dev/block ] || ! attach "$dir/card"; then
	skip "block devices" "needs root, /sys and loop devices"
	done_testing
	exit
fi
run "$FERRY" flash --yes "$dir/image" "$loop"
is "a loop device is written" "$status" 0
[ "$status" = 0 ] || printf '%s\n' "$err" | sed 's/^/# /'
like "what it is was told" "$err" "$loop: 32.0 MiB, $dir/card, 0 partitions"
same "it holds the image" "$dir/card"
is "the last sector is filled with zeros" "$(tail -c +20972522 "$dir/card" | head -c 23 | tr -d '\0' | wc -c)" 0
is "the one behind it stays" "$(tail -c +20972545 "$dir/card" | sha256sum)" "$(tail -c +20972545 "$dir/old" | sha256sum)"
refused "an image that is a device" 'is not a regular file' "$loop" "$dir/card"
faulty "a device with wrong data" read=12000000 'byte 12000000 reads back' "$loop"
truncate -s 64M "$dir/large"
refused "too large an image" 'its 33554432 bytes \(32.0 MiB\) are too few for the image' "$dir/large" "$loop"
mkfs.ext4 -q -F "$loop"
mkdir "$dir/mnt"
if mount "$loop" "$dir/mnt" 2>/dev/null; then
	mounted=$dir/mnt
	refused "a mounted device" "is mounted on $dir/mnt: unmount it first" "$dir/image" "$loop"
	umount "$dir/mnt"
	printf 'label: dos\n2048,16M,83\n,,83\n' | sfdisk -q "$dir/card"
	if partx -a "$loop" 2>/dev/null && [ -b "${loop}p1" ]; then
		refused "a partition" "is a partition; an image goes onto the whole device, $loop" "$dir/image" "${loop}p1"
		mkfs.ext4 -q -F "${loop}p1"
		mount "${loop}p1" "$dir/mnt"
		refused "a device with a mounted partition" "is mounted on $dir/mnt" "$dir/image" "$loop"
		umount "$dir/mnt"
		mkswap -q "${loop}p1" >/dev/null 2>&1
		if swapon "${loop}p1" 2>/dev/null; then
			refused "a device with swap space" 'is swap space in use' "$dir/image" "$loop"
			swapoff "${loop}p1"
		else
			skip "a device with swap space" "no swap here"
		fi
		partx -d "$loop"
	else
		skip "partitions" "the kernel adds none to a loop device"
	fi
	umount "$dir/mnt" 2>/dev/null
else
	skip "mounted devices" "cannot mount here"
fi
attach -r "$dir/card"
refused "a read-only device" 'is read-only' "$dir/image" "$loop"
mkdir "$dir/full"
if mount -t tmpfs -o size=8M none "$dir/full" 2>/dev/null; then
	mounted="$mounted $dir/full"
	truncate -s 32M "$dir/full/card"
	attach "$dir/full/card"
	run "$FERRY" flash --yes "$dir/image" "$loop"
	is "a loop device that fails half way: a failure" "$status" 1
	like "told" "$err" "$loop: cannot write at byte [0-9]{7}: .*; $loop is incomplete now: write it anew"
	no_table "a loop device that fails half way" "$dir/full/card"
	losetup -d "$loop"
	loop=
else
	skip "a loop device that fails half way" "cannot mount a tmpfs"
fi
# The answer is no, so that a fault of ours does no harm.
root_device=$(findmnt -no SOURCE / | sed 's/\[.*//')
if [ -b "$root_device" ]; then
	disk=$(lsblk -no PKNAME "$root_device" | head -1)
	like "the system's device is refused before anybody is asked" \
		"$(echo n | timeout 300 script -qfec "'$FERRY' flash '$dir/image' '/dev/${disk:-${root_device#/dev/}}'" /dev/null)" \
		'^ferry flash: .*(holds the running system|is part of)'
else
	skip "the system's device" "/ is on no block device"
fi
done_testing
