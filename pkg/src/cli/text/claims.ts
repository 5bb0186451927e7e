import type { Claim, Decoded } from "circleci-oidc";

import { clean, pad, width } from "./clean.js";
import { findings } from "./findings.js";
import { heading } from "./layout.js";
import type { Paint } from "./paint.js";
import { relative, utc } from "./time.js";
import { shown } from "./values.js";

/** Widest column of names. */
const NAMES = 48;
const CLOUDS = { aws: "AWS", gcp: "Google Cloud", azure: "Azure", vault: "Vault" } as const;

/** The claims with their values, each followed by `note`. Times are told relative to `now` too, if it is given. */
export function claims(decoded: Decoded, now: number | undefined, paint: Paint, note: (claim: Claim) => string): string {
  const columns = Math.min(NAMES, Math.max(0, ...decoded.table.map(({ name }) => width(name))));
  const rows = decoded.table.map((claim) => `  ${pad(clean(claim.name), columns)}  ${shown(claim.value)}${time(claim, now)}${called(claim)}\n${note(claim)}`);
  return heading("What the token says", paint) + rows.join("") + findings(decoded.findings, 2, paint);
}

/** The value again, with names in the place of ids. */
function called({ named }: Claim): string {
  return named === undefined ? "" : ` = ${clean(named)}`;
}

function time({ name, value }: Claim, now: number | undefined): string {
  // Beyond 10^12 it is no time in seconds; milliseconds, perhaps.
  if (!["iat", "exp", "nbf"].includes(name) || typeof value !== "number" || Math.abs(value) > 1e12) return "";
  return ` = ${utc(value)}${now === undefined ? "" : ` (${relative(value, now)})`}`;
}

/** What a claim means, and which cloud can test it. */
export function explanation({ meaning, testable }: Claim, paint: Paint): string {
  const clouds = Object.entries(CLOUDS).flatMap(([id, cloud]) => {
    const name = testable[id as keyof typeof CLOUDS];
    return name === undefined ? [] : [`${cloud} ${name}`];
  });
  const tested = clouds.length === 0 ? "No cloud can test it." : clouds.join(" · ");
  return [meaning, tested].map((line) => `      ${paint("dim", clean(line))}\n`).join("");
}
