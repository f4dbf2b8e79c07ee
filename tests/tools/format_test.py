#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""format_test.py — what must hold of `guiju fmt` over every source there is.

A copy of the goldens, the surface files, the examples and the standard library is formatted in place,
as a whole, in each way there is. Writing twice is writing once; the way through English gives the
Chinese text; no tree changes but for positions and the names of cited laws; no image changes, byte by
byte, but for its positions and the texts that quote a condition; files with mistakes stay as they are.
Trees and images are those of a fifth of the sources, with GUIJU_PROVE=1 of all.
"""
import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import unittest

from builds import GUIJU, QUICK, ROOT, some_of

PLACES = ("tests/golden", "tests/data", "examples", "stdlib")
FILES_LEAST = 30  # fewer were formatted: the test has lost its subject
IMAGES_LEAST = 12  # fewer have an image, likewise
# docs/BYTECODE.md
STRINGS, EXPRESSIONS, POSITIONS, DECISION_ROWS = 1, 24, 28, 57
# Of a table that quotes the source: how many words a row has, and which of them are strings.
QUOTING = {EXPRESSIONS: (14, (12,)), DECISION_ROWS: (5, (0, 1))}


def guiju(*arguments, folder, command=GUIJU):
    done = subprocess.run([command, *arguments], cwd=folder, capture_output=True, check=False,
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
    """The tree without its positions; a law is one by whichever name it is cited. The quick command
    reads it, as the goldens have it read by the one under test."""
    text = guiju("dump", "--ast", name, folder=folder, command=QUICK)
    text = re.sub(r"^( *)law-(path|title) .*$", r"\1law", text, flags=re.M)
    return re.sub(r" \d+:\d+-\d+:\d+$", "", text, flags=re.M)


def units(path):
    """Of each procedure of an image {number: bytes} of its sections (docs/BYTECODE.md)."""
    image = path.read_bytes()
    count, = struct.unpack_from("<I", image, 12)
    for unit in range(count):
        sections, _, begin, _ = struct.unpack_from("<IIQQ", image, 56 + 56 * unit)
        rows = (struct.unpack_from("<IIQQ", image, begin + 56 * i) for i in range(sections))
        yield {kind: image[begin + at:begin + at + size] for kind, _, at, size in rows}


def strings(section):
    count, = struct.unpack_from("<I", section)
    ends = struct.unpack_from(f"<{count + 1}I", section, 4)
    data = section[8 + 4 * count:]
    return [data[a:b] for a, b in zip(ends, ends[1:])]


def quoted_in(sections):
    """The strings that quote the source: an expression's text, the cells and the value of a table's row."""
    for kind, (row_words, columns) in QUOTING.items():
        section = sections.get(kind, b"")
        words = struct.unpack(f"<{len(section) // 4}I", section)
        for column in columns:
            yield from words[column::row_words]


def image(folder, name):
    """The sections of each procedure, without positions and quoted conditions; None where the source
    has mistakes or no procedure."""
    path = folder / "made.gji"
    path.unlink(missing_ok=True)
    guiju("build", name, "-o", path.name, folder=folder, command=QUICK)
    if not path.exists() or not path.read_bytes().startswith(b"GUIJUIMG"):
        return None
    made = list(units(path))
    for sections in made:
        quoted = set(quoted_in(sections))
        del sections[POSITIONS]
        sections[STRINGS] = [b"" if i in quoted else text
                             for i, text in enumerate(strings(sections[STRINGS]))]
    return made


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
        guiju("fmt", *options, *sources(cls.folder / of), folder=cls.folder / name,
              command=GUIJU if of == "as_is" else QUICK)
        cls.made[name] = texts(cls.folder / name)

    def same(self, one, other):
        for name, text in self.made[one].items():
            with self.subTest(name):
                self.assertEqual(text.decode("utf-8", "surrogateescape"),
                                 self.made[other][name].decode("utf-8", "surrogateescape"))

    def test_twice_is_once(self):
        for name, options in (("kept", ()), ("en", ("--keywords", "en")), ("zh", ("--keywords", "zh"))):
            folder = self.folder / name
            self.assertEqual(guiju("fmt", "--check", *options, *sources(folder), folder=folder,
                                   command=QUICK), "")

    def test_through_the_other_language(self):
        self.same("zh", "en_zh")

    def test_trees_stay(self):
        changed = 0
        for name, text in some_of(self.made["as_is"].items()):
            if text == self.made["en"][name] and text == self.made["zh"][name]:
                continue
            changed += 1
            before = tree(self.folder / "as_is", name)
            for made in ("en", "zh"):
                with self.subTest(f"{name} {made}"):
                    self.assertEqual(before, tree(self.folder / made, name))
        self.assertGreaterEqual(changed, FILES_LEAST)

    def test_images_stay(self):
        compared = 0
        for name, text in some_of(self.made["as_is"].items()):
            others = [made for made in ("en", "zh") if text != self.made[made][name]]
            before = image(self.folder / "as_is", name) if others else None
            if before is None:
                continue
            compared += 1
            for made in others:
                with self.subTest(f"{name} {made}"):
                    self.assertEqual(before, image(self.folder / made, name))
        self.assertGreaterEqual(compared, IMAGES_LEAST)


if __name__ == "__main__":
    unittest.main()
