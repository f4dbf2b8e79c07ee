#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kept_oracle.py GUIJU — what a case keeps of data told again and again.

Texts, lists and records lie in a case's tail, which is written anew whenever it has grown over what
nothing names any more. Here each field is told many times, longer and shorter, in any order; a rule
that every act breaks quotes them all. What each finding quotes must be what a plain dictionary
remembers.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

CASES, EVENTS = (200, 400) if os.environ.get("GUIJU_PROVE") else (12, 150)
SEED = 20240205

SOURCE = """module kept
type site {
  area : number
  name : text
}
type bid {
  maker : text
  price : number
  site  : site
  tags  : list of text
}
procedure p {
  data {
    note  : text
    names : list of text
    offer : bid
    bids  : list of bid
    left  : number
  }
  stage s1 initial {
    on go
    on fin -> s2
  }
  stage s2 final
  limit span {
    from go
    to fin
    within 9000 days
  }
  rule quoted {
    never go when count(names) >= 0 and count(bids) >= 0 and left >= 0 and offer.price >= 0 and note is not "-"
  }
}
"""


def word(rng):
    return "".join(rng.choice("abcdefg县局批") for _ in range(rng.choice((1, 2, 3, 9, 40))))


def words(rng):
    return [word(rng) for _ in range(rng.choice((0, 1, 2, 5)))]


def bid(rng):
    return {"maker": word(rng), "price": rng.randrange(1000),
            "site": {"area": rng.randrange(100), "name": word(rng)}, "tags": words(rng)}


MADE = {
    "note": word,
    "names": words,
    "offer": bid,
    "bids": lambda rng: [bid(rng) for _ in range(rng.choice((0, 1, 3)))],
    "left": lambda rng: rng.randrange(1000),
}


def shown(value):
    """A record as findings quote it; other values as they are."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown_within(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return [shown(item) for item in value]
    return value


def shown_within(value):
    if isinstance(value, list):
        return "[" + ", ".join(map(shown_within, value)) + "]"
    return shown(value) if isinstance(value, dict) else str(value)


def told(rng, kept):
    keys = list(MADE) if not kept else rng.sample(list(MADE), rng.randrange(len(MADE) + 1))
    data = {key: MADE[key](rng) for key in keys}
    kept.update(data)
    return data


def main(guiju):
    rng = random.Random(SEED)
    expected, lines = {}, []
    kept = [{} for _ in range(CASES)]
    for number in range(EVENTS):
        for case in range(CASES):
            data = told(rng, kept[case])
            lines.append(json.dumps(
                {"case": f"c{case}", "id": f"c{case}.{number}", "action": "go",
                 "at": f"2024-01-01T{number // 60:02}:{number % 60:02}:00Z", "data": data},
                ensure_ascii=False))
            expected[f"c{case}", f"c{case}.{number}"] = {key: shown(value) for key, value in kept[case].items()}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "kept.gj").write_text(SOURCE, "utf-8")
        (folder / "kept.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        ran = subprocess.run([guiju, "replay", "kept.gj", "--events", "kept.jsonl", "--format", "jsonl"],
                             cwd=folder, capture_output=True, check=False)
    found = [json.loads(line) for line in ran.stdout.decode("utf-8").splitlines()]
    found = [finding for finding in found if finding.get("subject") == "quoted"]
    if len(found) != len(expected):
        sys.exit(f"{len(found)} findings for {len(expected)} acts\n{ran.stderr.decode('utf-8')}")
    for finding in found:
        quoted = {value["field"]: value["value"] for value in finding["values"]}
        want = expected[finding["case"], finding["event"]]
        if {key: str(value) for key, value in quoted.items()} != {key: str(value) for key, value in want.items()}:
            sys.exit(f"seed {SEED}, case {finding['case']}, event {finding['event']}:\n"
                     f"  quoted {quoted}\n  told   {want}")
    print(f"{len(found)} findings quote what was told last; {CASES} cases told {EVENTS} times each")


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()))
