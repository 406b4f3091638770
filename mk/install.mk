# SPDX-License-Identifier: GPL-2.0-only
# Installation: the command and its plugin side by side in lib/ferry, the command's name in bin. What drivers and apps outside this
# tree are built from goes to share/ferry, laid out as it is here; the command finds it through the link lib/ferry/data.
PREFIX ?= /usr/local
DESTDIR ?=
DEST = $(DESTDIR)$(PREFIX)
INSTALL_DATA = include ports drivers boards apps templates mk scripts LICENSES services virtio lib/base lib/pins

.PHONY: install uninstall
#: make install PREFIX=/usr/local install the ferry command, its man pages and its bash completion, what drivers of your own need,
#:                                and ferry-sim, with which to test them
install: tool install-sim
	$Qinstall -d $(DEST)/bin $(DEST)/lib/ferry $(DEST)/share/man/man1 $(DEST)/share/bash-completion/completions
	$Qinstall -m 755 $O/tool/ferry $(DEST)/lib/ferry/ferry
	$Qinstall -m 644 $O/tool/ferry-pins.so $(DEST)/lib/ferry/ferry-pins.so
	$Qln -sf ../lib/ferry/ferry $(DEST)/bin/ferry
	$Qrm -rf $(DEST)/share/ferry
	$Qinstall -d $(DEST)/share/ferry
	$Qcp -RP --parents $(INSTALL_DATA) $(DEST)/share/ferry
	$Qchmod -R u=rwX,go=rX $(DEST)/share/ferry
	$Qln -sfn ../../share/ferry $(DEST)/lib/ferry/data
	$Qinstall -m 644 docs/man/*.1 $(DEST)/share/man/man1
	$Qinstall -m 644 docs/completion/ferry.bash $(DEST)/share/bash-completion/completions/ferry

uninstall: uninstall-sim
	$Qrm -rf $(DEST)/lib/ferry $(DEST)/share/ferry
	$Qrm -f $(DEST)/bin/ferry $(DEST)/share/man/man1/ferry*.1 $(DEST)/share/bash-completion/completions/ferry
