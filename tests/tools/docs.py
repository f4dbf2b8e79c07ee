#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles every block marked ```guiju in the documents: what a reader copies must work.

`docs.py GUIJU` checks README.md and docs/*.md; a block must give no error and no warning.
"""
import glob
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def blocks(path):
    """(first line, text) of every guiju block of one document."""
    text, begin = [], None
    with open(path, encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            if begin is None and line.strip() == "```guiju":
                text, begin = [], number + 1
            elif begin is not None and line.strip() == "```":
                yield begin, "".join(text)
                begin = None
            elif begin is not None:
                text.append(line)


def check(guiju, path, line, text):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "block.gj")
        with open(source, "w", encoding="utf-8") as stream:
            stream.write(text)
        run = subprocess.run([guiju, "check", source, "--lang", "en", "--color", "never"],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    told = run.stdout.decode("utf-8", "replace")
    passed = run.returncode == 0 and "warning" not in told.replace("0 warnings", "")
    if not passed:
        print("%s:%d: the block does not compile\n%s" % (os.path.relpath(path, ROOT), line, told))
    return passed


def main():
    guiju = os.path.abspath(sys.argv[1])
    documents = [os.path.join(ROOT, "README.md")] + sorted(glob.glob(os.path.join(ROOT, "docs/*.md")))
    results = [check(guiju, path, line, text)
               for path in documents if os.path.exists(path) for line, text in blocks(path)]
    print("%d passed, %d failed" % (results.count(True), results.count(False)))
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
