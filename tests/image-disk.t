#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# `ferry image` leaves nothing behind when the disk is full or when it is killed half way, and says so in one clear message, or in
# none.
# needs: ferry
. tests/tap.sh
cd "$dir" || exit 1
mkdir input out
head -c 64000000 /dev/zero | tr '\0' x >input/big
cat >sd.cfg <<'EOF'
image sdcard.img {
	hdimage {}
	partition boot { image = "boot.vfat" }
	partition root { image = "root.ext4" }
}
image boot.vfat { vfat { files = { "big" } } }
image root.ext4 { ext4 {} srcpath = input }
EOF
printf 'image a.cpio { cpio {} srcpath = input }\n' >cpio.cfg
printf 'image a.ext4 { ext4 {} srcpath = input }\n' >ext4.cfg
printf 'image a.vfat { vfat {} srcpath = input }\n' >vfat.cfg
printf 'image big { file {} }\n' >file.cfg
printf 'image a.vfat { vfat { file x { image = "a.cpio" } } }\nimage a.cpio { cpio {} srcpath = input }\n' >nested.cfg

# Mounts FILESYSTEM on ./small; false where that is not allowed.
mount_small() {
	mkdir -p small
	mount "$@" small 2>/dev/null
}
clean_up() { ! mountpoint -q "$dir/small" || umount "$dir/small"; }

# --- A full disk ---
if mount_small -t tmpfs -o size=20m tmpfs; then
	for config in sd cpio ext4 vfat file nested; do
		run "$FERRY" image --outputpath small $config.cfg
		like "full disk, $config: message" "$err" \
			"^ferry image: .*small/[a-z.]+: .*[Tt]he disk is full: free some space there, or choose another outputpath|No space left on device"
		is "full disk, $config: status" "$status" 1
		is "full disk, $config: nothing left" "$(ls -A small)" ""
		is "full disk, $config: no space taken" "$(df --output=used small | tail -n 1 | tr -d ' ')" 0
	done
	echo old >small/sdcard.img
	run "$FERRY" image --outputpath small sd.cfg
	is "full disk: the old image stays" "$(cat small/sdcard.img)" old
	umount small
else
	skip "full disk" "this user may not mount a tmpfs"
fi

# --- Killed ---
# SIGXFSZ ends the process in the middle of a write, at the same byte each time, as SIGKILL would: nothing is cleaned up.
(ulimit -f 40000 && exec "$FERRY" image sd.cfg --outputpath out) >/dev/null 2>&1
is "killed in a write" "$?" 153
is "killed in a write: nothing left" "$(ls -A out)" ""

wrap=
# Starts ferry, stops it as soon as it has an output file open, and sends SIGNAL; sets $status. Tries again when ferry
# was done before it could be stopped.
kill_half_way() {
	for try in 1 2 3 4 5 6 7 8; do
		$wrap "$FERRY" image sd.cfg --outputpath "$2" >/dev/null 2>&1 &
		pid=$!
		while kill -0 $pid 2>/dev/null; do
			! ls -l /proc/$pid/fd 2>/dev/null | grep -q "$2/" || break
		done
		kill -STOP $pid 2>/dev/null
		kill -"$1" $pid 2>/dev/null
		kill -CONT $pid 2>/dev/null
		status=0
		wait $pid || status=$?
		[ $status = 0 ] || return 0
		rm -f "$2"/*
	done
	return 1
}
kill_half_way KILL "$dir/out"
is "SIGKILL: status" "$status" 137
is "SIGKILL: nothing left" "$(ls -A out)" ""
kill_half_way TERM "$dir/out"
is "SIGTERM: status" "$status" 143
is "SIGTERM: nothing left" "$(ls -A out)" ""
kill_half_way INT "$dir/out"
is "SIGINT: nothing left" "$(ls -A out)" ""
kill_half_way TERM "$dir/made"
is "SIGTERM: a directory that was made goes too" "$(ls -d made 2>&1)" "ls: cannot access 'made': No such file or directory"

# Where files need a name from the start (no O_TMPFILE), SIGTERM removes it. strace makes such a place: it refuses to
# open the directory itself, which only O_TMPFILE does.
mkdir named
wrap="env ASAN_OPTIONS=detect_leaks=0 strace -D -q -o $dir/trace -P $dir/named -e trace=openat -e inject=openat:error=EOPNOTSUPP"
if $wrap true 2>/dev/null; then
	kill_half_way TERM "$dir/named"
	is "SIGTERM without O_TMPFILE: status" "$status" 143
	is "SIGTERM without O_TMPFILE: nothing left" "$(ls -A named)" ""
	ok "builds without O_TMPFILE" $wrap "$FERRY" image ext4.cfg --outputpath "$dir/named"
	is "builds without O_TMPFILE: one file" "$(ls -A named)" a.ext4
	like "builds without O_TMPFILE: it was refused" "$(cat trace)" 'O_TMPFILE.*INJECTED'
else
	skip "SIGTERM without O_TMPFILE" "strace is not there, or may not trace"
fi
done_testing
