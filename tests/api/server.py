#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""server.py LIBRARY IMAGE STORE — the engine from Python, by ctypes, as docs/EMBEDDING.md quotes it.

Deploys the image, checks an act and submits it, moves the clock, and prints what stands, a JSON
object a line. The structures are those of <guiju/engine.h>, field by field.
"""
# quote: structures
import ctypes
import json
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_bool, c_char_p, c_int, c_int32, \
    c_int64, c_size_t, c_uint32, c_uint64, c_void_p


class Text(Structure):
    _fields_ = [("bytes", c_void_p), ("size", c_size_t)]  # not c_char_p: no NUL ends it


KEPT = []  # what a text points to, for as long as it is used


def piece(data):
    KEPT.append(data)
    return Text(ctypes.cast(data, c_void_p), len(data))


def text(string):
    return piece(string.encode())


def read(of):
    return ctypes.string_at(of.bytes, of.size).decode() if of.size else ""


class Stamp(Structure):
    _fields_ = [("wall_ms", c_int64), ("offset_s", c_int32), ("present", c_bool),
                ("zoned", c_bool), ("unreadable", c_bool), ("written", Text)]


class Event(Structure):
    _fields_ = ([(name, Text) for name in ("id", "source", "case_id", "procedure", "action")]
                + [("at", Stamp), ("recorded", Stamp)]
                + [(name, Text) for name in ("officer", "post", "department", "office", "branch",
                                             "corrects", "corrects_source", "retracts",
                                             "retracts_source")]
                + [("seq", c_uint64), ("data", c_void_p), ("data_count", c_size_t),
                   ("documents", POINTER(Text)), ("document_count", c_size_t), ("line", c_uint64)])


class Receipt(Structure):
    _fields_ = [("kind", c_int), ("problem", c_int), ("field", c_char_p), ("text", Text),
                ("ahead", c_bool), ("revision_count", c_uint32)]


class News(Structure):
    _fields_ = [("change", c_int), ("cause", c_int), ("case_id", Text), ("procedure", Text),
                ("finding_id", ctypes.c_char * 33), ("code", c_int), ("severity", c_int),
                ("status", c_int), ("at", c_int64), ("json", Text)]


class Options(Structure):
    _fields_ = [("size", c_size_t), ("allocator", c_void_p), ("path", c_char_p),
                ("reads_only", c_bool), ("natives", c_void_p), ("payload", c_void_p),
                ("clock", c_void_p), ("follows_events", c_bool),
                ("log", c_void_p)]


class Deployment(Structure):
    _fields_ = [("size", c_size_t), ("image", Text), ("calendars", c_void_p),
                ("calendar_count", c_size_t)]


class Writer(Structure):
    _fields_ = [("payload", c_void_p),
                ("write", CFUNCTYPE(c_bool, c_void_p, c_void_p, c_size_t))]


OnNews = CFUNCTYPE(c_bool, c_void_p, POINTER(News))
OnRevision = CFUNCTYPE(c_bool, c_void_p, c_void_p)
OnItem = CFUNCTYPE(c_bool, c_void_p, Text)
# end


# quote: python
class Engine:
    """One engine of one store; what fails raises, in the library's words."""

    def __init__(self, library, path):
        self.lib = ctypes.CDLL(library)
        self.handle = c_void_p()
        options = Options(size=ctypes.sizeof(Options), path=path.encode())
        self.check(self.lib.gj_engine_open(byref(options), byref(self.handle)))

    def check(self, status):
        if status != 0:
            why = ctypes.create_string_buffer(200)
            self.lib.gj_engine_error(self.handle, 0, why, c_size_t(200))
            raise RuntimeError(why.value.decode())

    def deploy(self, image):
        data = Deployment(ctypes.sizeof(Deployment), piece(image), None, 0)
        self.check(self.lib.gj_engine_deploy(self.handle, byref(data)))

    def advance(self, instant_ms):
        self.check(self.lib.gj_engine_advance(self.handle, c_int64(instant_ms), None, None))

    def foretell(self, event):
        """What the act would come to, each change as the library prints it."""
        changes, receipt = [], Receipt()

        @OnRevision
        def on_revision(_, revision):
            pieces = []

            @Writer._fields_[1][1]
            def write(_, data, size):
                pieces.append(ctypes.string_at(data, size))
                return True
            self.lib.gj_revision_print(c_void_p(revision), 0, byref(Writer(None, write)))
            changes.append(json.loads(b"".join(pieces)))
            return True
        self.check(self.lib.gj_engine_check(self.handle, byref(event), byref(receipt), None,
                                            on_revision))
        return changes

    def submit(self, *events):
        """Each receipt, and what was found; it is on the disk when this returns."""
        told, receipts = (Event * len(events))(*events), (Receipt * len(events))()
        found = []

        @OnNews
        def on_news(_, news):
            found.append(json.loads(read(news.contents.json)))
            return True
        self.check(self.lib.gj_engine_submit(self.handle, told, c_size_t(len(events)), receipts,
                                             None, on_news))
        return [receipt.kind for receipt in receipts], found

    def findings(self):
        found = []

        @OnItem
        def on_item(_, item):
            found.append(json.loads(read(item)))
            return True
        self.check(self.lib.gj_engine_list(self.handle, 0, Text(), Text(), None, on_item))
        return found

    def close(self):
        self.lib.gj_engine_close(self.handle)
# end


def act(name, case, action, post, instant_ms):
    at = Stamp(wall_ms=instant_ms, present=True, zoned=True)
    return Event(id=text(name), source=text("python"), case_id=text(case), action=text(action),
                 post=text(post), officer=text("u17"), at=at)


def main():
    library, image, store = sys.argv[1:]
    now = 1709251200000
    engine = Engine(library, store)
    with open(image, "rb") as file:
        engine.deploy(file.read())
    engine.advance(now)
    wrong = act("1", "C-1", "accept", "chief", now)
    foretold = engine.foretell(wrong)
    kinds, found = engine.submit(wrong, act("2", "C-2", "accept", "window", now))
    assert kinds == [0, 0] and foretold == found, (kinds, foretold, found)
    engine.advance(now + 30 * 86400000)
    for finding in engine.findings():
        print(json.dumps({key: finding[key] for key in ("case", "code", "severity")}))
    engine.close()


if __name__ == "__main__":
    main()
