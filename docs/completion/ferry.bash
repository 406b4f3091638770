# SPDX-License-Identifier: GPL-2.0-only
# Bash completion for ferry. The options come from each command's --help, so this never gets out of date.
_ferry() {
	local cur=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} ferry=${COMP_WORDS[0]} before=${COMP_WORDS[COMP_CWORD - 1]}
	# bash makes a word of the = in --class=stream, --board=virt
	[ "$cur" != = ] || cur=
	[ "$before" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}
	if [ "$COMP_CWORD" = 1 ]; then
		mapfile -t COMPREPLY < <(compgen -W "$("$ferry" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p') --help --version" -- "$cur")
	elif [ "$command" = boot ] && { [ "$before" = --board ] || [ "$before" = -b ]; }; then
		mapfile -t COMPREPLY < <(compgen -W "$("$ferry" boot --help 2>/dev/null |
			sed -n 's/^  -b, --board=NAME *\(.*\); else .*/\1/p' | tr -d ,)" -- "$cur")
	elif [ "$command" = new ] && { [ "$before" = --class ] || [ "$before" = -c ]; }; then
		mapfile -t COMPREPLY < <(compgen -W "$("$ferry" new --help 2>/dev/null | sed -n 's/^       \([a-z0-9-]*\) .*/\1/p')" -- "$cur")
	elif [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$("$ferry" "$command" --help 2>/dev/null |
			grep -o -E -- '--[a-z-]+=?' | sort -u)" -- "$cur")
		[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		compopt -o filenames
	fi
}
complete -F _ferry ferry
