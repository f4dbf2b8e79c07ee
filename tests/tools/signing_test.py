#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""signing_test.py — what `guiju sign` writes is what docs/SIGNING.md says, and nothing else verifies.

The envelope is read by its description, its hashes made by hashlib, its signature checked by Ed25519
as RFC 8032 writes it, in Python's whole numbers: no code of ours, and none of libsodium.
"""
import base64
import hashlib
import os
import pathlib
import struct
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIJU = os.environ.get("GUIJU", str(ROOT / "build/dev/guiju"))

# ---- Ed25519, RFC 8032, 5.1 ----------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def x_of(y, sign):
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    assert (x * x - square) % P == 0
    return P - x if x & 1 != sign else x


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    both = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + both, P - 2, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - both, P - 2, P) % P)


def times(number, point):
    result = (0, 1)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


def point_of(text):
    number = int.from_bytes(text, "little")
    y = number & (2**255 - 1)
    return x_of(y, number >> 255), y


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y)


def holds(key, message, signature):
    number = int.from_bytes(signature[32:], "little")
    if number >= L:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return times(number, BASE) == add(point_of(signature[:32]), times(digest, point_of(key)))


# ---- the command ---------------------------------------------------------------------------------

def guiju(*words, lang="en"):
    done = subprocess.run([GUIJU, *map(str, words), "--lang", lang], capture_output=True, text=True,
                          check=False)
    return done.returncode, done.stdout, done.stderr


class Signing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.held = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.held.name)
        cls.image, cls.signed = cls.folder / "licence.gji", cls.folder / "licence.gjs"
        code, _, why = guiju("build", ROOT / "examples/first/licence.gj", "-o", cls.image)
        assert code == 0, why
        cls.calendar = next(cls.folder.glob("*.gjcal"))
        for name in ("office", "other"):
            code, _, why = guiju("keygen", "-o", cls.folder / name)
            assert code == 0, why
        code, _, why = guiju("sign", cls.image, cls.calendar, "--key", cls.folder / "office.key",
                             "-o", cls.signed)
        assert code == 0, why

    @classmethod
    def tearDownClass(cls):
        cls.held.cleanup()

    def key(self, name="office"):
        words = (self.folder / f"{name}.pub").read_text().split(" ")
        self.assertEqual(words[:4], ["guiju", "public", "key", "ed25519"])
        key = base64.b64decode(words[5])
        self.assertEqual(words[4], hashlib.sha256(key).hexdigest()[:16])
        return key

    def test_the_envelope_is_as_it_is_described(self):
        whole, image = self.signed.read_bytes(), self.image.read_bytes()
        magic, form, suite, key_id, version, digest, size, name_size, calendars = struct.unpack_from(
            "<8sII8sQ32sQII", whole)
        self.assertEqual((magic, form, suite, version), (b"GJSIGNED", 1, 1, 1))
        self.assertEqual(key_id, hashlib.sha256(self.key()).digest()[:8])
        self.assertEqual((digest, size), (hashlib.sha256(image).digest(), len(image)))
        self.assertEqual(calendars, 1)
        at = 80 + name_size
        self.assertEqual(whole[80:at], b"licence")
        self.assertEqual(whole[at:at + 32], hashlib.sha256(self.calendar.read_bytes()).digest())
        at += 32
        signature, message = whole[at:at + 64], b"guiju signed image 1\0" + whole[:at]
        self.assertEqual(whole[at + 64:], image)
        self.assertTrue(holds(self.key(), message, signature))
        self.assertFalse(holds(self.key("other"), message, signature))
        self.assertFalse(holds(self.key(), message + b" ", signature))

    def test_the_oracle_knows_the_vectors_of_the_rfc(self):
        key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        signature = bytes.fromhex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        self.assertTrue(holds(key, b"\x72", signature))
        self.assertFalse(holds(key, b"\x73", signature))

    def test_the_secret_key_is_its_owners(self):
        self.assertEqual((self.folder / "office.key").stat().st_mode & 0o777, 0o600)
        code, _, why = guiju("keygen", "-o", self.folder / "office")
        self.assertEqual(code, 5)
        self.assertIn("a key is never written over", why)

    def test_what_is_whole_verifies_and_gives_its_image_back(self):
        code, told, _ = guiju("verify", self.signed, self.calendar, "--key",
                              self.folder / "office.pub")
        self.assertEqual(code, 0)
        self.assertIn("licence version 1", told)
        out = self.folder / "out.gji"
        self.assertEqual(guiju("verify", self.signed, "--key", self.folder / "office.pub", "-o",
                               out)[0], 0)
        self.assertEqual(out.read_bytes(), self.image.read_bytes())

    def test_a_signed_image_is_read_like_the_image(self):
        self.assertEqual(guiju("dump", self.signed)[1], guiju("dump", self.image)[1])
        code, _, why = guiju("sign", self.signed, "--key", self.folder / "office.key", "-o",
                             self.folder / "twice.gjs")
        self.assertEqual(code, 2)
        self.assertIn("is signed already", why)

    def test_what_is_altered_is_refused_in_both_languages(self):
        whole = self.signed.read_bytes()
        bad = self.folder / "bad.gjs"
        cases = [(whole[:-1], "cut", "残缺"), (whole + b"x", "cut", "残缺"),
                 (whole[16:], "not signed", "未签名"),
                 (self.image.read_bytes(), "not signed", "未签名"),
                 (whole[:24] + b"\2" + whole[25:], "signature does not hold", "签名不成立"),
                 (whole[:-1] + bytes([whole[-1] ^ 1]), "not the one that was signed", "不是所签署的"),
                 (whole[:12] + b"\2" + whole[13:], "algorithms", "算法")]
        for content, en, zh in cases:
            bad.write_bytes(content)
            for lang, word in (("en", en), ("zh", zh)):
                code, _, why = guiju("verify", bad, "--key", self.folder / "office.pub", lang=lang)
                self.assertEqual(code, 4)
                self.assertIn(word, why)
        code, _, why = guiju("verify", self.signed, "--key", self.folder / "other.pub")
        self.assertEqual(code, 4)
        self.assertIn("not trusted", why)

    def test_a_calendar_that_was_not_signed_is_named(self):
        other = self.folder / "other.gjcal"
        other.write_bytes(self.calendar.read_bytes() + b"x")
        code, _, why = guiju("verify", self.signed, other, "--key", self.folder / "office.pub")
        self.assertEqual(code, 4)
        self.assertIn("other.gjcal", why)

    def test_a_key_in_the_wrong_place_is_told(self):
        code, _, why = guiju("verify", self.signed, "--key", self.folder / "office.key")
        self.assertEqual(code, 4)
        self.assertIn("is no public key", why)
        code, _, why = guiju("sign", self.image, "--key", self.folder / "office.pub", "-o",
                             self.folder / "x.gjs")
        self.assertEqual(code, 4)
        self.assertIn("is no secret key", why)

    def test_a_source_is_to_be_built_first(self):
        for lang, word in (("en", "guiju build"), ("zh", "请先编译：guiju build")):
            code, _, why = guiju("sign", ROOT / "examples/first/licence.gj", "--key",
                                 self.folder / "office.key", "-o", self.folder / "x.gjs", lang=lang)
            self.assertEqual(code, 2)
            self.assertIn(word, why)
            self.assertFalse((self.folder / "x.gjs").exists())

    def test_who_deploys_is_told_what_a_key_asks_for(self):
        store, office = self.folder / "trusting.db", self.folder / "office.pub"
        code, _, why = guiju("deploy", self.signed, "--db", store)
        self.assertEqual(code, 4)
        self.assertIn(f"guiju trust --key FILE.pub --db {store}", why)
        self.assertEqual(list(self.folder.glob("trusting.db*")), [])
        self.assertEqual(guiju("trust", "--key", office, "--db", store)[0], 0)
        code, _, why = guiju("deploy", self.image, "--db", store)
        self.assertEqual(code, 4)
        self.assertIn("guiju sign IMAGE", why)
        self.assertTrue(store.exists())
        alone = self.folder / "alone.gjs"
        code, _, told = guiju("sign", self.image, "--key", self.folder / "office.key", "-o", alone)
        self.assertIn(" 0 calendars,", told)
        code, _, why = guiju("deploy", alone, "--calendar", self.calendar, "--db", store)
        self.assertEqual(code, 4)
        self.assertIn("the calendar cn was not signed with the image", why)
        code, told, why = guiju("deploy", self.signed, "--calendar", self.calendar, "--db", store)
        self.assertEqual((code, why), (0, ""))
        self.assertIn(" 1 calendar, signed",
                      guiju("verify", self.signed, "--key", office)[1])

    def test_neither_key_is_written_where_one_is_there(self):
        for there, other in (("half.key", "half.pub"), ("half.pub", "half.key")):
            (self.folder / there).write_text("mine")
            self.assertEqual(guiju("keygen", "-o", self.folder / "half")[0], 5)
            self.assertFalse((self.folder / other).exists())
            self.assertEqual((self.folder / there).read_text(), "mine")
            (self.folder / there).unlink()


if __name__ == "__main__":
    unittest.main()
