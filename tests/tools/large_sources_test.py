#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""large_sources_test.py — the diagnostics of what is too large, provoked by sources made here.

A golden of eight megabytes is nobody's reading, so each of these sources is generated, in both
languages where its words matter, and must be given exactly its code and nothing else. SOURCES
is read by coverage_test.py too: a code that stands here needs no golden.
"""
import itertools
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
SECONDS_MAX = 280
REFUSED = 3

WORDS = ({"procedure": "procedure", "stage": "stage", "initial": "initial", "final": "final"},
         {"procedure": "流程", "stage": "环节", "initial": "起始", "final": "终结"})


def on(language, action, stage):
    return f"on {action} -> {stage}" if language == 0 else f"办理 {action}，转 {stage}"


def procedure(language, stages):
    """A procedure of the stages, a list of (action, stage to go to) each; the last one is final."""
    words = WORDS[language]
    lines = [f"{words['procedure']} p {{"]
    for index, ways in enumerate(stages):
        head = f"  {words['stage']} s{index}"
        if index == len(stages) - 1:
            lines.append(f"{head} {words['final']}")
            continue
        lines.append(f"{head} {words['initial'] if index == 0 else ''} {{")
        lines += [f"    {on(language, action, stage)}" for action, stage in ways]
        lines.append("  }")
    return "\n".join([*lines, "}", ""])


def file_too_large(folder, language):
    (folder / "a.gj").write_text("# " + "规矩 " * (8 * 1024 * 1024 // 7 + 1), "utf-8")
    return ["a.gj"]


def modules_too_many(folder, language):
    use = ("use", "引用")[language]
    lines = []
    for index in range(256):
        (folder / f"m{index}.gj").write_text("", "utf-8")
        lines.append(f"{use} m{index}\n")
    (folder / "a.gj").write_text("".join(lines), "utf-8")
    return ["a.gj"]


def stages_too_many(folder, language):
    chain = [[(f"go{index}", f"s{index + 1}")] for index in range(4097)]
    (folder / "a.gj").write_text(procedure(language, [*chain, []]), "utf-8")
    return ["a.gj"]


def ways_back_too_many(folder, language):
    """Sixteen times in turn the only way on is back, to either of two stages: 2^16 sets of returns.

    Stages 2k and 2k + 1 are such a pair, in one chain with the others; each leads aside to 33 + k,
    from where ways lead back to the pair before alone, and from 33 to the end."""
    pairs = 16
    aside, start, end = 2 * pairs + 1, 2 * pairs, 3 * pairs + 1
    stages = [[(f"go{index}", f"s{index + 1}"), (f"aside{index}", f"s{aside + index // 2}")]
              for index in range(2 * pairs)]
    back = [[(f"back{index}_{to}", f"s{2 * index + to}") for to in (0, 1)] for index in range(pairs)]
    stages.append(back[-1])
    assert len(stages) == start + 1
    stages += [[("finish", f"s{end}")], *back[:-1], []]
    (folder / "a.gj").write_text(procedure(language, stages), "utf-8")
    return ["a.gj"]


def chain_too_long(folder, language):
    chain = [[(f"go{index}", f"s{index + 1}")] for index in range(480)]
    (folder / "a.gj").write_text(procedure(language, [*chain, []]), "utf-8")
    return ["a.gj"]


def rows_too_many(folder, language):
    head, other = (("table t(n: number) -> number {", "else -> 2"),
                   ("决策表 表（甲：数值）→ 数值 {", "否则 → 2"))[language]
    rows = [f"  {number} -> 1" for number in range(201)]
    (folder / "a.gj").write_text("\n".join([head, *rows, f"  {other}", "}", ""]), "utf-8")
    return ["a.gj"]


def rows_hang_together(folder, language):
    """Eight columns of seven choices, a row for each two columns and each choice of both: no row is
    missing, since two of eight must choose alike, but to see that all ways to choose are tried."""
    columns, choices = range(8), range(7)
    words = (("type c = one of", "table t", "c", ") -> number first {", "else -> 2"),
             ("类型 选 = 取值", "决策表 表", "选", ") → 数值 首个 {", "否则 → 2"))[language]
    lines = [f"{words[0]} {{ {', '.join(f'h{one}' for one in choices)} }}",
             f"{words[1]}({', '.join(f'c{one}: {words[2]}' for one in columns)}{words[3]}"]
    for pair in itertools.combinations(columns, 2):
        for choice in choices:
            cells = (f"h{choice}" if one in pair else "_" for one in columns)
            lines.append(f"  {', '.join(cells)} -> 1")
    (folder / "a.gj").write_text("\n".join([*lines, f"  {words[4]}", "}", ""]), "utf-8")
    return ["a.gj"]


def includes_too_deep(folder, language):
    """A chain of 66 templates, each of which includes the one before it."""
    template, include, body = (("template t{}() {{ {} }}", "include t{}()", "post applicant { may go }"),
                               ("范本 t{}（）{{ {} }}", "套用 t{}（）", "岗位 申请人 { 可以 go }"))[language]
    lines = [template.format(index, include.format(index - 1) if index > 0 else body)
             for index in range(66)]
    head, tail = procedure(language, [[("go", "s1")], []]).rsplit("}", 1)
    text = "\n".join([*lines, head + "  " + include.format(65), "}" + tail])
    (folder / "a.gj").write_text(text, "utf-8")
    return ["a.gj"]


SOURCES = {
    "E0102": file_too_large,
    "E0309": modules_too_many,
    "E0315": includes_too_deep,
    "E0446": rows_too_many,
    "E0509": stages_too_many,
    "E0510": ways_back_too_many,
    "E0511": chain_too_long,
    "W0403": rows_hang_together,
}


class LargeSources(unittest.TestCase):
    def check(self, code, language):
        with tempfile.TemporaryDirectory(prefix="guiju-") as name:
            files = SOURCES[code](pathlib.Path(name), language)
            done = subprocess.run([GUIJU, "check", "--format", "jsonl", *files], cwd=name,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  timeout=SECONDS_MAX, check=False)
        found = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
        self.assertEqual([one["code"] for one in found if "code" in one], [code],
                         done.stderr.decode("utf-8", "replace")[-2000:])
        self.assertEqual(done.returncode, 0 if code.startswith("W") else REFUSED)

    def test_each_in_both_languages(self):
        for code in SOURCES:
            for language in (0, 1):
                with self.subTest(code=code, language=("en", "zh")[language]):
                    self.check(code, language)

    def test_one_less_is_taken(self):
        """The bounds are where they are said to be: 255 modules beside the first are no error."""
        with tempfile.TemporaryDirectory(prefix="guiju-") as name:
            folder = pathlib.Path(name)
            modules_too_many(folder, 0)
            lines = (folder / "a.gj").read_text("utf-8").splitlines(keepends=True)
            (folder / "a.gj").write_text("".join(lines[:-1]), "utf-8")
            done = subprocess.run([GUIJU, "check", "a.gj"], cwd=name, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=SECONDS_MAX, check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode("utf-8", "replace"))


if __name__ == "__main__":
    unittest.main()
