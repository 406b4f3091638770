#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# contract-linux.t again, with the kernel built from source, where it has been built.
# needs: ferry image-of-rpi-zero images-from-source
if [ ! -e build/kernel/rpi-zero/source/ready ]; then
	echo '1..0 # SKIP not built: run make image BOARD=rpi-zero KERNEL=source'
	exit
fi
FERRY_KERNEL=-source exec tests/contract-linux.t
