// Results as text for a terminal: first what happened, then why, then what to do, and the whole way below. Nothing is judged
// here; everything that is shown stands in the result.
import type { Decoded, Report, TrustResult, Verification } from "circleci-oidc";

import { claims, explanation } from "./claims.js";
import { painter } from "./paint.js";
import { utc } from "./time.js";
import * as trust from "./trust.js";
import * as verification from "./verification.js";

/** A whole report. */
export function ofReport(report: Report, color: boolean): string {
  const paint = painter(color);
  const { version, rulesDate } = report.engine;
  return [
    ...report.trust.map((result) => trust.summary(result, paint)),
    verification.summary(report.verification, paint),
    ...report.trust.map((result) => trust.details(result, paint)),
    verification.details(report.verification, paint),
    claims(report.decoded, report.now, paint, () => ""),
    `\n${paint("dim", `circleci-oidc ${version}, rules of ${rulesDate}, clock ${utc(report.now)}`)}\n`,
  ].join("");
}

/** The answers of several configurations. */
export function ofTrust(results: TrustResult[], color: boolean): string {
  const paint = painter(color);
  return results.map((result) => trust.summary(result, paint) + trust.details(result, paint)).join("\n");
}

export function ofVerification(result: Verification, color: boolean): string {
  const paint = painter(color);
  return verification.summary(result, paint) + verification.details(result, paint);
}

/** What a token says, claim by claim, each explained. */
export function ofDecoded(decoded: Decoded, color: boolean): string {
  const paint = painter(color);
  return claims(decoded, undefined, paint, (claim) => explanation(claim, paint));
}
