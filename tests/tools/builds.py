# SPDX-License-Identifier: Apache-2.0
"""Which command a test runs. GUIJU is the one under test: the dev build's, which sanitizers make slow
to start. QUICK is the release build's where `./dev test` says that it is of the same sources, else the
same as GUIJU: for a test that compares what thousands of runs print, of sources that the one under
test reads in it, or in the goldens, as well."""
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
QUICK = os.environ.get("GUIJU_QUICK", GUIJU)
SAMPLED = 8


def some_of(items):
    """Every eighth of what is compared at length; all of it where GUIJU_PROVE asks for the long form."""
    items = list(items)
    return items if os.environ.get("GUIJU_PROVE") else items[::SAMPLED]
