#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Expressions over the items of lists, and functions, against an evaluator that shares no code with us.

usage: items_oracle.py GUIJU

Random expressions are written as a source and worked out here, over values that may be missing, in
three-valued logic straight from docs/LANGUAGE.md. Each becomes two rules, `require E` and `require not E`;
which of the two are broken tells whether E was true, false or unknown. Then the source is formatted into
Chinese and must mean the same. GUIJU_PROVE=1 tries many more.
"""
import json
import operator
import os
import pathlib
import random
import subprocess
import sys
import tempfile

LOOPS_MAX = 4
HEAD = """\
type rec {
  n : number
  t : text
  b : bool
  l : list of number
}
function big(a: number) -> bool = a > 5
function pick(a: number, c: bool) -> number {
  when c : a + 1
  when a > 3 : 0 - a
  else 2
}
function total(l: list of number) -> number = sum(l)
function either(a: number, b: number) -> number = a else b
function twice(a: number) -> number = either(a, 1) + a
function same(l: list of rec, a: number) -> bool = some(x in l: x.n = a)
procedure p {
  data {
    xs : list of rec
    ns : list of number
    bs : list of bool
    n  : number
    b  : bool
    t  : text
  }
  stage a initial { on go -> z }
  stage z final
"""
NUMBER, BOOL, TEXT, REC, NUMBERS, RECS, BOOLS = "number bool text rec numbers recs bools".split()
ELEMENT = {NUMBERS: NUMBER, RECS: REC, BOOLS: BOOL}
COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}

# ---- three values: None is unknown ----------------------------------------------------------------


def both(a, b):
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def one(a, b):
    if a is True or b is True:
        return True
    return None if a is None or b is None else False


def inverse(a):
    return None if a is None else not a


def strict(what):
    return lambda *values: None if any(v is None for v in values) else what(*values)


def folded(name, values):
    """What the function makes of what the items give; `values` None: the list is missing."""
    if values is None:
        return None
    if name == "some":
        return True if True in values else None if None in values else False
    if name == "all":
        return False if False in values else None if None in values else True
    if None in values:
        return None
    if name == "count":
        return sum(1 for v in values if v)
    if name == "distinct":
        return len(set(values))
    if name == "sum":
        return sum(values)
    return None if not values else max(values) if name == "max" else min(values)


# ---- functions, as they are declared above --------------------------------------------------------


def either(a, b):
    return b if a is None else a


def pick(a, c):
    if c is not False:
        return None if c is None or a is None else a + 1
    if a is None:
        return None
    return -a if a > 3 else 2


def twice(a):
    return strict(operator.add)(either(a, 1), a)


def has(records, a):
    return folded("some", None if records is None else
                  [strict(operator.eq)(None if r is None else r.get("n"), a) for r in records])


# ---- random expressions: (text, worked out on an environment, loops inside one another) ------------


class Maker:
    def __init__(self, rand):
        self.rand = rand
        self.names = 0

    def path(self, name, scope):
        return (name, lambda env: env.get(name), 0) if name in scope else None

    def part(self, name, part):
        def value(env):
            record = env.get(name)
            return None if record is None else record.get(part)
        return f"{name}.{part}", value, 0

    def leaf(self, wanted, scope):
        found = [(name, lambda env, n=name: env.get(n), 0) for name, kind in scope.items() if kind == wanted]
        parts = {NUMBER: "n", TEXT: "t", BOOL: "b", NUMBERS: "l"}
        if wanted in parts:
            found += [self.part(name, parts[wanted]) for name, kind in scope.items() if kind == REC]
        if wanted == NUMBER:
            n = self.rand.randint(0, 9)
            found.append((str(n), lambda env: n, 0))
        if wanted == TEXT:
            t = self.rand.choice("uv")
            found.append((f'"{t}"', lambda env: t, 0))
        if wanted == BOOL:
            truth = self.rand.random() < 0.5
            found.append(("true" if truth else "false", lambda env: truth, 0))
        return self.rand.choice(found)

    def two(self, wanted, scope, depth, form, what):
        a, b = self.make(wanted, scope, depth), self.make(wanted, scope, depth)
        return form.format(a[0], b[0]), lambda env: what(a[1](env), b[1](env)), max(a[2], b[2])

    def walk(self, names, wanted, scope, depth, loops):
        """A call over items: its name, its text in brackets, and what the items give."""
        name = self.rand.choice(names)
        kind = self.rand.choice(list(ELEMENT))
        over = self.make(kind, scope, 0)
        self.names += 1
        binder = f"i{self.names}"
        inner = {**scope, binder: ELEMENT[kind]}
        body = self.make(wanted, inner, depth, loops - (2 if name == "distinct" else 1))

        def values(env):
            items = over[1](env)
            return None if items is None else [body[1]({**env, binder: item}) for item in items]
        return name, f"{binder} in {over[0]}: {body[0]}", values, body[2] + (2 if name == "distinct" else 1)

    def call(self, names, wanted, scope, depth, loops):
        name, text, values, deep = self.walk(names, wanted, scope, depth, loops)
        return f"{name}({text})", lambda env: folded(name, values(env)), deep

    def share(self, scope, depth, loops):
        _, text, values, deep = self.walk(["count"], BOOL, scope, depth, loops)
        sign = self.rand.choice(list(COMPARE))
        percent = self.rand.choice([0, 25, 33, 50, 100])

        def value(env):
            given = values(env)
            if not given or None in given:
                return None
            return COMPARE[sign](100 * sum(given), percent * len(given))
        return f"(share({text}) {sign} {percent}%)", value, deep

    def boolean(self, scope, depth, loops):
        chosen = self.rand.randrange(8 if loops > 0 else 5)
        if chosen == 0:
            return self.two(BOOL, scope, depth, "({} and {})", both)
        if chosen == 1:
            return self.two(BOOL, scope, depth, "({} or {})", one)
        if chosen == 2:
            a = self.make(BOOL, scope, depth, loops)
            return f"(not {a[0]})", lambda env: inverse(a[1](env)), a[2]
        if chosen == 3:
            kind = self.rand.choice([NUMBER, NUMBER, TEXT])
            sign = "=" if kind == TEXT else self.rand.choice(list(COMPARE))
            return self.two(kind, scope, depth, "({} " + sign + " {})", strict(COMPARE[sign]))
        if chosen == 4:
            a = self.make(NUMBER, scope, depth, loops)
            if self.rand.random() < 0.5:
                return f"big({a[0]})", lambda env: strict(lambda x: x > 5)(a[1](env)), a[2]
            over = self.make(RECS, scope, 0)
            return f"same({over[0]}, {a[0]})", lambda env: has(over[1](env), a[1](env)), max(a[2], 1)
        if chosen == 5:
            return self.share(scope, depth, loops)
        return self.call(["some", "all"], BOOL, scope, depth, loops)

    def number(self, scope, depth, loops):
        chosen = self.rand.randrange(9 if loops > 1 else 6)
        if chosen < 2:
            sign, what = self.rand.choice([("+", operator.add), ("-", operator.sub)])
            return self.two(NUMBER, scope, depth, "({} " + sign + " {})", strict(what))
        if chosen == 2:
            return self.two(NUMBER, scope, depth, "({} mod {})",
                            lambda a, b: None if a is None or not b else a % b)
        if chosen == 3:
            name, what = self.rand.choice([("either", either), ("({} else {})", either)])
            return self.two(NUMBER, scope, depth, name if "{" in name else name + "({}, {})", what)
        if chosen == 4:
            a, c = self.make(NUMBER, scope, depth, loops), self.make(BOOL, scope, depth, loops)
            if self.rand.random() < 0.5:
                return f"pick({a[0]}, {c[0]})", lambda env: pick(a[1](env), c[1](env)), max(a[2], c[2])
            return f"twice({a[0]})", lambda env: twice(a[1](env)), a[2]
        if chosen == 5:
            over = self.make(NUMBERS, scope, 0)
            name = self.rand.choice(["total", "sum", "max", "min", "count"])
            if name == "count":
                return f"count({over[0]})", lambda env: strict(len)(over[1](env)), 0
            what = "sum" if name == "total" else name
            return f"{name}({over[0]})", lambda env: folded(what, over[1](env)), 0
        if chosen == 6:
            return self.call(["count"], BOOL, scope, depth, loops)
        return self.call(["sum", "max", "min", "distinct"], NUMBER, scope, depth, loops)

    def make(self, wanted, scope, depth, loops=0):
        if wanted == BOOL and depth > 0:
            return self.boolean(scope, depth - 1, loops)
        if wanted == NUMBER and depth > 0:
            return self.number(scope, depth - 1, loops)
        return self.leaf(wanted, scope)


# ---- random events ---------------------------------------------------------------------------------


def hole(rand, value):
    return None if rand.random() < 0.12 else value


def numbers(rand):
    return [rand.randint(0, 9) for _ in range(rand.randint(0, 4))]


def record(rand):
    return {"n": hole(rand, rand.randint(0, 9)), "t": hole(rand, rand.choice("uv")),
            "b": hole(rand, rand.random() < 0.5), "l": hole(rand, numbers(rand))}


def data(rand):
    made = {"xs": [hole(rand, record(rand)) for _ in range(rand.randint(0, 4))], "ns": numbers(rand),
            "bs": [rand.random() < 0.5 for _ in range(rand.randint(0, 3))],
            "n": rand.randint(0, 9), "b": rand.random() < 0.5, "t": rand.choice("uv")}
    return {key: hole(rand, value) for key, value in made.items()}


def told(value):
    """As an event tells it: what is missing is not told; of an item of which nothing is known, {}."""
    if isinstance(value, dict):
        return {key: told(part) for key, part in value.items() if part is not None}
    return [told({} if item is None else item) for item in value] if isinstance(value, list) else value


# ---- comparing -------------------------------------------------------------------------------------


def run(guiju, *arguments):
    return subprocess.run([guiju, *map(str, arguments)], capture_output=True, encoding="utf-8", check=False)


def broken(guiju, source, log):
    """The rules that each case breaks."""
    done = run(guiju, "replay", source, "--events", log, "--format", "jsonl")
    if done.returncode > 1:
        raise SystemExit(f"{source}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    return {(f["case"], f["subject"]) for f in findings if f["code"] == "rule"}


def compare(guiju, folder, rand, expressions, cases):
    maker = Maker(rand)
    scope = {"xs": RECS, "ns": NUMBERS, "bs": BOOLS, "n": NUMBER, "b": BOOL, "t": TEXT}
    made = [maker.make(BOOL, scope, 5, LOOPS_MAX) for _ in range(expressions)]
    made = [e for e in made if e[2] <= LOOPS_MAX]
    source, log = folder / "p.gj", folder / "events.jsonl"
    rules = [f"  rule yes{i} {{ on go require {e[0]} }}\n  rule no{i} {{ on go require not {e[0]} }}\n"
             for i, e in enumerate(made)]
    source.write_text(HEAD + "".join(rules) + "}\n", encoding="utf-8")
    events = [data(rand) for _ in range(cases)]
    log.write_text("".join(json.dumps({"case": str(i), "action": "go", "at": "2024-02-05T12:00:00Z",
                                       "data": told(event)}) + "\n" for i, event in enumerate(events)))
    found = broken(guiju, source, log)
    chinese = folder / "q.gj"
    chinese.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    formatted = run(guiju, "fmt", "--keywords", "zh", chinese)
    if formatted.returncode != 0 or broken(guiju, chinese, log) != found:
        raise SystemExit(f"in Chinese it means something else: {chinese.read_text()}")
    tally = {True: 0, False: 0, None: 0}
    for i, event in enumerate(events):
        for j, (text, value, _) in enumerate(made):
            expected = value(event)
            tally[expected] += 1
            got = {(True, False): True, (False, True): False, (False, False): None}.get(
                ((str(i), f"no{j}") in found, (str(i), f"yes{j}") in found), "both")
            if got is not expected:
                raise SystemExit(f"{text}\non {json.dumps(told(event))}\nis {expected}, not {got}")
    return tally


def main():
    guiju = sys.argv[1]
    rounds = 60 if os.environ.get("GUIJU_PROVE") else 2
    rand = random.Random(20241126)
    total = {True: 0, False: 0, None: 0}
    with tempfile.TemporaryDirectory() as name:
        for _ in range(rounds):
            for answer, count in compare(guiju, pathlib.Path(name), rand, 120, 40).items():
                total[answer] += count
    print(f"{sum(total.values())} answers: {total[True]} true, {total[False]} false, {total[None]} unknown")
    return 0 if min(total.values()) > sum(total.values()) // 20 else 1


if __name__ == "__main__":
    sys.exit(main())
