#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Each fuzz target runs clean over its corpus, and then for FUZZ_SECONDS of new inputs. What crashes one is kept in
# build/fuzz/crash.
# needs: fuzz
. tests/tap.sh
: "${FUZZ_SECONDS:=1}"
mkdir -p build/fuzz/crash

for source in fuzz/*.c; do
	target=$(basename "$source" .c)
	ok "$target has a corpus" sh -c "ls fuzz/corpus/$target/* >/dev/null"
	ok "$target runs clean over its corpus" "build/fuzz/$target" -runs=0 "fuzz/corpus/$target"
	mkdir "$dir/$target"
	ok "$target runs clean for $FUZZ_SECONDS s" "build/fuzz/$target" -max_total_time="$FUZZ_SECONDS" -timeout=60 \
		-rss_limit_mb=3000 -artifact_prefix="build/fuzz/crash/$target-" "$dir/$target" "fuzz/corpus/$target"
done
done_testing
