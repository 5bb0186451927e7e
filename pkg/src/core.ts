import { create } from "virtual:glue";
import { payload } from "virtual:payload";

import { CircleciOidcError } from "./error.js";
import { unlzma } from "./lzma.js";
import { Utf8Decoder, Utf8Encoder } from "./utf8.js";

type Glue = ReturnType<typeof create>;
/** The functions of the core, by their names in the interface. */
type CoreFunction = "decode" | "verify" | "evaluate" | "inspect" | "lint" | "survey" | "claimsFrom" | "trustsFrom" | "detect" | "redact" | "samples";

// The compiled module is kept for good, the instance until it traps. Nothing happens before the first call: importing
// never throws, and a bundler may drop what is not used.
let compiled: WebAssembly.Module | undefined;
let instance: Glue | undefined;

/** Calls a function of the core with the JSON text of its argument object; the answer is JSON text. */
export function call(name: CoreFunction, json: string): string {
  const core = (instance ??= start());
  try {
    return core.call(name, json);
  } catch (error) {
    const misuse = misuseOf(error);
    if (misuse) throw misuse;
    // Whatever stopped it (a trap, memory that could not grow, the caller's stack at its end) may have left its memory
    // half written.
    instance = undefined;
    throw new CircleciOidcError(
      "ERR_WASM",
      `the WebAssembly core stopped unexpectedly (${describe(error)}). Nothing was decided. The next call starts afresh; ` +
        "if the same input does it again, please report it with the input, but without the token's signature",
      { cause: error },
    );
  }
}

/** The core's own errors carry their code as their name. */
function misuseOf(error: unknown): CircleciOidcError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  return name === "ERR_ARGUMENT" || name === "ERR_TOO_LARGE" ? new CircleciOidcError(name, message) : undefined;
}

function start(): Glue {
  if (typeof WebAssembly !== "object") {
    throw new CircleciOidcError(
      "ERR_WASM",
      "WebAssembly is not available here. It may be switched off: Safari's Lockdown Mode and Node's --jitless do that",
    );
  }
  try {
    compiled ??= new WebAssembly.Module(unlzma(fromBase64(payload)) as BufferSource);
    const core = create(globalThis.TextDecoder ?? Utf8Decoder, globalThis.TextEncoder ?? Utf8Encoder);
    core.initSync({ module: compiled });
    return core;
  } catch (error) {
    const words = describe(error);
    const advice = /content.security.policy|unsafe-eval|code generation|disallowed by embedder/i.test(words)
      ? "This page or worker forbids WebAssembly: add 'wasm-unsafe-eval' to script-src in its Content-Security-Policy"
      : "Nothing was decided";
    throw new CircleciOidcError("ERR_WASM", `the WebAssembly core could not be started (${words}). ${advice}`, { cause: error });
  }
}

function fromBase64(text: string): Uint8Array {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
