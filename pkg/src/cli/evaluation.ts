import { type EvaluateOptions, type InspectInput, type Trust, type TrustResult, evaluate, inspect } from "circleci-oidc";

import { ofReport, ofTrust } from "./text/index.js";
import { systemTime } from "./time.js";

export interface Evaluation {
  results: TrustResult[];
  text(color: boolean): string;
}

/** Judges claims. */
export function ofClaims(claims: string | Record<string, unknown>, trust: Trust[], options: EvaluateOptions): Evaluation {
  const results = trust.map((one) => evaluate(claims, one, options));
  return { results, text: (color) => ofTrust(results, color) };
}

/** Judges a token by what `inspect` says of its trust, which also knows of a token that cannot be read cleanly. */
export function ofToken(token: string, trust: Trust[], { now, ...rest }: Pick<EvaluateOptions, "now" | "names" | "probes">): Evaluation {
  const input: InspectInput = { token, trust, now: now ?? systemTime(), trustAt: now === undefined ? "issued" : "now", ...rest };
  const report = inspect(input);
  // Without claims nothing was judged; the whole report says what is wrong with the token.
  return { results: report.trust, text: (color) => (report.decoded.claims === null ? ofReport(report, color) : ofTrust(report.trust, color)) };
}
