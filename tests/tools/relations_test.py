#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""relations_test.py — rules that relate acts agree with their definitions over finite traces.

What each rule says is written down here over the whole trace of a case, act against act, with no register and no clock: that
for every A some B comes before its time is over, that before every B some A lies on the right side, that nothing barred lies
between two acts. Random rules are compiled, random cases of them judged, and of every rule the acts that are found, by what
they are found against and whether what was missed has come since, must be those of its definition.
"""
import datetime
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

from builds import QUICK

TRACES = 1_000_000 if "GUIJU_PROVE" in os.environ else 3_000
CASES = 250  # of one source
EVENTS = 16  # a rule that remembers more than it can would say so
ACTS = ["ask", "say", "tell", "sign"]
HEAD = """procedure p {
  action ask (no: text)
  action say (no: text)
  action tell (no: text)
  action sign (no: text)
  stage open initial {
    on close -> closed
    on drop -> dropped
  }
  stage closed final
  stage dropped final void
"""
START = datetime.datetime(2024, 2, 5, tzinfo=datetime.timezone.utc)


# ---- rules ----------------------------------------------------------------------------------

def length_make(chance):
    """Words, minutes."""
    if chance.random() < 0.5:
        hours = chance.randint(1, 6)
        return f"{hours} hours", hours * 60
    minutes = chance.randint(1, 400)
    return f"{minutes} minutes", minutes


def followed(chance):
    a, b = chance.choice(ACTS), chance.choice(ACTS)
    words, minutes = length_make(chance) if chance.random() < 0.7 else (None, None)
    text = f"every {a} followed by {b}" + (f" within {words}" if words else "")
    return text, lambda trace: followed_defined(trace, a, b, minutes)


def preceded(chance):
    a, b = chance.choice(ACTS), chance.choice(ACTS)
    words, minutes = length_make(chance) if chance.random() < 0.7 else (None, None)
    least = chance.random() < 0.5
    text = f"every {b} preceded by {a}"
    if words:
        text += f" at least {words} before" if least else f" within {words}"
    return text, lambda trace: preceded_defined(trace, a, b, minutes, least)


def after_never(chance):
    a, d = chance.choice(ACTS), chance.choice(ACTS + [None])
    barred = chance.sample(ACTS, chance.randint(1, 2))
    keyed = chance.random() < 0.5
    text = f"after {a} never {', '.join(barred)}" + (f" until {d}" if d else "") + (" per no" if keyed else "")
    return text, lambda trace: after_defined(trace, a, barred, d, keyed)


def between_never(chance):
    a, b = chance.choice(ACTS), chance.choice(ACTS)
    barred = chance.sample([act for act in ACTS if act != b], chance.randint(1, 2))
    keyed = chance.random() < 0.5
    text = f"between {a} and {b} never {', '.join(barred)}" + (" per no" if keyed else "")
    return text, lambda trace: between_defined(trace, a, b, barred, keyed)


def equals(word, clashes):
    def make(chance):
        acts = chance.sample(ACTS, chance.randint(2, 3))
        text = f"{word} {', '.join(acts)}" + ("" if word == "not both" else " by officers")
        return text, lambda trace: equals_defined(trace, acts, clashes, word != "not both")
    return make


FORMS = [followed, preceded, after_never, between_never,
         equals("not both", lambda one, other: True),
         equals("separate", lambda one, other: one["officer"] == other["officer"]),
         equals("join", lambda one, other: one["officer"] != other["officer"])]


# ---- their definitions ----------------------------------------------------------------------
# Each gives what is found: (the act found, the act it is held against, its key, whether it is closed).

def close_of(trace):
    """Where the case ends; beyond the last act if it does not."""
    return next((i for i, act in enumerate(trace) if act["action"] in ("close", "drop")), len(trace))


def followed_defined(trace, a, b, minutes):
    end = close_of(trace)
    for i, first in enumerate(trace[:end]):
        if first["action"] != a:
            continue
        after = [act for act in trace[i + 1:] if act["action"] == b]
        if minutes is None:
            in_time = [act for act in trace[i + 1:end] if act["action"] == b]
            missed = end < len(trace) and trace[end]["action"] == "close" and not in_time
        else:
            due = first["minute"] + minutes
            ended = end < len(trace) and trace[end]["minute"] < due
            missed = not ended and due <= UNTIL and not any(act["minute"] < due for act in after)
        if missed:
            yield "not-done", first["id"], first["id"], None, bool(after)


def preceded_defined(trace, a, b, minutes, least):
    for i, act in enumerate(trace):
        if act["action"] != b:
            continue
        firsts = [one for one in trace[:i] if one["action"] == a]
        lies = [one for one in firsts if minutes is None or
                (act["minute"] - one["minute"] >= minutes if least else act["minute"] - one["minute"] <= minutes)]
        if not lies:
            told = None if not firsts else firsts[0 if least and minutes is not None else -1]["id"]
            yield "rule", act["id"], told, None, False


def opened(trace, a, ends, upto, keyed):
    """The acts a that go on before upto: no end of theirs lies between, and none before them goes on already."""
    open_now = {}
    for act in trace[:upto]:
        key = act["no"] if keyed else ""
        if keyed and key is None:
            continue
        if act["action"] == ends:
            open_now.pop(key, None)
        if act["action"] == a:
            open_now.setdefault(key, act)
    return open_now


def after_defined(trace, a, barred, d, keyed):
    for i, act in enumerate(trace):
        if act["action"] not in barred:
            continue
        goes_on = opened(trace, a, d, i, keyed)
        if keyed and act["no"] is not None:
            goes_on = {key: one for key, one in goes_on.items() if key == act["no"]}
        if goes_on:
            first = min(goes_on.values(), key=trace.index)
            yield "forbidden", act["id"], first["id"], first["no"] if keyed else None, False


def between_defined(trace, a, b, barred, keyed):
    for end, act in enumerate(trace):
        key = act["no"] if keyed else ""
        if act["action"] != b or (keyed and key is None):
            continue
        first = opened(trace, a, b, end, keyed).get(key)
        if first is None:
            continue
        for one in trace[trace.index(first) + 1:end]:
            if one["action"] in barred and (not keyed or one["no"] in (None, key)):
                yield "forbidden", one["id"], first["id"], key if keyed else None, False


def equals_defined(trace, acts, clashes, by_officers):
    for i, act in enumerate(trace):
        if act["action"] not in acts:
            continue
        if by_officers and act["officer"] is None:
            yield "missing-data", act["id"], None, None, False
            continue
        for other in trace[:i]:
            if (other["action"] in acts and other["action"] != act["action"] and
                    not (by_officers and other["officer"] is None) and clashes(act, other)):
                yield "code", act["id"], other["id"], None, False
                break


# ---- cases ----------------------------------------------------------------------------------

UNTIL = 5000  # minutes from the start: an act stands there in a case of its own


def trace_make(chance, case):
    minute, trace = 0, []
    for number in range(chance.randint(1, EVENTS)):
        minute += chance.choice([0, 0, 1, 5, 60, 60, 120, chance.randint(1, 500)])
        action = chance.choice(ACTS) if chance.random() < 0.93 else chance.choice(["close", "drop"])
        trace.append({"id": f"{case}#{number}", "action": action, "minute": minute, "case": case,
                      "no": chance.choice(["1", "2", None]), "officer": chance.choice(["u1", "u2", "u3", None])})
        if minute > UNTIL - 600:
            break
    return trace


def told(act):
    at = START + datetime.timedelta(minutes=act["minute"])
    event = {"id": act["id"], "source": "t", "case": act["case"], "action": act["action"], "at": at.isoformat()}
    if act["officer"] is not None:
        event["officer"] = act["officer"]
    if act["no"] is not None and act["action"] in ACTS:
        event["data"] = {"no": act["no"]}
    return json.dumps(event)


def judged(source, traces):
    """(rule, case) → what is found of it."""
    with tempfile.TemporaryDirectory(prefix="guiju-") as name:
        folder = pathlib.Path(name)
        (folder / "p.gj").write_text(source, encoding="utf8")
        last = {"id": "last", "action": "drop", "minute": UNTIL, "case": "last", "no": None, "officer": None}
        lines = [told(act) for trace in traces for act in trace] + [told(last)]
        (folder / "log.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
        ran = subprocess.run([QUICK, "replay", str(folder / "p.gj"), "--events", str(folder / "log.jsonl"), "--format", "jsonl"],
                             capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    found = {}
    for line in ran.stdout.splitlines():
        one = json.loads(line)
        if not one["subject"].startswith("r_"):
            continue
        first = one.get("first", {}).get("event")
        act = first if one["code"] == "not-done" else one["event"]
        code = one["code"] if one["code"] in ("not-done", "missing-data") else "found"
        found.setdefault((one["subject"], one["case"]), []).append(
            (code, act, first, one.get("key"), one["status"] == "closed"))
    return found


class Relations(unittest.TestCase):
    def test_rules_agree_with_their_definitions(self):
        compared = {form: 0 for form in range(len(FORMS))}
        for seed in range(max(1, TRACES // CASES)):
            chance = random.Random(seed)
            rules = [FORMS[form](chance) for form in range(len(FORMS)) for _ in range(2)]
            source = HEAD + "".join(f"  rule r_{i} {{ {text} }}\n" for i, (text, _) in enumerate(rules)) + "}\n"
            traces = [trace_make(chance, f"c{number}") for number in range(CASES)]
            found = judged(source, traces)
            for trace in traces:
                for i, (text, defined) in enumerate(rules):
                    wanted = [(code if code in ("not-done", "missing-data") else "found", *rest)
                              for code, *rest in defined(trace)]
                    got = found.get((f"r_{i}", trace[0]["case"]), [])
                    key = lambda one: tuple("" if part is None else str(part) for part in one)
                    self.assertEqual(sorted(got, key=key), sorted(wanted, key=key),
                                     f"seed {seed}: {text}\n" + "\n".join(told(act) for act in trace))
                    compared[i // 2] += len(wanted)
        for form, count in compared.items():
            self.assertGreater(count, TRACES // 100, f"form {form} finds next to nothing")


if __name__ == "__main__":
    unittest.main()
