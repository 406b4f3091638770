# SPDX-License-Identifier: GPL-2.0-only
# For scripts that fetch or build what is costly: one folder outside of all clones, for all of them. What is in it is named by what
# it is made from, and appears whole, by a rename; who makes it has its lock meanwhile. Sourced; sets $cache.
#	packages/SHA256/NAME.deb	packages as they were fetched
#	lists/KEY			apt's lists of a mirror's packages, by mirror, architecture and suites
#	plans/KEY			which packages a list of ours came to, the last time
#	trees/NAME-KEY/root		unpacked packages
#	kernels/NAME-KEY		kernels that were built
# In each entry, `used` is as old as its last use, and clones/ names the links that lead to it.
cache=${FERRY_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/ferry}
case $cache in
/.cache/ferry) echo "there is no HOME: say where packages are kept: FERRY_CACHE=DIRECTORY" >&2; exit 1 ;;
*[[:space:]:\']*) echo "$cache: kbuild cannot work where a path has a space, a colon or a quote in it: set FERRY_CACHE" >&2; exit 1 ;;
esac
mkdir -p "$cache/locks" "$cache/packages" "$cache/lists" "$cache/plans" "$cache/trees" "$cache/kernels" || exit 1
cache=$(cd "$cache" && pwd -P)
[ -e "$cache/CACHEDIR.TAG" ] || printf '%s\n' 'Signature: 8a477f597d28d172789f06886806bc55' \
	'# What Ferry fetched and can fetch again: `make cache` lists it.' >"$cache/CACHEDIR.TAG"

# NAME: takes the lock of that name, and lets go of the one before; says so when it has to wait.
cache_lock() {
	exec 9>>"$cache/locks/$1"
	flock -n 9 || { echo "${0##*/}: another one makes $1: waiting"; flock 9; }
}
# What is on standard input, as a key.
cache_key() { sha256sum | cut -c 1-16; }
# ENTRY LINK [PART]: LINK leads to ENTRY from now on, or to that part of it. With the entry's lock.
cache_link() {
	touch "$1/used"
	mkdir -p "$1/clones"
	where=$(cd "$(dirname "$2")" && pwd -P)/$(basename "$2")
	printf '%s\n' "$where" >"$1/clones/$(printf '%s' "$where" | cache_key)"
	if [ -d "$2" ] && [ ! -L "$2" ]; then rm -rf "$2"; fi
	ln -sfn "$1${3:+/$3}" "$2.new.$$" && mv -T "$2.new.$$" "$2"
}
