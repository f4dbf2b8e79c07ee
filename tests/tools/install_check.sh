#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# install_check.sh BUILD SOURCE CMAKE CC CXX FLAGS… — what `cmake --install` leaves is enough.
#
# Installs into a folder of its own, moves that folder (nothing may know where it was), and builds
# SOURCE against it through pkg-config alone, as C11 and as C++17. Also: the libraries export gj_…
# and nothing else, and the command, its page and the standard library are there.
set -eu
build=$1 source=$2 cmake=$3 cc=$4 cxx=$5
shift 5
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

"$cmake" --install "$build" --prefix "$place/first" >"$place/log" || {
    cat "$place/log"
    exit 1
}
mv "$place/first" "$place/root"
root=$place/root
pc=$(dirname "$(find "$root" -name guiju-compiler.pc)")
lib=$(dirname "$pc")
PKG_CONFIG_PATH=$pc
export PKG_CONFIG_PATH

# shellcheck disable=SC2046
build_and_run() {
    "$@" $(pkg-config --cflags --libs guiju-compiler guiju) -Wl,-rpath,"$lib" -o "$place/embed"
    [ "$("$place/embed")" = embed ]
    echo "built and run by $1"
}
build_and_run "$cc" -std=c11 -Wall -Wextra -Werror "$@" "$source"
build_and_run "$cxx" -std=c++17 -Wall -Wextra -Werror "$@" -x c++ "$source" -x none

for library in "$lib"/libguiju.so "$lib"/libguiju-compiler.so; do
    foreign=$(nm -D --defined-only "$library" | awk '$2 != "V" && $2 != "W" && $3 !~ /^(gj_|_)/ {print $3}')
    [ -z "$foreign" ] || {
        echo "$library exports what is not public:" "$foreign"
        exit 1
    }
done

[ -x "$root/libexec/guiju/guiju-native" ] || {
    echo 'the program that runs natives is not there'
    exit 1
}
if [ -x "$build/guiju" ]; then
    "$root/bin/guiju" --version
    [ -f "$root/share/man/man1/guiju.1" ] || echo 'no man page yet'
fi
find "$root" -type f | sed "s|^$root/||" | sort
