import { create } from "virtual:glue";

import { CircleciOidcError } from "./error.js";
import { Utf8Decoder, Utf8Encoder } from "./utf8.js";

/** A running core: calls a function of it by its name. */
export type Core = (name: string, json: string) => string;

/** A fresh instance of the module; what stands in its way is said in words. */
export function start(compiled: () => WebAssembly.Module): Core {
  if (typeof WebAssembly !== "object") {
    throw new CircleciOidcError(
      "ERR_WASM",
      "WebAssembly is not available here. It may be switched off: Safari's Lockdown Mode and Node's --jitless do that",
    );
  }
  try {
    const module = compiled();
    const core = create(globalThis.TextDecoder ?? Utf8Decoder);
    const encoder = new (globalThis.TextEncoder ?? Utf8Encoder)();
    core.initSync({ module });
    // As one text of bytes: wasm-bindgen writes a string into the memory character by character.
    return (name, json) => core.call(encoder.encode(`${name}\n${json}`));
  } catch (error) {
    if (error instanceof CircleciOidcError) throw error;
    const words = describe(error);
    const advice = /content.security.policy|unsafe-eval|code generation|disallowed by embedder/i.test(words)
      ? "This page or worker forbids WebAssembly: add 'wasm-unsafe-eval' to script-src in its Content-Security-Policy"
      : "Nothing was decided";
    throw new CircleciOidcError("ERR_WASM", `the WebAssembly core could not be started (${words}). ${advice}`, { cause: error });
  }
}

export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
