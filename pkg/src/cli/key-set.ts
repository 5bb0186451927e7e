import { type Jwks, decode } from "circleci-oidc";
import { CircleciOidcError, fetchJwks } from "circleci-oidc/jwks";

import type { Options } from "./options.js";
import { Problem, quoted } from "./problem.js";

/** The issuer of all organizations, and what the issuer of each begins with (https://circleci.com/docs/openid-connect-tokens/). */
const ROOT = "https://oidc.circleci.com";

/** Refuses --fetch-jwks where it would say nothing, or where the token alone would choose whose keys are asked for. */
export function checkFetching(options: Options): void {
  if (!options.has("fetch-jwks")) return;
  if (options.has("jwks")) throw new Problem("--jwks and --fetch-jwks: give one of them");
  for (const name of ["claims", "evidence"] as const) {
    if (options.has(name)) throw new Problem(`--fetch-jwks says nothing with --${name}: there is no signature to check`);
  }
  if (!options.has("organization") && !options.has("issuer")) {
    throw new Problem(
      "--fetch-jwks needs --organization ID or --issuer URL",
      "It asks the issuer that you name: a token must not choose the keys that vouch for it.",
    );
  }
}

/** The key set that --fetch-jwks asks for. The token only tells which of the two issuers of the named organization it is from. */
export async function fetchKeySet(options: Options, token: string): Promise<Jwks | undefined> {
  if (!options.has("fetch-jwks")) return undefined;
  const pinned = options.one("issuer");
  const issuer = pinned ?? issuerOf(options.one("organization")!, token);
  try {
    // Who names an issuer allows its host.
    return await fetchJwks(issuer, pinned === undefined ? {} : { allowHosts: hostsOf(pinned) });
  } catch (error) {
    if (!(error instanceof CircleciOidcError)) throw error;
    if (error.code === "ERR_ARGUMENT") {
      throw new Problem(`--fetch-jwks cannot ask this --issuer: ${error.message.replace(/^issuer: /, "")}`, "Save its key set and give it with --jwks FILE.");
    }
    throw new Problem(
      `--fetch-jwks: ${error.message}${reason(error.cause)}`,
      `Fetch it another way (curl ${quoted(issuer)}/.well-known/openid-configuration names its address) and give it with --jwks FILE.`,
    );
  }
}

function issuerOf(organization: string, token: string): string {
  if (!/^[\w-]{1,100}$/.test(organization)) throw new Problem(`--organization ${quoted(organization)}: expected the organization's id`);
  return decode(token).issuer.kind === "root" ? ROOT : `${ROOT}/org/${organization}`;
}

function hostsOf(issuer: string): string[] {
  try {
    return [new URL(issuer).hostname].filter(Boolean);
  } catch {
    return [];
  }
}

/** Node puts what really happened below "fetch failed". */
function reason(cause: unknown): string {
  const { code } = ((cause as { cause?: unknown } | undefined)?.cause ?? {}) as { code?: unknown };
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? ` (${code})` : "";
}
