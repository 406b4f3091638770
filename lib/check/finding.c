// SPDX-License-Identifier: GPL-2.0-only
/* The list of what checks have found: see finding.h. */
#include "check/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void findings_add(struct findings *findings, const char *rule, enum finding_severity severity,
		  const char *place, const char *fmt, ...)
{
	struct finding new = { .rule = rule, .severity = severity, .place = strdup(place) }, *added;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&new.text, fmt, ap) < 0)
		new.text = NULL;
	va_end(ap);
	if (!new.place || !new.text)
		goto failed;
	added = ARRAY_ADD(findings->finding, findings->count);
	if (!added)
		goto failed;
	*added = new;
	return;

failed:
	findings->failed = true;
	free(new.text);
	free(new.place);
}

void findings_free(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->finding[i].place);
		free(findings->finding[i].text);
	}
	free(findings->finding);
	*findings = (struct findings){ 0 };
}

const char *finding_severity_name(enum finding_severity severity)
{
	return severity == FINDING_ERROR ? "error" : "warning";
}
