#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A kernel module is loaded, or refused with the reason where it cannot be; it is installed; and its DKMS package is built by
# Debian's dkms away from this tree. (A module is loaded and taken out by the same script in tests/new.t, on a board.)
# needs: tool packages-of-rpi-zero packages-of-pc headers-of-pc-6.1
. tests/tap.sh
board=rpi-zero
version=$(cat VERSION)
release=$(uname -r)

refuses() { # NAME TEXT COMMAND...
	name=$1 text=$2
	shift 2
	run "$@"
	like "refuses: $name" "$status $err" "^[12] .*$text"
}

# As far as the build of it.
refuses 'insmod of no driver' 'say which driver: make insmod DRIVER=NAME; drivers are: .*hello' make -s insmod
refuses 'rmmod of no driver' 'say which driver: make rmmod DRIVER=NAME' make -s rmmod
refuses 'a module for another kernel' \
	"insmod: output/$board/modules/hello.ko is for the kernel 6\.12.*-rpi, and $release is running: build it with KDIR=/lib/modules/$release/build" \
	make -s insmod DRIVER=hello BOARD=$board
refuses 'one that is not loaded' 'rmmod: hello is not loaded' make -s rmmod DRIVER=hello
refuses 'a file that is not there' "insmod: $dir/x.ko is not there: build it" scripts/load-module insmod "$dir/x.ko"
refuses 'a file that is no module' "insmod: $0 is no kernel module" scripts/load-module insmod "$0"
for built_in in /sys/module/*; do
	[ -e "$built_in/initstate" ] || break
done
refuses 'what is part of the kernel' "rmmod: .* is part of this kernel" scripts/load-module rmmod "$(basename "$built_in")"

# A module that says it is for this kernel: the kernel itself would look no further either before it asks who is there.
printf '\t.section .modinfo, "a"\n\t.asciz "vermagic=%s SMP mod_unload"\n\t.asciz "license=GPL"\n' "$release" >"$dir/fits.s"
${CC:-cc} -c -o "$dir/fits.ko" "$dir/fits.s"
chmod 755 "$dir"
cp scripts/load-module "$dir"
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	# A PATH without sudo.
	mkdir "$dir/bin"
	for tool in sh basename tr uname sed modinfo cat id; do ln -s "$(command -v $tool)" "$dir/bin"; done
	sed "s|^PATH=.*|PATH=$dir/bin|" scripts/load-module >"$dir/no-sudo"
	chmod 755 "$dir/no-sudo"
	refuses 'who is not root, without sudo' "insmod: only root can, and there is no sudo: as root, run: insmod $dir/fits.ko" \
		setpriv --reuid 65534 --clear-groups "$dir/bin/sh" "$dir/no-sudo" insmod "$dir/fits.ko"
	refuses 'a container' 'insmod: not here: a container without CAP_SYS_MODULE cannot change' \
		setpriv --bounding-set -sys_module --inh-caps -sys_module "$dir/load-module" insmod "$dir/fits.ko"
else
	skip 'refuses: who is not root' 'not root'
	skip 'refuses: a container' 'not root'
fi
if [ -e /proc/modules ]; then
	skip 'refuses: a kernel that takes no modules' 'this one does'
elif [ "$(id -u)" != 0 ]; then
	skip 'refuses: a kernel that takes no modules' 'not root'
else
	refuses 'a kernel that takes no modules' "insmod: the running kernel \($release\) takes no modules: it was built without" \
		scripts/load-module insmod "$dir/fits.ko"
fi

# Installing.
ok "make modules_install" make -s modules_install DRIVER=beeper BOARD=$board INSTALL_MOD_PATH="$dir/root"
modules=$(echo "$dir"/root/lib/modules/6.12.*-rpi)
like "puts the module into updates/" "$(find "$modules/updates" -name 'beeper.ko*')" 'updates/beeper\.ko'
like "depmod knows it" "$(cat "$modules/modules.dep")" '^updates/beeper\.ko'
like "by its devicetree node" "$(cat "$modules/modules.alias")" '^alias of:N\*T\*Cferry,beeper beeper$'
ok "a path is from here, not from the kernel's directory" make -s modules_install DRIVER=hello BOARD=$board OUTPUT="$dir" RELEASE=1 \
	INSTALL_MOD_PATH="$(realpath --relative-to=. "$dir")/there"
like "whichever form of the module was built" "$(find "$dir/there" -name 'hello.ko*')" 'updates/hello\.ko'
refuses 'a place with a space' 'INSTALL_MOD_PATH=.*/a b: a path must not have a space' make -s modules_install DRIVER=hello BOARD=$board \
	INSTALL_MOD_PATH="$dir/a b"
refuses 'a place that cannot be written' 'modules_install: /proc/no/lib/modules/6\.12.* cannot be written .*: run it as root, or say INSTALL_MOD_PATH' \
	make -s modules_install DRIVER=beeper BOARD=$board INSTALL_MOD_PATH=/proc/no

# DKMS.
run make -s dkms DRIVER=beeper OUTPUT="$dir"
is "make dkms names the package" "$out" "$dir/dkms/ferry-beeper-$version.tar.gz"
cp "$dir/dkms/ferry-beeper-$version.tar.gz" "$dir/first.tar.gz"
mkdir -p "$dir/src" "$dir/tree" "$dir/elsewhere"
tar -C "$dir/src" -xf "$dir/first.tar.gz"
is "no path of this machine is in it" "$(grep -rlF -e "$root" -e "$dir" "$dir/src")" ""
is "every file names its licence, or is made" "$(grep -rL SPDX-License-Identifier "$dir/src" | grep -vE 'LICENSES/|dkms.conf|Kbuild|/(port-[a-z-]*|beeper-driver)\.c$')" ""
run make -s dkms DRIVER=beeper OUTPUT="$dir/elsewhere"
ok "made again elsewhere, it has the same bytes" cmp "$dir/first.tar.gz" "$dir/elsewhere/dkms/ferry-beeper-$version.tar.gz"
refuses 'a version that is none' "dkms: '1/2' is no version" make -s dkms DRIVER=beeper VERSION=1/2 OUTPUT="$dir"
refuses 'one of two words' "dkms: '1 2' is no version" make -s dkms DRIVER=beeper VERSION='1 2' OUTPUT="$dir"
refuses 'a driver that is not there' "there is no driver 'nonsense'; drivers are: .*beeper" make -s dkms DRIVER=nonsense OUTPUT="$dir"

mkdir "$dir/drivers"
sed 's/hello/mine/g' drivers/hello.c >"$dir/drivers/mine.c"
ok "a package of a driver that is elsewhere" make -s dkms DRIVER=mine DRIVER_DIR="$dir/drivers" OUTPUT="$dir"
is "has it" "$(tar -xOf "$dir/dkms/ferry-mine-$version.tar.gz" ferry-mine-$version/drivers/mine.c | cmp - "$dir/drivers/mine.c" && echo yes)" yes

dkms_() { dkms "$@" --dkmstree "$dir/tree" --sourcetree "$dir/src" 2>&1; }
if [ "$(uname -m)" != x86_64 ] || ! command -v dkms >/dev/null; then
	skip "dkms builds it" "no dkms, or a machine for whose kernels no headers are here"
else
	rm -rf "$dir/dkms" "$dir/elsewhere" # nothing but the package is left
	ok "dkms add" dkms_ add ferry-beeper/$version
	# The kernels of Debian 12, and no other: their headers want the compiler of their release by its name, as dkms runs it.
	for headers in build/cache/pc/root/usr/src/linux-headers-*-amd64 build/cache/pc-6.1/root/usr/src/linux-headers-*-amd64; do
		kernel=${headers##*/linux-headers-}
		ok "dkms build for $kernel" dkms_ build ferry-beeper/$version -k "$kernel" -a x86_64 --kernelsourcedir "$root/$headers"
		ko=$dir/tree/ferry-beeper/$version/$kernel/x86_64/module/beeper.ko
		is "makes a module for it" "$(modinfo -F vermagic "$ko" | cut -d ' ' -f 1)" "$kernel"
		[ -e "$ko" ] || sed 's/^/# /' "$dir/tree/ferry-beeper/$version/build/make.log"
	done
fi
done_testing
