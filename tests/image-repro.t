#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The same inputs give the same bytes, whatever directory, user, umask, locale, time and order of files it is.
# needs: ferry
. tests/tap.sh
cd "$dir" || exit 1
chmod 755 .

# Makes the inputs in the directory $1; $2 is the order in which files are made.
make_inputs() {
	mkdir -p "$1/input" "$1/root/etc" "$1/root/bin" && (
		cd "$1" || exit 1
		for n in $2; do
			echo "contents of $n" >"root/etc/file-$n"
			echo "input $n" >"input/a long name $n.txt"
		done
		cp "$(command -v sort)" root/bin/sort
		ln root/bin/sort root/bin/tros
		ln -s sort root/bin/link
		printf './dev type=dir\n./dev/null type=char device=1,3 mode=0666\n' >root.mtree
		cat >sd.cfg <<-'EOF'
			image sdcard.img {
				hdimage {}
				partition boot { image = "boot.vfat" }
				partition root { image = "root.ext4" }
			}
			image boot.vfat { vfat { files = { "a long name 1.txt", "a long name 2.txt", "a long name 3.txt" } file i { image = "i.cpio" } } }
			image i.cpio { cpio { compress = "gzip" } }
			image root.ext4 { ext4 {} size = 32M }
		EOF
	)
}
sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

(umask 022 && make_inputs one "1 2 3 4 5 6 7 8 9")
mkdir -p "a/much longer directory name, with spaces" && (umask 022 && make_inputs "a/much longer directory name, with spaces/two" "9 7 5 3 1 2 4 6 8")
two="$dir/a/much longer directory name, with spaces/two"
find "$two" -type d -exec touch -d 2030-05-05 {} +
find "$two" -type f -exec touch -d 2031-06-06 {} +
touch -d 2032-01-01 "$two"

(cd one && "$FERRY" image sd.cfg) >/dev/null
first=$(sum one/images/sdcard.img)
ok "there is an image" [ -s one/images/sdcard.img ]
(cd one && sleep 1.1 && "$FERRY" image sd.cfg) >/dev/null
is "a second run, a second later" "$(sum one/images/sdcard.img)" "$first"
(cd "$two" && umask 077 && LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo "$FERRY" image sd.cfg) >/dev/null
is "another directory, umask, locale, time zone, order and times" "$(sum "$two/images/sdcard.img")" "$first"
"$FERRY" image --config "$two/sd.cfg" --rootpath "$two/root" --inputpath "$two/input" --outputpath three >/dev/null
is "by absolute paths" "$(sum three/sdcard.img)" "$first"
if [ "$(id -u)" = 0 ] && setpriv --reuid=65534 --regid=65534 --clear-groups "$FERRY" --version >/dev/null 2>&1; then
	mkdir four && chmod 777 four
	cp -r one/root one/root.mtree one/input one/sd.cfg four/ && chown -R 65534:65534 four
	ln -f four/root/bin/sort four/root/bin/tros
	(cd four && setpriv --reuid=65534 --regid=65534 --clear-groups "$FERRY" image sd.cfg) >/dev/null
	is "by another user" "$(sum four/images/sdcard.img)" "$first"
else
	skip "by another user" "this takes root to set up"
fi
cp -r one five && truncate -s 0 five/root/etc/file-1 && truncate -s 15 five/root/etc/file-1 && printf 'contents of 1\n' >five/root/etc/file-1
ln -f five/root/bin/sort five/root/bin/tros
(cd five && "$FERRY" image sd.cfg) >/dev/null
is "a copy of the inputs" "$(sum five/images/sdcard.img)" "$first"
(cd one && SOURCE_DATE_EPOCH=1000000000 "$FERRY" image sd.cfg) >/dev/null
dated=$(sum one/images/sdcard.img)
ok "SOURCE_DATE_EPOCH changes it" [ "$dated" != "$first" ]
(cd "$two" && SOURCE_DATE_EPOCH=1000000000 "$FERRY" image sd.cfg) >/dev/null
is "SOURCE_DATE_EPOCH, another directory" "$(sum "$two/images/sdcard.img")" "$dated"
echo more >>one/root/etc/file-1
(cd one && "$FERRY" image sd.cfg) >/dev/null
ok "other contents change it" [ "$(sum one/images/sdcard.img)" != "$first" ]
done_testing
