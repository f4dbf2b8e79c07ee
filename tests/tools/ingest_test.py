#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ingest_test.py — a store that is told a log has what a replay of it finds, however it was told.

The same log is told in one go, through a pipe that trickles, from a file that grows, in random order
and with the command killed at random moments and run again: what stands afterwards is the same, and
is what `guiju replay` finds that keeps nothing. Bytes that are no log are refused with their line
and leave the rest alone.
"""
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import tempfile
import time
import unicodedata
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = str(pathlib.Path(os.environ.get("GUIJU", ROOT / "build/dev/guiju")).resolve())
SOURCE = str(ROOT / "examples/food_licence/food_licence.gj")
ENVIRONMENT = {**os.environ, "GUIJU_STDLIB": str(ROOT / "stdlib"), "LC_ALL": "C.UTF-8"}
ACTS = [("apply", "applicant"), ("accept", "window"), ("ask_more", "window"),
        ("resubmit", "applicant"), ("inspect", "inspector"), ("propose", "reviewer"),
        ("prolong", "chief"), ("approve", "chief"), ("deliver", "window")]


def log_make(seed, cases, unruly=0.2):
    """Events of cases that mostly go on as they should, in the order in which they happened."""
    dice = random.Random(seed)
    events = []
    for case in range(cases):
        day = dice.randrange(300)
        for step, (action, post) in enumerate(ACTS):
            if dice.random() < unruly:
                continue
            day += dice.randrange(9)
            events.append({"id": f"c{case}-{step}", "case": f"C{case}", "action": action,
                           "post": dice.choice(ACTS)[1] if dice.random() < 0.1 else post,
                           "at": time.strftime("%Y-%m-%dT%H:%M:00+08:00", time.gmtime(
                               1704067200 + day * 86400 + dice.randrange(28800, 64800)))})
    return sorted(events, key=lambda event: (event["at"], event["id"]))


class Desk(unittest.TestCase):
    """A folder with stores in it, and the command."""

    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="guiju-ingest-")
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)
        self.number = 0

    def run_guiju(self, *arguments, **options):
        done = subprocess.run([GUIJU, *arguments, "--lang", "en"], cwd=self.folder, check=False,
                              capture_output=True, env=ENVIRONMENT, **options)
        self.assertNotIn(b"Sanitizer", done.stderr)
        self.assertGreaterEqual(done.returncode, 0, done.stderr)
        return done

    def store_make(self):
        self.number += 1
        name = f"{self.number}.db"
        self.assertEqual(self.run_guiju("deploy", SOURCE, "--db", name).returncode, 0)
        return name

    def log_write(self, events, name="the.log"):
        (self.folder / name).write_text("".join(json.dumps(event) + "\n" for event in events))
        return name

    def standing(self, store, until):
        """Every finding that stands when the clock is at `until`, what hangs on when it was found
        left out: id, code, severity, status."""
        self.run_guiju("advance", "--db", store, "--to", until)
        done = self.run_guiju("findings", "--db", store, "--format", "jsonl")
        return sorted((found["id"], found["code"], found["severity"], found["status"])
                      for found in map(json.loads, done.stdout.splitlines()))

    def replayed(self, name, until):
        done = self.run_guiju("replay", SOURCE, "--events", name, "--until", until,
                              "--format", "jsonl")
        return sorted((found["id"], found["code"], found["severity"], found["status"])
                      for found in map(json.loads, done.stdout.splitlines()))


class Ingest(Desk):
    def test_one_go(self):
        events = log_make(1, 40)
        name, store = self.log_write(events), self.store_make()
        done = self.run_guiju("ingest", name, "--db", store)
        self.assertIn(f"{len(events)} events taken in", done.stdout.decode())
        found = self.standing(store, "2026-01-01")
        self.assertGreater(len(found), 20)
        self.assertEqual(found, self.replayed(name, "2026-01-01"))
        again = self.run_guiju("ingest", name, "--db", store)
        self.assertIn(f"0 events taken in, {len(events)} already there", again.stdout.decode())
        self.assertEqual(self.standing(store, "2026-01-01"), found)

    def test_any_order(self):
        events = log_make(2, 30)
        random.Random(3).shuffle(events)
        for event in events:
            event["source"] = "office"
        name, store = self.log_write(events), self.store_make()
        parts = [self.log_write(events[at::3], f"part{at}.log") for at in range(3)]
        self.run_guiju("ingest", *parts, "--db", store)
        self.assertEqual(self.standing(store, "2026-01-01"), self.replayed(name, "2026-01-01"))

    def test_killed(self):
        events = log_make(4, 150)
        name, dice = self.log_write(events), random.Random(5)
        begun = time.monotonic()
        whole = self.store_make()
        self.run_guiju("ingest", name, "--db", whole)
        took = time.monotonic() - begun
        store, kills = self.store_make(), 0
        for _ in range(4):
            with subprocess.Popen([GUIJU, "ingest", name, "--db", store], cwd=self.folder,
                                  env=ENVIRONMENT, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as running:
                time.sleep(dice.uniform(0.1, 0.8) * took)
                running.kill()
                kills += running.wait() == -signal.SIGKILL
        last = self.run_guiju("ingest", name, "--db", store).stdout.decode()
        self.assertGreater(kills, 0)
        self.assertRegex(last, r"\d+ events? taken in")
        self.assertEqual(self.standing(store, "2026-01-01"), self.standing(whole, "2026-01-01"))

    def test_pipe(self):
        """What comes through a pipe is judged when it comes, not when the pipe ends."""
        store = self.store_make()
        events = log_make(6, 6)
        with subprocess.Popen([GUIJU, "ingest", "-", "--db", store, "--format", "jsonl"],
                              cwd=self.folder, env=ENVIRONMENT, stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL) as running:
            for count, event in enumerate(events, 1):
                running.stdin.write(json.dumps(event).encode() + b"\n")
                running.stdin.flush()
                if count in (3, 10):
                    self.wait_for(store, count)
            running.stdin.close()
            running.wait(60)
        self.wait_for(store, len(events))

    def wait_for(self, store, count):
        end = time.monotonic() + 60
        while True:
            done = self.run_guiju("cases", "--db", store, "--format", "jsonl")
            told = sum(json.loads(line)["events"] for line in done.stdout.splitlines())
            if told == count:
                return
            self.assertLess(time.monotonic(), end, f"{told} of {count} events")
            time.sleep(0.1)

    def test_follow(self):
        store, events = self.store_make(), log_make(7, 6)
        name = self.log_write(events[:5])
        with subprocess.Popen([GUIJU, "ingest", name, "--db", store, "--follow", "--lang", "en"],
                              cwd=self.folder, env=ENVIRONMENT, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as running:
            self.wait_for(store, 5)
            with open(self.folder / name, "a", encoding="utf-8") as log:
                line = json.dumps(events[5]) + "\n"
                log.write(line[:20])
                log.flush()
                time.sleep(0.5)
                log.write(line[20:] + "".join(json.dumps(event) + "\n" for event in events[6:]))
            self.wait_for(store, len(events))
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=60)
        self.assertIn(f"{len(events)} events taken in", out.decode())

    def test_one_writer(self):
        """A second one is refused while the first goes on; whoever reads is not."""
        store, name = self.store_make(), self.log_write(log_make(8, 3))
        with subprocess.Popen([GUIJU, "ingest", name, "--db", store, "--follow"], cwd=self.folder,
                              env=ENVIRONMENT, stdout=subprocess.DEVNULL) as running:
            self.wait_for(store, len(log_make(8, 3)))
            refused = self.run_guiju("advance", "--db", store, "--to", "2025-01-01")
            running.send_signal(signal.SIGTERM)
            running.wait(60)
        self.assertEqual(refused.returncode, 5)
        self.assertNotEqual(refused.stderr, b"")

    def test_hostile(self):
        """Random bytes in a log: each bad line is told, the good ones are taken in."""
        dice, events = random.Random(9), log_make(10, 5)
        for round_number in range(3):
            store, lines = self.store_make(), []
            for event in events:
                lines.append(json.dumps(event).encode())
                if dice.random() < 0.4:
                    junk = bytes(dice.randrange(256) for _ in range(dice.randrange(1, 60)))
                    lines.append(b"{" + junk.replace(b"\n", b" "))
            (self.folder / "bad.log").write_bytes(b"\n".join(lines) + b"\n")
            done = self.run_guiju("ingest", "bad.log", "--db", store)
            self.wait_for(store, len(events))
            if len(lines) > len(events):
                self.assertEqual(done.returncode, 5, round_number)

    def test_broken_store(self):
        """A store with bytes changed is refused or read, and crashes nothing."""
        store = self.store_make()
        self.run_guiju("ingest", self.log_write(log_make(11, 5)), "--db", store)
        good, dice = (self.folder / store).read_bytes(), random.Random(12)
        for _ in range(5):
            bad = bytearray(good)
            for _ in range(dice.choice((1, 20, 400))):
                bad[dice.randrange(len(bad))] = dice.randrange(256)
            (self.folder / "broken.db").write_bytes(bad)
            for command in (("cases",), ("findings",), ("report",), ("case", "--case", "C1")):
                self.run_guiju(*command, "--db", "broken.db")
            for left in ("broken.db-wal", "broken.db-shm"):
                (self.folder / left).unlink(missing_ok=True)


OTHER = '''\
module other
use std.calendar.cn
procedure other "另一" {
  version 1
  calendar cn
  data {
    amount : number optional
    tags : list of text optional
  }
  documents { form "表" required }
  stage s initial { on go -> t needs form }
  stage t final
  rule few { on go require amount < 0 and count(tags) is 2 }
}
'''


class Slips(Desk):
    """What is told wrongly, or asked, is said to whoever did."""

    def store_make(self, *more):
        (self.folder / "other.gj").write_text(OTHER)
        self.number += 1
        name = f"{self.number}.db"
        for source in ("other.gj", *more):
            self.assertEqual(self.run_guiju("deploy", source, "--db", name).returncode, 0)
        return name

    def test_unknown_document(self):
        event = {"id": "1", "case": "1", "action": "go", "at": "2024-02-05T09:00:00+08:00",
                 "documents": ["表", "from"]}
        log, store = self.log_write([event, {**event, "id": "2", "case": "2", "documents": ["form"]}]), \
            self.store_make()
        done = self.run_guiju("ingest", log, "--db", store)
        self.assertEqual(done.stderr.decode().count('has no document "from"'), 1)
        self.assertIn("line 1", done.stderr.decode())
        self.assertEqual(done.returncode, 5)
        self.assertIn("2 events taken in", done.stdout.decode())
        earlier = self.log_write([{**event, "id": "0", "at": "2024-02-04T09:00:00+08:00",
                                   "documents": ["form"]}], "earlier.log")
        self.assertNotIn("has no document",
                         self.run_guiju("ingest", earlier, "--db", store).stderr.decode())

    def test_several_procedures(self):
        event = {"id": "1", "case": "1", "action": "go", "at": "2024-02-05T09:00:00+08:00"}
        log = self.log_write([{**event, "procedure": "other"}, {**event, "id": "2"},
                              {**event, "id": "3", "procedure": "food_licence"}])
        store = self.store_make(SOURCE)
        done = self.run_guiju("ingest", log, "--db", store)
        self.assertEqual(done.returncode, 5)
        self.assertRegex(done.stderr.decode(),
                         r"line 2: this event names no procedure, and several are in force; .*--procedure")
        self.assertIn("2 events taken in, 1 refused", done.stdout.decode())
        done = self.run_guiju("ingest", log, "--db", store, "--procedure", "另一")
        self.assertIn("1 event taken in, 1 already there, 1 of other procedures passed over",
                      done.stdout.decode())
        self.assertEqual(done.stderr, b"")

    def test_source(self):
        """What has no id is known by its source and line: under another name it is told anew."""
        log = self.log_write([{"case": "1", "action": "go", "at": "2024-02-05T09:00:00+08:00"}])
        os.link(self.folder / log, self.folder / "moved.log")
        for arguments, told in ((["moved.log"], "1 event taken in"),
                                (["moved.log", "--source", log], "0 events taken in, 1 already")):
            store = self.store_make()
            self.run_guiju("ingest", log, "--db", store)
            done = self.run_guiju("ingest", *arguments, "--db", store)
            self.assertIn(told, done.stdout.decode())

    def may(self, store, *arguments):
        return self.run_guiju("may", "--db", store, "--case", "9", *arguments)

    def test_may(self):
        store = self.store_make()
        asked = ["--action", "go", "--document", "form"]
        done = self.may(store, *asked, "--at", "2024-02-05", "--data", "amount=-5.5",
                        "--data", "tags=a", "--data", "tags=b")
        self.assertIn("in order", done.stdout.decode())
        self.assertIn("as of 2024-02-05 00:00", done.stdout.decode())
        for told, said in ((["amount=5", "tags=a", "tags=b"], "it would add"),
                           (["amount=-5", "tags=a"], "it would add"),
                           (["amount=-5", "tags=1", "tags=2"], "it would add"),
                           (["amount=-5", 'tags="1"', 'tags="2"'], "in order")):
            data = [word for one in told for word in ("--data", one)]
            self.assertIn(said, self.may(store, *asked, *data).stdout.decode(), told)
        done = self.may(store, *asked, "--document", "from")
        self.assertIn('has no document "from"', done.stderr.decode())
        for wrong, said in ((["--action", ""], "names no act"),
                            (asked + ["--data", "tags=x"] * 65, "at most 64 times `--data`"),
                            (asked + ["--document", "form"] * 65, "at most 64 times `--document`")):
            done = self.may(store, *wrong)
            self.assertEqual(done.returncode, 2)
            self.assertIn(said, done.stderr.decode())

    def test_may_when(self):
        """Without a time it is asked of where the clock stands, and says so."""
        store = self.store_make()
        self.assertIn(", now\n", self.may(store, "--post", "applicant").stdout.decode())
        self.run_guiju("advance", "--db", store, "--to", "2024-03-05T10:00")
        self.assertIn("as of 2024-03-05 10:00, where the store's clock stands\n",
                      self.may(store, "--post", "applicant").stdout.decode())
        for asked in (["--post", "applicant"], ["--action", "go"], ["--cures"]):
            told = json.loads(self.may(store, *asked, "--format", "json").stdout)
            self.assertEqual(told["at"], "2024-03-05T10:00:00+08:00", asked)



class Report(Desk):
    """What is due, of cases accepted on 2024-02-05: decided by 2024-03-08, as examples count it."""

    def setUp(self):
        super().setUp()
        self.store = self.store_make()
        self.run_guiju("ingest", self.log_write([
            {"id": f"{case}{action}", "case": f"C{case:02}", "action": action, "post": post,
             "officer": "u1", "at": at, "documents": ["application"], "data": {"kind": "renewal"}}
            for case in range(12)
            for action, post, at in (("apply", "applicant", "2024-02-05T08:50:00+08:00"),
                                     ("accept", "window", "2024-02-05T09:12:00+08:00"))]),
                       "--db", self.store)

    def report(self, *arguments):
        return json.loads(self.run_guiju("report", "--db", self.store, "--format", "json",
                                         *arguments).stdout)

    def test_kinds(self):
        counts, by_now = ("overdue", "due_soon", "in_time"), {}
        for until, kind in (("2024-02-20", "in_time"), ("2024-03-07", "due_soon"),
                            ("2024-03-20T10:00", "overdue")):
            self.run_guiju("advance", "--db", self.store, "--to", until)
            told = by_now[kind] = self.report()
            self.assertEqual([told[one] for one in counts], [12 * (one == kind) for one in counts])
            self.assertEqual([len(told[f"{one}_limits"]) for one in counts],
                             [told[one] for one in counts])
            for case, limit in enumerate(told[f"{kind}_limits"]):
                self.assertEqual((limit["case"], limit["subject"], limit["due"], limit["post"],
                                  limit["department"]),
                                 (f"C{case:02}", "decide", "2024-03-08", "chief", "amr"))
            self.assertEqual([(post["post"], post[kind]) for post in told["posts"] if post[kind]],
                             [("chief", 12)])
        # 11 to 15 March, 18 to 20 March.
        self.assertEqual([limit["over"] for limit in by_now["overdue"]["overdue_limits"]],
                         [{"amount": 8, "unit": "workdays"}] * 12)

    def test_filters(self):
        self.run_guiju("advance", "--db", self.store, "--to", "2024-02-20")
        self.assertEqual(self.report("--post", "window")["in_time"], 0)
        self.assertEqual(self.report("--post", "审批岗")["in_time"], 12)
        self.assertEqual(self.report("--department", "amr")["in_time"], 12)

    def test_text(self):
        for until, en, zh in (("2024-02-20", "in 17 days", "还有17日"),
                              ("2024-03-07", "in 1 day", "还有1日"),
                              ("2024-03-20", " workdays over", "个工作日")):
            self.run_guiju("advance", "--db", self.store, "--to", until)
            for lang, word, more in (("en", en, "and 2 more: --all"), ("zh", zh, "另有2项：--all")):
                texts = [subprocess.run([GUIJU, "report", "--db", self.store, "--lang", lang, *all_],
                                        cwd=self.folder, capture_output=True, check=False,
                                        env={**ENVIRONMENT, "COLUMNS": "80"}).stdout.decode()
                         for all_ in ([], ["--all"])]
                self.assertIn(more, texts[0])
                self.assertNotIn("--all", texts[1])
                self.assertEqual([len(re.findall(r"C\d\d", text)) for text in texts], [10, 12])
                for text in texts:
                    self.assertIn(word, text)
                    for line in text.splitlines():
                        self.assertLessEqual(sum(2 if unicodedata.east_asian_width(one) in "WF" else 1
                                                 for one in line), 80, line)


if __name__ == "__main__":
    unittest.main()
