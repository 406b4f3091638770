#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What `ferry image` writes is what sfdisk, fsck.fat, mtools, e2fsck, debugfs and cpio read.
# needs: ferry
. tests/tap.sh
cd "$dir" || exit 1

# --- A root file system with something of everything ---
mkdir -p input/overlays root/bin root/dev root/etc root/tmp root/many root/data/inner
head -c 3000000 /dev/urandom >input/kernel.img
printf 'kernel=kernel.img\n' >input/config.txt
echo overlay >input/overlays/a-long-overlay-name.dtbo
cp "$(command -v sort)" root/bin/sort
ln root/bin/sort root/bin/hard-link
ln -s sort root/bin/soft-link
long=$(printf '%0100d' 0)
ln -s "/$long" root/bin/slow-link
truncate -s 300M root/sparse && printf end >>root/sparse
head -c 200000 /dev/zero | tr '\0' y >root/data/inner/file
chmod 1777 root/tmp
chmod 4755 root/bin/sort
i=0
while [ $i -lt 5000 ]; do
	i=$((i + 1))
	echo $i >root/many/file-$i
done
cat >root.mtree <<'EOF'
#mtree
/set uid=0 gid=0
.	type=dir mode=0755
./dev/console	type=char mode=0600 device=native,5,1
./dev/tty	type=char mode=0666 gid=5 device=5,0
./dev/big	type=block mode=0660 gid=6 \
		device=300,70000
./dev/pipe	type=fifo mode=0622
./etc/shadow	type=file mode=0640 gid=42 size=0
./etc/with\040space	type=file size=0 time=1000000000.5
./home	type=dir
./home/pi	type=dir mode=0700 uid=1000 gid=100000
./etc/localtime	type=link link=../usr/share/zoneinfo/UTC
./etc/absent	optional mode=0600
EOF
cat >parts.cfg <<'EOF'
image boot.vfat {
	vfat {
		label = "BOOT"
		extraargs = "-F 16 -i 12345678"
		files = { "kernel.img", "overlays" }
		file sub/dir/config.txt { image = "config.txt" }
		file initrd.gz { image = "initrd.cpio.gz" }
	}
	size = 16M
}
image initrd.cpio.gz {
	cpio { compress = "gzip" }
	mountpoint = "/data"
}
EOF
cat >sd.cfg <<'EOF'
include("parts.cfg")
image root.ext4 {
	ext4 { label = "root" }
	size = 64M
}
image sdcard.img {
	hdimage { align = 1M disk-signature = 0xcafe1234 }
	partition boot { partition-type = 0xC bootable = "true" image = "boot.vfat" }
	partition root { partition-type = 0x83 image = "root.ext4" }
	partition raw { in-partition-table = no offset = 8k image = "config.txt" }
}
EOF
ok "builds" "$FERRY" image --json sd.cfg
is "one file comes out" "$(ls images)" sdcard.img
run "$FERRY" image --json --outputpath parts --keep-parts sd.cfg
is "the layout is reported" "$(printf %s "$out" | jq -c '.[] | select(.type == "hdimage") |
	[.["disk-signature"], (.partitions[] | [.name, .offset, .size, .type, .label])]')" \
	'["0xcafe1234",["boot",1048576,16777216,"vfat","BOOT"],["root",17825792,67108864,"ext4","root"],["raw",8192,18,"file",null]]'
is "--keep-parts writes the parts too" "$(ls parts | tr '\n' ' ')" "boot.vfat initrd.cpio.gz root.ext4 sdcard.img "
ok "the same image either way" cmp images/sdcard.img parts/sdcard.img
ok "the boot part is in its place" cmp -i 1048576:0 -n 16777216 images/sdcard.img parts/boot.vfat
ok "the root part is in its place" cmp -i 17825792:0 -n 67108864 images/sdcard.img parts/root.ext4
ok "a file is in its place" cmp -i 8192:0 -n 18 images/sdcard.img input/config.txt

# --- The partition table ---
is "sfdisk reads the partitions" "$(sfdisk -d images/sdcard.img | grep -E '^label|^images' | tr -d ' ')" \
	'label:dos
label-id:0xcafe1234
images/sdcard.img1:start=2048,size=32768,type=c,bootable
images/sdcard.img2:start=34816,size=131072,type=83'
ok "sfdisk finds no fault" sfdisk -V images/sdcard.img

# --- FAT ---
ok "fsck.fat finds no fault" fsck.fat -n parts/boot.vfat
is "mdir lists the files" "$(mdir -b -/ -i parts/boot.vfat :: | sort)" "::/initrd.gz
::/kernel.img
::/overlays/
::/overlays/a-long-overlay-name.dtbo
::/sub/
::/sub/dir/
::/sub/dir/config.txt"
mcopy -i parts/boot.vfat ::kernel.img ::initrd.gz . 2>/dev/null
ok "mcopy reads the kernel" cmp kernel.img input/kernel.img
is "the label" "$(mlabel -s -i parts/boot.vfat ::)" " Volume label is BOOT       "

# --- cpio, in the vfat ---
zcat initrd.gz >initrd
is "the archive holds the mountpoint" "$(cpio -t <initrd 2>/dev/null)" "inner
inner/file"
mkdir unpacked && (cd unpacked && cpio -id <../initrd 2>/dev/null)
ok "the archive's file" cmp unpacked/inner/file root/data/inner/file

# --- ext4 ---
fsck() { e2fsck -fn "$1" && ! e2fsck -fn "$1" 2>&1 | grep -q WARNING; }
ok "e2fsck finds no fault" fsck parts/root.ext4
stat_of() { debugfs -R "stat \"$1\"" parts/root.ext4 2>/dev/null; }
field() { stat_of "$1" | grep -Eo "$2" | head -n 1; }
is "files are root's" "$(field /bin/sort 'User: +[0-9]+ +Group: +[0-9]+' | tr -s ' ')" "User: 0 Group: 0"
is "modes stay" "$(field /bin/sort 'Mode: +[0-7]+')" "Mode:  04755"
is "hard links stay" "$(field /bin/sort 'Links: [0-9]+')" "Links: 2"
is "hard links are one inode" "$(field /bin/hard-link 'Inode: [0-9]+')" "$(field /bin/sort 'Inode: [0-9]+')"
is "a short symbolic link" "$(field /bin/soft-link 'Fast link dest: .*')" 'Fast link dest: "sort"'
debugfs -R 'dump /bin/slow-link link' parts/root.ext4 2>/dev/null
is "a long symbolic link" "$(cat link)" "/$long"
is "a device node" "$(field /dev/console 'Device major/minor number: [0-9:]+')" "Device major/minor number: 05:01"
is "a device node of large numbers" "$(field /dev/big 'Device major/minor number: [0-9:]+')" \
	"Device major/minor number: 300:70000"
is "a fifo" "$(field /dev/pipe 'Type: [A-Za-z]+')" "Type: FIFO"
is "the spec's owner" "$(field /home/pi 'User: +[0-9]+ +Group: +[0-9]+' | tr -s ' ')" "User: 1000 Group: 100000"
is "the spec's mode" "$(field /etc/shadow 'Mode: +[0-7]+')" "Mode:  0640"
is "the spec's link" "$(field /etc/localtime 'Fast link dest: .*')" 'Fast link dest: "../usr/share/zoneinfo/UTC"'
is "the spec's time" "$(field '/etc/with space' 'mtime: 0x[0-9a-f]+')" "mtime: 0x3b9aca00"
is "a sticky directory" "$(field /tmp 'Mode: +[0-7]+')" "Mode:  01777"
is "times are no later than the epoch" "$(field /bin/soft-link 'mtime: 0x[0-9a-f]+')" "mtime: 0x67748580"
is "a sparse file's size" "$(field /sparse 'Size: [0-9]+')" "Size: 314572803"
is "a sparse file stays sparse" "$(field /sparse 'Blockcount: [0-9]+')" "Blockcount: 2"
debugfs -R 'dump /bin/sort sort' parts/root.ext4 2>/dev/null
ok "a file's contents" cmp sort root/bin/sort
is "a large directory is indexed" "$(field /many 'Flags: 0x[0-9a-f]+')" "Flags: 0x81000"
is "a large directory holds all" "$(debugfs -R 'ls -p /many' parts/root.ext4 2>/dev/null | grep -c file-)" 5000
like "what another image mounts is left out" "$(debugfs -R 'ls -p /data' parts/root.ext4 2>/dev/null | tr '\n' ' ')" \
	'^/[0-9]+/040755/0/0/\.// /2/040755/0/0/\.\.//[ ]*$'
hash=$(debugfs -R 'htree_dump /many' parts/root.ext4 2>/dev/null | grep -c 'Entry #')
ok "debugfs walks the index" [ "$hash" -gt 100 ]

# --- Whose paths a spec has ---
cat >spec.cfg <<'EOF'
image home.ext4 { ext4 {} mountpoint = "/home" }
image own.ext4 { ext4 { spec = "own.mtree" } mountpoint = "/etc" }
EOF
mkdir root/home && printf './motd type=file size=0 uid=77\n' >input/own.mtree
ok "builds with specs" "$FERRY" image spec.cfg
like "the default spec starts at rootpath" "$(debugfs -R 'ls -p /' images/home.ext4 2>/dev/null)" '/040700/1000/100000/pi/'
like "an image's own spec starts at its root" "$(debugfs -R 'ls -p /' images/own.ext4 2>/dev/null)" '/100644/77/0/motd/'
rmdir root/home

# --- The kernel itself ---
mkdir mounted
if mount -o loop parts/root.ext4 mounted 2>/dev/null; then
	is "the kernel lists a large directory" "$(ls mounted/many | wc -l)" 5000
	is "the kernel finds a file by its hash" "$(cat mounted/many/file-4711)" 4711
	ok "the kernel reads a file" cmp mounted/bin/sort root/bin/sort
	i=0
	while [ $i -lt 300 ]; do
		i=$((i + 1))
		echo new >"mounted/many/another-file-$i"
		rm "mounted/many/file-$i"
	done
	umount mounted
	ok "e2fsck after the kernel wrote to it" fsck parts/root.ext4
else
	skip "the kernel reads it" "this user may not mount an ext4 file system"
fi

# --- Other kinds of ext, and sizes ---
cat >more.cfg <<'EOF'
image a.ext2 { ext2 {} srcpath = root }
image b.ext3 { ext3 {} srcpath = root size = 150% }
image c.ext4 { ext4 { extraargs = "-b 4096 -O ^metadata_csum,^64bit -N 8000 -m 0 -J size=4 -U 01234567-89ab-cdef-0123-456789abcdef" } srcpath = root size = 80M }
image d.ext4 { ext4 { features = "^has_journal" extraargs = "-I 128 -b 2048" root-owner = "5:6" } size = 100M srcpath = root }
image e.ext4 { ext4 {} empty = true }
image f.ext4 { ext4 {} empty = true size = 20G }
image g.vfat { vfat {} empty = true }
image h.vfat { vfat {} empty = true size = 4G }
image i.vfat { vfat {} srcpath = input size = 200% }
image j.cpio { cpio {} srcpath = root }
EOF
mv root.mtree spec.mtree
ok "builds all kinds" "$FERRY" image --outputpath more more.cfg
for image in more/*.ext?; do ok "e2fsck: ${image#more/}" fsck "$image"; done
for image in more/*.vfat; do ok "fsck.fat: ${image#more/}" fsck.fat -n "$image"; done
is "block size and inodes as asked" "$(dumpe2fs -h more/c.ext4 2>/dev/null | grep -E '^(Block size|Inode count|Filesystem UUID|Reserved block count)' | tr -s ' ')" \
	"Filesystem UUID: 01234567-89ab-cdef-0123-456789abcdef
Inode count: 8000
Reserved block count: 0
Block size: 4096"
like "root's owner as asked" "$(debugfs -R 'stat /' more/d.ext4 2>/dev/null)" 'User: +5 +Group: +6 '
like "ext2 has no journal" "$(dumpe2fs -h more/a.ext2 2>/dev/null | grep features)" 'features: +ext_attr resize_inode dir_index filetype sparse_super$'
debugfs -R 'dump /bin/sort sort2' more/a.ext2 2>/dev/null
ok "a file through indirect blocks" cmp sort2 root/bin/sort
ok "holes stay holes" [ "$(du -k more/f.ext4 | cut -f 1)" -lt 8000 ]
mkdir from-cpio && (cd from-cpio && cpio -id --quiet <../more/j.cpio)
ok "cpio gives every file back" diff -r --no-dereference root from-cpio
is "cpio keeps hard links" "$(stat -c %h from-cpio/bin/sort)" 2

# A directory so large that its index has two levels.
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "./a-rather-long-name-of-a-file-%d type=file size=0\n", i }' >input/deep.mtree
printf 'image deep.ext4 { ext4 { spec = "deep.mtree" } empty = true }\n' >deep.cfg
ok "builds a directory of 20,000 files" "$FERRY" image deep.cfg
ok "e2fsck: 20,000 files" fsck images/deep.ext4
like "its index has two levels" "$(debugfs -R 'htree_dump /' images/deep.ext4 2>/dev/null | head -n 8)" 'Indirect levels: 1'
is "it holds all" "$(debugfs -R 'ls -p /' images/deep.ext4 2>/dev/null | grep -c a-rather)" 20000

# A file in a hundred pieces needs a tree of extents.
mkdir holes && (cd holes && i=0 && while [ $i -lt 100 ]; do
	head -c 1000 /dev/urandom | dd of=file bs=1000 seek=$((i * 200)) conv=notrunc status=none
	i=$((i + 1))
done)
printf 'image h.ext4 { ext4 {} srcpath = holes size = 16M }\nimage h.ext2 { ext2 {} srcpath = holes size = 32M }\n' >holes.cfg
ok "builds a file in pieces" "$FERRY" image holes.cfg
for type in ext4 ext2; do
	ok "e2fsck: a file in pieces, $type" fsck images/h.$type
	debugfs -R 'dump /file pieces' images/h.$type 2>/dev/null
	ok "its contents, $type" cmp pieces holes/file
done

# --- Logical partitions, autoresize, the room of a partition ---
cat >logical.cfg <<'EOF'
image d.img {
	hdimage { align = 1M }
	size = 64M
	partition a { size = 4M partition-type = 0xb }
	partition b { size = 4M }
	partition c { size = 4M }
	partition d { size = 4M }
	partition e { size = 8M image = "e.ext4" }
	partition f { autoresize = true }
}
image e.ext4 { ext4 {} empty = true }
EOF
ok "builds logical partitions" "$FERRY" image logical.cfg
is "sfdisk reads logical partitions" "$(sfdisk -d images/d.img | sed -n 's,^images/d.img,,p' | tr -d ' ')" \
	"1:start=2048,size=8192,type=b
2:start=10240,size=8192,type=83
3:start=18432,size=8192,type=83
4:start=26624,size=104448,type=f
5:start=28672,size=8192,type=83
6:start=38912,size=16384,type=83
7:start=57344,size=73728,type=83"
ok "sfdisk finds no fault in them" sfdisk -V images/d.img
dd if=images/d.img of=e.ext4 bs=1M skip=19 count=8 status=none
like "a file system fills its partition" "$(dumpe2fs -h e.ext4 2>/dev/null | grep '^Block count')" ' 8192$'
printf 'image t { hdimage { partition-table-type = none } partition a { image = "config.txt" } partition b { image = "config.txt" } }\n' >none.cfg
ok "builds without a table" "$FERRY" image none.cfg
is "images follow each other without a table" "$(head -c 36 images/t)" "$(cat input/config.txt input/config.txt)"
is "without a table, an image ends where they do" "$(stat -c %s images/t)" 36
is "with a table, it ends with a sector" "$(($(stat -c %s images/sdcard.img) % 512))" 0
printf 'image t { hdimage {} partition boot { in-partition-table = no size = 440 image = boot.bin } partition a { offset = 1M size = 1M } }\n' >code.cfg
printf '%0440d' 7 >input/boot.bin
ok "builds with boot code" "$FERRY" image code.cfg
is "boot code stays" "$(head -c 440 images/t)" "$(cat input/boot.bin)"
is "beside the table" "$(sfdisk -d images/t | grep -c start=)" 1

# --- Paths of the config section ---
printf 'config { inputpath = "input" outputpath = "elsewhere" tmppath = "t" mkdosfs = "x" }\nimage config.txt { file {} }\n' >paths.cfg
ok "builds by the config's paths" "$FERRY" image paths.cfg
ok "into its outputpath" cmp elsewhere/config.txt input/config.txt
ok "options come first" "$FERRY" image --outputpath other paths.cfg
ok "into the option's outputpath" cmp other/config.txt input/config.txt
mkdir cfg && printf 'image "${NAME:-default}.txt" { file { name = "config.txt" } }\n' >cfg/inner.cfg && printf 'include("inner.cfg")\n' >cfg/outer.cfg
ok "an include beside its file, a variable" env NAME=var "$FERRY" image cfg/outer.cfg
ok "by the variable's name" cmp images/var.txt input/config.txt
done_testing
