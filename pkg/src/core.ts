import { compiledCore } from "virtual:module";

import { CircleciOidcError } from "./error.js";
import { type Core, describe, start } from "./start.js";

/** The functions of the core, by their names in the interface. */
type CoreFunction = "decode" | "verify" | "evaluate" | "decide" | "inspect" | "lint" | "survey" | "claimsFrom" | "trustsFrom" | "detect" | "explainError" | "redact" | "samples";

// Kept until it traps. Nothing happens before the first call: importing never throws, and a bundler may drop what is not
// used.
let instance: Core | undefined;

/** Calls a function of the core with the JSON text of its argument object; the answer is JSON text. */
export function call(name: CoreFunction, json: string): string {
  const core = (instance ??= start(compiledCore));
  try {
    return core(name, json);
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
