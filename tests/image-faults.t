#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A fault in a config or on the disk is one exact message with the place, status 1, and nothing left behind.
# needs: ferry
. tests/tap.sh
cd "$dir" || exit 1
mkdir -p input root/etc
head -c 3000000 /dev/zero | tr '\0' x >input/kernel.img
echo hello >root/etc/motd
i=0
while [ $i -lt 9000 ]; do
	i=$((i + 1))
	echo "./$i type=file size=0"
done >input/many.mtree
mkdir some && ln input/kernel.img some/
printf 'image kernel.img { file {} }\n' >self.cfg

# fault NAME MESSAGE: the config on standard input must fail with exactly that message, and leave no output.
fault() {
	cat >sd.cfg
	run "$FERRY" image sd.cfg
	is "$1: message" "$err" "ferry image: $2"
	is "$1: status" "$status" 1
	is "$1: nothing left" "$(ls -A . | tr '\n' ' ')" ".stderr input root sd.cfg self.cfg some "
}

fault "unknown key" "sd.cfg:4: no such option 'bootabel' in partition boot; known here: offset, size, align, \
partition-type, bootable, forced-primary, fill, sparse, image, imageoffset, autoresize, in-partition-table" <<'EOF'
image sdcard.img { # a comment, which libconfuse 3.3 would count as lines
	hdimage {}
	partition boot {
		bootabel = true
	}
}
EOF

fault "unknown section" "sd.cfg:2: no such option 'btrfsx' in image x; known here: name, size, mountpoint, srcpath, \
empty, temporary, partition, cpio, ext2, ext3, ext4, file, hdimage, vfat" <<'EOF'
image x {
	btrfsx {
	}
}
EOF

fault "a type of genimage that is not there" \
	"sd.cfg:3: 'squashfs' is a section of genimage that ferry does not support" <<'EOF'
/* two
   lines */
image x { squashfs {
	compression = "lzo"
} }
EOF

fault "an option of genimage that is not there" \
	"sd.cfg:3: 'exec-post' is an option of genimage that ferry does not support" <<'EOF'
image x {
	ext4 {}
	exec-post = "rm -rf /"
}
EOF

fault "a table of genimage that is not there" \
	"sd.cfg:1: partition-table-type 'gpt' is not supported: known are mbr and none" <<'EOF'
image x { hdimage { partition-table-type = gpt } }
EOF

fault "wrong type: size" \
	"sd.cfg:3: '64MB' is no value for 'size', which takes a size such as 512, 1024k, 64M, 2G or 120%" <<'EOF'
image x {
	ext4 {}
	size = 64MB
}
EOF
fault "wrong type: bool" "sd.cfg:1: 'maybe' is no value for 'bootable', which takes yes or no" <<'EOF'
image x { hdimage {} partition a { bootable = maybe } }
EOF
fault "wrong type: number" \
	"sd.cfg:1: '0xgg' is no value for 'partition-type', which takes a number such as 12 or 0xc" <<'EOF'
image x { hdimage {} partition a { partition-type = 0xgg } }
EOF
fault "a size beyond all disks" \
	"sd.cfg:1: '99999999999G' is no value for 'size', which takes a size such as 512, 1024k, 64M or 2G (below 8 EiB)" \
	<<'EOF'
image x { hdimage {} partition a { size = 99999999999G } }
EOF
fault "a list where text belongs" "sd.cfg:1: unexpected token '{'" <<'EOF'
image x { ext4 { label = { "a", "b" } } }
EOF

fault "a brace that is not closed" "sd.cfg:2: this \`{\` has no \`}\`" <<'EOF'
image x {
	hdimage {
}
EOF
fault "a brace too many" "sd.cfg:2: a \`}\` without its \`{\`" <<'EOF'
image x { hdimage {} }
}
EOF
fault "a string that is not closed" "sd.cfg:2: this string does not end: a closing \" is missing" <<'EOF'
image x { hdimage {}
	name = "abc
}
EOF
fault "a comment that is not closed" "sd.cfg:2: this comment does not end: \`*/\` is missing" <<'EOF'
image x { hdimage {} }
/* and so on
EOF
fault "an include that is not there" "sd.cfg:2: cannot find 'other.cfg' to include" <<'EOF'
image x { hdimage {} }
include("other.cfg")
EOF
fault "an include of itself" \
	"./sd.cfg:1: includes go deeper than 10 files: does a file include itself?" <<'EOF'
include("./sd.cfg")
EOF
fault "the same name twice" "sd.cfg:2: found duplicate title 'x'" <<'EOF'
image x { hdimage {} }
image x { hdimage {} }
EOF
fault "two types" "sd.cfg:3: image 'x' has two types, ext4 and vfat" <<'EOF'
image x {
	ext4 {}
	vfat {}
}
EOF
fault "no type" "sd.cfg:1: image 'x' has no type: it needs a section such as \`hdimage {}\` or \`ext4 {}\`" <<'EOF'
image x { size = 4M }
EOF
fault "partitions in a file system" "sd.cfg:1: image 'x' is of type ext4, which has no partitions" <<'EOF'
image x { ext4 {} partition a {} }
EOF
fault "no images" "sd.cfg:1: no images: there is no section \`image NAME { ... }\`" </dev/null
fault "an image in itself" "sd.cfg:1: image 'x' contains itself" <<'EOF'
image x { hdimage {} partition a { image = x } }
EOF

fault "overlap" "sd.cfg:4: partition 'b' (bytes 2097152 to 6291456) overlaps partition 'a' (bytes 1048576 to 5242880)" \
	<<'EOF'
image x {
	hdimage {}
	partition a { offset = 1M size = 4M }
	partition b { offset = 2M size = 4M }
}
EOF
fault "overlap with the partition table" \
	"sd.cfg:3: partition 'spl' (bytes 0 to 4096) overlaps the partition table 'MBR' (bytes 440 to 512)" <<'EOF'
image x {
	hdimage {}
	partition spl { in-partition-table = no offset = 0 size = 4k image = "kernel.img" imageoffset = 2999000 }
}
EOF
fault "a partition that is too small" \
	"sd.cfg:3: partition 'boot' has 1048576 bytes, but 'kernel.img' needs 3000000: raise size" <<'EOF'
image x {
	hdimage {}
	partition boot { image = "kernel.img" size = 1M }
}
EOF
fault "an image that is too small" \
	"sd.cfg:3: the partitions end at byte 9437184, but image 'x' has only 8388608: raise size" <<'EOF'
image x {
	hdimage { align = 1M }
	size = 8M
	partition a { size = 8M }
}
EOF
fault "no size" "sd.cfg:1: partition 'a' has no size: give it one, or an image" <<'EOF'
image x { hdimage {} partition a {} }
EOF
fault "a size that is no sector's" "sd.cfg:1: partition 'a': size 1000 is no multiple of a sector (512 bytes)" <<'EOF'
image x { hdimage {} partition a { size = 1000 } }
EOF
fault "an offset off the alignment" "sd.cfg:1: partition 'a': offset 1536 is no multiple of 1048576" <<'EOF'
image x { hdimage { align = 1M } partition a { offset = 3s size = 1M } }
EOF
fault "beyond what an MBR can name" "sd.cfg:1: partition 'a' ends beyond the 2 TiB that an MBR can name" <<'EOF'
image x { hdimage {} partition a { size = 3072G } }
EOF
fault "autoresize without a size" "sd.cfg:1: partition 'a': autoresize needs the size of the image 'x'" <<'EOF'
image x { hdimage {} partition a { autoresize = true } }
EOF
fault "five primary partitions" "sd.cfg:7: partition 'e' would be the fifth primary one" <<'EOF'
image x {
	hdimage { extended-partition = 1 }
	partition a { size = 1M }
	partition b { size = 1M forced-primary = yes }
	partition c { size = 1M forced-primary = yes }
	partition d { size = 1M forced-primary = yes }
	partition e { size = 1M forced-primary = yes }
}
EOF
fault "a missing file" "sd.cfg:3: 'zImage' is no image of this config, and as a file: No such file or directory" <<'EOF'
image x {
	hdimage {}
	partition a { image = "zImage" }
}
EOF
fault "a missing file in a vfat image" \
	"sd.cfg:3: 'zImage' is no image of this config, and as a file: No such file or directory" <<'EOF'
image x {
	vfat {
		files = { "zImage" }
	}
}
EOF
fault "a missing mountpoint" "sd.cfg:2: image 'x' is filled from the directory 'root/data' (rootpath and mountpoint, \
or srcpath): No such file or directory" <<'EOF'
image x { ext4 {}
	mountpoint = "/data"
}
EOF
fault "files that do not fit ext4" "sd.cfg:1: the files of 'x' need 2948 KiB, but a file system of 2048 KiB has room \
for 939 KiB: raise size, or leave it out for the smallest that fits" <<'EOF'
image x { ext4 {} srcpath = some size = 2M }
EOF
fault "an option of mke2fs that is unknown" "sd.cfg:1: extraargs: '-Z' is no option of mke2fs that ferry knows; known \
are -O -L -M -m -N -i -I -b -U -E -J -e -T -q -v -F" <<'EOF'
image x { ext4 { extraargs = "-q -Z" } }
EOF
fault "a feature that is unknown" \
	"sd.cfg:1: extraargs: -O casefold: 'casefold' is no feature of ext4 that ferry can make" <<'EOF'
image x { ext4 { extraargs = "-O casefold" } }
EOF
fault "an id that would change" \
	"sd.cfg:1: extraargs: -U random: would give another image each time: leave it out, or give a UUID" <<'EOF'
image x { ext4 { extraargs = "-U random" } }
EOF
fault "a label that is too long" "sd.cfg:1: label: the label 'a-label-of-17-char' is longer than 16 bytes" <<'EOF'
image x { ext4 { label = "a-label-of-17-char" } }
EOF
fault "a format of cpio that is not there" "sd.cfg:1: format 'odc' is not supported: known is newc" <<'EOF'
image x { cpio { format = "odc" } }
EOF

fault "more files than inodes" \
	"sd.cfg:1: '/many' with 9000 files in 1024 KiB: cannot lay out the file system: Cannot create filesystem with \
requested number of inodes: raise size" <<'EOF'
image "/many" { ext4 { spec = "many.mtree" } empty = true size = 1M }
EOF

# --- FAT's own rules ---
fault "a name that FAT cannot hold" "sd.cfg:1: 'x': /a:b: FAT names cannot have the character :" <<'EOF'
image x { vfat { file "a:b" { image = "kernel.img" } } }
EOF
fault "names that clash" "sd.cfg:1: /kernel.img is there twice" <<'EOF'
image x { vfat { files = { "kernel.img" } file "kernel.img" { image = "kernel.img" } } }
EOF
fault "names that clash but for case" \
	"sd.cfg:1: 'x': /kernel.img: FAT cannot tell this name from 'KERNEL.IMG' beside it: rename one of them" <<'EOF'
image x { vfat { files = { "kernel.img" } file "KERNEL.IMG" { image = "kernel.img" } } }
EOF
fault "files that do not fit FAT" \
	"sd.cfg:1: 'x': the size is 1048576 bytes but FAT12 with these files needs 3022848: raise the size" <<'EOF'
image x { vfat { files = { "kernel.img" } } size = 1M }
EOF
fault "a label of too many letters" "sd.cfg:1: the label 'twelve-chars' is longer than 11 characters" <<'EOF'
image x { vfat { label = "twelve-chars" } }
EOF

# --- Command line and output ---
run "$FERRY" image nosuch.cfg
is "no config" "$err" "ferry image: nosuch.cfg: cannot open: No such file or directory"
run "$FERRY" image --nosuch
is "a wrong option is wrong use" "$status" 2
run "$FERRY" image a.cfg b.cfg
is "two configs are wrong use" "$status" 2
run "$FERRY" image --loglevel much a.cfg
is "a loglevel that is no number is wrong use" "$status $err" "2 ferry image: --loglevel is a number, not 'much'"
SOURCE_DATE_EPOCH=soon run "$FERRY" image --inputpath input self.cfg
is "a SOURCE_DATE_EPOCH that is none" "$err" "ferry image: SOURCE_DATE_EPOCH='soon' is no number of seconds"
echo >file
run "$FERRY" image --outputpath file self.cfg
is "an outputpath that is a file" "$err" "ferry image: the outputpath 'file' is no directory: choose another"
run "$FERRY" image --outputpath file/out self.cfg
is "an outputpath that cannot be made" "$err" "ferry image: cannot write to the outputpath 'file/out': Not a directory"
mkdir closed && chmod 555 closed && chmod 755 . input
as_nobody=
[ "$(id -u)" != 0 ] || as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
if $as_nobody "$FERRY" --version >/dev/null 2>&1; then
	run $as_nobody "$FERRY" image --outputpath closed self.cfg
	is "an outputpath that is closed" "$err" "ferry image: cannot write to the outputpath 'closed': Permission denied"
else
	skip "an outputpath that is closed" "nobody may not run $FERRY"
fi
mkdir images && echo precious >images/kernel.img && printf 'image kernel.img { ext4 {} srcpath = some size = 2M }\n' >bad.cfg
run "$FERRY" image bad.cfg
is "a failed build leaves the old image alone" "$(cat images/kernel.img)" precious
done_testing
