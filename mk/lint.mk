# SPDX-License-Identifier: GPL-2.0-only
# Static checks. .clang-tidy says which; a finding is an error. Code for a kernel is left to that kernel's own warnings: its headers
# are gcc's alone.

LINT_TOOL_FLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -DFERRY_VERSION=\"0\" -Itool -Ilib -I. -std=gnu11
# On the bare metal an address is a number.
LINT_BARE_CHECKS = --checks=-performance-no-int-to-ptr
LINT_BARE_FLAGS = -ffreestanding -nostdlibinc -Iinclude -Iports/bare/include -Iports/common/include -Iports/common -Iports/bare -Iapps/selftest -std=gnu11

# $(1): files; $(2): more of clang-tidy's options; $(3): the compiler's
clang_tidy = echo $(1) | xargs -n 8 -P 2 sh -c 'exec clang-tidy --quiet --warnings-as-errors="*" $(2) "$$@" -- $(3) 2>/dev/null' lint

# $(1): BARE_ARCH
lint_boards = $(foreach b,$(BARE_BOARDS),$(if $(filter $(1),$(shell scripts/boards BARE_ARCH $b)),boards/$b/board.c))
LINT_TOOL_SRC = $(CMD_SRC) $(TOOL_SRC) $(PLUGIN_SRC)
LINT_BARE_SRC = $(wildcard ports/common/*.c ports/bare/core/*.c ports/bare/chips/*.c apps/*/*.c)
LINT_A64_SRC = $(LINT_BARE_SRC) $(wildcard ports/bare/arch/aarch64/*.c $(call lint_boards,aarch64))
LINT_ARM_SRC = $(wildcard ports/bare/arch/arm/*.c $(call lint_boards,arm))

.PHONY: lint lint-format
#: make lint                      the format of all C, clang-tidy and cppcheck
lint: lint-format | $O/.setup-check
	$Q$(call clang_tidy,$(LINT_TOOL_SRC),,$(LINT_TOOL_FLAGS))
	$Q$(call clang_tidy,$(wildcard drivers/*.c),,$(USER_INCLUDE) -std=gnu11)
	$Q$(call clang_tidy,$(VIRTIO_SRC),,-I. -std=gnu11)
	$Q$(call clang_tidy,$(SERVICES_SRC),,-I. $(USER_INCLUDE) -std=gnu11)
	$Q$(call clang_tidy,$(USER_SRC) $(SIM_SRC),,-D_GNU_SOURCE $(USER_INCLUDE) -std=gnu11)
	$Q$(call clang_tidy,$(VHOST_SRC) $(PROGRAM_SRC),,$(PROGRAM_CPPFLAGS) -std=gnu11)
	$Q$(call clang_tidy,$(LINT_A64_SRC),$(LINT_BARE_CHECKS),--target=aarch64-none-elf -mgeneral-regs-only $(LINT_BARE_FLAGS))
	$Q$(call clang_tidy,$(LINT_ARM_SRC),$(LINT_BARE_CHECKS),--target=armv6-none-eabi -marm -mfloat-abi=soft $(LINT_BARE_FLAGS))
	$Qcppcheck --quiet --error-exitcode=1 --enable=warning,portability,performance --inline-suppr --std=c11 \
		--suppressions-list=scripts/cppcheck-suppressions -D_GNU_SOURCE -DFERRY_VERSION='"0"' -Itool -Ilib -I. $(LINT_TOOL_SRC) $(USER_SRC) $(SIM_SRC) \
		$(VIRTIO_SRC) $(SERVICES_SRC) $(VHOST_SRC) $(PROGRAM_SRC)
	@echo 'lint: no findings'

# clang-format decides on all C of the tree; comments, which it leaves alone, are as wide at most.
LINT_FORMAT_SRC = $(shell git ls-files '*.c' '*.h' ':!tests/pick/tree' 2>/dev/null || find . -name '*.[ch]' -not -path './$O/*' -not -path './tests/pick/*')
lint-format: | $O/.setup-check
	$Qscripts/check-format $(LINT_FORMAT_SRC)
