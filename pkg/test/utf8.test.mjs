// The stand-in for TextDecoder and TextEncoder, held against Node's own.
import assert from "node:assert/strict";
import { test } from "node:test";

import { source } from "./source.mjs";

const { Utf8Decoder, Utf8Encoder } = await source("src/utf8.ts");
const decoder = new Utf8Decoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

test("every code point, there and back", () => {
  for (let start = 0; start <= 0x10ffff; start += 0x1000) {
    let text = "";
    for (let point = start; point < start + 0x1000; point += 1) {
      if (point < 0xd800 || point > 0xdfff) text += String.fromCodePoint(point);
    }
    const bytes = new Utf8Encoder().encode(text);
    assert.deepEqual(Buffer.from(bytes), Buffer.from(text), `from U+${start.toString(16)}`);
    assert.equal(decoder.decode(bytes), text);
  }
});

test("every sequence of two bytes, and long ones at their edges, is taken or refused as TextDecoder does", () => {
  const edges = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0];
  const sequences = [[]];
  for (let first = 0; first < 256; first += 1) {
    for (let second = 0; second < 256; second += 1) sequences.push([first, second]);
    if (first < 0xe0) continue;
    for (const second of edges) for (const third of edges) for (const fourth of edges) sequences.push([first, second, third, fourth], [first, second, third]);
  }
  for (const sequence of sequences) {
    const bytes = Uint8Array.from(sequence);
    assert.equal(attempt(() => decoder.decode(bytes)), attempt(() => strict.decode(bytes)), String(sequence));
  }
});

function attempt(decode) {
  try {
    return decode();
  } catch (error) {
    assert.ok(error instanceof TypeError);
    return undefined;
  }
}
