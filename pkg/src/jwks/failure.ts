import { CircleciOidcError } from "../error.js";

/** The network, the time or an answer is at fault. */
export function failure(message: string, options?: { cause: unknown }): CircleciOidcError {
  return new CircleciOidcError("ERR_FETCH", `the key set could not be read: ${message}`, options);
}
