# SPDX-License-Identifier: GPL-2.0-only
# The reference, from the headers; the pictures in README.md, from a real run.

.PHONY: docs
#: make docs                      make the reference anew from the headers: docs/reference*.md
docs:
	$Qscripts/make-docs docs

.PHONY: pictures
#: make pictures                  draw the README's pictures anew
pictures: tool $(OUT)/sdcard.img
	$QCOLUMNS=96 LC_ALL=C.UTF-8 scripts/demo $O/tool/ferry $(BOARD) $(BOARD_DEMO_PIN) $(OUT) >$O/demo.txt
	$Qcp $(OUT)/demo.svg docs/demo.svg
	$Q{ echo '$$ make demo'; echo '...'; sed -n '/^What the kernel logged/,$$p' $O/demo.txt; } | \
		scripts/text-picture 'make demo' >docs/demo-terminal.svg
	$Q{ echo '$$ ferry boot --script boards/$(BOARD)/demo.script $(OUT)/sdcard.img'; \
		$O/tool/ferry boot --script boards/$(BOARD)/demo.script $(OUT)/sdcard.img 2>&1 | \
			awk '/Booting Linux/ { on = 5 } \
				/^ferry boot:|Machine model|mmcblk0: |EXT4-fs|BusyBox v|ferry:\/#|hello: |beeper: / && !on { on = 1 } \
				!on { skipped = 1 } \
				on { if (skipped) print "..."; skipped = 0; print substr($$0, 1, 110); on-- }'; } | \
		scripts/text-picture 'the console of the emulated board' >docs/boot-terminal.svg
