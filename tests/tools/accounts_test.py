#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""accounts_test.py — one account in three forms.

How a limit was counted is told as data (`guiju case --format json`), on the terminal (`--why LIMIT`) and
as a picture (`--format svg`), in two languages. Here all are read back: the runs as data are laid out day
by day, by their reasons alone, and every line of the table, every cell of the strip and every box of the
picture must be of that day, with that reason and that number, and every mark in the key; the words must be
the same. The accounts are those of the cases that lie beside the goldens, at the end of each and in its middle.
"""
import datetime
import json
import os
import pathlib
import re
import subprocess
import unicodedata
import unittest
import xml.etree.ElementTree as tree

from builds import QUICK

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDENS = [ROOT / "tests/golden/judge", ROOT / "tests/golden/case"]
DAY = datetime.timedelta(days=1)
INSTANT = datetime.timedelta(milliseconds=1)
SVG = "{http://www.w3.org/2000/svg}"

MARKS = {
    "start": "S起", "worked": "+班", "weekend": "..", "holiday": "*节", "off": "-休", "stopped": "=停",
    "due": "D届", "open": "??", "over": "!超", "end": "E止",
}
WEEKDAYS = [["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], list("一二三四五六日")]
REASONS = {
    "start": ("the day of the (start|act): not counted", "(起算|行为)当日，不计"),
    "worked": ("worked instead", "调休上班"),
    "weekend": ("weekend: not counted", "周末，不计"),
    "holiday": ("holiday: not counted", "(放假|节假日)，不计"),
    "off": ("closed: not counted", "放假，不计"),
    "stopped": ("stopped( \\(.*\\))?: not counted", "停止计算(（.*）)?，不计"),
    "moved": ("moved to this day", "顺延至此日"),
    "open": ("whether it is over is not announced yet", "放假安排尚未公布，是否超出尚不能确定"),
    "target": ("the day counted back from: not counted", "据以倒算之日，不计"),
    "counted": ("(days?|in all) ?\\d*", "(第|累计)\\d*"),
}


def command(source, *arguments):
    made = subprocess.run([QUICK, "case", source.name, "--events", source.with_suffix(".jsonl").name, *arguments],
                          cwd=source.parent, capture_output=True, text=True, timeout=60, check=False,
                          env={**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib"), "COLUMNS": "80"})
    if made.returncode > 1:
        raise AssertionError(f"{source.name} {arguments}: {made.stderr}")
    return made.stdout


# ---- as data ----------------------------------------------------------------------------------------
def instant(text):
    return datetime.datetime.fromisoformat(text)


def length(text):
    """An ISO length of days, hours, minutes and seconds."""
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?", text)
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


class Account:
    """One of `limits`, day by day: look is the mark's name or "counted", number how many with that day."""

    def __init__(self, data):
        self.data = data
        self.in_time = any("T" in run["from"] for run in data["runs"])
        self.runs = data["runs"]
        self.look, self.number = {}, {}
        for run in self.runs:
            self.lay(run)
        self.edges()

    def days_of(self, run):
        if not self.in_time:
            return datetime.date.fromisoformat(run["from"]), datetime.date.fromisoformat(run["to"])
        return instant(run["from"]).date(), max(instant(run["to"]) - INSTANT, instant(run["from"])).date()

    def lay(self, run):
        day, last = self.days_of(run)
        left = (last - day).days
        while day <= last:
            over = run["counts"] and run["phase"] == "over"
            self.look[day] = ("over" if over else {"moved": "due", "target": "end"}.get(run["why"], run["why"]))
            self.number[day] = run["total"] - left if run["counts"] and not self.in_time else None
            day, left = day + DAY, left - 1

    def edges(self):
        data = self.data
        start = datetime.date.fromisoformat(data["from"][:10])
        until = datetime.date.fromisoformat(data["until"][:10])
        if start in self.look:
            self.look[start] = "start"
        for key in ("due", "lawful_until"):
            if key in data:
                due = (instant(data[key]) - INSTANT).date() if "T" in data[key] else datetime.date.fromisoformat(data[key])
                if due in self.look:
                    self.look[due] = "due"
        if data["status"] in ("ended", "closed") and until in self.look:
            self.look[until] = "end"


# ---- as text ----------------------------------------------------------------------------------------
def columns(line):
    """The line, a cell a column: a wide character takes two, of which the second is None."""
    cells = []
    for character in line:
        cells.append(character)
        if unicodedata.east_asian_width(character) in "WF":
            cells.append(None)
    return cells


class Page:
    """One block of `--why`: words, strip, key and table."""

    def __init__(self, text, zh):
        self.zh, self.strip, self.key, self.rows = zh, {}, {}, []
        parts = re.split(r"\n\n", text.strip("\n"))
        self.words = re.sub(r"\s+", "", parts[1])
        for line in parts[2].splitlines()[1:]:
            self.strip_line(line)
        for line in parts[3].splitlines() if len(parts) > 3 else []:
            self.table_line(line)

    def strip_line(self, line):
        month = re.match(r"  (\d+)年(\d+)月" if self.zh else r"  (\d{4})-(\d\d)(?: |$)", line)
        if month is None:
            for entry in re.split(r"   +", line.strip()):
                mark, _, words = entry.partition(" ")
                self.key["#" if mark == "1" else mark] = words
            return
        cells = columns(line)[2 + (12 if self.zh else 9):]
        for at in range(0, len(cells), 2):
            cell = "".join(c for c in cells[at:at + 2] if c not in (None, " "))
            if cell:
                day = datetime.date(int(month[1]), int(month[2]), at // 2 + 1)
                self.strip[day] = cell

    def table_line(self, line):
        if re.match(r"  (\d+年|\d+月|\d{4}-\d\d-\d\d|\d\d-\d\d )", line):
            self.rows.append(line.strip())
        elif self.rows:
            self.rows[-1] += ("" if self.zh else " ") + line.strip()


def blocks(text, zh):
    """The text of each account of a page."""
    mark = " · 办件 " if zh else " · case "
    starts = [at.start() for at in re.finditer(r"(?m)^\S.*" + re.escape(mark), text)]
    return [text[begin:end] for begin, end in zip(starts, starts[1:] + [len(text)])]


def row_read(row, zh, in_time, before):
    """((from, to), how long, why) of a line of the table; `before` is the year in which the line before ends."""
    if in_time:
        found = re.match(r"(\S+ \S+?)(?: – |至)(\d{4}-\S+ \S+)\s+((?:\d+(?:h|小时))?(?: ?\d+(?:min|分))?)\s+(.*)", row)
        return (found[1], found[2]), found[3], found[4]
    day = r"(?:(\d+)年)?(\d+)月(\d+)日周(.)" if zh else r"(?:(\d{4})-)?(\d\d)-(\d\d) (\w{3})"
    found = re.match(rf"{day}(?:(?: – |至){day})?\s+(\d+)\s+(.*)", row)
    first = datetime.date(int(found[1] or before), int(found[2]), int(found[3]))
    last, weekdays = first, [(first, found[4])]
    if found[6]:
        last = datetime.date(int(found[5] or first.year), int(found[6]), int(found[7]))
        weekdays.append((last, found[8]))
    for date, name in weekdays:
        assert WEEKDAYS[zh][date.weekday()] == name, row
    return (first, last), int(found[9]), found[10]


# ---- as a picture -----------------------------------------------------------------------------------
class Picture:
    """One account of the picture: boxes by day, and the key."""

    def __init__(self):
        self.words, self.boxes, self.key = "", {}, {}


def pictures(text):
    found, month, paint = [], None, None
    for one in tree.fromstring(text):
        kind = one.get("class")
        if kind == "title":
            found.append(Picture())
        elif kind == "words":
            found[-1].words += one.text
        elif kind == "month":
            month = [int(part) for part in re.findall(r"\d+", one.text)]
        elif one.tag == SVG + "rect" and one.get("rx"):
            paint = (one.get("fill"), one.get("stroke"))
        elif kind == "key":
            if paint is not None:
                found[-1].key[paint] = one.text
            paint = None
        elif one.tag == SVG + "g":
            inner = {part.get("class"): part.text for part in one}
            if "date" in inner:
                if paint is not None:
                    found[-1].boxes[datetime.date(month[0], month[1], int(inner["date"]))] = (paint, inner.get("day", ""))
                paint = None
    for one in found:
        one.words = re.sub(r"\s+", "", one.words)
    return found


# ---- the three together -----------------------------------------------------------------------------
class Accounts(unittest.TestCase):
    seen = {"looks": set(), "reasons": set(), "accounts": 0}

    def strip_check(self, account, page):
        zh = page.zh
        self.assertEqual(sorted(page.strip), sorted(account.look))
        for day, look in account.look.items():
            cell = page.strip[day].replace("|", "")
            number = account.number[day]
            if page.strip[day] == "今":
                self.assertIn("今", page.key)
                continue
            if look == "counted":
                self.assertEqual(cell, "o" if number is None else str(number % 10), day)
                self.assertIn("o" if number is None else "#", page.key)
            else:
                self.assertEqual(cell, MARKS[look][zh], day)
                self.assertIn(cell, page.key)
            self.seen["looks"].add(look)

    def table_check(self, account, page):
        zh, before = page.zh, 0
        self.assertEqual(len(page.rows), len(account.runs), page.rows)
        for row, run in zip(page.rows, account.runs):
            span, how_long, why = row_read(row, zh, account.in_time, before)
            self.assertRegex(why, REASONS[run["why"]][zh])
            self.assertEqual(bool(re.match("over|超出", why)), run["counts"] and run["phase"] == "over", row)
            self.seen["reasons"].add(run["why"])
            if account.in_time:
                self.assertEqual(span, tuple(run[end][:16].replace("T", " ") for end in ("from", "to")))
                self.time_check(run, how_long, why)
                continue
            before = span[1].year
            self.assertEqual(span, account.days_of(run))
            self.assertEqual(how_long, (span[1] - span[0]).days + 1)
            if run["counts"]:
                self.assertEqual(how_long, run["days"])
                self.assertEqual(int(re.match(r"\D*(?:\d+–)?(\d+)", why)[1]), run["total"])

    def time_check(self, run, how_long, why):
        def told(text):
            hours, minutes = re.search(r"(?:(\d+)(?:h|小时))?(?: ?(\d+)(?:min|分))?$", text).groups()
            return datetime.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))

        minute = datetime.timedelta(minutes=1)
        if run["counts"]:
            total = re.search(r"(?:counted: |over: |累计)((?:\d+(?:h|小时))?(?: ?\d+(?:min|分))?)", why)[1]
            self.assertEqual(told(total), length(run["total"]) // minute * minute)
        else:
            self.assertEqual(told(how_long), (instant(run["to"]) - instant(run["from"])) // minute * minute)

    def picture_check(self, account, page, picture):
        self.assertEqual(picture.words, page.words)
        self.assertEqual(sorted(picture.boxes), sorted(account.look))
        for day, (paint, inner) in picture.boxes.items():
            look, number = account.look[day], account.number[day]
            self.assertIn(paint, picture.key, day)
            if number is not None and look != "end":
                self.assertEqual(inner, str(number), day)
            elif look in ("counted", "weekend"):
                self.assertEqual(inner, "", day)
            else:
                self.assertEqual(inner, MARKS[look][page.zh], day)
            if look == "counted":
                words = (("counted", "to come"), ("计入", "尚未到")) if number is None else (
                    ("counted, with how many so far", "to come"), ("计入，累计数", "尚未到"))
                self.assertIn(picture.key[paint], words[page.zh], day)
            elif page.strip[day] != "今":
                self.assertEqual(picture.key[paint], page.key[MARKS[look][page.zh]], day)

    def account_check(self, data, page, picture):
        words = re.sub(r"\s+", "", data["explanation_zh" if page.zh else "explanation"])
        account = Account(data)
        self.assertEqual(page.words, words)
        self.strip_check(account, page)
        self.table_check(account, page)
        self.picture_check(account, page, picture)
        self.seen["accounts"] += 1

    def case_check(self, source, case, at):
        when = ("--at", at) if at else ()
        data = json.loads(command(source, "--case", case, *when, "--format", "json", "--lang", "en"))["cases"][0]["limits"]
        by_name = {}
        for limit in data:
            name = limit["branch"] + "/" + limit["limit"] if "branch" in limit else limit["limit"]
            by_name.setdefault(name, []).append(limit)
        for number, (name, of_name) in enumerate(by_name.items()):
            zh = number % 2 == (at is None)
            ask = ("--case", case, *when, "--why", name, "--lang", "zh" if zh else "en")
            pages = [Page(text, zh) for text in blocks(command(source, *ask), zh)]
            drawn = pictures(command(source, *ask, "--format", "svg"))
            self.assertEqual((len(pages), len(drawn)), (len(of_name), len(of_name)))
            for limit, page, picture in zip(of_name, pages, drawn):
                with self.subTest(source=source.name, case=case, at=at, limit=name, zh=zh):
                    self.account_check(limit, page, picture)

    def test_all(self):
        for source in sorted(one for folder in GOLDENS for one in folder.glob("*.gj")):
            if not source.with_suffix(".jsonl").exists() or "# natives:" in source.read_text("utf-8"):
                continue
            events = [json.loads(line) for line in source.with_suffix(".jsonl").read_text("utf-8").splitlines() if line.strip()]
            cases = list(dict.fromkeys(event["case"] for event in events))
            drawn = sum(map(ord, source.stem))
            case = cases[drawn % len(cases)]
            times = sorted(event["at"] for event in events if event["case"] == case)
            self.case_check(source, case, None if drawn % 2 == 0 else times[len(times) // 2])
        self.assertEqual(self.seen["looks"], {*MARKS, "counted"})
        self.assertEqual(self.seen["reasons"], set(REASONS))
        self.assertGreater(self.seen["accounts"], 100)


if __name__ == "__main__":
    unittest.main()
