#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""notices_test.py — calendars made of notices, day by day.

`guiju calendar --make` reads notices of holidays. Here notices are written of what is known: every
year of std.calendar.cn, in the manners in which such notices have been written over the years, with
marks and digits of either width, and what is made of them must be those days again, class by class.
One thing wrong in such a notice (a day of the week, a sum, a date, a word, an item) must be reported
under its code at its line.

Where the real data is on this machine ($GUIJU_SHARED), two more: each year's list of days must give
what the stored calendar has, and real notices, as $GUIJU_SHARED/notices/YEAR*.txt, must agree with
the list of their year.
"""
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
SHARED = pathlib.Path(os.environ.get("GUIJU_SHARED", ROOT.parent / "shared/data"))
DAY = datetime.timedelta(days=1)
WEEK = "一二三四五六日"
LINE = re.compile(r'^\s*(holiday|off|on)\s+"(.*)" (\d{4}-\d\d-\d\d)(?:\.\.(\d{4}-\d\d-\d\d))?$')
LUNAR = ("农历除夕", "农历正月初七", "正月初一")


def run(*arguments, text=None):
    return subprocess.run([GUIJU, *map(str, arguments)], capture_output=True, text=True, check=False, input=text,
                          env={**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib")}, timeout=60)


def days_of(source):
    """{date: (class, name)} of a calendar as text."""
    days = {}
    for line in source.splitlines():
        found = LINE.match(line)
        if found:
            kind, name, first, last = found.groups()
            day = datetime.date.fromisoformat(first)
            while day <= datetime.date.fromisoformat(last or first):
                days[day] = (kind, name)
                day += DAY
    return days


def make(*texts, arguments=()):
    """What is made of the texts: (days or None, what was said)."""
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        paths = []
        for number, text in enumerate(texts):
            path = pathlib.Path(folder) / f"{number}.txt"
            path.write_text(text, "utf-8")
            paths.append(path)
        done = run("calendar", "--make", *paths, *arguments, "--lang", "en")
    return (days_of(done.stdout) if done.returncode == 0 else None), done.stderr


# ---- writing notices ----------------------------------------------------------------------------


def runs(days):
    """Days as (first, last) of neighbours."""
    found = []
    for day in sorted(days):
        if found and found[-1][1] + DAY == day:
            found[-1][1] = day
        else:
            found.append([day, day])
    return found


class Manner:
    """How one notice is written."""

    def __init__(self, seed, year):
        self.random, self.year = random.Random(seed), year
        pick = self.random.choice
        self.open, self.close = pick(["（）", "()", "（）", "（)"])
        self.comma, self.colon = pick(["，：", ",:"])
        self.through = pick(["至", "至", "—", "-", "～", "到"])
        self.week = pick(["星期", "周"])
        self.wide = pick([False, False, True])
        self.space = pick(["", "", " "])
        self.old = pick([False, True])

    def number(self, value):
        text = str(value)
        return "".join(chr(ord(c) - ord("0") + ord("０")) for c in text) if self.wide else text

    def date(self, day, month=None, weekday=False):
        year = f"{self.number(day.year)}年" if day.year != self.year else ""
        shown = f"{self.number(day.month)}月" if year or month != day.month or self.random.random() < 0.3 else ""
        remark = ""
        if weekday:
            lunar = self.random.choice(LUNAR) + "、" if self.random.random() < 0.2 else ""
            remark = f"{self.open}{lunar}{self.week}{WEEK[day.weekday()]}{self.close}"
        return f"{year}{shown}{self.space}{self.number(day.day)}日{remark}"

    def span(self, first, last, weekday):
        if first == last:
            return self.date(first, weekday=weekday)
        return (self.date(first, weekday=weekday) + self.through
                + self.date(last, month=first.month, weekday=weekday))

    def item(self, off, on):
        """The sentences of one occasion."""
        parts, weekday = [], self.random.random() < 0.5
        spans = runs(off)
        for number, (first, last) in enumerate(spans):
            count = (last - first).days + 1
            words = self.span(first, last, weekday)
            if number > 0:
                parts.append(f"{words}补休")
                continue
            total = f"{self.comma}共{self.number(count)}天" if len(spans) == 1 and count > 1 else ""
            parts.append(words + self.random.choice(["放假调休", "放假", "放假公休"]) + total)
        text = self.comma.join(parts) + "。" if parts else ""
        if on and self.old and len(on) <= len(off):
            moved = [day for day in sorted(off)][-len(on):]
            text += ("将" + "、".join(self.date(day, weekday=True) for day in sorted(on)) + "公休日调至"
                     + "、".join(self.date(day, weekday=True) for day in moved) + "。")
        elif on:
            month, words = None, []
            for day in sorted(on):
                words.append(self.date(day, month=month, weekday=True))
                month = day.month
            text += "、".join(words) + "上班。"
        return text

    def notice(self, occasions):
        text = f"国务院办公厅关于{self.year}年部分节假日安排的通知\n\n各省、自治区、直辖市人民政府：\n\n"
        for number, (name, (off, on)) in enumerate(occasions.items()):
            numeral = "一二三四五六七八九十"[number]
            text += f"{numeral}、{name}{self.colon[-1]}{self.item(off, on)}\n\n"
        return text + f"节假日期间，值班安排另行通知。\n\n国务院办公厅\n{self.year - 1}年11月4日\n"


STORED = {}


def stored():
    """The days of the stored calendar."""
    if not STORED:
        done = run("dump", ROOT / "stdlib/calendar/cn.gj")
        STORED.update(days_of(done.stdout))
    return STORED


def year_of(day, name):
    """Which year's notice arranges a day: around New Year that of the holiday."""
    return day.year + 1 if name == "元旦" and day.month == 12 else day.year


def occasions_of(year):
    found = {}
    for day, (kind, name) in sorted(stored().items()):
        if year_of(day, name) == year:
            off, on = found.setdefault(name, ([], []))
            (on if kind == "on" else off).append(day)
    return found


class Written(unittest.TestCase):
    def test_every_year_in_many_manners(self):
        for year in range(2007, 2027):
            wanted = {day: what for day, what in stored().items() if year_of(day, what[1]) == year}
            self.assertGreater(len(wanted), 14)
            for seed in range(4):
                text = Manner(year * 10 + seed, year).notice(occasions_of(year))
                found, told = make(text)
                self.assertEqual(found, wanted, f"{year} {seed}\n{text}\n{told}")

    def test_all_years_at_once(self):
        texts = [Manner(year, year).notice(occasions_of(year)) for year in range(2007, 2027)]
        random.Random(1).shuffle(texts)
        found, told = make(*texts)
        self.assertEqual(found, stored(), told)

    def test_list_of_days(self):
        for year in (2008, 2019, 2024):
            days = [{"name": name, "date": str(day), "isOffDay": kind != "on"}
                    for name, (off, on) in occasions_of(year).items()
                    for kind, group in (("off", off), ("on", on)) for day in group]
            text = json.dumps({"year": year, "papers": [], "days": days}, ensure_ascii=False)
            wanted = {day: what for day, what in stored().items() if year_of(day, what[1]) == year}
            self.assertEqual(make(text)[0], wanted)
            both, told = make(text, Manner(year, year).notice(occasions_of(year)))
            self.assertEqual(both, wanted, told)


# ---- one thing wrong ------------------------------------------------------------------------------


class Wrong(unittest.TestCase):
    NOTICE = ("关于2024年部分节假日安排的通知\n"
              "一、元旦：1月1日放假，与周末连休。\n"
              "二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。\n"
              "三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。\n"
              "四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。\n"
              "五、端午节：6月10日放假，与周末连休。\n"
              "六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。\n"
              "七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。\n")

    def told(self, *texts, arguments=()):
        found, words = make(*texts, arguments=arguments)
        return found, [(code, int(line)) for code, line in
                       re.findall(r"\[([EW]\d{4})\].*\n -*> .*?:(\d+):", words)]

    def expect(self, code, line, *texts):
        found, told = self.told(*texts)
        self.assertIsNone(found)
        self.assertIn((code, line), told, told)

    def test_right(self):
        found, told = self.told(self.NOTICE)
        self.assertEqual(told, [])
        self.assertEqual(len(found), 36)

    def changed(self, old, new):
        self.assertEqual(self.NOTICE.count(old), 1, old)
        return self.NOTICE.replace(old, new)

    def test_weekday(self):
        self.expect("E0817", 3, self.changed("2月4日（星期日）", "2月4日（星期六）"))
        self.expect("E0817", 3, self.changed("2月4日（星期日）", "2月5日（星期日）"))
        self.expect("E0817", 3, self.changed("2月10日至", "2月10日(农历初一、周五)至"))

    def test_sum(self):
        self.expect("E0818", 3, self.changed("共8天", "共7天"))
        self.expect("E0818", 3, self.changed("2月10日至17日", "2月10日至16日"))

    def test_no_such_date(self):
        self.expect("E0816", 3, self.changed("2月10日至17日", "2月10日至30日"))
        self.expect("E0816", 5, self.changed("5月11日", "5月11"))

    def test_word_missing(self):
        self.expect("E0824", 6, self.changed("6月10日放假", "6月10日放价"))
        self.expect("E0824", 4, self.changed("4月7日（星期日）上班", "4月7日（星期日）"))

    def test_backwards_and_too_long(self):
        self.expect("E0223", 3, self.changed("2月10日至17日", "2月17日至10日"))
        self.expect("E0823", 8, self.changed("10月1日至7日放假调休，共7天", "10月1日至12月31日放假"))

    def test_far_year(self):
        self.expect("E0820", 8, self.changed("10月1日至7日", "2014年10月1日至7日"))
        self.expect("E0820", 8, self.changed("10月1日至7日", "2023年10月1日至7日"))
        self.expect("E0820", 4, self.changed("4月7日（星期日）上班", "2025年4月7日（星期一）上班"))

    def test_against_itself(self):
        self.expect("E0819", 4, self.changed("4月7日（星期日）上班", "4月6日（星期六）上班"))

    def test_no_year(self):
        self.expect("E0814", 1, self.changed("关于2024年部分", "关于部分"))
        found, told = self.told(self.changed("关于2024年部分", "关于部分"), arguments=("--year", "2024"))
        self.assertEqual(len(found), 36)

    def test_nothing(self):
        self.expect("E0815", 1, "关于2024年部分节假日安排的通知\n另行通知。\n")

    def test_item_missing(self):
        found, told = self.told(self.changed("五、端午节：6月10日放假，与周末连休。\n", ""))
        self.assertIn(("W0803", 1), told)
        self.assertIsNotNone(found)

    def test_sources_differ(self):
        self.expect("E0825", 6, self.NOTICE, self.changed("五、端午节：6月10日放假，与周末连休。\n", ""))
        self.expect("E0819", 5, self.NOTICE, self.changed("4月28日（星期日）、5月11日（星期六）上班",
                                                        "4月28日（星期日）、5月5日（星期日）上班")
                    .replace("5月1日至5日放假调休，共5天", "5月1日至4日放假调休，共4天"))

    def test_extended(self):
        more = "关于延长2024年春节假期的通知\n一、延长2024年春节假期至2月19日（星期一），2月20日起正常上班。\n"
        found, told = self.told(self.NOTICE, more)
        self.assertEqual([code for code, _ in told], ["W0804", "W0804"])
        self.assertEqual(found[datetime.date(2024, 2, 18)], ("off", "春节"))
        self.assertNotIn(datetime.date(2024, 2, 20), found)
        self.expect("E0822", 2, more)

    def test_adjusted(self):
        more = "关于调整2024年端午节假期的通知\n一、2024年6月10日至11日放假调休，共2天。6月15日（星期六）上班。\n"
        found, told = self.told(more, self.NOTICE)
        self.assertEqual([code for code, _ in told], ["W0804", "W0804"])
        self.assertEqual(found[datetime.date(2024, 6, 11)], ("off", "端午节"))
        self.assertEqual(found[datetime.date(2024, 6, 15)], ("on", "端午节"))

    def test_list(self):
        self.expect("E0821", 1, '{"year": 2024, "days": [')
        self.expect("E0821", 1, '{"days": []}')
        self.expect("E0816", 1, '{"year": 2024, "days": [{"date": "2024-02-30", "isOffDay": true}]}')
        self.expect("E0820", 1, '{"year": 2024, "days": [{"date": "2014-02-03", "isOffDay": true}]}')
        self.expect("E0820", 1, '{"year": 2024, "days": [{"date": "2023-11-30", "isOffDay": true}]}')
        self.expect("E0820", 1, '{"year": 2024, "days": [{"date": "2025-02-01", "isOffDay": true}]}')
        found, told = self.told('{"year": 2024, "days": [{"name": "元旦", "date": "2023-12-30", "isOffDay": true}]}')
        self.assertEqual(told[0], ("W0802", 1))
        self.assertEqual(found[datetime.date(2023, 12, 30)], ("off", "元旦"))
        found, told = self.told('{"year": 2027, "papers": [], "days": []}')
        self.assertEqual(told, [("W0805", 1)])


# ---- the real data ----------------------------------------------------------------------------------


class Real(unittest.TestCase):
    def test_lists(self):
        folder = SHARED / "holidays-cn"
        if not folder.is_dir():
            self.skipTest(f"{folder} is not on this machine")
        for year in range(2007, 2027):
            done = run("calendar", "--make", folder / f"{year}.json", "--lang", "en")
            worked = {day: kind == "on" for day, (kind, _) in days_of(done.stdout).items()}
            wanted = {day: kind == "on" for day, (kind, name) in stored().items() if year_of(day, name) == year}
            self.assertEqual(worked, wanted, done.stderr)

    def test_notices(self):
        folder = SHARED / "notices"
        years = sorted({path.name[:4] for path in folder.glob("[0-9]*.txt")}) if folder.is_dir() else []
        if not years:
            self.skipTest(f"{folder} is not on this machine")
        for year in years:
            with self.subTest(year=year):
                texts = sorted(folder.glob(f"{year}*.txt"))
                done = run("calendar", "--make", *texts, SHARED / "holidays-cn" / f"{year}.json", "--lang", "en")
                self.assertEqual(done.returncode, 0, done.stderr)
                found = days_of(done.stdout)
                for day in (datetime.date(int(year), 1, 1) + n * DAY for n in range(365)):
                    mine, known = found.get(day), stored().get(day)
                    if known is None or year_of(day, known[1]) == int(year):
                        self.assertEqual(mine and mine[0], known and known[0], day)


if __name__ == "__main__":
    unittest.main()
