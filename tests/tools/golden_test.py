#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The golden runner fails where it must: run over small folders with a command that is a stand-in.

The stand-in answers from files: for `check --format jsonl F` it prints F.says, for `dump --ast F` it
prints F.tree, and it exits with F.exit (0 where there is none).
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = pathlib.Path(__file__).with_name("golden.py")
STAND_IN = """#!/bin/sh
for last; do :; done
case "$1 $*" in
*jsonl*) cat "$last.says" 2>/dev/null ;;
*--ast*) cat "$last.tree" 2>/dev/null ;;
hello*) echo "hello $2" ;;
esac
exit "$(cat "$last.exit" 2>/dev/null || echo 0)"
"""
E7 = '{"code":"E0204","file":"a.gj","line":2,"column":1}\n'


class Golden(unittest.TestCase):
    def run_over(self, files, *arguments):
        """The runner's output and status over files laid out in a folder called golden."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / "golden"
            folder.mkdir()
            command = pathlib.Path(name) / "guiju"
            command.write_text(STAND_IN)
            command.chmod(0o755)
            for file, text in files.items():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_text(text, encoding="utf-8")
            done = subprocess.run(
                [sys.executable, str(RUNNER), "--guiju", str(command), *arguments, str(folder)],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
            self.after = {file: (folder / file).read_text(encoding="utf-8") for file in files}
            return done.stdout.decode(), done.returncode

    def passes(self, files):
        text, status = self.run_over(files)
        self.assertEqual(status, 0, text)
        self.assertIn("1 passed, 0 failed", text)

    def fails(self, word, files):
        text, status = self.run_over(files)
        self.assertEqual(status, 1, text)
        self.assertIn(word, text)
        self.assertIn("0 passed, 1 failed", text)

    def test_expected_error_at_its_line(self):
        self.passes({"a.gj": "# claim\nx # error E0204\n", "a.gj.says": E7, "a.gj.exit": "3"})

    def test_expectation_placed_from_elsewhere(self):
        self.passes({"a.gj": "# claim\n\n# at 2: error E0204\n", "a.gj.says": E7, "a.gj.exit": "3"})

    def test_error_that_nobody_expected(self):
        self.fails("+a.gj:2 E0204", {"a.gj": "# claim\nx\n", "a.gj.says": E7, "a.gj.exit": "3"})

    def test_expected_error_that_does_not_come(self):
        self.fails("-a.gj:2 E0204", {"a.gj": "# claim\nx # error E0204\n"})

    def test_error_at_the_wrong_line(self):
        self.fails("-a.gj:3 E0204",
                   {"a.gj": "# claim\n\nx # error E0204\n", "a.gj.says": E7, "a.gj.exit": "3"})

    def test_error_twice_where_once_was_expected(self):
        self.fails("+a.gj:2 E0204",
                   {"a.gj": "# claim\nx # error E0204\n", "a.gj.says": E7 * 2, "a.gj.exit": "3"})

    def test_exit_status_belies_the_errors(self):
        self.fails("ended with 0", {"a.gj": "# claim\nx # error E0204\n", "a.gj.says": E7})

    def test_claim_is_missing(self):
        self.fails("says what is claimed", {"a.gj": "procedure p {}\n"})

    def test_command_dies(self):
        self.fails("died with status 99", {"a.gj": "# claim\n", "a.gj.exit": "99"})

    def test_snapshot_holds(self):
        self.passes({"a.gj": "# claim\n", "a.ast": "tree\n", "a.gj.tree": "tree\n"})

    def test_snapshot_differs(self):
        self.fails("+bush", {"a.gj": "# claim\n", "a.ast": "tree\n", "a.gj.tree": "bush\n"})

    def test_bless_rewrites(self):
        self.run_over({"a.gj": "# claim\n", "a.ast": "tree\n", "a.gj.tree": "bush\n"}, "--bless")
        self.assertEqual(self.after["a.ast"], "bush\n")

    def test_modules_are_no_cases(self):
        self.passes({"c/main.gj": "# claim\n", "c/part.gj": "no claim\n", "modules/m.gj": "none\n"})

    def test_transcript_holds(self):
        self.passes({"t.transcript": "# claim\n\n$ guiju hello you\nhello you\n\n"
                                     "$ guiju bad gone; exit 3\n[exit 3]\n"})

    def test_transcript_differs(self):
        self.fails("+hello you", {"t.transcript": "# claim\n\n$ guiju hello you\nhello me\n"})

    def test_transcript_exit_differs(self):
        self.fails("+[exit 5]", {"t.transcript": "# claim\n\n$ guiju hello you; exit 5\nhello you\n"})


if __name__ == "__main__":
    unittest.main()
