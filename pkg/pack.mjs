// Packs the wasm module as src/sorted.ts and src/lzma.ts unpack it.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import lzma from "lzma";

const entryPoints = [join(dirname(fileURLToPath(import.meta.url)), "src/sorted.ts")];
const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: "esm", platform: "node" });
const { CONSTANT, KINDS, ODD, SIZED, TYPED, VOID, natural, unsorted, walk } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

/** The module with its bytes sorted by what they are. */
export function sorted(wasm) {
  const leb = (at) => {
    for (let value = 0, shift = 0; ; shift += 7, at += 1) {
      value |= (wasm[at] & 127) << shift;
      if (wasm[at] < 128) return { value, next: at + 1 };
    }
  };
  let [at, size] = [8, 0];
  for (let section = -1; section !== 10; ) {
    section = wasm[at];
    const { value, next } = leb(at + 1);
    at = section === 10 ? next : next + value;
    size = value;
  }
  const end = at + size;
  const functions = leb(at);
  const start = functions.next;
  const kinds = Array.from({ length: KINDS }, () => []);
  at = start;
  const take = (kind) => {
    kinds[kind].push(wasm[at]);
    return wasm[at++];
  };
  const opcode = () => {
    const [is, operand] = wasm.subarray(at, at + 2);
    const usual = is > 1 && is < 5 ? VOID : natural(is);
    const code = is === CONSTANT ? SIZED + leb(at + 1).next - at - 1 : usual === undefined || usual === operand ? is : is + (usual === VOID ? TYPED : ODD);
    kinds[0].push(code);
    at += usual === operand ? 2 : 1;
    return code;
  };
  while (at < end) {
    const body = leb(at);
    at = body.next;
    walk(opcode, take);
    if (at !== body.next + body.value) throw new Error(`the function at ${body.next} has an instruction that src/sorted.ts does not know`);
  }
  const header = Buffer.alloc(4 * (3 + KINDS));
  [wasm.length, start, functions.value, ...kinds.map((kind) => kind.length)].forEach((number, index) => header.writeUInt32LE(number, 4 * index));
  return Buffer.concat([header, ...kinds.map((kind) => Buffer.from(kind)), wasm.subarray(0, start), wasm.subarray(end)]);
}

/** The module as index.js carries it, before base64. */
export function pack(wasm) {
  const bytes = sorted(wasm);
  if (!Buffer.from(unsorted(bytes)).equals(wasm)) throw new Error("sorted and unsorted, the module is another: it holds an instruction that src/sorted.ts does not know, or a number in more bytes than it needs");
  // Level 9 takes twice the time and saves nothing.
  return Buffer.from(lzma.compress(bytes, 5));
}
