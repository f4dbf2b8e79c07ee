#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""coverage_test.py — every row of the tables has a text that shows it.

The tables are the only lists of what there is; the goldens show what the command makes of it. This
names every row that none of them shows:

  diag.def         a diagnostic is expected by a golden (`# error E0204`), printed in a transcript,
                   or provoked by a source of large_sources_test.py
  unsupported.def  a refusal has golden/refused/NAME.gj, which says it of an English line and of a
                   Chinese one; and a golden there whose row is gone has to go too
  ast.def          a kind of node stands in sources without a mistake, goldens or examples, written in
                   English and in Chinese. What so far stands only inside something refused is
                   looked for in the refused goldens and in data/surface as well
  claims.def       a claim is broken by a case of verify_test.c or calendar_test.c

A row that was made up must be named as well, so that a reader who finds nothing at all fails.
"""
import collections
import concurrent.futures
import importlib.util
import json
import pathlib
import re
import subprocess
import unittest

from builds import QUICK, ROOT

TESTS = ROOT / "tests"
EXPECTED = re.compile(r"(?:error|warning)\s+([EW]\d{4})")
PRINTED = re.compile(r"(?:error|warning|错误|警告)\[([EW]\d{4})\]")
HAN = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES = ("English", "Chinese")
# While the grammar gathers a list; and what stands for a mistake.
NEVER_IN_A_GOOD_TREE = {"GROUP", "BROKEN"}
# Kinds of which each use is refused, by a row that is a case and not a kind.
REFUSED_BY_A_CASE = {}


def text_of(path):
    return path.read_text("utf-8", errors="surrogateescape")


def rows(path, macro):
    """The arguments of each row, as one text; comments left out, literals joined."""
    text = re.sub(r"/\*.*?\*/", "", text_of(ROOT / path), flags=re.S)
    return [re.sub(r'"\s*\n\s*"', "", row) for row in re.findall(rf"^{macro}\((.*?)\)\s*$", text,
                                                                 re.S | re.M)]


def first_words(path, macro):
    return [row.split(",")[0].strip() for row in rows(path, macro)]


def guiju(*arguments):
    done = subprocess.run([QUICK, *map(str, arguments)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60, check=False)
    return done.stdout.decode("utf-8", "surrogateescape")


# ---- diagnostics ----------------------------------------------------------------------------


def large_sources():
    spec = importlib.util.spec_from_file_location("large_sources",
                                                  TESTS / "tools" / "large_sources_test.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return set(module.SOURCES)


def diagnostics_shown():
    shown = large_sources()
    for path in (TESTS / "golden").rglob("*.gj"):
        shown.update(EXPECTED.findall(" ".join(re.findall(r"(?:#|//)(.*)", text_of(path)))))
    for path in (TESTS / "golden").rglob("*.transcript"):
        shown.update(PRINTED.findall(text_of(path)))
    return shown


def diagnostics_missing(codes, shown):
    return [f"{code} is expected by no golden" for code in codes if code not in shown]


# ---- refusals -------------------------------------------------------------------------------


def refusals():
    """Name: what it is called in English and in Chinese."""
    found = {}
    for macro in ("GJC_UNSUPPORTED_KIND", "GJC_UNSUPPORTED_CASE"):
        for row in rows("compiler/sema/unsupported.def", macro):
            name, words = row.split(",", 1)
            if '"' in words:
                found[name.strip()] = tuple(re.findall(r'"([^"]*)"', words))
    return found


def refusal_wrong(name, words):
    """What is wrong with the row's golden, or None."""
    path = TESTS / "golden" / "refused" / f"{name.lower()}.gj"
    if not path.exists():
        return f"{name} of unsupported.def has no golden/refused/{path.name}"
    lines = text_of(path).split("\n")
    for language, called in zip(("en", "zh"), words):
        said = guiju("check", "--format", "jsonl", "--lang", language, path)
        at = {int(one["line"]) for one in map(json.loads, said.splitlines())
              if one.get("code") == "E0901" and one["message"].startswith(called)}
        code = [re.sub(r"#.*|“[^”]*”|\"[^\"]*\"", "", lines[line - 1]) for line in at]
        if all(HAN.search(line) for line in code):
            return f"golden/refused/{path.name}: {called} is refused in no English line"
        if not any(HAN.search(line) for line in code):
            return f"golden/refused/{path.name}: {called} is refused in no Chinese line"
    return None


def refusals_left_over(known):
    return [f"golden/refused/{path.name} has no row in unsupported.def: remove it"
            for path in sorted((TESTS / "golden" / "refused").glob("*.gj"))
            if path.stem.upper() not in known]


# ---- kinds of nodes -------------------------------------------------------------------------


def kinds():
    """Printed name: kind. Two kinds may be printed alike."""
    found = collections.defaultdict(list)
    for row in rows("compiler/syntax/ast.def", "GJC_NODE"):
        kind, printed, _ = (part.strip() for part in row.split(","))
        found[printed.strip('"')].append(kind)
    return found


def line_languages(source):
    """For each line, the languages of its keywords."""
    found = collections.defaultdict(set)
    for token in guiju("dump", "--tokens", source).splitlines():
        match = re.match(r"(\d+):\d+ [A-Z][A-Z_]* (\S+)", token)
        if match and re.search(r"[A-Za-z\u4e00-\u9fff]", match.group(2)):
            found[int(match.group(1))].add("Chinese" if HAN.search(match.group(2)) else "English")
    return found


def nodes(source, refused):
    """(printed name, language, whether it stands in something refused) of each node whose language
    is certain: its line's keywords are of one language, or it has none and its parent's is."""
    languages = line_languages(source)
    above = []
    for line in guiju("dump", "--ast", source).splitlines():
        match = re.match(r'( *)([a-z-]+)\b.* (\d+):\d+-\d+:\d+$', line)
        if not match:
            continue
        depth, printed, at = len(match.group(1)) // 2, match.group(2), int(match.group(3))
        del above[depth:]
        parent = above[-1] if above else (None, False)
        own = languages.get(at, set())
        language = next(iter(own)) if len(own) == 1 else None if own else parent[0]
        yield printed, language, parent[1]
        above.append((language, parent[1] or printed in refused))


def is_good(path):
    return not EXPECTED.search(" ".join(re.findall(r"(?:#|//)(.*)", text_of(path))))


class Kinds:
    """Where each printed kind of node was seen."""

    def __init__(self, refused):
        self.taken = set()  # kinds that stand outside of what is refused, anywhere
        self.shown = set()  # (kind, language) so, in a source without a mistake
        self.seen = set()   # (kind, language) anywhere
        golden = sorted((TESTS / "golden").rglob("*.gj")) + sorted((ROOT / "examples").rglob("*.gj"))
        golden += sorted((ROOT / "stdlib").rglob("*.gj"))
        surface = sorted((TESTS / "data" / "surface").glob("*.gj"))
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            for path, found in zip(golden + surface, pool.map(
                    lambda path: list(nodes(path, refused)), golden + surface)):
                self.add(found, path not in surface and is_good(path))

    def add(self, found, counts):
        for printed, language, inside in found:
            self.seen.add((printed, language))
            if not inside:
                self.taken.add(printed)
                if counts:
                    self.shown.add((printed, language))

    def missing(self, known, refused):
        for printed, same in known.items():
            if set(same) & NEVER_IN_A_GOOD_TREE:
                continue
            good = printed in self.taken and printed not in refused
            for language in LANGUAGES:
                if (printed, language) not in (self.shown if good else self.seen):
                    where = "golden or example without a mistake" if good else "source"
                    yield f"{same[0]} of ast.def stands in no {where} in {language}"


# ---- claims ---------------------------------------------------------------------------------


def claims():
    for row in rows("runtime/image/claims.def", "CLAIM"):
        yield "verify_test.c", row.split(",")[1].strip()
    for name in first_words("runtime/time/claims.def", "GJR_CALENDAR_CLAIM"):
        yield "calendar_test.c", "CALENDAR_" + name


def claims_missing(known):
    for file, name in known:
        text = text_of(TESTS / "unit" / file)
        if not re.search(rf"\bGJR_CLAIM_{name}\b|\bB\({name},", text):
            yield f"claim {name} is broken by no case of {file}"


# ---- the tests ------------------------------------------------------------------------------


class Coverage(unittest.TestCase):
    def check(self, missing):
        missing = list(missing)
        if missing:
            self.fail("\n" + "\n".join(missing))

    def test_diagnostics(self):
        codes, shown = first_words("compiler/syntax/diag.def", "GJC_DIAG"), diagnostics_shown()
        self.assertGreater(len(codes), 80)
        self.check(diagnostics_missing(codes, shown))
        self.assertEqual(len(diagnostics_missing([*codes, "E0999"], shown)), 1)
        self.check(f"{code} is expected by a golden and has no row"
                   for code in sorted(shown - set(codes)))

    def test_refusals(self):
        known = refusals()
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            self.check(filter(None, pool.map(refusal_wrong, known, known.values())))
        self.check(refusals_left_over(known))

    def test_a_refusal_that_is_not_shown(self):
        known = refusals()
        self.assertIn("no golden", refusal_wrong("NEVER_THOUGHT_OF", ("a", "甲")))
        for name in list(known)[:1]:
            self.assertIn("no English line", refusal_wrong(name, ("something else", "其他")))
            self.assertEqual(len(refusals_left_over(set(known) - {name})), 1)

    def test_kinds_of_nodes(self):
        known = kinds()
        names = {REFUSED_BY_A_CASE.get(name, name) for name in refusals()}
        refused = {printed for printed, same in known.items() if set(same) & names}
        found = Kinds(refused)
        self.assertGreater(len(found.seen), 100)
        self.check(found.missing(known, refused))
        made_up = list(found.missing({"never-thought-of": ["NEVER"]}, refused))
        self.assertEqual(len(made_up), len(LANGUAGES))

    def test_claims(self):
        known = list(claims())
        self.assertGreater(len(known), 60)
        self.check(claims_missing(known))
        self.assertEqual(len(list(claims_missing([*known, ("verify_test.c", "NEVER")]))), 1)


if __name__ == "__main__":
    unittest.main()
