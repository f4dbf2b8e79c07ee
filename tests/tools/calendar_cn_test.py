#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The compiled std.calendar.cn against the data of the notices, day by day.

The data (one JSON file a year, from the repository NateScarlet/holiday-cn) is not kept here: it is
found below $GUIJU_SHARED/holidays-cn, and where it is absent this test is skipped; the hash in
tests/unit/calendar_cn_test.c then stands for it. The days are written down anew here: a day named in
any year's file is what that file says, every other day is worked from Monday to Friday.

    calendar_cn_test.py            checks
    calendar_cn_test.py --digest   prints the hash that belongs into the unit test
"""

import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys

SKIP = 77
FIRST, LAST = datetime.date(2007, 1, 1), datetime.date(2026, 12, 31)


def announced(folder):
    """Every day of the years as W or C, from the files alone."""
    named = {}
    for year in range(FIRST.year, LAST.year + 1):
        for day in json.loads((folder / f"{year}.json").read_text("utf-8"))["days"]:
            date = datetime.date.fromisoformat(day["date"])
            assert named.get(date, day["isOffDay"]) == day["isOffDay"], f"{date}: two notices differ"
            named[date] = day["isOffDay"]
    dates = (FIRST + datetime.timedelta(n) for n in range((LAST - FIRST).days + 1))
    return "".join("C" if named.get(date, date.weekday() >= 5) else "W" for date in dates)


def compiled():
    """The same from the compiled calendar, through the unit test's program."""
    program = pathlib.Path(os.environ["GUIJU"]).parent / "tests" / "unit_calendar_cn"
    if not program.exists():
        print(f"skipped: {program} is not built")
        sys.exit(SKIP)
    return subprocess.run([program, "--days"], check=True, capture_output=True, text=True).stdout


def main():
    folder = pathlib.Path(os.environ.get("GUIJU_SHARED", "../shared/data")) / "holidays-cn"
    if not folder.is_dir():
        print("skipped: the data of the notices is not here")
        return SKIP
    wanted = announced(folder)
    if "--digest" in sys.argv:
        print(hashlib.sha256(wanted.encode()).hexdigest())
        return 0
    found = compiled()
    wrong = [n for n in range(len(wanted)) if wanted[n:n + 1] != found[n:n + 1]]
    for n in wrong[:20]:
        print(f"{FIRST + datetime.timedelta(n)}: announced {wanted[n]}, compiled {found[n:n + 1]}")
    print(f"{len(wanted)} days, {wanted.count('W')} working, {len(wrong)} differ")
    return 1 if wrong or len(found) != len(wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
