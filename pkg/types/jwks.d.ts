/** Reads an issuer's key set over the network. An entry of its own, so that `circleci-oidc` itself holds no network access. */
import type { Jwks } from "./index.js";

export { CircleciOidcError } from "./index.js";
export type { Jwks } from "./index.js";

export interface FetchOptions {
  /** Ends it early. */
  signal?: Signal;
  /** Milliseconds for everything together. Default 5000. */
  timeout?: number;
  /** Hosts of CircleCI server that may be asked too, in lower case and without a port: `["ci.example.com"]`. Always allowed:
   *  `oidc.circleci.com`. */
  allowHosts?: string[];
}

/** What is used of an `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * The key set of this issuer, for `jwks` of `verify` and `inspect`.
 *
 * `issuer`: the one that is pinned (`https://oidc.circleci.com/org/<organization id>`), never one that was read from a token
 * that is still to be verified. Asks `<issuer>/.well-known/openid-configuration`
 * (https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig), which has to name the very same issuer, then
 * the `jwks_uri` that it names, which has to be on the same host. Over https only, follows no redirect, and reads at most
 * 64 KiB and 1 MiB. Nothing is kept: cache the result as long as suits you.
 *
 * Rejects with {@link CircleciOidcError}: `ERR_ARGUMENT` for an issuer or an option that is not taken, without asking
 * anybody; `ERR_FETCH` where the network, the time or an answer is at fault (`cause` has the underlying error).
 */
export function fetchJwks(issuer: string, options?: FetchOptions): Promise<Jwks>;
