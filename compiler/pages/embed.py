#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""embed.py PREFIX OUT FOLDER — the pages of a folder as rows of a C table.

A page is CODE.txt: texts, each under a line `== NAME LANGUAGE`. Of `E0301.txt` with the prefix GJC_
comes `[GJC_E0301] = {.wrong = {"…", "…"}, .right = {"…", "…"}},`, English first; a file
`skipped-step.txt` with GJ_ is GJ_SKIPPED_STEP. A page of no code does not compile; that every code
has one, and that its examples are true, is for tests/tools/pages_test.py.
"""
import pathlib
import re
import sys


def literal(text):
    """A C string, a line of it a line of the text; bytes beyond ASCII stand as they are."""
    words = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return "\n    ".join(f'"{line}\\n"' for line in words.removesuffix("\n").split("\n"))


def row(prefix, path):
    pieces = re.split(r"^== (\w+) (en|zh)\n", path.read_text("utf-8"), flags=re.M)
    fields = {}
    for name, language, text in zip(pieces[1::3], pieces[2::3], pieces[3::3]):
        fields.setdefault(name, {})[language] = literal(text)
    code = prefix + path.stem.upper().replace("-", "_")
    body = ",\n".join(f"    .{name} = {{\n    {texts['en']},\n    {texts['zh']}}}"
                      for name, texts in fields.items())
    return f"[{code}] = {{\n{body}}},\n"


def main():
    prefix, out, folder = sys.argv[1:]
    pages = sorted(pathlib.Path(folder).glob("*.txt"))
    pathlib.Path(out).write_text("".join(row(prefix, path) for path in pages), "utf-8")


if __name__ == "__main__":
    main()
