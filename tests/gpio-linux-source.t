#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# gpio-linux.t again, with the kernels built from source, where they have been built.
# needs: ferry image-of-rpi-zero image-of-virt gpiod-armel gpiod-arm64 images-from-source
boards=
[ ! -e build/kernel/virt/source/ready ] || boards="$boards virt"
[ ! -e build/kernel/rpi-zero/source/ready ] || boards="$boards rpi_zero"
if [ ! "$boards" ]; then
	echo '1..0 # SKIP not built: run make image BOARD=virt KERNEL=source, or BOARD=rpi-zero'
	exit
fi
FERRY_KERNEL=-source FERRY_BOARDS="$boards" exec tests/gpio-linux.t
