# SPDX-License-Identifier: GPL-2.0-only
# What is fetched, or costly to make, is kept outside of the clones, for all of them: in FERRY_CACHE, or else in $XDG_CACHE_HOME/ferry,
# or else in ~/.cache/ferry. A clone has links to it in $O/cache (scripts/cache.sh).
FETCH_SCRIPTS = scripts/fetch scripts/unpack scripts/cache.sh scripts/apt-conf

# $(call fetch_rule,DIRECTORY,LIST): DIRECTORY/fetched, with the packages of LIST in DIRECTORY/root. Where the link leads nowhere, as
# after `make cache-prune`, they are fetched again.
define fetch_rule
$(1)/fetched: $(2) $$(FETCH_SCRIPTS) $$(if $$(wildcard $(1)/root/.),,FORCE) | $O/.setup-build
	$$Qscripts/fetch $(2) $(1)
	$$Qtouch $$@
endef

.PHONY: cache cache-prune
DAYS ?= 30
#: make cache                     list the packages and kernels that are kept for all clones
cache:
	$Qscripts/cache list

#: make cache-prune [DAYS=30]     remove those that no clone has, and none wanted for so many days
cache-prune:
	$Qscripts/cache prune '$(DAYS)'
