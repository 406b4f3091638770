# SPDX-License-Identifier: GPL-2.0-only
# Ferry: `make demo` shows it at work, `make check` tests it, `make help` lists the rest.

ifneq ($(word 2,[$(CURDIR)]),)
$(error $(CURDIR): neither make nor kbuild can work where a path has a space in it: move or rename the directory)
endif

# A file of your own may set variables: BOARD, KDIR, CROSS_COMPILE, ...
-include config.mk
include mk/settings.mk
include mk/boards.mk
BOARD_GIVEN := $(BOARD)
BOARD ?= $(firstword $(LINUX_BOARDS))
O ?= build
V ?= 0
Q = $(if $(filter 1,$V),,@)
say = $(if $(filter 1,$V),:,printf '  %-7s %s\n' $(1) $(2))

.DEFAULT_GOAL := tool
.DELETE_ON_ERROR:
# Nothing that was made on the way is removed: it need not be made again.
.SECONDARY:
MAKEFLAGS += --no-builtin-rules

include mk/cache.mk
include mk/tool.mk
include mk/virtio.mk
include mk/user.mk
include mk/program.mk
include mk/board.mk
include mk/program-board.mk
include mk/module.mk
include mk/module-use.mk
BARE_SETUP = $O/.setup-build	# what app.mk has to wait for
include mk/app.mk
include mk/app-image.mk
include mk/test.mk
include mk/lint.mk
include mk/pick.mk
include mk/bench.mk
include mk/install.mk
include mk/docs.mk
include mk/compdb.mk
include mk/how.mk

.PHONY: help setup clean
# driver.mk's targets are those of projects, which have a help of their own.
help:
	@sed -n 's/^#: //p' Makefile $(filter-out mk/driver.mk,$(sort $(wildcard mk/*.mk)))

#: make setup                     install the Debian packages that are missing
setup:
	$Qscripts/setup build

# One after the other, where make runs several jobs: the package manager takes one at a time.
$O/.setup-check: | $O/.setup-build
$O/.setup-%: scripts/setup scripts/packages
	$Qmkdir -p $O
	$Qscripts/setup $*
	$Qtouch $@

#: make clean                     remove what was built (not the fetched packages, nor kernels)
clean:
	$Qrm -rf $O/tool $O/asan $O/fuzz $O/how $O/ferry $O/modules $O/stage $O/bare $O/compdb compile_commands.json output
