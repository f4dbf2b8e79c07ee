#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""golden.py [--bless] [--guiju COMMAND] FOLDER|FILE… — texts, and what the command must say of them.

Five kinds of case, told apart by what lies there:

  NAME.gj          a source. Its first comment says what is claimed. Expectations stand inline, at
                   the line where the diagnostic must appear:   `# error E0204`, `# warning W0301`,
                   several with commas; where a line can hold no comment, anywhere: `# at 7: error
                   E0101`. Exactly those diagnostics, no others. Snapshots beside it are compared if
                   they are there: NAME.tokens .ast .graph .code (dump), NAME.en.diag .zh.diag (what
                   a person reads), NAME.en.svg .zh.svg .en.dot .zh.dot (the graph drawn; `# draw:
                   --stage S` in the source adds arguments).
  NAME.gj with NAME.fmt, NAME.en.fmt or NAME.zh.fmt
                   what `guiju fmt` makes of it, and with --keywords. Such a source need only parse:
                   its diagnostics are not compared.
  NAME.gj with NAME.jsonl (or .xes, .csv; or events.jsonl for all of the folder)
                   also a replay: NAME.findings (each finding, one line, the fields that matter),
                   NAME.findings.jsonl (in full), NAME.replay.en.txt .zh.txt (what a person reads).
                   `# replay: --close-open` in the source adds arguments.
  NAME.gj with scenarios
                   also `guiju test`: all must pass, or some fail where the source says
                   `# test: fails`.
  NAME.gj with `# natives: PATH`
                   its replays and scenarios may call what that manifest, below the build's folder,
                   grants; in a transcript it is $GUIJU_BUILD/PATH. Where the system lets natives not
                   be fenced in, such a case is skipped, and the run ends with 77 if nothing failed.
  NAME.transcript  a session: `$ guiju …`, then what it prints, then `[exit N]` when it is not 0.
                   Runs in a folder of its own, where the case's folder lies as it is, with
                   examples/ and stdlib/ beside.

A folder with main.gj is one case; its other sources are modules, as is all below modules/.
--bless rewrites the snapshots that exist and the transcripts (make a new one by touching it): the
diff is the review. Ends with `N passed, N failed`.
"""
import argparse
import concurrent.futures
import difflib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS_MAX = 120
CRASH_STATUS = 99
FEEDS = (".jsonl", ".events.jsonl", ".xes", ".xes.gz", ".csv")
# What a finding is, for a reader of a diff; texts and hashes have goldens of their own.
FIELDS = ("code", "severity", "case", "stage", "subject", "action", "event", "at", "due", "over",
          "office", "department", "post", "officer", "basis", "status")
INLINE = re.compile(r"(?:#|//)\s*((?:error|warning)\s+[A-Z]\d{4}(?:\s*,\s*(?:error|warning)\s+[A-Z]\d{4})*)\s*$")
PLACED = re.compile(r"(?:#|//)\s*at\s+(\d+):\s*((?:error|warning)\s+[A-Z]\d{4}.*)$")
ONE = re.compile(r"(error|warning)\s+([A-Z]\d{4})")
READABLE = re.compile(r"^(?P<file>[^\s:][^:\n]*):(?P<line>\d+):\d+:.*?\b(?P<code>[EW]\d{4})\b", re.M)


class Skipped(Exception):
    """What the case needs is not on this machine; the text says what."""


class Wrong(Exception):
    """A case failed; the text says how."""


class Command:
    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())
        self.fenced = None  # whether natives can be; not yet known
        self.environment = dict(
            os.environ, LC_ALL="C.UTF-8", NO_COLOR="1", TZ="UTC", GUIJU_STDLIB=str(ROOT / "stdlib"),
            GUIJU_ROOT=str(ROOT),
            ASAN_OPTIONS=f"exitcode={CRASH_STATUS}", LSAN_OPTIONS=f"exitcode={CRASH_STATUS}",
            UBSAN_OPTIONS=f"exitcode={CRASH_STATUS}:print_stacktrace=1")
        self.environment["GUIJU_BUILD"] = str(pathlib.Path(self.path).parent)
        self.environment["PATH"] = (str(pathlib.Path(self.path).parent) + os.pathsep
                                    + self.environment.get("PATH", ""))

    def run(self, arguments, folder, merged=False):
        """stdout (with stderr, if merged), the exit status; a crash is Wrong."""
        done = subprocess.run(
            arguments if isinstance(arguments, list) else ["sh", "-c", arguments],
            cwd=folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE, timeout=SECONDS_MAX, check=False)
        text = done.stdout.decode("utf-8", "replace")
        if done.returncode < 0 or done.returncode in (CRASH_STATUS, 126, 127) or done.returncode > 127:
            noise = text if merged else done.stderr.decode("utf-8", "replace")
            raise Wrong(f"{arguments}: died with status {done.returncode}\n{noise[-4000:]}")
        return text, done.returncode

    def natives_need(self):
        """Skips the case where natives cannot be run as they must be."""
        if self.fenced is None:
            manifest = pathlib.Path(self.environment["GUIJU_BUILD"]) / "examples/credit_code/natives.json"
            source = ROOT / "examples/credit_code/company.gj"
            text, _ = self.guiju(ROOT, "test", str(source), "--natives", str(manifest), "--lang", "en", merged=True)
            self.fenced = "fenced in" not in text
        if not self.fenced:
            raise Skipped("this system does not let natives be fenced in (seccomp)")

    def guiju(self, folder, *arguments, merged=False):
        return self.run([self.path, *arguments], folder, merged)


def text_of(path):
    return path.read_text(encoding="utf-8", errors="surrogateescape")


def difference(expected, found, name):
    return "".join(difflib.unified_diff(
        expected.splitlines(keepends=True), found.splitlines(keepends=True),
        f"{name} (expected)", f"{name} (found)"))


def snapshot_check(path, found, bless):
    """Compares with the file, or writes it."""
    if bless:
        if text_of(path) != found:
            path.write_text(found, encoding="utf-8", errors="surrogateescape")
            print(f"blessed {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}")
    elif text_of(path) != found:
        raise Wrong(difference(text_of(path), found, path.name))


# ---- sources --------------------------------------------------------------------------------


def expectations_read(path, name):
    """(file, line, code) of every expectation in a source."""
    # As the compiler counts: a line ends at a newline and nowhere else.
    for number, line in enumerate(text_of(path).split("\n"), 1):
        placed = PLACED.search(line)
        match = placed or INLINE.search(line)
        if match:
            where = int(placed.group(1)) if placed else number
            for _, code in ONE.findall(match.group(2 if placed else 1)):
                yield name, where, code


def diagnostics_read(command, path):
    """(file, line, code) of every diagnostic that `guiju check` reports."""
    text, status = command.guiju(path.parent, "check", "--format", "jsonl", "--lang", "en", path.name)
    found = []
    for line in text.splitlines():
        try:
            one = json.loads(line)
        except ValueError as error:
            raise Wrong(f"check --format jsonl printed no JSON: {line[:200]}") from error
        if "code" in one and "line" in one:
            found.append((one.get("file") or path.name, int(one["line"]), one["code"]))
    return found, status


def diagnostics_check(command, path):
    expected = list(expectations_read(path, path.name))
    if path.name == "main.gj":
        for module in sorted(path.parent.rglob("*.gj")):
            if module != path:
                expected += expectations_read(module, str(module.relative_to(path.parent)))
    found, status = diagnostics_read(command, path)
    lines = [sorted(f"{file}:{line} {code}\n" for file, line, code in each)
             for each in (expected, found)]
    if lines[0] != lines[1]:
        raise Wrong(difference("".join(lines[0]), "".join(lines[1]), f"diagnostics of {path.name}"))
    wanted = 3 if any(code.startswith("E") for _, _, code in expected) else 0
    if (status >= 3) != (wanted == 3):
        raise Wrong(f"{path.name}: check ended with {status}, not {wanted}")


def claim_check(path):
    if "golden" in path.parts and not re.match(r"\ufeff?\s*(#|//)\s*\S", text_of(path)):
        raise Wrong(f"{path.name}: the first line must be a comment that says what is claimed")


def beside(path, suffix):
    return path.with_name(path.name[: -len(".gj")] + suffix)


def dumps_check(command, path, bless):
    for what in ("tokens", "ast", "graph", "code"):
        snapshot = beside(path, f".{what}")
        if snapshot.exists():
            text, _ = command.guiju(path.parent, "dump", f"--{what}", path.name)
            snapshot_check(snapshot, text, bless)
    for lang in ("en", "zh"):
        snapshot = beside(path, f".{lang}.diag")
        if snapshot.exists():
            text, _ = command.guiju(path.parent, "check", "--lang", lang, "--color", "never", path.name,
                                    merged=True)
            snapshot_check(snapshot, text, bless)
        drawings_check(command, path, lang, bless)


def drawings_check(command, path, lang, bless):
    extra = " ".join(re.findall(r"^\s*#\s*draw:\s*(.*)$", text_of(path), re.M)).split()
    for form in ("dot", "svg"):
        snapshot = beside(path, f".{lang}.{form}")
        if snapshot.exists():
            text, _ = command.guiju(path.parent, "dump", "--graph", "--format", form, "--lang", lang,
                                    *extra, path.name)
            snapshot_check(snapshot, text, bless)


def findings_reduce(text):
    """A finding a line: the fields that matter, in one order, and the reasons for days not counted."""
    lines = []
    for line in text.splitlines():
        one = json.loads(line)
        kept = {key: one[key] for key in FIELDS if one.get(key) not in (None, "", [])}
        counted = one.get("counted") or {}
        for key in ("budget", "elapsed"):
            if key in counted:
                kept[key] = counted[key]
        lines.append(json.dumps(kept, ensure_ascii=False) + "\n")
    return "".join(lines)


def natives_of(command, path):
    """Arguments that grant what the source asks for."""
    wanted = re.findall(r"^\s*#\s*natives:\s*(.*)$", text_of(path), re.M)
    if wanted:
        command.natives_need()
    return [word for each in wanted
            for word in ("--natives", str(pathlib.Path(command.environment["GUIJU_BUILD"]) / each.strip()))]


def replay_check(command, path, bless):
    logs = [beside(path, suffix) for suffix in FEEDS] + [path.with_name("events.jsonl")]
    log = next((each for each in logs if each.exists()), None)
    if log is None:
        return
    extra = re.findall(r"^\s*#\s*replay:\s*(.*)$", text_of(path), re.M)
    arguments = ["replay", path.name, "--events", log.name, *" ".join(extra).split(),
                 *natives_of(command, path)]
    snapshots = [(beside(path, suffix), reduce)
                 for suffix, reduce in ((".findings", findings_reduce), (".findings.jsonl", str))
                 if beside(path, suffix).exists()]
    if snapshots:
        text, _ = command.guiju(path.parent, *arguments, "--format", "jsonl", "--lang", "en")
    for snapshot, reduce in snapshots:
        snapshot_check(snapshot, reduce(text), bless)
    for lang in ("en", "zh"):
        snapshot = beside(path, f".replay.{lang}.txt")
        if snapshot.exists():
            text, _ = command.guiju(path.parent, *arguments, "--lang", lang, "--color", "never",
                                    merged=True)
            snapshot_check(snapshot, text, bless)


def scenarios_check(command, path):
    """The scenarios of a source without a mistake must pass, unless the source says they fail."""
    text = text_of(path)
    if not re.search(r"^(scenario|案例|情形)\s", text, re.M) or re.search(r"(?:#|//).*\berror E", text):
        return
    out, status = command.guiju(path.parent, "test", path.name, "--lang", "en",
                                *natives_of(command, path), merged=True)
    wanted = 1 if re.search(r"^\s*#\s*test: fails", text, re.M) else 0
    if status != wanted:
        raise Wrong(f"{path.name}: test ended with {status}, not {wanted}\n{out}")


def formats_of(path):
    return [each for each in (beside(path, f"{lang}.fmt") for lang in ("", ".en", ".zh"))
            if each.exists()]


def formats_check(command, path, bless):
    for snapshot in formats_of(path):
        lang = snapshot.name[len(path.stem):-len(".fmt")].strip(".")
        with tempfile.TemporaryDirectory(prefix="guiju-") as name:
            copy = pathlib.Path(name) / path.name
            shutil.copyfile(path, copy)
            text, status = command.guiju(
                path.parent, "fmt", str(copy), *(["--keywords", lang] if lang else []), merged=True)
            if status:
                raise Wrong(f"{path.name}: fmt ended with {status}\n{text}")
            snapshot_check(snapshot, text_of(copy), bless)


def source_check(command, path, bless):
    claim_check(path)
    formats_check(command, path, bless)
    dumps_check(command, path, bless)
    replay_check(command, path, bless)
    if not formats_of(path):  # what a source says of itself is not blessed
        diagnostics_check(command, path)
        scenarios_check(command, path)


# ---- transcripts ----------------------------------------------------------------------------


def stage_make(path, folder):
    """The folder in which a transcript runs: the case's own files, and the house's, by link."""
    for name in ("examples", "stdlib"):
        (folder / name).symlink_to(ROOT / name)
    for item in path.parent.iterdir():
        if not (folder / item.name).exists():
            (folder / item.name).symlink_to(item)


def transcript_run(command, path):
    """The transcript as it comes out today."""
    out = []
    with tempfile.TemporaryDirectory(prefix="guiju-") as name:
        folder = pathlib.Path(name)
        stage_make(path, folder)
        skipping = False
        for line in text_of(path).splitlines():
            if not line.startswith("$ "):
                if not skipping:
                    out.append(line)
                continue
            skipping = True
            if out and out[-1] != "":
                out.append("")
            text, status = command.run(line[2:], folder, merged=True)
            out.append(line)
            out += text.replace(name, "HERE").rstrip("\n").split("\n") if text.strip() else []
            if status:
                out.append(f"[exit {status}]")
    return "\n".join(out) + "\n"


def transcript_check(command, path, bless):
    if not text_of(path).startswith("#") and not bless:
        raise Wrong(f"{path.name}: the first line must be a comment that says what is claimed")
    if "$GUIJU_BUILD/" in text_of(path):
        command.natives_need()
    snapshot_check(path, transcript_run(command, path), bless)


# ---- running them ---------------------------------------------------------------------------


def cases_find(places):
    for place in places:
        if place.is_file():
            yield place
            continue
        for path in sorted(place.rglob("*")):
            if path.suffix == ".transcript":
                yield path
            elif path.suffix == ".gj" and "modules" not in path.relative_to(place).parts[:-1]:
                if path.name == "main.gj" or not (path.parent / "main.gj").exists():
                    yield path


def case_check(command, path, bless):
    """None, or what is wrong, or why it is skipped."""
    check = transcript_check if path.suffix == ".transcript" else source_check
    try:
        check(command, path, bless)
    except Skipped as skipped:
        return skipped
    except Wrong as wrong:
        return str(wrong)
    except subprocess.TimeoutExpired as slow:
        return f"{slow.cmd}: not done after {SECONDS_MAX} s"
    except (OSError, ValueError, KeyError) as error:
        return f"{type(error).__name__}: {error}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bless", action="store_true", help="rewrite the snapshots")
    parser.add_argument("--guiju", default=os.environ.get("GUIJU", ROOT / "build/dev/guiju"))
    parser.add_argument("places", nargs="*", type=pathlib.Path, default=[ROOT / "tests" / "golden"])
    options = parser.parse_args()
    if not shutil.which(str(options.guiju)):
        sys.exit(f"{options.guiju}: there is no such command; ./dev test builds it")
    command = Command(options.guiju)
    cases = [place.resolve() for place in cases_find(options.places)]
    failed = skipped = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for path, wrong in zip(cases, pool.map(
                lambda path: case_check(command, path, options.bless), cases)):
            name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
            if isinstance(wrong, Skipped):
                skipped += 1
                print(f"skipped {name}: {wrong}")
            elif wrong:
                failed += 1
                print(f"---- {name}\n{wrong.rstrip()}\n")
    print(f"{len(cases) - failed - skipped} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 77 if skipped else 0


if __name__ == "__main__":
    sys.exit(main())
