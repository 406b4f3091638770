# SPDX-License-Identifier: GPL-2.0-only
# What is built is built anew when how it is built changes: another compiler or version of it, another flag, one object less in an
# archive. A rule names the file $O/how/NAME among its prerequisites and uses $(HOW_NAME) as its command, or the part of it that is
# always the same; the file holds that text, and is written only when the text changes. The texts are compared by make itself, for what
# is to be built alone.
# Included last by each makefile that may be the top one: here are the rules for the variables HOW_NAME that are there by then.

# The command, but for -Werror, which changes nothing in what it makes, and what the program says of its version.
how_text = $(filter-out -Werror,$(HOW_$*)) ($(shell $(firstword $(HOW_$*)) --version 2>&1 | head -n 1))
# make 4.3 leaves the newline at the end of some files that it reads.
equal = $(and $(findstring $1,$2),$(findstring $2,$1))
how_is_same = $(call equal,$(strip $(file <$@)),$(strip $(how_text)))
dry_run := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))

how_new := $(filter-out $(how_done),$(patsubst HOW_%,$O/how/%,$(filter HOW_%,$(.VARIABLES))))
how_done := $(how_done) $(how_new)
.PHONY: FORCE
how_write = $(shell mkdir -p $(@D))$(file >$@,$(how_text))
ifeq ($(FERRY_TESTS_OF),$(abspath $O))
# A test that calls make takes what `make check` built, with whatever flags that was.
$(how_new): $O/how/%: ; $(how_write)
else ifeq ($(dry_run),)
$(how_new): $O/how/%: FORCE
	$(if $(how_is_same),,$(how_write))
else
# `make -n` writes nothing, and takes what it would write for written.
.SECONDEXPANSION:
$(how_new): $O/how/%: $$(if $$(how_is_same),,FORCE) ;
endif
