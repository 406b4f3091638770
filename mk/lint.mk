# SPDX-License-Identifier: GPL-2.0-only
# Static checks of the host's code. .clang-tidy says which; a finding is an error.

LINT_SRC = $(CMD_SRC) $(TOOL_SRC) $(PLUGIN_SRC)

.PHONY: lint
#: make lint                      clang-tidy and cppcheck
lint: | $O/.setup-check
	$Qclang-tidy --quiet --warnings-as-errors='*' $(LINT_SRC) -- $(CPPFLAGS_TOOL) -std=gnu11 2>/dev/null
	$Qcppcheck --quiet --error-exitcode=1 --enable=warning,portability,performance --inline-suppr --std=c11 \
		--suppressions-list=scripts/cppcheck-suppressions -D_GNU_SOURCE -DFERRY_VERSION='"0"' -Itool $(LINT_SRC)
	@echo 'lint: no findings'
