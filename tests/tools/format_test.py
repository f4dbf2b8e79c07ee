#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""format_test.py — what must hold of `guiju fmt` over every source there is.

A copy of the goldens, the surface files, the examples and the standard library is formatted in place,
as a whole, in each way there is. Writing twice is writing once; the way through English gives the
Chinese text; no tree changes but for positions and the names of cited laws; files with mistakes stay
as they are.
"""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = os.environ.get("GUIJU", str(ROOT / "build/dev/guiju"))
PLACES = ("tests/golden", "tests/data", "examples", "stdlib")
FILES_LEAST = 100  # fewer were formatted: the test has lost its subject


def guiju(*arguments, folder):
    done = subprocess.run([GUIJU, *arguments], cwd=folder, capture_output=True, check=False,
                          env=dict(os.environ, LC_ALL="C.UTF-8"))
    if done.returncode not in (0, 1, 3):
        raise AssertionError(f"{arguments[:3]} ended with {done.returncode}\n"
                             f"{done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout.decode("utf-8", "surrogateescape")


def sources(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.gj"))


def texts(folder):
    return {name: (folder / name).read_bytes() for name in sources(folder)}


def tree(folder, name):
    """The tree without its positions; a law is one by whichever name it is cited."""
    text = guiju("dump", "--ast", name, folder=folder)
    text = re.sub(r"^( *)law-(path|title) .*$", r"\1law", text, flags=re.M)
    return re.sub(r" \d+:\d+-\d+:\d+$", "", text, flags=re.M)


class Formatting(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="guiju-")
        cls.folder = pathlib.Path(cls.place.name)
        for place in PLACES:
            for path in (ROOT / place).rglob("*.gj"):
                target = cls.folder / "as_is" / path.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        cls.made = {"as_is": texts(cls.folder / "as_is")}
        cls.make("kept", "as_is")
        cls.make("en", "as_is", "--keywords", "en")
        cls.make("zh", "as_is", "--keywords", "zh")
        cls.make("en_zh", "en", "--keywords", "zh")

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    @classmethod
    def make(cls, name, of, *options):
        shutil.copytree(cls.folder / of, cls.folder / name)
        guiju("fmt", *options, *sources(cls.folder / of), folder=cls.folder / name)
        cls.made[name] = texts(cls.folder / name)

    def same(self, one, other):
        for name, text in self.made[one].items():
            with self.subTest(name):
                self.assertEqual(text.decode("utf-8", "surrogateescape"),
                                 self.made[other][name].decode("utf-8", "surrogateescape"))

    def test_twice_is_once(self):
        for name, options in (("kept", ()), ("en", ("--keywords", "en")), ("zh", ("--keywords", "zh"))):
            folder = self.folder / name
            self.assertEqual(guiju("fmt", "--check", *options, *sources(folder), folder=folder), "")

    def test_through_the_other_language(self):
        self.same("zh", "en_zh")

    def test_trees_stay(self):
        changed = 0
        for name, text in self.made["as_is"].items():
            if text == self.made["en"][name] and text == self.made["zh"][name]:
                continue
            changed += 1
            before = tree(self.folder / "as_is", name)
            for made in ("en", "zh"):
                with self.subTest(f"{name} {made}"):
                    self.assertEqual(before, tree(self.folder / made, name))
        self.assertGreaterEqual(changed, FILES_LEAST)


if __name__ == "__main__":
    unittest.main()
