#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""festivals_test.py — compiler/notice/festivals.def against the sky.

The dates of the festivals that the moon and the sun set are written in a table. Here they are worked
out anew: new moons and the sun's longitude by the series of J. Meeus, Astronomical Algorithms
(chapters 49 and 25), on the wall of Beijing. A month begins with the day of the new moon, and the
eleventh is the one in which the winter solstice lies; from there on they are counted, and where
thirteen begin before the next eleventh, the first in which the sun reaches no multiple of 30° is a
second one of its number. Qingming is the day of longitude 15°.

    festivals_test.py            checks
    festivals_test.py --table    prints the rows
"""
import datetime
import math
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIRST, LAST = 2007, 2070
DAY = datetime.timedelta(days=1)
# Days of terrestrial time ahead of universal time, near enough for the century.
DELTA = 75 / 86400


def beijing(jde):
    """The moment of a Julian ephemeris day on the wall of Beijing."""
    return datetime.datetime(2000, 1, 1, 12) + datetime.timedelta(days=jde - 2451545.0 - DELTA + 8 / 24)


def sin(degrees):
    return math.sin(math.radians(degrees))


def new_moon(k):
    t = k / 1236.85
    jde = 2451550.09766 + 29.530588861 * k + t * t * (0.00015437 + t * (-0.000000150 + 0.00000000073 * t))
    e = 1 - t * (0.002516 + 0.0000074 * t)
    m = 2.5534 + 29.10535670 * k - 0.0000014 * t * t
    n = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
    f = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
    o = 124.7746 - 1.56375588 * k + 0.0020672 * t * t
    jde += (-0.40720 * sin(n) + 0.17241 * e * sin(m) + 0.01608 * sin(2 * n) + 0.01039 * sin(2 * f)
            + 0.00739 * e * sin(n - m) - 0.00514 * e * sin(n + m) + 0.00208 * e * e * sin(2 * m)
            - 0.00111 * sin(n - 2 * f) - 0.00057 * sin(n + 2 * f) + 0.00056 * e * sin(2 * n + m)
            - 0.00042 * sin(3 * n) + 0.00042 * e * sin(m + 2 * f) + 0.00038 * e * sin(m - 2 * f)
            - 0.00024 * e * sin(2 * n - m) - 0.00017 * sin(o) - 0.00007 * sin(n + 2 * m)
            + 0.00004 * sin(2 * n - 2 * f) + 0.00004 * sin(3 * m) + 0.00003 * sin(n + m - 2 * f)
            + 0.00003 * sin(2 * n + 2 * f) - 0.00003 * sin(n + m + 2 * f) + 0.00003 * sin(n - m + 2 * f)
            - 0.00002 * sin(n - m - 2 * f) - 0.00002 * sin(3 * n + m) + 0.00002 * sin(4 * n))
    return jde + 0.000325 * sin(299.77 + 0.107408 * k - 0.009173 * t * t) + 0.000165 * sin(251.88 + 0.016321 * k)


def sun(jde):
    """The sun's apparent longitude in degrees."""
    t = (jde - 2451545.0) / 36525
    m = 357.52911 + t * (35999.05029 - 0.0001537 * t)
    c = ((1.914602 - t * (0.004817 + 0.000014 * t)) * sin(m) + (0.019993 - 0.000101 * t) * sin(2 * m)
         + 0.000289 * sin(3 * m))
    return (280.46646 + t * (36000.76983 + 0.0003032 * t) + c - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t)) % 360


def crossing(year, month, longitude):
    """When the sun stands at the longitude, from the first of the month on."""
    # Within a little more than the month.
    low = (datetime.date(year, month, 1) - datetime.date(2000, 1, 1)).days + 2451544.5
    high = low + 40
    for _ in range(60):
        middle = (low + high) / 2
        ahead = (sun(middle) - longitude + 180) % 360 - 180
        low, high = (low, middle) if ahead >= 0 else (middle, high)
    return beijing(high)


def new_moons(year):
    """The first days of the months around a year."""
    k = round((year - 2000) * 12.3685) - 4
    return [beijing(new_moon(k + n)).date() for n in range(20)]


def longitude_at_midnight(day):
    days = (day - datetime.date(2000, 1, 1)).days
    return sun(2451544.5 + days + DELTA - 8 / 24)


def has_term(first, following):
    """Whether the sun reaches a multiple of 30° in the month."""
    return longitude_at_midnight(first) // 30 != longitude_at_midnight(following) // 30


def months(year):
    """The first day of each month of the lunar year that begins in this one, by its number."""
    first_days = new_moons(year)

    def eleventh(of):
        solstice = crossing(of, 12, 270).date()
        return max(index for index, day in enumerate(first_days) if day <= solstice)

    begin, end = eleventh(year - 1), eleventh(year)
    numbers, number, doubled = {}, 11, end - begin == 12
    for index in range(begin, end):
        again = not doubled and index > begin and not has_term(first_days[index], first_days[index + 1])
        if again:
            doubled = True
            continue
        numbers[number] = first_days[index]
        number = number % 12 + 1
    return numbers


def festivals(year):
    by_number = months(year)
    return by_number[1], crossing(year, 4, 15).date(), by_number[5] + 4 * DAY, by_number[8] + 14 * DAY


def row(year):
    return f"GJC_FESTIVALS({year}, " + ", ".join(f"{day.month}, {day.day}" for day in festivals(year)) + ")"


class Table(unittest.TestCase):
    def test_every_year(self):
        text = (ROOT / "compiler/notice/festivals.def").read_text("utf-8")
        rows = re.findall(r"^GJC_FESTIVALS\(.*\)$", text, re.M)
        self.assertEqual(rows, [row(year) for year in range(FIRST, LAST + 1)])

    def test_the_moment_is_not_near_midnight(self):
        """The series are right to some minutes: no day here hangs on less."""
        near = [year for year in range(FIRST, LAST + 1)
                for at in [crossing(year, 4, 15)]
                if min(at.hour * 60 + at.minute, 1440 - at.hour * 60 - at.minute) < 8]
        self.assertEqual(near, [])


if __name__ == "__main__":
    import sys
    if "--table" in sys.argv:
        print("\n".join(map(row, range(FIRST, LAST + 1))))
    else:
        unittest.main()
