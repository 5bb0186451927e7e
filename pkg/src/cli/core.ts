// The wasm module of the command line: the file beside it.
import { readFileSync } from "node:fs";
import { init } from "circleci-oidc/slim";

import { Problem } from "./problem.js";

/** Hands the core over to the functions, which are those of `circleci-oidc/slim`. */
export function loadCore(): void {
  let core: Uint8Array;
  try {
    core = readFileSync(new URL("core.wasm", import.meta.url));
  } catch (error) {
    throw new Problem(`the core cannot be read: ${(error as Error).message}`, "The package is not whole: install it again.");
  }
  init(core);
}
