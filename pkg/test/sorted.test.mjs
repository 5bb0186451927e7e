// The sorted form of a wasm module, and the way back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { sorted } from "../pack.mjs";
import { root } from "./installed.mjs";
import { source } from "./source.mjs";

const { unsorted } = await source("src/sorted.ts");

const section = (id, bytes) => [id, ...leb(bytes.length), ...bytes];
/** A module with these bodies; what follows the code is a section of a name that means nothing. */
const module = (...bodies) =>
  Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [...leb(bodies.length), ...bodies.map(() => 0)]),
    ...section(10, [...leb(bodies.length), ...bodies.flatMap((body) => [...leb(body.length), ...body])]),
    ...section(0, [1, 0x78, 1, 2, 3]),
  ]);
const body = (...code) => [0, ...code.flat(), 0x0b];

function leb(number) {
  return number < 128 ? [number] : [(number & 127) | 128, ...leb(number >>> 7)];
}

const BODIES = {
  "nothing": body(),
  "locals": [2, 200, 1, 0x7f, 1, 0x7e, 0x20, 0x83, 1, 0x21, 0, 0x20, 1, 0x22, 2, 0x1a, 0x0b],
  "constants of every length": body([0x41, 0x7f], [0x41, 0x80, 1], [0x41, 0x80, 0x80, 1], [0x41, 0x80, 0x80, 0x80, 1], [0x41, 0x80, 0x80, 0x80, 0x80, 0x78], [0x42, 0xff, 0xff, 0]),
  "blocks, branches and tables of them": body([0x02, 0x40, 0x03, 0x7f, 0x0c, 1, 0x0b, 0x04, 0x40, 0x05, 0x0d, 0, 0x0b, 0x0e, 2, 0, 1, 0x80, 1, 0x0b]),
  "floats and a typed choice": body([0x43, 0, 0, 0x80, 0x3f], [0x44, 0x0b, 0x0b, 0, 0, 0, 0, 0xf0, 0x3f], [0x1c, 1, 0x7f]),
  "calls": body([0x10, 0xac, 2], [0x11, 3, 0], [0x0f]),
  "memory": body([0x28, 2, 0x90, 1], [0x36, 2, 12], [0x3e, 0, 0], [0x3f, 0], [0x40, 0], [0xfc, 10, 0, 0], [0xfc, 11, 0], [0xfc, 3], [0x23, 0], [0x24, 0], [0x25, 0], [0x26, 0], [0xd0, 0x6f], [0xd2, 1]),
  "alignments that are not the natural ones": body([0x28, 0, 1], [0x29, 2, 200, 1], [0x35, 1, 0], [0x36, 0, 8], [0x3e, 1, 4], [0x2d, 0, 3]),
  "blocks with types": body([0x02, 0x7f, 0x41, 1, 0x0b], [0x03, 0x81, 1, 0x0b], [0x04, 3, 0x05, 0x0b]),
  "more than 127 bytes": body(Array.from({ length: 100 }, (_, index) => [0x20, index]).flat()),
  "more than 16,383 bytes": body(Array.from({ length: 9000 }, () => [0x20, 7]).flat()),
};

for (const [name, one] of Object.entries(BODIES)) {
  test(`there and back: ${name}`, () => {
    const wasm = module(one, body(), one);
    assert.deepEqual(unsorted(sorted(wasm)), wasm);
  });
}

test("there and back: the core", () => {
  const core = readFileSync(join(root, "pkg/dist/core.wasm"));
  assert.ok(Buffer.from(unsorted(sorted(core))).equals(core));
});

test("an instruction that it does not know stops the build", () => {
  // The bytes of a vector would be taken for instructions.
  const vector = [0xfd, 12, 0x20, ...new Array(14).fill(0x0b), 0x0b, 0x1a];
  assert.throws(() => sorted(module(body(vector))), /does not know/);
});

test("damage does not hang", () => {
  const bytes = sorted(module(...Object.values(BODIES)));
  for (let at = 60; at < bytes.length; at += 11) {
    const damaged = Uint8Array.from(bytes);
    damaged[at] ^= 0x55;
    try {
      unsorted(damaged);
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
  }
});
