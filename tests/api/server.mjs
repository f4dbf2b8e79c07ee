// SPDX-License-Identifier: Apache-2.0
//
// server.mjs LIBRARY IMAGE STORE — the engine from Node, by koffi, as docs/EMBEDDING.md quotes it.
//
// Deploys the image, checks an act and submits it, moves the clock, and prints what stands, a JSON
// object a line. koffi is found where NODE_PATH says.
import fs from "node:fs";
import { createRequire } from "node:module";

const koffi = createRequire(process.env.KOFFI_FROM ?? import.meta.url)("koffi");

// quote: node
const Text = koffi.struct("gj_text", { bytes: "void *", size: "size_t" });
const Stamp = koffi.struct("gj_stamp", {
  wall_ms: "int64_t", offset_s: "int32_t", present: "bool", zoned: "bool", unreadable: "bool",
  written: Text });
const Event = koffi.struct("gj_event", {
  id: Text, source: Text, case_id: Text, procedure: Text, action: Text, at: Stamp, recorded: Stamp,
  officer: Text, post: Text, department: Text, office: Text, branch: Text, corrects: Text,
  corrects_source: Text, retracts: Text, retracts_source: Text, seq: "uint64_t", data: "void *",
  data_count: "size_t", documents: "void *", document_count: "size_t", line: "uint64_t" });
const Receipt = koffi.struct("gj_receipt", {
  kind: "int", problem: "int", field: "void *", text: Text, ahead: "bool", revision_count: "uint32_t" });
const Options = koffi.struct("gj_engine_options", {
  size: "size_t", allocator: "void *", path: "const char *", reads_only: "bool", natives: "void *",
  payload: "void *", clock: "void *", follows_events: "bool", log: "void *" });
const Deployment = koffi.struct("gj_deployment", {
  size: "size_t", image: Text, calendars: "void *", calendar_count: "size_t" });
const News = koffi.struct("gj_news", {
  change: "int", cause: "int", case_id: Text, procedure: Text, finding_id: koffi.array("char", 33),
  code: "int", severity: "int", status: "int", at: "int64_t", json: Text });
koffi.proto("bool on_news(void *payload, gj_news *news)");
koffi.proto("bool on_item(void *payload, gj_text item)");
koffi.proto("bool on_revision(void *payload, void *revision)");
koffi.proto("bool on_piece(void *payload, void *bytes, size_t size)");
const Writer = koffi.struct("gj_writer", { payload: "void *", write: "on_piece *" });

const none = { bytes: null, size: 0 };
const kept = []; // what a call was given must live until it returns
const text = (string) => {
  const bytes = Buffer.from(string);
  kept.push(bytes);
  return { bytes, size: bytes.length };
};
const bytesOf = (pointer, size) => Buffer.from(koffi.decode(pointer, koffi.array("uint8_t", Number(size))));
const read = (of) => bytesOf(of.bytes, of.size).toString();

class Engine {
  constructor(library, path) {
    const lib = koffi.load(library);
    this.calls = {
      open: lib.func("int gj_engine_open(const gj_engine_options *options, _Out_ void **engine)"),
      close: lib.func("void gj_engine_close(void *engine)"),
      error: lib.func("void gj_engine_error(void *engine, int lang, _Out_ uint8_t *text, size_t size)"),
      deploy: lib.func("int gj_engine_deploy(void *engine, const gj_deployment *deployment)"),
      advance: lib.func("int gj_engine_advance(void *engine, int64_t now, void *payload, void *on_news)"),
      submit: lib.func("int gj_engine_submit(void *engine, const gj_event *events, size_t count, _Out_ gj_receipt *receipts, void *payload, on_news *each)"),
      check: lib.func("int gj_engine_check(void *engine, const gj_event *event, _Out_ gj_receipt *receipt, void *payload, on_revision *each)"),
      list: lib.func("int gj_engine_list(void *engine, int listing, gj_text procedure, gj_text case_id, void *payload, on_item *each)"),
      print: lib.func("int gj_revision_print(void *revision, int lang, const gj_writer *out)"),
    };
    const made = [null];
    const status = this.calls.open({ size: koffi.sizeof(Options), path }, made);
    this.handle = made[0];
    this.must(status);
  }
  must(status) {
    if (status !== 0) {
      const why = Buffer.alloc(200);
      this.calls.error(this.handle, 0, why, why.length);
      throw new Error(why.toString("utf8", 0, why.indexOf(0)));
    }
  }
  deploy(image) {
    this.must(this.calls.deploy(this.handle, {
      size: koffi.sizeof(Deployment), image: { bytes: image, size: image.length } }));
  }
  advance(instant) { this.must(this.calls.advance(this.handle, instant, null, null)); }
  // What the act would come to, each change as the library prints it.
  foretell(event) {
    const changes = [];
    this.must(this.calls.check(this.handle, event, {}, null, (_, revision) => {
      const pieces = [];
      const write = koffi.register((_payload, bytes, size) => {
        pieces.push(bytesOf(bytes, size));
        return true;
      }, "on_piece *");
      this.calls.print(revision, 0, { payload: null, write });
      koffi.unregister(write);
      changes.push(JSON.parse(Buffer.concat(pieces).toString()));
      return true;
    }));
    return changes;
  }
  // It is on the disk when this returns, with what was found.
  submit(event) {
    const receipt = {}, found = [];
    this.must(this.calls.submit(this.handle, event, 1, receipt, null, (_, news) => {
      found.push(JSON.parse(read(koffi.decode(news, News).json)));
      return true;
    }));
    return { kind: receipt.kind, found };
  }
  findings() {
    const found = [];
    this.must(this.calls.list(this.handle, 0, none, none, null, (_, item) => {
      found.push(JSON.parse(read(item)));
      return true;
    }));
    return found;
  }
  close() { this.calls.close(this.handle); }
}
// end

const act = (id, of, action, post, instant) => ({
  id: text(id), source: text("node"), case_id: text(of), procedure: none, action: text(action),
  at: { wall_ms: instant, offset_s: 0, present: true, zoned: true, unreadable: false, written: none },
  recorded: { wall_ms: 0, offset_s: 0, present: false, zoned: false, unreadable: false, written: none },
  officer: text("u17"), post: text(post), department: none, office: none, branch: none,
  corrects: none, corrects_source: none, retracts: none, retracts_source: none, seq: 0, data: null,
  data_count: 0, documents: null, document_count: 0, line: 0 });

const [library, image, store] = process.argv.slice(2);
const now = 1709251200000;
const engine = new Engine(library, store);
engine.deploy(fs.readFileSync(image));
engine.advance(now);
const wrong = act("1", "C-1", "accept", "chief", now);
const foretold = engine.foretell(wrong);
const came = engine.submit(wrong);
if (came.kind !== 0 || JSON.stringify(foretold) !== JSON.stringify(came.found) || came.found.length === 0)
  throw new Error(JSON.stringify([foretold, came]));
if (engine.submit(act("2", "C-2", "accept", "window", now)).kind !== 0) throw new Error("C-2");
engine.advance(now + 30 * 86400000);
for (const { case: of, code, severity } of engine.findings())
  console.log(JSON.stringify({ case: of, code, severity }));
engine.close();
