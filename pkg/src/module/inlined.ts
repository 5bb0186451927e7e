import { payload } from "virtual:payload";

import { unlzma } from "../lzma.js";
import { unsorted } from "../sorted.js";

let compiled: WebAssembly.Module | undefined;

/** The module that the package carries, compiled at the first call. */
export function compiledCore(): WebAssembly.Module {
  return (compiled ??= new WebAssembly.Module(unsorted(unlzma(fromBase64(payload))) as BufferSource));
}

function fromBase64(text: string): Uint8Array {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
