import type * as Contract from "../../types/slim.js";
import { CircleciOidcError } from "../error.js";
import { type Core, start } from "../start.js";

declare const __VERSION__: string;

let given: WebAssembly.Module | undefined;

/** The module that was handed over. */
export function compiledCore(): WebAssembly.Module {
  if (given !== undefined) return given;
  throw new CircleciOidcError(
    "ERR_WASM",
    "circleci-oidc/slim brings no WebAssembly core of its own: call init(core) first, with the file circleci-oidc/core.wasm",
  );
}

export const init: typeof Contract.init = (core) => {
  if (given !== undefined) return;
  let module: WebAssembly.Module | undefined;
  // Tried at once, so that what is wrong with it shows here and not at some later call.
  const version = versionOf(start(() => (module = moduleOf(core))));
  // Another version may well answer, but by other rules than the ones that belong to this file.
  if (version !== __VERSION__) throw notOurs(`that of version ${version}`);
  given = module;
};

function moduleOf(core: unknown): WebAssembly.Module {
  const module = core instanceof WebAssembly.Module ? core : new WebAssembly.Module(bytesOf(core));
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  if (!names.includes("call")) throw notOurs("another module");
  return module;
}

function bytesOf(core: unknown): BufferSource {
  const tag = Object.prototype.toString.call(core).slice("[object ".length, -1);
  if (ArrayBuffer.isView(core) || tag === "ArrayBuffer") return core as BufferSource;
  const advice = {
    Promise: ": await it first",
    Response: ": give WebAssembly.compileStreaming's result, or its arrayBuffer()",
    // wasm-bindgen's own code goes by the class.
    "WebAssembly.Module": " of another realm: give its bytes",
  }[tag];
  throw new CircleciOidcError(
    "ERR_ARGUMENT",
    `init: expected a WebAssembly.Module or the bytes of core.wasm, got ${tag}${advice ?? ""}`,
  );
}

function versionOf(core: Core): string {
  try {
    return JSON.parse(core("inspect", '{"claims":{},"now":0}')).engine.version;
  } catch {
    return "unknown";
  }
}

function notOurs(what: string): CircleciOidcError {
  return new CircleciOidcError("ERR_WASM", `init: expected the core.wasm of circleci-oidc ${__VERSION__}, got ${what}`);
}
