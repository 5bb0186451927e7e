// The reader of large JSON texts, held against JSON.parse.
import assert from "node:assert/strict";
import { test } from "node:test";

import { random } from "./random.mjs";
import { source } from "./source.mjs";

const { NotJson, Splitter } = await source("src/cli/split/splitter.ts");

/** All pieces of a text that comes in chunks, and the error that ended it. */
function split(bytes, { largest, chunk = () => bytes.length } = {}) {
  const splitter = new Splitter(largest);
  const pieces = [];
  try {
    for (let from = 0; from < bytes.length; ) {
      const to = from + Math.max(1, chunk());
      pieces.push(...collect(splitter.push(bytes.subarray(from, to)), pieces));
      from = to;
    }
    pieces.push(...collect(splitter.end(), pieces));
    return { pieces };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { pieces, error };
  }
}

/** What a generator gives, kept even if it then throws. */
function* collect(generator, kept) {
  for (const piece of generator) kept.push(piece);
}

/** A JSON text, spelled in every way that JSON has. */
function generate(next, depth = 0) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const space = () => (next() < 0.2 ? pick([" ", "\n", "\r\n", "\t", "  \n "]) : "");
  const string = () => `"${Array.from({ length: Math.floor(next() * 6) }, () => pick(["a", "}", "{", "]", "[", ",", ":", '\\"', "\\\\", "\\n", "\\u00e9", "\\ud83d\\ude00", "é", "漢", "😀", " ", "\u2028", "x".repeat(9)])).join("")}"`;
  const kind = depth > 5 ? 0 : next();
  const many = () => Array.from({ length: Math.floor(next() * 6) });
  if (kind > 0.7) return `{${many().map(() => `${space()}${string()}${space()}:${space()}${generate(next, depth + 1)}${space()}`).join(",") || space()}}`;
  if (kind > 0.4) return `[${many().map(() => `${space()}${generate(next, depth + 1)}${space()}`).join(",") || space()}]`;
  return pick([string(), string(), "0", "-0", "12", "-1.50", "1e9", "2E-3", "1.25e+10", "true", "false", "null"]);
}

/** Every scalar with its way from the root, in order. Elements have no index: a piece of a list begins anew. Empty containers
 *  hold nothing that could be lost. A repeated name is no matter: both are there. */
function leaves(text) {
  const found = [];
  let at = 0;
  const skip = () => { while (/\s/.test(text[at] ?? "")) at += 1; };
  const read = (path) => {
    skip();
    const open = text[at];
    if (open === "{" || open === "[") {
      const close = open === "{" ? "}" : "]";
      at += 1;
      skip();
      if (text[at] === close) return void (at += 1);
      for (;;) {
        skip();
        let name = "[]";
        if (open === "{") {
          name = `.${take()}`;
          skip();
          at += 1;
        }
        read(path + name);
        skip();
        const separator = text[at];
        at += 1;
        if (separator === close) return;
      }
    }
    found.push(`${path}=${take()}`);
  };
  const take = () => {
    const pattern = /"(?:[^"\\]|\\[^])*"|[^\s,\]}]+/y;
    pattern.lastIndex = at;
    const [all] = pattern.exec(text);
    at += all.length;
    return all;
  };
  for (skip(); at < text.length; skip()) read("");
  return found;
}

/** Offset of a line and column, both from 1. */
function offsetOf(text, line, column) {
  let start = 0;
  for (let count = 1; count < line; count += 1) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}

test("the pieces hold every value once, as it was spelled, and know where", () => {
  const next = random(1);
  let cut = 0;
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: 1 + Math.floor(next() * 2) }, () => generate(next)).join("\n");
    const bytes = Buffer.from(text);
    const largest = 8 + Math.floor(next() * 120);
    const { pieces, error } = split(bytes, { largest, chunk: () => Math.floor(next() * 40) });
    // A scalar or a name that is longer than a piece may be cannot be cut.
    if (error !== undefined) {
      assert.match(error.message, /^a string, name or number: more than/, text);
      continue;
    }
    assert.deepEqual(pieces.flatMap((piece) => leaves(piece.text)), leaves(text), text);
    for (const piece of pieces) {
      JSON.parse(piece.text);
      const content = piece.text.slice(piece.wrapping, piece.wrapping + piece.length);
      const start = offsetOf(text, piece.line, piece.column);
      assert.equal(text.slice(start, start + piece.length), content);
      assert.ok(Buffer.byteLength(content) <= largest, `${content.length} over ${largest}`);
    }
    if (pieces.some(({ wrapping }) => wrapping > 0)) cut += 1;
  }
  assert.ok(cut > 500, `only ${cut} texts were cut`);
});

test("takes what JSON.parse takes, and nothing else", () => {
  const next = random(2);
  let refused = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const text = generate(next);
    const at = Math.floor(next() * text.length);
    const sign = '{}[],:"\\0123456789.eE+-truefalsn \n\u0001é'[Math.floor(next() * 43)] ?? "x";
    const changed = [text.slice(0, at), text.slice(0, at) + sign + text.slice(at + 1), text.slice(0, at) + sign + text.slice(at)][round % 3].toWellFormed();
    let expected = true;
    try {
      JSON.parse(changed);
    } catch {
      expected = false;
    }
    const { pieces, error } = split(Buffer.from(changed), { chunk: () => Math.floor(next() * 9) });
    // Several values may stand one after another, and none is no mistake.
    if (expected) assert.deepEqual([error, pieces.map((piece) => piece.text)], [undefined, [changed.trim()]], changed);
    else if (error === undefined) assert.notEqual(pieces.length, 1, changed);
    else refused += 1;
    for (const piece of pieces) JSON.parse(piece.text);
  }
  assert.ok(refused > 5000, `only ${refused} were refused`);
});

const texts = (result) => result.pieces.map(({ text }) => text);
const roles = '{"Marker": "m",\n "Roles": [{"a": 1},\n  {"b": "]}"}, {"c": [1, 2]}],\n "IsTruncated": false}';

test("one piece for what is small enough, to the byte", () => {
  const { length } = Buffer.from(roles);
  assert.deepEqual(texts(split(Buffer.from(roles), { largest: length })), [roles]);
  // The outer brackets are no part of a run of members.
  const members = length - "{}".length;
  assert.deepEqual(texts(split(Buffer.from(roles), { largest: members })), [roles]);
  assert.deepEqual(texts(split(Buffer.from(roles), { largest: 32 })), ['{"Marker": "m"}', '{"Roles":[{"a": 1},\n  {"b": "]}"}]}', '{"Roles":[{"c": [1, 2]}]}', '{"IsTruncated": false}']);
});

test("an element that is too large is cut in turn, below all names around it", () => {
  const text = '{"v":{"root_module":{"child_modules":[{"resources":[{"a":1},{"b":2},{"c":3}],"address":"m"}]}}}';
  assert.deepEqual(texts(split(Buffer.from(text), { largest: 20 })), [
    '{"v":{"root_module":{"child_modules":[{"resources":[{"a":1},{"b":2}]}]}}}',
    '{"v":{"root_module":{"child_modules":[{"resources":[{"c":3}]}]}}}',
    '{"v":{"root_module":{"child_modules":[{"address":"m"}]}}}',
  ]);
});

test("several values one after another, with and without lines between them", () => {
  assert.deepEqual(texts(split(Buffer.from('\ufeff{"a":1}{"b":2}\n\n[3] "x" 4\ntrue'))), ['{"a":1}', '{"b":2}', "[3]", '"x"', "4", "true"]);
  assert.deepEqual(texts(split(Buffer.from(" \n"))), []);
  assert.match(split(Buffer.from("{}1true")).error.message, /"t" stands where a value is expected/);
});

const wrong = [
  ["cut off in a list", '{"Roles":[{"a":1},\n{"b":[1,', ['{"Roles":[{"a":1}]}'], /the text ends where a value is expected/, [2, 9]],
  ["cut off in a string", '[{"a":1},{"b":"é', ['[{"a":1}]'], /the text ends where the end of a string is expected/, [1, 17]],
  ["cut off after a complete value", '{"a":1}\n{"b":2', ['{"a":1}', '{"b":2}'], /the text ends where/, [2, 7]],
  ["a mistake after a complete element", '[[1],\n [2],\n x]', ["[[1],\n [2]]"], /"x" stands where a value is expected/, [3, 2]],
  ["a list inside an unfinished element is not known whole", '[{"Statement":[{"a":1},', [], /the text ends/, [1, 24]],
  ["a control character", '["a\u0000"]', [], /a control character/, [1, 4]],
  ["UTF-16", Buffer.from("\ufeff{}", "utf16le"), [], /this is UTF-16, as Windows PowerShell/, [1, 1]],
  ["half a byte order mark", Buffer.from([0xef, 0x7b, 0x7d]), [], /"\{" stands where a value/, [1, 1]],
  ["Latin-1", Buffer.from('[\n"caf\xe9"]', "latin1"), [], /not UTF-8/, [2, 0]],
  ["65 levels", "[".repeat(65), [], /nested deeper than 64 levels/, [1, 65]],
];
for (const [name, text, pieces, message, [line, column]] of wrong) {
  test(`${name}: an error with its place, and what was complete before it`, () => {
    for (const chunk of [undefined, () => 1]) {
      const result = split(Buffer.from(text), { chunk });
      assert.match(result.error.message, message);
      assert.deepEqual(texts(result), pieces);
      assert.deepEqual([result.error.place.line, result.error.place.column], [line, column]);
    }
  });
}

test("the statements of a policy stay together, however large", () => {
  const policy = `{"Version":"2012-10-17","Statement":[${'{"Effect":"Allow"},'.repeat(20)}{"Effect":"Deny"}]}`;
  const { pieces, error } = split(Buffer.from(`[{"a":1},${policy}]`), { largest: 60 });
  assert.match(error.message, /the list "Statement": more than 60 bytes/);
  assert.ok(pieces.every(({ text }) => !text.includes("Effect")));
});

test("64 MiB in chunks need no more memory than a few pieces", () => {
  const splitter = new Splitter();
  const role = Buffer.from(`{"RoleName":"r","Description":"${"x".repeat(4000)}"},`);
  const chunk = Buffer.concat(Array.from({ length: 64 }, () => role));
  let [count, bytes] = [0, 0];
  const take = (pieces) => { for (const { text } of pieces) { count += 1; bytes += text.length; } };
  take(splitter.push(Buffer.from('{"Roles":[')));
  const before = process.memoryUsage().arrayBuffers;
  for (let sent = 0; sent < 64 * 1024 * 1024; sent += chunk.length) take(splitter.push(chunk));
  const grown = process.memoryUsage().arrayBuffers - before;
  take(splitter.push(Buffer.from("1]}")));
  take(splitter.end());
  assert.ok(count >= 16 && bytes > 64 * 1024 * 1024);
  assert.ok(grown < 24 * 1024 * 1024, `${grown} bytes more`);
});
