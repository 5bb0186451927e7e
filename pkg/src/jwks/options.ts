import type { FetchOptions, Signal } from "../../types/jwks.js";
import { CircleciOidcError } from "../error.js";
import { addressOf } from "./address.js";

/** CircleCI's own (https://circleci.com/docs/openid-connect-tokens/). */
const HOST = "oidc.circleci.com";
const NAMES = ["signal", "timeout", "allowHosts"];
const TIMEOUT = 5000;
/** Timers take no longer ones. */
const LONGEST = 2 ** 31 - 1;

export interface Settled {
  signal: Signal | undefined;
  timeout: number;
  hosts: string[];
}

/** The options with their defaults; what is not one is refused, so that a misspelt limit is noticed. */
export function settle(options: FetchOptions): Settled {
  if (typeof options !== "object" || options === null) throw misuse("options: expected an object");
  const stranger = Object.keys(options).find((name) => !NAMES.includes(name));
  if (stranger !== undefined) throw misuse(`options.${stranger.slice(0, 80)}: unknown member`);
  const { signal, timeout = TIMEOUT, allowHosts = [] } = options;
  if (typeof timeout !== "number" || !(timeout > 0 && timeout <= LONGEST)) {
    throw misuse(`options.timeout: expected milliseconds, more than 0 and at most ${LONGEST}`);
  }
  if (signal !== undefined && typeof signal?.addEventListener !== "function") throw misuse("options.signal: expected an AbortSignal");
  if (!Array.isArray(allowHosts) || !allowHosts.every(isHost)) {
    throw misuse('options.allowHosts: expected a list of host names in lower case, without scheme, port and path: ["ci.example.com"]');
  }
  return { signal, timeout, hosts: [HOST, ...allowHosts] };
}

function isHost(name: unknown): boolean {
  const address = typeof name === "string" ? addressOf(`https://${name}`) : "";
  return typeof address === "object" && address.host === name;
}

export function misuse(message: string): CircleciOidcError {
  return new CircleciOidcError("ERR_ARGUMENT", message);
}
