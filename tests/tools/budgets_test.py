#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""budgets_test.py [COUNT [SEED]] — what the compiler says no case can keep in time, held against all ways of small procedures.

W0630 says that the least periods on every way leave a limit no time. Here random small procedures, whose limits count plain days,
are gone through without walks: every sequence of acts up to a length, each limit's runs read off the whole of it, and the days on
which the acts may be done found as a system of differences (Bellman and Ford). Where it is told no sequence has such days, and
where it is not told some sequence has.
"""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = os.environ.get("GUIJU", str(ROOT / "build/dev/guiju"))
COUNT = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 3000 if os.environ.get("GUIJU_PROVE") else 20
SEED = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 20261128
DEPTH = 7       # acts of a way at most
WAYS = 20_000   # of one procedure at most; one that has more is left out


class Limit:
    """A limit, or where it is a rule that of two acts; least or most days between its start and its end."""

    def __init__(self, name, starts, ends, least, days, is_rule):
        self.name, self.starts, self.ends, self.least, self.days, self.is_rule = name, starts, ends, least, days, is_rule

    def text(self):
        a, b = (" or ".join(of if kind == "act" else f"{kind} {of}" for kind, of in side) for side in (self.starts, self.ends))
        if self.is_rule and self.least:
            return f"  rule {self.name} {{ every {b} preceded by {a} at least {self.days} days before }}"
        if self.is_rule:
            return f"  rule {self.name} {{ every {a} followed by {b} within {self.days} days }}"
        length = f"at least {self.days} days" if self.least else f"within {self.days} days\n    does not roll"
        return f"  limit {self.name} {{\n    from {a} to {b}\n    {length}\n    duty clerk\n  }}"

    def ends_at_once(self, happens):
        return bool(happens & set(self.starts)) and bool(happens & set(self.ends))

    def runs(self, way):
        """(start, end) places of its whole runs on a way, a list of sets of (kind, name) that happen at once."""
        starts = [bool(happens & set(self.starts)) for happens in way]
        ends = [bool(happens & set(self.ends)) for happens in way]
        if self.is_rule and self.least:  # from the first of them, whenever
            first = starts.index(True) if True in starts else len(way)
            return [(first, i) for i in range(first + 1, len(way)) if ends[i]]
        if self.is_rule:
            return [(i, next(j for j in range(i + 1, len(way)) if ends[j]))
                    for i in range(len(way)) if starts[i] and any(ends[i + 1:])]
        found, since = [], None
        for i in range(len(way)):
            if since is not None and ends[i]:
                found.append((since, i))
                since = None
            if since is None and starts[i]:
                since = i
        return found


class Procedure:
    def __init__(self, rng):
        acts = [f"act{i}" for i in range(rng.randint(2, 4))]
        self.stages = {f"s{i}": [] for i in range(rng.randint(2, 4))}
        names = list(self.stages)
        for i, stage in enumerate(names):
            for act in rng.sample(acts, rng.randint(1, 2)):
                onward = names[i + 1:] or ["done"]
                self.stages[stage].append((act, rng.choice(onward if not self.stages[stage] or rng.random() < 0.5
                                                           else names + ["done", None])))
        used = sorted({act for row in self.stages.values() for act, _ in row})
        points = [("act", act) for act in used] * 3 + [(kind, stage) for kind in ("entering", "leaving") for stage in names[1:]]
        self.limits = []
        for i in range(rng.randint(3, 6)):
            is_rule = len(used) > 1 and rng.random() < 0.3
            if is_rule:
                starts, ends = ([("act", act)] for act in rng.sample(used, 2))
            else:
                starts, ends = (sorted(set(rng.choices(points, k=rng.choice([1, 1, 1, 1, 2])))) for _ in range(2))
            least = i == 0 or (i > 1 and rng.random() < 0.5)
            self.limits.append(Limit(f"l{i}", starts, ends, least, rng.randint(5, 12) if least else rng.randint(2, 8), is_rule))

    def text(self):
        lines = ["department office { post clerk }", "procedure p {"]
        for i, (stage, row) in enumerate(self.stages.items()):
            lines.append(f"  stage {stage}{' initial' if i == 0 else ''} {{")
            lines += [f"    on {act}" + (f" -> {to}" if to else "") for act, to in row] + ["  }"]
        return "\n".join(lines + ["  stage done final"] + [limit.text() for limit in self.limits]) + "\n}\n"

    def happenings(self, stage):
        """What each act there is at once, and where it leads."""
        for act, to in self.stages.get(stage, []):
            yield frozenset({("act", act)} | ({("leaving", stage), ("entering", to)} if to else set())), to or stage

    def compared(self):
        """Of a limit that may end as it starts nothing is told."""
        every = [happens for stage in self.stages for happens, _ in self.happenings(stage)]
        return {limit.name for limit in self.limits if not any(limit.ends_at_once(happens) for happens in every)}

    def ways(self):
        level = [((), next(iter(self.stages)))]
        for _ in range(DEPTH + 1):
            following = []
            for way, at in level:
                yield way
                following += [(way + (happens,), to) for happens, to in self.happenings(at)]
            level = following


def has_days(count, differences):
    """Whether days t[0] <= t[1] <= … with t[j] - t[i] <= d for each (i, j, d) exist."""
    edges = differences + [(i + 1, i, 0) for i in range(count - 1)]
    distance = [0] * count
    for _ in range(count + 1):
        changed = False
        for i, j, d in edges:
            if distance[i] + d < distance[j]:
                distance[j], changed = distance[i] + d, True
        if not changed:
            return True
    return False


def hopeless(procedure):
    """Limits that some way runs through, on none of which there is time; None where there are too many ways."""
    most = [limit for limit in procedure.limits if not limit.least]
    left = procedure.compared()
    run = set()
    for number, way in enumerate(procedure.ways()):
        if number > WAYS:
            return None
        last = len(way) - 1
        whole = [(limit, run) for limit in most for run in limit.runs(way) if run[1] == last]
        if not whole:
            continue
        least = [(j, i, -(limit.days + 1)) for limit in procedure.limits if limit.least for i, j in limit.runs(way)]
        for limit, (i, j) in whole:
            run.add(limit.name)
            if limit.name in left and has_days(len(way), least + [(i, j, limit.days)]):
                left.discard(limit.name)
    return left & run


def compiler_says(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "p.gj")
        path.write_text(text, "utf-8")
        run = subprocess.run([GUIJU, "check", "--format", "jsonl", "--lang", "en", path], capture_output=True, text=True)
    diagnostics = [json.loads(line) for line in run.stdout.splitlines()]
    if any(d["code"].startswith("E") for d in diagnostics):
        return None
    return {re.search("“(.*?)”", d["message"])[1] for d in diagnostics if d["code"] == "W0630"}


class BudgetsTest(unittest.TestCase):
    def test_small_procedures(self):
        checked, told = 0, 0
        for seed in range(SEED, SEED + COUNT):
            procedure = Procedure(random.Random(seed))
            text = procedure.text()
            said = compiler_says(text)
            wanted = hopeless(procedure) if said is not None else None
            if wanted is None:
                continue
            checked += 1
            told += len(said)
            with self.subTest(seed=seed):
                self.assertEqual(said & procedure.compared(), wanted, text)
        print(f"{checked} procedures, each on all its ways up to {DEPTH} acts; told {told} times")
        self.assertGreater(checked, COUNT // 4)
        self.assertTrue(COUNT < 50 or told > COUNT // 30)


if __name__ == "__main__":
    unittest.main()
