#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""scenarios_test.py — scenarios leave the image as it is, and can fail.

The examples that have scenarios are built with and without them: the images must be the same bytes.
And each of their expectations is falsified in turn (another day, another stage, what is refused
expected without a try's reason): then `guiju test` must fail at that very line.
"""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
SOURCES = [ROOT / "examples/food_licence/food_licence.gj", ROOT / "examples/food_licence/食品经营许可.gj"]
SCENARIO = re.compile(r"^(?:scenario|案例) .*?^}\n", re.M | re.S)
# An expectation, and one that cannot hold beside it.
FALSE = [
    (r"^( *)expect due (\w+) .*$", r"\1expect due \2 2031-01-01"),
    (r"^( *)预期 到期日 (\w+) .*$", r"\1预期 到期日 \2 2031年1月1日"),
    (r"^( *)expect stage \w+$", r"\1expect stage refused"),
    (r"^( *)预期 环节 \w+$", r"\1预期 环节 已不予受理"),
    (r"^( *)expect no deviations$", r"\1expect after-close"),
    (r"^( *)预期 无异常$", r"\1预期 办结后办理"),
    (r"^( *)expect (late|forbidden) .*$", r"\1expect no deviations"),
    (r"^( *)预期 (超时|不符禁止条款) .*$", r"\1预期 无异常"),
    (r"^( *)expect refused$", r"\1expect stage refused"),
    (r"^( *)预期 被拦截$", r"\1预期 环节 已不予受理"),
]


def run(folder, *arguments):
    return subprocess.run([GUIJU, *arguments], cwd=folder, capture_output=True, check=False,
                          env={**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib")})


def image_of(text):
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        (pathlib.Path(folder) / "main.gj").write_text(text, "utf-8")
        done = run(folder, "build", "main.gj", "-o", "main.gji")
        assert done.returncode == 0, done.stderr.decode()
        return (pathlib.Path(folder) / "main.gji").read_bytes()


def failed_lines(text):
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        (pathlib.Path(folder) / "main.gj").write_text(text, "utf-8")
        done = run(folder, "test", "main.gj", "--format", "jsonl", "--lang", "en")
    results = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert results, done.stderr.decode()
    lines = [failure["line"] for result in results for failure in result["failures"]]
    assert done.returncode == (1 if lines else 0)
    return lines


class Scenarios(unittest.TestCase):
    def test_the_image_is_the_same(self):
        for source in SOURCES:
            text = source.read_text("utf-8")
            self.assertGreaterEqual(len(SCENARIO.findall(text)), 3)
            self.assertEqual(image_of(text), image_of(SCENARIO.sub("", text)), source.name)

    def test_each_expectation_can_fail(self):
        for source in SOURCES:
            lines = source.read_text("utf-8").split("\n")
            self.assertEqual(failed_lines("\n".join(lines)), [])
            count = 0
            for number, line in enumerate(lines):
                wrong = next((re.sub(here, to, line) for here, to in FALSE if re.match(here, line)), None)
                if wrong is None:
                    self.assertNotRegex(line, r"^ *(expect|预期) ")
                    continue
                changed = [*lines[:number], wrong, *lines[number + 1:]]
                with self.subTest(source=source.name, line=number + 1):
                    self.assertEqual(failed_lines("\n".join(changed)), [number + 1])
                count += 1
            self.assertGreater(count, 8)


if __name__ == "__main__":
    unittest.main()
