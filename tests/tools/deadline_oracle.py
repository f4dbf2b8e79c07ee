#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The 56-day term of the raw permit log against the log's own `deadline` and `enddate`.

The municipality's system wrote into each case the day by which it was to be decided. What is counted
from `startdate` must be that day, and who is found late must be late by the log; what differs belongs
to exactly one of the classes below, each of a known size and with its reason. The classes are found
here with the standard library alone. `deadline_oracle.py GUIJU` compares; without GUIJU it prints
what the log says.
"""
import collections
import datetime
import gzip
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("GUIJU_SHARED", os.path.join(ROOT, "..", "shared", "data"))
LOG = os.path.join(SHARED, "logs", "receipt.xes.gz")
SKIPPED = 77
TERM_DAYS = 56
UNTIL = "2014-06-01"  # everything is due by then

# What the log's deadline is, seen from the eight weeks. Where it is later, no event tells of it, so
# nothing can count it: the term was prolonged, or did not run while the request was completed.
DEADLINES = {
    "eight weeks": 1080,
    "two months": 15,          # the day of the same number two months later
    "six weeks more": 58,      # prolonged once, by six weeks
    "whole weeks more": 75,    # put off by other weeks
    "days more": 170,          # put off by days that are no whole weeks
    "twenty-six weeks": 3,     # the term of the long procedure
    "a year too high": 2,      # the last day of eight weeks, but for its year
    "beyond half a year": 8,   # put off by more than all the others; BEYOND names them
    "less": 23,                # a shorter term
}
BEYOND = {"case-10183", "case-4111", "case-4512", "case-5372", "case-6009", "case-8770", "case-9072",
          "case-9747"}

# Of the cases that ended, who was late by the eight weeks and who by the log, and why they differ.
VERDICTS = {
    "both in time": 799,
    "both late": 326,
    # The log's deadline is an instant at the beginning of its day, or an hour into it; a term of
    # days ends with the day.
    "ended on the last day": 49,
    "the log's deadline is later": 153,   # and was kept
    "the log's deadline is earlier": 2,   # and was missed
}

SOURCE = """module deadlines
calendar municipal {
  zone "Europe/Amsterdam"
  week mon..fri
  published through 2014-12-31
}
department municipality { post registry }
procedure receipt {
  calendar municipal
  data {
    startdate : time
    enddate   : time optional
    deadline  : time optional
    unended   : time optional
  }
%s
  stage open initial { on close_it -> closed }
  stage closed final
  limit term {
    from startdate to enddate
    within 56 days
    does not roll
    duty registry
  }
  limit told {
    from startdate to enddate
    by deadline
    duty registry
  }
  limit whole {
    from startdate to unended
    within 56 days
    does not roll
    duty registry
  }
}
"""


def read():
    """Each case of the log: (name, start, deadline, end or None), and the names of all acts."""
    with gzip.open(LOG) as stream:
        root = ET.parse(stream).getroot()
    space = root.tag[: root.tag.index("}") + 1]
    instant = datetime.datetime.fromisoformat
    cases, acts = [], set()
    for trace in root.findall(space + "trace"):
        about = {a.get("key"): a.get("value") for a in trace if a.tag != space + "event"}
        for event in trace.findall(space + "event"):
            acts.update(a.get("value") for a in event if a.get("key") == "concept:name")
        end = instant(about["enddate"]) if "enddate" in about else None
        cases.append((about["concept:name"], instant(about["startdate"]),
                      instant(about["deadline"]), end))
    return cases, sorted(acts)


def months_later(day, months):
    """The day of the same number, or None where the month has none."""
    months += day.year * 12 + day.month - 1
    try:
        return day.replace(year=months // 12, month=months % 12 + 1)
    except ValueError:
        return None


def deadline_class(name, start, deadline):
    first, last = start.date(), deadline.date()
    days = (last - first).days
    if days == TERM_DAYS:
        return "eight weeks"
    if last == months_later(first, 2):
        return "two months"
    if 0 < days < TERM_DAYS:
        return "less"
    if days == TERM_DAYS + 42:
        return "six weeks more"
    if days == 26 * 7:
        return "twenty-six weeks"
    if last == months_later(first + datetime.timedelta(days=TERM_DAYS), 12):
        return "a year too high"
    if name in BEYOND:
        return "beyond half a year"
    if TERM_DAYS < days < 26 * 7:
        return "days more" if days % 7 else "whole weeks more"
    return None


def verdict_class(start, deadline, end):
    due = start.date() + datetime.timedelta(days=TERM_DAYS)
    late, late_by_log = end.date() > due, end >= deadline
    if late == late_by_log:
        return "both late" if late else "both in time"
    if deadline.date() == due:
        return "ended on the last day" if end.date() == due and late_by_log else None
    if late:
        return "the log's deadline is later" if deadline.date() > due else None
    return "the log's deadline is earlier" if deadline.date() < due else None


def differ(what, found, known):
    """Prints the classes with their sizes; how many are not as they are known."""
    wrong = 0
    for name in list(known) + sorted(set(found) - set(known), key=str):
        agrees = found[name] == known.get(name)
        wrong += not agrees
        print("%-9s %-30s %5d%s" % (what, name, found[name], "" if agrees else "   DIFFERS"))
    return wrong


def replayed(guiju, acts):
    """What is found late: {(limit, case): the last day or instant, as told}."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "deadlines.gj")
        lines = ['  action act_%d "%s"' % (i, act) for i, act in enumerate(acts)]
        with open(path, "w", encoding="utf-8") as source:
            source.write(SOURCE % "\n".join(lines))
        run = subprocess.run([guiju, "replay", path, "--events", LOG, "--format", "jsonl",
                              "--until", UNTIL], stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit("replay ended with status %d" % run.returncode)
    late = {}
    for line in run.stdout.decode("utf-8").splitlines():
        finding = json.loads(line)
        if finding["code"] != "late" or (finding["subject"], finding["case"]) in late:
            sys.exit("not looked for: " + line)
        late[finding["subject"], finding["case"]] = finding["due"]
    return late


def judged_otherwise(cases, late):
    """Each case whose last day, or verdict, is not what it is by hand."""
    for name, start, deadline, end in cases:
        due = start.date() + datetime.timedelta(days=TERM_DAYS)
        if late.get(("whole", name)) != due.isoformat():
            yield "%s: the last day is %s, found %s" % (name, due, late.get(("whole", name)))
        if end is None:
            continue
        if (("term", name) in late) != (end.date() > due):
            yield "%s: ended %s, last day %s" % (name, end, due)
        if (("told", name) in late) != (end >= deadline):
            yield "%s: ended %s, deadline %s" % (name, end, deadline)


def main():
    if not os.path.exists(LOG):
        print("skipped: %s is not here" % os.path.relpath(LOG, ROOT))
        return SKIPPED
    cases, acts = read()
    deadlines = collections.Counter(deadline_class(*case[:3]) for case in cases)
    verdicts = collections.Counter(verdict_class(*case[1:]) for case in cases if case[3])
    wrong = differ("deadline", deadlines, DEADLINES) + differ("verdict", verdicts, VERDICTS)
    if len(sys.argv) > 1:
        others = list(judged_otherwise(cases, replayed(sys.argv[1], acts)))
        print("%d cases, %d judged otherwise than by hand" % (len(cases), len(others)))
        print("\n".join(others[:20]))
        wrong += len(others)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
