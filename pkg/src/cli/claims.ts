import { type Detected, detect } from "circleci-oidc";

import { readText } from "./input.js";
import type { Options } from "./options.js";
import { Problem, quoted } from "./problem.js";
import { ANY_TRUST, familyOf } from "./trust/index.js";

/** Claims in place of a token. */
export async function readClaims(options: Options): Promise<string | undefined> {
  const file = options.one("claims");
  if (file === undefined) {
    if (options.has("partial")) throw new Problem("--partial says nothing without --claims FILE");
    return undefined;
  }
  if (options.has("token-file") || options.has("env")) throw new Problem("--claims stands in place of a token: give one of them");
  const text = await readText("claims", file);
  // A policy is a JSON object as well: judged as claims, it would be a token without any.
  const place = placeOf(detect(text));
  if (place !== undefined) throw new Problem(`--claims ${quoted(file)}: there are no claims in it`, `Give it as ${place}.`);
  return text;
}

/** The option that takes a text which is no claims. */
function placeOf(detected: Detected): string | undefined {
  switch (detected.kind) {
    case "token":
      return "--token-file FILE";
    case "cloudtrail":
      return "--evidence FILE";
    case "jwks":
      return "--jwks FILE";
    case "trust":
      return `--${familyOf(detected.provider).members[detected.field] ?? familyOf(detected.provider).options[0]} FILE`;
    case "trusts":
      return ANY_TRUST;
    default:
      return undefined;
  }
}
