# SPDX-License-Identifier: GPL-2.0-only
# Lets GNU make say what the makefile of the folder D of a kernel tree sets: `NAME|WORDS` for each list of objects. VALUES sets
# each symbol: CONFIG_X := @X makes obj-$(CONFIG_X) the variable obj-@X. Run in the tree by tests/pick/judge.
obj := $(D)
src := $(D)
srctree := .
objtree := .
KERNELRELEASE := kernel
include $(VALUES)
# Make has variables that are called %D and %F, which would be patterns.
before := $(subst %,\%,$(.VARIABLES))
-include $(firstword $(wildcard $(D)/Kbuild $(D)/Makefile))
$(foreach v,$(filter obj-% lib-% %-objs %-y %-m,$(filter-out $(before) before,$(.VARIABLES))),$(info $(v)|$($(v))))
$(foreach v,$(filter-out obj-% lib-% %-objs %-y %-m,$(filter-out $(before) before,$(.VARIABLES))),\
	$(if $(findstring -@,$(v)),$(info $(v)|$($(v)))))
.PHONY: nothing
.DEFAULT_GOAL := nothing
nothing: ;@:
