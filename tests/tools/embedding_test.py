#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""embedding_test.py [--fetch] — the engine from Python and from Node, and what docs/EMBEDDING.md quotes.

Both programs of tests/api are run against the shared library of this build, and must come to the
same findings. Node needs koffi, a package of npm: it is taken from where KOFFI_FROM says, or
installed into build/node once; where there is no npm, or no network, that test is skipped and says
so. --fetch does no more than that, for whoever has something else to do meanwhile.
Every block of the documents that names its source (`<!-- quote FILE NAME -->`) is that piece of it.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve()
BUILD = GUIJU.parent
KOFFI = "koffi@2.9.2"
RULES = """department office {
  post window
  post chief
}
procedure licence {
  version 1 effective 2024-01-01
  stage filed initial { on accept by window -> review }
  stage review { on approve by chief -> granted }
  stage granted final
  limit decide {
    from accept to approve
    within 10 days
    does not roll
    duty chief
  }
}
"""
WANTED = [{"case": "C-1", "code": "unauthorised", "severity": "yellow"},
          {"case": "C-1", "code": "late", "severity": "yellow"},
          {"case": "C-2", "code": "late", "severity": "yellow"}]
QUOTE = re.compile(r"<!-- quote (\S+) (\S+) -->\n+```\S*\n(.*?)^```", re.S | re.M)


def sanitizers(library):
    """What must be loaded before a program that was not built with sanitizers loads this."""
    needed = subprocess.run(["ldd", library], capture_output=True, text=True, check=False).stdout
    return ":".join(re.findall(r"=> (\S*lib(?:asan|ubsan)\S*)", needed))


def koffi_fetch():
    """None, or why it is not there. It appears whole or not at all."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "there is no node or no npm"
    place = BUILD.parent / "node"
    if (place / "node_modules/koffi").is_dir():
        return None
    with tempfile.TemporaryDirectory(prefix="node-", dir=BUILD.parent) as part:
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix",
                               part, KOFFI], capture_output=True, text=True, check=False, timeout=300)
        if done.returncode != 0:
            return "npm cannot install koffi: " + done.stderr.strip()[-200:]
        place.mkdir(exist_ok=True)
        try:
            os.rename(pathlib.Path(part) / "node_modules", place / "node_modules")
        except OSError:
            if not (place / "node_modules/koffi").is_dir():
                raise
    return None


class Embedding(unittest.TestCase):
    def run_program(self, *command, **more):
        library = str(BUILD / "libguiju.so")
        with tempfile.TemporaryDirectory(prefix="guiju-embed-") as name:
            folder = pathlib.Path(name)
            (folder / "licence.gj").write_text(RULES)
            subprocess.run([GUIJU, "build", "licence.gj", "-o", "licence.gji"], cwd=folder,
                           check=True)
            environment = {**os.environ, "LD_PRELOAD": sanitizers(library),
                           "ASAN_OPTIONS": "detect_leaks=0", **more}
            done = subprocess.run([*command, library, folder / "licence.gji", folder / "store.db"],
                                  capture_output=True, text=True, check=False, env=environment)
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])
        key = lambda item: (item["case"], item["code"])
        self.assertEqual(sorted(map(json.loads, done.stdout.splitlines()), key=key),
                         sorted(WANTED, key=key))

    def test_python(self):
        self.run_program(sys.executable, ROOT / "tests/api/server.py")

    def koffi_find(self):
        if "KOFFI_FROM" in os.environ:
            return os.environ["KOFFI_FROM"]
        missing = koffi_fetch()
        if missing is not None:
            self.skipTest(missing)
        return str(BUILD.parent / "node/here.js")

    def test_node(self):
        self.run_program("node", ROOT / "tests/api/server.mjs", KOFFI_FROM=self.koffi_find())

    def test_quotes(self):
        count = 0
        for path in sorted((ROOT / "docs").glob("EMBEDDING*.md")):
            for source, name, block in QUOTE.findall(path.read_text("utf-8")):
                told = (ROOT / source).read_text("utf-8")
                mark = re.escape(name)
                piece = re.search(rf"^\s*(?:/\*|//|#) quote: {mark}(?: \*/)?\n(.*?)"
                                  r"^\s*(?:/\* end \*/|// end|# end)$", told, re.S | re.M)
                self.assertIsNotNone(piece, f"{path.name}: {source} has no piece {name}")
                lines = piece.group(1).splitlines()
                indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
                self.assertEqual([line[indent:] for line in lines], block.splitlines(),
                                 f"{path.name}: {source} {name}")
                count += 1
        self.assertGreater(count, 8)


if __name__ == "__main__":
    if sys.argv[1:] == ["--fetch"]:
        sys.exit(koffi_fetch())
    unittest.main()
