#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""man_test.py [--bless] — the manual pages list what the command has.

cli/commands.def and cli/options.def are the only lists of subcommands and options. Each page holds
two of them between comment lines (`.\\" commands`, `.\\" options`, `.\\" end`); this makes them anew
from the tables and compares, or with --bless writes them. And man's own reader must take each page
without a warning, where one is installed.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

CLI = pathlib.Path(__file__).resolve().parents[2] / "cli"
PAGES = {"guiju.1": 0, "guiju.zh.1": 1}
BLESS = "--bless" in sys.argv


def rows(name, macro):
    """The rows of a table: a list of its strings and words each, comments left out."""
    text = re.sub(r"/\*.*?\*/", "", (CLI / name).read_text("utf-8"), flags=re.S)
    for row in re.findall(rf"^{macro}\((.*?)\)$", text, re.S | re.M):
        yield [cell(value) for value in
               re.findall(r"\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+|'[^']*'|[^,]+)(?:,|$)", row)]


def cell(value):
    pieces = re.findall(r'"((?:[^"\\]|\\.)*)"', value)
    return "".join(pieces).replace('\\"', '"') if pieces else value.strip().strip("'")


def roff(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("…", "\\&...")


def commands(language):
    for _, name, operands, _, *words in rows("commands.def", "CLI_COMMAND"):
        yield f".TP\n.B guiju {name} \\fR{roff(operands)}\n{roff(words[language])}"


def options(language):
    every = {name for _, name, *_ in rows("commands.def", "CLI_COMMAND")}
    for _, long, short, value, on, *words in rows("options.def", "CLI_OPTION"):
        of = [word[3:].lower() for word in on.split(" | ")] if on != "ON_ALL" else []
        assert set(of) <= every
        label = (f"\\-{short}\\fR, \\fB" if short != "0" else "") + f"\\-\\-{long}"
        label += f" \\fI{value}" if value != "NULL" else ""
        where = (" (" if language == 0 else "（") + ", ".join(of) + (")" if language == 0 else "）")
        yield f".TP\n.B {label}\n{roff(words[language])}" + (where if of else "")


def renewed(text, language):
    for kind, made in (("commands", commands(language)), ("options", options(language))):
        text = re.sub(rf'(\.\\" {kind}\n).*?(?=\.\\" end)',
                      lambda found, body="\n".join(made): found.group(1) + body + "\n", text,
                      count=1, flags=re.S)
    return text


class Pages(unittest.TestCase):
    maxDiff = None

    def test_lists(self):
        for name, language in PAGES.items():
            page = CLI / name
            text = page.read_text("utf-8")
            made = renewed(text, language)
            if BLESS:
                page.write_text(made, "utf-8")
            else:
                self.assertEqual(text, made, f"{name}: run {pathlib.Path(__file__).name} --bless")

    @unittest.skipIf(BLESS, "being written")
    def test_every_option_is_there(self):
        """The lists are found in the pages at all, with every row of the tables."""
        for name in PAGES:
            text = (CLI / name).read_text("utf-8")
            for _, long, *_ in rows("options.def", "CLI_OPTION"):
                self.assertIn("\\-\\-" + long, text)
            for _, command, *_ in rows("commands.def", "CLI_COMMAND"):
                self.assertIn("guiju " + command, text)

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_reads(self):
        for name in PAGES:
            done = subprocess.run(["groff", "-K", "utf8", "-man", "-T", "utf8", "-ww", "-z", CLI / name],
                                  capture_output=True, check=False)
            noise = [line for line in done.stderr.decode().splitlines()
                     if "adjust" not in line and "break" not in line]
            self.assertEqual((done.returncode, noise), (0, []))


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--bless"])
