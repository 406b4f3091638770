# SPDX-License-Identifier: GPL-2.0-only
# What ferry pick says of whole kernel trees, judged by GNU make and the kernel's conf: minutes for each, so not a part of `make check`.

.PHONY: check-pick
#: make check-pick TREES='DIR...'  let GNU make and the kernel's conf judge ferry pick
check-pick: tool | $O/.setup-check
	$(if $(TREES),,$(error TREES= names no kernel trees))
	$Qmkdir -p $O/pick
	$Qfor tree in $(TREES); do \
		echo "== $$tree"; \
		$O/tool/ferry pick --linux-src "$$tree" --json >$O/pick/json && \
		jq -r -f tests/pick/objects.jq $O/pick/json >$O/pick/objects && \
		tests/pick/judge "$$tree" $O/pick/objects drivers sound net fs crypto && \
		tests/pick/judge-symbols "$$tree" arm64 $O/tool/libferry.a || exit; \
	done

.PHONY: bench-pick
#: make bench-pick TREES='DIR...'  measure ferry pick against the kernel's conf, kconfiglib and grep
bench-pick: tool | $O/.setup-bench
	$(if $(TREES),,$(error TREES= names no kernel trees))
	$Qfor tree in $(TREES); do echo "== $$tree"; bench/pick $O/tool/ferry "$$tree" 5 || exit; done
