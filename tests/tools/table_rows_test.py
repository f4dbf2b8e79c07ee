#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""table_rows_test.py — a finding names the rows of decision tables that decide by the documents alone.

Random tables, `first` and `collect`, with `else` and without, over numbers, truths and choices, are asked by rules that no
case keeps, directly, through a function and in the `else` of one another; the arguments may be missing. Which rows decide is
worked out here from the cells: of `first` the first row that holds, where it is known of those before it that they do not;
of `collect` all that hold, where it is known of every row; `else` where none does.
"""
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
SOURCES = 200 if "GUIJU_PROVE" in os.environ else 15
CASES = 40
CHOICES = ["red", "green", "blue"]
HEAD = """type colour = one of { red, green, blue }
"""
PROCEDURE = """procedure p {
  data {
    n : number optional
    b : bool optional
    c : colour optional
  }
  stage a initial {
    on go
    on stop -> z
  }
  stage z final
"""


def cell_make(chance, column):
    """Its text, and whether a known value fits."""
    if chance.random() < 0.3:
        return "_", None
    if column == "n":
        low = chance.randint(0, 6)
        return chance.choice([
            (f"< {low}", lambda v: v < low), (f">= {low}", lambda v: v >= low), (str(low), lambda v: v == low),
            (f"{low}..{low + 2}", lambda v: low <= v <= low + 2), (f"not {low}", lambda v: v != low),
            (f"in [{low}, {low + 3}]", lambda v: v in (low, low + 3))])
    if column == "b":
        truth = chance.random() < 0.5
        return ("true" if truth else "false"), lambda v: v == truth
    colour = chance.choice(CHOICES)
    return chance.choice([(colour, lambda v: v == colour), (f"not {colour}", lambda v: v != colour)])


def row_holds(row, arguments):
    """True, False, or None where it cannot be known."""
    told = [True if fits is None else None if arguments[column] is None else fits(arguments[column])
            for column, (_, fits) in row["cells"].items()]
    return False if False in told else None if None in told else True


class Table:
    def __init__(self, chance, name, hit, before):
        self.name, self.hit, self.columns = name, hit, ["n", "b", "c"]
        self.rows = [{"cells": {column: cell_make(chance, column) for column in self.columns},
                      "value": str(chance.randint(1, 5))} for _ in range(chance.randint(1, 5))]
        self.has_else = hit == "first" or chance.random() < 0.5
        self.inner = chance.choice(before) if before and chance.random() < 0.6 else None
        self.otherwise = f"{self.inner.name}(n, b, c)" if self.inner else "7"

    def text(self):
        rows = [f"  {', '.join(text for text, _ in row['cells'].values())} -> {row['value']}" for row in self.rows]
        rows += [f"  else -> {self.otherwise}"] if self.has_else else []
        lines = "\n".join(rows)
        return f"table {self.name}(n: number, b: bool, c: colour) -> number {self.hit} {{\n{lines}\n}}\n"

    def decide(self, arguments):
        """The (table, row) that decide, and the value; None where the table is unknown."""
        number, value = None, None
        for at, row in enumerate(self.rows):
            holds = row_holds(row, arguments)
            if holds is None:
                return None
            if holds:
                number, value = at + 1, int(row["value"])
                break
        if number is not None:
            return {(self.name, number)}, value
        own = {(self.name, len(self.rows) + 1)}
        if self.inner is None:
            return own, 7
        inner = self.inner.decide(arguments)
        return None if inner is None else (own | inner[0], inner[1])

    def collect(self, arguments):
        told = [row_holds(row, arguments) for row in self.rows]
        if None in told:
            return None
        rows = {(self.name, at + 1) for at, holds in enumerate(told) if holds}
        return rows if rows or not self.has_else else {(self.name, len(self.rows) + 1)}


def source_make(chance):
    tables, collecting = [], []
    for number in range(3):
        tables.append(Table(chance, f"t{number}", "first", tables[:]))
    for number in range(2):
        collecting.append(Table(chance, f"k{number}", "collect", []))
        collecting[-1].inner, collecting[-1].otherwise = None, "7"
    rules, asks = [], {}
    for table in tables:
        for way, call in (("d", f"{table.name}(n, b, c)"), ("f", f"f_{table.name}(b, n, c)")):
            name = f"r_{way}_{table.name}"
            rules.append(f"  rule {name} {{ on go require {call} > 99 }}")
            asks[name] = table.decide
    for table in collecting:
        for way, asked in enumerate([f"count({table.name}(n, b, c)) > 99", f"sum({table.name}(n, b, c)) > 99",
                                     f"99 in {table.name}(n, b, c)", f"distinct({table.name}(n, b, c)) > 99",
                                     f"some(x in {table.name}(n, b, c): x > 99)"]):
            name = f"r_{way}_{table.name}"
            rules.append(f"  rule {name} {{ on go require {asked} }}")
            asks[name] = lambda arguments, of=table: None if of.collect(arguments) is None else (of.collect(arguments), 0)
    functions = "".join(f"function f_{t.name}(b: bool, n: number, c: colour) -> number = {t.name}(n, b, c) * 2\n" for t in tables)
    text = HEAD + "".join(t.text() for t in tables + collecting) + functions + PROCEDURE + "\n".join(rules) + "\n}\n"
    return text, asks


def judged(folder, source, events):
    (folder / "p.gj").write_text(source, encoding="utf-8")
    (folder / "e.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    done = subprocess.run([GUIJU, "replay", "p.gj", "--events", "e.jsonl", "--format", "jsonl"], cwd=folder,
                          capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in (0, 1), done.stderr + source
    return [json.loads(line) for line in done.stdout.splitlines()]


class Rows(unittest.TestCase):
    def test_the_rows_named_are_those_that_decide(self):
        named = several = unknown = 0
        for seed in range(SOURCES):
            chance = random.Random(seed)
            source, asks = source_make(chance)
            events, given = [], {}
            for number in range(CASES):
                arguments = {"n": chance.choice([None, *range(8)]), "b": chance.choice([None, True, False]),
                             "c": chance.choice([None, *CHOICES])}
                given[f"c{number}"] = arguments
                events.append({"id": f"e{number}", "case": f"c{number}", "action": "go", "at": "2024-03-01T09:00:00+08:00",
                               "data": {key: value for key, value in arguments.items() if value is not None}})
            with tempfile.TemporaryDirectory(prefix="guiju-") as name:
                found = judged(pathlib.Path(name), source, events)
            rules = {(f["case"], f["subject"]): f for f in found if f["code"] == "rule"}
            for case, arguments in given.items():
                for rule, ask in asks.items():
                    wanted, finding = ask(arguments), rules.get((case, rule))
                    where = f"seed {seed}, {case} {arguments}, {rule}\n{source}"
                    self.assertEqual(wanted is None, finding is None, where)
                    if wanted is None:
                        unknown += 1
                        continue
                    rows = [(row["table"], row["row"]) for row in finding.get("rows", [])]
                    self.assertEqual(len(rows), len(set(rows)), where)
                    self.assertEqual(set(rows), wanted[0], where)
                    named, several = named + 1, several + (len(rows) > 1)
            for finding in found:
                self.assertTrue(finding["code"] != "missing-data" or "rows" not in finding, finding)
        self.assertGreater(named, SOURCES * CASES)
        self.assertGreater(several, SOURCES)
        self.assertGreater(unknown, SOURCES)


if __name__ == "__main__":
    unittest.main()
