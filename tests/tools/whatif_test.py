#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""whatif_test.py — `guiju whatif` says what two replays differ in.

A random log of the food licence is told to a store. Other rules are made of the same source: limits
that are shorter or longer, a post taken away, an act renamed. For each the cases that `whatif` lists,
with what each has more and fewer, are those in which a replay by the old rules and one by the new
differ; and the first moment it names is the first of them. Of rules to which the cases migrate it says
what the store's findings differ in once they are deployed.
"""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
SOURCE = (ROOT / "examples/food_licence/food_licence.gj").read_text("utf-8")
ENVIRONMENT = {**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib"), "LC_ALL": "C.UTF-8"}
ACTS = [("apply", "applicant"), ("accept", "window"), ("ask_more", "window"),
        ("resubmit", "applicant"), ("inspect", "inspector"), ("propose", "reviewer"),
        ("prolong", "chief"), ("approve", "chief"), ("deliver", "window")]


def log_make(seed, cases):
    dice, events = random.Random(seed), []
    for case in range(cases):
        day = dice.randrange(200)
        for step, (action, post) in enumerate(ACTS):
            if dice.random() < 0.25:
                continue
            day += dice.randrange(12)
            events.append({"id": f"c{case}-{step}", "source": "office", "case": f"C{case}",
                           "action": action,
                           "post": dice.choice(ACTS)[1] if dice.random() < 0.1 else post,
                           "at": time.strftime("%Y-%m-%dT%H:%M:00+08:00", time.gmtime(
                               1704067200 + day * 86400 + dice.randrange(28800, 64800)))})
    return "".join(json.dumps(event) + "\n" for event in sorted(events, key=lambda e: e["at"]))


def without_scenarios(source):
    return re.sub(r"^scenario .*?^}\n", "", source, flags=re.M | re.S)


def scaled(source, factor):
    return re.sub(r"\bwithin (\d+) workdays",
                  lambda found: f"within {max(1, int(int(found.group(1)) * factor))} workdays", source)


class WhatIf(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="guiju-whatif-")
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)
        (self.folder / "the.log").write_text(log_make(1, 40))
        (self.folder / "old.gj").write_text(without_scenarios(SOURCE))
        self.run_guiju("deploy", "old.gj", "--db", "s.db")
        self.run_guiju("ingest", "the.log", "--db", "s.db")

    def run_guiju(self, *arguments):
        done = subprocess.run([GUIJU, *arguments, "--lang", "en"], cwd=self.folder, check=False,
                              capture_output=True, env=ENVIRONMENT)
        self.assertLess(done.returncode, 3, done.stderr.decode()[-2000:])
        return done.stdout

    def replayed(self, rules):
        found = {}
        for line in self.run_guiju("replay", rules, "--events", "the.log",
                                   "--format", "jsonl").splitlines():
            one = json.loads(line)
            found.setdefault(one["case"], {})[one["id"], one["severity"], one["status"]] = one["at"]
        return found

    def check(self, source):
        (self.folder / "new.gj").write_text(source)
        was, now = self.replayed("old.gj"), self.replayed("new.gj")
        wanted = {}
        for case in was.keys() | now.keys():
            fewer = was.get(case, {}).keys() - now.get(case, {}).keys()
            more = now.get(case, {}).keys() - was.get(case, {}).keys()
            if fewer or more:
                first = min([was[case][key] for key in fewer] + [now[case][key] for key in more])
                wanted[case] = (sorted(fewer), sorted(more), first)
        told = json.loads(self.run_guiju("whatif", "new.gj", "--db", "s.db", "--format", "json"))
        key = lambda one: (one["id"], one["severity"], one["status"])
        self.assertEqual({one["case"]: (sorted(map(key, one["fewer"])), sorted(map(key, one["more"])),
                                        one["from"]) for one in told["cases"]}, wanted)
        self.assertEqual(told["judged"], 40)
        return len(wanted)

    def test_the_same(self):
        self.assertEqual(self.check(without_scenarios(SOURCE)), 0)

    def test_times(self):
        for factor in (0.3, 0.6, 3):
            self.assertGreater(self.check(scaled(without_scenarios(SOURCE), factor)), 0, factor)

    def test_posts(self):
        source = without_scenarios(SOURCE)
        changed = re.sub(r"\bon propose by reviewer\b", "on propose by window", source)
        self.assertNotEqual(changed, source)
        self.assertGreater(self.check(changed), 0)

    def found_in(self, store):
        found = {}
        for line in self.run_guiju("findings", "--db", store, "--format", "jsonl").splitlines():
            one = json.loads(line)
            found.setdefault(one["case"], set()).add((one["id"], one["severity"], one["status"]))
        return found

    def check_moved(self, source, store):
        (self.folder / "new.gj").write_text(source)
        told = json.loads(self.run_guiju("whatif", "new.gj", "--db", store, "--format", "json"))
        for path in self.folder.glob(store + "*"):
            shutil.copy(path, self.folder / ("moved-" + path.name))
        self.run_guiju("deploy", "new.gj", "--db", "moved-" + store)
        was, now = self.found_in(store), self.found_in("moved-" + store)
        wanted = {case: (sorted(was.get(case, set()) - now.get(case, set())),
                         sorted(now.get(case, set()) - was.get(case, set())))
                  for case in was.keys() | now.keys() if was.get(case) != now.get(case)}
        key = lambda one: (one["id"], one["severity"], one["status"])
        self.assertEqual({one["case"]: (sorted(map(key, one["fewer"])), sorted(map(key, one["more"])))
                          for one in told["cases"]}, wanted)
        return len(wanted)

    def test_cases_that_migrate(self):
        moving = re.sub(r"^  version \d+.*$", "  version 9\n  migrates from 3 { }",
                        without_scenarios(SOURCE), count=1, flags=re.M)
        log = (self.folder / "the.log").read_text().splitlines(keepends=True)
        (self.folder / "half.log").write_text("".join(log[:len(log) // 2]))
        self.run_guiju("deploy", "old.gj", "--db", "half.db")
        self.run_guiju("ingest", "half.log", "--db", "half.db")
        self.assertEqual(self.check_moved(moving, "half.db"), 0)
        for factor in (0.3, 3):
            self.assertGreater(self.check_moved(scaled(moving, factor), "half.db"), 0, factor)

    def test_cases_that_cannot_migrate(self):
        moving = re.sub(r"^  version \d+.*$", "  version 9\n  migrates from 3 {\n    stage nowhere -> granted\n  }",
                        without_scenarios(SOURCE), count=1, flags=re.M)
        (self.folder / "new.gj").write_text(moving)
        done = subprocess.run([GUIJU, "whatif", "new.gj", "--db", "s.db", "--lang", "en"], cwd=self.folder,
                              check=False, capture_output=True, env=ENVIRONMENT, text=True)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn('has no stage "nowhere"', done.stderr)


if __name__ == "__main__":
    unittest.main()
