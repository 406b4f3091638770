# SPDX-License-Identifier: GPL-2.0-only
# Static checks of the host's code. .clang-tidy says which; a finding is an error.

LINT_SRC = $(CMD_SRC) $(TOOL_SRC) $(PLUGIN_SRC)

.PHONY: lint
#: make lint                      clang-tidy and cppcheck
lint: | $O/.setup-check
	$Qecho $(LINT_SRC) | xargs -n 8 -P 2 sh -c 'exec clang-tidy --quiet --warnings-as-errors="*" "$$@" -- -D_GNU_SOURCE \
		-D_FILE_OFFSET_BITS=64 -DFERRY_VERSION=\"0\" -Itool -std=gnu11 2>/dev/null' lint
	$Qcppcheck --quiet --error-exitcode=1 --enable=warning,portability,performance --inline-suppr --std=c11 \
		--suppressions-list=scripts/cppcheck-suppressions -D_GNU_SOURCE -DFERRY_VERSION='"0"' -Itool $(LINT_SRC)
	@echo 'lint: no findings'
