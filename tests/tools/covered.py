#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""covered.py GCOVR.json — what the tests ran of the libraries, floor by floor, and what they did not.

Reads what `gcovr --json` wrote. Prints a table of the floors, then each line that never ran, under
its file. Fails where the lines of the libraries, or the branches of what stands between bytes from
outside and a verdict (the machine, the verifier, the judge), fall below their share.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARIES = ("compiler/", "runtime/")
JUDGING = ("runtime/vm/", "runtime/judge/", "runtime/image/verify")
LINES_MIN = 95.0
BRANCHES_MIN = 90.0


class Tally:
    def __init__(self):
        self.lines = self.lines_run = self.branches = self.branches_run = 0

    def add(self, line):
        self.lines += 1
        self.lines_run += line["count"] > 0
        branches = [branch for branch in line["branches"] if not branch.get("throw")]
        self.branches += len(branches)
        self.branches_run += sum(branch["count"] > 0 for branch in branches)

    def lines_share(self):
        return 100 * self.lines_run / self.lines if self.lines else 100.0

    def branches_share(self):
        return 100 * self.branches_run / self.branches if self.branches else 100.0

    def row(self, name):
        return (f"  {name:<20}{self.lines_run:>7} of {self.lines:<7}{self.lines_share():6.1f} %"
                f"{self.branches_run:>8} of {self.branches:<7}{self.branches_share():6.1f} %")


def merged(lines):
    """A line of an inline function stands once for each file that has it."""
    found = {}
    for line in lines:
        if line.get("gcovr/noncode"):
            continue
        into = found.setdefault(line["line_number"], dict(line, branches=list(line["branches"])))
        if into["line_number"] == line["line_number"] and into is not line:
            into["count"] = max(into["count"], line["count"])
    return [found[number] for number in sorted(found)]


def main(path):
    floors, libraries, judging, never = {}, Tally(), Tally(), []
    for entry in json.loads(pathlib.Path(path).read_text("utf-8"))["files"]:
        name = entry["file"]
        if not name.startswith(LIBRARIES) or not name.endswith((".c", ".h")):
            continue
        floor = floors.setdefault("/".join(name.split("/")[:2]), Tally())
        text = (ROOT / name).read_text("utf-8").splitlines()
        for line in merged(entry["lines"]):
            floor.add(line)
            libraries.add(line)
            if name.startswith(JUDGING):
                judging.add(line)
            if line["count"] == 0:
                never.append((name, line["line_number"], text[line["line_number"] - 1].rstrip()))
    print(f"  {'floor':<20}{'lines run':>16}{'':>10}{'branches taken':>18}")
    for name in sorted(floors):
        print(floors[name].row(name))
    print(libraries.row("the libraries"))
    print(judging.row("vm, verify, judge"))
    before = None
    for name, number, text in never:
        if name != before:
            print(f"\n{name}")
        before = name
        print(f"  {number:>5}  {text}")
    print(f"\nlines of the libraries {libraries.lines_share():.1f} % (at least {LINES_MIN:.0f}); "
          f"branches of vm, verify and judge {judging.branches_share():.1f} % (at least {BRANCHES_MIN:.0f})")
    if libraries.lines_share() < LINES_MIN or judging.branches_share() < BRANCHES_MIN:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
