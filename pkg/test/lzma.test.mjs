// The unpacker, held against the packer that the build uses.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import lzma from "lzma";

import { source } from "./source.mjs";

const { unlzma } = await source("src/lzma.ts");

/** The same bytes in every run. */
function noise(length, values = 256) {
  const blocks = [];
  for (let index = 0; index * 32 < length; index += 1) blocks.push(createHash("sha256").update(`${values} ${index}`).digest());
  return Buffer.concat(blocks).subarray(0, length).map((byte) => byte % values);
}

const inputs = {
  "nothing": Buffer.alloc(0),
  "one byte": Buffer.from([7]),
  "zeros": Buffer.alloc(100_000),
  "noise": noise(50_000),
  "noise of three values": noise(50_000, 3),
  "records with one changing field": Buffer.from(Array.from({ length: 3000 }, (_, index) => `{"id":${index},"sub":"org/a/project/b"}\n`).join("")),
  "noise twice, far apart": Buffer.concat([noise(60_000), Buffer.alloc(200_000, 5), noise(60_000)]),
  "this program": readFileSync(fileURLToPath(import.meta.url)),
};

for (const [name, input] of Object.entries(inputs)) {
  for (const level of [1, 5, 9]) {
    test(`${name}, level ${level}`, () => {
      const packed = Uint8Array.from(lzma.compress([...input], level), (byte) => byte & 0xff);
      assert.ok(Buffer.from(unlzma(packed)).equals(input));
    });
  }
}

test("damage neither hangs nor writes past the announced size", () => {
  const packed = Uint8Array.from(lzma.compress([...inputs["this program"]], 5), (byte) => byte & 0xff);
  for (let at = 13; at < packed.length; at += 7) {
    const damaged = packed.slice();
    damaged[at] ^= 0x55;
    assert.equal(unlzma(damaged).length, inputs["this program"].length);
    assert.equal(unlzma(packed.slice(0, at)).length, inputs["this program"].length);
  }
});
