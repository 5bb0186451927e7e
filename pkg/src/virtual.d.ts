/** What wasm-bindgen wrote, made a function by the build so that a trapped instance can be replaced: the module keeps its
 *  instance in variables of its own and would hand out the trapped one for ever. */
declare module "virtual:glue" {
  interface Glue {
    initSync(options: { module: WebAssembly.Module }): unknown;
    call(request: Uint8Array): string;
  }
  export function create(TextDecoder: unknown): Glue;
}

/** Where an entry has its module from: one of the files in `module/`. */
declare module "virtual:module" {
  export function compiledCore(): WebAssembly.Module;
}

/** The wasm module: sorted, LZMA, then base64. */
declare module "virtual:payload" {
  export const payload: string;
}

/** Newer than the compiler's library. */
interface Uint8ArrayConstructor {
  fromBase64?(text: string): Uint8Array;
}

/** As Cloudflare Workers import it. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
