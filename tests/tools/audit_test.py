#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""audit_test.py — the chain of a store's audit, computed once more.

A store is filled by the command and opened with Python's own sqlite3; each record's hash is made of
the rows by hashlib as docs/AUDIT.md says, and must be the one that lies there. A head that was signed
and a proof are checked by the Ed25519 of signing_test.py. No code of ours.
"""
import hashlib
import json
import pathlib
import sqlite3
import struct
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from signing_test import ROOT, guiju, holds  # noqa: E402

QUERIES = {
    1: "SELECT c.procedure, c.id, e.told FROM events e JOIN cases c ON c.n = e.of_case"
       " WHERE e.n = ?",
    2: "SELECT c.procedure, c.id, r.json FROM revisions r JOIN findings f ON f.n = r.finding"
       " JOIN cases c ON c.n = f.of_case WHERE r.n = ?",
    3: "SELECT procedure, title, CAST(version AS TEXT), unit, image, NULL, NULL FROM deployments"
       " WHERE n = ?",
    4: "SELECT CAST(suite AS TEXT), key FROM keys WHERE n = ?",
}


def number(value):
    return struct.pack("<Q", value)


def piece(value):
    value = b"" if value is None else value.encode() if isinstance(value, str) else value
    return number(len(value)) + value


def pieces_of(store, kind, row):
    columns = list(store.execute(QUERIES[kind], (row,)).fetchone())
    if kind in (1, 2):
        columns[:2] = [json.dumps(name, ensure_ascii=False) for name in columns[:2]]
    if kind == 3:
        columns[5] = " ".join(name for name, in store.execute(
            "SELECT revision FROM deployed_calendars WHERE deployment = ? ORDER BY revision",
            (row,)))
        columns[6] = store.execute("SELECT head FROM seals JOIN deployments d ON d.seal = seals.n"
                                   " WHERE d.n = ?", (row,)).fetchone()
        columns[6] = columns[6] and columns[6][0]
    return columns


# docs/AUDIT.md: the record of an event stands in its row.
RECORDS = ("(SELECT n, kind, of_row, hash FROM audit UNION ALL SELECT n + (SELECT count(*)"
           " FROM audit WHERE events < e.n), 1, n, hash FROM events e)")


def content(kind, pieces):
    said = piece("guiju audit content 1") + number(kind) + number(len(pieces))
    return hashlib.sha256(said + b"".join(map(piece, pieces))).digest()


def after(place, before, kind, digest):
    return hashlib.sha256(b"guiju audit record 1\0" + number(place) + before + number(kind)
                          + digest).digest()


class Audit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.held.name)
        cls.db, cls.key = cls.folder / "store.db", cls.folder / "office"
        first = ROOT / "examples/first"
        cls.must("keygen", "-o", cls.key)
        cls.must("build", first / "licence.gj", "-o", cls.folder / "licence.gji")
        cls.calendar = next(cls.folder.glob("*.gjcal"))
        cls.must("sign", cls.folder / "licence.gji", cls.calendar, "--key", f"{cls.key}.key", "-o",
                 cls.folder / "licence.gjs")
        cls.must("trust", "--key", f"{cls.key}.pub", "--db", cls.db)
        cls.must("deploy", cls.folder / "licence.gjs", "--calendar", cls.calendar, "--db", cls.db)
        guiju("ingest", first / "licence.jsonl", "--db", cls.db)

    @classmethod
    def tearDownClass(cls):
        cls.held.cleanup()

    @classmethod
    def must(cls, *words):
        code, told, why = guiju(*words)
        assert code == 0, (words, why)
        return told

    def chain(self, store):
        hashes, before = [bytes(32)], bytes(32)
        for place, kind, row, found in store.execute(
                f"SELECT n, kind, of_row, hash FROM {RECORDS} ORDER BY n"):
            self.assertEqual(place, len(hashes))
            before = after(place, before, kind, content(kind, pieces_of(store, kind, row)))
            self.assertEqual(found, before, f"record {place}")
            hashes.append(before)
        return hashes

    def test_the_chain_is_what_the_rows_make(self):
        store = sqlite3.connect(self.db)
        hashes = self.chain(store)
        counts = dict(store.execute(f"SELECT kind, count(*) FROM {RECORDS} GROUP BY kind"))
        self.assertEqual(counts, {kind: store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                                  for kind, table in ((1, "events"), (2, "revisions"),
                                                      (3, "deployments"), (4, "keys"))})
        self.assertGreater(min(counts.values()), 0)
        store.close()
        told = self.must("audit", "verify", "--db", self.db)
        self.assertIn(hashes[-1].hex(), told)

    def test_a_head_and_a_proof_hold(self):
        self.must("audit", "sign", "--key", f"{self.key}.key", "--db", self.db)
        store = sqlite3.connect(self.db)
        hashes = self.chain(store)
        place, found, clock, key, signature = store.execute(
            "SELECT place, hash, clock, key, signature FROM heads ORDER BY n DESC").fetchone()
        self.assertEqual((place, found), (len(hashes) - 1, hashes[-1]))
        message = b"guiju audit head 1\0" + number(place) + found + struct.pack("<q", clock)
        self.assertTrue(holds(key, message, signature))
        finding, = store.execute("SELECT id FROM findings WHERE code = 'late'").fetchone()
        store.close()
        proof = self.folder / "late.proof"
        self.must("audit", "prove", finding, "--db", self.db, "-o", proof)
        self.proof_check(proof.read_text().splitlines(), hashes)
        told = self.must("verify", proof, "--key", f"{self.key}.pub")
        for fact in (finding, '"late"', "20", "2024-03-08", "licence.gj", "licensing"):
            self.assertIn(fact, told)
        proof.write_text(proof.read_text().replace("2024-03-08", "2024-03-18"))
        for lang, word in (("en", "altered"), ("zh", "改动")):
            code, _, why = guiju("verify", proof, "--key", f"{self.key}.pub", lang=lang)
            self.assertEqual(code, 4)
            self.assertIn(word, why)

    def proof_check(self, lines, hashes):
        said = {}
        links = []
        for line in lines[1:]:
            word, _, rest = line.partition(" ")
            links.append(rest) if word == "link" else said.__setitem__(word, rest)
        place = int(said["place"])
        self.assertEqual(bytes.fromhex(said["before"]), hashes[place - 1])
        digest = content(2, [said["procedure"], said["case"], said["finding"]])
        at = after(place, hashes[place - 1], 2, digest)
        for link in links:
            kind, hexed = link.split(" ")
            place += 1
            at = after(place, at, int(kind), bytes.fromhex(hexed))
        self.assertEqual(said["head"], f"{place} {at.hex()}")

    def test_an_altered_store_is_named(self):
        copy = self.folder / "copy.db"
        source, target = sqlite3.connect(self.db), sqlite3.connect(copy)
        source.backup(target)
        source.close()
        target.execute("UPDATE events SET told = replace(told, '2024', '2025') WHERE n = 3")
        place, = target.execute(f"SELECT n FROM {RECORDS} WHERE kind = 1 AND of_row = 3").fetchone()
        target.commit()
        target.close()
        for lang, word in (("en", f"record {place} (event 3)"), ("zh", f"第{place}条记录（事件 3）")):
            code, _, why = guiju("audit", "verify", "--db", copy, lang=lang)
            self.assertNotEqual(code, 0)
            self.assertIn(word, why)

    def test_what_is_not_signed_is_not_deployed(self):
        code, _, why = guiju("deploy", self.folder / "licence.gji", "--calendar", self.calendar,
                             "--db", self.db)
        self.assertNotEqual(code, 0)
        self.assertIn("not signed", why)


if __name__ == "__main__":
    unittest.main()
