#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ferry-sim works as others use it: installed, found by pkg-config, with the example of docs/user.md outside of the tree, word for
# word.
# needs: tool sim
. tests/tap.sh

ok "make install" make -s install PREFIX="$dir/opt/ferry"
export PKG_CONFIG_LIBDIR="$dir/opt/ferry/lib/pkgconfig"
is "pkg-config knows the version" "$(pkg-config --modversion ferry-sim)" "$(cat VERSION)"

block() { # NAME: what stands in docs/user.md behind <!-- NAME -->
	sed -n "/^<!-- $1 -->\$/,/^\`\`\`\$/p" docs/user.md | sed '1,2d;$d'
}

mkdir "$dir/mine"
block lamp.c >"$dir/mine/lamp.c"
block test-lamp.c >"$dir/mine/test-lamp.c"
block build >"$dir/mine/build"
cd "$dir/mine" || exit 1
export LD_LIBRARY_PATH="$dir/opt/ferry/lib"
ok "the example builds and passes, with the shared library" sh -e ./build
like "which it is linked to" "$(readelf -d test-lamp)" 'NEEDED.*libferry-sim\.so\.0'

sed 's/ferry-sim)$/ferry-sim | sed s,-lferry-sim,-l:libferry-sim.a,)/' build >build-static
ok "and with the static one" sh -e ./build-static
is "which needs no other" "$(readelf -d test-lamp | grep -c ferry)" 0

# A test that cannot fail is none: a lamp that stays on longer.
sed -i 's/2 \* FY_NS_PER_SEC/3 * FY_NS_PER_SEC/' lamp.c
run sh -e ./build
like "a driver that does not do what it should fails" "$err" 'Assertion.*3602'

printf '#include <ferry-sim.h>\nint main() { ferry_sim_free(ferry_sim_new()); }\n' >plain.cpp
# shellcheck disable=SC2046
if command -v g++ >/dev/null; then
	ok "C++ may use it" g++ -Wall -Wextra -Werror $(pkg-config --cflags ferry-sim) -o plain plain.cpp $(pkg-config --libs ferry-sim)
else
	skip "C++ may use it" "there is no g++"
fi
is "the shared library shows its own names only" \
	"$(nm -D --defined-only "$dir/opt/ferry/lib/libferry-sim.so.0" | grep -cvE ' [TDBRV] (ferry_sim|fy_port|user)_')" 0
data=$dir/opt/ferry/share/ferry
inside=$(nm -D --defined-only "$dir/opt/ferry/lib/libferry-sim.so.0" | sed 's/.* //' | while read -r name; do
	grep -rqw "$name" "$dir/opt/ferry/include" "$data/include" "$data/ports/user/include" "$data/ports/common/include" || echo "$name"
done)
is "and of these only what a header declares to tests or drivers" "$inside" ""

cd "$root" || exit 1
ok "make uninstall" make -s uninstall PREFIX="$dir/opt/ferry"
is "leaves nothing" "$(find "$dir/opt" -type f -o -type l | wc -l)" 0
done_testing
