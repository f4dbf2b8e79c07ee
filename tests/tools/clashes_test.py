#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""clashes_test.py [COUNT [SEED]] — what the compiler says of rules against one another, held against all ways of small procedures.

W0707 (no way breaks it), W0708 (no way keeps it) and W0709 (no way keeps both) speak of every way of a case. Here random small
procedures, some with branches, are gone through without automata: every sequence of acts up to a length, with every choice of what its conditions come
to, and each rule is read off the whole sequence by its definition in docs/LANGUAGE.md. What is told must have no such way against
it, the way that is shown must be one, and a shortest one; and what is not told must have its way.
"""
import itertools
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
COUNT = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 3000 if os.environ.get("GUIJU_PROVE") else 24
SEED = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 20261128
DEPTH = 7       # acts of a way at most
WAYS = 60_000   # of one procedure at most; one that has more is left out


class Rule:
    """roles: by letter (a: first, b: second, c: barred, s: several) the act; heard: roles that a condition may make deaf."""

    def __init__(self, name, kind, roles, times=0, deaf=()):
        self.name, self.kind, self.roles, self.times, self.deaf = name, kind, roles, times, deaf

    def text(self):
        r = {k: v + (f" when {self.name}_{k}" if k in self.deaf else "") for k, v in self.roles.items() if k != "s"}
        body = {
            "followed": lambda: f"every {r['a']} followed by {r['b']}",
            "preceded": lambda: f"every {r['b']} preceded by {r['a']}",
            "after": lambda: f"after {r['a']} never {r['c']}" + (f" until {r['b']}" if "b" in r else ""),
            "between": lambda: f"between {r['a']} and {r['b']} never {r['c']}",
            "not_both": lambda: "not both " + ", ".join(self.roles["s"]),
            "most": lambda: f"count {r['a']} at most {self.times} times",
            "never": lambda: f"never {r['a']}",
            "least": lambda: f"count {r['a']} at least {self.times} times",
            "exactly": lambda: f"count {r['a']} exactly {self.times} times",
            "limit": lambda: f"limit {self.name} {{\n    from {r['a']} to {r['b']}\n    within 5 days\n    duty clerk\n  }}",
        }[self.kind]()
        return f"  {body}" if self.kind == "limit" else f"  rule {self.name} {{ {body} }}"

    def acts(self):
        return set(self.roles.get("s", [])) | {v for k, v in self.roles.items() if k != "s"}

    # ---- a way, as a list of (act, deaf roles) ----

    def places(self, way, role):
        return [i for i, (act, deaf) in enumerate(way) if act == self.roles.get(role) and (self.name, role) not in deaf]

    def broken(self, way):
        """By what was done so far, whatever comes."""
        a, b, c = (self.places(way, role) for role in "abc")
        if self.kind == "preceded":
            return any(not any(i < j for i in a) for j in b)
        if self.kind == "after":
            return any(i < k and not any(i < j < k for j in b) for i in a for k in c)
        if self.kind == "between":
            return any(i < k < j and not any(i < m < j for m in b) for i in a for k in c for j in b)
        if self.kind == "not_both":
            return len({act for act, _ in way} & set(self.roles["s"])) > 1
        if self.kind == "never":
            return bool(a)
        return self.kind in ("most", "exactly") and len(a) > self.times

    def unmet(self, way):
        """Where the case ends with it."""
        a, b = self.places(way, "a"), self.places(way, "b")
        if self.kind in ("followed", "limit"):
            return any(not any(j > i for j in b) for i in a)
        return self.kind in ("least", "exactly") and len(a) < self.times

    def triggers(self):
        role = {"followed": "a", "limit": "a", "preceded": "b"}.get(self.kind)
        return [self.roles[role]] if role else [None] if self.kind in ("least", "exactly") else []

    def asks(self, way, trigger):
        role = "b" if self.kind == "preceded" else "a"
        return trigger is None or bool(self.places(way, role))


class Procedure:
    def __init__(self, rng):
        self.acts = [f"act{i}" for i in range(rng.randint(2, 4))]
        self.free = ["note"] if rng.random() < 0.4 else []
        stages = rng.randint(1, 3)
        self.stages = {f"s{i}": [] for i in range(stages)}
        self.finals = {"done": False} | ({"gone": True} if rng.random() < 0.3 else {})
        names = list(self.stages)
        for i, stage in enumerate(names):
            onward = names[i + 1:] or list(self.finals)
            for act in rng.sample(self.acts, rng.randint(1, min(2, len(self.acts)))):
                to = rng.choice(onward if not self.stages[stage] or rng.random() < 0.5
                                else names + list(self.finals) + [None])
                self.stages[stage].append((act, to))
        self.branches = {}  # by stage: how many have to end, where that leads, and each one's acts, by which it ends or None
        if rng.random() < 0.3:
            at = rng.choice(names)
            rows = [[(act, rng.random() < 0.8) for act in rng.sample(self.acts, rng.randint(1, 2))] for _ in range(2)]
            to = rng.choice(names[names.index(at) + 1:] or list(self.finals))
            self.branches[at] = (rng.choice([1, 2]), to, rows)
            self.stages[at] = self.stages[at][:rng.randint(0, 1)]
        self.rules = []
        for i in range(rng.randint(2, 4)):
            self.rules.append(self.rule(rng, f"r{i}"))

    def rule(self, rng, name):
        rows = list(self.stages.values()) + [row for _, _, branches in self.branches.values() for row in branches]
        pool = [act for act in self.acts if any(act == a for row in rows for a, _ in row)] + self.free
        kind = rng.choice(["followed"] * 3 + ["preceded"] * 3 + ["after"] * 3 +
                          ["between", "not_both", "most", "least", "exactly", "never", "limit"])
        need = {"between": 3, "most": 1, "least": 1, "exactly": 1, "never": 1}.get(kind, 2)
        if len(pool) < need:
            return self.rule(rng, name)
        picked = rng.sample(pool, need)
        if kind == "not_both":
            return Rule(name, kind, {"s": picked})
        roles = dict(zip({"after": "ac", "between": "abc"}.get(kind, "ab"), picked))
        if kind == "after" and len(pool) > 2 and rng.random() < 0.4:
            roles["b"] = rng.choice([act for act in pool if act not in picked])
        counts = kind in ("most", "least", "exactly", "never", "limit")
        deaf = [rng.choice("ac" if kind == "after" else "ab")] if not counts and rng.random() < 0.2 else []
        return Rule(name, kind, roles, rng.randint(1, 2), [role for role in deaf if role in roles])

    def text(self):
        flags = [f"{r.name}_{role}" for r in self.rules for role in r.deaf]
        lines = ["department office { post clerk }", "procedure p {"]
        lines += [f"  data {{ {', '.join(f + ' : bool optional' for f in flags)} }}"] if flags else []
        lines += [f"  action {act}" for act in self.free]
        for i, (stage, row) in enumerate(self.stages.items()):
            lines.append(f"  stage {stage}{' initial' if i == 0 else ''} {{")
            lines += [f"    on {act}" + (f" -> {to}" if to else "") for act, to in row]
            if stage in self.branches:
                need, to, branches = self.branches[stage]
                lines.append(f"    parallel {'any' if need == 1 else 'all'} {{")
                for j, branch in enumerate(branches):
                    lines += [f"      branch b{j} {{", f"        stage at{j} initial {{"]
                    lines += [f"          on {act}" + (f" -> end{j}" if ends else "") for act, ends in branch]
                    lines += ["        }", f"        stage end{j} final", "      }"]
                lines.append(f"    }} -> {to}")
            lines.append("  }")
        lines += [f"  stage {name} final{' void' if void else ''}" for name, void in self.finals.items()]
        lines += [r.text() for r in self.rules]
        return "\n".join(lines) + "\n}\n"

    def letters(self, act):
        roles = [(r.name, role) for r in self.rules for role in r.deaf if r.roles[role] == act]
        for k in range(len(roles) + 1):
            for some in itertools.combinations(roles, k):
                yield act, frozenset(some)

    def enter(self, stage):
        """Where a case stands: its stage, and which branches go on."""
        return stage, frozenset(range(len(self.branches[stage][2]))) if stage in self.branches else frozenset()

    def moves(self, at):
        """Each act that the stages let be done, and where the case stands then."""
        stage, going_on = at
        for act, to in self.stages.get(stage, []):
            yield act, self.enter(to) if to else at
        for i in sorted(going_on):
            need, to, rows = self.branches[stage]
            for act, ends in rows[i]:
                left = going_on - {i} if ends else going_on
                yield act, self.enter(to) if len(rows) - len(left) >= need else (stage, left)

    def ways(self):
        """(way, the final stage it has ended in or None, how many of its acts came up to the end), the short ones first."""
        level = [((), self.enter(next(iter(self.stages))), 0)]
        for _ in range(DEPTH + 1):
            following = []
            for way, at, ended in level:
                closed = at[0] in self.finals
                yield way, at[0] if closed else None, ended if closed else len(way)
                moves = [] if closed else list(self.moves(at))
                for act, to in moves + [(act, at) for act in self.free]:
                    for letter in self.letters(act):
                        following.append((way + (letter,), to, len(way) + 1 if not closed else ended))
            level = following


def acts(way):
    return [act for act, _ in way]


class Facts:
    """Of a procedure: by what is asked, the length of the shortest way, and the ways of that length."""

    def __init__(self, procedure):
        self.found, self.full = {}, True
        rules = procedure.rules
        only_void = True
        ends = []
        for number, (way, end, length) in enumerate(procedure.ways()):
            if number > WAYS:
                self.full = False
                break
            broken = [r.broken(way) for r in rules]
            for r, is_broken in zip(rules, broken):
                if is_broken:
                    self.add(("broken", r.name), way)
            if end is not None and length == len(way):
                ends.append((way, procedure.finals[end], broken))
                only_void = only_void and procedure.finals[end]
        for way, is_void, broken in ends:
            self.add(("end",), way)
            for act in set(acts(way)):
                self.add(("end", act), way)
            if is_void and not only_void:
                continue
            unmet = [r.unmet(way) for r in rules]
            kept = [not b and not u for b, u in zip(broken, unmet)]
            for i, r in enumerate(rules):
                if unmet[i]:
                    self.add(("broken", r.name), way)
                for trigger in set(acts(way)) | {None}:
                    self.add(("done", trigger), way)
                    if kept[i]:
                        self.add(("keeps", r.name, trigger), way)
                for trigger in r.triggers():
                    if not kept[i] or not r.asks(way, trigger):
                        continue
                    self.add(("asked", r.name, trigger), way)
                    for j, other in enumerate(rules):
                        if kept[j]:
                            self.add(("both", r.name, other.name, trigger), way)

    def add(self, key, way):
        length, ways = self.found.setdefault(key, (len(way), []))
        if len(way) == length:
            ways.append(acts(way))

    def has(self, *key):
        return key in self.found

    def is_shortest(self, way, *key):
        return key in self.found and way in self.found[key][1]


def expected(procedure, facts):
    """What is to be told, as (code, rule, other) → the questions whose shortest way may be shown."""
    told, rules = {}, procedure.rules
    for r in rules:
        if r.kind != "limit" and not facts.has("broken", r.name) and facts.has("end"):
            begin = {"followed": "a", "preceded": "b", "after": "a", "between": "a"}.get(r.kind)
            asking = ("end", r.roles[begin]) if begin and facts.has("end", r.roles[begin]) else ("end",)
            told["W0707", r.name] = [asking]
    for r in rules:
        if r.kind == "limit" or ("W0707", r.name) in told:
            continue
        hopeless = [t for t in r.triggers() if not facts.has("asked", r.name, t) and facts.has("done", t)]
        if hopeless:
            told["W0708", r.name] = [("done", t) for t in hopeless]
    silent = {name for _, name in told}
    counts = ("most", "least", "exactly", "never")  # W0704 speaks of two of them
    for a, b in itertools.combinations(rules, 2):
        same = a.kind in counts and b.kind in counts and a.roles["a"] == b.roles["a"]
        if {a.name, b.name} & silent or same or a.kind == b.kind == "limit" or not a.acts() & b.acts():
            continue
        for r, other in ((a, b), (b, a)):
            shown = [("asked", r.name, t) for t in r.triggers()
                     if not facts.has("both", r.name, other.name, t) and facts.has("asked", r.name, t)
                     and facts.has("keeps", other.name, t)]
            if shown:
                told.setdefault(("W0709", r.name, other.name), []).extend(shown)
    return told


def compiler_says(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "p.gj")
        path.write_text(text, "utf-8")
        run = subprocess.run([GUIJU, "check", "--format", "jsonl", "--lang", "en", path], capture_output=True, text=True)
    said = {}
    for line in run.stdout.splitlines():
        diagnostic = json.loads(line)
        code, message = diagnostic["code"], diagnostic["message"]
        if code.startswith("E") or code == "W0710":
            return None
        names = re.findall("“(.*?)”", message)
        if code == "W0707":
            said[code, names[0]] = re.search("not even (.*)$", message)[1].split(", ")
        elif code == "W0708":
            said[code, names[0]] = re.search("to the end: (.*)$", message)[1].split(", ")
        elif code == "W0709":
            said[code, *names] = re.search("”: (.*) keeps", message)[1].split(", ")
    return said


class ClashesTest(unittest.TestCase):
    def test_small_procedures(self):
        checked, told = 0, {"W0707": 0, "W0708": 0, "W0709": 0}
        for number in range(COUNT):
            seed = SEED + number
            procedure = Procedure(random.Random(seed))
            text = procedure.text()
            said = compiler_says(text)
            facts = Facts(procedure) if said is not None else None
            if said is None or not facts.full:
                continue
            checked += 1
            with self.subTest(seed=seed):
                wanted = expected(procedure, facts)
                pairs = {frozenset(key[1:]) for key in wanted if key[0] == "W0709"}
                self.assertEqual({key for key in said if key[0] != "W0709"},
                                 {key for key in wanted if key[0] != "W0709"}, text)
                self.assertEqual({frozenset(key[1:]) for key in said if key[0] == "W0709"}, pairs, text)
                for key, way in said.items():
                    told[key[0]] += 1
                    self.assertTrue(any(facts.is_shortest(way, *question) for question in wanted[key]),
                                    f"{key} shows {way}\n{text}")
        print(f"{checked} procedures, each on all its ways up to {DEPTH} acts; told: " +
              ", ".join(f"{code} {count}" for code, count in told.items()))
        self.assertGreater(checked, COUNT // 4)
        self.assertTrue(COUNT < 50 or all(told.values()))


if __name__ == "__main__":
    unittest.main()
