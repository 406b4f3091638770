# SPDX-License-Identifier: GPL-2.0-only
# Which boards there are: folders of boards/ with a board.mk, in the order of their BOARD_RANK (docs/boards.md). Included by each
# makefile that knows boards; the first one counts.
ifndef BOARDS
FERRY_DIR := $(patsubst %/mk/boards.mk,%,$(abspath $(lastword $(MAKEFILE_LIST))))
BOARDS := $(shell $(FERRY_DIR)/scripts/boards)
# Those with a Linux image, and those that Ferry runs on without a kernel.
LINUX_BOARDS := $(shell $(FERRY_DIR)/scripts/boards BOARD_IMAGE_CONFIG)
BARE_BOARDS := $(shell $(FERRY_DIR)/scripts/boards BARE_ARCH)
# Those that `ferry boot` knows.
EMULATED_BOARDS := $(shell $(FERRY_DIR)/scripts/boards emulation.c)
endif
