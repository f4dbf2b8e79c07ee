#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""keys_test.py — a limit that keeps a clock a key is, for each key, the limit without keys in a case of its own.

Random cases of several keys are judged by limits with `per`; then each key's acts, beside those that tell none, as a case
of their own by the same limits without it. Every finding must be the same but for its identity, its case and its key: with
stops of a key and of all, notices, extensions, restarts, minima, dates, and what is counted back.
"""
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
CASES = 4000 if "GUIJU_PROVE" in os.environ else 150
SOURCE = """use std.calendar.cn
procedure tender {{
  calendar cn
  data {{ opening : date }}
  action object (lot: {type})
  action answer (lot: {type})
  action ask (lot: {type})
  action asked (lot: {type})
  action tell_ask (lot: {type})
  action prolong (lot: {type})
  action told (lot: {type})
  action amend (lot: {type})
  action set_date
  stage opened initial {{ on publish -> running }}
  stage running {{
    on suspend -> suspended
    on finish -> done
  }}
  stage done final
  stage suspended {{
    on tell
    on resume -> running
  }}
  limit clock {{
    from object to answer
    {span}
    {per}
    duty applicant
  }}
}}
"""
TURNS = ["not counting suspended", "not counting suspended at most 3 {unit}", "not counting suspended notified by tell",
         "not counting from ask to asked", "not counting from ask to asked at most 2 {unit} notified by tell_ask",
         "not counting from ask to asked notified by tell_ask within 2 days", "extended 2 {unit} by prolong",
         "extended 2 {unit} by prolong at most 2 times notified by told",
         "extended 2 {unit} by prolong notified by told within 1 days", "restarts by amend"]
RUNGS = ["notice before 1 {unit}", "yellow at 50%", "yellow overdue", "red overdue 2 {unit}"]


def span_of(chance):
    unit, most = chance.choice([("workdays", 8), ("days", 9), ("hours", 90), ("workhours", 40), ("months", 1)])
    kind = chance.randrange(8)
    if kind == 0:
        return f"from 1 {unit} to {most} {unit}"
    if kind == 1:
        return "by opening"
    lines = [f"within {chance.randint(1, most)} {unit}"]
    lines += chance.sample(TURNS, chance.randint(0, 5))
    lines += ["yellow overdue"] if chance.random() < 0.3 else chance.sample(RUNGS, 2)
    # two clauses that one act would open are as good as one: the first stands
    return "\n    ".join(line.format(unit=unit) for line in lines)


def keys_of(chance):
    if chance.random() < 0.5:
        return "text", [f"L-{i}" for i in range(6)]
    return "number", [1, 2, 2.5, 30, 4000, -1]


def case_make(chance, case, keys):
    """Events as (key or None, event); each key starts once, and nothing is told of it before or after."""
    events, minutes, suspended, state = [], 0, None, {}
    begin = chance.randrange(60) * 1440

    def tell(action, key, **data):
        data = {**data, **({"lot": key} if key is not None else {})}
        day, minute = divmod(begin + minutes, 1440)
        month, of_month = (1 + day // 28, 1 + day % 28)
        at = f"2026-{month:02d}-{of_month:02d}T{minute // 60:02d}:{minute % 60:02d}:00+08:00"
        events.append((key, {"id": f"{case}-{len(events)}", "case": case, "action": action, "at": at, "data": data}))

    tell("publish", None, opening="2026-02-10")
    for _ in range(chance.randint(6, 30)):
        minutes += chance.choice([0, 1, 60, 600, 1440, 3000])
        waiting = [key for key in keys if key not in state]
        running = [key for key in keys if state.get(key)]
        act = chance.randrange(10)
        if act < 2 and waiting:
            state[waiting[0]] = True
            tell("object", waiting[0])
        elif act == 2:
            tell("resume" if suspended else "suspend", None)
            suspended = not suspended
        elif act == 3 and suspended:
            tell("tell", None)
        elif act == 4 and chance.random() < 0.3:
            tell("set_date", None, opening=f"2026-0{chance.randint(1, 4)}-15")
        elif running:
            key = chance.choice(running)
            action = chance.choice(["object", "ask", "asked", "tell_ask", "prolong", "told", "amend", "ask", "asked", "answer"])
            state[key] = action != "answer"
            tell(action, key)
    return events


def alone(events, key, case):
    """Those of the key, and those of none; but a notice that comes when the key's clock has ended is nothing to it."""
    ended = [i for i, (of, event) in enumerate(events) if of == key and event["action"] == "answer"]
    return [{**event, "case": case, "source": str(key)} for i, (of, event) in enumerate(events)
            if of == key or (of is None and not (event["action"] == "tell" and ended and i > ended[0]))]


def judged(folder, name, source, events):
    (folder / f"{name}.gj").write_text(source, "utf-8")
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events), "utf-8")
    done = subprocess.run([GUIJU, "replay", f"{name}.gj", "--events", f"{name}.jsonl", "--until", "2026-05-20", "--format",
                           "jsonl", "--lang", "en"], cwd=folder, capture_output=True, check=False,
                          env={**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib")})
    assert done.returncode < 2, source + done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def without(value, names):
    if isinstance(value, dict):
        return {name: without(inner, names) for name, inner in value.items() if name not in names}
    return [without(item, names) for item in value] if isinstance(value, list) else value


def plain(finding, key):
    """Without what must differ."""
    kept = without(finding, ("id", "case", "key", "explanation", "explanation_zh", "source", "event_source"))
    words = finding["explanation"].replace(f' for "{key}"', "").split(" Clause: ")[0]
    return json.dumps([kept, words], sort_keys=True, ensure_ascii=False)


class Keys(unittest.TestCase):
    def test_each_key_is_a_case_of_its_own(self):
        compared = 0
        for seed in range(CASES // 10):
            chance = random.Random(seed)
            span, (kind, keys) = span_of(chance), keys_of(chance)
            with_keys = SOURCE.format(type=kind, span=span, per="per lot at most 6 open")
            apart_source = SOURCE.format(type=kind, span=span, per="# each by itself")
            together, apart = [], []
            for number in range(10):
                events = case_make(chance, f"c{number}", keys)
                together += [event for _, event in events]
                for key in keys:
                    apart += alone(events, key, f"c{number}/{key}")
            with tempfile.TemporaryDirectory(prefix="guiju-") as name:
                folder = pathlib.Path(name)
                found = judged(folder, "with", with_keys, together)
                single = judged(folder, "without", apart_source, apart)
            left = sorted((f"{f['case']}/{f['key']}", plain(f, f["key"])) for f in found if "key" in f)
            right = sorted((f["case"], plain(f, None)) for f in single if f["subject"] == "clock")
            self.assertEqual(left, right, f"seed {seed}\n{with_keys}")
            compared += len(left)
        self.assertGreater(compared, CASES)


if __name__ == "__main__":
    unittest.main()
