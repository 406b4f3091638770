#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# scripts/fetch gets real packages from the real mirror, and tells each fault in one clear line.
# needs: nothing
. tests/tap.sh

printf 'suites bookworm\narch armel\ntarget busybox-static\n' >"$dir/list"
nowhere=http://127.0.0.1:9/debian
# Not with what this machine has already.
export FERRY_CACHE="$dir/kept"

run env FERRY_CACHE="$dir/empty" DEBIAN_MIRROR=$nowhere scripts/fetch "$dir/list" "$dir/cold"
is "offline with a cold cache: fails" "$status" 1
like "in one line that names the mirror" "$err" "^fetch: no package lists for armel: .*127\.0\.0\.1:9.*is the network there"
is "one line" "$(echo "$err" | wc -l)" 1
ok "nothing is unpacked" test ! -e "$dir/cold/root"

run scripts/fetch "$dir/list" "$dir/cache"
is "fetches from this machine's mirror" "$status$err" 0
ok "unpacks for the other architecture" sh -c "od -An -tx1 -j18 -N1 $dir/cache/root/bin/busybox | grep -q 28"
before=$(stat -c %Y:%i "$dir/cache/root/bin/busybox")

run scripts/fetch "$dir/list" "$dir/cache"
is "a second time nothing changes" "$status $(stat -c %Y:%i "$dir/cache/root/bin/busybox")" "0 $before"
like "and it says so" "$out" "nothing new"

rm -r "$FERRY_CACHE"/packages/* "$FERRY_CACHE"/trees/*
script -qec "scripts/fetch '$dir/list' '$dir/cache'" /dev/null >"$dir/tty" </dev/null
like "on a terminal apt shows how far a download is" "$(tr -d '\r' <"$dir/tty")" 'Fetched [0-9.]+ kB in '

run env DEBIAN_MIRROR=$nowhere scripts/fetch "$dir/list" "$dir/cache"
is "offline with a warm cache: works" "$status" 0
like "and says why" "$out" "Keeping what was fetched before"
run env DEBIAN_MIRROR=$nowhere scripts/fetch "$dir/list" "$dir/other-clone/cache"
is "so it does for a clone that is new" "$status $(stat -L -c %i "$dir/other-clone/cache/root/bin/busybox")" \
	"0 $(stat -L -c %i "$dir/cache/root/bin/busybox")"

run scripts/fetch "$dir/list" "$dir/third/cache"
is "what another clone has is not fetched again" "$status $out" \
	"0 fetch: unpacked in $(cd "$FERRY_CACHE" && pwd -P)/trees/$(basename "$FERRY_CACHE"/trees/cache-*)"
for package in "$FERRY_CACHE"/packages/*/*.deb; do echo damaged >>"$package"; done
rm -r "$FERRY_CACHE"/trees/*
run scripts/fetch "$dir/list" "$dir/cache"
is "a package that was damaged is fetched again" "$status $(echo "$out" | grep -c '^fetch: busybox-static, ')" "0 1"
ok "and unpacked" test -x "$dir/cache/root/bin/busybox"
rm -r "$FERRY_CACHE"/packages/* "$FERRY_CACHE"/trees/*
for n in 1 2; do
	scripts/fetch "$dir/list" "$dir/two-$n/cache" >"$dir/two-$n.log" 2>&1 &
	eval "two_$n=$!"
done
wait "$two_1" && wait "$two_2"
is "two at once both have it" "$? $(ls "$dir"/two-*/cache/root/bin/busybox | wc -l)" "0 2"
is "and one of them fetched and unpacked it" "$(cat "$dir"/two-?.log | grep -c '^fetch: unpacking') $(ls "$FERRY_CACHE"/trees | wc -l)" "1 1"
before=$(stat -L -c %Y:%i "$dir/cache/root/bin/busybox")

printf 'suites bookworm\narch armel\ntarget busybox-static\ntarget linux-image-9.*-none\n' >"$dir/list2"
run scripts/fetch "$dir/list2" "$dir/cache"
is "a package that is not there: fails" "$status" 1
is "and names list, pattern and suites" "$err" "fetch: $dir/list2: no package matches 'linux-image-9.*-none' in bookworm"
printf 'suites bookworm\narch armel\ntarget no-such-package\n' >"$dir/list3"
run scripts/fetch "$dir/list3" "$dir/cache"
like "so does one without a pattern" "$status $err" "^1 fetch: $dir/list3: no package 'no-such-package' can be had from bookworm"
is "what was there stays" "$(stat -c %Y:%i "$dir/cache/root/bin/busybox")" "$before"

# Somebody else's signature: the lists of the mirror, changed after they were signed.
mkdir -p "$dir/mirror/dists/bookworm"
cp "$FERRY_CACHE"/lists/*/lists/*_dists_bookworm_InRelease "$dir/mirror/dists/bookworm/InRelease"
sed -i 's/^Origin: Debian/Origin: Devian/' "$dir/mirror/dists/bookworm/InRelease"
run env FERRY_CACHE="$dir/empty" DEBIAN_MIRROR="file:$dir/mirror" scripts/fetch "$dir/list" "$dir/forged"
like "a forged package list is refused" "$status $err" "^1 .*signature|^1 .*not signed"
ok "and nothing is unpacked" test ! -e "$dir/forged/root"

mkdir "$dir/small"
clean_up() { umount "$dir/small" 2>/dev/null; }
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=16m none "$dir/small" 2>/dev/null; then
	run env FERRY_CACHE="$dir/small/kept" scripts/fetch "$dir/list" "$dir/small/cache"
	like "a full disk is named" "$status $err" "^1 fetch: .*No space left on device"
	ok "and nothing is unpacked then" test ! -e "$dir/small/cache/root"
else
	skip "a full disk is named" "mounting a small tmpfs is not allowed here"
	skip "and nothing is unpacked then" "mounting a small tmpfs is not allowed here"
fi

# The folder that all clones share.
run scripts/cache list
like "make cache lists what is there, and how many clones have it" "$out" "M  $(date +%F) +2  trees/cache-"
like "packages by their names" "$out" "packages/busybox-static_1:.*_armel\.deb"
run scripts/cache prune 30
is "nothing is pruned that is in use" "$status $out" "0 0.0 MiB freed"
rm -r "$dir/cache" "$dir"/two-? "$dir/other-clone" "$dir/third"
touch -d '40 days ago' "$FERRY_CACHE"/trees/*/used "$FERRY_CACHE"/packages/*
run scripts/cache prune 30
like "what no clone has, and none asked for, goes" "$status $out" "^0 removed packages/"
is "all of it" "$(ls -A "$FERRY_CACHE/trees" "$FERRY_CACHE/packages" | grep -v : | wc -w)" 0
run scripts/cache prune soon
is "days are a number" "$status $err" "1 cache: 'soon' is no number of days"
run env FERRY_CACHE="$dir/with space" scripts/fetch "$dir/list" "$dir/cache"
like "a folder that kbuild could not work in is refused" "$status $err" "^1 .*with space: kbuild cannot work where .*set FERRY_CACHE"
done_testing
