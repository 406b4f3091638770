#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The second guest of tests/uml.t: answers the first one, and takes what that sends.
echo "address $(cat /sys/class/net/eth0/address)"
ifconfig eth0 10.99.0.12 up
echo "got $(nc -l -p 9 | md5sum)"
# Who halts has nothing sent again: the first guest has to know of this end's end of the connection, or it waits for that for ever.
while grep -q ':0009 [0-9A-F:]* 09 ' /proc/net/tcp; do sleep 0.1; done # 09: LAST_ACK
