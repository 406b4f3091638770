#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The documents promise nothing that is not there: each file, make target, variable, option, function and link that a page names
# exists (scripts/check-docs), and so do the files that comments in the code name.
# needs: ferry
. tests/tap.sh

run scripts/check-docs "$FERRY"
is "all that the documents name exists" "$out" ""

# The check finds what it is for, each kind on a line of its own.
cat >"$dir/page.md" <<'PAGE'
# A page
`lib/no-such-folder/file.c`
`make no-such-target`
`make check NO_SUCH_VARIABLE=1`
`ferry image --no-such-option`
`fy_no_such_call()`
`struct no_such_struct`
`no-such-file.h`
[a page](no-such-page.md)
[a heading](page.md#no-such-heading)
`lib/base/error.h`, `make check`, `ferry image --loglevel 0`, `fy_write32()`, [this](page.md#a-page), `error.h`
PAGE
run scripts/check-docs "$FERRY" "$dir/page.md"
is "a page with nine faults has nine, and the line without one has none" "$(echo "$out" | cut -d : -f 2 | tr '\n' ' ')" \
	"2 3 4 5 6 7 8 9 10 "
like "a fault is reported with page and line" "$out" "page.md:3: make knows no target no-such-target"
done_testing
