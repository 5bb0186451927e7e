import core from "./core.wasm";

/** The module beside the package's files, compiled by whoever loaded it. */
export function compiledCore(): WebAssembly.Module {
  return core;
}
