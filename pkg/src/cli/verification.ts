import type { Algorithm, VerifyOptions } from "circleci-oidc";

import { readText } from "./input.js";
import { checkFetching } from "./key-set.js";
import { type Options, pair } from "./options.js";
import { epochSeconds, seconds, systemTime } from "./time.js";

/** The options of `verify` and of the same part of `inspect`. */
export async function readVerification(options: Options): Promise<VerifyOptions> {
  checkFetching(options);
  const jwks = options.one("jwks");
  const now = options.one("now");
  const leeway = options.one("leeway");
  return {
    jwks: jwks === undefined ? undefined : await readText("jwks", jwks),
    organization: options.one("organization"),
    issuer: options.one("issuer"),
    audience: options.all("audience"),
    require: readRequired(options.all("require")),
    // The core names the ones that it knows.
    algorithms: options.all("algorithm") as Algorithm[] | undefined,
    now: now === undefined ? systemTime() : epochSeconds(now),
    leeway: leeway === undefined ? undefined : seconds(leeway),
  };
}

function readRequired(pairs: string[] | undefined): Record<string, unknown> | undefined {
  if (pairs === undefined) return undefined;
  const required = new Map<string, unknown[]>();
  for (const [claim, text] of pairs.map((text) => pair("require", text))) {
    const value = text === "true" ? true : text === "false" ? false : text;
    required.set(claim, [...(required.get(claim) ?? []), value]);
  }
  return Object.fromEntries([...required].map(([claim, values]) => [claim, values.length === 1 ? values[0] : values]));
}
