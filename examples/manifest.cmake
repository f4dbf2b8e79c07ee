# SPDX-License-Identifier: Apache-2.0
#
# cmake -D TEMPLATE=natives.json.in -D BINARY=lib.so -D MANIFEST=natives.json -P manifest.cmake:
# the manifest of a library that was just built.
file(SHA256 ${BINARY} SHA256)
cmake_path(GET BINARY FILENAME LIBRARY)
configure_file(${TEMPLATE} ${MANIFEST} @ONLY)
