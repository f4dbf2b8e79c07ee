#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""receipt_rules_oracle.py GUIJU — each rule of examples/receipt_rules, counted anew in the raw permit log.

Independent of the compiler and the judge: the log is read with the standard library, days are dates of the
standard library, and each rule is written down as a question about a list of acts. What is compared is, of
each rule, in which case it was found of which act, and whether what was missed has come since.
"""
import calendar
import collections
import datetime
import gzip
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("GUIJU_SHARED", os.path.join(ROOT, "..", "shared", "data"))
LOG = os.path.join(SHARED, "logs", "receipt.xes.gz")
SOURCE = os.path.join(ROOT, "examples/receipt_rules/receipt_rules.gj")
SKIPPED = 77

NAMES = {"confirm": "Confirmation", "check": "T02", "adjust": "T03", "determine": "T04", "dispatch": "T05",
         "ask_advice": "T06", "advise_2": "T07-2", "request": "T08", "external_1": "T09-1", "settle": "T10",
         "x_create": "T11", "y_report": "T16"}
SHORT = {word: name for name, word in NAMES.items()}


class Act:
    def __init__(self, about, told):
        self.name = SHORT.get(told["concept:name"].split()[0])
        self.officer = told["org:resource"]
        self.at = datetime.datetime.fromisoformat(told["time:timestamp"])
        self.day = self.at.date()  # the log tells each time on the wall of the office
        self.channel = about.get("channel")


def cases(path):
    """Each case of the log: (name, its acts in their order)."""
    with gzip.open(path) as stream:
        root = ET.parse(stream).getroot()
    space = root.tag[: root.tag.index("}") + 1]
    for trace in root.findall(space + "trace"):
        about = {a.get("key"): a.get("value") for a in trace if a.tag != space + "event"}
        acts = [Act(about, {a.get("key"): a.get("value") for a in event}) for event in trace.findall(space + "event")]
        acts.sort(key=lambda act: act.at)
        yield about["concept:name"], acts


# ---- time -----------------------------------------------------------------------------------

ONE = datetime.timedelta(days=1)


def is_worked(day):
    return day.weekday() < 5


def hours(amount):
    return lambda act: act.at + datetime.timedelta(hours=amount)


def last_day(find):
    """The last instant of a day, on the wall of the act's own offset."""
    return lambda act: datetime.datetime.combine(find(act.day) + ONE, datetime.time(), act.at.tzinfo)


def workdays_on(amount):
    def find(day):
        left = amount
        while left:
            day += ONE
            left -= is_worked(day)
        return day
    return find


def rolled(day):
    while not is_worked(day):
        day += ONE
    return day


def days_on(amount):
    return lambda day: rolled(day + amount * ONE)


def months_on(amount):
    def find(day):
        index = day.year * 12 + day.month - 1 + amount
        year, month = index // 12, index % 12 + 1
        return rolled(day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])))
    return find


def days_between(first, second):
    return (second - first).days - 1


def workdays_between(first, second):
    return sum(is_worked(first + i * ONE) for i in range(1, (second - first).days))


# ---- the rules ------------------------------------------------------------------------------
# Each gives, of a case's acts, the acts it is found of and whether that is closed.

def followed(a, b, due=None, where=lambda act: True):
    def found(acts, last):
        end = next((i for i, act in enumerate(acts) if act.name == "settle"), len(acts))
        for i, first in enumerate(acts[:end]):
            if first.name != a or not where(first):
                continue
            after = [act for act in acts[i + 1:] if act.name == b]
            if due is None:
                missed = end < len(acts) and not any(act.name == b for act in acts[i + 1:end + 1])
            else:
                instant = due(first)
                ended = end < len(acts) and acts[end].at < instant
                missed = instant <= last and not ended and not any(act.at < instant for act in after)
            if missed:
                yield first, bool(after)
    return found


def preceded(b, a, lies=lambda first, act: True):
    def found(acts, last):
        for i, act in enumerate(acts):
            if act.name == b and not any(one.name == a and lies(one, act) for one in acts[:i]):
                yield act, False
    return found


def after_never(a, barred, until=None):
    def found(acts, last):
        for i, act in enumerate(acts):
            before = [one.name for one in acts[:i] if one.name in (a, until)]
            if act.name in barred and before and before[-1] == a:
                yield act, False
    return found


def between_never(a, b, barred):
    def found(acts, last):
        for i, act in enumerate(acts):
            border = [one.name for one in acts[:i] if one.name in (a, b)]
            later = any(one.name == b for one in acts[i + 1:])
            if act.name in barred and border and border[-1] == a and later:
                yield act, False
    return found


def equals(names, clash):
    def found(acts, last):
        for i, act in enumerate(acts):
            if act.name in names and any(one.name in names and one.name != act.name and clash(one, act)
                                         for one in acts[:i]):
                yield act, False
    return found


def at_most(name, count):
    def found(acts, last):
        for act in [act for act in acts if act.name == name][count:]:
            yield act, False
    return found


RULES = {
    "checked_by_the_end": followed("confirm", "check"),
    "sent_by_the_end": followed("determine", "dispatch"),
    "checked_in_a_day": followed("confirm", "check", last_day(workdays_on(1))),
    "determined_in_time": followed("check", "determine", hours(24)),
    "sent_at_once": followed("determine", "dispatch", hours(1.5)),
    "sent_in_three_days": followed("determine", "dispatch", last_day(days_on(3))),
    "settled_in_months": followed("confirm", "settle", last_day(months_on(1))),
    "internet_in_a_week": followed("confirm", "determine", last_day(workdays_on(5)), lambda act: act.channel == "Internet"),
    "late_in_the_day": followed("confirm", "check", last_day(workdays_on(2)), lambda act: act.at.hour >= 16),
    "answered": followed("request", "external_1", last_day(days_on(30))),
    "advised": followed("ask_advice", "advise_2", last_day(days_on(10))),
    "determined_first": preceded("dispatch", "determine"),
    "checked_first": preceded("determine", "check"),
    "confirmed_lately": preceded("check", "confirm", lambda first, act: days_between(first.day, act.day) <= 2),
    "sent_lately": preceded("ask_advice", "dispatch", lambda first, act: workdays_between(first.day, act.day) <= 5),
    "thought_over": preceded("settle", "ask_advice", lambda first, act: act.at - first.at >= datetime.timedelta(hours=2)),
    "a_day_between": preceded("settle", "confirm", lambda first, act: workdays_between(first.day, act.day) >= 1),
    "no_advice_after": after_never("settle", {"ask_advice"}),
    "checked_again": after_never("adjust", {"determine", "dispatch"}, "check"),
    "as_determined": between_never("determine", "dispatch", {"adjust", "check"}),
    "one_track": equals({"x_create", "y_report"}, lambda one, act: True),
    "four_eyes": equals({"check", "determine"}, lambda one, act: one.officer == act.officer),
    "one_hand": equals({"confirm", "dispatch"}, lambda one, act: one.officer != act.officer),
    "asked_once": at_most("ask_advice", 1),
}


def expected():
    log = list(cases(LOG))
    last = max(act.at for _, acts in log for act in acts)
    found = {name: collections.Counter() for name in RULES}
    for case, acts in log:
        for name, rule in RULES.items():
            found[name].update((case, act.at, closed) for act, closed in rule(acts, last))
    return len(log), sum(len(acts) for _, acts in log), found


def reported(guiju):
    run = subprocess.run([guiju, "replay", SOURCE, "--events", LOG, "--format", "jsonl"], stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit("replay ended with status %d" % run.returncode)
    found = {name: collections.Counter() for name in RULES}
    for line in run.stdout.splitlines():
        one = json.loads(line)
        if one["code"] == "after-close":
            continue
        at = one["first"]["at"] if one["code"] == "not-done" else one["at"]
        found.setdefault(one["subject"], collections.Counter())[
            one["case"], datetime.datetime.fromisoformat(at), one["status"] == "closed"] += 1
    return found


def main():
    if not os.path.exists(LOG):
        print("skipped: %s is not here" % LOG)
        return SKIPPED
    case_count, event_count, found = expected()
    print("%d cases, %d events, %d rules" % (case_count, event_count, len(RULES)))
    if len(sys.argv) < 2:
        for name, counts in found.items():
            print("%-20s %6d" % (name, sum(counts.values())))
        return 0
    told, failed = reported(sys.argv[1]), 0
    for name in sorted(set(found) | set(told)):
        mine, theirs = found.get(name, collections.Counter()), told[name]
        failed += mine != theirs
        print("%-20s by hand %6d   reported %6d   %s" %
              (name, sum(mine.values()), sum(theirs.values()), "" if mine == theirs else "DIFFERS"))
        for case, at, closed in sorted((mine - theirs) + (theirs - mine))[:3]:
            print("  %s: %s, closed %s: by hand %d, reported %d" %
                  (case, at, closed, mine[case, at, closed], theirs[case, at, closed]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
