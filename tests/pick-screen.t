#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ferry pick on a terminal: what it shows, and what keys, mouse and a new size do, on a pty with a small VT100 (tests/pick/terminal.c).
# needs: ferry pick-terminal
. tests/tap.sh
unset LINUX_SRC LINES COLUMNS
# ncurses keeps what it has read of a terminal.
export LC_ALL=C.UTF-8 ASAN_OPTIONS=detect_leaks=0
terminal=$root/build/asan/tests/pick/terminal

# NAME TERM WANTED: what the lines on standard input make the terminal print
screen() {
	name=$1 wanted=$3
	run env TERM="$2" "$terminal"
	is "$name" "$status $out" "0 $wanted"
}
start="run $FERRY pick --linux-src $root/tests/pick/tree
wait Esc leave"

screen "the folders of the tree are on the left, closed" vt100 \
	"Search:                                    20 found, 0 marked  Linux 6.12.3-test
+ arch (2)                      | arch
+ demo (10)                     | 2 drivers" <<EOF
$start
line 0
line 1
line 3
EOF
screen "Right opens a folder, Left closes it, and from a driver goes to its folder" vt100 \
	"    rtc-pl031                   | Description: A clock in a little tree
- rtc (3)                       |
+ rtc (3)                       |" <<EOF
$start
type \eOB\eOB\eOB\eOB\eOC
wait class
type \eOB\eOB\eOB
wait A clock
line 8
type \eOD
wait | 3 drivers
line 5
type \eOD
gone class
line 5
EOF
screen "what is typed is searched for in all fields, each word by itself" vt100 \
	"Search: net 100e                            1 found, 0 marked  Linux 6.12.3-test
      card                      |
Search: clock demo0001                      1 found, 0 marked  Linux 6.12.3-test" <<EOF
$start
type net 100e
wait Search: net 100e
wait   1 found
line 0
line 3
type \x15clock demo0001
wait Search: clock demo0001
wait   1 found
line 0
EOF
screen "the facts are on the right" vt100 \
	"    rtc-low                     | A clock with low_case
                                | Symbol: RTC_LOW (tristate)" <<EOF
$start
type rtc-low
wait Devices: of:demo,low
line 2
line 4
EOF
screen "Backspace takes back a letter, what is not found is said" vt100 \
	"Search: rtc-lo                              1 found, 0 marked  Linux 6.12.3-test" <<EOF
$start
type rtc-lox
wait Nothing has all of these
type \x7f
gone Search: rtc-lox
wait   1 found
line 0
EOF
screen "Escape asks, and does not lose the search; twice it leaves" vt100 \
	"Search: demo                               12 found, 0 marked  Linux 6.12.3-test
status 1" <<EOF
$start
type demo
wait Search: demo
wait 12 found
type \e
wait Esc again leaves
line 0
type x
wait Search: demox
gone Esc again
type \e
wait Esc again
type \e
end
EOF
run env TERM=vt100 "$terminal" <<EOF
size 24 200
$start
type rtc
wait 3 found
type \t\t
wait 2 marked
type \x15
wait 20 found
wait 2 marked
type \r
end
screen
EOF
like "Tab marks, a mark outlives the search, Enter takes what is marked" "$out" '^class.*RTC_CLASS'
like "with all of it" "$out" '^rtc-low.*RTC_LOW'
screen "a click selects, another one opens" xterm "- demo (10)                     | 10 drivers" <<EOF
$start
type \e[<0;3;4M\e[<0;3;4m
wait 10 drivers
type \e[<0;3;4M\e[<0;3;4m
wait pair-1
line 3
EOF
screen "the wheel moves" xterm "+ net (2)                       |" <<EOF
$start
type \e[<65;3;4M
wait | net
line 4
EOF
screen "a narrow window has one pane, and F2 shows the other" vt100 "+ arch (2)
arch
Tab mark, Enter take, F2 text, Esc leave" <<EOF
size 24 50
$start
gone |
line 1
type \eOQ
wait 2 drivers
line 1
line 23
EOF
screen "a new size is drawn" vt100 "+ sound (2)                                     |
Too small" <<EOF
$start
size 40 120
wait Left/Right close/open, Tab mark, Enter take, ^N/^P text, Esc leave
line 6
size 4 20
wait Too small
line 0
EOF
run env TERM=dumb "$terminal" <<EOF
run $FERRY pick --linux-src $root/tests/pick/tree
end
EOF
is "TERM=dumb prints the list" "$status $out" "0 status 0"
run sh -c '"$FERRY" pick --linux-src tests/pick/tree </dev/null | wc -l'
is "and so does what is no terminal" "$out" 21
done_testing
