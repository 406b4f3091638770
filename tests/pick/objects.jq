# SPDX-License-Identifier: GPL-2.0-only
# Of `ferry pick --json`, for tests/pick/judge: a line for each object of each driver and symbol, with tabs between
# object, driver, symbol, the symbol of the part, and the condition.
.[] | . as $driver | (.folder + "/" + .name + ".o") as $target | .symbols[] as $symbol | .objects[] |
[.object, $target,
	(if $symbol.place == "list" and $symbol.name then $symbol.name + (if $symbol.with then "/" + $symbol.with else "" end) else "-" end),
	(.symbol // "-"), ([$symbol.condition, .condition, $driver.folders[].condition] | map(select(.)) | join(" && "))] | @tsv
