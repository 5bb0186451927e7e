/**
 * The functions of `circleci-oidc` without the WebAssembly core inside: for a bundle that loads the core by itself, and for
 * runtimes that compile no module while they run. Hand it over once, then call the functions as ever:
 *
 * ```js
 * import { init, inspect } from "circleci-oidc/slim";
 * init(await WebAssembly.compileStreaming(fetch("/core.wasm"))); // the file circleci-oidc/core.wasm
 * ```
 *
 * `import` and `require` of this entry each have a core of their own, and so has `circleci-oidc`.
 */
export * from "./index.js";

/** A `WebAssembly.Module`. A promise of one has to be awaited first. */
export type CompiledModule = { readonly then?: never };

/**
 * Takes the core: `circleci-oidc/core.wasm` of the same version, compiled or as its bytes, which are then compiled
 * synchronously. Once it has succeeded, further calls do nothing.
 *
 * Throws {@link CircleciOidcError}: `ERR_ARGUMENT` for anything else than a module or bytes, `ERR_WASM` for another module,
 * another version, or where WebAssembly is not available. A function called before it throws `ERR_WASM`.
 */
export function init(core: CompiledModule | ArrayBuffer | ArrayBufferView): void;
