#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pages_test.py — the examples of `guiju explain` are tests.

compiler/pages/CODE.txt has a wrong and a right example in both languages: the wrong one must give
that code and no other, the right one nothing at all. Where no text can be an example the page says
why instead. Every row of diag.def has a page, and no page is of another code.

cli/pages/CODE.txt is of a kind of finding: a source, and two logs. Of the wrong log every finding
must have that code, of the right one none may; `future` is one as the log is told.
"""
import functools
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from builds import GUIJU, QUICK, ROOT

DIAGNOSTICS, FINDINGS = ROOT / "compiler/pages", ROOT / "cli/pages"


def sections(path):
    """{"wrong en": text, …} of a page."""
    pieces = re.split(r"^== (.*)\n", path.read_text("utf-8"), flags=re.M)
    assert pieces[0] == "", f"{path.name}: something stands before the first =="
    return dict(zip(pieces[1::2], pieces[2::2]))


def files(text):
    """{"main.gj": text, …}: what stands behind a line `-- NAME` is another file."""
    pieces = re.split(r"^-- (.*)\n", text, flags=re.M)
    return {"main.gj": pieces[0], **dict(zip(pieces[1::2], pieces[2::2]))}


def run(folder, *arguments, command=GUIJU):
    return subprocess.run([command, *arguments], cwd=folder, capture_output=True, check=False,
                          env={**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib")})


def codes_of(texts):
    """What `check` says of each example, all in one run: [(codes, the whole for a reader), …]."""
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        for number, text in enumerate(texts):
            place = pathlib.Path(folder) / str(number)
            place.mkdir()
            for name, words in files(text).items():
                (place / name).write_text(words, "utf-8")
        mains = [f"{number}/main.gj" for number in range(len(texts))]
        out = run(folder, "check", *mains, "--format", "jsonl", "--lang", "en").stdout.decode()
    found = [json.loads(line) for line in out.splitlines()]
    for number in range(len(texts)):
        mine = [one for one in found if one["file"].startswith(f"{number}/")]
        yield ([one["code"] for one in mine],
               "\n".join(f"{one['line']}: {one['code']} {one['message']}" for one in mine))


# What a page's native is from: a library that is built for the tests.
NATIVES = pathlib.Path(os.environ.get("GUIJU_BUILD", pathlib.Path(GUIJU).parent)) / "examples/misbehaving/natives.json"


def findings_of(source, log, *arguments, command=GUIJU):
    if re.search(r"^(native|外接) ", source, re.M):
        arguments, command = (*arguments, "--natives", str(NATIVES)), GUIJU  # which it was built beside
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        (pathlib.Path(folder) / "main.gj").write_text(source, "utf-8")
        (pathlib.Path(folder) / "log.csv").write_text(log, "utf-8")
        done = run(folder, "replay", "main.gj", "--events", "log.csv", "--format", "jsonl", "--lang", "en", *arguments,
                   command=command)
    if b"(seccomp)" in done.stderr:
        raise unittest.SkipTest("natives cannot be fenced in here")
    told = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [one.get("finding", one)["code"] for one in told], done.stderr.decode()


class Diagnostics(unittest.TestCase):
    def test_every_code_has_a_page(self):
        rows = re.findall(r"^GJC_DIAG\((\w+),", (ROOT / "compiler/syntax/diag.def").read_text("utf-8"), re.M)
        pages = [path.stem for path in DIAGNOSTICS.glob("*.txt")]
        self.assertEqual(sorted(rows), sorted(pages), "a code without compiler/pages/CODE.txt, or a page without a code")

    def test_examples(self):
        examples = []
        for path in sorted(DIAGNOSTICS.glob("*.txt")):
            page = sections(path)
            if "none en" in page:
                self.assertEqual(list(page), ["none en", "none zh"])
                continue
            self.assertEqual(list(page), ["wrong en", "right en", "wrong zh", "right zh"], path.name)
            examples += [(path.stem, name, text) for name, text in page.items()]
        told = codes_of([text for _, _, text in examples])
        for (code, name, text), (codes, words) in zip(examples, told, strict=True):
            with self.subTest(page=code, example=name):
                self.assertLessEqual(text.count("\n"), 20, "too long to take in")
                self.assertEqual(set(codes), {code} if name.startswith("wrong") else set(), words)


class Findings(unittest.TestCase):
    def test_every_kind_has_a_page(self):
        names = re.findall(r"^GJ_CODE\(\w+,\s*\"([a-z-]+)\"", (ROOT / "runtime/include/guiju/codes.def").read_text("utf-8"), re.M)
        self.assertEqual(sorted(names), sorted(path.stem for path in FINDINGS.glob("*.txt")))

    def test_examples(self):
        pages = {path: sections(path) for path in sorted(FINDINGS.glob("*.txt"))}
        sources = [page[f"source {lang}"] for page in pages.values() for lang in ("en", "zh")]
        self.assertEqual([words for codes, words in codes_of(sources) if codes], [])
        for path, page in pages.items():
            how = ["--as-told"] if path.stem == "future" else []  # the others need no clock
            for lang, command in (("en", GUIJU), ("zh", QUICK)):
                with self.subTest(page=path.stem, lang=lang):
                    source = page[f"source {lang}"]
                    found, told = findings_of(source, page[f"wrong {lang}"], *how, command=command)
                    self.assertEqual((set(found), told), ({path.stem}, ""))
                    found, told = findings_of(source, page[f"right {lang}"], *how, command=command)
                    self.assertEqual((found, told), ([], ""))


@functools.cache
def explained(code, lang):
    return run(ROOT, "explain", code, "--lang", lang, command=QUICK).stdout.decode()


class Printed(unittest.TestCase):
    def test_as_they_are(self):
        """What is printed holds the example, line by line, whatever the width."""
        for path in [*DIAGNOSTICS.glob("*.txt"), *FINDINGS.glob("*.txt")]:
            for name, text in sections(path).items():
                lang = name.split()[1]
                told = explained(path.stem, lang)
                if name.startswith("none"):
                    told, text = told.replace("\n", ""), text.replace(" ", "").strip()
                    told = told.replace(" ", "")
                for line in text.splitlines():
                    self.assertIn(line.removeprefix("-- "), told, f"{path.stem} {name}")


if __name__ == "__main__":
    unittest.main()
