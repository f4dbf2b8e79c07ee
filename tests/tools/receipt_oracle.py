#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts late, skipped, repeated, out-of-order, after-close and unauthorised in the raw permit log.

Independent of the compiler and the judge: the graph is written down anew here, the log is read with
the standard library, and every case is walked by hand. `receipt_oracle.py GUIJU` compares its counts,
and the very cases, with what `GUIJU replay` reports for examples/permit_receipt.
"""
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
SKIPPED = 77

ANY, MAIL, DECIDE, CHECK, REGISTRY = "EMPTY", "Group 2", "Group 3", "Group 4", "Group 1"
# stage: [(act, groups, next stage, goes back)], an act being the log's first word for it
GRAPH = {
    "received": [("Confirmation", {REGISTRY, ANY}, "check", False)],
    "check": [("T02", {CHECK, ANY}, "determine", False)],
    "determine": [("T04", {DECIDE, ANY}, "send", False), ("T03", {REGISTRY}, "check", True)],
    "send": [("T05", {MAIL, ANY}, "advise", False)],
    "advise": [("T06", {REGISTRY, ANY}, "stop", False)],
    "stop": [("T07-1", {"Group 13", ANY}, None, False), ("T07-2", {"Group 15", ANY}, None, False),
             ("T07-3", {"Group 14"}, None, False), ("T07-4", {"Group 12", ANY}, None, False),
             ("T07-5", {REGISTRY}, None, False), ("T08", {REGISTRY}, None, False),
             ("T09-1", {REGISTRY}, None, False), ("T09-2", {REGISTRY}, None, False),
             ("T09-3", {REGISTRY}, None, False), ("T09-4", {REGISTRY}, None, False),
             ("T06", {REGISTRY, ANY}, None, False), ("T10", {REGISTRY, ANY}, "settled", False)],
    "settled": [("T11", {REGISTRY, ANY}, "x check", False), ("T16", {REGISTRY}, "y check", False)],
    "x check": [("T12", {CHECK, ANY}, "x determine", False)],
    "x determine": [("T14", {DECIDE, ANY}, "x print", False), ("T13", {REGISTRY}, "x check", True)],
    "x print": [("T15", {MAIL, ANY}, "unlicensed", False)],
    "y check": [("T17", {CHECK, ANY}, "y determine", False)],
    "y determine": [("T19", {DECIDE, ANY}, "y print", False), ("T18", {REGISTRY}, "y check", True)],
    "y print": [("T20", {MAIL}, "held", False)],
    "unlicensed": None,
    "held": None,
}
TERM_DAYS = 56


def ahead(stage, act, done, entered):
    """The stage where `act` is expected, by the fewest steps: forward first, then by going back to
    a stage that was entered after the act was last done. None when there is no such stage."""
    for backwards in (False, True):
        queue, seen = collections.deque([stage]), {stage}
        while queue:
            here = queue.popleft()
            for name, _, target, back in GRAPH[here] or []:
                if name == act and here != stage:
                    return here
            for name, _, target, back in GRAPH[here] or []:
                if target is None or target in seen or (back and not backwards):
                    continue
                if back and done.get(act, -1) > entered.get(target, -1):
                    continue
                seen.add(target)
                queue.append(target)
    return None


def walk(events, start, end, last):
    """The findings of one case as a list of (code, act)."""
    found, stage, done, entered, closed_at = [], "received", {}, {"received": 0}, None
    for ordinal, (act, group, at) in enumerate(events, 1):
        if GRAPH[stage] is None:
            found.append(("after-close", act))
            continue
        here = stage if any(row[0] == act for row in GRAPH[stage]) else None
        where = here or ahead(stage, act, done, entered)
        if where is None:
            found.append(("repeated" if act in done else "out-of-order", act))
            done[act] = ordinal
            continue
        if here is None:
            found.append(("skipped-step", act))
        row = next(row for row in GRAPH[where] if row[0] == act)
        if group not in row[1]:
            found.append(("unauthorised", act))
        if act == "Confirmation" and act in done:
            found.append(("repeated", act))
        done[act] = ordinal
        if row[2] is not None:
            stage = row[2]
            entered[stage] = ordinal
            if GRAPH[stage] is None:
                closed_at = at
    due = start.date() + datetime.timedelta(days=TERM_DAYS)
    stopped = min(moment for moment in (end, closed_at, last) if moment is not None)
    if stopped.date() > due:
        found.append(("late", "term"))
    return found


def read(path):
    """Each case of the log: (name, start, end or None, [(act, group, instant)])."""
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    with opened as stream:
        root = ET.parse(stream).getroot()
    space = root.tag[: root.tag.index("}") + 1]
    instant = datetime.datetime.fromisoformat
    for trace in root.findall(space + "trace"):
        about = {a.get("key"): a.get("value") for a in trace if a.tag != space + "event"}
        events = []
        for event in trace.findall(space + "event"):
            told = {a.get("key"): a.get("value") for a in event}
            events.append((told["concept:name"].split()[0], told["org:group"],
                           instant(told["time:timestamp"])))
        events.sort(key=lambda event: event[2])
        end = instant(about["enddate"]) if "enddate" in about else None
        yield about["concept:name"], instant(about["startdate"]), end, events


def expected():
    cases = list(read(LOG))
    last = max(event[2] for case in cases for event in case[3])
    counts, where = collections.Counter(), collections.Counter()
    for name, start, end, events in cases:
        for code, _ in walk(events, start, end, last):
            counts[code] += 1
            where[code, name] += 1
    return len(cases), sum(len(case[3]) for case in cases), counts, where


def reported(guiju):
    command = [guiju, "replay", os.path.join(ROOT, "examples/permit_receipt/permit_receipt.gj"),
               "--events", LOG, "--format", "jsonl"]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit("replay ended with status %d" % run.returncode)
    counts, where = collections.Counter(), collections.Counter()
    for line in run.stdout.decode("utf-8").splitlines():
        finding = json.loads(line)
        counts[finding["code"]] += 1
        where[finding["code"], finding["case"]] += 1
    return counts, where


def main():
    if not os.path.exists(LOG):
        print("skipped: %s is not here" % os.path.relpath(LOG, ROOT))
        return SKIPPED
    cases, events, counts, where = expected()
    print("%d cases, %d events" % (cases, events))
    if len(sys.argv) < 2:
        for code, count in sorted(counts.items()):
            print("%-14s %6d" % (code, count))
        return 0
    told, told_where = reported(sys.argv[1])
    failed = 0
    for code in sorted(set(counts) | set(told)):
        agree = counts[code] == told[code]
        failed += not agree
        print("%-14s by hand %6d   reported %6d   %s" %
              (code, counts[code], told[code], "" if agree else "DIFFERS"))
    differing = [key for key in set(where) | set(told_where) if where[key] != told_where[key]]
    for code, name in sorted(differing)[:10]:
        print("  %s in %s: by hand %d, reported %d" %
              (code, name, where[code, name], told_where[code, name]))
    return 1 if failed or differing else 0


if __name__ == "__main__":
    sys.exit(main())
