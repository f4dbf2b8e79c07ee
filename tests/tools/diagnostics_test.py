#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""diagnostics_test.py — what programs read of a diagnostic, and what `check --fix` does to a file.

The places in JSON and SARIF are counted anew here, in code points; a fix is applied by them and must
give what `--fix` writes. SARIF is held to the parts of the standard that we print: every key known,
every required one there (jsonschema and the standard's own schema, where SARIF_SCHEMA names it).
"""
import json
import os
import pathlib
import stat
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = os.environ.get("GUIJU", str(ROOT / "build/dev/guiju"))

# A character outside the basic plane before every mistake: code points, not UTF-16 units or bytes.
SOURCE = """party 𠮷人
procedure p "𠮷" {
  stage 甲 "𠮷" initial { 由 𠮷人 去，转乙 }
  stage 甲 { on stay }
  stage 乙 final
}
"""
FIXABLE = """procedure p {
  stage 甲 "𠮷" initial { on go -> 乙 }
  stage 乙 final
  limit l {
    自go起 至 go 止
    within 2 days
    does not roll
    duty applicant
  post applicant {
    cannot go
  }
}
"""
FIXED = """procedure p {
  stage 甲 "𠮷" initial { on go -> 乙 }
  stage 乙 final
  limit l {
    自 go 起 至 go 止
    within 2 days
    does not roll
    duty applicant
  }
  post applicant {
    never go
  }
}
"""

# Each certain fix by itself: the lines of a procedure before and after.
CERTAIN = (
    ("  stage b ‘the “end”’ final", "  stage b “the “end”” final"),
    ("  环节 b ＂完＂ 终结", '  环节 b "完" 终结'),
    ("  rule r { cannot pay }", "  rule r { never pay }"),
    ("  规则 r { 不准 收费 }", "  规则 r { 不得 收费 }"),
    ("  规则 r { 当 n 大于 3 时 不得 收费 }", "  规则 r { 当 n 超过 3 时 不得 收费 }"),
    ("  规则 r { 当 n 3以上 时 不得 收费 }", "  规则 r { 当 n 不少于 3 时 不得 收费 }"),
    ("  规则 r { 当 n 不少于 3以上 时 不得 收费 }", "  规则 r { 当 n 不少于 3 时 不得 收费 }"),
    ("  rule r { never pay if n > 3 }", "  rule r { never pay when n > 3 }"),
    ("  基础 《法》42.1", None),
    ("  依据《法》42.1", "  依据《法》第42条第1款"),
    ("  limit l {\n    from go to end\n    20 hours\n  }", "  limit l {\n    from go to end\n    within 20 hours\n  }"),
    ("  时限 l {\n    自 go 起 至 end 止\n    20小时内\n  }", "  时限 l {\n    自 go 起 至 end 止\n    限 20小时内\n  }"),
    ("  环节 甲 { 办理 询问；转 b }", "  环节 甲 { 办理 询问，转 b }"),
    ("  stage c { 办理 询问，转b }", "  stage c { 办理 询问，转 b }"),
    ("  stage c {\n    on ask -> b\n  stage d final", "  stage c {\n    on ask -> b\n  }\n  stage d final"),
    ("  data { x : text\n  stage d final", "  data { x : text\n  }\n  stage d final"),
    ("  limit l 【 from go to end 】", "  limit l { from go to end }"),
)

# What we print of SARIF 2.1.0: an object's keys, those required first.
LOG = (("version", "runs"), ("$schema",))
RUN = (("tool",), ("columnKind", "results"))
DRIVER = (("name",), ("version", "language", "rules"))
RULE = (("id",), ("shortDescription", "help", "defaultConfiguration"))
RESULT = (("message",), ("ruleId", "level", "locations", "relatedLocations", "fixes"))
LOCATION = ((), ("physicalLocation", "id", "message"))
PHYSICAL = ((), ("artifactLocation", "region"))
REGION = ((), ("startLine", "startColumn", "endLine", "endColumn"))
FIX = (("artifactChanges",), ("description", "properties"))
CHANGE = (("artifactLocation", "replacements"), ())
REPLACEMENT = (("deletedRegion",), ("insertedContent",))


def run(folder, *arguments, lang="en"):
    done = subprocess.run([GUIJU, *arguments, "--lang", lang, "--color", "never"], cwd=folder,
                          capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def index_of(text, line, column):
    """The index of a place in a text, both counted from 1, columns in code points."""
    lines = text.split("\n")
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1


def edited(text, pieces):
    """The text with every piece replaced: (begin line, column, end line, column, new)."""
    places = [(index_of(text, *piece[:2]), index_of(text, *piece[2:4]), piece[4]) for piece in pieces]
    for begin, end, new in sorted(places, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="guiju-")
        self.path = pathlib.Path(self.folder.name) / "a 文.gj"
        self.addCleanup(self.folder.cleanup)

    def check(self, text, *arguments, lang="en"):
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run(self.folder.name, "check", self.path.name, *arguments, lang=lang)


class Json(Case):
    def test_places_notes_and_fix(self):
        """Two mistakes: one syntactic, with its fix, that hides the other; then the other."""
        status, text, _ = self.check(SOURCE, "--format", "json")
        whole = json.loads(text)
        self.assertEqual((status, whole["errors"], whole["warnings"]), (3, 1, 0))
        one = whole["diagnostics"][0]
        self.assertEqual(one["code"], "E0206")
        self.assertEqual(SOURCE[index_of(SOURCE, one["line"], one["column"]):
                                index_of(SOURCE, one["end_line"], one["end_column"])], "转乙")
        self.assertTrue(one["fix"]["certain"])
        span = one["fix"]["edits"][0]["span"]
        self.assertEqual(span["file"], self.path.name)
        mended = edited(SOURCE, [(span["line"], span["column"], span["end_line"], span["end_column"],
                                  one["fix"]["edits"][0]["replacement"])])
        _, text, _ = self.check(mended, "--format", "jsonl", lang="zh")
        twice = next(each for each in map(json.loads, text.splitlines()) if each["code"] == "E0302")
        note = twice["notes"][0]
        self.assertEqual((twice["line"], note["line"], note["column"]), (4, 3, 9))
        self.assertEqual(note["message"], "先声明于此")

    def test_cap(self):
        text = "procedure p {\n" + "  stage a { on b -> c }\n" * 30 + "}\n"
        errors = 30 + 29 + 1 # no such stage, declared again, no initial one
        _, out, _ = self.check(text)
        total = int(out.rstrip().splitlines()[-1].split()[0])
        self.assertGreater(total, 25)
        self.assertLessEqual(total, errors)
        self.assertEqual(out.count("\nerror[") + out.startswith("error["), 20)
        self.assertIn(f"not shown: {total - 20} more errors (--max-errors 0 shows all)\n", out)
        _, out, _ = self.check(text, "--max-errors", "0", lang="zh")
        self.assertEqual(out.count("错误["), total)
        self.assertNotIn("未列出", out)
        _, out, _ = self.check(text, "--format", "jsonl")
        self.assertEqual(len(out.splitlines()), total)
        _, out, _ = self.check(text, "--format", "json", "--max-errors", "3")
        whole = json.loads(out)
        self.assertEqual((whole["errors"], len(whole["diagnostics"])), (total, 3))
        status, _, told = self.check(text, "--max-errors", "many")
        self.assertEqual(status, 2)
        self.assertIn("takes a number", told)


class Sarif(Case):
    def keys(self, one, shape):
        required, known = shape
        self.assertLessEqual(set(required), set(one))
        self.assertLessEqual(set(one), set(required) | set(known))

    def region(self, one):
        self.keys(one, REGION)
        self.assertGreaterEqual(min(one.values()), 1)
        return one["startLine"], one["startColumn"], one["endLine"], one["endColumn"]

    def location(self, one):
        self.keys(one, LOCATION)
        self.keys(one["physicalLocation"], PHYSICAL)
        self.assertEqual(one["physicalLocation"]["artifactLocation"], {"uri": "a%20%E6%96%87.gj"})
        return self.region(one["physicalLocation"]["region"])

    def run_of(self, text, lang="en"):
        status, out, _ = self.check(text, "--format", "sarif", lang=lang)
        log = json.loads(out)
        self.keys(log, LOG)
        self.assertEqual((log["version"], len(log["runs"])), ("2.1.0", 1))
        one = log["runs"][0]
        self.keys(one, RUN)
        self.assertEqual(one["columnKind"], "unicodeCodePoints")
        self.keys(one["tool"]["driver"], DRIVER)
        self.assertEqual(one["tool"]["driver"]["language"], lang)
        self.schema(log)
        return status, one

    def schema(self, log):
        if "SARIF_SCHEMA" in os.environ:
            import jsonschema  # pylint: disable=import-outside-toplevel
            jsonschema.validate(log, json.loads(pathlib.Path(os.environ["SARIF_SCHEMA"]).read_text()))

    def test_results(self):
        source = SOURCE.replace("转乙", "转 乙").replace("由 𠮷人", "由 𠮷入")
        for lang in ("en", "zh"):
            status, one = self.run_of(source, lang)
            self.assertEqual(status, 3)
            found = {each["ruleId"]: each for each in one["results"]}
            self.assertEqual(set(found), {"E0301", "E0302"})
            rules = one["tool"]["driver"]["rules"]
            self.assertEqual([each["id"] for each in rules], ["E0301", "E0302"])
            for rule in rules:
                self.keys(rule, RULE)
                self.assertIn("Every name must be declared" if rule["id"] == "E0301"
                              else "Two things of one kind", rule["help"]["text"])
                self.assertIn("都应当先声明" if rule["id"] == "E0301" else "不得同名",
                              rule["help"]["text"])
            for each in one["results"]:
                self.keys(each, RESULT)
                self.location(each["locations"][0])
            related = found["E0302"]["relatedLocations"][0]
            self.assertEqual(self.location(related), (3, 9, 3, 10))

    def test_fix(self):
        source = SOURCE.replace("转乙", "转 乙").replace("由 𠮷人", "由 𠮷入")
        _, one = self.run_of(source)
        fix = next(each for each in one["results"] if each["ruleId"] == "E0301")["fixes"][0]
        self.keys(fix, FIX)
        self.assertEqual(fix["properties"], {"certain": False})
        self.keys(fix["artifactChanges"][0], CHANGE)
        replacement = fix["artifactChanges"][0]["replacements"][0]
        self.keys(replacement, REPLACEMENT)
        mended = edited(source, [(*self.region(replacement["deletedRegion"]),
                                  replacement["insertedContent"]["text"])])
        self.assertEqual(mended, source.replace("𠮷入", "𠮷人"))

    def test_nothing_wrong(self):
        status, one = self.run_of("party a\n")
        self.assertEqual((status, one["results"], one["tool"]["driver"]["rules"]), (0, [], []))

    def test_build(self):
        self.path.write_text(SOURCE)
        status, out, _ = run(self.folder.name, "build", self.path.name, "-o", "x.gji", "--format", "sarif")
        self.assertEqual(status, 3)
        self.assertEqual(json.loads(out)["runs"][0]["results"][0]["ruleId"], "E0206")
        self.assertFalse((self.path.parent / "x.gji").exists())
        status, _, told = run(self.folder.name, "build", self.path.name, "-o", "-", "--format", "json")
        self.assertEqual(status, 2)
        self.assertIn("cannot both go to standard output", told)


class Fix(Case):
    def test_mends_what_is_certain(self):
        status, out, told = self.check(FIXABLE, "--fix")
        self.assertEqual(self.path.read_text(), FIXED)
        self.assertIn("a 文.gj:5: 自go起 → 自 go 起 (E0206)\n", told)
        self.assertIn("a 文.gj:8: added } (E0209)\n", told)
        self.assertIn("cannot → never (E0211)\n", told)
        # What is left is said of the file as it is now: clauses of posts are not taken yet.
        self.assertTrue(status in (0, 3) and "E0206" not in out)

    def test_each_that_is_certain(self):
        for before, after in CERTAIN:
            with self.subTest(before=before):
                frame = "law 法 { article 42.1 }\nprocedure p {\n  stage a initial { on go -> b }\n%s\n}\n"
                self.check(frame % before, "--fix")
                self.assertEqual(self.path.read_text(), frame % (after or before))

    def test_again_changes_nothing(self):
        _, _, told = self.check(FIXED, "--fix", lang="zh")
        self.assertEqual(self.path.read_text(), FIXED)
        self.assertIn("没有可以确定的改正", told)

    def test_what_is_not_certain_stays(self):
        source = SOURCE.replace("转乙", "转 乙").replace("由 𠮷人", "由 𠮷入")
        self.check(source, "--fix")
        self.assertEqual(self.path.read_text(), source)

    def test_mark_mode_and_link_stay(self):
        os.mkdir(self.path.parent / "there")
        real = self.path.parent / "there" / "b.gj"
        real.write_bytes(b"\xef\xbb\xbf" + FIXABLE.replace("\n", "\r\n").encode())
        real.chmod(0o640)
        self.path.symlink_to(real)
        run(self.folder.name, "check", self.path.name, "--fix")
        self.assertTrue(self.path.is_symlink())
        self.assertEqual(stat.S_IMODE(real.stat().st_mode), 0o640)
        written = real.read_bytes()
        self.assertTrue(written.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(written[3:].decode().replace("\r\n", "\n"), FIXED)

    def test_a_file_not_in_nfc_stays(self):
        source = FIXABLE.replace("does not roll", "does not roll # e\u0301")
        _, _, told = self.check(source, "--fix")
        self.assertEqual(self.path.read_text(), source)
        self.assertIn("not in the composed form", told)

    def test_a_file_that_cannot_be_written_stays(self):
        if os.geteuid() == 0:
            self.skipTest("the superuser may write anywhere")
        self.path.write_text(FIXABLE)
        self.path.parent.chmod(0o500)
        status, out, told = run(self.folder.name, "check", self.path.name, "--fix")
        self.path.parent.chmod(0o700)
        self.assertEqual((status, out, self.path.read_text()), (5, "", FIXABLE))
        self.assertNotIn("→", told)

    def test_standard_input(self):
        status, _, told = run(self.folder.name, "check", "-", "--fix")
        self.assertEqual(status, 2)
        self.assertIn("changes files", told)


if __name__ == "__main__":
    unittest.main()
