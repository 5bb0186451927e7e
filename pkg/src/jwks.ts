import type * as Contract from "../types/jwks.js";
import { CircleciOidcError } from "./error.js";
import { type Address, addressOf } from "./jwks/address.js";
import { within } from "./jwks/deadline.js";
import { failure } from "./jwks/failure.js";
import { misuse, settle } from "./jwks/options.js";
import { readJson } from "./jwks/read.js";

export { CircleciOidcError } from "./error.js";

const DISCOVERY = "/.well-known/openid-configuration";
const DISCOVERY_BYTES = 64 * 1024;
const KEY_SET_BYTES = 1024 * 1024;

export const fetchJwks: typeof Contract.fetchJwks = async (issuer, options = {}) => {
  const { signal, timeout, hosts } = settle(options);
  const { host } = issuerAddress(issuer, hosts);
  try {
    return await within(timeout, signal, async (signal) => {
      // A slash at the end of the issuer is not doubled (OpenID Connect Discovery 1.0, section 4.1).
      const configuration = `${issuer.replace(/\/$/, "")}${DISCOVERY}`;
      const address = keySetAddress(await readJson(configuration, DISCOVERY_BYTES, signal), issuer, host);
      return keySetOf(await readJson(address, KEY_SET_BYTES, signal), address);
    });
  } catch (error) {
    if (error instanceof CircleciOidcError) throw error;
    throw failure(`${host} could not be asked`, { cause: error });
  }
};

function issuerAddress(issuer: unknown, hosts: string[]): Address {
  if (typeof issuer !== "string") throw misuse("issuer: expected a string");
  const address = addressOf(issuer);
  if (typeof address === "string") throw misuse(`issuer: it ${address}`);
  if (!hosts.includes(address.host)) {
    throw misuse(`issuer: its host ${address.host} is not allowed; for CircleCI server, name its host in options.allowHosts`);
  }
  return address;
}

/** Where the configuration says that the keys are; it vouches for no other issuer and no other host. */
function keySetAddress(configuration: unknown, issuer: string, host: string): string {
  const { issuer: named, jwks_uri: uri } = (configuration ?? {}) as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer) {
    const known = typeof named === "string" && typeof addressOf(named) === "object";
    throw failure(`the configuration of ${issuer} is that of ${known ? named : "no issuer that could be named here"}`);
  }
  const address = typeof uri === "string" ? addressOf(uri) : "is missing";
  if (typeof address === "string") throw failure(`jwks_uri in the configuration of ${issuer} ${address}`);
  if (address.host !== host) throw failure(`jwks_uri in the configuration of ${issuer} is on another host, ${address.host}`);
  return address.text;
}

function keySetOf(value: unknown, address: string): Contract.Jwks {
  const keys: unknown = (value as { keys?: unknown } | null)?.keys;
  if (Array.isArray(keys)) return value as Contract.Jwks;
  throw failure(`${address} is no key set: it has no list of keys`);
}
