#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The second guest of tests/uml.t: answers the first one, and takes what that sends.
echo "address $(cat /sys/class/net/eth0/address)"
ifconfig eth0 10.99.0.12 up
echo "got $(nc -l -p 9 | md5sum)"
