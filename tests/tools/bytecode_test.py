# SPDX-License-Identifier: Apache-2.0
"""docs/BYTECODE.md against the tables it tells of.

The blocks of tables and opcodes are made from records.def and opcodes.def and must stand in the
document word for word; `--write` puts them there. Of each claim of claims.def the document must have
the number and the sentence, in order; what it protects is written by hand and must not be empty.
"""
import os
import re
import sys

ROOT = os.environ.get("GUIJU_ROOT") or os.path.join(os.path.dirname(__file__), "..", "..")
DOC = os.path.join(ROOT, "docs", "BYTECODE.md")


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as file:
        return file.read()


def rows(name):
    """The rows below the opening comment; comments go, string literals are joined."""
    text = re.sub(r"/\*.*?\*/", "", read("runtime/image/" + name), flags=re.S)
    return re.sub(r'"\s*\n\s*"', "", text)


def column(kind, arguments):
    field, _, bound = arguments.partition(", ")
    bound = re.sub(r"GJR_|_COUNT\b", "", bound).lower()
    told = {
        "TEXT": "string", "TEXT_OR_NONE": "string?", "REF": bound, "REF_OR_NONE": bound + "?",
        "RANGE": bound + "…", "CHOICE": "one of " + bound.replace("_", " "),
        "FLAGS": "flags " + bound.replace(" | ", ", "), "WORD": "word",
    }[kind]
    return f"`{field}` {told}"


def tables():
    lines = ["| section | table | columns, a 32-bit word each, a range two |", "| --- | --- | --- |",
             "| 1 | strings | count, offsets × (count + 1), bytes |"]
    for name, number, body in re.findall(r"TABLE\((\w+), (\d+)\)(.*?)END\(\1\)", rows("records.def"),
                                         flags=re.S):
        columns = [column(*match) for match in re.findall(r"(\w+)\(([^)]*)\)", body)]
        lines.append(f"| {number} | {name} | {' · '.join(columns)} |")
    return lines


def opcodes():
    lines = ["| number | opcode | a | b | immediate | result | does |",
             "| --- | --- | --- | --- | --- | --- | --- |"]
    pattern = r'OP\((\w+), "([^"]*)", (\w+), (\w+), (\w+), (\w+), "([^"]*)"\)'

    def told(kind):
        return "" if kind == "NOTHING" else kind.lower().replace("_", " ")

    for number, (_, mnemonic, result, a, b, immediate, what) in enumerate(
            re.findall(pattern, rows("opcodes.def"))):
        lines.append(f"| {number} | `{mnemonic}` | {told(a)} | {told(b)} | {told(immediate)} | "
                     f"{told(result)} | {what} |")
    return lines


def block(name, lines):
    return f"<!-- {name}: made by tests/tools/bytecode_test.py --write -->\n" + "\n".join(lines) + \
        f"\n<!-- end of {name} -->"


def problems(document):
    found = []
    for name, lines in (("tables", tables()), ("opcodes", opcodes())):
        if len(lines) < 20:
            found.append(f"too few {name}: the .def file is not read rightly")
        if block(name, lines) not in document:
            found.append(f"the {name} in docs/BYTECODE.md are not those of the .def file")
    claims = re.findall(r'CLAIM\((\d+), \w+,\s*"([^"]*)",', rows("claims.def"))
    told = re.findall(r"^\| (\d+) \| ([^|]*) \| ([^|]*) \|$",
                      document.partition("<!-- claims -->")[2], flags=re.M)
    if len(claims) < 50 or [row[:2] for row in told] != claims:
        for claim in claims:
            if claim not in [row[:2] for row in told]:
                found.append("docs/BYTECODE.md lacks claim %s, %s" % claim)
        found.append("the claims in docs/BYTECODE.md are not those of claims.def, in order")
    found += [f"docs/BYTECODE.md does not say what claim {row[0]} protects"
              for row in told if not row[2].strip()]
    return found


def main():
    document = read("docs/BYTECODE.md")
    if "--write" in sys.argv:
        for name, lines in (("tables", tables()), ("opcodes", opcodes())):
            document = re.sub(rf"<!-- {name}:.*?<!-- end of {name} -->",
                              lambda _: block(name, lines), document, flags=re.S)
        with open(DOC, "w", encoding="utf-8") as file:
            file.write(document)
    found = problems(document)
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
