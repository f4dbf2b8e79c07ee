#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""layers.py ROOT — who may include whom.

docs/ARCHITECTURE.md holds the only list of allowed pairs: a fenced block that opens with ```layers
and has a line `floor: allowed, allowed` for each floor. A floor is a folder of runtime/ or
compiler/; a file beside the folders is a floor of its own name; the grammar is
part of `syntax`. This reads every #include of ours and refuses

  - a pair that the table does not allow, a floor that it does not name, a circle in the table itself;
  - an include from cli/ that is neither a public header (<guiju/…>), the system's, nor cli's own;
  - an outside library that is included in more than one file: each is wrapped once;
  - an include from tests/unit/interpreter, which is an oracle for the judge, of what it judges.

Nothing is printed but what is wrong and, at the end, how much was read.
"""
import pathlib
import re
import sys

WINGS = ("runtime", "compiler")
GENERATED = {"guiju.tab.h": "syntax", "guiju.lex.h": "syntax", "keywords.def": "syntax",
             "pages.inc": "syntax", "finding_pages.inc": "cli"}
# Headers of the libraries that are wrapped in one file each.
OUTSIDE = {
    "nettle": r"nettle/",
    "libffi": r"ffi\.h",
    "SQLite": r"sqlite3(ext)?\.h",
    "libsodium": r"sodium(\.h|/)",
    "expat": r"expat(_external)?\.h",
    "libxml2": r"libxml/",
    "zlib": r"zlib\.h",
    "libunistring": r"uni(str|norm|width|ctype|case|gbrk|lbrk|wbrk|types|name|conv|stdio)\.h",
    "utf8proc": r"utf8proc\.h",
    "simdjson": r"simdjson(\.h|/)",
    "jansson": r"jansson\.h",
    "yajl": r"yajl/",
    "libseccomp": r"seccomp\.h",
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.M)
SUFFIXES = {".c", ".h", ".cc", ".cpp", ".def", ".l", ".y"}


def table_read(text):
    """The allowed pairs, floor → set of floors, and what is wrong with the table itself."""
    block = re.search(r"^```layers\n(.*?)^```", text, re.M | re.S)
    if block is None:
        return {}, ["docs/ARCHITECTURE.md: no block that opens with ```layers"]
    table, wrong = {}, []
    for line in block.group(1).splitlines():
        if not line.strip():
            continue
        floor, colon, allowed = line.partition(":")
        if not colon or floor.strip() in table:
            wrong.append(f"docs/ARCHITECTURE.md: not `floor: allowed, …`, or said twice: {line}")
            continue
        table[floor.strip()] = {name.strip() for name in allowed.split(",") if name.strip()}
    for floor, allowed in table.items():
        wrong += [f"docs/ARCHITECTURE.md: {floor} may include {name}, which is no floor"
                  for name in sorted(allowed - set(table))]
    return table, wrong + circles_check(table)


def circles_check(table):
    """Floors that cannot be laid one on another."""
    left = {floor: set(allowed) & set(table) for floor, allowed in table.items()}
    while True:
        ground = [floor for floor, allowed in left.items() if not allowed]
        if not ground:
            break
        for floor in ground:
            del left[floor]
        for allowed in left.values():
            allowed.difference_update(ground)
    if not left:
        return []
    return ["docs/ARCHITECTURE.md: these floors include each other in a circle: "
            + ", ".join(sorted(left))]


def floor_of(path):
    """The floor of a path relative to the root; None for the public headers."""
    parts = path.parts
    if parts[0] == "grammar":
        return "syntax"
    if parts[0] == "cli":
        return "cli"
    if parts[1] == "include":
        return None
    return parts[1] if len(parts) > 2 else path.stem


def sources(root):
    for top in (*WINGS, "grammar", "cli"):
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and path.suffix in SUFFIXES:
                yield path.relative_to(root)


def ours_check(root, path, name, table):
    """One #include "name" in the file `path`: what is wrong with it, or None."""
    floor = floor_of(path)
    if floor is None:
        return "a public header includes public headers alone, as <guiju/…>"
    if floor == "cli":
        if GENERATED.get(name) == "cli" or (root / "cli" / name).is_file() or (root / name).is_file() and name.startswith("cli/"):
            return None
        return "the command is a client of the public headers <guiju/…> and nothing else"
    first = pathlib.PurePosixPath(name).parts[0]
    target = GENERATED.get(name, first if "/" in name else None)
    if target is None:
        return "say whose it is: floor/file.h"
    if floor not in table:
        return f"the floor {floor} is not in the table of docs/ARCHITECTURE.md"
    if target != floor and target not in table[floor]:
        allowed = ", ".join(sorted(table[floor])) or "nothing"
        return f"{floor} may not know {target} (it may include: {allowed})"
    return None


def public_check(path, name):
    """One #include <name>: the runtime knows nothing of the compiler."""
    if name == "guiju/compile.h" and path.parts[0] == "runtime":
        return "the runtime knows nothing of the compiler"
    return None


def oracle_check(root):
    """The plain interpreter rests on the tree and on what has no opinions."""
    for path in sorted((root / "tests/unit/interpreter").glob("*.[ch]")):
        for quoted, _ in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if quoted and not re.match(r"(base|syntax|unit/interpreter)/", quoted):
                yield f"{path.relative_to(root)}: {quoted}: the oracle shares no code with the judge"


def check(root):
    """Everything wrong below root, as lines; and how many includes were read."""
    document = root / "docs" / "ARCHITECTURE.md"
    if not document.is_file():
        return [f"docs/ARCHITECTURE.md: is not there, and it holds the allowed pairs"], 0
    table, wrong = table_read(document.read_text(encoding="utf-8"))
    wrappers, count = {}, 0
    for path in sources(root):
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        for match in INCLUDE.finditer(text):
            count += 1
            quoted, angled = match.groups()
            why = ours_check(root, path, quoted, table) if quoted else public_check(path, angled)
            if why:
                line = text.count("\n", 0, match.start()) + 1
                wrong.append(f"{path}:{line}: {match.group(0).strip()}: {why}")
            for library, pattern in OUTSIDE.items():
                if re.match(pattern, quoted or angled):
                    wrappers.setdefault(library, set()).add(str(path))
    wrong += oracle_check(root)
    for library, files in sorted(wrappers.items()):
        if len(files) > 1:
            wrong.append(f"{library} is wrapped in one file, and included in: "
                         + ", ".join(sorted(files)))
        wrong += [f"{file}: the command includes no {library}" for file in sorted(files)
                  if file.startswith("cli/")]
    return wrong, count


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    wrong, count = check(root)
    for line in wrong:
        print(line)
    print(f"{count} includes read, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
