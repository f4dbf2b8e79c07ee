#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The layer check refuses what it is there to refuse: houses of a few lines, one thing broken each."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import layers  # noqa: E402

TABLE = """
# The house
```layers
base:
time: base
judge: time, base
api: judge, base
syntax: base
cli:
```
"""
SOUND = {
    "docs/ARCHITECTURE.md": TABLE,
    "runtime/include/guiju/guiju.h": "#include <stddef.h>\n",
    "runtime/base/arena.h": "#include <guiju/guiju.h>\n",
    "runtime/base/hash.c": '#include "base/arena.h"\n#include <nettle/sha2.h>\n',
    "runtime/judge/judge.c": '#include "time/civil.h"\n#include "judge/own.h"\n',
    "runtime/api.c": '#include "judge/judge.h"\n',
    "compiler/syntax/parse.c": '#include "guiju.tab.h"\n#include "base/arena.h"\n',
    "grammar/guiju.y": '%{\n#include "syntax/ast.h"\n%}\n',
    "cli/main.c": '#include <guiju/compile.h>\n#include "own.h"\n',
    "cli/own.h": "#include <stdio.h>\n",
}


def lines_of(changes):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**SOUND, **changes}.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return layers.check(root)[0]


class Layers(unittest.TestCase):
    def refused(self, word, changes):
        lines = lines_of(changes)
        self.assertEqual(len(lines), 1, lines)
        self.assertIn(word, lines[0])

    def test_sound_house_stands(self):
        self.assertEqual(lines_of({}), [])

    def test_oracle(self):
        self.refused("tests/unit/interpreter/days.c: time/count.h",
                     {"tests/unit/interpreter/days.c": '#include "base/text.h"\n#include "time/count.h"\n'})

    def test_upward(self):
        self.refused("runtime/base/map.c:2: #include \"judge/judge.h\": base may not know judge",
                     {"runtime/base/map.c": '\n#include "judge/judge.h"\n'})

    def test_upward_with_odd_spacing(self):
        self.refused("base may not know time", {"runtime/base/map.c": '  #  include  "time/x.h"\n'})

    def test_sideways_from_the_grammar(self):
        self.refused("syntax may not know judge",
                     {"grammar/guiju.l": '%{\n#include "judge/judge.h"\n%}\n'})

    def test_generated_header_is_syntax_alone(self):
        self.refused("judge may not know syntax", {"runtime/judge/x.c": '#include "guiju.tab.h"\n'})

    def test_file_beside_the_folders_is_a_floor(self):
        self.refused("api may not know time", {"runtime/api.c": '#include "time/civil.h"\n'})

    def test_floor_without_a_row(self):
        self.refused("attic is not in the table",
                     {"runtime/attic/x.c": '#include "base/arena.h"\n'})

    def test_bare_name(self):
        self.refused("say whose it is", {"runtime/base/map.c": '#include "arena.h"\n'})

    def test_runtime_knows_no_compiler(self):
        self.refused("knows nothing of the compiler",
                     {"runtime/judge/x.c": "#include <guiju/compile.h>\n"})

    def test_public_header_includes_nothing_inside(self):
        self.refused("public header",
                     {"runtime/include/guiju/guiju.h": '#include "base/arena.h"\n'})

    def test_command_reaches_inside(self):
        self.refused("client of the public headers", {"cli/x.c": '#include "base/arena.h"\n'})
        self.refused("client of the public headers", {"cli/x.c": '#include "pages.inc"\n'})

    def test_library_wrapped_twice(self):
        self.refused("nettle is wrapped in one file",
                     {"runtime/time/x.c": "#include <nettle/sha2.h>\n"})

    def test_table_with_a_circle(self):
        self.refused("circle", {"docs/ARCHITECTURE.md": TABLE.replace("base:\n", "base: api\n")})

    def test_table_names_an_unknown_floor(self):
        self.refused("which is no floor",
                     {"docs/ARCHITECTURE.md": TABLE.replace("syntax: base", "syntax: base, cellar")})

    def test_no_table(self):
        self.assertIn("no block", lines_of({"docs/ARCHITECTURE.md": "nothing\n"})[0])


if __name__ == "__main__":
    unittest.main()
