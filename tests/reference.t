#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The reference (docs/reference*.md) says what the headers say now: `make docs` makes it.
# needs: nothing
. tests/tap.sh

mkdir "$dir/docs"
ok "the pages are made" scripts/make-docs "$dir/docs"
for page in "$dir"/docs/*; do
	name=docs/$(basename "$page")
	is "$name is as make docs makes it of the headers" "$(diff "$name" "$page" 2>&1 | head -n 20)" ""
	calls=$(grep -cE '^[a-z].*\b(fy|ferry_sim|bare)_[a-z0-9_]+\(.*' "$page")
	ok "$name has calls ($calls)" test "$calls" -ge 5
done
is "there is no page besides" "$(ls docs/reference*.md | wc -l)" "$(ls "$dir/docs" | wc -l)"

cat >"$dir/header.h" <<'H'
/* SPDX-License-Identifier: MIT OR GPL-2.0-only */
/*
 * What it is for.
 *
 *	fy_example();
 */
#ifndef HEADER_H
#define HEADER_H

#include <other.h>

/* ---- Some calls; context: any ---- */

/* Does this, or *THAT. */
static inline int fy_example(int this,
			     int *that);
/* Has a body, which is nobody's business. */
static inline int fy_two(void)
{
	return 2;
}

#endif
H
run scripts/make-reference Title Text. "$dir/header.h"
is "of a header it takes comments and declarations" "$(echo "$out" | sed 1,2d)" "# Title

Text.

## \`$dir/header.h\`

What it is for.

\`\`\`c
fy_example();
\`\`\`

### Some calls; context: any

\`\`\`c
int fy_example(int this,
	int *that);
\`\`\`

Does this, or \\*THAT.

\`\`\`c
int fy_two(void);
\`\`\`

Has a body, which is nobody's business."
done_testing
