#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Twins: procedures in English and the same in Chinese make one machine.

`twins_oracle.py GUIJU` builds both sources of each pair and reads the two images with a reader of its
own: every section of every procedure must have the same bytes, but for the strings and the positions. Then it replays the
two event files, which tell the same acts, and compares what is found, case by case. The food licence's
events bring out each of the codes that the goldens began with, once.
"""
import collections
import json
import os
import struct
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAIRS = [("examples/first/licence", "examples/first/许可"),
         ("tests/golden/bundle/two", "tests/golden/bundle/两项"),
         ("examples/credit_code/company", "examples/credit_code/企业备案"),
         ("examples/food_licence/food_licence", "examples/food_licence/食品经营许可")]
EVERY_CODE = {"late", "due-soon", "skipped-step", "out-of-order", "repeated", "unauthorised", "condition-unmet",
              "unknown-action", "after-close", "forbidden", "rule", "missing-document", "missing-data"}
STRINGS, POSITIONS = 1, 28  # docs/BYTECODE.md


def units(path):
    """Of each procedure of an image {number: bytes} of its sections."""
    with open(path, "rb") as stream:
        image = stream.read()
    magic, form, count, size = struct.unpack_from("<8sIIQ", image)
    assert (magic, form, size) == (b"GUIJUIMG", 10, len(image)), path
    made = []
    for unit in range(count):
        section_count, _, begin, _ = struct.unpack_from("<IIQQ", image, 56 + 56 * unit)
        rows = (struct.unpack_from("<IIQQ", image, begin + 56 * i) for i in range(section_count))
        made.append({kind: image[begin + offset:begin + offset + size]
                     for kind, _, offset, size in rows})
    return made


def built(guiju, source, folder):
    image = os.path.join(folder, "image.gji")
    subprocess.run([guiju, "build", source, "-o", image], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return units(image)


def granted(guiju, name):
    """The manifest of natives beside it, as it was built."""
    manifest = os.path.join(os.path.dirname(guiju), os.path.dirname(os.path.relpath(name, ROOT)), "natives.json")
    return ["--natives", manifest] if os.path.exists(manifest) else []


def found(guiju, name):
    """{case: sorted (code, severity, status, event)} and all codes."""
    run = subprocess.run([guiju, "replay", name + ".gj", "--events", name + ".jsonl",
                          "--format", "jsonl", *granted(guiju, name)], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, check=False)
    if b"(seccomp)" in run.stderr:
        print("skipped %s: natives cannot be fenced in here" % name)
        return {}, collections.Counter()
    assert run.returncode == 1, "%s: exit status %d" % (name, run.returncode)
    cases, codes = collections.defaultdict(list), collections.Counter()
    for line in run.stdout.decode("utf-8").splitlines():
        finding = json.loads(line)
        codes[finding["code"]] += 1
        counted = finding.get("counted", {})
        counted.pop("start_subject", None)  # a name
        cases[finding["case"]].append((finding["code"], finding["severity"], finding["status"],
                                       finding["event"], finding.get("due"), finding.get("over"),
                                       counted))
    return {case: sorted(rows, key=str) for case, rows in cases.items()}, codes


def check(guiju, pair):
    english, chinese = (os.path.join(ROOT, name) for name in pair)
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        one, other = built(guiju, english + ".gj", folder), built(guiju, chinese + ".gj", folder)
    if len(one) != len(other):
        wrong.append("they have %d procedures and %d" % (len(one), len(other)))
    for unit, twin in zip(one, other):
        if set(unit) != set(twin):
            wrong.append("they have different sections")
        wrong += ["section %d differs" % kind for kind in sorted(unit)
                  if kind not in (STRINGS, POSITIONS) and unit[kind] != twin.get(kind)]
        if unit[STRINGS] == twin[STRINGS]:
            wrong.append("they have the same names, so this shows nothing")
    (told, codes), (told_other, _) = found(guiju, english), found(guiju, chinese)
    wrong += ["case %s: %s but %s" % (case, told.get(case), told_other.get(case))
              for case in sorted(set(told) | set(told_other)) if told.get(case) != told_other.get(case)]
    if pair == PAIRS[-1]:
        if set(codes) != EVERY_CODE or set(codes.values()) != {1}:
            wrong.append("not every code once: %s" % dict(codes))
    for line in wrong:
        print("%s, %s: %s" % (pair[0], os.path.basename(pair[1]), line))
    return not wrong


def main():
    guiju = os.path.abspath(sys.argv[1])
    results = [check(guiju, pair) for pair in PAIRS]
    print("%d passed, %d failed" % (results.count(True), results.count(False)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
