#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""same_bytes_test.py — the same inputs give the same bytes on every compiler.

Goldens and examples are built and, where they have events, replayed, and the bytes of the image and
of all findings are compared between builds of the command: in every run the dev build (gcc -Og with
sanitizers) and the release build (gcc -O2, optimised across files), over a fifth of the sources; with
GUIJU_PROVE=1 all, and also by gcc and clang, -O0 and -O3 each, built for the purpose under build/same/.
The real log is replayed too where it is at hand.
"""
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from builds import ROOT, some_of

SHARED = pathlib.Path(os.environ.get("GUIJU_SHARED", ROOT / "../shared/data"))
COMPILERS = [("gcc", "g++"), ("clang", "clang++")]
LOGS = (".jsonl", ".csv", ".xes", ".xes.gz")


def inputs():
    """(source, its events or None), in order. What asks natives is built alone: a library and its
    manifest are of one build."""
    sources = [*ROOT.glob("tests/golden/**/*.gj"), *ROOT.glob("examples/**/*.gj")]
    for source in some_of(sorted(sources)):
        logs = [source.with_name(source.stem + end) for end in LOGS]
        logs += [source.with_name("events.jsonl")]
        asks = source.with_name("natives.json.in").exists()
        yield source, next((log for log in logs if log.exists() and not asks), None)
    receipt = SHARED / "logs/receipt.xes.gz"
    if receipt.exists():
        yield ROOT / "examples/permit_receipt/permit_receipt.gj", receipt


def ran(guiju, *arguments):
    environment = {**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run([guiju, *map(str, arguments)], capture_output=True, check=False,
                          env=environment, cwd=ROOT)
    assert done.returncode in (0, 1, 3, 5), (guiju, arguments, done.stderr.decode())
    return done.stdout


def digests(guiju):
    """{what: SHA-256 of the bytes} of one build."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for source, log in inputs():
            name = str(source.relative_to(ROOT))
            image = pathlib.Path(folder) / "image.gji"
            image.unlink(missing_ok=True)
            ran(guiju, "build", source.relative_to(ROOT), "-o", image)
            if image.exists():
                found[name, "image"] = hashlib.sha256(image.read_bytes()).hexdigest()
            if image.exists() and log is not None:
                out = ran(guiju, "replay", source.relative_to(ROOT), "--events", log, "--format", "jsonl")
                found[name, log.name] = hashlib.sha256(out).hexdigest()
    return found


def built(c, cxx, level):
    """The command as that compiler makes it."""
    folder = ROOT / "build/same" / f"{c}{level}"
    configure = ["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", f"-DCMAKE_C_COMPILER={c}",
                 f"-DCMAKE_CXX_COMPILER={cxx}", "-DCMAKE_BUILD_TYPE=Release",
                 f"-DCMAKE_C_FLAGS_RELEASE={level}", f"-DCMAKE_CXX_FLAGS_RELEASE={level}"]
    for command in (configure, ["cmake", "--build", folder, "--target", "guiju_command"]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder / "guiju"


def is_current(path):
    """Built from the sources as they are; `./dev test` builds both first."""
    sources = (file.stat().st_mtime for folder in ("runtime", "compiler", "grammar", "cli")
               for file in (ROOT / folder).rglob("*") if file.suffix in (".c", ".h", ".def", ".y", ".l"))
    return path.exists() and path.stat().st_mtime >= max(sources)


def builds():
    named = {"dev": ROOT / "build/dev/guiju", "release": ROOT / "build/release/guiju"}
    named = {name: path for name, path in named.items() if is_current(path)}
    if os.environ.get("GUIJU_PROVE"):
        for c, cxx in COMPILERS:
            for level in ("-O0", "-O3"):
                named[c + level] = built(c, cxx, level)
    return named


class SameBytes(unittest.TestCase):
    def test_all_builds_agree(self):
        named = builds()
        if len(named) < 2:
            self.skipTest("there is only one build")
        found = {name: digests(str(path)) for name, path in named.items()}
        first, *others = found
        self.assertGreater(len(found[first]), 20)
        for other in others:
            differ = [key for key in found[first].keys() | found[other].keys()
                      if found[first].get(key) != found[other].get(key)]
            self.assertEqual(sorted(differ), [], f"{first} and {other} differ")
        print(f"{len(found[first])} outputs, the same bytes from {', '.join(found)}", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
